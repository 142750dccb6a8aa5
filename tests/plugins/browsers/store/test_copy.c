/* What a search leaves behind: nothing, neither beside the browser's files nor elsewhere. */
#include "plugins/browsers/chromium/chromium.h"
#include "plugins/browsers/firefox/firefox.h"
#include "plugins/browsers/store/sqlite_copy.h"
#include "plugins/browsers/store/sqlite_store.h"
#include "tests/plugins/browsers/store_maker.h"

#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <ftw.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define CHROMIUM "home/.config/chromium/Default/Cookies"
#define FIREFOX  "home/.mozilla/firefox/a/cookies.sqlite"

static GString *listing; /* what nftw has seen */

static int list_one(const char *path, const struct stat *status, int type, struct FTW *ftw)
{
    (void)type;
    (void)ftw;
    g_string_append_printf(listing, "%s %ld %o %ld.%09ld %ld.%09ld %ld.%09ld\n", path,
                           (long)status->st_size, status->st_mode, status->st_atim.tv_sec,
                           status->st_atim.tv_nsec, status->st_mtim.tv_sec, status->st_mtim.tv_nsec,
                           status->st_ctim.tv_sec, status->st_ctim.tv_nsec);
    return 0;
}

static char *list_files(const struct sandbox *sandbox, const char *relative)
{
    g_autofree char *path = sandbox_path(sandbox, relative);

    listing = g_string_new(NULL);
    g_assert_cmpint(nftw(path, list_one, 8, FTW_PHYS), ==, 0);
    return g_string_free(listing, FALSE);
}

/* Makes the access time so old that reading would change it. */
static int age_one(const char *path, const struct stat *status, int type, struct FTW *ftw)
{
    const struct timespec times[] = {{.tv_sec = 1000}, status->st_mtim};

    (void)type;
    (void)ftw;
    return utimensat(AT_FDCWD, path, times, AT_SYMLINK_NOFOLLOW);
}

static void test_no_trace(struct sandbox *sandbox)
{
    autoclear(seeker) seeker = {0};
    g_autofree char *home = sandbox_path(sandbox, "home");
    sqlite3 *running;

    make_chromium_with(sandbox, CHROMIUM, &(struct cookie){.value = "token", .seal = "v10"});
    running = make_firefox(sandbox, FIREFOX);
    add_firefox(running, &(struct cookie){.value = "token"}, 1000);
    settle(sandbox, FIREFOX);
    sandbox_write(sandbox, "home/.mozilla/firefox/profiles.ini", "[Profile0]\nPath=a\n");
    g_assert_cmpint(nftw(home, age_one, 8, FTW_DEPTH | FTW_PHYS), ==, 0);
    g_free(list_files(sandbox, "home")); /* this reads folders, too: once before it counts */
    g_autofree char *before = list_files(sandbox, "home");
    seeker_start(&seeker, sandbox);
    assert_next(&seeker, "token");
    assert_next(&seeker, "token");
    seeker_clear(&seeker);
    g_autofree char *after = list_files(sandbox, "home");
    g_assert_cmpstr(before, ==, after);
    sqlite3_close(running);
}

static guint count_in(const struct sandbox *sandbox, const char *relative)
{
    g_autofree char *path = sandbox_path(sandbox, relative);
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    guint count = 0;

    while (dir && g_dir_read_name(dir))
        count++;
    return count;
}

static void test_copies_are_removed(struct sandbox *sandbox)
{
    autoclear(seeker) seeker = {0};

    make_chromium_with(sandbox, CHROMIUM, &(struct cookie){.value = "token"});
    sandbox_write(sandbox, "home/.config/chromium/Profile 1/Cookies", "rubbish");
    seeker_start(&seeker, sandbox);
    seeker_clear(&seeker);
    g_assert_cmpuint(count_in(sandbox, "run/usageline"), ==, 0);
    g_assert_cmpuint(count_in(sandbox, "cache"), ==, 1); /* what is remembered */
}

static void test_leftovers(struct sandbox *sandbox)
{
    autoclear(seeker) seeker = {0};
    g_autofree char *busy = sandbox_path(sandbox, "run/usageline/cookies-busy00");
    int lock;

    sandbox_write(sandbox, "run/usageline/cookies-killed/store", "secrets");
    sandbox_write(sandbox, "run/usageline/cookies-killed/store-wal", "secrets");
    sandbox_write(sandbox, "run/usageline/cookies-level0/000005.ldb", "secrets");
    sandbox_write(sandbox, "run/usageline/cookies-level0/CURRENT", "");
    sandbox_write(sandbox, "run/usageline/cookies-level0/LOG.old", "");
    sandbox_write(sandbox, "run/usageline/cookies-empty0/store", "");
    sandbox_write(sandbox, "run/usageline/cookies-busy00/store", "in use");
    sandbox_write(sandbox, "run/usageline/another", "of somebody else");
    lock = open(busy, O_RDONLY | O_DIRECTORY);
    g_assert_cmpint(flock(lock, LOCK_EX), ==, 0);
    make_chromium_with(sandbox, CHROMIUM, &(struct cookie){.value = "token"});
    seeker_start(&seeker, sandbox);
    seeker_clear(&seeker);
    g_assert_cmpuint(count_in(sandbox, "run/usageline"), ==, 2);
    g_assert_cmpuint(count_in(sandbox, "run/usageline/cookies-busy00"), ==, 1);
    close(lock);
}

static void test_copy_dir_is_private(struct sandbox *sandbox)
{
    g_autofree char *runtime = sandbox_path(sandbox, "run");
    g_autofree char *path = sandbox_path(sandbox, CHROMIUM);
    g_autofree char *stamp = NULL;
    struct stat status;
    gint64 changed;

    g_assert_cmpint(mkdir(runtime, 0700), ==, 0);
    make_chromium_with(sandbox, CHROMIUM, &(struct cookie){.value = "token"});
    autoptr(copy_dir) dir = copy_dir_new(sandbox->paths, runtime);
    g_assert_true(copy_dir_take(dir, &sqlite_copy_method, path, &stamp, &changed, NULL));
    g_autofree char *copy = g_build_filename(copy_dir_path(dir), SQLITE_COPY_NAME, NULL);
    g_assert_cmpint(stat(copy, &status), ==, 0);
    g_assert_cmpuint(status.st_mode & 0777, ==, 0600);
    g_autofree char *folder = g_path_get_dirname(copy);
    g_assert_cmpint(stat(folder, &status), ==, 0);
    g_assert_cmpuint(status.st_mode & 0777, ==, 0700);
    g_assert_true(g_str_has_prefix(copy, runtime));
    g_autofree char *now = sqlite_copy_method.stamp(path, &changed, NULL);
    g_assert_cmpstr(stamp, ==, now);
}

static void test_copy_dir_without_runtime_folder(struct sandbox *sandbox)
{
    autoptr(copy_dir) dir = copy_dir_new(sandbox->paths, "/nowhere");

    g_assert_nonnull(dir);
    g_assert_cmpuint(count_in(sandbox, "cache"), ==, 1);
}

/* A transaction that was not finished is undone in the copy, as SQLite would in the original. */
static void test_hot_journal(struct sandbox *sandbox)
{
    g_autofree char *runtime = sandbox_path(sandbox, "run");
    g_autofree char *path = sandbox_path(sandbox, CHROMIUM);
    sqlite3 *writer = NULL;
    autoclear(seeker) seeker = {0};

    g_assert_cmpint(mkdir(runtime, 0700), ==, 0);
    make_chromium_with(sandbox, CHROMIUM, &(struct cookie){.value = "before"});
    g_assert_cmpint(sqlite3_open(path, &writer), ==, SQLITE_OK);
    sqlite3_exec(writer,
                 "PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN;"
                 "UPDATE cookies SET value = 'during'; CREATE TABLE filler (x);"
                 "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 2000)"
                 " INSERT INTO filler SELECT randomblob(500) FROM n",
                 NULL, NULL, NULL);
    settle(sandbox, CHROMIUM);
    settle(sandbox, CHROMIUM "-journal");
    seeker_start(&seeker, sandbox);
    assert_next(&seeker, "before");
    sqlite3_exec(writer, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_close(writer);
}

/* Fails if a statement scans a table, and so would see the values of other cookies. */
static int check_statement(unsigned type, void *context, void *statement, void *time)
{
    (void)type;
    (void)time;
    g_assert_cmpint(sqlite3_stmt_status(statement, SQLITE_STMTSTATUS_FULLSCAN_STEP, 0), ==, 0);
    ++*(guint *)context;
    return 0;
}

static void test_other_cookies_are_not_read(struct sandbox *sandbox)
{
    static const char *const hosts[] = {HOST, "kimi.com", NULL};
    const struct session_query query = {.cookie = COOKIE, .hosts = hosts};
    const struct cookie other = {.name = "other", .value = "x"};
    const struct cookie wanted = {.value = "token"};
    sqlite3 *stores[] = {make_chromium(sandbox, CHROMIUM, 24), make_firefox(sandbox, FIREFOX)};
    const struct store_kind *const kinds[] = {&chromium_cookies, &firefox_cookies};
    guint count = 0;

    add_chromium(stores[0], &other);
    add_chromium(stores[0], &wanted);
    add_firefox(stores[1], &other, 1);
    add_firefox(stores[1], &wanted, 1);
    for (gsize i = 0; i < G_N_ELEMENTS(stores); i++) {
        sqlite3_trace_v2(stores[i], SQLITE_TRACE_PROFILE, check_statement, &count);
        g_autoptr(GPtrArray) rows = kinds[i]->ask(stores[i], &query, NULL);
        g_assert_cmpuint(rows->len, ==, 1);
        sqlite3_close(stores[i]);
    }
    g_assert_cmpuint(count, >=, 2);
}

static GHashTable *opened; /* NULL: nobody counts */
static guint opened_again;

/* Replaces the C library's: counts how often a folder of browsers is listed. */
DIR *fdopendir(int fd)
{
    static DIR *(*real)(int);
    g_autofree char *link = g_strdup_printf("/proc/self/fd/%d", fd);
    g_autofree char *path = g_file_read_link(link, NULL);

    if (!real)
        *(void **)&real = dlsym(RTLD_NEXT, "fdopendir");
    if (opened && path && strstr(path, "/home/") &&
        !g_hash_table_add(opened, g_steal_pointer(&path)))
        opened_again++;
    return real(fd);
}

static void test_folders_are_listed_once(struct sandbox *sandbox)
{
    autoclear(seeker) seeker = {0};

    make_chromium_with(sandbox, CHROMIUM, &(struct cookie){.value = "token"});
    make_firefox_with(sandbox, FIREFOX, &(struct cookie){.value = "token"});
    make_items_with(sandbox,
                    "home/.mozilla/firefox/a/storage/default/https+++kimi.com/ls/data.sqlite",
                    "token");
    sandbox_write(sandbox, "home/.mozilla/firefox/profiles.ini", "[Profile0]\nPath=a\n");
    sandbox_write(sandbox, "home/.mozilla/firefox/installs.ini", "[4F96]\nDefault=a\n");
    opened = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    opened_again = 0;
    seeker_start(&seeker, sandbox);
    while (session_search_next(seeker.search))
        ;
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    session_search_add_files(seeker.search, 100, files);
    g_assert_cmpuint(g_hash_table_size(opened), >=, 3);
    g_assert_cmpuint(opened_again, ==, 0);
    g_clear_pointer(&opened, g_hash_table_unref);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    sandbox_add_test("/copy/no-trace", test_no_trace);
    sandbox_add_test("/copy/removed", test_copies_are_removed);
    sandbox_add_test("/copy/leftovers", test_leftovers);
    sandbox_add_test("/copy/private", test_copy_dir_is_private);
    sandbox_add_test("/copy/no-runtime-folder", test_copy_dir_without_runtime_folder);
    sandbox_add_test("/copy/journal", test_hot_journal);
    sandbox_add_test("/copy/once", test_folders_are_listed_once);
    sandbox_add_test("/copy/others", test_other_cookies_are_not_read);
    return g_test_run();
}
