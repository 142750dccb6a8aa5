/* What each status and body of the Code API means. */
#include "common/base/error.h"
#include "plugins/kimi/inquiry.h"

#include <string.h>

#define NOW  G_GINT64_CONSTANT(1800000000)
#define KEY  "sk-kimi-0123456789abcdef"
#define GOOD "{\"usage\":{\"limit\":\"100\",\"used\":\"19\"}}"

struct reply {
    const char *name;
    long status;
    const char *content_type;
    const char *body;
    enum usage_error kind;
    const char *part;     /* of the message */
    const char *not_part; /* not in the message; NULL: nothing special */
};

static const struct reply replies[] = {
    {"301", 301, NULL, "", USAGE_ERROR_SERVER, "redirect refused (HTTP 301)", "BASE_URL"},
    {"302", 302, NULL, GOOD, USAGE_ERROR_SERVER, "redirect refused", NULL},
    {"304", 304, NULL, "", USAGE_ERROR_SERVER, "redirect refused", NULL},
    {"400", 400, NULL, "{\"code\":\"invalid_argument\"}", USAGE_ERROR_SERVER, "invalid_argument",
     NULL},
    {"401", 401, NULL, "{\"error\":{\"message\":\"No.\"}}", USAGE_ERROR_AUTH,
     "invalid or expired (HTTP 401: “No.”)", NULL},
    {"401-console", 401, NULL, "", USAGE_ERROR_AUTH, "https://www.kimi.com/code/console", NULL},
    {"401-command", 401, NULL, "", USAGE_ERROR_AUTH,
     "usageline config set-api-key --provider kimi --stdin", NULL},
    {"402", 402, NULL, "", USAGE_ERROR_PLAN, "no Kimi Code plan", NULL},
    {"401-origin", 401, NULL, "", USAGE_ERROR_AUTH, ", the one in KIMI_CODE_API_KEY; ", NULL},
    {"403-permission", 403, NULL, "{\"error\":{\"message\":\"Permission denied\"}}",
     USAGE_ERROR_AUTH, "permission or quota denied (HTTP 403: “Permission denied”)", NULL},
    {"403-type", 403, NULL, "{\"error\":{\"type\":\"permission_error\",\"message\":\"Off\"}}",
     USAGE_ERROR_AUTH, "Off", NULL},
    {"403-quota", 403, NULL, "{\"message\":\"You've reached your usage limit\"}",
     USAGE_ERROR_SERVER, "reached your usage limit", "the one in"},
    {"403-quota-of-permission", 403, NULL,
     "{\"error\":{\"type\":\"permission_error\",\"message\":\"You have reached your weekly usage "
     "limit. Your quota resets when the window ends.\"}}",
     USAGE_ERROR_SERVER, "weekly usage limit", "the one in"},
    {"403-terminated", 403, NULL,
     "{\"error\":{\"type\":\"access_terminated_error\",\"message\":\"No permission\"}}",
     USAGE_ERROR_SERVER, "No permission", NULL},
    {"403-address", 403, NULL,
     "{\"error\":{\"message\":\"API key has no permission to access /coding/v1/usages\"}}",
     USAGE_ERROR_AUTH, "no permission", NULL},
    {"403-page", 403, "text/html", "<h1>403 Forbidden</h1>", USAGE_ERROR_SERVER,
     "permission or quota denied (HTTP 403);", "Forbidden"},
    {"404", 404, NULL, "", USAGE_ERROR_SERVER, "newer usageline", "KIMI_CODE_BASE_URL"},
    {"429", 429, NULL, "{\"error\":\"slow down\"}", USAGE_ERROR_RATE_LIMITED, "slow down", NULL},
    {"500", 500, NULL, "{\"code\":13,\"details\":\"oops\"}", USAGE_ERROR_SERVER, "oops", NULL},
    {"503-page", 503, "text/html", "<html>busy</html>", USAGE_ERROR_SERVER, "HTTP 503", "busy"},
    {"100", 100, NULL, "", USAGE_ERROR_SERVER, "HTTP 100", NULL},
    {"words/of-details", 500, NULL, "{\"details\":[{\"message\":\"deep\"}]}", USAGE_ERROR_SERVER,
     "“deep”", NULL},
    {"words/echoed-key", 401, NULL, "{\"message\":\"bad key " KEY "!\"}", USAGE_ERROR_AUTH,
     "(HTTP 401)", "bad key"},
    {"words/of-two-lines", 500, NULL, "{\"message\":\"a\\nb\\u001bc\"}", USAGE_ERROR_SERVER,
     "“a b c”", "\n"},
    {"words/wrong-type", 500, NULL, "{\"message\":{\"a\":[1]},\"error\":7}", USAGE_ERROR_SERVER,
     "(HTTP 500)", NULL},
    {"page", 200, "text/html; charset=utf-8", "welcome", USAGE_ERROR_PAYLOAD, "a web page came",
     "KIMI_CODE_BASE_URL"},
    {"page-by-content", 200, "application/json", "\n<!DOCTYPE html>", USAGE_ERROR_PAYLOAD,
     "a web page came", NULL},
    {"no-json", 200, "application/json", "usage: 19", USAGE_ERROR_PAYLOAD,
     "Failed to parse Kimi usage data", "19"},
    {"empty", 200, NULL, "", USAGE_ERROR_PAYLOAD, "Failed to parse Kimi usage data", NULL},
    {"no-quota", 200, NULL, "{}", USAGE_ERROR_PLAN, "no Kimi Code plan", NULL},
    {"nothing-known", 200, NULL, "{\"quota\":1}", USAGE_ERROR_PAYLOAD, "format may have changed",
     NULL},
    {"204", 204, NULL, "", USAGE_ERROR_PAYLOAD, "Failed to parse Kimi usage data", NULL},
};

/* From an address that the user chose. */
static const struct reply chosen_replies[] = {
    {"301", 301, NULL, "", USAGE_ERROR_SERVER, "check KIMI_CODE_BASE_URL and enterpriseHost", NULL},
    {"404", 404, NULL, "", USAGE_ERROR_SERVER, "check KIMI_CODE_BASE_URL and enterpriseHost", NULL},
    {"page", 200, "text/html", "welcome", USAGE_ERROR_PAYLOAD, "KIMI_CODE_BASE_URL", "welcome"},
};

static void read_reply(const struct reply *reply, bool is_chosen, gint64 retry_after,
                       struct answer *answer)
{
    static const struct refusal_words words = {
        .what = "the API key is invalid or expired",
        .remedy = "usageline config set-api-key --provider kimi --stdin",
        .names_console = true,
    };
    const char *base = is_chosen ? "https://proxy.example.com" : NULL;
    autoptr(credential) credential =
        credential_new(secret_new(KEY, -1), endpoint_new(sites, base, "here", NULL), &words);
    autoclear(http_exchange) exchange = {
        .response = {.status = reply->status,
                     .content_type = g_strdup(reply->content_type),
                     .retry_after = retry_after,
                     .body = g_string_new(reply->body)},
    };
    autoptr(paths) paths = paths_new();
    autoptr(memory) memory = memory_load(paths, NOW);
    const struct provider_call call = {.paths = paths, .now = NOW};
    const struct inquiry inquiry = {
        .call = &call, .memory = memory, .credential = credential, .where = "KIMI_CODE_API_KEY"};

    inquiry_read(&inquiry, &exchange, NULL, answer);
}

static void assert_reply(const struct reply *reply, bool is_chosen)
{
    autoclear(answer) answer = {0};

    read_reply(reply, is_chosen, 0, &answer);
    g_assert_null(answer.snapshot);
    g_assert_error(answer.error, USAGE_ERROR, (int)reply->kind);
    g_test_message("%s", answer.error->message);
    g_assert_nonnull(strstr(answer.error->message, reply->part));
    if (reply->not_part)
        g_assert_null(strstr(answer.error->message, reply->not_part));
    g_assert_null(strstr(answer.error->message, KEY));
}

static void test_reply(gconstpointer data)
{
    assert_reply(data, false);
}

static void test_chosen_reply(gconstpointer data)
{
    assert_reply(data, true);
}

static void test_good(void)
{
    const struct reply reply = {.status = 200, .body = GOOD};
    autoclear(answer) answer = {0};

    read_reply(&reply, false, 0, &answer);
    g_assert_no_error(answer.error);
    g_assert_cmpstr(answer.snapshot->dashboard, ==, "https://www.kimi.com/code/console");
    g_assert_cmpfloat(snapshot_window(answer.snapshot, "weekly")->used_percent, ==, 19);
}

/* A long text of the service must not fill the tooltip. */
static void test_long_text(void)
{
    g_autofree char *many = g_strnfill(5000, 'x');
    g_autofree char *body = g_strdup_printf("{\"message\":\"%s\"}", many);
    const struct reply reply = {.status = 500, .body = body};
    autoclear(answer) answer = {0};

    read_reply(&reply, false, 0, &answer);
    g_assert_cmpuint(strlen(answer.error->message), <, 400);
    g_assert_nonnull(strstr(answer.error->message, "…”"));
}

static void test_retry_after(void)
{
    static const struct {
        long status;
        gint64 expected;
    } cases[] = {{429, 90}, {503, 90}, {401, 0}};

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        const struct reply reply = {.status = cases[i].status, .body = ""};
        autoclear(answer) answer = {0};

        read_reply(&reply, false, 90, &answer);
        g_assert_cmpint(answer.retry_after, ==, cases[i].expected);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(replies); i++) {
        g_autofree char *name = g_strconcat("/kimi/code-api/", replies[i].name, NULL);
        g_test_add_data_func(name, &replies[i], test_reply);
    }
    for (gsize i = 0; i < G_N_ELEMENTS(chosen_replies); i++) {
        g_autofree char *name =
            g_strconcat("/kimi/code-api/chosen-host/", chosen_replies[i].name, NULL);
        g_test_add_data_func(name, &chosen_replies[i], test_chosen_reply);
    }
    g_test_add_func("/kimi/code-api/good", test_good);
    g_test_add_func("/kimi/code-api/long-words", test_long_text);
    g_test_add_func("/kimi/code-api/retry-after", test_retry_after);
    return g_test_run();
}
