#include "plugins/cookies/firefox.h"

#include "plugins/support/quiet_file.h"
#include "plugins/cookies/store_query.h"

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

static void add_profile(struct store_listing *listing, const char *folder)
{
    g_autofree char *profile = g_path_get_basename(folder);
    g_autofree char *path = g_build_filename(folder, STORE, NULL);

    store_listing_add(listing, profile, path);
}

/* The profiles that an .ini names, which may lie anywhere: profiles.ini has "Path" in each profile,
 * installs.ini has "Default" for each installation. */
static void list_ini(struct store_listing *listing, const char *name, const char *key)
{
    g_autofree char *file = g_build_filename(listing->folder, name, NULL);
    g_autoptr(GKeyFile) ini = g_key_file_new();
    gsize length = 0;
    g_autofree char *text = quiet_read(file, MAX_INI, &length);

    if (!text || !g_key_file_load_from_data(ini, text, length, G_KEY_FILE_NONE, NULL))
        return;
    g_auto(GStrv) groups = g_key_file_get_groups(ini, NULL);
    for (char **group = groups; *group; group++) {
        g_autofree char *path = g_key_file_get_string(ini, *group, key, NULL);
        if (!path || path[0] == '\0')
            continue;
        g_autofree char *folder = g_canonicalize_filename(path, listing->folder);
        add_profile(listing, folder);
    }
}

static void list_profiles(struct store_listing *listing)
{
    g_auto(GStrv) names = quiet_list_folders(listing->folder, MAX_PROFILES);

    list_ini(listing, "profiles.ini", "Path");
    list_ini(listing, "installs.ini", "Default");
    for (char **name = names; *name; name++) {
        g_autofree char *folder = g_build_filename(listing->folder, *name, NULL);
        add_profile(listing, folder);
    }
}

static void take_row(sqlite3_stmt *statement, struct cookie_row *row)
{
    gint64 expiry = sqlite3_column_int64(statement, 2);

    store_take_data(statement, 1, row);
    if (expiry > MILLISECONDS)
        row->expires = MIN(expiry, G_MAXINT64 / 1000) * 1000;
    else if (expiry > 0)
        row->expires = expiry * G_USEC_PER_SEC;
    row->last_used = sqlite3_column_int64(statement, 3);
    row->created = sqlite3_column_int64(statement, 4);
}

static GPtrArray *read_store(sqlite3 *store, const struct cookie_query *query, GError **error)
{
    static const struct store_question question = {
        .columns = "host, value, expiry, lastAccessed, creationTime",
        .table = "moz_cookies",
        .name_column = "name",
        .host_column = "host",
        .last_used_column = "lastAccessed",
        .take = take_row,
    };

    return store_ask(store, &question, query, error);
}

const struct browser_family firefox_family = {
    .browsers = browsers, .list = list_profiles, .read = read_store};
