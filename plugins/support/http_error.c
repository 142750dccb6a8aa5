#include "plugins/support/http_error.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/text.h"

#include <stdbool.h>
#include <string.h>

#define MAX_DETAIL 200 /* characters */

#define CA_REMEDY                                                                                  \
    N_("if this network has a proxy that reads TLS, name its CA in USAGELINE_CA_FILE or "          \
       "network.caFile")
#define PROXY_REMEDY N_("check HTTPS_PROXY and NO_PROXY")
#define LATER        N_("it may be over in a minute")

/* Each text is a clause that follows "HOST: ". */
static const struct http_failure {
    CURLcode code;
    enum usage_error kind;
    const char *what;
    const char *remedy;
    bool has_detail; /* libcurl's own text says more */
} http_failures[] = {
    {CURLE_COULDNT_RESOLVE_HOST, USAGE_ERROR_NETWORK, N_("the name is not found"),
     N_("check the connection to the internet")},
    {CURLE_COULDNT_RESOLVE_PROXY, USAGE_ERROR_NETWORK, N_("the name of the proxy is not found"),
     PROXY_REMEDY},
    {CURLE_COULDNT_CONNECT, USAGE_ERROR_NETWORK, N_("no connection"),
     N_("check the connection to the internet and HTTPS_PROXY"), true},
    {CURLE_OPERATION_TIMEDOUT, USAGE_ERROR_NETWORK, N_("no answer in time"),
     N_("the service or the connection is too slow, or something between drops it")},
    {CURLE_PEER_FAILED_VERIFICATION, USAGE_ERROR_NETWORK, N_("its certificate is not trusted"),
     CA_REMEDY, true},
    {CURLE_SSL_CONNECT_ERROR, USAGE_ERROR_NETWORK, N_("no connection with TLS 1.2 or newer"),
     N_("a proxy or a firewall may disturb it"), true},
    {CURLE_SSL_CACERT_BADFILE, USAGE_ERROR_CONFIG,
     N_("the file of trusted certificates is damaged"),
     N_("check USAGELINE_CA_FILE, network.caFile and the system's ca-certificates")},
    {CURLE_PROXY, USAGE_ERROR_NETWORK, N_("the proxy did not let it through"), PROXY_REMEDY},
    {CURLE_GOT_NOTHING, USAGE_ERROR_NETWORK, N_("the connection was closed without an answer"),
     LATER},
    {CURLE_PARTIAL_FILE, USAGE_ERROR_NETWORK, N_("the answer broke off"), LATER},
    {CURLE_RECV_ERROR, USAGE_ERROR_NETWORK, N_("the connection was cut"), LATER},
    {CURLE_SEND_ERROR, USAGE_ERROR_NETWORK, N_("the connection was cut"), LATER},
    {CURLE_HTTP2, USAGE_ERROR_NETWORK, N_("the connection was cut"), LATER},
    {CURLE_HTTP2_STREAM, USAGE_ERROR_NETWORK, N_("the answer broke off"), LATER},
    {CURLE_WRITE_ERROR, USAGE_ERROR_PAYLOAD, N_("the answer is larger than 1 MiB"),
     N_("what answers there may not be the service")},
    {CURLE_BAD_CONTENT_ENCODING, USAGE_ERROR_PAYLOAD, N_("the compressed answer is damaged"),
     LATER},
    {CURLE_UNSUPPORTED_PROTOCOL, USAGE_ERROR_PAYLOAD, N_("what came is not HTTP"),
     N_("what answers there is not the service")},
    {CURLE_WEIRD_SERVER_REPLY, USAGE_ERROR_PAYLOAD, N_("what came is not HTTP"),
     N_("what answers there is not the service")},
};

static char *http_error_host(const char *url)
{
    g_autofree char *host = NULL;

    g_uri_split_network(url, G_URI_FLAGS_NONE, NULL, &host, NULL, NULL);
    return text_clean_line(host ? host : _("the service"), MAX_DETAIL);
}

/* libcurl's text in brackets, with the system's reason. Empty if a URL is in it: that of a proxy
 * may hold a password. */
static char *http_error_describe(CURL *easy, CURLcode code, const char *detail)
{
    g_autofree char *clean = text_clean_line(detail, MAX_DETAIL);
    long reason = 0;

    if (clean[0] == '\0' || strstr(clean, "://") || strchr(clean, '@'))
        return g_strdup("");
    if (code == CURLE_COULDNT_CONNECT)
        curl_easy_getinfo(easy, CURLINFO_OS_ERRNO, &reason);
    if (reason == 0)
        return g_strdup_printf(_(" (%s)"), clean);
    return g_strdup_printf(_(" (%s: %s)"), clean, g_strerror((int)reason));
}

static const struct http_failure *http_error_find(CURLcode code)
{
    for (gsize i = 0; i < G_N_ELEMENTS(http_failures); i++) {
        if (http_failures[i].code == code)
            return &http_failures[i];
    }
    return NULL;
}

void http_error_set(GError **error, CURL *easy, CURLcode code, const char *url, const char *detail)
{
    const struct http_failure *failure = http_error_find(code);
    g_autofree char *host = http_error_host(url);
    long proxy_status = 0;

    curl_easy_getinfo(easy, CURLINFO_HTTP_CONNECTCODE, &proxy_status);
    if (proxy_status >= 300) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_NETWORK,
                    _("%s: the proxy refused the connection (HTTP %ld); %s"), host, proxy_status,
                    _(PROXY_REMEDY));
    } else if (failure) {
        g_autofree char *more =
            failure->has_detail ? http_error_describe(easy, code, detail) : g_strdup("");
        /* Translators: a host, what went wrong, perhaps details in brackets, what to do. */
        g_set_error(error, USAGE_ERROR, (int)failure->kind, _("%s: %s%s; %s"), host,
                    _(failure->what), more, _(failure->remedy));
    } else {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_NETWORK, _("%s: no answer: %s"), host,
                    curl_easy_strerror(code));
    }
}

void http_error_set_abandoned(GError **error, const char *url)
{
    g_autofree char *host = http_error_host(url);

    g_set_error(error, USAGE_ERROR, USAGE_ERROR_NETWORK,
                _("%s: the answer took too long and was not waited for"), host);
}
