#include "plugins/support/http.h"

#include "common/error.h"
#include "plugins/support/http_error.h"
#include "plugins/support/trust.h"

#include <string.h>

#define USER_AGENT "usageline/" USAGELINE_VERSION

struct http_client {
    CURL *easy; /* used for one request after another, so that connections stay open */
    struct trust *trust;
};

struct http_client *http_client_new(const char *ca_file, const char *ca_file_named_by,
                                    GError **error)
{
    struct http_client *client;
    struct trust *trust;

    if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
        g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, "libcurl can't be set up");
        return NULL;
    }
    trust = trust_new(ca_file, ca_file_named_by, error);
    if (!trust) {
        curl_global_cleanup();
        return NULL;
    }
    client = g_new0(struct http_client, 1);
    client->easy = curl_easy_init();
    client->trust = trust;
    return client;
}

void http_client_free(struct http_client *client)
{
    if (!client)
        return;
    curl_easy_cleanup(client->easy);
    trust_free(client->trust);
    g_free(client);
    curl_global_cleanup();
}

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

static void set_limits(CURL *easy)
{
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, (long)HTTP_CONNECT_TIMEOUT);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, (long)HTTP_TIMEOUT);
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

/* Trusts as little as is enough (see trust.h). A certificate is judged before anything is sent, so
 * trying again does no harm. */
static CURLcode perform(struct http_client *client)
{
    CURLcode code;
    long chain = 0;

    if (trust_apply(client->trust, client->easy, TRUST_FOLDER)) {
        code = curl_easy_perform(client->easy);
        curl_easy_getinfo(client->easy, CURLINFO_SSL_VERIFYRESULT, &chain);
        /* 0 and 1 mean that OpenSSL found no fault in the chain: it is that of another host. */
        if (code != CURLE_PEER_FAILED_VERIFICATION || chain <= 1)
            return code;
    }
    trust_apply(client->trust, client->easy, TRUST_ALL);
    return curl_easy_perform(client->easy);
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

bool http_send(struct http_client *client, const struct http_request *request, gint64 now,
               struct http_response *response, GError **error)
{
    char detail[CURL_ERROR_SIZE] = "";
    CURL *easy = client->easy;
    CURLcode code;

    *response = (struct http_response){.body = g_string_new(NULL)};
    curl_easy_reset(easy);
    set_limits(easy);
    set_rules(easy);
    set_request(easy, request);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, response->body);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, detail);
    code = perform(client);
    if (code == CURLE_OK)
        take_head(easy, now, response);
    else
        http_error_set(error, easy, code, request->url, detail);
    curl_easy_reset(easy); /* which forgets the headers and the buffer */
    return code == CURLE_OK;
}
