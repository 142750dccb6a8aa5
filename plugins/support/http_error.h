/* What went wrong when no answer came, in words for the person in front of the bar. */
#pragma once

#include <curl/curl.h>
#include <glib.h>

/* Sets an error for the outcome of a transfer to `url`. `detail` is libcurl's own text; it is shown
 * where it can hold nothing but host names and reasons. */
void http_error_set(GError **error, CURL *easy, CURLcode code, const char *url, const char *detail);

/* Sets an error of kind network for a transfer that nobody waited for any more. */
void http_error_set_abandoned(GError **error, const char *url);
