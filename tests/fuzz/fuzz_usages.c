/* Kimi's answers: that of the usages and, each behind a line "%%", the membership statistics, /me
 * and the subscription. Any may be empty: it failed. */
#include "common/base/error.h"
#include "common/base/text.h"
#include "common/usage/answer.h"
#include "fuzz.h"
#include "plugins/kimi/answer/interpret.h"

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

enum part {
    PART_USAGES,
    PART_STATS,
    PART_ME,
    PART_SUBSCRIPTION,
    PARTS,
};

/* Parses the parts of the input; one that is missing or no JSON is NULL. */
static void parse_parts(const char *text, size_t size, struct json *parts[PARTS])
{
    for (int i = 0; i < PARTS; i++) {
        const char *end = memmem(text, size, between, strlen(between));
        gsize length = end ? (gsize)(end - text) : size;
        gsize skipped = end ? length + strlen(between) : size;
        g_autoptr(GError) error = NULL;

        parts[i] = interpret_parse(text, length, &error);
        g_assert_true((parts[i] != NULL) == (error == NULL));
        text += skipped;
        size -= skipped;
    }
}

static void check_plan(bool is_told, const struct plan *plan)
{
    g_assert_true(is_told == (plan->name || plan->version));
    g_assert_true(!plan->name || text_is_printable(plan->name));
    g_assert_true(!plan->version || text_is_printable(plan->version));
}

/* What is read with this plan, which is as the core wants it and can be drawn. */
static void check_answers(struct json *const parts[PARTS], const struct plan *plan)
{
    const struct kimi_answers answers = {
        .usage = parts[PART_USAGES],
        .statistics = parts[PART_STATS],
        .plan = plan,
    };
    g_autoptr(GError) error = NULL;
    struct stored stored = {.snapshot = interpret_answers(&answers, FUZZ_NOW, &error)};

    g_assert_true((stored.snapshot != NULL) == (error == NULL));
    if (stored.snapshot) {
        fuzz_check_snapshot(stored.snapshot);
        g_assert_true(has_usage(stored.snapshot));
        check_way_to_the_core(stored.snapshot);
        autoptr(view) view = fuzz_view(&stored);
        fuzz_check_line(view, NULL, NULL);
    } else {
        g_assert_true(g_error_matches(error, USAGE_ERROR, USAGE_ERROR_PAYLOAD) ||
                      g_error_matches(error, USAGE_ERROR, USAGE_ERROR_PLAN));
    }
    stored_clear(&stored);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct json *parts[PARTS];
    autoclear(plan) me = {0};
    autoclear(plan) subscription = {0};

    parse_parts((const char *)data, size, parts);
    check_plan(plan_read_me(parts[PART_ME], &me), &me);
    check_plan(plan_read_subscription(parts[PART_SUBSCRIPTION], &subscription), &subscription);
    g_autofree char *level = plan_level(parts[PART_USAGES]);
    g_assert_true(!level || text_is_printable(level));
    check_answers(parts, NULL);
    check_answers(parts, &me);
    check_answers(parts, &subscription);
    for (int i = 0; i < PARTS; i++)
        json_free(parts[i]);
    return 0;
}
