/* HTTPS requests on libcurl, with what a credential needs: TLS 1.2 or newer and
 * always verified, no redirect followed, no cookie or .netrc file, a cap on what comes back, and an
 * end to all waiting. The system's proxy variables (HTTPS_PROXY, NO_PROXY) count. */
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

/* What requests share: the certificates that are trusted (see trust.h) and open connections. NULL
 * and an error of kind config if `ca_file` is not usable. */
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

void http_request_add_header(struct http_request *request, const char *name, const char *value);

/* The same with a secret at the value's end: ("Authorization", "Bearer ", key). */
void http_request_add_secret(struct http_request *request, const char *name, const char *prefix,
                             const struct secret *secret);

struct http_response {
    long status;        /* 100 to 999 */
    char *content_type; /* NULL: the service named none */
    gint64 date;        /* the service's clock, seconds since 1970; 0: not told */
    gint64 retry_after; /* seconds from now; 0: not told */
    GString *body;
};

void http_response_clear(struct http_response *response);
DEFINE_AUTO_CLEAR(http_response, http_response_clear);

/* A request and what came of it. */
struct http_exchange {
    struct http_request *request;
    bool is_required; /* an answer to it is worth something by itself */
    gint64 patience;  /* milliseconds to wait for it beyond the first success of a required one */
    struct http_response response;
    GError *error; /* NULL: an answer came */
};

void http_exchange_clear(struct http_exchange *exchange);
DEFINE_AUTO_CLEAR(http_exchange, http_exchange_clear);

/* Sends all at the same time, over one connection where the service speaks HTTP/2. Ends when all
 * have ended; when all that are required have, none with success (a status of 200 to 299); when the
 * first is refused (401, 403), for the others will be as well; or when one of those has
 * succeeded and the patience for each of the others is over. HTTP_TIMEOUT ends each that is
 * required, and any other once its patience beyond that is over. If none is required, all are
 * waited for.
 *
 * Each response is whatever the service says, also if that is a 404. If no answer came: an error of
 * kind network (or payload, if it was too large or is not HTTP), whose message names the host and
 * the remedy, and never what was sent. `now` is in seconds since 1970. */
void http_send(struct http_client *client, struct http_exchange *exchanges, gsize count,
               gint64 now);

/* Reads Retry-After: seconds, or an HTTP date (RFC 9110, 10.2.3), which is compared to `now`.
 * Gives seconds from now, 0 for a time that has passed or something that is neither. */
gint64 http_parse_retry_after(const char *text, gint64 now);
