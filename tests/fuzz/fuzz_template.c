/* The user's own templates, with a snapshot whose texts look like markup. */
#include "common/base/text.h"
#include "common/draw/template.h"
#include "fuzz.h"

#include <math.h>

static struct snapshot *make_snapshot(void)
{
    struct snapshot *snapshot = snapshot_new("kimi", "</span>&amp;%{F#f00}");
    struct window *window = snapshot_add_window(snapshot, WINDOW_WEEKLY, "<b>Weekly");

    snapshot->plan = g_strdup("%{A1:reboot:}<i>&");
    snapshot->fetched_at = FUZZ_NOW - 10;
    window->used_percent = 81.5;
    window->used = 815;
    window->limit = 1000;
    window->resets_at = FUZZ_NOW + 7777;
    window->minutes = 10080;
    window = snapshot_add_window(snapshot, WINDOW_SESSION, "5-hour");
    window->used_percent = NAN;
    return snapshot;
}

/* Two indented lines: a piece of the template, and a caret below it or at its end. */
static void check_place(const char *message)
{
    g_auto(GStrv) lines = g_strsplit(message, "\n", -1);

    g_assert_cmpuint(g_strv_length(lines), ==, 3);
    g_assert_true(g_str_has_prefix(lines[1], "  ") && g_str_has_suffix(lines[2], "^"));
    g_assert_cmpuint(text_columns(lines[2]), <=, text_columns(lines[1]) + 1);
    g_assert_true(g_utf8_validate(message, -1, NULL));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = fuzz_text(data, size);
    g_autoptr(GError) error = NULL;
    autoclear(stored) stored = {.snapshot = make_snapshot()};
    autoptr(view) view = fuzz_view(&stored);
    autoptr(template) template = template_parse(text, &error);

    g_assert_true((template == NULL) == (error != NULL));
    if (error)
        check_place(error->message);
    fuzz_check_line(view, template, template);
    return 0;
}
