#include "plugins/browsers/firefox/firefox.h"

#include "plugins/browsers/store/item_value.h"
#include "plugins/browsers/store/sqlite_store.h"
#include "plugins/support/quiet_file.h"

#include <string.h>

#define MAX_INI      (256 * 1024)
#define MAX_PROFILES 4096 /* folders that may be profiles; MAX_STORES limits the profiles */
#define ORIGINS      "storage/default"
#define SITE_PREFIX  "https+++" /* of the folders of sites in ORIGINS */
#define MAX_SITES    16384      /* a heavy user has thousands */

/* An expiry above this is in milliseconds: as seconds it would lie beyond the year 5000. */
#define MILLISECONDS G_GINT64_CONSTANT(100000000000)

static const struct browser browsers[] = {
    {"firefox", "Firefox", "mozilla/firefox", ".mozilla/firefox", "org.mozilla.firefox",
     "snap/firefox/common/.mozilla/firefox", NULL, NULL},
    {"librewolf", "LibreWolf", "librewolf/librewolf", ".librewolf", "io.gitlab.librewolf-community",
     NULL, NULL, NULL},
    {"floorp", "Floorp", "floorp", ".floorp", "one.ablaze.floorp", NULL, NULL, NULL},
    {"waterfox", "Waterfox", "waterfox", ".waterfox", "net.waterfox.waterfox", NULL, NULL, NULL},
    {"zen", "Zen", "zen", ".zen", "app.zen_browser.zen", NULL, NULL, NULL},
    {0},
};

static void firefox_take_cookie(sqlite3_stmt *statement, struct session_row *row)
{
    gint64 expiry = sqlite3_column_int64(statement, 2);

    row->place = sqlite_store_text(statement, 0);
    sqlite_store_take_data(statement, 1, row);
    if (expiry > MILLISECONDS)
        row->expires = MIN(expiry, G_MAXINT64 / 1000) * 1000;
    else if (expiry > 0)
        row->expires = expiry * G_USEC_PER_SEC;
    row->last_used = sqlite3_column_int64(statement, 3);
    row->created = sqlite3_column_int64(statement, 4);
    row->container = sqlite_store_text(statement, 5);
    if (row->container[0] == '\0')
        g_clear_pointer(&row->container, g_free);
}

static GPtrArray *firefox_ask_cookie(sqlite3 *database, const struct session_query *query,
                                     GError **error)
{
    return sqlite_store_ask_cookie(
        database, query,
        "SELECT host, value, expiry, lastAccessed, creationTime, originAttributes"
        " FROM moz_cookies WHERE name = ?1 AND host IN",
        "lastAccessed", firefox_take_cookie, error);
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

static GPtrArray *firefox_ask_item(sqlite3 *database, const struct session_query *query,
                                   GError **error)
{
    const char *const texts[] = {query->item, NULL};

    return sqlite_store_ask(database,
                            "SELECT value, conversion_type, compression_type FROM data"
                            " WHERE key = ?1 LIMIT 1",
                            texts, firefox_take_item, error);
}

const struct store_kind firefox_cookies = {SESSION_COOKIE, &sqlite_store_format,
                                           firefox_ask_cookie};
static const struct store_kind firefox_items = {SESSION_ITEM, &sqlite_store_format,
                                                firefox_ask_item};

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

/* Adds the databases of the query's origins in all containers of a profile. */
static void firefox_add_items(struct store_listing *listing, const char *profile,
                              const char *folder)
{
    g_autofree char *sites = g_build_filename(folder, ORIGINS, NULL);
    g_auto(GStrv) names = quiet_list_folders(sites, SITE_PREFIX, MAX_SITES);

    for (const char *const *origin = listing->query->origins; *origin; origin++) {
        g_autofree char *site = g_strdelimit(g_strdup(*origin), ":/", '+');
        gsize length = strlen(site);

        for (char **name = names; *name; name++) {
            /* The origin itself, or one of its containers. */
            if (!g_str_has_prefix(*name, site) || !strchr("^", (*name)[length]))
                continue;
            g_autofree char *path = g_build_filename(sites, *name, "ls", "data.sqlite", NULL);
            firefox_add_item(listing, profile, path, *origin, *name + length);
        }
    }
}

static void firefox_add_profile(struct store_listing *listing, const char *folder)
{
    g_autofree char *profile = g_path_get_basename(folder);
    g_autofree char *path = g_build_filename(folder, "cookies.sqlite", NULL);

    if (!store_listing_enter(listing, folder)) /* several .ini may name it */
        return;
    store_listing_add(listing, profile, path, &firefox_cookies);
    firefox_add_items(listing, profile, folder);
}

/* Adds the profiles that an .ini names, which may lie anywhere: profiles.ini has "Path" in each
 * profile, installs.ini has "Default" for each installation. */
static void firefox_list_ini(struct store_listing *listing, const char *name, const char *key)
{
    g_autofree char *file = g_build_filename(listing->folder, name, NULL);
    g_autoptr(GKeyFile) ini = g_key_file_new();
    gsize length = 0;
    g_autofree char *text = quiet_read(file, MAX_INI, &length, NULL);

    if (!text || !g_key_file_load_from_data(ini, text, length, G_KEY_FILE_NONE, NULL))
        return;
    g_auto(GStrv) groups = g_key_file_get_groups(ini, NULL);
    for (char **group = groups; *group; group++) {
        g_autofree char *path = g_key_file_get_string(ini, *group, key, NULL);
        if (!path || path[0] == '\0')
            continue;
        g_autofree char *folder = g_canonicalize_filename(path, listing->folder);
        firefox_add_profile(listing, folder);
    }
}

static void firefox_list(struct store_listing *listing)
{
    g_auto(GStrv) names = quiet_list_folders(listing->folder, NULL, MAX_PROFILES);

    firefox_list_ini(listing, "profiles.ini", "Path");
    firefox_list_ini(listing, "installs.ini", "Default");
    for (char **name = names; *name; name++) {
        g_autofree char *folder = g_build_filename(listing->folder, *name, NULL);
        firefox_add_profile(listing, folder);
    }
}

const struct browser_family firefox_family = {.browsers = browsers, .list = firefox_list};
