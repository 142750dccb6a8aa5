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

static char *browser_list_ids(void)
{
    GString *ids = g_string_new(NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(families); i++) {
        for (const struct browser *browser = families[i]->browsers; browser->id; browser++)
            g_string_append_printf(ids, "%s%s", ids->len > 0 ? ", " : "", browser->id);
    }
    return g_string_free(ids, FALSE);
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
            g_autofree char *known = browser_list_ids();
            g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                        _("\"browsers\": \"%s\" is not known; it can be %s"), *part, known);
            return NULL;
        }
        g_ptr_array_add(ids, g_strdup(*part));
    }
    if (ids->len == 0)
        return NULL;
    g_ptr_array_add(ids, NULL);
    return (char **)g_ptr_array_free(g_steal_pointer(&ids), FALSE);
}

static void browser_list_chosen(struct store_listing *listing, const char *const *ids)
{
    for (; *ids; ids++) {
        const struct browser_family *family;
        const struct browser *browser = browser_list_find(*ids, &family);
        if (browser)
            store_listing_add_browser(listing, family, browser);
    }
}

static void browser_list_all(struct store_listing *listing)
{
    for (gsize i = 0; i < G_N_ELEMENTS(families); i++) {
        for (const struct browser *browser = families[i]->browsers; browser->id; browser++)
            store_listing_add_browser(listing, families[i], browser);
    }
}

GPtrArray *browser_list_stores(const struct session_query *query, const struct paths *paths,
                               const struct browser *app, const char *const *ids)
{
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    struct store_listing listing = {
        .query = query,
        .paths = paths,
        .stores = g_ptr_array_new_with_free_func((GDestroyNotify)session_store_free),
        .seen = seen,
    };

    if (app)
        store_listing_add_browser(&listing, &chromium_family, app);
    else if (ids)
        browser_list_chosen(&listing, ids);
    else
        browser_list_all(&listing);
    return listing.stores;
}
