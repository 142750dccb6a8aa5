#include "plugins/support/http.h"

#include "common/base/build.h"
#include "common/base/error.h"
#include "common/base/i18n.h"
#include "plugins/support/http_error.h"
#include "plugins/support/trust.h"

#include <string.h>

#define USER_AGENT "usageline/" USAGELINE_VERSION

#define HTTP_LONGEST_WAIT 1000 /* milliseconds between two looks at what runs */

struct http_request *http_request_new(const char *url)
{
    struct http_request *request = g_new0(struct http_request, 1);

    request->url = g_strdup(url);
    return request;
}

void http_request_free(struct http_request *request)
{
    if (!request)
        return;
    for (struct curl_slist *header = request->headers; header; header = header->next)
        explicit_bzero(header->data, strlen(header->data));
    curl_slist_free_all(request->headers);
    g_free(request->url);
    secret_wipe(request->body);
    g_free(request);
}

void http_request_add_header(struct http_request *request, const char *name, const char *value)
{
    g_autofree char *line = g_strconcat(name, ": ", value, NULL);

    request->headers = curl_slist_append(request->headers, line);
}

void http_request_add_secret(struct http_request *request, const char *name, const char *prefix,
                             const struct secret *secret)
{
    char *line = g_strconcat(name, ": ", prefix, secret_peek(secret), NULL);

    request->headers = curl_slist_append(request->headers, line);
    secret_wipe(line);
}

void http_response_clear(struct http_response *response)
{
    g_free(response->content_type);
    if (response->body)
        g_string_free(response->body, TRUE);
    *response = (struct http_response){0};
}

void http_exchange_clear(struct http_exchange *exchange)
{
    g_clear_pointer(&exchange->request, http_request_free);
    http_response_clear(&exchange->response);
    g_clear_error(&exchange->error);
}

gint64 http_parse_retry_after(const char *text, gint64 now)
{
    char *end = NULL;
    guint64 seconds;
    time_t date;

    if (!text)
        return 0;
    seconds = g_ascii_strtoull(text, &end, 10);
    if (g_ascii_isdigit(text[0]) && *end == '\0')
        return (gint64)MIN(seconds, (guint64)G_MAXINT32);
    date = curl_getdate(text, NULL);
    return date > now ? date - now : 0;
}

struct http_client {
    CURLM *multi; /* keeps the connections */
    struct trust *trust;
};

struct http_transfer {
    struct http_exchange *exchange;
    CURL *easy;
    bool trusts_all; /* see trust.h */
    bool has_ended;
    CURLcode code;
    char detail[CURL_ERROR_SIZE];
};

struct http_client *http_client_new(const char *ca_file, const char *ca_file_named_by,
                                    GError **error)
{
    struct http_client *client;
    struct trust *trust;

    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _("libcurl can't be set up"));
        return NULL;
    }
    trust = trust_new(ca_file, ca_file_named_by, error);
    if (!trust) {
        curl_global_cleanup();
        return NULL;
    }
    client = g_new0(struct http_client, 1);
    client->multi = curl_multi_init();
    client->trust = trust;
    return client;
}

void http_client_free(struct http_client *client)
{
    if (!client)
        return;
    curl_multi_cleanup(client->multi);
    trust_free(client->trust);
    g_free(client);
    curl_global_cleanup();
}

/* Gets what libcurl has decompressed. Accepting less than that ends the transfer. */
static size_t http_append_body(char *data, size_t size, size_t count, void *context)
{
    GString *body = context;
    gsize length = size * count;

    if (length > HTTP_MAX_BODY - body->len)
        return 0;
    g_string_append_len(body, data, (gssize)length);
    return length;
}

/* `timeout` is in milliseconds. */
static void http_set_limits(CURL *easy, gint64 timeout)
{
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, (long)HTTP_CONNECT_TIMEOUT);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)timeout);
#if LIBCURL_VERSION_NUM >= 0x075700
    /* Do not wait for libcurl's resolver thread, which a name server that does not answer holds up
     * beyond the time-out. */
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
#endif
}

/* Mostly libcurl's defaults, set because a credential depends on them. */
static void http_set_rules(CURL *easy)
{
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(easy, CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE); /* none to the proxy */
}

static void http_set_request(CURL *easy, const struct http_request *request)
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

static void http_begin(struct http_client *client, struct http_transfer *transfer, bool trust_all)
{
    struct http_exchange *exchange = transfer->exchange;
    gint64 patience = exchange->is_answer ? 0 : exchange->patience;
    CURL *easy = curl_easy_init();

    http_response_clear(&exchange->response);
    exchange->response.body = g_string_new(NULL);
    transfer->easy = easy;
    transfer->trusts_all = trust_all;
    transfer->has_ended = false;
    transfer->detail[0] = '\0';
    http_set_limits(easy, HTTP_TIMEOUT * 1000 + patience);
    http_set_rules(easy);
    http_set_request(easy, exchange->request);
    trust_apply(client->trust, easy, trust_all);
    curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L); /* rather share a connection than open another */
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, http_append_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, exchange->response.body);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->detail);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer);
    curl_multi_add_handle(client->multi, easy);
}

static void http_end(struct http_client *client, struct http_transfer *transfer)
{
    curl_multi_remove_handle(client->multi, transfer->easy);
    curl_easy_cleanup(transfer->easy);
    transfer->easy = NULL;
}

/* Whether no trusted authority stands behind the host's certificate. A result of 0 or 1 means that
 * OpenSSL accepts the chain, but it belongs to another host. */
static bool http_is_untrusted(const struct http_transfer *transfer)
{
    long chain = 0;

    curl_easy_getinfo(transfer->easy, CURLINFO_SSL_VERIFYRESULT, &chain);
    return transfer->code == CURLE_PEER_FAILED_VERIFICATION && chain > 1;
}

/* Begins again with the system's bundle if the folder was not enough; returns whether it did.
 * Nothing has been sent yet: TLS checks the certificate first. */
static bool http_retry(struct http_client *client, struct http_transfer *transfer)
{
    if (transfer->trusts_all || !http_is_untrusted(transfer))
        return false;
    http_end(client, transfer);
    http_begin(client, transfer, true);
    return true;
}

/* The HTTP status of a transfer that has ended; 0: no answer came. */
static long http_find_status(const struct http_transfer *transfer)
{
    long status = 0;

    if (transfer->has_ended && transfer->code == CURLE_OK)
        curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

/* Transfers that run at the same time. */
struct http_batch {
    struct http_transfer *transfers;
    gsize count;
    gint64 succeeded; /* when the first answer came, in milliseconds of the monotonic clock; 0: none
                       * has */
};

static gint64 http_clock(void)
{
    return g_get_monotonic_time() / 1000;
}

/* Records which transfers have ended; returns whether one of them has begun again. */
static bool http_note_ends(struct http_client *client, struct http_batch *batch)
{
    struct CURLMsg *message;
    bool any_begun = false;
    int left;

    while ((message = curl_multi_info_read(client->multi, &left))) {
        struct http_transfer *transfer = NULL;
        long status;

        if (message->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
        transfer->has_ended = true;
        transfer->code = message->data.result;
        status = http_find_status(transfer);
        if (http_retry(client, transfer))
            any_begun = true;
        else if (transfer->exchange->is_answer && status >= 200 && status <= 299 &&
                 batch->succeeded == 0)
            batch->succeeded = http_clock();
    }
    return any_begun;
}

/* Whether an answer has come or still may. Without any that is an answer, all are waited for. */
static bool http_can_succeed(const struct http_batch *batch)
{
    bool any_answer = false, any_running = false;

    for (gsize i = 0; i < batch->count; i++) {
        const struct http_transfer *transfer = &batch->transfers[i];
        long status = http_find_status(transfer);

        if (!transfer->exchange->is_answer)
            continue;
        if (i == 0 && (status == 401 || status == 403))
            return false;
        any_answer = true;
        any_running = any_running || !transfer->has_ended;
    }
    return !any_answer || any_running || batch->succeeded != 0;
}

/* Milliseconds to wait for the next transfer to end, at most HTTP_LONGEST_WAIT; 0: there is nothing
 * more to wait for. */
static gint64 http_find_wait(const struct http_batch *batch)
{
    gint64 now = http_clock(), wait = 0;

    if (!http_can_succeed(batch))
        return 0;
    for (gsize i = 0; i < batch->count; i++) {
        const struct http_transfer *transfer = &batch->transfers[i];
        gint64 left = batch->succeeded == 0 ? HTTP_LONGEST_WAIT
                                            : batch->succeeded + transfer->exchange->patience - now;
        if (!transfer->has_ended)
            wait = MAX(wait, left);
    }
    return MIN(wait, HTTP_LONGEST_WAIT);
}

static void http_run(struct http_client *client, struct http_batch *batch)
{
    gint64 wait = 0;
    int running;

    do {
        if (wait > 0)
            curl_multi_poll(client->multi, NULL, 0, (int)wait, NULL);
        do {
            if (curl_multi_perform(client->multi, &running) != CURLM_OK)
                return;
        } while (http_note_ends(client, batch));
        wait = http_find_wait(batch);
    } while (wait > 0);
}

static const char *http_find_header(CURL *easy, const char *name)
{
    struct curl_header *found;

    return curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &found) == CURLHE_OK ? found->value
                                                                                  : NULL;
}

static void http_read_head(CURL *easy, gint64 now, struct http_response *response)
{
    const char *date = http_find_header(easy, "Date");

    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &response->status);
    response->content_type = g_strdup(http_find_header(easy, "Content-Type"));
    response->date = date ? MAX(0, (gint64)curl_getdate(date, NULL)) : 0;
    /* A date to wait for is one of the service's clock, which may differ from ours. */
    response->retry_after = http_parse_retry_after(http_find_header(easy, "Retry-After"),
                                                   response->date > 0 ? response->date : now);
}

static void http_conclude(struct http_transfer *transfer, gint64 now)
{
    struct http_exchange *exchange = transfer->exchange;
    const char *url = exchange->request->url;

    if (!transfer->has_ended)
        http_error_set_abandoned(&exchange->error, url);
    else if (transfer->code == CURLE_OK)
        http_read_head(transfer->easy, now, &exchange->response);
    else
        http_error_set(&exchange->error, transfer->easy, transfer->code, url, transfer->detail);
}

void http_send(struct http_client *client, struct http_exchange *exchanges, gsize count, gint64 now)
{
    g_autofree struct http_transfer *transfers = g_new0(struct http_transfer, count);
    struct http_batch batch = {transfers, count, 0};

    for (gsize i = 0; i < count; i++) {
        transfers[i].exchange = &exchanges[i];
        http_begin(client, &transfers[i], !trust_has_folder(client->trust));
    }
    http_run(client, &batch);
    for (gsize i = 0; i < count; i++) {
        http_conclude(&transfers[i], now);
        http_end(client, &transfers[i]);
    }
}
