#include "common/base/color.h"
#include "common/config/theme.h"
#include "tests/common/fixtures.h"

#include <sys/stat.h>

#define COLORS                                                                                     \
    "\"colors\":{\"ok\":\"#000001\",\"warning\":\"#000002\",\"critical\":\"#000003\","             \
    "\"exhausted\":\"#000004\",\"stale\":\"#000005\",\"error\":\"#000006\",\"dim\":\"#000007\","   \
    "\"accent\":\"#00000A\"}"
#define FRAME "\"appearance\":\"light\",\"background\":\"#ffffff\",\"text\":\"#333333\""
#define MINE  "{\"name\":\"Mine\"," FRAME "," COLORS "}"

static void test_the_built_in_palette_needs_no_file(struct sandbox *sandbox)
{
    autoptr(theme) theme = fixture_theme(sandbox, THEME_DEFAULT);

    g_assert_null(theme->file);
    g_assert_true(theme->is_dark);
    for (int role = 0; role < ROLE_COUNT; role++)
        g_assert_cmpstr(theme->colors[role], ==, palette_default.colors[role]);
}

static void test_reads_a_set(struct sandbox *sandbox)
{
    sandbox_write(sandbox, "share/themes/mine.json", MINE);
    autoptr(theme) theme = fixture_theme(sandbox, "mine");

    g_assert_cmpstr(theme->title, ==, "Mine");
    g_assert_false(theme->is_dark);
    g_assert_cmpstr(theme->background, ==, "#ffffff");
    g_assert_cmpstr(theme->text, ==, "#333333");
    g_assert_cmpstr(theme->colors[ROLE_OK], ==, "#000001");
    g_assert_cmpstr(theme->colors[ROLE_ACCENT], ==, "#00000A");
    g_assert_null(theme->colors[ROLE_NORMAL]);
}

static void test_the_user_s_own_comes_first(struct sandbox *sandbox)
{
    g_autofree char *own = sandbox_path(sandbox, "config/themes/mine.json");

    sandbox_write(sandbox, "share/themes/mine.json", MINE);
    sandbox_write(sandbox, "config/themes/mine.json", "// mine\n{" FRAME "," COLORS "}");
    autoptr(theme) theme = fixture_theme(sandbox, "mine");
    g_assert_cmpstr(theme->file, ==, own);
    g_assert_cmpstr(theme->title, ==, "mine"); /* there is no other name */

    /* A wrong file is an error, and is not replaced by ours. */
    sandbox_write(sandbox, "config/themes/mine.json", "{");
    fixture_refuse_theme(sandbox, "mine", own);
}

static void test_a_path(struct sandbox *sandbox)
{
    g_autofree char *path = sandbox_path(sandbox, "home/my theme.txt");

    sandbox_write(sandbox, "home/my theme.txt", MINE);
    autoptr(theme) absolute = fixture_theme(sandbox, path);
    autoptr(theme) of_home = fixture_theme(sandbox, "~/my theme.txt");
    g_assert_cmpstr(absolute->title, ==, "Mine");
    g_assert_cmpstr(of_home->file, ==, path);
    fixture_refuse_theme(sandbox, "~/other", "there is no file ~/other");
    fixture_refuse_theme(sandbox, "~/", "is not a regular file");
}

static void test_an_unknown_name(struct sandbox *sandbox)
{
    sandbox_write(sandbox, "share/themes/tokyo-night.json", MINE);
    sandbox_write(sandbox, "share/themes/.hidden.json", MINE);
    sandbox_write(sandbox, "secret.json", MINE);
    fixture_refuse_theme(sandbox, "tokio-night", "; did you mean \"tokyo-night\"?");
    fixture_refuse_theme(sandbox, "piwal", "; did you mean \"pywal\"?");
    fixture_refuse_theme(sandbox, "something else",
                         "no theme \"something else\"; `usageline theme list`");
    fixture_refuse_theme(sandbox, "../../secret", "there is no theme");
    fixture_refuse_theme(sandbox, ".hidden", "there is no theme");
    fixture_refuse_theme(sandbox, "", "there is no theme");
    fixture_refuse_theme(sandbox, "a\033[31mb", "\"a [31mb\"");
}

static void test_wrong_files(struct sandbox *sandbox)
{
    static const struct {
        const char *text, *why;
    } cases[] = {
        {"", "wrong.json: line 1"},
        {"{\"name\":", "wrong.json: line 1"},
        {"[]", "wrong.json:1: a theme must be an object"},
        {"\n\n{}", "wrong.json:3: \"appearance\" must be \"dark\" or \"light\""},
        {"{\"appearance\":\"grey\"}", "\"appearance\" must be"},
        {"{\"appearance\":5}", "\"appearance\" must be"},
        {"{\"appearance\":\"dark\"}", "\"background\" must be a colour such as"},
        {"{" FRAME "}", "\"colors\" must be an object"},
        {"{" FRAME ",\n\"colors\":[]}", "wrong.json:2: \"colors\" must be an object"},
        {"{" FRAME ",\"colors\":{}}", "\"ok\" must be a colour"},
        {"{" FRAME ",\n\"colors\":{\n\"ok\":\"red\"}}", "wrong.json:3: \"ok\" must be a colour"},
        {"{" FRAME ",\"colors\":{\"ok\":{}}}", "\"ok\" must be a colour"},
        {"{" FRAME ",\"colors\":{\"ok\":\"#12345g\"}}", "\"ok\" must be a colour"},
        {"{" FRAME ",\"colors\":{\"ok\":\"#000000\"}}", "\"warning\" must be a colour"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        sandbox_write(sandbox, "share/themes/wrong.json", cases[i].text);
        fixture_refuse_theme(sandbox, "wrong", cases[i].why);
    }
}

static void test_hostile_files(struct sandbox *sandbox)
{
    g_autofree char *huge = g_strnfill(65 * 1024, ' ');
    g_autofree char *deep = g_strnfill(1000, '[');
    g_autofree char *fifo = sandbox_path(sandbox, "fifo");

    sandbox_write(sandbox, "share/themes/huge.json", huge);
    fixture_refuse_theme(sandbox, "huge", "is larger than 65536 bytes");
    sandbox_write(sandbox, "share/themes/deep.json", deep);
    fixture_refuse_theme(sandbox, "deep", "deep.json");
    sandbox_write(sandbox, "share/themes/bytes.json", "{\"name\":\"\xff\xfe\"}");
    fixture_refuse_theme(sandbox, "bytes", "bytes.json");
    g_assert_cmpint(mkfifo(fifo, 0600), ==, 0);
    fixture_refuse_theme(sandbox, fifo,
                         "is not a regular file"); /* and does not wait for a writer */
    sandbox_write(sandbox, "share/themes/title.json",
                  "{\"name\":\"a\\u001b[31mb\\n\"," FRAME "," COLORS "}");
    autoptr(theme) theme = fixture_theme(sandbox, "title");
    g_assert_cmpstr(theme->title, ==, "a [31mb");
}

static void test_lists_names(struct sandbox *sandbox)
{
    sandbox_write(sandbox, "share/themes/b.json", MINE);
    sandbox_write(sandbox, "share/themes/a.json", MINE);
    sandbox_write(sandbox, "config/themes/b.json", MINE);
    sandbox_write(sandbox, "config/themes/c.json", MINE);
    sandbox_write(sandbox, "config/themes/.d.json", MINE);
    sandbox_write(sandbox, "config/themes/e.txt", MINE);
    sandbox_write(sandbox, "config/themes/default.json", MINE); /* these three can't be loaded */
    sandbox_write(sandbox, "config/themes/pywal.json", MINE);
    sandbox_write(sandbox, "share/themes/omarchy.json", MINE);
    g_autoptr(GPtrArray) names = theme_names(sandbox->paths);
    g_assert_cmpuint(names->len, ==, 3);
    g_assert_cmpstr(names->pdata[0], ==, "a");
    g_assert_cmpstr(names->pdata[1], ==, "b");
    g_assert_cmpstr(names->pdata[2], ==, "c");
}

static void assert_files(const struct sandbox *sandbox, const char *name, const char *const *wanted)
{
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);

    theme_add_files(sandbox->paths, name, files);
    for (guint i = 0; i < files->len; i++) {
        g_autofree char *path = wanted[i] ? sandbox_path(sandbox, wanted[i]) : NULL;
        g_assert_cmpstr(files->pdata[i], ==, path);
    }
    g_assert_null(wanted[files->len]);
}

static void test_names_its_files(struct sandbox *sandbox)
{
    assert_files(sandbox, THEME_DEFAULT, (const char *const[]){NULL});
    assert_files(sandbox, "../x", (const char *const[]){NULL});
    assert_files(sandbox, "~/x", (const char *const[]){"home/x", NULL});
    assert_files(sandbox, "nord",
                 (const char *const[]){"config/themes/nord.json", "share/themes/nord.json", NULL});
    assert_files(sandbox, "pywal",
                 (const char *const[]){"xdg-cache/wal", "xdg-cache/wal/colors.json",
                                       "home/.cache/wal", "home/.cache/wal/colors.json", NULL});
}

static void test_compares_colors(void)
{
    g_autofree char *mix = color_mix("#ff0000", "#00ff10");

    g_assert_cmpfloat_with_epsilon(color_contrast("#000000", "#ffffff"), 21, 0.001);
    g_assert_cmpfloat_with_epsilon(color_contrast("#777777", "#FFFFFF"), 4.478, 0.001);
    g_assert_cmpfloat_with_epsilon(color_contrast("#123456", "#123456"), 1, 0.001);
    g_assert_true(color_is_dark("#1a1b26"));
    g_assert_false(color_is_dark("#eff1f5"));
    g_assert_cmpstr(mix, ==, "#7f7f08");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    sandbox_add_test("/theme/default", test_the_built_in_palette_needs_no_file);
    sandbox_add_test("/theme/set", test_reads_a_set);
    sandbox_add_test("/theme/own", test_the_user_s_own_comes_first);
    sandbox_add_test("/theme/path", test_a_path);
    sandbox_add_test("/theme/unknown", test_an_unknown_name);
    sandbox_add_test("/theme/wrong", test_wrong_files);
    sandbox_add_test("/theme/hostile", test_hostile_files);
    sandbox_add_test("/theme/names", test_lists_names);
    sandbox_add_test("/theme/files", test_names_its_files);
    g_test_add_func("/theme/colors", test_compares_colors);
    return g_test_run();
}
