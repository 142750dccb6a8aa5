/* HTTPS requests on libcurl, with what a credential needs: TLS 1.2 or newer that is always
 * verified, no redirects, no cookie or .netrc file, a cap on what comes back, and a deadline for
 * everything. The system's proxy variables (HTTPS_PROXY, NO_PROXY) apply.
 *
 *     autoptr(http_client) client = http_client_new(NULL, NULL, &error);
 *     autoclear(http_exchange) exchange = {.request = http_request_new(url), .is_answer = true};
 *
 *     http_request_add_secret(exchange.request, "Authorization", "Bearer ", key);
 *     http_send(client, &exchange, 1, now);
 *     if (!exchange.error && exchange.response.status == 200)
 *         … exchange.response.body … */
#pragma once

#include "common/base/autoptr.h"
#include "common/base/secret.h"

#include <curl/curl.h>
#include <glib.h>
#include <stdbool.h>

#define HTTP_MAX_BODY        (1024 * 1024) /* bytes, after decompression */
#define HTTP_CONNECT_TIMEOUT 5             /* seconds, with TLS */
#define HTTP_TIMEOUT         8             /* seconds for all of a request */

struct http_client;

/* What requests share: the certificates that are trusted (see trust.h) and open connections.
 * `ca_file` and `ca_file_named_by` are as in trust_new. Returns NULL and sets an error of kind
 * config if the file is not usable. */
struct http_client *http_client_new(const char *ca_file, const char *ca_file_named_by,
                                    GError **error);
void http_client_free(struct http_client *client);
DEFINE_AUTOPTR(http_client, http_client_free);

/* The request's own copies are wiped when it is freed. */
struct http_request {
    char *url;
    struct curl_slist *headers;
    char *body; /* NULL: GET, else POST */
};

struct http_request *http_request_new(const char *url);
void http_request_free(struct http_request *request);
DEFINE_AUTOPTR(http_request, http_request_free);

/* `value` NULL: the request gets no such header. */
void http_request_add_header(struct http_request *request, const char *name, const char *value);

/* The same with a secret at the end of the value: ("Authorization", "Bearer ", key). */
void http_request_add_secret(struct http_request *request, const char *name, const char *prefix,
                             const struct secret *secret);

struct http_response {
    long status;        /* 100 to 999 */
    char *content_type; /* NULL: the service named none */
    gint64 date;        /* the service's clock, seconds since 1970; 0: unknown */
    gint64 retry_after; /* seconds from now; 0: unknown */
    GString *body;
};

void http_response_clear(struct http_response *response);

/* A request and its outcome. */
struct http_exchange {
    struct http_request *request;
    bool is_answer;  /* its response is an answer by itself; else it only adds to another's */
    gint64 patience; /* milliseconds to wait for it after the first answer has succeeded */
    struct http_response response;
    GError *error; /* NULL: a response came */
};

void http_exchange_clear(struct http_exchange *exchange);
DEFINE_AUTO_CLEAR(http_exchange, http_exchange_clear);

/* Sends all requests at the same time, over one connection where the service speaks HTTP/2, and
 * returns when one of these is true:
 *
 *   - all have ended;
 *   - all answers have ended, none with success (a status of 200 to 299);
 *   - the first, if it is an answer, was refused (401, 403): the others would be refused as well;
 *   - an answer has succeeded, and the patience for each of the others is over.
 *
 * An answer may take HTTP_TIMEOUT, any other request its patience more. If none is an answer, all
 * are waited for.
 *
 * A response is what the service says, even a 404. Where none came there is an error of kind
 * network (or payload, if it was too large or is not HTTP), whose message names the host and the
 * remedy, and never what was sent. `now` is in seconds since 1970. */
void http_send(struct http_client *client, struct http_exchange *exchanges, gsize count,
               gint64 now);

/* Reads Retry-After: seconds, or an HTTP date (RFC 9110, 10.2.3), which is compared to `now`.
 * Returns seconds from now; 0 if that time has passed or the text is neither. */
gint64 http_parse_retry_after(const char *text, gint64 now);
