#include "common/base/error.h"
#include "common/config/config.h"
#include "tests/common/fixtures.h"

#include <string.h>
#include <sys/stat.h>

#define FILE_NAME "config/config.json"

static struct config *load_text(const struct sandbox *sandbox, const char *text)
{
    sandbox_write(sandbox, FILE_NAME, text);
    return config_load(sandbox->paths, "kimi");
}

static void assert_format(const struct template *format, const char *text)
{
    g_assert_cmpstr(format->text, ==, text);
}

static const char *problem_text(const struct config *config, guint index)
{
    g_assert_cmpuint(index, <, config->problems->len);
    return ((const struct config_problem *)config->problems->pdata[index])->text;
}

/* Checks that the text has one problem: an error with this message at this line (0: no line). */
static void assert_error(const struct sandbox *sandbox, const char *text, guint line,
                         const char *message)
{
    autoptr(config) config = load_text(sandbox, text);
    g_autoptr(GError) error = config_error(config);
    g_autofree char *place =
        line > 0 ? g_strdup_printf("config.json:%u: ", line) : g_strdup("config.json: ");

    g_assert_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG);
    g_assert_cmpuint(config->problems->len, ==, 1);
    assert_contains(error->message, place);
    assert_contains(error->message, message);
}

static void assert_no_problems(const struct config *config)
{
    if (config->problems->len > 0)
        g_assert_cmpstr(problem_text(config, 0), ==, "");
    g_assert_null(config_error(config));
}

static void test_without_a_file_defaults_hold(struct sandbox *sandbox)
{
    autoptr(config) config = config_load(sandbox->paths, "kimi");
    struct palette palette = config_palette(config);

    assert_no_problems(config);
    g_assert_cmpint(config->refresh_interval, ==, 300);
    g_assert_cmpint(config->max_wait, ==, 10);
    g_assert_cmpfloat(config->thresholds.warning, ==, 70);
    g_assert_cmpfloat(config->thresholds.critical, ==, 90);
    g_assert_null(config->formats.text);
    g_assert_null(config->icon);
    g_assert_cmpstr(palette.colors[ROLE_OK], ==, palette_default.colors[ROLE_OK]);
    g_assert_cmpuint(config->providers->len, ==, 1);
    g_assert_true(config_provider(config, "kimi")->enabled);
}

static void test_reads_all_settings(struct sandbox *sandbox)
{
    autoptr(config) config = load_text(
        sandbox, "// mine\n{\"$schema\":\"x\",\"refreshInterval\":60,\"maxWait\":0,\"icon\":\"\","
                 "\"format\":\"{top_pct}\",\"tooltipFormat\":\"{plan}\","
                 "\"thresholds\":{\"warning\":50.5,\"critical\":80},"
                 "\"colors\":{\"warning\":\"#ABCDEF\"},\"network\":{\"caFile\":\"/ca.pem\"},"
                 "\"bars\":{\"i3blocks\":{\"format\":\"{icon}\",\"urgent\":false}}}");
    const struct bar_settings *bar = config_bar(config, "i3blocks");
    struct palette palette = config_palette(config);

    assert_no_problems(config);
    g_assert_cmpint(config->refresh_interval, ==, 60);
    g_assert_cmpint(config->max_wait, ==, 0);
    g_assert_cmpstr(config->icon, ==, "");
    assert_format(config->formats.text, "{top_pct}");
    assert_format(config->formats.tooltip, "{plan}");
    g_assert_cmpfloat(config->thresholds.warning, ==, 50.5);
    g_assert_cmpstr(palette.colors[ROLE_WARNING], ==, "#ABCDEF");
    g_assert_cmpstr(config->ca_file, ==, "/ca.pem");
    assert_format(bar->formats.text, "{icon}");
    g_assert_false(bar->urgent);
    g_assert_null(bar->icon);
    g_assert_null(config_bar(config, "waybar"));
    g_assert_true(config_provider(config, "kimi")->enabled);
}

static void test_formats_and_what_is_left(struct sandbox *sandbox)
{
    autoptr(config) config =
        load_text(sandbox, "{\"shortFormat\":\"{top_pct}\",\"windowFormat\":\"{?ok {top_label}}\","
                           "\"remaining\":true,"
                           "\"bars\":{\"a\":{\"remaining\":false,\"shortFormat\":\"x\"},"
                           "\"b\":{\"remaining\":true,\"windowFormat\":\"y\"},"
                           "\"c\":{\"remaining\":null}}}");
    g_autofree char *dump = config_dump(config);

    assert_no_problems(config);
    assert_format(config->formats.short_text, "{top_pct}");
    assert_format(config->formats.window, "{?ok {top_label}}");
    g_assert_true(config->remaining);
    g_assert_cmpint(config_bar(config, "a")->remaining, ==, TOGGLE_OFF);
    assert_format(config_bar(config, "a")->formats.short_text, "x");
    g_assert_null(config_bar(config, "a")->formats.window);
    g_assert_cmpint(config_bar(config, "b")->remaining, ==, TOGGLE_ON);
    assert_format(config_bar(config, "b")->formats.window, "y");
    g_assert_cmpint(config_bar(config, "c")->remaining, ==, TOGGLE_UNSET);
    assert_contains(dump, "\"shortFormat\": \"{top_pct}\"");
    assert_contains(dump, "\"remaining\": null");
}

static void test_a_wrong_value_names_line_and_remedy(struct sandbox *sandbox)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"\"refreshInterval\":\"5m\"", "\"refreshInterval\" must be a number from 30 to 86400"},
        {"\"refreshInterval\":29", "from 30 to 86400"},
        {"\"refreshInterval\":1e308", "from 30 to 86400"},
        {"\"refreshInterval\":1e999", "from 30 to 86400"},
        {"\"refreshInterval\":60.5", "a whole number"},
        {"\"maxWait\":-1", "from 0 to 60"},
        {"\"icon\":5", "\"icon\" must be a string"},
        {"\"format\":\"{nothing}\"", "unknown placeholder {nothing}"},
        {"\"format\":[]", "\"format\" must be a template"},
        {"\"thresholds\":[]", "\"thresholds\" must be an object"},
        {"\"thresholds\":{\"warning\":101}", "from 0 to 100"},
        {"\"thresholds\":{\"warning\":95}", "must not be above \"critical\" (90)"},
        {"\"colors\":{\"ok\":\"green\"}", "\"ok\" must be a colour such as"},
        {"\"bars\":{\"waybar\":5}", "\"waybar\" must be an object"},
        {"\"remaining\":\"yes\"", "\"remaining\" must be true or false"},
        {"\"shortFormat\":\"{x}\"", "\"shortFormat\": the format has an unknown placeholder"},
        {"\"windowFormat\":5", "\"windowFormat\" must be a template"},
        {"\"bars\":{\"i3blocks\":{\"remaining\":1}}", "\"remaining\" must be true or false"},
        {"\"bars\":{\"i3blocks\":{\"urgent\":1}}", "\"urgent\" must be true or false"},
        {"\"providers\":{}", "\"providers\" must be an array"},
        {"\"providers\":[5]", "with an \"id\""},
        {"\"providers\":[{\"id\":\"../x\"}]", "with an \"id\""},
        {"\"providers\":[{\"id\":\"kimi\",\"enabled\":\"no\"}]", "\"enabled\" must be true or"},
        {"\"providers\":[{\"id\":\"kimi\",\"apiKey\":5}]", "\"apiKey\" must be a string"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strdup_printf("{\n\n%s}", cases[i].text);
        assert_error(sandbox, text, 3, cases[i].message);
    }
}

static void test_a_wrong_value_leaves_the_default(struct sandbox *sandbox)
{
    autoptr(config) config =
        load_text(sandbox, "{\"refreshInterval\":1e308,\"colors\":{\"ok\":\"\"},\"format\":\"{\"}");

    g_assert_cmpuint(config->problems->len, ==, 3);
    g_assert_cmpint(config->refresh_interval, ==, 300);
    g_assert_cmpstr(config_palette(config).colors[ROLE_OK], ==, palette_default.colors[ROLE_OK]);
    g_assert_null(config->formats.text);
}

static void test_what_is_no_object_is_an_error(struct sandbox *sandbox)
{
    g_autofree char *endless = g_strnfill(1024 * 1024, '[');

    assert_error(sandbox, "[]", 1, "must be an object");
    assert_error(sandbox, "{\n\"a\":\n", 2, "premature EOF");
    assert_error(sandbox, "{\"a\":\"\xff\"}", 1, "UTF8");
    assert_error(sandbox, endless, 1, "nested too deeply");
}

static void test_a_fifo_in_its_place_is_an_error(struct sandbox *sandbox)
{
    sandbox_write(sandbox, "config/other", "");
    g_assert_cmpint(mkfifo(sandbox->paths->config_file, 0600), ==, 0);
    autoptr(config) config = config_load(sandbox->paths, "kimi");
    assert_contains(problem_text(config, 0), "not a regular file");
}

static void test_what_is_unknown_is_a_warning(struct sandbox *sandbox)
{
    autoptr(config) config =
        load_text(sandbox, "{\"refreshIntervall\":5,\n\"colors\":{\"pink\":\"\"},"
                           "\"bars\":{\"waybar\":{\"size\":1}}}");

    g_assert_null(config_error(config));
    g_assert_cmpuint(config->problems->len, ==, 3);
    assert_contains(problem_text(config, 0), "config.json:1: \"refreshIntervall\"");
    assert_contains(problem_text(config, 1), "config.json:2: \"pink\"");
    assert_contains(problem_text(config, 2), "config.json:2: \"size\"");
}

static void test_providers_are_in_the_order_of_the_file(struct sandbox *sandbox)
{
    autoptr(config) config =
        load_text(sandbox, "{\"providers\":[{\"id\":\"demo\",\"state\":\"ok\"},"
                           "{\"id\":\"kimi\",\"enabled\":false,\"region\":\"cn\",\"apiKey\":\"k\"},"
                           "{\"id\":\"demo\",\"state\":\"other\"}]}");
    const struct provider_settings *first = config->providers->pdata[0];

    g_assert_null(config_error(config));
    assert_contains(problem_text(config, 0), "\"demo\" is there twice");
    g_assert_cmpuint(config->providers->len, ==, 2);
    g_assert_cmpstr(first->id, ==, "demo");
    g_assert_false(config_provider(config, "kimi")->enabled);
    g_assert_cmpstr(config_provider_string(config, "demo", "state"), ==, "ok");
    g_assert_cmpstr(config_provider_string(config, "kimi", "region"), ==, "cn");
    g_assert_null(config_provider_string(config, "kimi", "apiKey"));
    g_assert_null(config_provider_string(config, "none", "region"));
}

static void test_an_empty_list_is_nobody(struct sandbox *sandbox)
{
    autoptr(config) config = load_text(sandbox, "{\"providers\":[]}");

    g_assert_cmpuint(config->providers->len, ==, 0);
}

static void test_a_dump_holds_no_secret(struct sandbox *sandbox)
{
    autoptr(config) config = load_text(
        sandbox, "{\"icon\":\"K\",\"providers\":[{\"id\":\"kimi\",\"apiKey\":\"sk-secret\","
                 "\"cookieHeader\":\"sk-secret\",\"secretKey\":\"sk-secret\","
                 "\"region\":\"cn\"}]}");
    g_autofree char *dump = config_dump(config);

    g_assert_null(strstr(dump, "sk-secret"));
    assert_contains(dump, "\"apiKey\": \"***\"");
    assert_contains(dump, "\"region\": \"cn\"");
    assert_contains(dump, "\"icon\": \"K\"");
    assert_contains(dump, "\"refreshInterval\": 300");
}

static void test_a_dump_can_be_read_again(struct sandbox *sandbox)
{
    autoptr(config) config =
        load_text(sandbox, "{\"refreshInterval\":77,\"bars\":{\"polybar\":{}}}");
    g_autofree char *dump = config_dump(config);
    autoptr(config) again = load_text(sandbox, dump);

    assert_no_problems(again);
    g_assert_cmpint(again->refresh_interval, ==, 77);
    g_assert_true(config_bar(again, "polybar")->urgent);
}

static bool is_enabled(const struct sandbox *sandbox, const char *provider)
{
    autoptr(config) config = config_load(sandbox->paths, "kimi");
    const struct provider_settings *settings = config_provider(config, provider);

    return settings && settings->enabled;
}

/* The digest of the provider that is set so. */
static char *digest_of(const struct sandbox *sandbox, const char *provider)
{
    g_autofree char *text = g_strdup_printf("{\"providers\": [%s]}", provider);
    autoptr(config) config = load_text(sandbox, text);

    return g_strdup(config_provider_digest(config, "kimi"));
}

static void test_each_setting_of_a_provider_changes_its_digest(struct sandbox *sandbox)
{
    static const char *const providers[] = {
        "{\"id\": \"kimi\", \"source\": \"api\"}",  "{\"id\": \"kimi\", \"source\": \"web\"}",
        "{\"id\": \"kimi\", \"region\": \"api\"}",  "{\"id\": \"kimi\", \"apiKey\": \"sk-1\"}",
        "{\"id\": \"kimi\", \"apiKey\": \"sk-2\"}",
    };
    g_autoptr(GHashTable) digests = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(providers); i++)
        g_assert_true(g_hash_table_add(digests, digest_of(sandbox, providers[i])));
    g_assert_false(g_hash_table_contains(digests, "sk-1"));
}

static void test_an_empty_setting_has_no_digest(struct sandbox *sandbox)
{
    autoptr(config) config = config_load(sandbox->paths, "kimi");

    g_assert_null(digest_of(sandbox, "{\"id\": \"kimi\", \"enabled\": true}"));
    g_assert_null(digest_of(sandbox, "{\"id\": \"demo\", \"state\": \"ok\"}"));
    g_assert_null(config_provider_digest(config, "kimi"));
}

static void test_enabled_is_remembered(struct sandbox *sandbox)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(is_enabled(sandbox, "kimi"));
    g_assert_false(is_enabled(sandbox, "demo"));
    g_assert_true(config_store_enabled(sandbox->paths, "demo", true, &error));
    g_assert_true(config_store_enabled(sandbox->paths, "kimi", false, &error));
    g_assert_no_error(error);
    g_assert_false(is_enabled(sandbox, "kimi"));
    g_assert_true(is_enabled(sandbox, "demo"));
    g_assert_true(config_store_enabled(sandbox->paths, "kimi", true, &error));
    g_assert_true(is_enabled(sandbox, "kimi"));
}

static void test_the_file_counts_more_than_what_was_enabled(struct sandbox *sandbox)
{
    sandbox_write(sandbox, "config/config.json",
                  "{\"providers\":[{\"id\":\"kimi\",\"enabled\":true},{\"id\":\"demo\"}]}");
    g_assert_true(config_store_enabled(sandbox->paths, "kimi", false, NULL));
    g_assert_true(config_store_enabled(sandbox->paths, "demo", false, NULL));
    g_assert_true(is_enabled(sandbox, "kimi"));
    g_assert_false(is_enabled(sandbox, "demo"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    sandbox_add_test("/config/without-a-file-defaults-hold", test_without_a_file_defaults_hold);
    sandbox_add_test("/config/reads-all-settings", test_reads_all_settings);
    sandbox_add_test("/config/formats-and-what-is-left", test_formats_and_what_is_left);
    sandbox_add_test("/config/a-wrong-value-names-line-and-remedy",
                     test_a_wrong_value_names_line_and_remedy);
    sandbox_add_test("/config/a-wrong-value-leaves-the-default",
                     test_a_wrong_value_leaves_the_default);
    sandbox_add_test("/config/what-is-no-object-is-an-error", test_what_is_no_object_is_an_error);
    sandbox_add_test("/config/a-fifo-in-its-place-is-an-error",
                     test_a_fifo_in_its_place_is_an_error);
    sandbox_add_test("/config/what-is-unknown-is-a-warning", test_what_is_unknown_is_a_warning);
    sandbox_add_test("/config/providers-are-in-the-order-of-the-file",
                     test_providers_are_in_the_order_of_the_file);
    sandbox_add_test("/config/an-empty-list-is-nobody", test_an_empty_list_is_nobody);
    sandbox_add_test("/config/a-dump-holds-no-secret", test_a_dump_holds_no_secret);
    sandbox_add_test("/config/a-dump-can-be-read-again", test_a_dump_can_be_read_again);
    sandbox_add_test("/config/enabled-is-remembered", test_enabled_is_remembered);
    sandbox_add_test("/config/the-file-counts-more-than-what-was-enabled",
                     test_the_file_counts_more_than_what_was_enabled);
    sandbox_add_test("/config/each-setting-of-a-provider-changes-its-digest",
                     test_each_setting_of_a_provider_changes_its_digest);
    sandbox_add_test("/config/an-empty-setting-has-no-digest", test_an_empty_setting_has_no_digest);
    return g_test_run();
}
