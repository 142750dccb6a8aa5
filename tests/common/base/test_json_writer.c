#include "common/base/json_writer.h"

#include <math.h>
#include <string.h>

static void assert_finishes(struct json_writer *writer, const char *expected)
{
    g_autofree char *text = json_writer_finish(writer);

    g_assert_cmpstr(text, ==, expected);
}

static void test_writes_every_type(void)
{
    struct json_writer *writer = json_writer_new(FALSE);

    json_open_object(writer, NULL);
    json_put_string(writer, "s", "a\"\\\n\x01é");
    json_put_number(writer, "d", 10.449);
    json_put_integer(writer, "i", -5);
    json_put_boolean(writer, "t", TRUE);
    json_put_null(writer, "n");
    json_put_time(writer, "w", 1767698328);
    json_open_array(writer, "a");
    json_put_string(writer, NULL, "x");
    json_open_object(writer, NULL);
    json_close_object(writer);
    json_close_array(writer);
    json_close_object(writer);
    assert_finishes(writer, "{\"s\":\"a\\\"\\\\\\n\\u0001é\",\"d\":10.449,\"i\":-5,\"t\":true,"
                            "\"n\":null,\"w\":\"2026-01-06T11:18:48Z\",\"a\":[\"x\",{}]}");
}

static void test_leaves_out_what_is_not_known(void)
{
    struct json_writer *writer = json_writer_new(FALSE);

    json_open_object(writer, NULL);
    json_put_string(writer, "s", NULL);
    json_put_number(writer, "nan", NAN);
    json_put_number(writer, "infinity", INFINITY);
    json_put_time(writer, "w", 0);
    json_put_number(writer, "zero", 0);
    json_close_object(writer);
    assert_finishes(writer, "{\"zero\":0}");
}

static void test_numbers_are_exact_and_short(void)
{
    struct json_writer *writer = json_writer_new(FALSE);

    json_open_array(writer, NULL);
    json_put_number(writer, NULL, 0.1 + 0.2);
    json_put_number(writer, NULL, 123456789012.0);
    json_put_number(writer, NULL, 987654321.25);
    json_put_number(writer, NULL, 69.5);
    json_put_number(writer, NULL, 1e12);
    json_close_array(writer);
    assert_finishes(writer, "[0.3,123456789012,987654321.25,69.5,1000000000000]");
}

static void test_what_is_not_utf8_becomes_so(void)
{
    struct json_writer *writer = json_writer_new(FALSE);

    json_open_object(writer, NULL);
    json_put_string(writer, "k\xff", "a\xc3");
    json_close_object(writer);
    assert_finishes(writer, "{\"k\xef\xbf\xbd\":\"a\xef\xbf\xbd\"}");
}

static void test_pretty_has_lines(void)
{
    struct json_writer *writer = json_writer_new(TRUE);

    json_open_object(writer, NULL);
    json_put_integer(writer, "a", 1);
    json_close_object(writer);
    assert_finishes(writer, "{\n  \"a\": 1\n}\n");
}

static void test_a_tree_is_written_as_it_was_read(void)
{
    const char *text = "{\"a\":[1.10,1e2,{\"b\":null}],\"c\":false,\"d\":\"é\"}";
    autoptr(json) json = json_parse(text, strlen(text), JSON_STRICT, NULL);
    struct json_writer *writer = json_writer_new(FALSE);

    json_put_tree(writer, NULL, json);
    assert_finishes(writer, text);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/json-writer/writes-every-type", test_writes_every_type);
    g_test_add_func("/json-writer/leaves-out-what-is-not-known", test_leaves_out_what_is_not_known);
    g_test_add_func("/json-writer/numbers-are-exact-and-short", test_numbers_are_exact_and_short);
    g_test_add_func("/json-writer/what-is-not-utf8-becomes-so", test_what_is_not_utf8_becomes_so);
    g_test_add_func("/json-writer/pretty-has-lines", test_pretty_has_lines);
    g_test_add_func("/json-writer/a-tree-is-written-as-it-was-read",
                    test_a_tree_is_written_as_it_was_read);
    return g_test_run();
}
