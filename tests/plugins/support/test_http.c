/* The parts of HTTP that need no server; test_kimi_service.py tests the rest. */
#include "common/base/error.h"
#include "plugins/support/http.h"
#include "plugins/support/http_error.h"
#include "plugins/support/trust.h"

#include <glib/gstdio.h>
#include <string.h>

#define NOW G_GINT64_CONSTANT(1800000000) /* Fri, 15 Jan 2027 08:00:00 GMT */

static void test_retry_after(void)
{
    static const struct {
        const char *text;
        gint64 seconds;
    } cases[] = {
        {"120", 120},
        {"0", 0},
        {"86400", 86400},
        {"99999999999999999999999", G_MAXINT32},
        {"Fri, 15 Jan 2027 08:02:00 GMT", 120},
        {"Friday, 15-Jan-27 08:02:00 GMT", 120},
        {"Fri Jan 15 08:02:00 2027", 120},
        {"Fri, 15 Jan 2027 08:00:00 GMT", 0},
        {"Fri, 15 Jan 2027 07:00:00 GMT", 0},
        {"-5", 0},
        {"soon", 0},
        {"12 apples", 0},
        {"", 0},
        {NULL, 0},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%s", cases[i].text ? cases[i].text : "(absent)");
        g_assert_cmpint(http_parse_retry_after(cases[i].text, NOW), ==, cases[i].seconds);
    }
}

static void test_headers(void)
{
    autoptr(secret) secret = secret_new("sk-key", -1);
    autoptr(http_request) request = http_request_new("https://api.kimi.com/");

    http_request_add_header(request, "Accept", "application/json");
    http_request_add_secret(request, "Authorization", "Bearer ", secret);
    g_assert_cmpstr(request->headers->data, ==, "Accept: application/json");
    g_assert_cmpstr(request->headers->next->data, ==, "Authorization: Bearer sk-key");
}

/* The client itself refuses any other scheme. */
static void test_https_alone(void)
{
    static const char *const urls[] = {"http://127.0.0.1:1/", "file:///etc/hostname",
                                       "ftp://127.0.0.1:1/"};
    struct http_exchange exchanges[G_N_ELEMENTS(urls)] = {0};
    autoptr(http_client) client = http_client_new(NULL, NULL, NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(urls); i++)
        exchanges[i].request = http_request_new(urls[i]);
    http_send(client, exchanges, G_N_ELEMENTS(urls), NOW);
    for (gsize i = 0; i < G_N_ELEMENTS(urls); i++) {
        g_assert_error(exchanges[i].error, USAGE_ERROR, USAGE_ERROR_PAYLOAD);
        g_assert_cmpuint(exchanges[i].response.body->len, ==, 0);
        http_exchange_clear(&exchanges[i]);
    }
}

static void test_nothing_to_send(void)
{
    autoptr(http_client) client = http_client_new(NULL, NULL, NULL);

    http_send(client, NULL, 0, NOW);
}

static GError *make_error(CURLcode code, const char *detail)
{
    CURL *easy = curl_easy_init();
    GError *error = NULL;

    http_error_set(&error, easy, code, "https://user:hidden@api.kimi.com:8443/coding?key=hidden",
                   detail);
    curl_easy_cleanup(easy);
    g_assert_null(strstr(error->message, "hidden"));
    g_assert_true(g_str_has_prefix(error->message, "api.kimi.com: "));
    return error;
}

static void test_messages(void)
{
    static const struct {
        CURLcode code;
        enum usage_error kind;
        const char *part;
    } cases[] = {
        {CURLE_COULDNT_RESOLVE_HOST, USAGE_ERROR_NETWORK, "name is not found"},
        {CURLE_COULDNT_RESOLVE_PROXY, USAGE_ERROR_NETWORK, "HTTPS_PROXY"},
        {CURLE_COULDNT_CONNECT, USAGE_ERROR_NETWORK, "no connection (the reason)"},
        {CURLE_OPERATION_TIMEDOUT, USAGE_ERROR_NETWORK, "no answer in time"},
        {CURLE_PEER_FAILED_VERIFICATION, USAGE_ERROR_NETWORK, "USAGELINE_CA_FILE"},
        {CURLE_PEER_FAILED_VERIFICATION, USAGE_ERROR_NETWORK, "network.caFile"},
        {CURLE_PARTIAL_FILE, USAGE_ERROR_NETWORK, "broke off"},
        {CURLE_WRITE_ERROR, USAGE_ERROR_PAYLOAD, "larger than 1 MiB"},
        {CURLE_SSL_CACERT_BADFILE, USAGE_ERROR_CONFIG, "USAGELINE_CA_FILE"},
        {CURLE_OUT_OF_MEMORY, USAGE_ERROR_NETWORK, "Out of memory"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = make_error(cases[i].code, "the reason");
        g_assert_error(error, USAGE_ERROR, (int)cases[i].kind);
        g_assert_nonnull(strstr(error->message, cases[i].part));
    }
}

/* Some of libcurl's texts contain the proxy's URL with the password. */
static void test_no_proxy_password(void)
{
    g_autoptr(GError) url =
        make_error(CURLE_COULDNT_CONNECT, "Unsupported proxy scheme for 'foo://me:hidden@proxy'");
    g_autoptr(GError) token = make_error(CURLE_COULDNT_CONNECT, "no way to http://hidden:1");
    g_autoptr(GError) bare = make_error(CURLE_COULDNT_CONNECT, "no way to me:hidden@proxy");

    g_assert_nonnull(strstr(url->message, "no connection"));
    g_assert_nonnull(strstr(token->message, "no connection"));
    g_assert_nonnull(strstr(bare->message, "no connection"));
}

static void test_ca_file(void)
{
    static const struct {
        const char *content; /* NULL: there is no such file */
        const char *fault;   /* NULL: fine */
    } files[] = {
        {NULL, "there is no such file"},
        {"", "no certificate in it"},
        {"-----BEGIN PRIVATE KEY-----\n", "no certificate in it"},
        {"# ours\n-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n", NULL},
    };
    g_autofree char *folder = g_dir_make_tmp("usageline-XXXXXX", NULL);
    g_autofree char *path = g_build_filename(folder, "ca.pem", NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        g_autoptr(GError) error = NULL;
        if (files[i].content)
            g_assert_true(g_file_set_contents(path, files[i].content, -1, NULL));
        autoptr(trust) trust = trust_new(path, "network.caFile", &error);

        g_assert_true((trust != NULL) == (files[i].fault == NULL));
        if (files[i].fault) {
            g_assert_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG);
            g_assert_nonnull(strstr(error->message, files[i].fault));
            g_assert_nonnull(strstr(error->message, path));
            g_assert_nonnull(strstr(error->message, "network.caFile"));
        }
    }
    g_unlink(path);
    g_rmdir(folder);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/http/retry-after", test_retry_after);
    g_test_add_func("/http/headers", test_headers);
    g_test_add_func("/http/https-alone", test_https_alone);
    g_test_add_func("/http/nothing-to-send", test_nothing_to_send);
    g_test_add_func("/http/messages", test_messages);
    g_test_add_func("/http/no-proxy-password", test_no_proxy_password);
    g_test_add_func("/http/ca-file", test_ca_file);
    return g_test_run();
}
