/* TOML of other programs, intact and broken. */
#include "plugins/support/toml.h"

#include <string.h>

/* Each case is about the value of "key"; "next" shows that reading went on. */
static const struct toml_case {
    const char *name;
    const char *text;
    const char *key;  /* NULL: there is none, or no string */
    const char *next; /* likewise */
} cases[] = {
    {"empty", "", NULL, NULL},
    {"basic", "key = \"x\"\nnext = \"y\"", "x", "y"},
    {"literal", "key = 'a\\n\"b'\nnext='y'\n", "a\\n\"b", "y"},
    {"empty-strings", "key = \"\"\nnext = ''\n", "", ""},
    {"blanks", "  key\t =\t \"x\" \t# more\n\n\t\n next='y'", "x", "y"},
    {"crlf", "key = \"x\"\r\n\r\nnext = 'y'\r\n", "x", "y"},
    {"byte-order-mark", "\xef\xbb\xbfkey = \"x\"\n", "x", NULL},
    {"quoted-keys", "\"key\" = 'x'\n'next' = 'y'", "x", "y"},
    {"escape-in-key", "\"\\u006bey\" = 'x'\nnext = 'y'", "x", "y"},
    {"hash-in-string", "key = \"a # b\" # c\nnext = 'd#e'", "a # b", "d#e"},
    {"comment", "# key = 'x'\nnext = 'y' # key = 'x'", NULL, "y"},
    {"escapes", "key = \"\\b\\t\\n\\f\\r\\\"\\\\\\e\"", "\b\t\n\f\r\"\\\x1b", NULL},
    {"unicode", "key = \"\\u00e9\\U0001F600\"\nnext = 'é'", "é😀", "é"},
    {"first-counts", "key = 'x'\nkey = 'z'\nnext = 'y'", "x", "y"},
    {"first-is-no-string", "key = 1\nkey = 'z'\nnext = 'y'", NULL, "y"},

    {"long", "key = \"\"\"a\nb\"\"\"\nnext = 'y'", "a\nb", "y"},
    {"long-literal", "key = '''a\\\nb'''\nnext = 'y'", "a\\\nb", "y"},
    {"long-begins-with-line-end", "key = \"\"\"\na\"\"\"\nnext = '''\r\nb'''", "a", "b"},
    {"long-goes-on", "key = \"\"\"a \\\n   b\\  \r\n\n c\"\"\"\nnext = 'y'", "a bc", "y"},
    {"long-with-quotes", "key = \"\"\"a\"\"b\\\"\"\"\"\"\nnext = ''''y''''", "a\"\"b\"\"", "'y'"},
    {"long-empty", "key = \"\"\"\"\"\"\nnext = ''''''", "", ""},
    {"key-in-long", "next = \"\"\"\nkey = 'x'\n[key]\n\"\"\"", NULL, "key = 'x'\n[key]\n"},

    {"numbers", "a = 1\nb = -1.5e3\nc = 0xff\nd = 1_000\ne = inf\nkey = 'x'", "x", NULL},
    {"dates", "a = 1979-05-27 07:32:00Z\nb = 07:32:00\nkey = 'x'\nnext = 'y'", "x", "y"},
    {"booleans", "key = true\nnext = 'y'", NULL, "y"},
    {"array", "a = [\"key = 'x'\", 1, ] # ]\nnext = 'y'", NULL, "y"},
    {"array-of-lines", "a = [\n  1, # ]\n  \"]\",\n  ''']\n''',\n]\nnext = 'y'", NULL, "y"},
    {"keys-in-array", "a = [\nkey = 'x'\n]\nnext = 'y'", NULL, "y"},
    {"tables-in-array", "a = [{key = 'x'}, {b = [\n{key = 'x'}]}]\nnext = 'y'", NULL, "y"},
    {"key-is-array", "key = ['x']\nnext = 'y'", NULL, "y"},
    {"key-is-table", "key = {a = 'x'}\nnext = 'y'", NULL, "y"},

    {"array-of-tables", "next = 'y'\n[[a]]\nkey = 'x'", NULL, "y"},

    {"nul", "next = 'y'\n\0key = 'x'", NULL, "y"},
    {"no-end", "key = \"x\nnext = 'y'", NULL, "y"},
    {"no-end-but-escape", "key = \"x\\\nnext = 'y'", NULL, "y"},
    {"no-end-but-escape-crlf", "key = \"x\\\r\nnext = 'y'", NULL, "y"},
    {"no-end-of-literal", "key = 'x\nnext = 'y'", NULL, "y"},
    {"no-end-of-long", "next = 'y'\na = \"\"\"\nkey = 'x'\n", NULL, "y"},
    {"no-end-of-array", "next = 'y'\na = [1,\nkey = 'x'\n", NULL, "y"},
    {"no-end-of-table", "next = 'y'\na = {b = 1\nkey = 'x'\n", NULL, "y"},
    {"backslash-at-the-end", "next = 'y'\nkey = \"\\", NULL, "y"},
    {"no-value", "key =\nnext = 'y'", NULL, "y"},
    {"no-equals", "key 'x'\nnext = 'y'", NULL, "y"},
    {"no-name", "= 'x'\nkey. = 'x'\n.key = 'x'\nnext = 'y'", NULL, "y"},
    {"bare-value", "key = x\nnext = 'y'", NULL, "y"},
    {"unknown-escape", "key = \"a\\q\"\nnext = 'y'", NULL, "y"},
    {"unknown-escape-in-long", "a = \"\"\"\\q\nkey = 'x'\n\"\"\"\nnext = 'y'", NULL, "y"},
    {"short-unicode", "key = \"\\u12\"\nnext = 'y'", NULL, "y"},
    {"surrogate", "key = \"\\ud800\"\nnext = 'y'", NULL, "y"},
    {"nul-escape", "key = \"\\u0000x\"\nnext = 'y'", NULL, "y"},
    {"no-utf-8", "key = \"\xff\"\nnext = 'y'", NULL, "y"},
    {"separator", "\"a\\u001fb\" = 'x'\n\"\\u001fkey\" = 'x'\nnext = 'y'", NULL, "y"},
    {"long-name", "\"\"\"key\"\"\" = 'x'\n'''\nkey = 'x'\n''' = 1\nnext = 'y'", NULL, "y"},
    {"long-behind-what-is-wrong", "a b = '''\nkey = 'x'\n'''\nnext = 'y'", NULL, "y"},
    {"array-behind-what-is-wrong", "a b = [\nkey = 'x'\n]\nnext = 'y'", NULL, "y"},
    {"long-behind-a-value", "a = 1 '''\nkey = 'x'\n'''\nnext = 'y'", NULL, "y"},
    {"missing-comma", "a = ['b' 'c'\nkey = 'x'\n]\nnext = 'y'", NULL, "y"},
    {"header-without-end", "next = 'y'\n[a\nkey = 'x'", NULL, "y"},
    {"header-without-name", "next = 'y'\n[]\nkey = 'x'", NULL, "y"},
    {"header-twice", "next = 'y'\n[ [a] ]\nkey = 'x'", NULL, "y"},
    {"empty-name-is-not-the-root", "next = 'y'\n[\"\"]\nkey = 'x'", NULL, "y"},
};

static gsize text_length(const struct toml_case *one)
{
    return strcmp(one->name, "nul") == 0 ? strlen(one->text) + 1 + strlen("key = 'x'")
                                         : strlen(one->text);
}

static void test_case(gconstpointer data)
{
    const struct toml_case *one = data;
    autoptr(toml) toml = toml_parse(one->text, text_length(one));

    g_assert_cmpstr(toml_string(toml, "key", NULL), ==, one->key);
    g_assert_cmpstr(toml_string(toml, "next", NULL), ==, one->next);
}

/* Wherever the text is cut off, the value is right, a beginning of it (two of three quotes are an
 * empty string), or missing. */
static void test_cut_off(gconstpointer data)
{
    const struct toml_case *one = data;

    for (gsize length = 0; length < text_length(one); length++) {
        autoptr(toml) toml = toml_parse(one->text, length);
        const char *value = toml_string(toml, "key", NULL);
        g_assert_true(!value || (one->key && g_str_has_prefix(one->key, value)));
    }
}

static const char client[] = "default_model = \"kimi-code/kimi-for-coding\"\n"
                             "[providers.\"managed:kimi-code\"]\n"
                             "type = \"kimi\"\n"
                             "base_url = \"https://api.kimi.ai/coding/v1\"\n"
                             "api_key = \"\"\n"
                             "[providers.\"managed:kimi-code\".oauth]\n"
                             "storage = \"file\"\n"
                             "key = \"oauth/kimi-code-env-0e4f99c69cc27850\"\n"
                             "[models.'a.b'.\"c d\"]\n"
                             "x.y . \"z\" = 'dotted'\n"
                             "[providers.other]\n"
                             "oauth = { key = \"inline\", deep = { er = 'deeper' }, }\n"
                             "[services]\n";

static void test_tables(void)
{
    autoptr(toml) toml = toml_parse(client, strlen(client));

    g_assert_cmpstr(toml_string(toml, "providers", "managed:kimi-code", "oauth", "key", NULL), ==,
                    "oauth/kimi-code-env-0e4f99c69cc27850");
    g_assert_cmpstr(toml_string(toml, "providers", "managed:kimi-code", "api_key", NULL), ==, "");
    g_assert_cmpstr(toml_string(toml, "models", "a.b", "c d", "x", "y", "z", NULL), ==, "dotted");
    g_assert_cmpstr(toml_string(toml, "providers", "other", "oauth", "key", NULL), ==, "inline");
    g_assert_cmpstr(toml_string(toml, "providers", "other", "oauth", "deep", "er", NULL), ==,
                    "deeper");
    g_assert_null(toml_string(toml, "key", NULL));
    g_assert_null(toml_string(toml, "providers", NULL));
    g_assert_null(toml_string(toml, "providers", "managed", NULL));
    g_assert_null(toml_string(toml, "models", "a", "b", NULL));
}

static void test_has(void)
{
    autoptr(toml) toml = toml_parse(client, strlen(client));

    g_assert_true(toml_has(toml, "services", NULL));
    g_assert_true(toml_has(toml, "providers", NULL));
    g_assert_true(toml_has(toml, "providers", "managed:kimi-code", "oauth", NULL));
    g_assert_true(toml_has(toml, "providers", "other", "oauth", "deep", NULL));
    g_assert_false(toml_has(toml, "oauth", NULL));
    g_assert_false(toml_has(toml, "provider", NULL));
    g_assert_false(toml_has(toml, "services", "a", NULL));
}

static void assert_names(char **names, const char *expected)
{
    g_autofree char *joined = g_strjoinv(" ", names);

    g_assert_cmpstr(joined, ==, expected);
    g_strfreev(names);
}

static void test_names(void)
{
    autoptr(toml) toml = toml_parse(client, strlen(client));

    assert_names(toml_names(toml, "providers", NULL), "managed:kimi-code other");
    assert_names(toml_names(toml, "providers", "managed:kimi-code", NULL),
                 "type base_url api_key oauth");
    assert_names(toml_names(toml, "models", "a.b", "c d", NULL), "x");
    assert_names(toml_names(toml, "services", NULL), "");
    assert_names(toml_names(toml, "nothing", NULL), "");
    assert_names(toml_names(toml, "default_model", NULL), "");
}

/* All below an array of tables belongs to it, even with a header of its own. */
static void test_arrays_of_tables(void)
{
    static const char text[] = "[[a.b]]\nkey = 'x'\n[a.b.c]\nkey = 'x'\n[[a.b]]\n[a.b]\nkey = 'x'\n"
                               "[a]\nnext = 'y'\n[a.bc]\nnext = 'z'\n";
    autoptr(toml) toml = toml_parse(text, strlen(text));

    g_assert_false(toml_has(toml, "a", "b", NULL));
    g_assert_cmpstr(toml_string(toml, "a", "next", NULL), ==, "y");
    g_assert_cmpstr(toml_string(toml, "a", "bc", "next", NULL), ==, "z");
    assert_names(toml_names(toml, "a", NULL), "next bc");
}

static char *repeat(const char *part, gsize count)
{
    GString *text = g_string_new(NULL);

    while (count-- > 0)
        g_string_append(text, part);
    return g_string_free(text, FALSE);
}

/* Such files must cost neither the stack nor memory nor time. */
static void test_limits(void)
{
    static const struct {
        const char *begin, *part, *end;
    } huge[] = {
        {"a = ", "[", ""},
        {"a = ", "{a=", ""},
        {"a = [", "'',", "]"},
        {"a = [", "'''''',", "]"},
        {"", "[a", ""},
        {"", "a.", ""},
        {"", "'", ""},
        {"a = \"", "\\u0041", "\""},
        {"", "a=1\n", ""},
        {"", "[[a]]\n[a]\n", ""},
        {"[", "a.", "a]\na = 1\na = 1\na = 1"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(huge); i++) {
        g_autofree char *middle = repeat(huge[i].part, 250 * 1024 / strlen(huge[i].part));
        g_autofree char *text =
            g_strconcat("key = 'x'\n", huge[i].begin, middle, huge[i].end, NULL);
        autoptr(toml) toml = toml_parse(text, strlen(text));
        g_assert_cmpstr(toml_string(toml, "key", NULL), ==, "x");
    }
}

static void test_long_file(void)
{
    g_autofree char *filler = g_strnfill(256 * 1024, '#');
    g_autofree char *text = g_strconcat("next = 'y'\n", filler, "\nkey = 'x'\n", NULL);
    autoptr(toml) toml = toml_parse(text, strlen(text));

    g_assert_cmpstr(toml_string(toml, "next", NULL), ==, "y");
    g_assert_null(toml_string(toml, "key", NULL));
}

static void add_cases(const char *path, void (*test)(gconstpointer data))
{
    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *name = g_strconcat(path, cases[i].name, NULL);
        g_test_add_data_func(name, &cases[i], test);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    add_cases("/toml/case/", test_case);
    add_cases("/toml/cut-off/", test_cut_off);
    g_test_add_func("/toml/tables", test_tables);
    g_test_add_func("/toml/has", test_has);
    g_test_add_func("/toml/names", test_names);
    g_test_add_func("/toml/arrays-of-tables", test_arrays_of_tables);
    g_test_add_func("/toml/limits", test_limits);
    g_test_add_func("/toml/long-file", test_long_file);
    return g_test_run();
}
