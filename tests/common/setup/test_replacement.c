#include "common/setup/replacement.h"

#include "common/base/error.h"
#include "common/setup/edit.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

#define ACCESS_LIST "system.posix_acl_access"

/* A folder with one file. */
struct fixture {
    char *folder;
    char *path;
};

static void set_up(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    fixture->folder = g_dir_make_tmp("usageline-XXXXXX", NULL);
    fixture->path = g_build_filename(fixture->folder, "config", NULL);
    g_assert_true(g_file_set_contents(fixture->path, "old", -1, NULL));
}

static void tear_down(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    g_autoptr(GDir) dir = g_dir_open(fixture->folder, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name(dir))) {
        g_autofree char *path = g_build_filename(fixture->folder, name, NULL);
        g_unlink(path);
    }
    g_rmdir(fixture->folder);
    g_free(fixture->folder);
    g_free(fixture->path);
}

/* Asserts that the folder has the file with this text, or nothing. */
static void assert_only(const struct fixture *fixture, const char *text)
{
    g_autoptr(GDir) dir = g_dir_open(fixture->folder, 0, NULL);
    g_autofree char *found = setup_text_read(fixture->path, NULL);
    guint count = 0;

    while (g_dir_read_name(dir))
        count++;
    g_assert_cmpstr(found, ==, text);
    g_assert_cmpuint(count, ==, text ? 1 : 0);
}

static void save(const struct fixture *fixture, const char *text)
{
    if (text)
        g_assert_true(g_file_set_contents(fixture->path, text, -1, NULL));
    else
        g_unlink(fixture->path);
}

static const struct {
    const char *before, *after;
} replacements[] = {{"old", "new"}, {"old", NULL}, {NULL, "new"}};

static void assert_all_are_committed(struct fixture *fixture)
{
    for (gsize i = 0; i < G_N_ELEMENTS(replacements); i++) {
        struct replacement new = {.path = fixture->path,
                                  .before = replacements[i].before,
                                  .after = replacements[i].after};

        save(fixture, new.before);
        g_assert_true(replacement_prepare(&new, NULL));
        g_assert_true(replacement_commit(&new, NULL));
        assert_only(fixture, new.after);
    }
}

/* What another program does between the two calls stays. */
static void assert_all_are_refused(struct fixture *fixture)
{
    static const char *const saved[] = {"saved by an editor", ""};

    for (gsize i = 0; i < G_N_ELEMENTS(replacements) * G_N_ELEMENTS(saved); i++) {
        const char *text = saved[i % 2];
        struct replacement new = {.path = fixture->path,
                                  .before = replacements[i / 2].before,
                                  .after = replacements[i / 2].after};
        g_autoptr(GError) error = NULL;

        save(fixture, new.before);
        g_assert_true(replacement_prepare(&new, NULL));
        save(fixture, text);
        g_assert_false(replacement_commit(&new, &error));
        g_assert_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG);
        assert_only(fixture, text);
    }
}

static void test_new_contents_take_the_name(struct fixture *fixture,
                                            G_GNUC_UNUSED gconstpointer data)
{
    assert_all_are_committed(fixture);
}

static void test_a_save_meanwhile_stays(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    assert_all_are_refused(fixture);
}

/* It has emptied the file before it was read, and writes when its name has gone to another. */
static void test_what_is_being_written_stays(struct fixture *fixture,
                                             G_GNUC_UNUSED gconstpointer data)
{
    for (gsize i = 0; i < 2; i++) {
        struct replacement new = {
            .path = fixture->path, .before = "", .after = i == 0 ? "new" : NULL};
        int fd = open(fixture->path, O_WRONLY | O_TRUNC | O_CLOEXEC);

        g_assert_true(replacement_prepare(&new, NULL));
        g_assert_false(replacement_commit(&new, NULL));
        g_assert_cmpint(write(fd, "saved", 5), ==, 5);
        close(fd);
        assert_only(fixture, "saved");
    }
}

static void test_a_deletion_meanwhile_stays(struct fixture *fixture,
                                            G_GNUC_UNUSED gconstpointer data)
{
    struct replacement new = {.path = fixture->path, .before = "old", .after = "new"};

    g_assert_true(replacement_prepare(&new, NULL));
    save(fixture, NULL);
    g_assert_false(replacement_commit(&new, NULL));
    assert_only(fixture, NULL);
}

static void test_a_link_meanwhile_stays(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    struct replacement new = {.path = fixture->path, .before = "old", .after = "new"};
    g_autofree char *target = g_strconcat(fixture->path, ".target", NULL);

    g_assert_true(replacement_prepare(&new, NULL));
    g_assert_cmpint(g_rename(fixture->path, target), ==, 0);
    g_assert_cmpint(symlink(target, fixture->path), ==, 0);
    g_assert_false(replacement_commit(&new, NULL));
    g_assert_true(g_file_test(fixture->path, G_FILE_TEST_IS_SYMLINK));
    g_assert_cmpint(g_unlink(fixture->path), ==, 0);
    g_assert_cmpint(g_rename(target, fixture->path), ==, 0);
    assert_only(fixture, "old");
}

/* Makes renameat2 fail as a file system without it does; false if that can't be done here. */
static bool forbid_exchange(void)
{
    struct sock_filter filter[] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_renameat2, 0, 1),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EINVAL),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
    struct sock_fprog program = {G_N_ELEMENTS(filter), filter};

    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
           prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

static void test_without_an_exchange(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    if (!g_test_subprocess()) {
        g_test_trap_subprocess(NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
        g_test_trap_assert_passed();
        return;
    }
    if (!forbid_exchange())
        return;
    assert_all_are_committed(fixture);
    assert_all_are_refused(fixture);
}

/* What only this group, and the user 1234, may read. */
static void give_attributes(const char *path)
{
    static const struct {
        guint32 version;
        struct {
            guint16 tag, permissions;
            guint32 id;
        } entries[5];
    } list = {GUINT32_TO_LE(2),
              {{GUINT16_TO_LE(1), GUINT16_TO_LE(6), G_MAXUINT32},
               {GUINT16_TO_LE(2), GUINT16_TO_LE(4), GUINT32_TO_LE(1234)},
               {GUINT16_TO_LE(4), GUINT16_TO_LE(4), G_MAXUINT32},
               {GUINT16_TO_LE(16), GUINT16_TO_LE(4), G_MAXUINT32},
               {GUINT16_TO_LE(32), 0, G_MAXUINT32}}};
    gid_t groups[64];
    int count = getgroups((int)G_N_ELEMENTS(groups), groups);

    g_assert_cmpint(g_chmod(path, 0640), ==, 0);
    if (count > 0)
        g_assert_cmpint(chown(path, (uid_t)-1, groups[count - 1]), ==, 0);
    /* A file system may have neither. */
    setxattr(path, "user.note", "mine", 4, 0);
    setxattr(path, ACCESS_LIST, &list, sizeof(list), 0);
}

static void assert_alike(const char *path, const struct stat *expected, const char *name,
                         const char *value, gssize size)
{
    struct stat status;
    char found[256];

    g_assert_cmpint(g_stat(path, &status), ==, 0);
    g_assert_cmpuint(status.st_mode, ==, expected->st_mode);
    g_assert_cmpuint(status.st_gid, ==, expected->st_gid);
    g_assert_cmpint(getxattr(path, name, found, sizeof(found)), ==, size);
    g_assert_true(size <= 0 || memcmp(found, value, (gsize)size) == 0);
}

static void test_attributes_stay(struct fixture *fixture, G_GNUC_UNUSED gconstpointer data)
{
    static const char *const names[] = {"user.note", ACCESS_LIST};

    give_attributes(fixture->path);
    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *copy = g_strconcat(fixture->path, ".copy", NULL);
        struct replacement new = {.path = fixture->path,
                                  .before = "old",
                                  .after = "old",
                                  .like = fixture->path},
                           second = {.path = copy, .after = "old", .like = fixture->path};
        struct stat before;
        char value[256];
        gssize size = getxattr(fixture->path, names[i], value, sizeof(value));

        g_assert_cmpint(g_stat(fixture->path, &before), ==, 0);
        g_assert_true(replacement_prepare(&new, NULL) && replacement_commit(&new, NULL));
        g_assert_true(replacement_prepare(&second, NULL) && replacement_commit(&second, NULL));
        assert_alike(fixture->path, &before, names[i], value, size);
        assert_alike(copy, &before, names[i], value, size);
        g_assert_cmpint(g_unlink(copy), ==, 0);
    }
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        void (*run)(struct fixture *, gconstpointer);
    } tests[] = {
        {"/replacement/new-contents-take-the-name", test_new_contents_take_the_name},
        {"/replacement/a-save-meanwhile-stays", test_a_save_meanwhile_stays},
        {"/replacement/what-is-being-written-stays", test_what_is_being_written_stays},
        {"/replacement/a-deletion-meanwhile-stays", test_a_deletion_meanwhile_stays},
        {"/replacement/a-link-meanwhile-stays", test_a_link_meanwhile_stays},
        {"/replacement/without-an-exchange", test_without_an_exchange},
        {"/replacement/attributes-stay", test_attributes_stay},
    };

    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(tests); i++)
        g_test_add(tests[i].name, struct fixture, NULL, set_up, tests[i].run, tear_down);
    return g_test_run();
}
