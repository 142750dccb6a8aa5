/* Kimi's answers: the one of the usages and, behind a line "%%", the membership statistics. */
#include "common/answer.h"
#include "fuzz.h"
#include "plugins/kimi/answer/usages.h"

#include <math.h>
#include <string.h>

static const char between[] = "\n%%\n";

static bool has_usage(const struct snapshot *snapshot)
{
    for (guint i = 0; i < snapshot->windows->len; i++) {
        const struct window *window = snapshot->windows->pdata[i];
        if (!isnan(window->used_percent))
            return true;
    }
    return false;
}

/* What the provider prints, the core takes, and takes for the same. */
static void check_way_to_the_core(const struct snapshot *snapshot)
{
    g_autofree char *text = answer_format_snapshot(snapshot);
    g_autofree char *again = NULL;
    autoclear(answer) answer = {0};

    answer_parse(&answer, "kimi", text, strlen(text));
    g_assert_no_error(answer.error);
    again = answer_format_snapshot(answer.snapshot);
    g_assert_cmpstr(again, ==, text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;
    const char *end = memmem(text, size, between, strlen(between));
    gsize length = end ? (gsize)(end - text) : size;
    gsize rest = end ? length + strlen(between) : size;
    g_autoptr(GError) error = NULL;
    autoptr(json) stats = json_parse(text + rest, size - rest, JSON_STRICT, NULL);
    struct stored stored = {.snapshot = usages_parse(text, length, stats, FUZZ_NOW, &error)};

    g_assert_true((stored.snapshot != NULL) == (error == NULL));
    if (stored.snapshot) {
        fuzz_check_snapshot(stored.snapshot);
        g_assert_true(has_usage(stored.snapshot));
        check_way_to_the_core(stored.snapshot);
        autoptr(view) view = fuzz_view(&stored);
        fuzz_check_line(view, NULL, NULL);
    }
    stored_clear(&stored);
    return 0;
}
