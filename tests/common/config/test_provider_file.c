#include "common/base/json_writer.h"
#include "common/config/provider_file.h"
#include "tests/common/fixtures.h"

#include <string.h>
#include <sys/stat.h>

#define FILE_NAME "data/credentials.json"

static bool change_field(const struct sandbox *sandbox, const char *provider,
                         struct provider_field field, GError **error)
{
    bool changed = false;
    bool done =
        provider_file_change(sandbox->paths->credentials_file, provider, field, &changed, error);

    g_assert_true(done || !changed);
    return changed;
}

static void assert_file(const struct sandbox *sandbox, const char *expected)
{
    g_autofree char *text = sandbox_read(sandbox, FILE_NAME);
    autoptr(json) json = json_parse(text, strlen(text), JSON_STRICT, NULL);
    struct json_writer *writer = json_writer_new(FALSE);

    json_put_tree(writer, NULL, json);
    g_autofree char *one_line = json_writer_finish(writer);
    g_assert_cmpstr(one_line, ==, expected);
}

static void test_is_made_privately(struct sandbox *sandbox)
{
    const struct provider_field field = {.name = "apiKey", .text = "k"};
    g_autoptr(GError) error = NULL;
    struct stat status;

    g_assert_true(change_field(sandbox, "kimi", field, &error));
    g_assert_no_error(error);
    assert_file(sandbox, "{\"providers\":[{\"id\":\"kimi\",\"apiKey\":\"k\"}]}");
    g_assert_cmpint(stat(sandbox->paths->credentials_file, &status), ==, 0);
    g_assert_cmpint(status.st_mode & 07777, ==, 0600);
    g_assert_cmpint(stat(sandbox->paths->data_folder, &status), ==, 0);
    g_assert_cmpint(status.st_mode & 07777, ==, 0700);
}

static void test_all_else_stays(struct sandbox *sandbox)
{
    const struct provider_field field = {.name = "apiKey", .text = "new"};

    sandbox_write(sandbox, FILE_NAME,
                  "// mine\n{\"version\":1.10,\"providers\":[{\"id\":\"kimi\",\"apiKey\":\"old\","
                  "\"x\":[1]},\"odd\",{\"id\":\"demo\",\"apiKey\":\"d\"}]}");
    g_assert_true(change_field(sandbox, "kimi", field, NULL));
    assert_file(sandbox, "{\"version\":1.10,\"providers\":[\"odd\",{\"id\":\"demo\",\"apiKey\":"
                         "\"d\"},{\"id\":\"kimi\",\"x\":[1],\"apiKey\":\"new\"}]}");
}

static void test_nothing_is_written_without_a_change(struct sandbox *sandbox)
{
    static const bool yes = true;
    const struct provider_field text = {.name = "apiKey", .text = "k"};
    const struct provider_field truth = {.name = "enabled", .truth = &yes};
    const struct provider_field absent = {.name = "cookieHeader"};
    const char *before = "{\"providers\": [{\"id\":\"kimi\",\"apiKey\":\"k\",\"enabled\":true}]}";
    g_autoptr(GError) error = NULL;

    sandbox_write(sandbox, FILE_NAME, before);
    g_assert_false(change_field(sandbox, "kimi", text, &error));
    g_assert_false(change_field(sandbox, "kimi", truth, &error));
    g_assert_false(change_field(sandbox, "kimi", absent, &error));
    g_assert_no_error(error);
    g_autofree char *after = sandbox_read(sandbox, FILE_NAME);
    g_assert_cmpstr(after, ==, before);
}

static void test_a_field_is_removed_whatever_it_holds(struct sandbox *sandbox)
{
    const struct provider_field field = {.name = "apiKey"};

    sandbox_write(sandbox, FILE_NAME, "{\"providers\":[{\"id\":\"kimi\",\"apiKey\":7}]}");
    g_assert_true(change_field(sandbox, "kimi", field, NULL));
    assert_file(sandbox, "{\"providers\":[{\"id\":\"kimi\"}]}");
}

static void test_what_cannot_be_understood_is_left_alone(struct sandbox *sandbox)
{
    static const char *const texts[] = {"",  "{",    "[\"x\"]",           "5",
                                        "x", "null", "{\"providers\":5}", "{\"providers\":{}}"};
    const struct provider_field field = {.name = "apiKey", .text = "k"};

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;

        sandbox_write(sandbox, FILE_NAME, texts[i]);
        g_assert_false(change_field(sandbox, "kimi", field, &error));
        g_assert_nonnull(error);
        assert_contains(error->message, "nothing was changed: ");
        assert_contains(error->message, sandbox->paths->credentials_file);
        g_autofree char *after = sandbox_read(sandbox, FILE_NAME);
        g_assert_cmpstr(after, ==, texts[i]);
    }
}

static void test_a_missing_file_has_no_entries(struct sandbox *sandbox)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(provider_file_read(sandbox->paths->credentials_file, &error));
    g_assert_no_error(error);
    g_assert_null(provider_file_entry(NULL, "kimi"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    sandbox_add_test("/provider-file/is-made-privately", test_is_made_privately);
    sandbox_add_test("/provider-file/all-else-stays", test_all_else_stays);
    sandbox_add_test("/provider-file/nothing-is-written-without-a-change",
                     test_nothing_is_written_without_a_change);
    sandbox_add_test("/provider-file/a-field-is-removed-whatever-it-holds",
                     test_a_field_is_removed_whatever_it_holds);
    sandbox_add_test("/provider-file/what-cannot-be-understood-is-left-alone",
                     test_what_cannot_be_understood_is_left_alone);
    sandbox_add_test("/provider-file/a-missing-file-has-no-entries",
                     test_a_missing_file_has_no_entries);
    return g_test_run();
}
