#include "common/usage/store.h"
#include "tests/common/fixtures.h"

#include <glib/gstdio.h>
#include <unistd.h>

#define NOBODY 65534

/* Makes it impossible to store in this folder: a file has its name. */
static void block(const struct sandbox *sandbox, const char *folder)
{
    sandbox_write(sandbox, folder, "in the way");
}

/* Like a full disk: what is in the folder stays and can't be replaced. */
static void fill_disk(const struct sandbox *sandbox, const char *folder, bool is_full)
{
    static const char *const names[] = {"kimi.json.tmp", "kimi.state.json.tmp"};

    for (gsize i = 0; i < G_N_ELEMENTS(names); i++) {
        g_autofree char *relative = g_build_filename(folder, names[i], NULL);
        g_autofree char *path = sandbox_path(sandbox, relative);
        g_assert_cmpint(is_full ? g_mkdir_with_parents(path, 0700) : g_rmdir(path), ==, 0);
    }
}

static bool exists(const struct sandbox *sandbox, const char *relative)
{
    g_autofree char *path = sandbox_path(sandbox, relative);

    return g_file_test(path, G_FILE_TEST_EXISTS);
}

static void save_snapshot(const struct sandbox *sandbox, gint64 fetched_at)
{
    autoptr(snapshot) snapshot = fixture_snapshot();
    g_autoptr(GError) error = NULL;

    snapshot->fetched_at = fetched_at;
    g_assert_true(store_save_snapshot(sandbox->paths, snapshot, &error));
    g_assert_no_error(error);
}

static void save_attempt(const struct sandbox *sandbox, gint64 at, bool pending)
{
    const struct attempt attempt = {.at = at, .pending = pending};
    g_autoptr(GError) error = NULL;

    g_assert_true(store_save_attempt(sandbox->paths, "kimi", &attempt, &error));
    g_assert_no_error(error);
}

static void assert_stored(const struct sandbox *sandbox, gint64 fetched_at, gint64 at, bool pending)
{
    autoclear(stored) stored = {0};

    store_load(sandbox->paths, "kimi", &stored);
    g_assert_cmpint(stored.snapshot ? stored.snapshot->fetched_at : 0, ==, fetched_at);
    g_assert_cmpint(stored.attempt.at, ==, at);
    g_assert_true(stored.attempt.pending == pending);
}

static void test_the_next_folder_serves(struct sandbox *sandbox)
{
    block(sandbox, "cache");
    save_snapshot(sandbox, FIXTURE_NOW);
    save_attempt(sandbox, FIXTURE_NOW, false);
    g_assert_true(exists(sandbox, "runtime/kimi.json"));
    assert_stored(sandbox, FIXTURE_NOW, FIXTURE_NOW, false);
}

static void test_the_newest_counts_on_a_full_disk(struct sandbox *sandbox)
{
    save_snapshot(sandbox, FIXTURE_NOW - 1000);
    save_attempt(sandbox, FIXTURE_NOW - 1000, false);
    fill_disk(sandbox, "cache", true);
    save_snapshot(sandbox, FIXTURE_NOW);
    save_attempt(sandbox, FIXTURE_NOW, true);
    assert_stored(sandbox, FIXTURE_NOW, FIXTURE_NOW, true);
}

static void test_the_end_counts_more_than_the_beginning(struct sandbox *sandbox)
{
    save_attempt(sandbox, FIXTURE_NOW, true);
    fill_disk(sandbox, "cache", true); /* while the provider was asked */
    save_attempt(sandbox, FIXTURE_NOW, false);
    assert_stored(sandbox, 0, FIXTURE_NOW, false);
}

static void test_the_first_folder_comes_back(struct sandbox *sandbox)
{
    fill_disk(sandbox, "cache", true);
    save_snapshot(sandbox, FIXTURE_NOW);
    save_attempt(sandbox, FIXTURE_NOW, false);
    fill_disk(sandbox, "cache", false);
    save_snapshot(sandbox, FIXTURE_NOW + 1);
    save_attempt(sandbox, FIXTURE_NOW + 1, false);
    g_assert_true(exists(sandbox, "cache/kimi.json"));
    g_assert_false(exists(sandbox, "runtime/kimi.json"));
    g_assert_false(exists(sandbox, "runtime/kimi.state.json"));
    assert_stored(sandbox, FIXTURE_NOW + 1, FIXTURE_NOW + 1, false);
}

static void test_nowhere_is_an_error_that_names_the_first(struct sandbox *sandbox)
{
    autoptr(snapshot) snapshot = fixture_snapshot();
    const struct attempt attempt = {.at = FIXTURE_NOW};
    g_autoptr(GError) error = NULL;

    block(sandbox, "cache");
    block(sandbox, "runtime");
    block(sandbox, "temporary");
    g_assert_false(store_save_snapshot(sandbox->paths, snapshot, &error));
    g_assert_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL);
    assert_contains(error->message, sandbox->paths->store_folders[0]);
    g_clear_error(&error);
    g_assert_false(store_save_attempt(sandbox->paths, "kimi", &attempt, &error));
    g_clear_error(&error);
    g_assert_cmpint(store_lock(sandbox->paths, "kimi", &error), ==, -1);
    assert_contains(error->message, sandbox->paths->store_folders[0]);
}

static void test_a_lock_is_found_somewhere(struct sandbox *sandbox)
{
    g_autoptr(GError) error = NULL;

    block(sandbox, "cache");
    int lock = store_lock(sandbox->paths, "kimi", &error);
    g_assert_no_error(error);
    g_assert_true(exists(sandbox, "runtime/kimi.lock"));
    close(lock);
}

static void give_away(const struct sandbox *sandbox, const char *relative)
{
    g_autofree char *path = sandbox_path(sandbox, relative);

    g_assert_cmpint(lchown(path, NOBODY, NOBODY), ==, 0);
}

static bool may_give_away(void)
{
    if (geteuid() == 0)
        return true;
    g_test_skip("only root can give a folder to somebody else");
    return false;
}

static void test_what_somebody_else_put_there_is_absent(struct sandbox *sandbox)
{
    if (!may_give_away())
        return;
    block(sandbox, "cache");
    save_snapshot(sandbox, FIXTURE_NOW);
    save_attempt(sandbox, FIXTURE_NOW, false);
    give_away(sandbox, "runtime");
    assert_stored(sandbox, 0, 0, false);
    save_snapshot(sandbox, FIXTURE_NOW + 1);
    g_assert_true(exists(sandbox, "temporary/kimi.json"));
    assert_stored(sandbox, FIXTURE_NOW + 1, 0, false);
}

/* In the first folder, which the user has named, each file must be the user's own. */
static void test_the_first_folder_is_no_exception(struct sandbox *sandbox)
{
    if (!may_give_away())
        return;
    save_snapshot(sandbox, FIXTURE_NOW);
    save_attempt(sandbox, FIXTURE_NOW, false);
    g_assert_true(store_save_text(sandbox->paths, "a.text", "\"text\"", NULL));
    autoptr(json) before = store_load_json(sandbox->paths, "a.text", 10);
    g_assert_cmpstr(json_string(before), ==, "text");
    give_away(sandbox, "cache/kimi.json");
    assert_stored(sandbox, 0, FIXTURE_NOW, false);
    give_away(sandbox, "cache/kimi.state.json");
    give_away(sandbox, "cache/a.text");
    give_away(sandbox, "cache");
    assert_stored(sandbox, 0, 0, false);
    g_assert_null(store_load_json(sandbox->paths, "a.text", 10));
}

static void test_the_link_of_somebody_else_is_not_followed(struct sandbox *sandbox)
{
    g_autofree char *link = sandbox_path(sandbox, "runtime");
    g_autofree char *documents = sandbox_path(sandbox, "documents");

    if (!may_give_away())
        return;
    g_assert_cmpint(g_mkdir(documents, 0755), ==, 0);
    g_assert_cmpint(symlink("documents", link), ==, 0);
    give_away(sandbox, "runtime");
    block(sandbox, "cache");
    save_snapshot(sandbox, FIXTURE_NOW);
    g_assert_false(exists(sandbox, "documents/kimi.json"));
    g_assert_true(exists(sandbox, "temporary/kimi.json"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    sandbox_add_test("/store-folders/the-next-folder-serves", test_the_next_folder_serves);
    sandbox_add_test("/store-folders/the-newest-counts-on-a-full-disk",
                     test_the_newest_counts_on_a_full_disk);
    sandbox_add_test("/store-folders/the-end-counts-more-than-the-beginning",
                     test_the_end_counts_more_than_the_beginning);
    sandbox_add_test("/store-folders/the-first-folder-comes-back",
                     test_the_first_folder_comes_back);
    sandbox_add_test("/store-folders/nowhere-is-an-error-that-names-the-first",
                     test_nowhere_is_an_error_that_names_the_first);
    sandbox_add_test("/store-folders/a-lock-is-found-somewhere", test_a_lock_is_found_somewhere);
    sandbox_add_test("/store-folders/what-somebody-else-put-there-is-absent",
                     test_what_somebody_else_put_there_is_absent);
    sandbox_add_test("/store-folders/the-first-folder-is-no-exception",
                     test_the_first_folder_is_no_exception);
    sandbox_add_test("/store-folders/the-link-of-somebody-else-is-not-followed",
                     test_the_link_of_somebody_else_is_not_followed);
    return g_test_run();
}
