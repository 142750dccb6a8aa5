/* A store of sessions: the cookies of one profile of a browser, or its localStorage. What is looked
 * for, how the store's files are copied and read, and the rows that come of it. */
#pragma once

#include "common/base/autoptr.h"
#include "plugins/browsers/store/copy_dir.h"

#include <glib.h>
#include <stdbool.h>

#define SESSION_MAX_VALUE (64 * 1024) /* bytes of a value; browsers allow 4 KiB for a cookie */
#define SESSION_MAX_ROWS  32          /* that are read from one store */

enum session_kind { SESSION_COOKIE, SESSION_ITEM };

/* The one cookie and the one item of localStorage that are looked for; no others are ever read. */
struct session_query {
    const char *cookie;         /* its name */
    const char *const *hosts;   /* as stores write them ("www.kimi.com", ".kimi.com"), then NULL */
    const char *item;           /* its key: "access_token" */
    const char *const *origins; /* "https://www.kimi.com", …, then NULL */
};

/* One session as a store has it. Times are microseconds since 1970; 0: unknown. */
struct session_row {
    char *place;     /* host of the cookie, origin of the item */
    char *container; /* Firefox's originAttributes: "^userContextId=2"; NULL: none */
    char *data;      /* the value, perhaps encrypted; NULL: `fault` says why */
    gsize length;
    char *fault; /* for people: why the value can't be read; NULL: it can */
    bool is_encrypted;
    int version; /* of Chromium's database: meta.version; 0: unknown */
    gint64 last_used;
    gint64 created;
    gint64 expires; /* 0: when the browser ends, which it may never do */
};

/* Wipes the value. */
void session_row_free(struct session_row *row);
DEFINE_AUTOPTR(session_row, session_row_free);

/* Copies the value; the caller wipes the original. */
void session_row_set(struct session_row *row, const void *data, gsize length);

struct session_store;
struct sqlite3;

/* How the files of a store are copied and read. */
struct store_format {
    const struct copy_method *copy;
    const char *missing; /* why this build can't read the format, N_(); NULL: it can */

    /* Reads what is looked for from the copy in a folder: rows (struct session_row) of any age, an
     * empty array if there are none. NULL and an error that says what is wrong with the store. */
    GPtrArray *(*read)(const struct session_store *store, const char *copy,
                       const struct session_query *query, GError **error);

    /* Adds the paths of the files that change when somebody signs in. */
    void (*add_files)(const struct session_store *store, GPtrArray *files);
};

/* What a store of a format holds. */
struct store_kind {
    enum session_kind session;
    const struct store_format *format;

    /* Reads the rows, as above, from an SQLite database; NULL for other formats. */
    GPtrArray *(*ask)(struct sqlite3 *database, const struct session_query *query, GError **error);
};

/* The cookies of one profile, or localStorage: all of it (Chromium), or that of one origin. */
struct session_store {
    const struct store_kind *kind;
    const struct browser *browser;
    char *profile; /* the name of its folder */
    char *path;
    char *label;     /* of the profile, for people: "Chromium (Flatpak), Profile 1" */
    char *origin;    /* of all its items; NULL: each row has its own place */
    char *container; /* the same of the container */
    char *stamp;     /* of its files when they were last read; NULL: they were not */
};

void session_store_free(struct session_store *store);

/* Reads a private copy of the store and sets its stamp: rows (struct session_row), or NULL and an
 * error that says what is wrong with the store. `dir` NULL: there is no place for a copy. */
GPtrArray *session_store_read(struct session_store *store, struct copy_dir *dir,
                              const struct session_query *query, GError **error);
