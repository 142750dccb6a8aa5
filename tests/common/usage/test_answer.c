#include "common/usage/answer.h"
#include "tests/common/fixtures.h"

#include <math.h>
#include <string.h>

#define HEAD  "\"schema\":1,\"provider\":\"kimi\""
#define FRAME "{" HEAD ",\"fetchedAt\":\"2026-01-06T10:00:00Z\",\"windows\":[%s]}"

static void assert_error(const char *text, enum usage_error kind, const char *message)
{
    autoclear(answer) answer = {0};

    answer_parse(&answer, "kimi", text, strlen(text));
    g_assert_null(answer.snapshot);
    g_assert_error(answer.error, USAGE_ERROR, (int)kind);
    assert_contains(answer.error->message, message);
}

static void assert_refused(const char *text, const char *message)
{
    assert_error(text, USAGE_ERROR_PAYLOAD, message);
}

static void assert_window_refused(const char *window, const char *message)
{
    g_autofree char *text = g_strdup_printf(FRAME, window);

    assert_refused(text, message);
}

static const char full[] =
    "{" HEAD ",\"name\":\"Kimi Code\",\"source\":\"api-key\",\"plan\":\"Allegretto\","
    "\"fetchedAt\":\"2026-01-06T10:00:00Z\",\"windows\":["
    "{\"id\":\"weekly\",\"label\":\"Weekly\",\"usedPercent\":10.449,\"used\":214,\"limit\":2048,"
    "\"unit\":\"requests\",\"resetsAt\":\"2026-01-09T15:23:13Z\",\"minutes\":10080},"
    "{\"id\":\"session\",\"label\":\"5-hour\",\"usedPercent\":170.5}],"
    "\"balances\":[{\"id\":\"extra\",\"label\":\"Extra usage\",\"amount\":-1.5,"
    "\"currency\":\"USD\"}],"
    "\"dashboard\":\"https://www.kimi.com/code/console\"}";

static void test_reads_a_snapshot(void)
{
    autoclear(answer) answer = {0};
    const struct window *weekly, *session;
    const struct balance *balance;

    answer_parse(&answer, "kimi", full, sizeof full - 1);
    g_assert_no_error(answer.error);
    g_assert_cmpstr(answer.snapshot->plan, ==, "Allegretto");
    g_assert_cmpint(answer.snapshot->fetched_at, ==, 1767693600);
    weekly = snapshot_window(answer.snapshot, "weekly");
    g_assert_cmpfloat(weekly->used_percent, ==, 10.449);
    g_assert_cmpfloat(weekly->used, ==, 214);
    g_assert_cmpfloat(weekly->limit, ==, 2048);
    g_assert_cmpstr(weekly->unit, ==, "requests");
    g_assert_cmpint(weekly->resets_at, ==, 1767972193);
    g_assert_cmpint(weekly->minutes, ==, 10080);
    session = snapshot_window(answer.snapshot, "session");
    g_assert_cmpfloat(session->used_percent, ==, 170.5);
    balance = answer.snapshot->balances->pdata[0];
    g_assert_cmpfloat(balance->amount, ==, -1.5);
    g_assert_cmpstr(balance->currency, ==, "USD");
}

static void test_what_is_written_can_be_read(void)
{
    autoclear(answer) answer = {0};

    answer_parse(&answer, "kimi", full, sizeof full - 1);
    g_autofree char *text = answer_format_snapshot(answer.snapshot);
    g_assert_cmpstr(text, ==, full);
}

static void test_what_is_missing_is_not_known(void)
{
    g_autofree char *text =
        g_strdup_printf(FRAME, "{\"id\":\"window_2h\",\"usedPercent\":null,\"label\":\"\"}");
    autoclear(answer) answer = {0};
    const struct window *window;

    answer_parse(&answer, "kimi", text, strlen(text));
    g_assert_no_error(answer.error);
    window = answer.snapshot->windows->pdata[0];
    g_assert_true(isnan(window->used_percent));
    g_assert_true(isnan(window->used));
    g_assert_true(isnan(window->limit));
    g_assert_cmpint(window->resets_at, ==, 0);
    g_assert_cmpstr(window->label, ==, "window_2h");
    g_assert_cmpstr(answer.snapshot->name, ==, "kimi");
    g_assert_null(answer.snapshot->plan);
    g_assert_null(answer.snapshot->dashboard);
}

static void test_reads_an_error(void)
{
    const char *text = "{" HEAD ",\"error\":{\"kind\":\"rate-limited\",\"message\":\"  wait\\u001b "
                       "a bit \",\"retryAfter\":120}}";
    autoclear(answer) answer = {0};

    answer_parse(&answer, "kimi", text, strlen(text));
    g_assert_error(answer.error, USAGE_ERROR, USAGE_ERROR_RATE_LIMITED);
    g_assert_cmpstr(answer.error->message, ==, "wait  a bit");
    g_assert_cmpint(answer.retry_after, ==, 120);
    assert_error("{" HEAD ",\"error\":{\"kind\":\"server\"}}", USAGE_ERROR_SERVER, "no reason");
}

static void test_what_is_written_of_an_error_can_be_read(void)
{
    static const char text[] =
        "{" HEAD ",\"error\":{\"kind\":\"auth\",\"message\":\"the key is refused\","
        "\"retryAfter\":30,\"expiredAt\":\"2026-01-06T10:00:00Z\","
        "\"watch\":[\"/home/k/token.json\"]}}";
    autoclear(answer) answer = {0};

    answer_parse(&answer, "kimi", text, strlen(text));
    g_assert_error(answer.error, USAGE_ERROR, USAGE_ERROR_AUTH);
    g_assert_cmpint(answer.retry_after, ==, 30);
    g_assert_cmpint(answer.expired_at, ==, G_GINT64_CONSTANT(1767693600));
    g_assert_cmpstr(answer.watch[0], ==, "/home/k/token.json");
    g_assert_null(answer.watch[1]);
    g_autofree char *again = answer_format_error("kimi", &answer);
    g_assert_cmpstr(again, ==, text);
}

static void test_watches_only_absolute_paths(void)
{
    static const char text[] = "{" HEAD ",\"error\":{\"kind\":\"auth\",\"watch\":[5,\"a\",\"\"]}}";
    g_autoptr(GString) many = g_string_new("\"/a\"");
    autoclear(answer) answer = {0};

    answer_parse(&answer, "kimi", text, strlen(text));
    g_assert_error(answer.error, USAGE_ERROR, USAGE_ERROR_AUTH);
    g_assert_null(answer.watch[0]);
    for (int i = 0; i < ANSWER_MAX_WATCH; i++)
        g_string_append(many, ",\"/a\"");
    g_autofree char *too_many =
        g_strdup_printf("{" HEAD ",\"error\":{\"kind\":\"auth\",\"watch\":[%s]}}", many->str);
    assert_refused(too_many, "\"error.watch\" must be an array of at most 16 paths");
    assert_refused("{" HEAD ",\"error\":{\"kind\":\"auth\",\"watch\":5}}", "error.watch");
}

static void test_a_wait_has_a_limit(void)
{
    const char *text = "{" HEAD ",\"error\":{\"kind\":\"server\",\"retryAfter\":1e300}}";
    autoclear(answer) answer = {0};

    answer_parse(&answer, "kimi", text, strlen(text));
    g_assert_cmpint(answer.retry_after, ==, ANSWER_MAX_RETRY);
    assert_refused("{" HEAD ",\"error\":{\"kind\":\"server\",\"retryAfter\":-1}}", "retryAfter");
}

static void test_refuses_an_error_without_a_kind(void)
{
    assert_refused("{" HEAD ",\"error\":{}}", "error.kind");
    assert_refused("{" HEAD ",\"error\":5}", "error.kind");
    assert_refused("{" HEAD ",\"error\":{\"kind\":\"worse\"}}", "error.kind");
}

static void test_refuses_another_frame(void)
{
    assert_refused("", "line 1");
    assert_refused("[]", "not an object");
    assert_refused("{}", "\"schema\" is missing");
    assert_refused("{\"schema\":\"1\"}", "\"schema\" is missing");
    assert_refused("{\"schema\":2,\"provider\":\"kimi\"}", "update it");
    assert_refused("{\"schema\":1e999,\"provider\":\"kimi\"}", "\"schema\" is missing");
    assert_refused("{\"schema\":0,\"provider\":\"kimi\"}", "\"schema\" must be 1");
    assert_refused("{\"schema\":1,\"provider\":\"demo\"}", "\"provider\" must be \"kimi\"");
    assert_refused("{" HEAD "}", "\"windows\" is missing or empty");
    assert_refused("{" HEAD ",\"windows\":[]}", "\"windows\" is missing or empty");
    assert_refused("{" HEAD ",\"windows\":{}}", "\"windows\" must be an array");
    assert_refused("{" HEAD ",\"windows\":[{\"id\":\"weekly\",", "line 1");
}

static void test_names_the_provider_and_the_place(void)
{
    assert_window_refused("{\"id\":\"a\"},{\"id\":\"b\",\"usedPercent\":\"5\"}",
                          "provider \"kimi\" is not understood: windows[1]: \"usedPercent\"");
}

static void test_refuses_absurd_windows(void)
{
    assert_window_refused("5", "windows[0] must be an object");
    assert_window_refused("{}", "\"id\" is missing");
    assert_window_refused("{\"id\":7}", "\"id\" must be a string");
    assert_window_refused("{\"id\":\"a\"},{\"id\":\"a\"}", "there twice");
    assert_window_refused("{\"id\":\"a\",\"usedPercent\":\"5\"}", "must be a number");
    assert_window_refused("{\"id\":\"a\",\"usedPercent\":-1}", "not within");
    assert_window_refused("{\"id\":\"a\",\"usedPercent\":1e308}", "not within");
    assert_window_refused("{\"id\":\"a\",\"usedPercent\":1e999}", "must be a number");
    assert_window_refused("{\"id\":\"a\",\"usedPercent\":NaN}", "line 1");
    assert_window_refused("{\"id\":\"a\",\"limit\":-5}", "\"limit\" is -5");
    assert_window_refused("{\"id\":\"a\",\"used\":1e13}", "\"used\"");
    assert_window_refused("{\"id\":\"a\",\"minutes\":0}", "\"minutes\"");
    assert_window_refused("{\"id\":\"a\",\"minutes\":1e9}", "\"minutes\"");
    assert_window_refused("{\"id\":\"a\",\"resetsAt\":\"9999-01-01T00:00:00Z\"}", "\"resetsAt\"");
    assert_window_refused("{\"id\":\"a\",\"resetsAt\":1767693600}", "\"resetsAt\"");
}

static void test_refuses_texts_that_cannot_be_shown(void)
{
    g_autofree char *long_id = g_strnfill(65, 'x');
    g_autofree char *window = g_strdup_printf("{\"id\":\"%s\"}", long_id);

    assert_window_refused(window, "longer than 64");
    assert_window_refused("{\"id\":\"a\",\"label\":\"a\\u001b[31m\"}", "control characters");
    assert_window_refused("{\"id\":\"a\",\"label\":\"a\\nb\"}", "control characters");
    assert_window_refused("{\"id\":\"a\",\"label\":\"a\\u202eb\"}", "control characters");
    assert_window_refused("{\"id\":\"a\",\"label\":\"\xff\"}", "UTF8");
    assert_window_refused("{\"id\":\"a\",\"label\":\"\\udc00\"}", "UTF-8");
}

/* The length of these never costs an answer. */
static void test_cuts_texts_for_people(void)
{
    g_autofree char *endless = g_strnfill(100000, 'x');
    g_autofree char *text = g_strdup_printf(
        "{" HEAD ",\"plan\":\"%s\",\"name\":\"%s\",\"windows\":[{\"id\":\"a\",\"label\":\"%s\"}]}",
        endless, endless, endless);
    autoclear(answer) answer = {0};

    answer_parse(&answer, "kimi", text, strlen(text));
    g_assert_no_error(answer.error);
    const struct window *window = answer.snapshot->windows->pdata[0];
    g_assert_cmpint(g_utf8_strlen(window->label, -1), ==, 64);
    g_assert_true(g_str_has_suffix(window->label, "xx…"));
    g_assert_cmpstr(answer.snapshot->plan, ==, window->label);
    g_assert_cmpstr(answer.snapshot->name, ==, window->label);
}

static void test_refuses_too_many(void)
{
    g_autoptr(GString) windows = g_string_new("{\"id\":\"w\"}");

    for (int i = 1; i < 10000; i++)
        g_string_append_printf(windows, ",{\"id\":\"w%d\"}", i);
    assert_window_refused(windows->str, "10000 windows");
}

static void test_refuses_a_dashboard_that_is_no_page(void)
{
    assert_refused("{" HEAD ",\"windows\":[{\"id\":\"a\"}],\"dashboard\":\"http://a.b\"}",
                   "https://");
    assert_refused("{" HEAD ",\"windows\":[{\"id\":\"a\"}],\"dashboard\":\"javascript:x\"}",
                   "https://");
}

static void test_refuses_a_balance_without_an_amount(void)
{
    const char *frame = "{" HEAD ",\"windows\":[{\"id\":\"a\"}],\"balances\":[{\"id\":\"b\"%s}]}";
    g_autofree char *none = g_strdup_printf(frame, "");
    g_autofree char *absurd = g_strdup_printf(frame, ",\"amount\":1e308");
    g_autofree char *currency = g_strdup_printf(frame, ",\"amount\":1,\"currency\":\"DOLLARS\"");

    assert_refused(none, "balances[0]: \"amount\" is missing");
    assert_refused(absurd, "\"amount\"");
    assert_refused(currency, "\"currency\" is longer than 3");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/answer/reads-a-snapshot", test_reads_a_snapshot);
    g_test_add_func("/answer/what-is-written-can-be-read", test_what_is_written_can_be_read);
    g_test_add_func("/answer/what-is-missing-is-not-known", test_what_is_missing_is_not_known);
    g_test_add_func("/answer/reads-an-error", test_reads_an_error);
    g_test_add_func("/answer/what-is-written-of-an-error-can-be-read",
                    test_what_is_written_of_an_error_can_be_read);
    g_test_add_func("/answer/watches-only-absolute-paths", test_watches_only_absolute_paths);
    g_test_add_func("/answer/a-wait-has-a-limit", test_a_wait_has_a_limit);
    g_test_add_func("/answer/refuses-an-error-without-a-kind",
                    test_refuses_an_error_without_a_kind);
    g_test_add_func("/answer/refuses-another-frame", test_refuses_another_frame);
    g_test_add_func("/answer/names-the-provider-and-the-place",
                    test_names_the_provider_and_the_place);
    g_test_add_func("/answer/refuses-absurd-windows", test_refuses_absurd_windows);
    g_test_add_func("/answer/cuts-texts-for-people", test_cuts_texts_for_people);
    g_test_add_func("/answer/refuses-texts-that-cannot-be-shown",
                    test_refuses_texts_that_cannot_be_shown);
    g_test_add_func("/answer/refuses-too-many", test_refuses_too_many);
    g_test_add_func("/answer/refuses-a-dashboard-that-is-no-page",
                    test_refuses_a_dashboard_that_is_no_page);
    g_test_add_func("/answer/refuses-a-balance-without-an-amount",
                    test_refuses_a_balance_without_an_amount);
    return g_test_run();
}
