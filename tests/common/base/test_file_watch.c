#include "common/base/file_watch.h"
#include "tests/common/fixtures.h"

#include <glib/gstdio.h>
#include <poll.h>
#include <stdio.h>
#include <unistd.h>

/* A file, its folder, the folder above that, and another file, which does not matter. */
struct watch_names {
    char *file, *folder, *above, *other;
};

static void watch_names_clear(struct watch_names *names)
{
    g_free(names->file);
    g_free(names->folder);
    g_free(names->above);
    g_free(names->other);
}

DEFINE_AUTO_CLEAR(watch_names, watch_names_clear);

static struct watch_names watch_names_in(const struct sandbox *sandbox)
{
    return (struct watch_names){
        .file = sandbox_path(sandbox, "above/folder/file"),
        .folder = sandbox_path(sandbox, "above/folder"),
        .above = sandbox_path(sandbox, "above"),
        .other = sandbox_path(sandbox, "above/folder/other"),
    };
}

static struct file_watch *watch_file(const char *file)
{
    const char *const files[] = {file, NULL};
    struct file_watch *watch = file_watch_new();

    file_watch_set(watch, files);
    g_assert_true(file_watch_works(watch));
    g_assert_false(file_watch_has_news(watch));
    return watch;
}

static bool is_readable(const struct file_watch *watch)
{
    struct pollfd polled = {.fd = file_watch_descriptor(watch), .events = POLLIN};

    return poll(&polled, 1, 0) > 0;
}

/* Whether it wakes and has news. Sets it again afterwards, as its users do. */
static bool has_news(struct file_watch *watch, const char *file)
{
    const char *const files[] = {file, NULL};
    bool wakes = is_readable(watch);
    bool news = file_watch_has_news(watch);

    g_assert_true(wakes || !news);
    file_watch_set(watch, files);
    return news;
}

static void test_a_file_is_written_replaced_and_removed(struct sandbox *sandbox)
{
    autoclear(watch_names) names = watch_names_in(sandbox);
    autoptr(file_watch) watch = NULL;

    sandbox_write(sandbox, "above/folder/file", "1");
    sandbox_write(sandbox, "above/folder/other", "2");
    watch = watch_file(names.file);
    g_assert_false(has_news(watch, names.file));
    g_assert_cmpint(g_rename(names.other, names.file), ==, 0);
    g_assert_true(has_news(watch, names.file));
    FILE *file = fopen(names.file, "w");
    g_assert_nonnull(file);
    g_assert_false(has_news(watch, names.file)); /* not before all is written */
    fclose(file);
    g_assert_true(has_news(watch, names.file));
    g_assert_cmpint(unlink(names.file), ==, 0);
    g_assert_true(has_news(watch, names.file));
}

static void test_other_files_do_not_matter(struct sandbox *sandbox)
{
    autoclear(watch_names) names = watch_names_in(sandbox);
    autoptr(file_watch) watch = NULL;

    sandbox_write(sandbox, "above/folder/file", "1");
    watch = watch_file(names.file);
    sandbox_write(sandbox, "above/folder/other", "2");
    g_assert_true(is_readable(watch));
    g_assert_false(has_news(watch, names.file));
}

static void test_folders_come_and_go(struct sandbox *sandbox)
{
    autoclear(watch_names) names = watch_names_in(sandbox);
    autoptr(file_watch) watch = watch_file(names.file);

    for (int i = 0; i < 3; i++) {
        g_assert_cmpint(g_mkdir(names.above, 0700), ==, 0);
        g_assert_true(has_news(watch, names.file));
        g_assert_cmpint(g_mkdir(names.folder, 0700), ==, 0);
        g_assert_true(has_news(watch, names.file));
        sandbox_write(sandbox, "above/folder/file", "1");
        g_assert_true(has_news(watch, names.file));
        g_assert_cmpint(unlink(names.file), ==, 0);
        g_assert_cmpint(rmdir(names.folder), ==, 0);
        g_assert_cmpint(rmdir(names.above), ==, 0);
        g_assert_true(has_news(watch, names.file));
    }
}

static void test_all_links_on_the_way_count(struct sandbox *sandbox)
{
    autoclear(watch_names) names = watch_names_in(sandbox);
    g_autofree char *current = sandbox_path(sandbox, "current");
    g_autofree char *link = sandbox_path(sandbox, "current/link");
    autoptr(file_watch) watch = NULL;

    sandbox_write(sandbox, "above/folder/file", "1");
    sandbox_write(sandbox, "elsewhere/link", "2");
    g_assert_cmpint(symlink("above", current), ==, 0);
    g_assert_cmpint(symlink("folder/file", link), ==, 0);
    watch = watch_file(link);
    sandbox_write(sandbox, "above/folder/file", "3");
    g_assert_true(has_news(watch, link));
    g_assert_cmpint(unlink(names.file), ==, 0);
    g_assert_true(has_news(watch, link));
    sandbox_write(sandbox, "above/folder/file", "4"); /* the link's target is back */
    g_assert_true(has_news(watch, link));
    g_assert_cmpint(unlink(current), ==, 0);
    g_assert_true(has_news(watch, link));
    g_assert_cmpint(symlink("elsewhere", current), ==, 0);
    g_assert_true(has_news(watch, link));
    sandbox_write(sandbox, "above/folder/file", "5");
    g_assert_false(has_news(watch, link));
}

static void test_links_in_a_circle_end(struct sandbox *sandbox)
{
    g_autofree char *one = sandbox_path(sandbox, "one");
    g_autofree char *two = sandbox_path(sandbox, "two");
    autoptr(file_watch) watch = NULL;

    g_assert_cmpint(symlink("two", one), ==, 0);
    g_assert_cmpint(symlink("one", two), ==, 0);
    watch = watch_file(one);
    g_assert_cmpint(unlink(two), ==, 0);
    g_assert_true(has_news(watch, one));
}

static void test_all_files_of_a_kind(struct sandbox *sandbox)
{
    g_autofree char *all = sandbox_path(sandbox, "folder/*.json");
    g_autofree char *temporary = sandbox_path(sandbox, "folder/a.json.tmp");
    g_autofree char *file = sandbox_path(sandbox, "folder/a.json");
    autoptr(file_watch) watch = NULL;

    sandbox_write(sandbox, "folder/a.json.tmp", "1");
    watch = watch_file(all);
    sandbox_write(sandbox, "folder/b.lock", "2");
    g_assert_false(has_news(watch, all));
    g_assert_cmpint(g_rename(temporary, file), ==, 0);
    g_assert_true(has_news(watch, all));
    g_assert_cmpint(unlink(file), ==, 0);
    g_assert_true(has_news(watch, all));
}

static void test_what_is_watched_no_longer_is_silent(struct sandbox *sandbox)
{
    autoclear(watch_names) names = watch_names_in(sandbox);
    autoptr(file_watch) watch = NULL;

    sandbox_write(sandbox, "above/folder/file", "1");
    sandbox_write(sandbox, "file", "1");
    watch = watch_file(names.file);
    g_autofree char *top = sandbox_path(sandbox, "file");
    g_assert_false(has_news(watch, top));
    sandbox_write(sandbox, "above/folder/file", "2");
    g_assert_false(has_news(watch, top));
    sandbox_write(sandbox, "file", "2");
    g_assert_true(has_news(watch, top));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    sandbox_add_test("/file-watch/a-file-is-written-replaced-and-removed",
                     test_a_file_is_written_replaced_and_removed);
    sandbox_add_test("/file-watch/other-files-do-not-matter", test_other_files_do_not_matter);
    sandbox_add_test("/file-watch/folders-come-and-go", test_folders_come_and_go);
    sandbox_add_test("/file-watch/all-links-on-the-way-count", test_all_links_on_the_way_count);
    sandbox_add_test("/file-watch/links-in-a-circle-end", test_links_in_a_circle_end);
    sandbox_add_test("/file-watch/all-files-of-a-kind", test_all_files_of_a_kind);
    sandbox_add_test("/file-watch/what-is-watched-no-longer-is-silent",
                     test_what_is_watched_no_longer_is_silent);
    return g_test_run();
}
