#include "common/config/pasted.h"

#define JWT   "eyJhbGciOi.eyJzdWIi.c2ln-_x"
#define OTHER "eyJvdGhlciI.eyJzdWIi.b3RoZXI"
#define VALUE "0123456789abc-_~+/=%3D" /* of a cookie that is no JWT */

static const struct pasted_names names = {.cookie = "kimi-auth", .item = "access_token"};

static void assert_finds(const char *text, const char *expected)
{
    const char *value = NULL;
    gsize length = pasted_find(text, &names, &value);
    g_autofree char *found = length > 0 ? g_strndup(value, length) : NULL;

    g_assert_cmpstr(found, ==, expected);
}

static void test_bare_token(void)
{
    assert_finds(JWT, JWT);
    assert_finds(" \n\"" JWT "\"\n", JWT);
    assert_finds("'" JWT "'", JWT);
    assert_finds(JWT ".more", NULL);
    assert_finds("see " JWT, NULL);
    assert_finds("eyJ.only", NULL);
}

static void test_cookie_in_a_header(void)
{
    assert_finds("kimi-auth=" JWT, JWT);
    assert_finds("kimi-auth=\"" JWT "\"", JWT);
    assert_finds("Cookie: a=" OTHER "; kimi-auth=" JWT "; c=d\r\n", JWT);
    assert_finds("curl 'https://x' -H 'cookie:kimi-auth=" JWT "' -H 'x: y'", JWT);
    assert_finds("curl -b \"kimi-auth=" JWT "\"", JWT);
    assert_finds("curl -b $'kimi-auth=" JWT "'", JWT);
    assert_finds("kimi-auth=" VALUE, VALUE);
    assert_finds("a=b; kimi-auth=" VALUE "; c=d", VALUE);
}

static void test_access_token(void)
{
    assert_finds("access_token=" JWT, JWT);
    assert_finds("access_token: " JWT, JWT);
    assert_finds("{\"refresh_token\":\"" OTHER "\",\"access_token\":\"" JWT "\"}", JWT);
    assert_finds("{ \"data\" : { \"access_token\" : \"" JWT "\" } }", JWT);
    assert_finds("\"{\\\"access_token\\\":\\\"" JWT "\\\"}\"", JWT);
    assert_finds("refresh_token\t" OTHER "\naccess_token\t" JWT "\n", JWT);
}

static void test_authorization_header(void)
{
    assert_finds("Authorization: Bearer " JWT, JWT);
    assert_finds("authorization: bearer " JWT "\r\n", JWT);
    assert_finds("curl https://x -H 'authorization: Bearer " JWT "' -d '{}'", JWT);
}

static void test_tables_and_exports(void)
{
    assert_finds("kimi-auth\t" JWT "\twww.kimi.com\t/\t2026-12-01T00:00:00.000Z\t512", JWT);
    assert_finds("# Netscape HTTP Cookie File\n"
                 ".kimi.com\tTRUE\t/\tTRUE\t1\ttheme\t" OTHER "\n"
                 ".kimi.com\tTRUE\t/\tTRUE\t1796000000\tkimi-auth\t" JWT "\n",
                 JWT);
    assert_finds("[{\"name\":\"theme\",\"value\":\"" OTHER "\"},"
                 "{\"domain\":\"www.kimi.com\",\"name\":\"kimi-auth\",\"path\":\"/\","
                 "\"value\":\"" JWT "\"}]",
                 JWT);
    assert_finds("[{\"value\": \"" JWT "\", \"name\": \"kimi-auth\"},"
                 "{\"value\": \"" OTHER "\", \"name\": \"theme\"}]",
                 JWT);
}

/* In an extension's export, a cookie may contain other objects. */
static void test_objects_in_an_object(void)
{
    assert_finds(
        "[{\"name\":\"kimi-auth\",\"partitionKey\":{\"topLevelSite\":\"https://kimi.com\"},"
        "\"value\":\"" JWT "\"}]",
        JWT);
    assert_finds("[{\"value\":\"" JWT "\",\"partitionKey\":{\"a\":{}},\"name\":\"kimi-auth\"}]",
                 JWT);
    assert_finds("{\"cookies\":[{\"name\":\"a\",\"value\":\"" OTHER "\"},"
                 "{\"name\":\"kimi-auth\",\"value\":\"" JWT "\"}]}",
                 JWT);
    assert_finds("{\"name\":\"kimi-auth\",\"cookies\":[{\"value\":\"" OTHER "\"}]}", NULL);
    assert_finds("{\"value\":\"" OTHER "\",\"cookies\":[{\"name\":\"kimi-auth\"}]}", NULL);
    assert_finds("{\"name\":\"kimi-auth\"},{\"value\":\"" OTHER "\"}", NULL);
    assert_finds("\"kimi-auth\" \"value\":\"" OTHER "\"", NULL);
    assert_finds("[{\"key\":\"refresh_token\",\"value\":\"" OTHER "\"},"
                 "{\"key\":\"access_token\",\"value\":\"" JWT "\"}]",
                 JWT);
}

static char *repeat_part(const char *part, gsize count)
{
    GString *text = g_string_new(NULL);

    while (count-- > 0)
        g_string_append(text, part);
    return g_string_free(text, FALSE);
}

/* Each of these must be read in linear time. */
static void test_huge(void)
{
    static const char *const parts[] = {"\"kimi-auth\"",  "kimi-auth= ", "\"value\"eyJ",
                                        "{\"kimi-auth\"", "bearer eyJ",  "eyJ.eyJ.",
                                        "\"\\\t"};

    for (gsize i = 0; i < G_N_ELEMENTS(parts); i++) {
        g_autofree char *text = repeat_part(parts[i], 1024 * 1024 / strlen(parts[i]));
        const char *value = NULL;
        g_assert_cmpuint(pasted_find(text, &names, &value), ==, 0);
    }
}

static void test_what_is_another_s_is_not_taken(void)
{
    assert_finds("a|kimi-auth=" OTHER "; x!kimi-auth=" OTHER "; y=kimi-auth=" OTHER, NULL);
    assert_finds("kimi-auth|a=" OTHER "; kimi-auth!=" OTHER, NULL);
    assert_finds("{\"access_token\":\"\",\"refresh_token\":\"" OTHER "\"}", NULL);
    assert_finds("{\"access_token\":null,\"refresh_token\":\"" OTHER "\"}", NULL);
    assert_finds("access_token=; refresh_token=" OTHER, NULL);
    assert_finds("refresh_token\t" OTHER "\n", NULL);
    assert_finds("", NULL);
    assert_finds("kimi-auth", NULL);
    assert_finds("kimi-auth= ", NULL);
    assert_finds("kimi-auth=short", NULL);
    assert_finds("not-kimi-auth=" VALUE, NULL);
    assert_finds("kimi-auth-2=" VALUE, NULL);
    assert_finds("kimi-auth " VALUE, NULL);
    assert_finds("refresh_token=" OTHER, NULL);
    assert_finds("{\"refresh_token\":\"" OTHER "\"}", NULL);
    assert_finds("my_access_token=" OTHER, NULL);
    assert_finds("{\"access_token_old\":\"" OTHER "\"}", NULL);
    assert_finds("Cookie: session=" OTHER "; theme=dark", NULL);
    assert_finds("[{\"name\":\"kimi-auth\",\"value\":\"\"},{\"value\":\"" OTHER "\"}]", NULL);
}

static void test_the_first_that_holds_anything_counts(void)
{
    assert_finds("kimi-auth=; x-kimi-auth=0123456789abcdefg; kimi-auth=" JWT, JWT);
    assert_finds("kimi-auth=" JWT "; access_token=" OTHER, JWT);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/pasted/bare-token", test_bare_token);
    g_test_add_func("/pasted/cookie-in-a-header", test_cookie_in_a_header);
    g_test_add_func("/pasted/access-token", test_access_token);
    g_test_add_func("/pasted/authorization-header", test_authorization_header);
    g_test_add_func("/pasted/tables-and-exports", test_tables_and_exports);
    g_test_add_func("/pasted/objects-in-an-object", test_objects_in_an_object);
    g_test_add_func("/pasted/huge", test_huge);
    g_test_add_func("/pasted/what-is-another-s-is-not-taken", test_what_is_another_s_is_not_taken);
    g_test_add_func("/pasted/the-first-that-holds-anything-counts",
                    test_the_first_that_holds_anything_counts);
    return g_test_run();
}
