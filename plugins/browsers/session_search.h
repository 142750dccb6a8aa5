/* The search for a session, a cookie or an item of localStorage, in the stores of all browsers of
 * this user. It looks at each store first; the values then come one at a time, the likeliest first,
 * so that no keyring is asked for a value that is not needed:
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
    const struct browser *app;   /* only this program of Chromium's family; NULL: browsers */
    const char *const *browsers; /* only these ids, in this order, then NULL; NULL: all */
    const char *memory;          /* the name of the file that remembers: "kimi.browser" */
    const struct paths *paths;
    char **environment;
    gint64 now; /* seconds since 1970 */
};

/* Why this build can't look into stores, and nothing below may be called; NULL: it can. */
const char *session_search_missing(void);

/* What this build can't read in stores that it can look into; NULL: nothing. */
const char *session_search_limit(void);

struct session_search;

/* Lists all folders once and looks at all stores. What the request points to must outlive the
 * search. */
struct session_search *session_search_new(const struct session_request *request);

/* Saves what is to be remembered, with the outcomes and the times that the caller has set. */
void session_search_free(struct session_search *search);
DEFINE_AUTOPTR(session_search, session_search_free);

/* The next session whose value could be read, which belongs to the search; NULL: there is none.
 * They come in the request's order of browsers, then the one that worked last unless a newer one
 * was made since, then the last used. */
struct session *session_search_next(struct session_search *search);

/* All sessions, and stores without one, in that order (struct session). */
const GPtrArray *session_search_all(const struct session_search *search);

/* Notes that the service accepted this session, so that the next search tries it first. */
void session_search_note_worked(struct session_search *search, const struct session *session);

/* Adds the paths of files that change when somebody signs in, or a browser renews its session, to
 * an array that owns its paths, until it has `max`. */
void session_search_add_files(const struct session_search *search, guint max, GPtrArray *files);
