/* The search for a session, which is a cookie or an item of localStorage, in the stores of all
 * browsers of this user. Each store is looked at; the values come one at a time, the likeliest
 * first, so that no keyring is asked for one that is not needed:
 *
 *     autoptr(session_search) search = session_search_new(&request);
 *     while ((session = session_search_next(search))) {
 *         if (service_takes(session->value)) {
 *             session_search_note_worked(search, session);
 *             break;
 *         }
 *         session_set(session, SESSION_REFUSED, NULL);
 *     }
 */
#pragma once

#include "common/base/autoptr.h"
#include "common/base/paths.h"
#include "plugins/browsers/session.h"

struct session_request {
    struct session_query query;
    const struct browser *app; /* a program of Chromium's family to look at alone; NULL: browsers */
    const char *const *browsers; /* ids of those to look at, in this order; NULL: all */
    const char *memory;          /* names the file that remembers: "kimi.browser" */
    const struct paths *paths;
    char **environment;
    gint64 now; /* seconds since 1970 */
};

/* Why this build can't look into stores; NULL: it can. */
const char *session_search_missing(void);

/* What this build can't do in stores that it can look into; NULL: nothing. */
const char *session_search_limit(void);

/* The ids in a text such as "firefox, chromium", which the caller frees; NULL if it is empty. NULL
 * and an error of kind config that lists all ids if one of them is not known. */
char **session_browsers_parse(const char *text, GError **error);

struct session_search;

/* Lists all folders once and looks at all stores. All that the request points to must outlive the
 * search. */
struct session_search *session_search_new(const struct session_request *request);

/* Keeps what is to be remembered, with the outcomes and the times that the caller has set. */
void session_search_free(struct session_search *search);
DEFINE_AUTOPTR(session_search, session_search_free);

/* The next session whose value could be got: by the request's order of browsers, then the one that
 * worked last unless another was made since, then the one that was used last. NULL if there is no
 * other. It belongs to the search. */
struct session *session_search_next(struct session_search *search);

/* All sessions, and stores without one, in that order: of struct session. */
const GPtrArray *session_search_all(const struct session_search *search);

/* Notes that the service took the value of this session; it is remembered when the search is freed.
 */
void session_search_note_worked(struct session_search *search, const struct session *session);

/* The paths of at most `max` files that change when somebody signs in, or a browser renews its
 * session; the caller frees them. */
char **session_search_files(const struct session_search *search, guint max);
