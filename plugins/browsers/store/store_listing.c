#include "plugins/browsers/store/store_listing.h"

#include "common/base/i18n.h"

#include <sys/stat.h>

/* More profiles than anybody has: a folder full of them must not keep a bar busy. */
#define MAX_STORES 256

struct session_store *store_listing_add(struct store_listing *listing, const char *profile,
                                        const char *path, const struct store_kind *kind)
{
    struct session_store *store;
    struct stat status;

    if (listing->stores->len >= MAX_STORES || lstat(path, &status) < 0 ||
        !store_listing_enter(listing, path))
        return NULL;
    store = g_new0(struct session_store, 1);
    store->kind = kind;
    store->browser = listing->browser;
    store->profile = profile ? g_strdup(profile) : g_path_get_basename(listing->folder);
    store->path = g_strdup(path);
    store->label =
        g_strdup_printf("%s%s, %s", _(listing->browser->name), listing->place, store->profile);
    g_ptr_array_add(listing->stores, store);
    return store;
}

bool store_listing_enter(struct store_listing *listing, const char *path)
{
    return g_hash_table_add(listing->seen, g_strdup(path));
}

/* Lists the browser's data folder below `home`; `folder` NULL: it has none there. */
static void store_listing_add_folder(struct store_listing *listing,
                                     const struct browser_family *family, const char *home,
                                     const char *folder, const char *place)
{
    if (!folder)
        return;
    g_autofree char *path = g_build_filename(home, folder, NULL);
    listing->folder = path;
    listing->place = place;
    if (store_listing_enter(listing, path))
        family->list(listing);
    listing->folder = NULL;
}

void store_listing_add_browser(struct store_listing *listing, const struct browser_family *family,
                               const struct browser *browser)
{
    const struct paths *paths = listing->paths;

    listing->browser = browser;
    store_listing_add_folder(listing, family, paths->config_home, browser->config_folder, "");
    store_listing_add_folder(listing, family, paths->home, browser->home_folder, "");
    store_listing_add_folder(listing, family, paths->home, browser->snap, " (Snap)");
    if (browser->flatpak) {
        g_autofree char *home =
            g_build_filename(paths->home, ".var", "app", browser->flatpak, NULL);
        g_autofree char *config = g_build_filename(home, "config", NULL);
        store_listing_add_folder(listing, family, config, browser->config_folder, " (Flatpak)");
        store_listing_add_folder(listing, family, home, browser->home_folder, " (Flatpak)");
    }
}
