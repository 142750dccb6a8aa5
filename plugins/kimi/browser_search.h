/* Inside of browser.c: the search for kimi-auth in the stores of one of the two sources. */
#pragma once

#include "plugins/browsers/session_search.h"
#include "plugins/kimi/source.h"

enum browser_source { BROWSER_APP, BROWSER_ALL, BROWSER_SOURCES };

struct browser_search {
    struct session_request request;
    char **ids; /* of the setting "browsers" */
    struct session_search *search;
};

/* The name of the source, as in source.c. */
const char *browser_source_name(enum browser_source source);

/* Fills the request without looking at anything; false and an error of kind config if a setting is
 * wrong. */
bool browser_search_prepare(struct browser_search *search, enum browser_source source,
                            const struct provider_call *call, GError **error);

/* Looks at the stores. */
void browser_search_start(struct browser_search *search);
void browser_search_clear(struct browser_search *search);
DEFINE_AUTO_CLEAR(browser_search, browser_search_clear);

/* The next cookie that holds a token which has not expired; NULL if there is none. */
struct session *browser_search_next(struct browser_search *search);
