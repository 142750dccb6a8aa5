#include "plugins/browsers/browser_list.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "plugins/browsers/chromium/chromium.h"
#include "plugins/browsers/firefox/firefox.h"

#include <string.h>

static const struct browser_family *const families[] = {&chromium_family, &firefox_family};

static const struct browser *browser_list_find(const char *id, const struct browser_family **family)
{
    for (gsize i = 0; i < G_N_ELEMENTS(families); i++) {
        for (const struct browser *browser = families[i]->browsers; browser->id; browser++) {
            if (strcmp(browser->id, id) == 0) {
                *family = families[i];
                return browser;
            }
        }
    }
    return NULL;
}

/* The ids of all browsers, then NULL; the caller frees the array. */
static const char **browser_list_ids(void)
{
    GPtrArray *ids = g_ptr_array_new();

    for (gsize i = 0; i < G_N_ELEMENTS(families); i++) {
        for (const struct browser *browser = families[i]->browsers; browser->id; browser++)
            g_ptr_array_add(ids, (gpointer)(guintptr)browser->id);
    }
    g_ptr_array_add(ids, NULL);
    return (const char **)g_ptr_array_free(ids, FALSE);
}

char **browser_list_parse(const char *text, GError **error)
{
    g_auto(GStrv) parts = g_strsplit_set(text, ", ", -1);
    g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func(g_free);
    const struct browser_family *family;

    for (char **part = parts; *part; part++) {
        if ((*part)[0] == '\0')
            continue;
        if (!browser_list_find(*part, &family)) {
            g_autofree const char **all = browser_list_ids();
            g_autofree char *known = g_strjoinv(", ", (char **)(guintptr)all);
            g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                        _("\"browsers\": \"%s\" is not known; it can be %s"), *part, known);
            return NULL;
        }
        g_ptr_array_add(ids, g_strdup(*part));
    }
    g_ptr_array_add(ids, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&ids), FALSE);
}

GPtrArray *browser_list_stores(const struct session_query *query, const struct paths *paths,
                               const struct browser *app, const char *const *ids)
{
    g_autofree const char **all = browser_list_ids();
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct store_listing listing = {
        .query = query,
        .paths = paths,
        .stores = g_ptr_array_new_with_free_func((GDestroyNotify)session_store_free),
        .seen = seen,
    };

    if (app) {
        store_listing_add_browser(&listing, &chromium_family, app);
        return listing.stores;
    }
    for (const char *const *id = ids ? ids : all; *id; id++) {
        const struct browser_family *family;
        const struct browser *browser = browser_list_find(*id, &family);
        if (browser)
            store_listing_add_browser(&listing, family, browser);
    }
    return listing.stores;
}
