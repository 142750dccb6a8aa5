#include "plugins/browsers/browser_store.h"

#include "common/base/i18n.h"

#include <string.h>
#include <sys/stat.h>

/* More profiles than anybody has: a folder full of them must not keep a bar busy. */
#define MAX_STORES 256

static void session_row_wipe(struct session_row *row)
{
    if (row->data)
        explicit_bzero(row->data, row->length);
    g_clear_pointer(&row->data, g_free);
    row->length = 0;
}

void session_row_free(struct session_row *row)
{
    if (!row)
        return;
    session_row_wipe(row);
    g_free(row->place);
    g_free(row->container);
    g_free(row->fault);
    g_free(row);
}

void session_row_set(struct session_row *row, const void *data, gsize length)
{
    session_row_wipe(row);
    row->data = g_malloc0(length + 1);
    row->length = length;
    memcpy(row->data, data, length);
}

void session_store_free(struct session_store *store)
{
    if (!store)
        return;
    g_free(store->profile);
    g_free(store->path);
    g_free(store->label);
    g_free(store->origin);
    g_free(store->container);
    g_free(store->stamp);
    g_free(store);
}

static bool store_listing_has(const GPtrArray *stores, const char *path)
{
    for (guint i = 0; i < stores->len; i++) {
        const struct session_store *store = stores->pdata[i];
        if (strcmp(store->path, path) == 0)
            return true;
    }
    return false;
}

struct session_store *store_listing_add(struct store_listing *listing, const char *profile,
                                        const char *path, const struct store_kind *kind)
{
    struct session_store *store;
    struct stat status;

    if (listing->stores->len >= MAX_STORES || lstat(path, &status) < 0 ||
        store_listing_has(listing->stores, path))
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

bool store_listing_enter(struct store_listing *listing, const char *folder)
{
    return g_hash_table_add(listing->seen, g_strdup(folder));
}

/* Below `home` or the Flatpak's home, in the folder of the browser; NULL: it has none. */
static void browser_look_below(const struct browser_family *family, struct store_listing *listing,
                               const char *home, const char *folder, const char *place)
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

void browser_stores_add(struct store_listing *listing, const struct browser_homes *homes,
                        const struct browser_family *family, const struct browser *browser)
{
    listing->browser = browser;
    browser_look_below(family, listing, homes->config, browser->config_folder, "");
    browser_look_below(family, listing, homes->home, browser->home_folder, "");
    browser_look_below(family, listing, homes->home, browser->snap, " (Snap)");
    if (browser->flatpak) {
        g_autofree char *home =
            g_build_filename(homes->home, ".var", "app", browser->flatpak, NULL);
        g_autofree char *config = g_build_filename(home, "config", NULL);
        browser_look_below(family, listing, config, browser->config_folder, " (Flatpak)");
        browser_look_below(family, listing, home, browser->home_folder, " (Flatpak)");
    }
}
