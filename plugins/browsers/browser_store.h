/* The words that this folder shares: what is looked for, which browsers there are, where each
 * profile of theirs keeps its cookies and its localStorage, and what such a store says. */
#pragma once

#include "common/base/autoptr.h"

#include <glib.h>
#include <stdbool.h>

enum session_kind { SESSION_COOKIE, SESSION_ITEM };

/* The one cookie and the one item of localStorage that are looked for; no others are ever read. */
struct session_query {
    const char *cookie;         /* its name */
    const char *const *hosts;   /* as stores write them ("www.kimi.com", ".kimi.com"), then NULL */
    const char *item;           /* its key: "access_token" */
    const char *const *origins; /* "https://www.kimi.com", …, then NULL */
};

/* A browser: one row of its family's table. What it does not have is NULL. */
struct browser {
    const char *id;             /* in the setting "browsers": "chromium" */
    const char *name;           /* for people */
    const char *config_folder;  /* of its data, below the configuration folder */
    const char *home_folder;    /* the same, below the home folder */
    const char *flatpak;        /* its id as a Flatpak, which has such folders of its own */
    const char *snap;           /* the folder of its data as a Snap, below the home folder */
    const char *const *keyring; /* attributes "application" of its password, then NULL */
    const char *const *wallet;  /* "Chrome" for KWallet's "Chrome Keys"/"Chrome Safe Storage" … */
};

/* One session as a store has it. Times are microseconds since 1970; 0: not told. */
struct session_row {
    char *place;     /* host of the cookie, origin of the item */
    char *container; /* Firefox's originAttributes: "^userContextId=2"; NULL: none */
    char *data;      /* the value, or what it was encrypted to; NULL: `fault` tells why */
    gsize length;
    char *fault; /* for people: why the value can't be read; NULL: it can */
    bool is_encrypted;
    int version; /* of Chromium's database: meta.version; 0: not told */
    gint64 last_used;
    gint64 created;
    gint64 expires; /* 0: when the browser ends, which it may never do */
};

/* Wipes the value. */
void session_row_free(struct session_row *row);
DEFINE_AUTOPTR(session_row, session_row_free);

/* Takes a copy of the value, which has to be wiped as the original has. */
void session_row_set(struct session_row *row, const void *data, gsize length);

#define SESSION_MAX_VALUE (64 * 1024) /* bytes of a value; browsers allow 4 KiB for a cookie */
#define SESSION_MAX_ROWS  32          /* of one store; the rest is not looked at */

struct session_store;
struct sqlite3;

/* How stores of a kind are kept. */
struct store_kind {
    enum session_kind session;

    /* Reads all rows of what is looked for, of any age, from an SQLite database; an empty array if
     * there is none. NULL and an error if this is no store of the kind. A kind without this is a
     * LevelDB folder. */
    GPtrArray *(*ask)(struct sqlite3 *database, const struct session_store *store,
                      const struct session_query *query, GError **error);
};

struct store_listing;

/* Browsers that keep their sessions in the same way. */
struct browser_family {
    const struct browser *browsers; /* ended by an empty row */

    /* Adds the stores of all profiles below listing->folder. */
    void (*list)(struct store_listing *listing);
};

/* The cookies of one profile, or localStorage: all of it (Chromium), or that of one origin. */
struct session_store {
    const struct store_kind *kind;
    const struct browser *browser;
    char *profile; /* the name of its folder */
    char *path;
    char *label;     /* of the profile, for people: "Chromium (Flatpak), Profile 1" */
    char *origin;    /* of all that is in it; NULL: it has several */
    char *container; /* the same of the container */
    char *stamp;     /* of its files as they were read last; NULL: they were not */
};

void session_store_free(struct session_store *store);

/* Where to look: folders of the user. */
struct browser_homes {
    const char *home;
    const char *config; /* $XDG_CONFIG_HOME, or what stands for it */
};

/* A data folder that is being looked through. */
struct store_listing {
    const struct session_query *query;
    const struct browser *browser;
    const char *folder;
    const char *place; /* " (Flatpak)", " (Snap)" or "" */
    GPtrArray *stores; /* of struct session_store */
    GHashTable *seen;  /* paths of the folders that were looked through, for any browser */
};

/* False if this folder was looked through before. */
bool store_listing_enter(struct store_listing *listing, const char *folder);

/* Adds what lies at `path`, if anything of that name is there; else gives NULL. `profile` NULL: the
 * data folder is itself the profile. The store belongs to the listing. */
struct session_store *store_listing_add(struct store_listing *listing, const char *profile,
                                        const char *path, const struct store_kind *kind);

/* Adds the stores of a browser in all places where it can be installed; of `listing` the query, the
 * stores and the folders that were seen are the caller's. */
void browser_stores_add(struct store_listing *listing, const struct browser_homes *homes,
                        const struct browser_family *family, const struct browser *browser);
