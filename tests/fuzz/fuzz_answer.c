/* The JSON that a provider prints and the store keeps. */
#include "common/usage/answer.h"
#include "fuzz.h"

#include <string.h>

static char *format_answer(const struct answer *answer)
{
    return answer->snapshot ? answer_format_snapshot(answer->snapshot)
                            : answer_format_error("kimi", answer);
}

/* An answer that is written and read again is the same. */
static void check_round_trip(const struct answer *answer)
{
    g_autofree char *text = format_answer(answer);
    g_autofree char *again = NULL;
    autoclear(answer) second = {0};

    answer_parse(&second, "kimi", text, strlen(text));
    g_assert_true((second.snapshot != NULL) == (answer->snapshot != NULL));
    if (answer->snapshot) {
        again = format_answer(&second);
        g_assert_cmpstr(again, ==, text);
        return;
    }
    g_assert_cmpint(second.error->code, ==, answer->error->code);
    g_assert_cmpint(second.retry_after, ==, answer->retry_after);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    autoclear(answer) answer = {0};

    answer_parse(&answer, "kimi", (const char *)data, size);
    g_assert_true((answer.snapshot != NULL) == (answer.error == NULL));
    if (answer.snapshot)
        fuzz_check_snapshot(answer.snapshot);
    check_round_trip(&answer);
    struct stored stored = {
        .snapshot = answer.snapshot,
        .attempt = {.at = FUZZ_NOW,
                    .failures = answer.error ? 1 : 0,
                    .error = answer.error,
                    .expired_at = answer.expired_at},
    };
    autoptr(view) view = fuzz_view(&stored);
    fuzz_check_line(view, NULL, NULL);
    return 0;
}
