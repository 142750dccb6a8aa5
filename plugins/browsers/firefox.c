#include "plugins/browsers/firefox.h"

#include "plugins/browsers/firefox_items.h"
#include "plugins/browsers/store_query.h"
#include "plugins/support/quiet_file.h"

#define STORE        "cookies.sqlite"
#define MAX_INI      (256 * 1024)
#define MAX_PROFILES 4096 /* folders that may be profiles; those that are have a limit, too */

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

static GPtrArray *firefox_ask(sqlite3 *database, const struct session_store *store,
                              const struct session_query *query, GError **error);

const struct store_kind firefox_cookies = {.session = SESSION_COOKIE, .ask = firefox_ask};

static void firefox_add_profile(struct store_listing *listing, const char *folder)
{
    g_autofree char *profile = g_path_get_basename(folder);
    g_autofree char *path = g_build_filename(folder, STORE, NULL);

    if (!store_listing_enter(listing, folder)) /* several files name it */
        return;
    store_listing_add(listing, profile, path, &firefox_cookies);
    firefox_list_items(listing, profile, folder);
}

/* The profiles that an .ini names, which may lie anywhere: profiles.ini has "Path" in each profile,
 * installs.ini has "Default" for each installation. */
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

static void firefox_take_row(sqlite3_stmt *statement, struct session_row *row)
{
    gint64 expiry = sqlite3_column_int64(statement, 2);

    row->place = store_text(statement, 0);
    store_take_data(statement, 1, row);
    if (expiry > MILLISECONDS)
        row->expires = MIN(expiry, G_MAXINT64 / 1000) * 1000;
    else if (expiry > 0)
        row->expires = expiry * G_USEC_PER_SEC;
    row->last_used = sqlite3_column_int64(statement, 3);
    row->created = sqlite3_column_int64(statement, 4);
    row->container = store_text(statement, 5);
    if (row->container[0] == '\0')
        g_clear_pointer(&row->container, g_free);
}

static GPtrArray *firefox_ask(sqlite3 *database, const struct session_store *store,
                              const struct session_query *query, GError **error)
{
    static const struct store_question question = {
        .columns = "host, value, expiry, lastAccessed, creationTime, originAttributes",
        .table = "moz_cookies",
        .name_column = "name",
        .host_column = "host",
        .last_used_column = "lastAccessed",
        .take = firefox_take_row,
    };

    (void)store;
    return store_ask_cookie(database, &question, query, error);
}

const struct browser_family firefox_family = {.browsers = browsers, .list = firefox_list};
