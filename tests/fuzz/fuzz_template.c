/* The user's own templates, on a snapshot whose texts want to be markup. */
#include "common/span.h"
#include "common/template.h"
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
    window = snapshot_add_window(snapshot, WINDOW_SESSION, "5-hour");
    window->used_percent = NAN;
    return snapshot;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = fuzz_text(data, size);
    g_autoptr(GError) error = NULL;
    g_autoptr(GPtrArray) spans = spans_new();
    autoclear(stored) stored = {.snapshot = make_snapshot()};
    autoptr(view) view = fuzz_view(&stored);
    bool is_right = template_check(text, NULL);

    g_assert_true(template_render(text, view, spans, &error) == is_right);
    g_assert_true(is_right == (error == NULL));
    g_assert_true(is_right || spans->len == 0);
    fuzz_check_line(view, text, text);
    return 0;
}
