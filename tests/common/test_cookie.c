#include "common/cookie.h"

#define TOKEN "eyJhbGciOi.abc-_~+/=%3D"

static void assert_finds(const char *text, const char *expected)
{
    const char *value = NULL;
    gsize length = cookie_find(text, "kimi-auth", &value);
    g_autofree char *found = length > 0 ? g_strndup(value, length) : NULL;

    g_assert_cmpstr(found, ==, expected);
}

static void test_is_found_in_what_people_paste(void)
{
    assert_finds("kimi-auth=" TOKEN, TOKEN);
    assert_finds("Cookie: a=b; kimi-auth=" TOKEN "; c=d\r\n", TOKEN);
    assert_finds("curl 'https://x' -H 'cookie:kimi-auth=" TOKEN "' -H 'x: y'", TOKEN);
    assert_finds("curl -b \"kimi-auth=" TOKEN "\"", TOKEN);
    assert_finds("curl -b $'kimi-auth=" TOKEN "'", TOKEN);
    assert_finds("kimi-auth=\"" TOKEN "\"", TOKEN);
}

static void test_another_cookie_is_none(void)
{
    assert_finds("", NULL);
    assert_finds("kimi-auth", NULL);
    assert_finds("kimi-auth " TOKEN, NULL);
    assert_finds("not-kimi-auth=" TOKEN, NULL);
    assert_finds("kimi-auth-2=" TOKEN, NULL);
    assert_finds("kimi-auth=short", NULL);
}

static void test_the_first_that_holds_anything_counts(void)
{
    assert_finds("kimi-auth=; x-kimi-auth=0123456789abcdefg; kimi-auth=" TOKEN, TOKEN);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/cookie/is-found-in-what-people-paste", test_is_found_in_what_people_paste);
    g_test_add_func("/cookie/another-cookie-is-none", test_another_cookie_is_none);
    g_test_add_func("/cookie/the-first-that-holds-anything-counts",
                    test_the_first_that_holds_anything_counts);
    return g_test_run();
}
