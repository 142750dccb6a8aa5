#include "common/base/error.h"
#include "common/base/json.h"
#include "tests/common/fixtures.h"

#include <string.h>

static struct json *parse_text(const char *text, enum json_flags flags)
{
    g_autoptr(GError) error = NULL;
    struct json *json = json_parse(text, strlen(text), flags, &error);

    g_assert_no_error(error);
    return json;
}

static void assert_refused(const char *text, gsize length, const char *message)
{
    g_autoptr(GError) error = NULL;
    autoptr(json) json = json_parse(text, length, JSON_STRICT, &error);

    g_assert_error(error, USAGE_ERROR, USAGE_ERROR_PAYLOAD);
    g_assert_null(json);
    assert_contains(error->message, message);
}

static void test_reads_every_type(void)
{
    autoptr(json) json =
        parse_text("{\"n\":null,\"t\":true,\"d\":-1.5e2,\"s\":\"\\u00e9\\ud83d\\ude00\",\"e\":\"\","
                   "\"a\":[1,[]]}",
                   JSON_STRICT);
    gboolean truth = FALSE;
    double number = 0;

    g_assert_cmpint(json_type(json), ==, JSON_OBJECT);
    g_assert_cmpint(json_type(json_get(json, "n")), ==, JSON_NULL);
    g_assert_nonnull(json_get(json, "n"));
    g_assert_true(json_boolean(json_get(json, "t"), &truth));
    g_assert_true(json_is_true(json_get(json, "t")));
    g_assert_true(truth);
    g_assert_true(json_number(json_get(json, "d"), &number));
    g_assert_cmpfloat(number, ==, -150);
    g_assert_cmpstr(json_number_text(json_get(json, "d")), ==, "-1.5e2");
    g_assert_cmpstr(json_string(json_get(json, "s")), ==, "é😀");
    g_assert_cmpstr(json_string(json_get(json, "e")), ==, "");
    g_assert_cmpuint(json_length(json_get(json, "a")), ==, 2);
    g_assert_cmpint(json_type(json_at(json_get(json, "a"), 1)), ==, JSON_ARRAY);
    g_assert_cmpstr(json_key_at(json, 2), ==, "d");
}

static void test_a_wrong_type_gives_nothing(void)
{
    autoptr(json) json = parse_text("[\"1\",1,{\"a\":1}]", JSON_STRICT);
    gboolean truth = TRUE;
    double number = 7;

    g_assert_null(json_get(json, "a"));
    g_assert_null(json_string(json_at(json, 1)));
    g_assert_null(json_number_text(json_at(json, 0)));
    g_assert_false(json_number(json_at(json, 0), &number));
    g_assert_false(json_boolean(json_at(json, 1), &truth));
    g_assert_cmpfloat(number, ==, 7);
    g_assert_true(truth);
    g_assert_null(json_at(json, 3));
    g_assert_null(json_key_at(json, 0));
    g_assert_cmpuint(json_length(json_at(json, 1)), ==, 0);
}

static void test_what_is_not_there_gives_nothing(void)
{
    double number = 0;
    gboolean truth = FALSE;

    g_assert_cmpint(json_type(NULL), ==, JSON_NULL);
    g_assert_null(json_get(json_get(NULL, "a"), "b"));
    g_assert_null(json_at(NULL, 0));
    g_assert_null(json_key_at(NULL, 0));
    g_assert_null(json_string(NULL));
    g_assert_cmpuint(json_length(NULL), ==, 0);
    g_assert_cmpuint(json_line(NULL), ==, 0);
    g_assert_false(json_number(NULL, &number));
    g_assert_false(json_boolean(NULL, &truth));
    g_assert_false(json_is_true(NULL));
}

static void test_the_last_of_equal_keys_counts(void)
{
    autoptr(json) json = parse_text("{\"a\":\"first\",\"b\":1,\"a\":\"last\"}", JSON_STRICT);

    g_assert_cmpstr(json_string(json_get(json, "a")), ==, "last");
    g_assert_cmpuint(json_length(json), ==, 3);
}

static void test_knows_the_line_of_each_value(void)
{
    autoptr(json) json = parse_text("{\n\"a\": 1,\n\n\"b\": [\n\"x\"]}", JSON_STRICT);

    g_assert_cmpuint(json_line(json), ==, 1);
    g_assert_cmpuint(json_line(json_get(json, "a")), ==, 2);
    g_assert_cmpuint(json_line(json_get(json, "b")), ==, 4);
    g_assert_cmpuint(json_line(json_at(json_get(json, "b"), 0)), ==, 5);
}

static void assert_place(const char *text, const struct json *json, const char *value,
                         const char *member)
{
    struct json_place place = json_place(json);
    g_autofree char *found = g_strndup(text + place.begin, place.end - place.begin);
    g_autofree char *whole = g_strndup(text + place.first, place.end - place.first);

    g_assert_cmpstr(found, ==, value);
    g_assert_cmpstr(whole, ==, member);
}

static void test_knows_the_place_of_each_value(void)
{
    const char *text =
        " {\"a\" : [1 ,\n2.5e1, \"x\\u00e9\\\"\" , true ],\"b\":null, \"c\\n\" :\t{ } } ";
    autoptr(json) json = parse_text(text, JSON_STRICT);
    const struct json *array = json_get(json, "a");

    g_assert_cmpuint(json_place(json).begin, ==, 1);
    g_assert_cmpuint(json_place(json).end, ==, strlen(text) - 1);
    assert_place(text, array, "[1 ,\n2.5e1, \"x\\u00e9\\\"\" , true ]",
                 "\"a\" : [1 ,\n2.5e1, \"x\\u00e9\\\"\" , true ]");
    assert_place(text, json_at(array, 0), "1", "1");
    assert_place(text, json_at(array, 1), "2.5e1", "2.5e1");
    assert_place(text, json_at(array, 2), "\"x\\u00e9\\\"\"", "\"x\\u00e9\\\"\"");
    assert_place(text, json_at(array, 3), "true", "true");
    assert_place(text, json_get(json, "b"), "null", "\"b\":null");
    assert_place(text, json_get(json, "c\n"), "{ }", "\"c\\n\" :\t{ }");
    g_assert_cmpuint(json_place(NULL).end, ==, 0);
}

static void test_knows_the_place_of_a_lone_value(void)
{
    static const char *const values[] = {"12", "-1.5e2", "\"12\"", "true", "null", "[]", "{}"};

    for (gsize i = 0; i < G_N_ELEMENTS(values); i++) {
        g_autofree char *spaced = g_strconcat("\n ", values[i], " \n", NULL);
        g_autofree char *at_end = g_strconcat("\n ", values[i], NULL);
        autoptr(json) first = parse_text(values[i], JSON_STRICT);
        autoptr(json) second = parse_text(spaced, JSON_STRICT);
        autoptr(json) third = parse_text(at_end, JSON_STRICT);

        assert_place(values[i], first, values[i], values[i]);
        assert_place(spaced, second, values[i], values[i]);
        assert_place(at_end, third, values[i], values[i]);
        g_assert_cmpuint(json_line(first), ==, 1);
        g_assert_cmpuint(json_line(second), ==, 2);
        g_assert_cmpuint(json_line(third), ==, 2);
    }
}

static void test_comments_are_between_places(void)
{
    const char *text = "// {\n{/*\n,*/\"a\"//:\n:/* [ */[/*1*/2//3\n,\"//\"/**/]/***/}//";
    autoptr(json) json = parse_text(text, JSON_COMMENTS);
    const struct json *array = json_get(json, "a");

    assert_place(text, array, "[/*1*/2//3\n,\"//\"/**/]",
                 "\"a\"//:\n:/* [ */[/*1*/2//3\n,\"//\"/**/]");
    assert_place(text, json_at(array, 0), "2", "2");
    assert_place(text, json_at(array, 1), "\"//\"", "\"//\"");
    g_assert_cmpuint(json_line(json), ==, 2);
    g_assert_cmpuint(json_line(json_at(array, 0)), ==, 4);
    g_assert_cmpuint(json_line(json_at(array, 1)), ==, 5);
}

static void test_a_number_out_of_range_is_ignored(void)
{
    autoptr(json) json = parse_text("[1e308,1e999,-1e999,1e-999]", JSON_STRICT);
    double number = 0;

    g_assert_true(json_number(json_at(json, 0), &number));
    g_assert_cmpfloat(number, ==, 1e308);
    g_assert_false(json_number(json_at(json, 1), &number));
    g_assert_false(json_number(json_at(json, 2), &number));
    g_assert_true(json_number(json_at(json, 3), &number));
    g_assert_cmpfloat(number, ==, 0);
}

static void test_refuses_what_is_not_json(void)
{
    static const char *const texts[] = {
        "",       " ",        "{",         "{\"a\"}",   "[1,]",   "{\"a\":1,}", "nul",
        "NaN",    "Infinity", "-",         "01",        "{} x",   "[1] [2]",    "{'a':1}",
        "\"a",    "\"\t\"",   "\"\033\"",  "[\"\\x\"]", "<html>", "// a\n1",    "/* a */ 1",
        "\"\n\"", "[1 2]",    "{\"a\" 1}", "{1:2}",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        assert_refused(texts[i], strlen(texts[i]), "line ");
}

static void test_names_the_line_of_a_mistake(void)
{
    const char *text = "{\n  \"a\": 1,\n  oops\n}";

    assert_refused(text, strlen(text), "line 3: ");
    assert_refused("{\n\"a\":\n\n", 8, "line 2: ");
}

static void test_gives_the_line_of_a_mistake_by_itself(void)
{
    const char *text = "{\n  \"a\": 1,\n  oops\n}";
    g_autoptr(GError) error = NULL;
    unsigned line = 0;

    g_assert_null(json_parse_with_line(text, strlen(text), JSON_STRICT, &line, &error));
    g_assert_cmpuint(line, ==, 3);
    g_assert_null(strstr(error->message, "line"));
}

static void test_refuses_what_is_not_utf8(void)
{
    static const char *const texts[] = {
        "\"\xff\"",
        "\"\xc3\"",
        "\"\xc0\xaf\"",
        "\"\xed\xb0\x80\"",
        "\"\xf5\x80\x80\x80\"",
        "\"\\udc00\"",
        "{\"\xc0\xaf\":1}",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(texts); i++)
        assert_refused(texts[i], strlen(texts[i]), "line 1: ");
}

static void test_refuses_a_nul(void)
{
    const char raw[] = "\"a\0b\"";

    assert_refused("\"a\\u0000b\"", 10, "NUL");
    assert_refused("{\"a\\u0000b\":1}", 14, "NUL");
    assert_refused(raw, sizeof raw - 1, "line 1: ");
}

static char *make_nested(guint depth)
{
    g_autofree char *open = g_strnfill(depth, '[');
    g_autofree char *close = g_strnfill(depth, ']');

    return g_strconcat(open, close, NULL);
}

static void test_refuses_deep_nesting(void)
{
    g_autofree char *deepest = make_nested(JSON_MAX_DEPTH);
    g_autofree char *deeper = make_nested(JSON_MAX_DEPTH + 1);
    g_autofree char *endless = g_strnfill(1024 * 1024, '[');
    autoptr(json) json = parse_text(deepest, JSON_STRICT);

    g_assert_cmpuint(json_length(json), ==, 1);
    assert_refused(deeper, strlen(deeper), "nested too deeply");
    assert_refused(endless, strlen(endless), "nested too deeply");
}

static void test_comments_only_where_allowed(void)
{
    autoptr(json) json = parse_text("// mine\n{/* a */\"a\":1}", JSON_COMMENTS);

    g_assert_nonnull(json_get(json, "a"));
    g_assert_cmpuint(json_line(json_get(json, "a")), ==, 2);
}

static void test_an_error_does_not_quote_the_text(void)
{
    const char *text = "{\"apiKey\":\"sk-kimi-0123456789\" oops}";
    g_autoptr(GError) error = NULL;

    g_assert_null(json_parse(text, strlen(text), JSON_STRICT, &error));
    g_assert_null(strstr(error->message, "sk-kimi"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/json/reads-every-type", test_reads_every_type);
    g_test_add_func("/json/a-wrong-type-gives-nothing", test_a_wrong_type_gives_nothing);
    g_test_add_func("/json/what-is-not-there-gives-nothing", test_what_is_not_there_gives_nothing);
    g_test_add_func("/json/the-last-of-equal-keys-counts", test_the_last_of_equal_keys_counts);
    g_test_add_func("/json/knows-the-line-of-each-value", test_knows_the_line_of_each_value);
    g_test_add_func("/json/knows-the-place-of-each-value", test_knows_the_place_of_each_value);
    g_test_add_func("/json/knows-the-place-of-a-lone-value", test_knows_the_place_of_a_lone_value);
    g_test_add_func("/json/comments-are-between-places", test_comments_are_between_places);
    g_test_add_func("/json/a-number-out-of-range-is-ignored",
                    test_a_number_out_of_range_is_ignored);
    g_test_add_func("/json/refuses-what-is-not-json", test_refuses_what_is_not_json);
    g_test_add_func("/json/names-the-line-of-a-mistake", test_names_the_line_of_a_mistake);
    g_test_add_func("/json/gives-the-line-of-a-mistake-by-itself",
                    test_gives_the_line_of_a_mistake_by_itself);
    g_test_add_func("/json/refuses-what-is-not-utf8", test_refuses_what_is_not_utf8);
    g_test_add_func("/json/refuses-a-nul", test_refuses_a_nul);
    g_test_add_func("/json/refuses-deep-nesting", test_refuses_deep_nesting);
    g_test_add_func("/json/comments-only-where-allowed", test_comments_only_where_allowed);
    g_test_add_func("/json/an-error-does-not-quote-the-text",
                    test_an_error_does_not_quote_the_text);
    return g_test_run();
}
