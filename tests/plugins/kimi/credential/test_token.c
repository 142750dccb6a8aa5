/* Finding the token of a web session in what people paste, and reading its claims. */
#include "plugins/kimi/credential/token.h"
#include "plugins/kimi/web_api.h"

#include <string.h>

#define NOW G_GINT64_CONSTANT(1800000000)

/* {"alg":"HS256"}, {"exp":1800000000,"sub":"me"} and a signature; another one for "you"; and one
 * with {"typ":"refresh"}. */
#define JWT     "eyJhbGciOiJIUzI1NiJ9.eyJleHAiOjE4MDAwMDAwMDAsInN1YiI6Im1lIn0.c2lnbmF0dXJl"
#define OTHER   "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ5b3UifQ.c2lnbmF0dXJl"
#define REFRESH "eyJhbGciOiJIUzI1NiJ9.eyJ0eXAiOiJyZWZyZXNoIiwic3ViIjoibWUifQ.c2lnbmF0dXJl"

static const struct pasted {
    const char *name;
    const char *text;
    const char *token; /* NULL: there is none */
} pasted[] = {
    {"bare", JWT, JWT},
    {"spaces", " \t" JWT "\r\n", JWT},
    {"quotes", "\"" JWT "\"", JWT},
    {"single-quotes", " '" JWT "' ", JWT},
    {"bearer", "Authorization: Bearer " JWT, JWT},
    {"pair", "kimi-auth=" JWT, JWT},
    {"pair-quoted", "kimi-auth=\"" JWT "\"", JWT},
    {"pair-in-quotes", "\"kimi-auth=" JWT "\"", JWT},
    {"pair-semicolon", "kimi-auth=" JWT ";", JWT},
    {"cookies", "theme=dark; kimi-auth=" JWT "; lang=en", JWT},
    {"cookies-without-spaces", "theme=dark;kimi-auth=" JWT ";lang=en", JWT},
    {"header", "Cookie: kimi-auth=" JWT "; lang=en", JWT},
    {"header-small", "cookie:kimi-auth=" JWT, JWT},
    {"curl-H", "curl 'https://www.kimi.com/x' -H 'cookie: a=b; kimi-auth=" JWT "' --compressed",
     JWT},
    {"curl-b",
     "curl 'https://www.kimi.com/x' \\\n  -b 'a=b; kimi-auth=" JWT "; c=d' \\\n  -H 'x: y'", JWT},
    {"curl-ansi-c", "curl -H $'cookie: kimi-auth=" JWT "'", JWT},
    {"cookie-beats-bearer", "curl -H 'authorization: Bearer " OTHER "' -b 'kimi-auth=" JWT "'",
     JWT},
    {"table-of-developer-tools", "kimi-auth\t" JWT "\twww.kimi.com\t/", JWT},
    {"row-of-developer-tools",
     "kimi-auth\t" JWT "\twww.kimi.com\t/\t2026-12-01T00:00:00.000Z\t512\t✓\t\t\t\tMedium\n", JWT},
    {"netscape-line", "#HttpOnly_.kimi.com\tTRUE\t/\tTRUE\t1796000000\tkimi-auth\t" JWT "\n", JWT},
    {"extension-export",
     "[{\"domain\":\".kimi.com\",\"name\":\"theme\",\"value\":\"" OTHER "\"},\n"
     " {\"domain\":\".kimi.com\",\"name\":\"kimi-auth\",\"value\":\"" JWT "\"}]",
     JWT},
    {"access-token", "access_token=" JWT "&refresh_token=" REFRESH, JWT},
    {"access-token-in-json", "{\"refresh_token\":\"" REFRESH "\",\"access_token\":\"" JWT "\"}",
     JWT},
    {"access-token-deep-in-json", "{\"data\": {\"access_token\": \"" JWT "\", \"n\": 1}}", JWT},
    {"local-storage",
     "{\"access_token\":\"" JWT "\",\"refresh_token\":\"" REFRESH "\",\"theme\":\"dark\"}", JWT},
    {"table-of-local-storage", "access_token\t" JWT "\nrefresh_token\t" REFRESH "\n", JWT},
    {"only-a-refresh-token", REFRESH, NULL},
    {"refresh-token-by-name", "{\"refresh_token\":\"" JWT "\"}", NULL},
    {"refresh-token-as-the-cookie", "kimi-auth=" REFRESH, NULL},
    {"first-of-two", "kimi-auth=" JWT "; kimi-auth=" OTHER, JWT},
    {"no-jwt", "kimi-auth=0123456789abcdef%2F", "0123456789abcdef%2F"},
    {"name-ends-alike", "not-kimi-auth=" OTHER "; kimi-auth=" JWT, JWT},
    {"only-a-name-that-ends-alike", "not-kimi-auth=" OTHER, NULL},
    {"only-another-cookie", "Cookie: session=" OTHER "; a=b", NULL},
    {"name-begins-alike", "kimi-auth-old=" OTHER "; x=y", NULL},
    {"too-short", "kimi-auth=deleted", NULL},
    {"too-short-then-good", "kimi-auth=; kimi-auth=" JWT, JWT},
    {"empty", "", NULL},
    {"words", "my token", NULL},
    {"api-key", "sk-kimi-0123456789abcdef0123456789", NULL},
    {"two-parts", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ5b3UifQ", NULL},
    {"two-parts-and-a-dot", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJ5b3UifQ.", NULL},
    {"four-parts", JWT ".more", NULL},
    {"empty-payload", "eyJhbGciOiJIUzI1NiJ9..c2lnbmF0dXJl", NULL},
    {"inside-a-word", "x" JWT, NULL},
    {"another-site's-in-json", "[{\"name\":\"sess\",\"value\":\"" OTHER "\"}]", NULL},
};

static void test_pasted(gconstpointer data)
{
    const struct pasted *paste = data;
    autoptr(token) token = token_find(paste->text);

    g_assert_cmpstr(token ? secret_peek(token->text) : NULL, ==, paste->token);
}

/* A token with this payload. */
static struct token *encode_token(const char *payload, gssize length)
{
    g_autofree char *text = g_base64_encode((const guchar *)payload, (gsize)length);

    g_strdelimit(text, "+", '-');
    g_strdelimit(text, "/", '_');
    text[strcspn(text, "=")] = '\0';
    g_autofree char *jwt = g_strconcat("eyJhbGciOiJIUzI1NiJ9.", text, ".c2lnbmF0dXJl", NULL);
    return token_new(jwt, -1);
}

static struct token *make_token(const char *payload)
{
    return encode_token(payload, (gssize)strlen(payload));
}

static const struct expiry {
    const char *exp;
    gint64 expires_at;
    bool has_expired;
} expiries[] = {
    {"1799999999", 1799999999, true},
    {"1800000000", 1800000000, true}, /* "on or after which it MUST NOT be accepted" */
    {"1800000001", 1800000001, false},
    {"1799999999.9", 1799999999, true},
    {"1.8e9", 1800000000, true},
    {"\"1799999999\"", 1799999999, true},
    {"\"soon\"", 0, false},
    {"-5", 0, false},
    {"0", 0, false},
    {"1e300", 0, false},
    {"1800000000000", 0, false},
    {"null", 0, false},
    {"[1799999999]", 0, false},
    {"true", 0, false},
};

static void test_expiry(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(expiries); i++) {
        g_autofree char *payload = g_strdup_printf("{\"exp\":%s}", expiries[i].exp);
        autoptr(token) token = make_token(payload);

        g_test_message("%s", payload);
        g_assert_cmpint(token->expires_at, ==, expiries[i].expires_at);
        g_assert_true(token_has_expired(token, NOW) == expiries[i].has_expired);
    }
}

static void test_claims(void)
{
    autoptr(token) token =
        make_token("{\"device_id\":\"7400\",\"ssid\":17300000000000000012,\"sub\":\"user~?>\"}");

    g_assert_cmpstr(token->device_id, ==, "7400");
    g_assert_cmpstr(token->session_id, ==, "17300000000000000012");
    g_assert_cmpstr(token->traffic_id, ==, "user~?>");
    g_assert_cmpint(token->expires_at, ==, 0);
}

/* An audience counts only if it is exactly the name of a site. */
static const struct audience {
    const char *aud;
    const char *audience;
} audiences[] = {
    {"[\"kimi.com\"]", "kimi.com"},
    {"[\"kimi.ai\"]", "kimi.ai"},
    {"\"kimi.ai\"", "kimi.ai"},
    {"[\"other\",7,\"kimi.ai\",\"kimi.com\"]", "kimi.ai"},
    {"\"kimi.com.evil.example\"", NULL},
    {"[\"www.kimi.com\",\"kimi.com \",\"KIMI.COM\",\"\"]", NULL},
    {"[[\"kimi.com\"]]", NULL},
    {"{\"kimi.com\":\"kimi.com\"}", NULL},
    {"[]", NULL},
    {"7", NULL},
    {"null", NULL},
    {"true", NULL},
};

static void test_audience(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(audiences); i++) {
        g_autofree char *payload =
            g_strdup_printf("{\"typ\":\"access\",\"aud\":%s}", audiences[i].aud);
        autoptr(token) token = make_token(payload);

        g_test_message("%s", payload);
        g_assert_cmpstr(token->site ? token->site->audience : NULL, ==, audiences[i].audience);
        g_assert_false(token->is_refresh);
    }
}

static void test_refresh(void)
{
    static const char *const others[] = {"\"access\"", "\"Refresh\"", "[\"refresh\"]", "1", "null"};
    autoptr(token) token = token_new(REFRESH, -1);

    g_assert_true(token->is_refresh);
    for (gsize i = 0; i < G_N_ELEMENTS(others); i++) {
        g_autofree char *payload = g_strdup_printf("{\"typ\":%s}", others[i]);
        autoptr(token) other = make_token(payload);
        g_assert_false(other->is_refresh);
    }
}

/* Claims that could begin another header or are no text are left out. */
static void test_claims_that_are_no_header(void)
{
    static const char *const claims[] = {"\"\"",         "\"a b\"",     "\"a\\r\\nX-Evil: 1\"",
                                         "\"a\\nb\"",    "\"a\\tb\"",   "\"\\u00e9\"",
                                         "\"a\\u007f\"", "\"\\u2028\"", "{\"a\":\"b\"}",
                                         "[\"a\"]",      "true",        "null"};

    for (gsize i = 0; i < G_N_ELEMENTS(claims); i++) {
        g_autofree char *payload =
            g_strdup_printf("{\"device_id\":%s,\"ssid\":%s,\"sub\":%s,\"exp\":1799999999}",
                            claims[i], claims[i], claims[i]);
        autoptr(token) token = make_token(payload);

        g_test_message("%s", payload);
        g_assert_null(token->device_id);
        g_assert_null(token->session_id);
        g_assert_null(token->traffic_id);
        g_assert_cmpint(token->expires_at, ==, 1799999999);
    }
}

static void test_long_claim(void)
{
    g_autofree char *id = g_strnfill(257, 'x');
    g_autofree char *payload = g_strdup_printf("{\"sub\":\"%s\",\"ssid\":\"%s\"}", id, id + 1);
    autoptr(token) token = make_token(payload);

    g_assert_null(token->traffic_id);
    g_assert_cmpuint(strlen(token->session_id), ==, 256);
}

/* A token with a payload that can't be read is still a token, without claims. */
static void test_unreadable_payloads(void)
{
    static const char *const tokens[] = {
        "eyJhbGciOiJIUzI1NiJ9.A.c2ln",
        "eyJhbGciOiJIUzI1NiJ9.-_-_.c2ln",
        "eyJhbGciOiJIUzI1NiJ9.eyJleHAiO.c2ln",
        "eyJhbGciOiJIUzI1NiJ9.W10.c2ln",
        "0123456789abcdef",
        "a..b",
        "a.b",
        "%.~+/=.%",
    };
    static const char with_nul[] = "{\"sub\":\"a\0b\"}";

    for (gsize i = 0; i < G_N_ELEMENTS(tokens); i++) {
        autoptr(token) token = token_new(tokens[i], -1);
        g_assert_cmpstr(secret_peek(token->text), ==, tokens[i]);
        g_assert_null(token->traffic_id);
        g_assert_cmpint(token->expires_at, ==, 0);
        g_assert_false(token_has_expired(token, NOW));
    }
    autoptr(token) token = encode_token(with_nul, sizeof with_nul - 1);
    g_assert_null(token->traffic_id);
}

static void test_huge(void)
{
    g_autofree char *filler = g_strnfill(16 * 1024, 'A');
    g_autofree char *jwt = g_strconcat("eyJhbGciOiJIUzI1NiJ9.", filler, ".c2ln", NULL);
    g_autofree char *cookie = g_strconcat("kimi-auth=", filler, "A", NULL);
    g_autofree char *fits = g_strconcat("kimi-auth=", filler, NULL);
    autoptr(token) token = token_find(fits);

    g_assert_null(token_find(jwt));
    g_assert_null(token_find(cookie));
    g_assert_cmpuint(strlen(secret_peek(token->text)), ==, 16 * 1024);
}

static const char *find_header(const struct http_request *request, const char *name)
{
    for (const struct curl_slist *line = request->headers; line; line = line->next) {
        if (g_str_has_prefix(line->data, name) && line->data[strlen(name)] == ':')
            return line->data + strlen(name) + 2;
    }
    return NULL;
}

/* A token without claims is sent without the headers that they become. */
static void test_request_without_claims(void)
{
    autoptr(credential) session =
        credential_new_session(site_for_region("global"), secret_new("0123456789abcdef", -1));
    autoptr(http_request) request = web_api_request(session, WEB_API_USAGE);

    g_assert_cmpstr(find_header(request, "Cookie"), ==, "kimi-auth=0123456789abcdef");
    g_assert_cmpstr(find_header(request, "Origin"), ==, "https://www.kimi.ai");
    g_assert_null(find_header(request, "x-msh-device-id"));
    g_assert_null(find_header(request, "x-msh-session-id"));
    g_assert_null(find_header(request, "x-traffic-id"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(pasted); i++) {
        g_autofree char *name = g_strconcat("/kimi/token/pasted/", pasted[i].name, NULL);
        g_test_add_data_func(name, &pasted[i], test_pasted);
    }
    g_test_add_func("/kimi/token/expiry", test_expiry);
    g_test_add_func("/kimi/token/claims", test_claims);
    g_test_add_func("/kimi/token/audience", test_audience);
    g_test_add_func("/kimi/token/refresh", test_refresh);
    g_test_add_func("/kimi/token/claims-that-are-no-header", test_claims_that_are_no_header);
    g_test_add_func("/kimi/token/long-claim", test_long_claim);
    g_test_add_func("/kimi/token/unreadable-payloads", test_unreadable_payloads);
    g_test_add_func("/kimi/token/huge", test_huge);
    g_test_add_func("/kimi/token/request-without-claims", test_request_without_claims);
    return g_test_run();
}
