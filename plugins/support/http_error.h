/* Why no answer came, in words for the person in front of the bar. */
#pragma once

#include <curl/curl.h>
#include <glib.h>

/* Sets an error for a transfer to `url` that failed with `code`. `detail` is libcurl's own text,
 * which is shown unless it may hold a secret. */
void http_error_set(GError **error, CURL *easy, CURLcode code, const char *url, const char *detail);

/* Sets an error of kind network for a transfer that was ended before its answer came. */
void http_error_set_abandoned(GError **error, const char *url);
