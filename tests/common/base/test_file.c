#include "common/base/error.h"
#include "common/base/file.h"
#include "tests/common/fixtures.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define NOBODY 65534

static mode_t get_mode(const char *path)
{
    struct stat status = {0};

    g_assert_cmpint(stat(path, &status), ==, 0);
    return status.st_mode & 07777;
}

static void assert_unreadable(const char *path, gsize max, const char *message)
{
    g_autoptr(GError) error = NULL;
    gsize length = 0;

    g_assert_null(file_read(path, max, &length, &error));
    g_assert_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL);
    assert_contains(error->message, path);
    assert_contains(error->message, message);
}

static void test_reads_all_bytes(struct sandbox *sandbox)
{
    g_autofree char *path = sandbox_path(sandbox, "a");
    g_autoptr(GError) error = NULL;
    gsize length = 0;

    sandbox_write(sandbox, "a", "12345");
    g_autofree char *text = file_read(path, 5, &length, &error);
    g_assert_no_error(error);
    g_assert_cmpstr(text, ==, "12345");
    g_assert_cmpuint(length, ==, 5);
    assert_unreadable(path, 4, "larger than 4 bytes");
}

static void test_a_missing_file_is_no_error(struct sandbox *sandbox)
{
    g_autofree char *path = sandbox_path(sandbox, "none/a");
    g_autofree char *below_file = sandbox_path(sandbox, "file/a");
    g_autofree char *loop = sandbox_path(sandbox, "loop");
    g_autoptr(GError) error = NULL;
    gsize length = 0;

    sandbox_write(sandbox, "file", "");
    g_assert_cmpint(symlink("loop", loop), ==, 0);
    g_assert_null(file_read(path, 5, &length, &error));
    g_assert_null(file_read(below_file, 5, &length, &error));
    g_assert_no_error(error);
    assert_unreadable(loop, 5, "can't be opened");
}

static void test_only_regular_files_are_read(struct sandbox *sandbox)
{
    g_autofree char *fifo = sandbox_path(sandbox, "fifo");

    g_assert_cmpint(mkfifo(fifo, 0600), ==, 0);
    assert_unreadable(fifo, 5, "not a regular file"); /* and does not wait for a writer */
    assert_unreadable(sandbox->folder, 5, "not a regular file");
    assert_unreadable("/dev/zero", 5, "not a regular file");
}

static void test_follows_the_links_of_the_user(struct sandbox *sandbox)
{
    g_autofree char *link = sandbox_path(sandbox, "link");
    gsize length = 0;

    sandbox_write(sandbox, "a", "x");
    g_assert_cmpint(symlink("a", link), ==, 0);
    g_autofree char *text = file_read(link, 5, &length, NULL);
    g_assert_cmpstr(text, ==, "x");
}

static void test_replaces_a_file_privately(struct sandbox *sandbox)
{
    g_autofree char *path = sandbox_path(sandbox, "a");
    g_autoptr(GError) error = NULL;

    sandbox_write(sandbox, "a", "old and longer");
    g_assert_cmpint(g_chmod(path, 0644), ==, 0);
    sandbox_write(sandbox, "a.tmp", "left behind by a process that was killed");
    g_assert_true(file_replace(path, "new", 3, &error));
    g_assert_no_error(error);
    g_autofree char *text = sandbox_read(sandbox, "a");
    g_autofree char *temporary = sandbox_read(sandbox, "a.tmp");
    g_assert_cmpstr(text, ==, "new");
    g_assert_null(temporary);
    g_assert_cmpint(get_mode(path), ==, 0600);
}

static void assert_not_replaced(const char *path)
{
    g_autoptr(GError) error = NULL;

    g_assert_false(file_replace(path, "new", 3, &error));
    g_assert_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL);
    assert_contains(error->message, path);
}

/* Replaces the file many times by a text of this character; false if it could not once. */
static bool replace_often(const char *path, char character)
{
    g_autofree char *text = g_strnfill(5000, character);
    bool is_well = true;

    for (int i = 0; i < 100; i++)
        is_well = file_replace(path, text, 5000, NULL) && is_well;
    return is_well;
}

static void test_two_may_replace_a_file_at_once(struct sandbox *sandbox)
{
    g_autofree char *path = sandbox_path(sandbox, "a");
    pid_t child = fork();
    int status = 0;

    g_assert_cmpint(child, >=, 0);
    if (child == 0)
        _exit(replace_often(path, 'x') ? 0 : 1);
    g_assert_true(replace_often(path, 'y'));
    g_assert_cmpint(waitpid(child, &status, 0), ==, child);
    g_assert_cmpint(status, ==, 0);
    g_autofree char *text = sandbox_read(sandbox, "a");
    g_assert_cmpuint(strspn(text, text[0] == 'x' ? "x" : "y"), ==, 5000);
}

static void test_does_not_write_through_a_link(struct sandbox *sandbox)
{
    g_autofree char *path = sandbox_path(sandbox, "a");
    g_autofree char *temporary = sandbox_path(sandbox, "a.tmp");

    sandbox_write(sandbox, "victim", "precious");
    g_assert_cmpint(symlink("victim", temporary), ==, 0);
    assert_not_replaced(path);
    g_autofree char *text = sandbox_read(sandbox, "victim");
    g_assert_cmpstr(text, ==, "precious");
}

static void test_what_is_in_the_way_is_an_error(struct sandbox *sandbox)
{
    g_autofree char *folder = sandbox_path(sandbox, "folder");
    g_autofree char *path = sandbox_path(sandbox, "a");
    g_autofree char *fifo = sandbox_path(sandbox, "a.tmp");
    g_autofree char *missing = sandbox_path(sandbox, "none/a");

    g_assert_cmpint(g_mkdir(folder, 0700), ==, 0);
    g_assert_cmpint(mkfifo(fifo, 0600), ==, 0);
    assert_not_replaced(folder);
    assert_not_replaced(path); /* and does not wait for a reader */
    assert_not_replaced(missing);
}

static void test_a_full_disk_loses_nothing(struct sandbox *sandbox)
{
    g_autofree char *path = sandbox_path(sandbox, "a");
    struct rlimit before, none = {.rlim_cur = 2};

    sandbox_write(sandbox, "a", "old");
    g_assert_cmpint(getrlimit(RLIMIT_FSIZE, &before), ==, 0);
    none.rlim_max = before.rlim_max;
    signal(SIGXFSZ, SIG_IGN);
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &none), ==, 0);
    g_autoptr(GError) error = NULL;
    bool replaced = file_replace(path, "new", 3, &error);
    g_assert_cmpint(setrlimit(RLIMIT_FSIZE, &before), ==, 0);
    signal(SIGXFSZ, SIG_DFL);
    g_assert_false(replaced);
    g_autofree char *text = sandbox_read(sandbox, "a");
    g_autofree char *temporary = sandbox_read(sandbox, "a.tmp");
    g_assert_cmpstr(text, ==, "old");
    g_assert_null(temporary);
}

static void test_folders_are_made_private(struct sandbox *sandbox)
{
    g_autofree char *open = sandbox_path(sandbox, "open");
    g_autofree char *nested = sandbox_path(sandbox, "new/nested");
    g_autofree char *file = sandbox_path(sandbox, "file");
    g_autoptr(GError) error = NULL;

    g_assert_cmpint(g_mkdir(open, 0700), ==, 0);
    g_assert_cmpint(g_chmod(open, 0777), ==, 0);
    g_assert_true(folder_make_private(open, &error));
    g_assert_true(folder_make_private(nested, &error));
    g_assert_no_error(error);
    g_assert_cmpint(get_mode(open), ==, 0700);
    g_assert_cmpint(get_mode(nested), ==, 0700);
    sandbox_write(sandbox, "file", "");
    g_assert_false(folder_make_private(file, &error));
    g_assert_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL);
}

static void test_a_folder_of_another_user_is_refused(struct sandbox *sandbox)
{
    g_autofree char *theirs = sandbox_path(sandbox, "theirs");
    g_autofree char *ours = sandbox_path(sandbox, "ours");
    g_autofree char *their_link = sandbox_path(sandbox, "their-link");
    g_autofree char *our_link = sandbox_path(sandbox, "our-link");
    g_autoptr(GError) error = NULL;

    if (geteuid() != 0) {
        g_test_skip("only root can give a folder to somebody else");
        return;
    }
    g_assert_cmpint(g_mkdir(theirs, 0777), ==, 0);
    g_assert_cmpint(chown(theirs, NOBODY, NOBODY), ==, 0);
    g_assert_cmpint(g_mkdir(ours, 0755), ==, 0);
    g_assert_cmpint(symlink("ours", their_link), ==, 0);
    g_assert_cmpint(lchown(their_link, NOBODY, NOBODY), ==, 0);
    g_assert_cmpint(symlink("ours", our_link), ==, 0);
    g_assert_false(folder_make_private(theirs, &error));
    assert_contains(error->message, "belongs to you");
    g_assert_false(folder_is_own(theirs));
    g_assert_false(folder_is_own(their_link));
    g_assert_false(folder_make_private(their_link, NULL));
    g_assert_cmpint(get_mode(ours), ==, 0755);
    g_assert_true(folder_is_own(our_link));
    g_assert_true(folder_make_private(our_link, NULL));
}

static void test_a_lock_excludes(struct sandbox *sandbox)
{
    g_autofree char *path = sandbox_path(sandbox, "lock");
    g_autoptr(GError) error = NULL;
    int lock = file_lock(path, &error);
    int other = open(path, O_RDWR | O_CLOEXEC);

    g_assert_no_error(error);
    g_assert_cmpint(lock, >=, 0);
    g_assert_cmpint(flock(other, LOCK_EX | LOCK_NB), ==, -1);
    close(lock);
    g_assert_cmpint(flock(other, LOCK_EX | LOCK_NB), ==, 0);
    close(other);
    g_assert_cmpint(file_lock("/none/lock", &error), ==, -1);
    g_assert_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    sandbox_add_test("/file/reads-all-bytes", test_reads_all_bytes);
    sandbox_add_test("/file/a-missing-file-is-no-error", test_a_missing_file_is_no_error);
    sandbox_add_test("/file/only-regular-files-are-read", test_only_regular_files_are_read);
    sandbox_add_test("/file/follows-the-links-of-the-user", test_follows_the_links_of_the_user);
    sandbox_add_test("/file/replaces-a-file-privately", test_replaces_a_file_privately);
    sandbox_add_test("/file/two-may-replace-a-file-at-once", test_two_may_replace_a_file_at_once);
    sandbox_add_test("/file/does-not-write-through-a-link", test_does_not_write_through_a_link);
    sandbox_add_test("/file/what-is-in-the-way-is-an-error", test_what_is_in_the_way_is_an_error);
    sandbox_add_test("/file/a-full-disk-loses-nothing", test_a_full_disk_loses_nothing);
    sandbox_add_test("/file/folders-are-made-private", test_folders_are_made_private);
    sandbox_add_test("/file/a-folder-of-another-user-is-refused",
                     test_a_folder_of_another_user_is_refused);
    sandbox_add_test("/file/a-lock-excludes", test_a_lock_excludes);
    return g_test_run();
}
