#include "common/base/color.h"
#include "common/config/theme.h"
#include "tests/common/fixtures.h"

#define PYWAL "xdg-cache/wal/colors.json"
#define STATE "home/.local/state/omarchy/current/theme/colors.toml"
#define OLD   "home/.config/omarchy/current/theme/colors.toml"
#define OLDER "home/.config/omarchy/current/theme/alacritty.toml"

static void assert_colors(const struct theme *theme, const char *const colors[ROLE_COUNT])
{
    for (int role = 0; role < ROLE_COUNT; role++)
        g_assert_cmpstr(theme->colors[role], ==, colors[role]);
}

static void test_pywal(struct sandbox *sandbox)
{
    static const char *const colors[ROLE_COUNT] = {
        [ROLE_OK] = "#98971a",
        [ROLE_WARNING] = "#d79921",
        [ROLE_CRITICAL] = "#d87742", /* halfway from yellow to red, lightened */
        [ROLE_EXHAUSTED] = "#fb5440" /* #cc241d is too dark on this */,
        [ROLE_STALE] = "#a89984",
        [ROLE_ERROR] = "#fb5440",
        [ROLE_DIM] = "#928374",
        [ROLE_ACCENT] = "#62989a",
    };

    fixture_refuse_theme(sandbox, "pywal", "wal/colors.json is not there; let `wal` make it");
    sandbox_write(sandbox, PYWAL,
                  "{\"wallpaper\":\"x\",\"alpha\":\"100\",\"special\":{\"background\":\"#282828\","
                  "\"foreground\":\"#ebdbb2\",\"cursor\":\"#ebdbb2\"},\"colors\":{"
                  "\"color0\":\"#282828\",\"color1\":\"#cc241d\",\"color2\":\"#98971a\","
                  "\"color3\":\"#d79921\",\"color4\":\"#458588\",\"color5\":\"#b16286\","
                  "\"color6\":\"#689d6a\",\"color7\":\"#a89984\",\"color8\":\"#928374\","
                  "\"color9\":\"#fb4934\"}}");
    autoptr(theme) theme = fixture_theme(sandbox, "pywal");
    assert_colors(theme, colors);
    g_assert_true(theme->is_dark);
    g_assert_cmpstr(theme->background, ==, "#282828");
    g_assert_cmpstr(theme->text, ==, "#ebdbb2");
}

static void test_pywal_in_its_old_place(struct sandbox *sandbox)
{
    sandbox_write(
        sandbox, "home/.cache/wal/colors.json",
        "{\"special\":{\"background\":\"#ffffff\",\"foreground\":\"#111111\"},\"colors\":{}}");
    autoptr(theme) theme = fixture_theme(sandbox, "pywal");
    g_assert_false(theme->is_dark);
    /* Without other colours everything has that of the text. */
    for (enum role role = ROLE_NORMAL + 1; role < ROLE_COUNT; role++)
        g_assert_cmpstr(theme->colors[role], ==, "#111111");
}

static void assert_readable(const struct theme *theme)
{
    for (enum role role = ROLE_NORMAL + 1; role < ROLE_COUNT; role++)
        g_assert_cmpfloat(color_contrast(theme->colors[role], theme->background), >=,
                          role == ROLE_DIM ? 3 : 4.5);
}

static void test_what_nobody_could_read_is_made_readable(struct sandbox *sandbox)
{
    sandbox_write(sandbox, PYWAL,
                  "{\"special\":{\"background\":\"#202020\",\"foreground\":\"#303030\"},"
                  "\"colors\":{\"color2\":\"#202520\",\"color6\":\"#305070\"}}");
    autoptr(theme) dark = fixture_theme(sandbox, "pywal");
    assert_readable(dark);
    /* The better of the two candidates is still blue. */
    g_assert_cmpstr(dark->colors[ROLE_OK], ==, "#778ca1");

    sandbox_write(sandbox, PYWAL,
                  "{\"special\":{\"background\":\"#ffffff\",\"foreground\":\"#eeeeee\"},"
                  "\"colors\":{\"color3\":\"#ffcc00\"}}");
    autoptr(theme) light = fixture_theme(sandbox, "pywal");
    assert_readable(light);
    g_assert_cmpstr(light->colors[ROLE_WARNING], ==, "#8f7200");
}

static void test_wrong_files_of_pywal(struct sandbox *sandbox)
{
    static const char *const texts[] = {
        "",
        "{",
        "[1,2]",
        "[[\"background\",\"#ffffff\"]]",
        "{\"special\":[\"#ffffff\"],\"colors\":7}",
        "{\"special\":{\"background\":7,\"foreground\":\"#ffffff\"}}",
        "{\"special\":{\"background\":\"#fff\",\"foreground\":\"#ffffff\"}}",
        "{\"special\":{\"background\":\"#000000\",\"foreground\":\"#ffff",
    };
    g_autofree char *huge = g_strnfill(65 * 1024, ' ');

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        sandbox_write(sandbox, PYWAL, texts[i]);
        fixture_refuse_theme(sandbox, "pywal", "has no colours \"background\" and \"foreground\"");
    }
    sandbox_write(sandbox, PYWAL, huge);
    fixture_refuse_theme(sandbox, "pywal", "is larger than");
}

static void test_omarchy(struct sandbox *sandbox)
{
    fixture_refuse_theme(sandbox, "omarchy", "colors.toml is not there");
    sandbox_write(sandbox, OLDER,
                  "[colors.primary]\nbackground = '#000000'\nforeground = '#eeeeee'\n"
                  "[colors.dim]\ngreen = '#ff0000'\n[colors.normal]\ngreen = '#00ff00'\n"
                  "[colors.bright]\nblack = '#999999'\n[window]\ngreen = \"#0000ff\"\n");
    autoptr(theme) older = fixture_theme(sandbox, "omarchy");
    g_assert_cmpstr(older->colors[ROLE_OK], ==, "#00ff00");
    g_assert_cmpstr(older->colors[ROLE_DIM], ==, "#999999");

    sandbox_write(sandbox, OLD,
                  "accent = \"#7aa2f7\" # blue\r\nforeground = \"#a9b1d6\"\r\n"
                  "background = \"#1a1b26\"\r\ncolor1 = \"#f7768e\"\r\ncolor2=\"#9ece6a\"\r\n"
                  "color3 = \"#e0af68\"\r\n# color2 = \"#000000\"\r\n");
    autoptr(theme) old = fixture_theme(sandbox, "omarchy");
    g_assert_cmpstr(old->colors[ROLE_ACCENT], ==, "#7aa2f7");
    g_assert_cmpstr(old->colors[ROLE_OK], ==, "#9ece6a");
    g_assert_cmpstr(old->colors[ROLE_EXHAUSTED], ==, "#f7768e");

    sandbox_write(sandbox, STATE,
                  "mode = \"light\"\nbackground = \"#ffffff\"\nforeground = \"#222222\"\n"
                  "red = \"#aa0000\"\norange = \"#aa5500\"\nmuted = \"#777777\"\n"
                  "active_border = \"rgba(33ccffee) rgba(00ff99ee) 45deg\"\n");
    autoptr(theme) theme = fixture_theme(sandbox, "omarchy");
    g_assert_false(theme->is_dark);
    g_assert_cmpstr(theme->colors[ROLE_CRITICAL], ==, "#aa5500");
    g_assert_cmpstr(theme->colors[ROLE_DIM], ==, "#777777");
}

static void test_wrong_files_of_omarchy(struct sandbox *sandbox)
{
    static const char *const texts[] = {
        "",
        "=\n==\n[",
        "background\nforeground =",
        "background = \"",
        "background = \"#000000\"",
        "[colors.primary\nx",
        "background = #000000\nforeground = #ffffff",
        "\xff\xfe = \"\xff\"",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        sandbox_write(sandbox, STATE, texts[i]);
        fixture_refuse_theme(sandbox, "omarchy", "has no colours");
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    sandbox_add_test("/theme-desktop/pywal", test_pywal);
    sandbox_add_test("/theme-desktop/pywal-old", test_pywal_in_its_old_place);
    sandbox_add_test("/theme-desktop/unreadable", test_what_nobody_could_read_is_made_readable);
    sandbox_add_test("/theme-desktop/pywal-wrong", test_wrong_files_of_pywal);
    sandbox_add_test("/theme-desktop/omarchy", test_omarchy);
    sandbox_add_test("/theme-desktop/omarchy-wrong", test_wrong_files_of_omarchy);
    return g_test_run();
}
