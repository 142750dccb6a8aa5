/* One request on its way in libcurl, for http.c, which has several at the same time. */
#pragma once

#include "plugins/support/http.h"
#include "plugins/support/trust.h"

struct http_transfer {
    struct http_exchange *exchange;
    const struct http_transfer *first; /* to the same host; NULL: this is */
    CURL *easy;                        /* NULL: it has not begun */
    bool trusts_all;                   /* see trust.h */
    bool is_connected;
    bool has_ended;
    CURLcode code;
    char detail[CURL_ERROR_SIZE];
};

/* Adds the transfer to those of `multi`, for the first time or again after http_transfer_end.
 * `waited` is how long it has waited for that, in milliseconds: its time-outs are shorter by that.
 * `trust_all` is as in trust_apply. */
void http_transfer_begin(struct http_transfer *transfer, CURLM *multi, const struct trust *trust,
                         bool trust_all, gint64 waited);

/* Takes it out of `multi` again, if it has begun. */
void http_transfer_end(struct http_transfer *transfer, CURLM *multi);

/* Whether it failed because no trusted authority stands behind the host's certificate. */
bool http_transfer_is_untrusted(const struct http_transfer *transfer);

/* The HTTP status of a transfer that has ended; 0: no answer came. */
long http_transfer_status(const struct http_transfer *transfer);

/* Sets the rest of the exchange's response, or its error. `now` is in seconds since 1970. */
void http_transfer_conclude(struct http_transfer *transfer, gint64 now);
