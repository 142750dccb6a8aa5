/* Kimi's answers: the usage and then, each after a line "%%", the membership statistics, /me and
 * the subscription. An empty one stands for a failure. */
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

/* The core reads what the provider prints, as the same snapshot. */
static void check_round_trip(const struct snapshot *snapshot)
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
    PART_USAGE,
    PART_STATS,
    PART_ME,
    PART_SUBSCRIPTION,
    PARTS,
};

/* Parses the parts of the input; NULL if one is missing or no JSON. */
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

static void check_plan(bool is_named, const struct plan *plan)
{
    g_assert_true(is_named == (plan->name || plan->version));
    g_assert_true(!plan->name || text_is_printable(plan->name));
    g_assert_true(!plan->version || text_is_printable(plan->version));
}

/* Interprets the answers beside this plan; a snapshot must be valid and can be drawn. */
static void check_answers(struct json *const parts[PARTS], const struct plan *plan)
{
    const struct kimi_answers answers = {
        .usage = parts[PART_USAGE],
        .statistics = parts[PART_STATS],
        .plan = plan,
    };
    g_autoptr(GError) error = NULL;
    struct stored stored = {.snapshot = interpret_answers(&answers, FUZZ_NOW, &error)};

    g_assert_true((stored.snapshot != NULL) == (error == NULL));
    if (stored.snapshot) {
        fuzz_check_snapshot(stored.snapshot);
        g_assert_true(has_usage(stored.snapshot));
        check_round_trip(stored.snapshot);
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
    g_autofree char *level = plan_level(parts[PART_USAGE]);
    g_assert_true(!level || text_is_printable(level));
    check_answers(parts, NULL);
    check_answers(parts, &me);
    check_answers(parts, &subscription);
    for (int i = 0; i < PARTS; i++)
        json_free(parts[i]);
    return 0;
}
