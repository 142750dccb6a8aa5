#include "fuzz.h"

#include "common/base/text.h"
#include "common/base/timestamp.h"
#include "common/draw/line.h"
#include "common/draw/markup.h"
#include "common/usage/answer.h"
#include "polybar/polybar.h"

#include <math.h>
#include <string.h>

#define MAX_PERCENT 100000
#define MAX_COUNT   1e12

char *fuzz_text(const uint8_t *data, size_t size)
{
    return g_strndup((const char *)data, size);
}

static void check_number(double number, double min, double max)
{
    g_assert_true(isnan(number) || (number >= min && number <= max));
}

static void check_time(gint64 seconds)
{
    g_assert_true(seconds == 0 || timestamp_is_sane(seconds));
}

static void check_text(const char *text)
{
    if (text) {
        g_assert_true(g_utf8_validate(text, -1, NULL));
        g_assert_true(text_is_printable(text));
    }
}

void fuzz_check_snapshot(const struct snapshot *snapshot)
{
    g_assert_cmpuint(snapshot->windows->len, >, 0);
    g_assert_cmpuint(snapshot->windows->len, <=, ANSWER_MAX_WINDOWS);
    check_time(snapshot->fetched_at);
    check_text(snapshot->plan);
    for (guint i = 0; i < snapshot->windows->len; i++) {
        const struct window *window = snapshot->windows->pdata[i];
        check_number(window->used_percent, 0, MAX_PERCENT);
        check_number(window->used, 0, MAX_COUNT);
        check_number(window->limit, 0, MAX_COUNT);
        check_time(window->resets_at);
        check_text(window->label);
        g_assert_true(snapshot_window(snapshot, window->id) == window);
    }
    for (guint i = 0; i < snapshot->balances->len; i++) {
        const struct balance *balance = snapshot->balances->pdata[i];
        check_number(balance->amount, -MAX_COUNT, MAX_COUNT);
        check_number(balance->spent, 0, MAX_COUNT);
        check_number(balance->cap, 0, MAX_COUNT);
        check_text(balance->currency);
    }
}

struct view *fuzz_view(const struct stored *stored)
{
    static const struct view_settings settings = {
        .thresholds = {.warning = 70, .critical = 90},
        .interval = 300,
        .icon = "<&>",
        .is_refreshing = true,
    };

    return view_new("kimi", stored, &settings, FUZZ_NOW);
}

/* GLib's parser is the one that Pango uses. */
static void check_pango(const char *text)
{
    static const GMarkupParser nothing = {0};
    g_autoptr(GError) error = NULL;
    g_autoptr(GMarkupParseContext) context = g_markup_parse_context_new(&nothing, 0, NULL, NULL);
    g_autofree char *document = g_strconcat("<markup>", text, "</markup>", NULL);

    g_markup_parse_context_parse(context, document, -1, &error);
    if (!error)
        g_markup_parse_context_end_parse(context, &error);
    g_assert_no_error(error);
}

/* Has only the tags that Polybar's markup writes, and each colour is reset. */
static void check_polybar(const char *text)
{
    int open = 0;

    for (const char *tag = strstr(text, "%{"); tag; tag = strstr(tag + 2, "%{")) {
        if (g_str_has_prefix(tag, "%{F#"))
            open++;
        else if (g_str_has_prefix(tag, "%{F-}"))
            open--;
        else
            g_assert_true(g_str_has_prefix(tag, "%{O0}") || g_str_has_prefix(tag, "%{T"));
        g_assert_cmpint(open, >=, 0);
    }
    g_assert_cmpint(open, ==, 0);
}

static void check_canvas(const struct canvas *canvas)
{
    g_autofree char *plain = markup_render(canvas, &markup_plain, NULL);
    g_autofree char *pango = markup_render(canvas, &markup_pango, &palette_default);
    g_autofree char *polybar = markup_render(canvas, &polybar_markup, &palette_default);
    g_autofree char *ansi = markup_render(canvas, &markup_ansi, &palette_default);

    g_assert_true(g_utf8_validate(plain, -1, NULL));
    g_assert_null(strchr(plain, '\033'));
    g_assert_cmpuint(strlen(ansi), >=, strlen(plain));
    check_pango(pango);
    check_polybar(polybar);
}

void fuzz_check_line(const struct view *view, struct template *format,
                     struct template *tooltip_format)
{
    autoptr(line) line = line_new(view, (struct line_formats){
                                            .text = format,
                                            .tooltip = tooltip_format,
                                            .short_text = format,
                                            .window = format,
                                        });

    check_canvas(line->text);
    check_canvas(line->short_text);
    check_canvas(line->tooltip);
}
