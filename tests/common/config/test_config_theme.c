#include "common/config/config.h"
#include "tests/common/fixtures.h"

#define THEME(ok)                                                                                  \
    "{\"appearance\":\"dark\",\"background\":\"#000000\",\"text\":\"#ffffff\",\"colors\":{"        \
    "\"ok\":\"" ok "\",\"warning\":\"#000002\",\"critical\":\"#000003\","                          \
    "\"exhausted\":\"#000004\",\"stale\":\"#000005\",\"error\":\"#000006\","                       \
    "\"dim\":\"#000007\",\"accent\":\"#000008\"}}"

static struct config *load_text(const struct sandbox *sandbox, const char *text)
{
    struct config *config;

    sandbox_write(sandbox, "share/themes/one.json", THEME("#111111"));
    sandbox_write(sandbox, "share/themes/two.json", THEME("#222222"));
    sandbox_write(sandbox, "config/config.json", text);
    config = config_load(sandbox->paths, "kimi");
    config_load_themes(config, sandbox->paths);
    return config;
}

static const char *find_ok_color(const struct config *config, const char *bar)
{
    return (bar ? config_bar_palette(config, bar) : config_palette(config)).colors[ROLE_OK];
}

static void test_a_bar_has_its_theme_or_the_general_one(struct sandbox *sandbox)
{
    autoptr(config) config =
        load_text(sandbox, "{\"theme\":\"one\",\"bars\":{\"a\":{\"theme\":\"two\"},\"b\":{},"
                           "\"c\":{\"theme\":\"default\"}}}");

    g_assert_cmpuint(config->problems->len, ==, 0);
    g_assert_cmpstr(find_ok_color(config, NULL), ==, "#111111");
    g_assert_cmpstr(find_ok_color(config, "a"), ==, "#222222");
    g_assert_cmpstr(find_ok_color(config, "b"), ==, "#111111");
    g_assert_cmpstr(find_ok_color(config, "c"), ==, palette_default.colors[ROLE_OK]);
    g_assert_cmpstr(find_ok_color(config, "other"), ==, "#111111");
    g_assert_null(config_palette(config).colors[ROLE_NORMAL]);
}

static void test_the_user_s_colors_count_more(struct sandbox *sandbox)
{
    autoptr(config) config =
        load_text(sandbox, "{\"theme\":\"one\",\"colors\":{\"ok\":\"#abcdef\",\"dim\":null},"
                           "\"bars\":{\"a\":{\"theme\":\"two\"}}}");

    g_assert_cmpstr(find_ok_color(config, NULL), ==, "#abcdef");
    g_assert_cmpstr(find_ok_color(config, "a"), ==, "#abcdef");
    g_assert_cmpstr(config_palette(config).colors[ROLE_DIM], ==, "#000007");
    g_assert_cmpstr(config_bar_palette(config, "a").colors[ROLE_DIM], ==, "#000007");
}

static void test_an_unknown_theme_is_an_error(struct sandbox *sandbox)
{
    autoptr(config) config =
        load_text(sandbox, "{\n\"theme\":\"nowhere\",\n\"bars\":{\"a\":{\n\"theme\":\"tow\"}}}");
    const struct config_problem *first, *second;

    g_assert_cmpuint(config->problems->len, ==, 2);
    first = config->problems->pdata[0];
    second = config->problems->pdata[1];
    g_assert_true(first->is_error && second->is_error);
    assert_contains(first->text, "config.json:2: \"theme\": there is no theme \"nowhere\"");
    assert_contains(second->text, "config.json:4: \"theme\": there is no theme \"tow\"");
    g_assert_cmpstr(find_ok_color(config, NULL), ==, palette_default.colors[ROLE_OK]);
}

static void test_a_desktop_without_colors_is_a_warning(struct sandbox *sandbox)
{
    autoptr(config) config = load_text(sandbox, "{\"theme\":\"pywal\"}");
    g_autoptr(GPtrArray) files = config_theme_files(config, sandbox->paths);

    g_assert_cmpuint(config->problems->len, ==, 1);
    g_assert_null(config_error(config));
    g_assert_cmpstr(find_ok_color(config, NULL), ==, palette_default.colors[ROLE_OK]);
    g_assert_cmpuint(files->len, >, 1); /* the desktop may make it later */
}

static void test_icons(struct sandbox *sandbox)
{
    autoptr(config) config =
        load_text(sandbox, "{\"icons\":\"emoji\",\"bars\":{\"a\":{\"icons\":\"nerd\"},"
                           "\"b\":{\"icons\":\"words\"},\"c\":{\"icon\":\"K\"}}}");
    autoptr(config) explicit = load_text(
        sandbox, "{\"icons\":\"emoji\",\"icon\":\"\",\"bars\":{\"a\":{\"icons\":\"nerd\"}}}");

    g_assert_cmpstr(config_icon(config, "other"), ==, "📊");
    g_assert_cmpstr(config_icon(config, "a"), ==, "\U000F04C5");
    g_assert_null(config_icon(config, "b"));
    g_assert_cmpstr(config_icon(config, "c"), ==, "K");
    g_assert_cmpstr(config_icon(explicit, "a"), ==, "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    sandbox_add_test("/config-theme/bars", test_a_bar_has_its_theme_or_the_general_one);
    sandbox_add_test("/config-theme/own-colors", test_the_user_s_colors_count_more);
    sandbox_add_test("/config-theme/unknown", test_an_unknown_theme_is_an_error);
    sandbox_add_test("/config-theme/desktop", test_a_desktop_without_colors_is_a_warning);
    sandbox_add_test("/config-theme/icons", test_icons);
    return g_test_run();
}
