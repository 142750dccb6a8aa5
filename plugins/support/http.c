#include "plugins/support/http.h"

#include "plugins/support/http_internal.h"
#include "plugins/support/trust.h"

#include <string.h>

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

    if (value)
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

struct http_client *http_client_new(const char *ca_file, const char *ca_file_named_by,
                                    GError **error)
{
    struct trust *trust = trust_new(ca_file, ca_file_named_by, error);
    struct http_client *client;

    if (!trust)
        return NULL;
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
}

/* Begins again with the system's bundle if the folder was not enough; returns whether it did.
 * Nothing has been sent yet: TLS checks the certificate first. */
static bool http_retry(struct http_client *client, struct http_transfer *transfer)
{
    if (transfer->trusts_all || !http_transfer_is_untrusted(transfer))
        return false;
    http_transfer_end(transfer, client->multi);
    http_transfer_begin(transfer, client->multi, client->trust, true, 0);
    return true;
}

/* Transfers that run at the same time. */
struct http_batch {
    struct http_transfer *transfers;
    gsize count;
    /* In milliseconds of the monotonic clock. */
    gint64 began;
    gint64 succeeded; /* when the first answer came; 0: none has */
};

static gint64 http_clock(void)
{
    return g_get_monotonic_time() / 1000;
}

/* Begins what may begin now; returns whether any has. Requests to the same host wait for the first
 * one's connection, so that they share it if it is one of HTTP/2. (CURLOPT_PIPEWAIT does that too,
 * but from libcurl 8.14 on it waits for the first response over HTTP/1.1.) */
static bool http_begin_due(struct http_client *client, struct http_batch *batch)
{
    bool any_begun = false;

    for (gsize i = 0; i < batch->count; i++) {
        struct http_transfer *transfer = &batch->transfers[i];
        const struct http_transfer *first = transfer->first;

        if (transfer->easy || (first && !first->is_connected && !first->has_ended))
            continue;
        http_transfer_begin(transfer, client->multi, client->trust,
                            first ? first->trusts_all : !trust_has_folder(client->trust),
                            http_clock() - batch->began);
        any_begun = true;
    }
    return any_begun;
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
        status = http_transfer_status(transfer);
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
        long status = http_transfer_status(transfer);

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
        } while (http_note_ends(client, batch) | http_begin_due(client, batch));
        wait = http_find_wait(batch);
    } while (wait > 0);
}

/* The first transfer to the same host as this one; NULL if that is this one. */
static const struct http_transfer *http_find_first(const struct http_transfer *transfers, gsize i)
{
    const char *url = transfers[i].exchange->request->url;
    const char *host = strstr(url, "://");
    gsize length = host ? (gsize)(host - url) + 3 + strcspn(host + 3, "/") : strlen(url);

    for (gsize other = 0; other < i; other++) {
        if (strncmp(transfers[other].exchange->request->url, url, length + 1) == 0)
            return &transfers[other];
    }
    return NULL;
}

void http_send(struct http_client *client, struct http_exchange *exchanges, gsize count, gint64 now)
{
    g_autofree struct http_transfer *transfers = g_new0(struct http_transfer, count);
    struct http_batch batch = {transfers, count, http_clock(), 0};

    for (gsize i = 0; i < count; i++) {
        transfers[i].exchange = &exchanges[i];
        transfers[i].first = http_find_first(transfers, i);
    }
    http_run(client, &batch);
    for (gsize i = 0; i < count; i++) {
        http_transfer_conclude(&transfers[i], now);
        http_transfer_end(&transfers[i], client->multi);
    }
}
