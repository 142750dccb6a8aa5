/* The token of a web session in what people paste, and the requests that it makes. */
#include "common/base/timestamp.h"
#include "fuzz.h"
#include "plugins/kimi/credential/token.h"
#include "plugins/kimi/web_api.h"

#include <string.h>

static void check_visible(const char *text)
{
    for (; text && *text != '\0'; text++)
        g_assert_true(g_ascii_isgraph(*text));
}

static void check_request(const struct credential *session, enum web_api_method method)
{
    autoptr(http_request) request = web_api_request(session, method);

    for (const struct curl_slist *header = request->headers; header; header = header->next) {
        g_assert_nonnull(strstr(header->data, ": "));
        g_assert_null(strpbrk(header->data, "\r\n"));
    }
}

static void check_requests(const struct token *token)
{
    for (const struct site *site = sites; site->region; site++) {
        struct secret *secret = secret_new(secret_peek(token->text), -1);
        autoptr(credential) session = credential_new_session(site, secret);

        check_request(session, WEB_API_USAGE);
        check_request(session, WEB_API_STATISTICS);
        check_request(session, WEB_API_PLAN);
    }
}

static void check_token(const struct token *token)
{
    check_visible(secret_peek(token->text));
    check_visible(token->device_id);
    check_visible(token->session_id);
    check_visible(token->traffic_id);
    g_assert_cmpint(token->expires_at, >=, 0);
    g_assert_cmpint(token->expires_at, <=, TIMESTAMP_MAX);
    g_assert_false(token->is_refresh);
    check_requests(token);
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
    g_assert_true(again->site == token->site);
    return 0;
}
