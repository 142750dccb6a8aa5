/* Folders of LevelDB that are damaged, or were made to do harm: an entry in the report, nothing
 * worse, and nothing that takes long. */
#include "plugins/browsers/chromium/level_files.h"
#include "tests/plugins/browsers/chromium/level_maker.h"
#include "tests/plugins/browsers/store_maker.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define FOLDER   "home/.config/chromium/Default/Local Storage/leveldb"
#define PATIENCE (4 * G_TIME_SPAN_SECOND)

static void make_level(const struct sandbox *sandbox, bool compact)
{
    g_autofree char *folder = sandbox_path(sandbox, FOLDER);

    level_make(folder, &(struct level_item){.text = "token"}, 1, compact);
    settle_folder(sandbox, FOLDER);
}

/* The path of the database's file whose name begins or ends with `part`. */
static char *find_file(const struct sandbox *sandbox, const char *part)
{
    g_autofree char *folder = sandbox_path(sandbox, FOLDER);
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name(dir))) {
        if (g_str_has_suffix(name, part) || g_str_has_prefix(name, part))
            return g_build_filename(folder, name, NULL);
    }
    g_error("there is no %s", part);
}

static void assert_unreadable(const struct sandbox *sandbox, const char *why)
{
    autoclear(seeker) seeker = {0};
    gint64 begin = g_get_monotonic_time();

    seeker_start(&seeker, sandbox);
    assert_only(&seeker, SESSION_UNREADABLE, why);
    g_assert_cmpint(g_get_monotonic_time() - begin, <, PATIENCE);
}

static void test_current(struct sandbox *sandbox, gconstpointer data)
{
    const char *text = data;
    g_autofree char *outside = sandbox_path(sandbox, FOLDER "/../../x");
    g_autofree char *path = sandbox_path(sandbox, FOLDER "/CURRENT");

    make_level(sandbox, false);
    sandbox_write(sandbox, FOLDER "/../../x", "not to be read");
    g_assert_true(g_file_set_contents(path, text, -1, NULL));
    settle_folder(sandbox, FOLDER);
    assert_unreadable(sandbox, "CURRENT does not name a manifest");
}

static void test_missing(struct sandbox *sandbox, gconstpointer data)
{
    const char *const *names = data; /* what is removed, and a part of the reason */
    g_autofree char *path = NULL;

    make_level(sandbox, strcmp(names[0], ".ldb") == 0);
    path = find_file(sandbox, names[0]);
    g_assert_cmpint(unlink(path), ==, 0);
    assert_unreadable(sandbox, names[1]);
}

static const char *const no_current[] = {"CURRENT", "CURRENT: it can't be opened", NULL};
static const char *const no_manifest[] = {"MANIFEST-", "LevelDB", NULL};
static const char *const no_table[] = {".ldb", "LevelDB: Corruption", NULL};

static void test_garbage(struct sandbox *sandbox, gconstpointer data)
{
    g_autofree char *path = NULL;
    g_autofree char *garbage = g_strnfill(5000, 'x');

    make_level(sandbox, true);
    path = find_file(sandbox, data);
    g_assert_true(g_file_set_contents(path, garbage, -1, NULL));
    settle_folder(sandbox, FOLDER);
    assert_unreadable(sandbox, "damaged");
}

/* A footer with an index of absurd size: LevelDB asks for that much memory, and ends. */
static void test_table_that_ends_leveldb(struct sandbox *sandbox)
{
    g_autofree char *path = NULL;
    g_autofree char *text = NULL;
    gsize length = 0;

    make_level(sandbox, true);
    path = find_file(sandbox, ".ldb");
    g_assert_true(g_file_get_contents(path, &text, &length, NULL));
    /* The last 48 bytes: two handles (offset and size as varints), padding, a magic number. */
    memcpy(text + length - 48, "\0\0\0\xff\xff\xff\xff\xff\xff\xff\xff\x7f", 12);
    g_assert_true(g_file_set_contents(path, text, (gssize)length, NULL));
    settle_folder(sandbox, FOLDER);
    assert_unreadable(sandbox, "damaged");
}

/* A cut log, as in the midst of a browser's write, has the item or none: it is not damaged. */
static void test_truncated_log(struct sandbox *sandbox)
{
    g_autofree char *path = NULL;
    g_autofree char *text = NULL;
    gsize length = 0;

    make_level(sandbox, false);
    path = find_file(sandbox, ".log");
    g_assert_true(g_file_get_contents(path, &text, &length, NULL));
    g_assert_cmpuint(length, >, 40);
    for (gsize cut = 0; cut <= length; cut += cut + 9 < length ? 9 : 1) {
        autoclear(seeker) seeker = {0};
        g_assert_true(g_file_set_contents(path, text, (gssize)cut, NULL));
        settle_folder(sandbox, FOLDER);
        seeker_start(&seeker, sandbox);
        assert_only(&seeker, cut == length ? SESSION_FOUND : SESSION_ABSENT, NULL);
    }
}

static void test_cut_table(struct sandbox *sandbox)
{
    g_autofree char *path = NULL;
    g_autofree char *text = NULL;
    gsize length = 0;

    make_level(sandbox, true);
    path = find_file(sandbox, ".ldb");
    g_assert_true(g_file_get_contents(path, &text, &length, NULL));
    for (gsize cut = 0; cut < length; cut += 17) {
        g_assert_true(g_file_set_contents(path, text, (gssize)cut, NULL));
        settle_folder(sandbox, FOLDER);
        assert_unreadable(sandbox, "damaged");
    }
}

static void test_fifo(struct sandbox *sandbox, gconstpointer data)
{
    const char *name = data;
    g_autofree char *path = sandbox_path(sandbox, FOLDER);
    g_autofree char *file = g_build_filename(path, name, NULL);

    make_level(sandbox, false);
    unlink(file);
    g_assert_cmpint(mkfifo(file, 0600), ==, 0);
    assert_unreadable(sandbox, "not a regular file");
}

static void test_link(struct sandbox *sandbox)
{
    g_autofree char *file = sandbox_path(sandbox, FOLDER "/000099.ldb");

    make_level(sandbox, false);
    g_assert_cmpint(symlink("/etc/passwd", file), ==, 0);
    assert_unreadable(sandbox, "000099.ldb: it can't be opened");
}

static void test_file_in_the_place_of_the_folder(struct sandbox *sandbox)
{
    sandbox_write(sandbox, FOLDER, "a file");
    assert_unreadable(sandbox, "not a folder");
}

static void test_other_owner(struct sandbox *sandbox)
{
    g_autofree char *path = sandbox_path(sandbox, FOLDER);

    if (geteuid() != 0) {
        g_test_skip("only root can give files away");
        return;
    }
    make_level(sandbox, false);
    g_assert_cmpint(chown(path, 12345, 12345), ==, 0);
    assert_unreadable(sandbox, "another user");
}

/* Only together they are too large. */
static void test_huge(struct sandbox *sandbox)
{
    make_level(sandbox, false);
    for (int i = 0; i < 3; i++) {
        g_autofree char *name = g_strdup_printf(FOLDER "/00009%d.ldb", i);
        g_autofree char *path = sandbox_path(sandbox, name);
        sandbox_write(sandbox, name, "");
        g_assert_cmpint(truncate(path, 30 * 1024 * 1024), ==, 0);
        settle(sandbox, name);
    }
    assert_unreadable(sandbox, "larger than 64 MiB");
}

static void test_very_many_entries(struct sandbox *sandbox, gconstpointer data)
{
    const char *format = data;
    g_autofree char *path = sandbox_path(sandbox, FOLDER);
    int folder;

    make_level(sandbox, false);
    folder = open(path, O_RDONLY | O_DIRECTORY);
    for (int i = 0; i < LEVEL_MAX_FILES + 100; i++) {
        g_autofree char *name = g_strdup_printf(format, 1000 + i);
        g_assert_cmpint(symlinkat("x", folder, name), ==, 0);
    }
    close(folder);
    assert_unreadable(sandbox, NULL);
}

/* Writes a file after each stamp, as a busy browser does, while writes_left. */
static guint writes_left;
static char *(*real_stamp)(const char *path, gint64 *newest, GError **error);

static char *stamp_and_write(const char *path, gint64 *newest, GError **error)
{
    char *stamp = real_stamp(path, newest, error);
    g_autofree char *file = g_strdup_printf("%s/%06u.log", path, 100 + writes_left);

    if (writes_left > 0) {
        writes_left--;
        g_assert_true(g_file_set_contents(file, "", 0, NULL));
    }
    *newest = 0; /* as if the writes had been long ago */
    return stamp;
}

static void test_changes_while_it_is_copied(struct sandbox *sandbox, gconstpointer data)
{
    const bool always = GPOINTER_TO_INT(data);
    const struct copy_method method = {.stamp = stamp_and_write, .copy = level_copy_method.copy};
    g_autofree char *path = sandbox_path(sandbox, FOLDER);
    g_autofree char *runtime = sandbox_path(sandbox, "run");
    g_autofree char *stamp = NULL;
    g_autoptr(GError) error = NULL;
    gint64 changed;

    make_level(sandbox, false);
    g_assert_cmpint(mkdir(runtime, 0700), ==, 0);
    real_stamp = level_copy_method.stamp;
    writes_left = always ? 1000 : 3;
    autoptr(copy_dir) dir = copy_dir_new(sandbox->paths, runtime);
    g_assert_true(copy_dir_take(dir, &method, path, &stamp, &changed, &error) != always);
    if (always)
        assert_contains(error->message, "all the time");
    else
        g_assert_cmpuint(writes_left, ==, 0);
}

int main(int argc, char **argv)
{
    static const char *const currents[] = {"../../x\n",
                                           "/etc/passwd\n",
                                           "MANIFEST-",
                                           "MANIFEST-000001",
                                           "MANIFEST-1/../x\n",
                                           "",
                                           "\n",
                                           "MANIFEST-00000x\n",
                                           "MANIFEST-00000000000000000000000000000000000000000000"
                                           "000000000000000000000000000000000000000000000001\n"};

    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(currents); i++) {
        g_autofree char *name = g_strdup_printf("/level-hostile/current/%" G_GSIZE_FORMAT, i);
        sandbox_add_data_test(name, currents[i], test_current);
    }
    sandbox_add_data_test("/level-hostile/no-current", no_current, test_missing);
    sandbox_add_data_test("/level-hostile/no-manifest", no_manifest, test_missing);
    sandbox_add_data_test("/level-hostile/no-table", no_table, test_missing);
    sandbox_add_data_test("/level-hostile/garbage-manifest", "MANIFEST-", test_garbage);
    sandbox_add_data_test("/level-hostile/garbage-table", ".ldb", test_garbage);
    sandbox_add_test("/level-hostile/absurd-index", test_table_that_ends_leveldb);
    sandbox_add_test("/level-hostile/truncated-log", test_truncated_log);
    sandbox_add_test("/level-hostile/truncated-table", test_cut_table);
    sandbox_add_data_test("/level-hostile/fifo-table", "000099.ldb", test_fifo);
    sandbox_add_data_test("/level-hostile/fifo-current", "CURRENT", test_fifo);
    sandbox_add_test("/level-hostile/link", test_link);
    sandbox_add_test("/level-hostile/file", test_file_in_the_place_of_the_folder);
    sandbox_add_test("/level-hostile/other-owner", test_other_owner);
    sandbox_add_test("/level-hostile/huge", test_huge);
    sandbox_add_data_test("/level-hostile/many-files", "%06d.ldb", test_very_many_entries);
    sandbox_add_data_test("/level-hostile/many-others", "other%d", test_very_many_entries);
    sandbox_add_data_test("/level-hostile/busy", GINT_TO_POINTER(false),
                          test_changes_while_it_is_copied);
    sandbox_add_data_test("/level-hostile/always-busy", GINT_TO_POINTER(true),
                          test_changes_while_it_is_copied);
    return g_test_run();
}
