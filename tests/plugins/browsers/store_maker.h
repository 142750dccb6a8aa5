/* Stores as browsers write them, with their encryption, and a search through them:
 *
 *     autoclear(seeker) seeker = {0};
 *     make_chromium_with(sandbox, "home/.config/chromium/Default/Cookies",
 *                        &(struct cookie){.value = "token", .seal = "v10"});
 *     seeker_start(&seeker, sandbox);
 *     assert_next(&seeker, "token");
 */
#pragma once

#include "plugins/browsers/session_search.h"
#include "tests/common/fixtures.h"

#include <glib.h>
#include <sqlite3.h>

#define COOKIE "kimi-auth"
#define HOST   "www.kimi.com"
#define ITEM   "access_token"
#define ORIGIN "https://" HOST
#define MINUTE G_TIME_SPAN_MINUTE

/* FIXTURE_NOW in microseconds. */
#define NOW (FIXTURE_NOW * G_USEC_PER_SEC)

/* One cookie of a store. Times are microseconds since 1970. */
struct cookie {
    const char *name; /* NULL: COOKIE */
    const char *host; /* NULL: HOST */
    const char *value;
    const char *seal; /* "v10", …; NULL: not encrypted */
    const char *password;
    const char *hashed_host; /* NULL: the cookie's own; "": no hash */
    gint64 expires;          /* 0: in a day */
    gint64 used;             /* 0: a minute ago */
    gint64 created;          /* 0: an hour ago */
};

/* Make the store, and its folders. The caller closes the database; while it is open its log stays.
 */
sqlite3 *make_chromium(const struct sandbox *sandbox, const char *relative, int version);
sqlite3 *make_firefox(const struct sandbox *sandbox, const char *relative);

void add_chromium(sqlite3 *store, const struct cookie *cookie);

/* `unit`: how many units of the expiry a second has: 1, or 1000 in newer versions. */
void add_firefox(sqlite3 *store, const struct cookie *cookie, int unit);

/* A store of one cookie, as Chromium 156 writes it. */
void make_chromium_with(const struct sandbox *sandbox, const char *relative,
                        const struct cookie *cookie);
void make_firefox_with(const struct sandbox *sandbox, const char *relative,
                       const struct cookie *cookie);

/* Firefox's localStorage of one origin, and an item in it: the stored bytes, and how they are
 * converted and compressed. */
sqlite3 *make_items(const struct sandbox *sandbox, const char *relative);
void add_item(sqlite3 *store, const char *key, int conversion, int compression, const void *data,
              gsize length);

/* One with the item that a search looks for, not compressed. */
void make_items_with(const struct sandbox *sandbox, const char *relative, const char *value);

/* Make the files of a database, or all in a folder, so old that a write since would be noticed. */
void settle(const struct sandbox *sandbox, const char *relative);
void settle_folder(const struct sandbox *sandbox, const char *relative);

/* A search in the home folder of the sandbox. */
struct seeker {
    struct session_request request;
    char **environment;
    struct session_search *search;
};

void seeker_start(struct seeker *seeker, const struct sandbox *sandbox);
void seeker_clear(struct seeker *seeker);
DEFINE_AUTO_CLEAR(seeker, seeker_clear);

/* Notes that the session with this label worked. */
void seeker_note_worked(struct seeker *seeker, const char *label);

/* Fails unless the next session has this value; NULL: there is no other. */
void assert_next(struct seeker *seeker, const char *value);

/* Fails unless there is one session, with this outcome and a reason that contains `why`; NULL: any.
 */
void assert_only(struct seeker *seeker, enum session_outcome outcome, const char *why);
