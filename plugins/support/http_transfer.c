#include "plugins/support/http_internal.h"

#include "common/base/build.h"
#include "plugins/support/http_error.h"

#include <string.h>

#define USER_AGENT "usageline/" USAGELINE_VERSION

/* Gets what libcurl has decompressed. Accepting less than that ends the transfer. */
static size_t http_transfer_append_body(char *data, size_t size, size_t count, void *context)
{
    GString *body = context;
    gsize length = size * count;

    if (length > HTTP_MAX_BODY - body->len)
        return 0;
    g_string_append_len(body, data, (gssize)length);
    return length;
}

/* libcurl calls it before it sends the request. */
static int http_transfer_note_connection(void *context, char *ip, char *own_ip, int port,
                                         int own_port)
{
    struct http_transfer *transfer = context;

    (void)ip, (void)own_ip, (void)port, (void)own_port;
    transfer->is_connected = true;
    return CURL_PREREQFUNC_OK;
}

/* `timeout` and `waited`, the part of it that is over, are in milliseconds. */
static void http_transfer_set_limits(CURL *easy, gint64 timeout, gint64 waited)
{
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS,
                     (long)MAX(1, HTTP_CONNECT_TIMEOUT * 1000 - waited));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)MAX(1, timeout - waited));
#if LIBCURL_VERSION_NUM >= 0x075700
    /* Do not wait for libcurl's resolver thread, which a name server that does not answer holds up
     * beyond the time-out. */
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
#endif
}

/* Mostly libcurl's defaults, set because a credential depends on them. */
static void http_transfer_set_rules(CURL *easy)
{
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(easy, CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE); /* none to the proxy */
}

static void http_transfer_set_request(CURL *easy, const struct http_request *request)
{
    curl_easy_setopt(easy, CURLOPT_URL, request->url);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, request->headers);
    if (request->body) {
        curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE, (long)strlen(request->body));
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, request->body);
    }
    curl_easy_setopt(easy, CURLOPT_USERAGENT, USER_AGENT);
    curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, ""); /* all that libcurl can decompress */
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
}

void http_transfer_begin(struct http_transfer *transfer, CURLM *multi, const struct trust *trust,
                         bool trust_all, gint64 waited)
{
    struct http_exchange *exchange = transfer->exchange;
    gint64 patience = exchange->is_answer ? 0 : exchange->patience;
    CURL *easy = curl_easy_init();

    http_response_clear(&exchange->response);
    exchange->response.body = g_string_new(NULL);
    transfer->easy = easy;
    transfer->trusts_all = trust_all;
    transfer->is_connected = false;
    transfer->has_ended = false;
    transfer->detail[0] = '\0';
    http_transfer_set_limits(easy, HTTP_TIMEOUT * 1000 + patience, waited);
    http_transfer_set_rules(easy);
    http_transfer_set_request(easy, exchange->request);
    trust_apply(trust, easy, trust_all);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, http_transfer_note_connection);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, transfer);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, http_transfer_append_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, exchange->response.body);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->detail);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer);
    curl_multi_add_handle(multi, easy);
}

void http_transfer_end(struct http_transfer *transfer, CURLM *multi)
{
    if (!transfer->easy)
        return;
    curl_multi_remove_handle(multi, transfer->easy);
    curl_easy_cleanup(transfer->easy);
    transfer->easy = NULL;
}

/* A result of 0 or 1 means that OpenSSL accepts the chain, but it belongs to another host. */
bool http_transfer_is_untrusted(const struct http_transfer *transfer)
{
    long chain = 0;

    curl_easy_getinfo(transfer->easy, CURLINFO_SSL_VERIFYRESULT, &chain);
    return transfer->code == CURLE_PEER_FAILED_VERIFICATION && chain > 1;
}

long http_transfer_status(const struct http_transfer *transfer)
{
    long status = 0;

    if (transfer->has_ended && transfer->code == CURLE_OK)
        curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

static const char *http_transfer_find_header(CURL *easy, const char *name)
{
    struct curl_header *found;

    return curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &found) == CURLHE_OK ? found->value
                                                                                  : NULL;
}

static void http_transfer_read_head(CURL *easy, gint64 now, struct http_response *response)
{
    const char *date = http_transfer_find_header(easy, "Date");

    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &response->status);
    response->content_type = g_strdup(http_transfer_find_header(easy, "Content-Type"));
    response->date = date ? MAX(0, (gint64)curl_getdate(date, NULL)) : 0;
    /* A date to wait for is one of the service's clock, which may differ from ours. */
    response->retry_after = http_parse_retry_after(http_transfer_find_header(easy, "Retry-After"),
                                                   response->date > 0 ? response->date : now);
}

void http_transfer_conclude(struct http_transfer *transfer, gint64 now)
{
    struct http_exchange *exchange = transfer->exchange;
    const char *url = exchange->request->url;

    if (!transfer->has_ended)
        http_error_set_abandoned(&exchange->error, url);
    else if (transfer->code == CURLE_OK)
        http_transfer_read_head(transfer->easy, now, &exchange->response);
    else
        http_error_set(&exchange->error, transfer->easy, transfer->code, url, transfer->detail);
}
