/* Where a key is sent, and where it is not. */
#include "common/base/error.h"
#include "plugins/kimi/credential/endpoint.h"

#include <string.h>

static void assert_url(const struct endpoint *endpoint, const char *expected)
{
    g_autofree char *url = endpoint_url(endpoint, "usages");

    g_assert_cmpstr(url, ==, expected);
}

static void test_sites(void)
{
    autoptr(endpoint) com = endpoint_new(site_for_region("cn"), NULL, "nothing", NULL);
    autoptr(endpoint) ai = endpoint_new(site_for_region("global"), NULL, "nothing", NULL);

    assert_url(com, "https://api.kimi.com/coding/v1/usages");
    g_assert_cmpstr(com->host, ==, "api.kimi.com");
    g_assert_false(com->is_chosen);
    assert_url(ai, "https://api.kimi.ai/coding/v1/usages");
    g_assert_cmpstr(ai->host, ==, "api.kimi.ai");
    g_assert_cmpstr(site_regions[0], ==, "cn");
    g_assert_null(site_for_region("mars"));
    g_assert_null(site_for_audience("kimi.com.evil.example"));
    g_assert_null(site_for_api_host(NULL));
    g_assert_true(site_for_place(".kimi.ai") == site_for_region("global"));
    g_assert_true(site_for_place("https://www.kimi.com") == site_for_region("cn"));
    g_assert_null(site_for_place("https://www.kimi.com.evil.example"));
}

/* The host in an address from another program's file. */
static void test_hosts(void)
{
    static const struct {
        const char *address, *host;
    } addresses[] = {
        {"https://api.kimi.ai/coding/v1", "api.kimi.ai"},
        {"https://API.kimi.ai:443/x", "api.kimi.ai"},
        {"https://api.kimi.ai.evil.example/coding/v1", "api.kimi.ai.evil.example"},
        {"https://api.kimi.ai:8443/coding/v1", NULL},
        {"https://api.kimi.ai@evil.example", NULL},
        {"https://user@api.kimi.ai", NULL},
        {"http://api.kimi.ai/coding/v1", NULL},
        {"api.kimi.ai", NULL},
        {"https://api.kimi.ai/?x", NULL},
        {"", NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(addresses); i++) {
        g_autofree char *host = endpoint_parse_host(addresses[i].address);
        g_assert_cmpstr(host, ==, addresses[i].host);
    }
}

static void test_bases(void)
{
    static const struct {
        const char *base, *url, *host;
    } bases[] = {
        {"https://p.example.com", "https://p.example.com/coding/v1/usages", "p.example.com"},
        {"https://p.example.com/", "https://p.example.com/coding/v1/usages", "p.example.com"},
        {"https://p.example.com///", "https://p.example.com/coding/v1/usages", "p.example.com"},
        {"https://p.example.com/coding", "https://p.example.com/coding/v1/usages", "p.example.com"},
        {"https://p.example.com/coding/", "https://p.example.com/coding/v1/usages",
         "p.example.com"},
        {"https://p.example.com/coding/v1", "https://p.example.com/coding/v1/usages",
         "p.example.com"},
        {"https://p.example.com/coding/v1//", "https://p.example.com/coding/v1/usages",
         "p.example.com"},
        {"https://p.example.com/kimi/coding/v1", "https://p.example.com/kimi/coding/v1/usages",
         "p.example.com"},
        {"https://p.example.com/kimi", "https://p.example.com/kimi/coding/v1/usages",
         "p.example.com"},
        {"https://p.example.com/xcoding", "https://p.example.com/xcoding/coding/v1/usages",
         "p.example.com"},
        {"https://p.example.com/v1", "https://p.example.com/v1/coding/v1/usages", "p.example.com"},
        {"https://p.example.com:8443/coding", "https://p.example.com:8443/coding/v1/usages",
         "p.example.com"},
        {"HTTPS://p.example.com", "https://p.example.com/coding/v1/usages", "p.example.com"},
        {"  https://p.example.com\n", "https://p.example.com/coding/v1/usages", "p.example.com"},
        {"p.example.com/coding", "https://p.example.com/coding/v1/usages", "p.example.com"},
        {"https://[::1]:8443", "https://[::1]:8443/coding/v1/usages", "[::1]"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(bases); i++) {
        g_autoptr(GError) error = NULL;
        autoptr(endpoint) endpoint =
            endpoint_new(sites, bases[i].base, "KIMI_CODE_BASE_URL", &error);

        g_assert_no_error(error);
        assert_url(endpoint, bases[i].url);
        g_assert_cmpstr(endpoint->host, ==, bases[i].host);
    }
}

static void test_refusals(void)
{
    static const struct {
        const char *base, *fault;
    } refusals[] = {
        {"http://p.example.com", "must begin with https://"},
        {"http://api.kimi.com/coding/v1", "must begin with https://"},
        {"ftp://p.example.com", "must begin with https://"},
        {"file:///etc/passwd", "must begin with https://"},
        {"gopher://p.example.com", "must begin with https://"},
        {"kimi://p.example.com", "must begin with https://"},
        {"https://user@p.example.com", "no user name"},
        {"https://user:secret@p.example.com", "no user name"},
        {"https://:secret@p.example.com", "no user name"},
        {"https://api.kimi.com@p.example.com", "no user name"},
        {"user:secret@p.example.com", "no user name"},
        {"https://p.example.com/?a=secret", "no query"},
        {"https://p.example.com/coding?", "no query"},
        {"https://p.example.com/#there", "no fragment"},
        {"https://p.example.com#", "no fragment"},
        {"https://", "not a valid address"},
        {"https:///coding", "names no host"},
        {"https://p.example.com:99999", "not a valid address"},
        {"https://p.example.com\\@api.kimi.com", "not a valid address"},
        {"https://p.example.com/a b", "not a valid address"},
        {"https://p.example.com/\r\nX-Header: 1", "not a valid address"},
        {"https://p.example.com/\xff", "not a valid address"},
        {"https://p.example.com/\xe2", "not a valid address"},
        {"", "not a valid address"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(refusals); i++) {
        g_autoptr(GError) error = NULL;

        g_test_message("%s", refusals[i].base);
        g_assert_null(endpoint_new(sites, refusals[i].base, "KIMI_CODE_BASE_URL", &error));
        g_assert_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG);
        g_assert_true(g_str_has_prefix(error->message, "KIMI_CODE_BASE_URL is \""));
        g_assert_nonnull(strstr(error->message, refusals[i].fault));
        g_assert_null(strstr(error->message, "secret"));
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/kimi/endpoint/sites", test_sites);
    g_test_add_func("/kimi/endpoint/hosts", test_hosts);
    g_test_add_func("/kimi/endpoint/bases", test_bases);
    g_test_add_func("/kimi/endpoint/refusals", test_refusals);
    return g_test_run();
}
