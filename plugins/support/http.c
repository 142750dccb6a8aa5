#include "plugins/support/http.h"

#include "common/error.h"
#include "common/i18n.h"
#include "plugins/support/http_error.h"
#include "plugins/support/trust.h"

#include <string.h>

#define USER_AGENT "usageline/" USAGELINE_VERSION

struct http_client {
    CURLM *multi; /* keeps the connections */
    struct trust *trust;
};

/* An exchange under way. */
struct transfer {
    struct http_exchange *exchange;
    CURL *easy; /* NULL: it has not begun, or its end has been noted */
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

/* Counts what libcurl has decompressed; taking less than it gives ends the transfer. */
static size_t take_body(char *data, size_t size, size_t count, void *context)
{
    GString *body = context;
    gsize length = size * count;

    if (length > HTTP_MAX_BODY - body->len)
        return 0;
    g_string_append_len(body, data, (gssize)length);
    return length;
}

/* `timeout` is in milliseconds. */
static void set_limits(CURL *easy, gint64 timeout)
{
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, (long)HTTP_CONNECT_TIMEOUT);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)timeout);
#if LIBCURL_VERSION_NUM >= 0x075700
    /* Else a name server that does not answer holds us beyond the time-out, until it has failed:
     * libcurl waits for its resolver thread. */
    curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);
#endif
}

/* Most of this is libcurl's default; it stands here because a credential depends on it. */
static void set_rules(CURL *easy)
{
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(easy, CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE); /* none to the proxy */
}

static void set_request(CURL *easy, const struct http_request *request)
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

static void begin(struct http_client *client, struct transfer *transfer, enum trust_way way,
                  gint64 timeout)
{
    struct http_response *response = &transfer->exchange->response;
    CURL *easy = curl_easy_init();

    http_response_clear(response);
    response->body = g_string_new(NULL);
    transfer->easy = easy;
    transfer->has_ended = false;
    transfer->code = CURLE_OPERATION_TIMEDOUT; /* what it is if nobody waits for its end */
    set_limits(easy, timeout);
    set_rules(easy);
    set_request(easy, transfer->exchange->request);
    trust_apply(client->trust, easy, way);
    curl_easy_setopt(easy, CURLOPT_PIPEWAIT, 1L); /* rather share a connection than open another */
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, response->body);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer->detail);
    curl_easy_setopt(easy, CURLOPT_PRIVATE, transfer);
    curl_multi_add_handle(client->multi, easy);
}

static void note_ends(struct http_client *client)
{
    struct CURLMsg *message;
    int left;

    while ((message = curl_multi_info_read(client->multi, &left))) {
        struct transfer *transfer = NULL;

        if (message->msg != CURLMSG_DONE)
            continue;
        curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
        transfer->has_ended = true;
        transfer->code = message->data.result;
    }
}

/* The HTTP status of a transfer that has ended; 0: no answer came. */
static long transfer_status(const struct transfer *transfer)
{
    long status = 0;

    if (transfer->has_ended && transfer->code == CURLE_OK)
        curl_easy_getinfo(transfer->easy, CURLINFO_RESPONSE_CODE, &status);
    return status;
}

/* Transfers that run at the same time. */
struct batch {
    struct transfer *transfers;
    gsize count;
    gint64 first_end; /* of a required one, in milliseconds of the monotonic clock; 0: none has */
};

/* Milliseconds until there is nothing more to wait for; 0: there is nothing now. */
static gint64 batch_wait(struct batch *batch, gint64 now)
{
    bool has_success = false, has_hope = false;
    gint64 latest = 0;

    for (gsize i = 0; i < batch->count; i++) {
        const struct transfer *transfer = &batch->transfers[i];
        long status = transfer_status(transfer);

        if (!transfer->exchange->is_required)
            continue;
        if (status == 401 || status == 403)
            return 0;
        if (transfer->has_ended && batch->first_end == 0)
            batch->first_end = now;
        has_success = has_success || (status >= 200 && status <= 299);
        has_hope = has_hope || !transfer->has_ended;
    }
    if (batch->first_end == 0)
        return 1000;
    for (gsize i = 0; i < batch->count && (has_success || has_hope); i++) {
        const struct transfer *transfer = &batch->transfers[i];
        if (!transfer->has_ended)
            latest = MAX(latest, batch->first_end + transfer->exchange->patience);
    }
    return MAX(0, latest - now);
}

static void run(struct http_client *client, struct batch *batch)
{
    gint64 wait = 0;
    int running;

    do {
        if (wait > 0)
            curl_multi_poll(client->multi, NULL, 0, (int)wait, NULL);
        if (curl_multi_perform(client->multi, &running) != CURLM_OK)
            return;
        note_ends(client);
        wait = MIN(1000, batch_wait(batch, g_get_monotonic_time() / 1000));
    } while (running > 0 && wait > 0);
}

static void end(struct http_client *client, struct transfer *transfer)
{
    curl_multi_remove_handle(client->multi, transfer->easy);
    curl_easy_cleanup(transfer->easy);
    transfer->easy = NULL;
}

/* Whether the chain of certificates leads to nobody that is trusted; 0 and 1 mean that OpenSSL
 * found no fault in the chain, and it is that of another host. */
static bool is_untrusted(const struct transfer *transfer)
{
    long chain = 0;

    curl_easy_getinfo(transfer->easy, CURLINFO_SSL_VERIFYRESULT, &chain);
    return transfer->code == CURLE_PEER_FAILED_VERIFICATION && chain > 1;
}

static const char *header(CURL *easy, const char *name)
{
    struct curl_header *found;

    return curl_easy_header(easy, name, 0, CURLH_HEADER, -1, &found) == CURLHE_OK ? found->value
                                                                                  : NULL;
}

static void take_head(CURL *easy, gint64 now, struct http_response *response)
{
    const char *date = header(easy, "Date");

    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &response->status);
    response->content_type = g_strdup(header(easy, "Content-Type"));
    response->date = date ? MAX(0, (gint64)curl_getdate(date, NULL)) : 0;
    /* A date to wait for is one of the service's clock, and ours may differ. */
    response->retry_after = http_parse_retry_after(header(easy, "Retry-After"),
                                                   response->date > 0 ? response->date : now);
}

static void conclude(struct transfer *transfer, gint64 now)
{
    struct http_exchange *exchange = transfer->exchange;

    if (transfer->code == CURLE_OK)
        take_head(transfer->easy, now, &exchange->response);
    else
        http_error_set(&exchange->error, transfer->easy, transfer->code, exchange->request->url,
                       transfer->detail);
}

/* Trusts as little as is enough (see trust.h). A certificate is judged before anything is sent, so
 * trying again does no harm. */
static void perform(struct http_client *client, struct batch *batch)
{
    static const enum trust_way ways[] = {TRUST_FOLDER, TRUST_ALL};

    for (gsize way = 0; way < G_N_ELEMENTS(ways); way++) {
        bool begins = false;

        batch->first_end = 0;
        if (!trust_has(client->trust, ways[way]))
            continue;
        for (gsize i = 0; i < batch->count; i++) {
            struct transfer *transfer = &batch->transfers[i];
            gint64 patience = transfer->exchange->patience;

            if (transfer->easy && !is_untrusted(transfer))
                continue;
            if (transfer->easy)
                end(client, transfer);
            begin(client, transfer, ways[way], HTTP_TIMEOUT * 1000 + patience);
            begins = true;
        }
        if (begins)
            run(client, batch);
    }
}

void http_send(struct http_client *client, struct http_exchange *exchanges, gsize count, gint64 now)
{
    g_autofree struct transfer *transfers = g_new0(struct transfer, count);
    struct batch batch = {transfers, count, 0};

    for (gsize i = 0; i < count; i++)
        transfers[i].exchange = &exchanges[i];
    perform(client, &batch);
    for (gsize i = 0; i < count; i++) {
        conclude(&transfers[i], now);
        end(client, &transfers[i]);
    }
}
