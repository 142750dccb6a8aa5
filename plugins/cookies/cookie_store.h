/* The words that this folder shares: which cookie is looked for, which browsers there are, where
 * each profile of theirs keeps its cookies, and what a store says of the cookie. */
#pragma once

#include "common/autoptr.h"

#include <glib.h>
#include <stdbool.h>

/* The one cookie that is looked for; no other is ever read. */
struct cookie_query {
    const char *name;
    const char *const *hosts; /* as stores write them ("www.kimi.com", ".kimi.com"), then NULL */
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

/* What a store says of the cookie. Times are microseconds since 1970; 0: not told. */
struct cookie_row {
    char *host;
    char *data; /* the value, or what it was encrypted to */
    gsize length;
    bool is_encrypted;
    int version; /* of Chromium's database: meta.version; 0: not told */
    gint64 last_used;
    gint64 created;
    gint64 expires; /* 0: when the browser ends, which it may never do */
};

/* Wipes the value. */
void cookie_row_free(struct cookie_row *row);
DEFINE_AUTOPTR(cookie_row, cookie_row_free);

struct store_listing;
struct sqlite3;

/* Browsers that keep their cookies in the same way. */
struct browser_family {
    const struct browser *browsers; /* ended by an empty row */

    /* Adds the stores of all profiles below listing->folder. */
    void (*list)(struct store_listing *listing);

    /* Reads the rows of the cookie, of any age; an empty array if there is none. NULL and an error
     * if this is no store of the family. */
    GPtrArray *(*read)(struct sqlite3 *store, const struct cookie_query *query, GError **error);
};

/* The cookies of one profile. */
struct cookie_store {
    const struct browser_family *family;
    const struct browser *browser;
    char *profile; /* the name of its folder */
    char *path;
    char *label; /* for people, and not the same for any two: "Chromium (Flatpak), Profile 1" */
};

void cookie_store_free(struct cookie_store *store);

/* Where to look: folders of the user. */
struct browser_homes {
    const char *home;
    const char *config; /* $XDG_CONFIG_HOME, or what stands for it */
};

/* A data folder that is being looked through. */
struct store_listing {
    const struct browser_family *family;
    const struct browser *browser;
    const char *folder;
    const char *place; /* " (Flatpak)", " (Snap)" or "" */
    GPtrArray *stores; /* of struct cookie_store */
};

/* Adds the file, if anything of that name is there. `profile` NULL: the data folder is itself the
 * profile. */
void store_listing_add(struct store_listing *listing, const char *profile, const char *path);

/* Adds the stores of a browser in all places where it can be installed. */
void cookie_stores_add(GPtrArray *stores, const struct browser_homes *homes,
                       const struct browser_family *family, const struct browser *browser);
