/* What is sent and what comes back; how is in http.c. */
#include "common/base/error.h"
#include "plugins/support/http.h"

#include <string.h>

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
