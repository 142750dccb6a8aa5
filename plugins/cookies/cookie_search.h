/* The search for one cookie in the stores of all browsers of this user. Each store is looked at;
 * the values come one at a time, the likeliest first, so that no keyring is asked for one that is
 * not needed. */
#pragma once

#include "common/autoptr.h"
#include "common/paths.h"
#include "plugins/cookies/cookie_look.h"

struct cookie_request {
    struct cookie_query query;
    const struct browser *app; /* a program of Chromium's family to look at alone; NULL: browsers */
    const char *const *browsers; /* ids of those to look at, in this order; NULL: all */
    const char *memory;          /* names the file that remembers: "kimi.browser" */
    const struct paths *paths;
    char **environment;
    gint64 now; /* seconds since 1970 */
};

/* Why this build can't look into stores; NULL: it can. */
const char *cookie_search_missing(void);

/* What this build can't do in stores that it can look into; NULL: nothing. */
const char *cookie_search_limit(void);

/* The ids in a text such as "firefox, chromium", which the caller frees; NULL if it is empty. NULL
 * and an error of kind config that lists all ids if one of them is not known. */
char **cookie_browsers_parse(const char *text, GError **error);

struct cookie_search;

/* Looks at all stores. All that the request points to must outlive it. */
struct cookie_search *cookie_search_new(const struct cookie_request *request);

/* Keeps what is to be remembered. */
void cookie_search_free(struct cookie_search *search);
DEFINE_AUTOPTR(cookie_search, cookie_search_free);

/* The next cookie whose value could be got: by the request's order of browsers, then the one that
 * worked last unless another was made since, then the one that was used last. NULL if there is no
 * other. It belongs to the search. */
struct cookie_look *cookie_search_next(struct cookie_search *search);

/* All stores, in that order: of struct cookie_look. */
const GPtrArray *cookie_search_looks(const struct cookie_search *search);

/* Remembers that the service took the cookie of the store with this label. */
void cookie_search_note_worked(const struct cookie_request *request, const char *label);
