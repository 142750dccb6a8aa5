#include "plugins/browsers/chromium/chromium.h"

#include "common/base/i18n.h"
#include "plugins/browsers/chromium/level_files.h"
#include "plugins/browsers/chromium/level_store.h"
#include "plugins/browsers/store/sqlite_store.h"
#include "plugins/support/quiet_file.h"

#include <string.h>

#define MAX_PROFILES 4096 /* folders that may be profiles; MAX_STORES limits the profiles */

/* Seconds from 1601, where Chromium's time begins, to 1970. */
#define EPOCH G_GINT64_CONSTANT(11644473600)

#define NAMES(...) ((const char *const[]){__VA_ARGS__, NULL})

/* A browser that has no name of its own in the keyring uses that of the browser it was made from.
 */
static const struct browser browsers[] = {
    {"chrome", "Google Chrome", "google-chrome", NULL, "com.google.Chrome", NULL, NAMES("chrome"),
     NAMES("Chrome")},
    {"chrome-beta", "Google Chrome Beta", "google-chrome-beta", NULL, "com.google.ChromeBeta", NULL,
     NAMES("chrome"), NAMES("Chrome")},
    {"chrome-dev", "Google Chrome Dev", "google-chrome-unstable", NULL, "com.google.ChromeDev",
     NULL, NAMES("chrome"), NAMES("Chrome")},
    {"chrome-testing", "Google Chrome for Testing", "google-chrome-for-testing", NULL, NULL, NULL,
     NAMES("chrome"), NAMES("Chrome")},
    {"chromium", "Chromium", "chromium", NULL, "org.chromium.Chromium",
     "snap/chromium/common/chromium", NAMES("chromium"), NAMES("Chromium")},
    {"ungoogled-chromium", "Ungoogled Chromium", "chromium", NULL,
     "io.github.ungoogled_software.ungoogled_chromium", NULL, NAMES("chromium"), NAMES("Chromium")},
    {"edge", "Microsoft Edge", "microsoft-edge", NULL, "com.microsoft.Edge", NULL,
     NAMES("microsoft-edge", "chromium"), NAMES("Microsoft Edge", "Chromium")},
    {"edge-beta", "Microsoft Edge Beta", "microsoft-edge-beta", NULL, "com.microsoft.EdgeBeta",
     NULL, NAMES("microsoft-edge", "chromium"), NAMES("Microsoft Edge", "Chromium")},
    {"edge-dev", "Microsoft Edge Dev", "microsoft-edge-dev", NULL, "com.microsoft.EdgeDev", NULL,
     NAMES("microsoft-edge", "chromium"), NAMES("Microsoft Edge", "Chromium")},
    {"brave", "Brave", "BraveSoftware/Brave-Browser", NULL, "com.brave.Browser",
     "snap/brave/current/.config/BraveSoftware/Brave-Browser", NAMES("brave"), NAMES("Brave")},
    {"brave-beta", "Brave Beta", "BraveSoftware/Brave-Browser-Beta", NULL, NULL, NULL,
     NAMES("brave"), NAMES("Brave")},
    {"brave-nightly", "Brave Nightly", "BraveSoftware/Brave-Browser-Nightly", NULL, NULL, NULL,
     NAMES("brave"), NAMES("Brave")},
    {"vivaldi", "Vivaldi", "vivaldi", NULL, "com.vivaldi.Vivaldi", NULL, NAMES("vivaldi", "chrome"),
     NAMES("Vivaldi", "Chrome")},
    {"vivaldi-snapshot", "Vivaldi Snapshot", "vivaldi-snapshot", NULL, NULL, NULL,
     NAMES("vivaldi", "chrome"), NAMES("Vivaldi", "Chrome")},
    {"opera", "Opera", "opera", NULL, "com.opera.Opera", "snap/opera/current/.config/opera",
     NAMES("opera", "chromium"), NAMES("Opera", "Chromium")},
    {"thorium", "Thorium", "thorium", NULL, "rocks.thorium.Thorium", NULL,
     NAMES("thorium", "chromium"), NAMES("Thorium", "Chromium")},
    {"helium", "Helium", "net.imput.helium", NULL, "net.imput.helium", NULL,
     NAMES("helium", "chromium"), NAMES("Helium", "Chromium")},
    {0},
};

/* Microseconds since 1970 from those since 1601; 0 stays 0. */
static gint64 chromium_take_time(sqlite3_stmt *statement, int column)
{
    gint64 time = sqlite3_column_int64(statement, column);

    return time > EPOCH * G_USEC_PER_SEC ? time - EPOCH * G_USEC_PER_SEC : 0;
}

static void chromium_take_row(sqlite3_stmt *statement, struct session_row *row)
{
    row->place = sqlite_store_text(statement, 0);
    row->is_encrypted = sqlite3_column_bytes(statement, 1) == 0;
    sqlite_store_take_data(statement, row->is_encrypted ? 2 : 1, row);
    row->expires = chromium_take_time(statement, 3);
    if (sqlite3_column_int64(statement, 3) != 0 && row->expires == 0)
        row->expires = 1; /* before 1970 */
    row->last_used = chromium_take_time(statement, 4);
    row->created = chromium_take_time(statement, 5);
    row->version = sqlite3_column_int(statement, 6);
}

static GPtrArray *chromium_ask(sqlite3 *database, const struct session_query *query, GError **error)
{
    return sqlite_store_ask_cookie(
        database, query,
        "SELECT host_key, value, encrypted_value, expires_utc, last_access_utc, creation_utc,"
        " (SELECT value FROM meta WHERE key = 'version')"
        " FROM cookies WHERE name = ?1 AND host_key IN",
        "last_access_utc", chromium_take_row, error);
}

static const struct store_format level_format = {
    .copy = &level_copy_method,
    .add_files = level_files_add,
#ifdef HAVE_LEVELDB
    .read = level_store_read,
#else
    .missing = N_("this usageline was built without LevelDB, in which browsers of Chromium's "
                  "family keep localStorage"),
#endif
};

const struct store_kind chromium_cookies = {SESSION_COOKIE, &sqlite_store_format, chromium_ask};
const struct store_kind chromium_items = {SESSION_ITEM, &level_format, NULL};

/* The stores of a profile; older profiles have the second file of cookies. */
static const struct {
    const char *path;
    const struct store_kind *kind;
} stores[] = {
    {"Network/Cookies", &chromium_cookies},
    {"Cookies", &chromium_cookies},
    {"Local Storage/leveldb", &chromium_items},
};

static void chromium_add_profile(struct store_listing *listing, const char *name)
{
    for (gsize i = 0; i < G_N_ELEMENTS(stores); i++) {
        g_autofree char *path =
            g_build_filename(listing->folder, name ? name : "", stores[i].path, NULL);
        store_listing_add(listing, name, path, stores[i].kind);
    }
}

/* Each folder with such a store is a profile. Programs with a single profile have the stores in the
 * data folder itself, and perhaps more in Partitions (Electron). */
static void chromium_list(struct store_listing *listing)
{
    g_auto(GStrv) names = quiet_list_folders(listing->folder, NULL, MAX_PROFILES);
    g_autofree char *folder = g_build_filename(listing->folder, "Partitions", NULL);
    g_auto(GStrv) partitions = quiet_list_folders(folder, NULL, MAX_PROFILES);

    chromium_add_profile(listing, NULL);
    for (char **name = names; *name; name++) {
        if (strcmp(*name, "Network") != 0) /* of the data folder itself */
            chromium_add_profile(listing, *name);
    }
    for (char **name = partitions; *name; name++) {
        g_autofree char *partition = g_build_filename("Partitions", *name, NULL);
        chromium_add_profile(listing, partition);
    }
}

const struct browser_family chromium_family = {.browsers = browsers, .list = chromium_list};
