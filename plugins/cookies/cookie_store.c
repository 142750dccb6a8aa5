#include "plugins/cookies/cookie_store.h"

#include "common/i18n.h"

#include <string.h>
#include <sys/stat.h>

/* More profiles than anybody has: a folder full of them must not keep a bar busy. */
#define MAX_STORES 256

void cookie_row_free(struct cookie_row *row)
{
    if (!row)
        return;
    if (row->data)
        explicit_bzero(row->data, row->length);
    g_free(row->data);
    g_free(row->host);
    g_free(row);
}

void cookie_store_free(struct cookie_store *store)
{
    if (!store)
        return;
    g_free(store->profile);
    g_free(store->path);
    g_free(store->label);
    g_free(store);
}

static bool is_listed(const GPtrArray *stores, const char *path)
{
    for (guint i = 0; i < stores->len; i++) {
        const struct cookie_store *store = stores->pdata[i];
        if (strcmp(store->path, path) == 0)
            return true;
    }
    return false;
}

void store_listing_add(struct store_listing *listing, const char *profile, const char *path)
{
    struct cookie_store *store;
    struct stat status;

    if (listing->stores->len >= MAX_STORES || lstat(path, &status) < 0 ||
        is_listed(listing->stores, path))
        return;
    store = g_new0(struct cookie_store, 1);
    store->family = listing->family;
    store->browser = listing->browser;
    store->profile = profile ? g_strdup(profile) : g_path_get_basename(listing->folder);
    store->path = g_strdup(path);
    store->label =
        g_strdup_printf("%s%s, %s", _(listing->browser->name), listing->place, store->profile);
    g_ptr_array_add(listing->stores, store);
}

static void look_in(GPtrArray *stores, const struct browser_family *family,
                    const struct browser *browser, const char *folder, const char *place)
{
    struct store_listing listing = {
        .family = family, .browser = browser, .folder = folder, .place = place, .stores = stores};

    family->list(&listing);
}

/* Below `home` or the Flatpak's home, in the folder of the browser; NULL: it has none. */
static void look_below(GPtrArray *stores, const struct browser_family *family,
                       const struct browser *browser, const char *home, const char *folder,
                       const char *place)
{
    if (!folder)
        return;
    g_autofree char *path = g_build_filename(home, folder, NULL);
    look_in(stores, family, browser, path, place);
}

void cookie_stores_add(GPtrArray *stores, const struct browser_homes *homes,
                       const struct browser_family *family, const struct browser *browser)
{
    look_below(stores, family, browser, homes->config, browser->config_folder, "");
    look_below(stores, family, browser, homes->home, browser->home_folder, "");
    look_below(stores, family, browser, homes->home, browser->snap, " (Snap)");
    if (browser->flatpak) {
        g_autofree char *home =
            g_build_filename(homes->home, ".var", "app", browser->flatpak, NULL);
        g_autofree char *config = g_build_filename(home, "config", NULL);
        look_below(stores, family, browser, config, browser->config_folder, " (Flatpak)");
        look_below(stores, family, browser, home, browser->home_folder, " (Flatpak)");
    }
}
