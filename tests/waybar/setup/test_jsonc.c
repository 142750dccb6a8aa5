#include "waybar/setup/jsonc.h"

#include "common/base/error.h"
#include "tests/common/setup/setup_fixture.h"
#include "waybar/setup/jsonc_edit.h"

#include <string.h>

#define NAME  "new"
#define ITEM  "\"" NAME "\""
#define LINES ITEM ": {\n    \"a\": 1\n}"

static void test_what_people_write_is_read(void)
{
    static const char *const texts[] = {"[1, // no\n2]",
                                        "[1, 2,]",
                                        "\xef\xbb\xbf[1, 2]",
                                        "[1, 2] text [behind it",
                                        "[1, 2]\n]\n/* ",
                                        "// c\n/* d */ [/**/ 1 /**/, /**/ 2 ]",
                                        "[1, 2\n// the last\n]",
                                        "[01, +2.]",
                                        "[1., 2e0]",
                                        "[1,2 // carriage return\r]"};

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        autoptr(json) root = jsonc_parse(texts[i], NULL);
        double one = 0, two = 0;

        g_assert_cmpuint(json_length(root), ==, 2);
        g_assert_true(json_number(json_at(root, 0), &one) && json_number(json_at(root, 1), &two));
        g_assert_true(one == 1 && two == 2);
    }
}

static void test_strings(void)
{
    static const struct {
        const char *text;
        const char *value; /* NULL: refused */
    } cases[] = {
        {"\"a\tb\nc\"", "a\tb\nc"},
        {"\"// /* ,]\"", "// /* ,]"},
        {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\/\b\f\n\r\t"},
        {"\"\\u00e9\\x41\\uD83D\\ude00\"", "\u00e9A\U0001f600"},
        {"\"a\\u0000b\"", "a\xc0\x80"
                          "b"},
        {"\"\xff\"", "\xff"},
        {"\"\\ud83d\"", NULL},
        {"\"\\ud83d\\n0000\"", NULL},
        {"\"\\q\"", NULL},
        {"\"\\u12\"", NULL},
        {"\"\\x4\"", NULL},
        {"\"no end\\\"", NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        autoptr(json) root = jsonc_parse(cases[i].text, NULL);
        g_assert_cmpstr(json_string(root), ==, cases[i].value);
    }
}

static void test_places_are_offsets_of_the_text(void)
{
    const char *text = "// c\n{ \"a\" : [1, \"x\\/y\"], \"a\": /* two */ {} }";
    autoptr(json) root = jsonc_parse(text, NULL);
    const struct json *first = json_at(root, 0);
    struct json_place place = json_place(first);

    g_assert_cmpuint(json_place(root).begin, ==, 5);
    g_assert_cmpuint(json_place(root).end, ==, strlen(text));
    g_assert_cmpuint(place.first, ==, 7);
    g_assert_true(text[place.begin] == '[' && text[place.end - 1] == ']');
    g_assert_cmpstr(json_string(json_at(first, 1)), ==, "x/y");
    g_assert_cmpint(jsonc_find(first, "x/y"), ==, 1);
    g_assert_cmpint(jsonc_find(first, "x"), ==, -1);
    g_assert_true(json_get(root, "a") == json_at(root, 1));
    g_assert_null(json_get(first, "a"));
}

static void test_hostile_texts_are_refused(void)
{
    g_autofree char *deep = g_strnfill(100000, '[');
    const char *const texts[] = {
        "",      "{",     "[1 2]",         "{\"a\" 1}", "\"",      "/*",          "[1,,]",
        "{,}",   "\xff",  "{\"a\":1,\"",   "[/* ] ",    deep,      "{\"a\":\"\\", "[1,/**/]",
        "[tru]", "[1\f]", "{\"a\"/**/:1}", "{a:1}",     "['a']",   "[1.5.5]",     "[-Infinity]",
        "[1e]",  "[+]",   "/ /[]",         "# a\n[]",   "{\"a\"}", "[\"a]"};

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_null(jsonc_parse(texts[i], &error));
        g_assert_error(error, USAGE_ERROR, USAGE_ERROR_PAYLOAD);
        g_assert_true(g_str_has_prefix(error->message, "line "));
    }
}

/* Inserts the item and removes it again. */
static void assert_inserted(const char *text, guint index, const char *item, const char *expected)
{
    autoptr(setup_plan) plan = setup_plan_new();
    struct setup_file *file = setup_fixture_add(plan, text);
    autoptr(json) root = jsonc_parse(text, NULL);

    g_assert_nonnull(root);
    jsonc_insert(file, root, index, item);
    g_autofree char *with = setup_file_result(file);
    g_assert_cmpstr(with, ==, expected);
    g_assert_true(jsonc_differs_only_by(text, with, NAME, NULL));

    struct setup_file *changed = setup_fixture_add(plan, with);
    autoptr(json) there = jsonc_parse(with, NULL);
    jsonc_remove(changed, there, index, 1);
    g_autofree char *without = setup_file_result(changed);
    g_assert_cmpstr(without, ==, text);
}

static void test_an_element_within_a_line(void)
{
    assert_inserted("[]", 0, ITEM, "[\"new\"]");
    assert_inserted("[1]", 0, ITEM, "[\"new\", 1]");
    assert_inserted("[1, 2]", 1, ITEM, "[1, \"new\", 2]");
    assert_inserted("[1 /* one */]", 1, ITEM, "[1, \"new\" /* one */]");
    assert_inserted("[1, ]", 1, ITEM, "[1, \"new\", ]");
}

static void test_an_element_on_a_line(void)
{
    assert_inserted("[\n  1,\n  2\n]", 0, ITEM, "[\n  \"new\",\n  1,\n  2\n]");
    assert_inserted("[\n  1,\n  2\n]", 2, ITEM, "[\n  1,\n  2,\n  \"new\"\n]");
    assert_inserted("[\n  1,\n]", 1, ITEM, "[\n  1,\n  \"new\",\n]");
    assert_inserted("[\n  1 // one\n]", 1, ITEM, "[\n  1, // one\n  \"new\"\n]");
    assert_inserted("[\r\n\t1 // one\r\n]", 1, ITEM, "[\r\n\t1, // one\r\n\t\"new\"\r\n]");
    assert_inserted("[\n]", 0, ITEM, "[\n    \"new\"\n]");
}

static void test_a_member_with_its_lines(void)
{
    assert_inserted("{\n  \"b\": 2\n}", 1, LINES,
                    "{\n  \"b\": 2,\n  \"new\": {\n    \"a\": 1\n  }\n}");
    assert_inserted("{\n\t\"b\": 2,\n}", 1, LINES,
                    "{\n\t\"b\": 2,\n\t\"new\": {\n\t\t\"a\": 1\n\t},\n}");
    assert_inserted("{\"b\": 2}", 1, "\"new\": {}", "{\"b\": 2, \"new\": {}}");
}

static void test_a_difference_is_seen(void)
{
    static const struct {
        const char *before;
        const char *after;
        bool is_same;
    } cases[] = {
        {"[1, 2]", "[1, \"new\", 2] // c", true},
        {"{\"a\": 1}", "{\"a\": 1, \"new\": {\"b\": 2}, \"l\": [\"new\"]}", true},
        {"{\"l\": []}", "{\"l\": [\"new\"]}", true},
        {"{\"a\": 1.0}", "{\"a\": 1}", false},
        {"[1, 2]", "[2, 1]", false},
        {"{\"a\": 1, \"b\": 2}", "{\"a\": 1}", false},
        {"{\"a\": true}", "{\"a\": false}", false},
        {"[\"x\"]", "[\"x\", \"y\"]", false},
        {"{\"a\": {}}", "{\"a\": []}", false},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autoptr(GError) error = NULL;

        g_assert_cmpint(jsonc_differs_only_by(cases[i].before, cases[i].after, NAME, &error), ==,
                        cases[i].is_same);
        g_assert_true(cases[i].is_same == (error == NULL));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/jsonc/what-people-write-is-read", test_what_people_write_is_read);
    g_test_add_func("/jsonc/strings", test_strings);
    g_test_add_func("/jsonc/places-are-offsets-of-the-text", test_places_are_offsets_of_the_text);
    g_test_add_func("/jsonc/hostile-texts-are-refused", test_hostile_texts_are_refused);
    g_test_add_func("/jsonc/an-element-within-a-line", test_an_element_within_a_line);
    g_test_add_func("/jsonc/an-element-on-a-line", test_an_element_on_a_line);
    g_test_add_func("/jsonc/a-member-with-its-lines", test_a_member_with_its_lines);
    g_test_add_func("/jsonc/a-difference-is-seen", test_a_difference_is_seen);
    return g_test_run();
}
