#include "plugins/browsers/firefox_items.h"

#include "plugins/browsers/item_value.h"
#include "plugins/browsers/store_query.h"
#include "plugins/support/quiet_file.h"

#include <string.h>

#define ORIGINS     "storage/default"
#define SITE_PREFIX "https+++" /* of folders of sites */
#define MAX_ORIGINS 16384      /* of them; a heavy user has thousands */

/* The folder of an origin, in which "/" and ":" of the URL are "+"; the caller frees it. */
static char *firefox_name_folder(const char *origin)
{
    return g_strdelimit(g_strdup(origin), ":/", '+');
}

static void firefox_add_item(struct store_listing *listing, const char *profile, const char *path,
                             const char *origin, const char *container)
{
    struct session_store *store = store_listing_add(listing, profile, path, &firefox_items);

    if (!store)
        return;
    store->origin = g_strdup(origin);
    if (container[0] != '\0')
        store->container = g_strdup(container);
}

void firefox_list_items(struct store_listing *listing, const char *profile, const char *folder)
{
    g_autofree char *sites = g_build_filename(folder, ORIGINS, NULL);
    g_auto(GStrv) names = quiet_list_folders(sites, SITE_PREFIX, MAX_ORIGINS);

    for (const char *const *origin = listing->query->origins; *origin; origin++) {
        g_autofree char *site = firefox_name_folder(*origin);
        gsize length = strlen(site);

        for (char **name = names; *name; name++) {
            if (!g_str_has_prefix(*name, site) || !strchr("^", (*name)[length]))
                continue;
            g_autofree char *path = g_build_filename(sites, *name, "ls", "data.sqlite", NULL);
            firefox_add_item(listing, profile, path, *origin, *name + length);
        }
    }
}

static void firefox_take_item(sqlite3_stmt *statement, struct session_row *row)
{
    int type = sqlite3_column_type(statement, 0);
    bool is_value = (type == SQLITE_BLOB || type == SQLITE_TEXT) &&
                    sqlite3_column_type(statement, 1) == SQLITE_INTEGER &&
                    sqlite3_column_type(statement, 2) == SQLITE_INTEGER;
    const void *data = sqlite3_column_blob(statement, 0);
    int length = sqlite3_column_bytes(statement, 0);

    if (is_value)
        item_value_take_firefox(row, sqlite3_column_int64(statement, 1),
                                sqlite3_column_int64(statement, 2), data, (gsize)length);
    else
        item_value_set_fault(row, ITEM_OTHER_FORM);
}

static GPtrArray *firefox_ask_item(sqlite3 *database, const struct session_store *store,
                                   const struct session_query *query, GError **error)
{
    const char *const texts[] = {query->item, NULL};
    GPtrArray *rows = store_ask(database,
                                "SELECT value, conversion_type, compression_type FROM data"
                                " WHERE key = ?1 LIMIT 1",
                                texts, firefox_take_item, error);

    for (guint i = 0; rows && i < rows->len; i++) {
        struct session_row *row = rows->pdata[i];
        row->place = g_strdup(store->origin);
        row->container = g_strdup(store->container);
    }
    return rows;
}

const struct store_kind firefox_items = {.session = SESSION_ITEM, .ask = firefox_ask_item};
