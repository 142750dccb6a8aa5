/* Which browsers there are, where their profiles lie, and the list of the stores in them. A family
 * of browsers is one table of struct browser and one function that lists a data folder:
 *
 *     static void netscape_list(struct store_listing *listing)
 *     {
 *         g_autofree char *path = g_build_filename(listing->folder, "cookies.sqlite", NULL);
 *         store_listing_add(listing, NULL, path, &netscape_cookies);
 *     }
 */
#pragma once

#include "plugins/browsers/store/session_store.h"

/* A browser: one row in the table of its family. What it does not have is NULL. */
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

struct store_listing;

/* Browsers that keep their sessions in the same way. */
struct browser_family {
    const struct browser *browsers; /* ended by an empty row */

    /* Adds the stores of all profiles below listing->folder. */
    void (*list)(struct store_listing *listing);
};

struct store_listing {
    const struct session_query *query;
    const struct paths *paths;
    GPtrArray *stores; /* of struct session_store */
    GHashTable *seen;  /* paths of these stores, and of all folders that were listed */

    /* Where the listing is. */
    const struct browser *browser;
    const char *folder; /* of the browser's data */
    const char *place;  /* " (Flatpak)", " (Snap)" or "" */
};

/* Adds the stores of a browser in all places where it can be installed. The caller sets all of the
 * listing except where it is. */
void store_listing_add_browser(struct store_listing *listing, const struct browser_family *family,
                               const struct browser *browser);

/* Notes that the folder, or the store, is listed; false if it was before. */
bool store_listing_enter(struct store_listing *listing, const char *path);

/* Adds the store at `path`, which belongs to the listing; NULL: nothing is there. `profile` NULL:
 * the data folder is itself the profile. */
struct session_store *store_listing_add(struct store_listing *listing, const char *profile,
                                        const char *path, const struct store_kind *kind);
