/* What people paste as the token of a web session, and what becomes of it in a request. */
#include "common/timestamp.h"
#include "fuzz.h"
#include "plugins/kimi/token.h"
#include "plugins/kimi/web_api.h"

#include <string.h>

static void check_visible(const char *text)
{
    for (; text && *text != '\0'; text++)
        g_assert_true(g_ascii_isgraph(*text));
}

static void check_request(struct http_request *request)
{
    for (const struct curl_slist *header = request->headers; header; header = header->next) {
        g_assert_nonnull(strstr(header->data, ": "));
        g_assert_null(strpbrk(header->data, "\r\n"));
    }
    http_request_free(request);
}

static void check_token(const struct token *token)
{
    check_visible(secret_peek(token->text));
    check_visible(token->device_id);
    check_visible(token->session_id);
    check_visible(token->traffic_id);
    g_assert_cmpint(token->expires_at, >=, 0);
    g_assert_cmpint(token->expires_at, <=, TIMESTAMP_MAX);
    check_request(web_api_usages_request("cn", token));
    check_request(web_api_stats_request("global", token));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *pasted = fuzz_text(data, size);
    autoptr(token) token = token_find(pasted);

    if (!token)
        return 0;
    g_assert_nonnull(strstr(pasted, secret_peek(token->text)));
    check_token(token);
    autoptr(token) again = token_new(secret_peek(token->text), -1);
    g_assert_cmpint(again->expires_at, ==, token->expires_at);
    g_assert_cmpstr(again->device_id, ==, token->device_id);
    return 0;
}
