#include "common/config/config.h"
#include "common/config/enabled.h"
#include "tests/common/fixtures.h"

static gboolean is_enabled(const struct sandbox *sandbox, const char *provider)
{
    autoptr(config) config = config_load(sandbox->paths, "kimi");
    const struct provider_settings *settings = config_provider(config, provider);

    return settings && settings->enabled;
}

static void test_is_remembered(struct sandbox *sandbox)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(is_enabled(sandbox, "kimi"));
    g_assert_false(is_enabled(sandbox, "demo"));
    g_assert_true(enabled_store(sandbox->paths, "demo", true, &error));
    g_assert_true(enabled_store(sandbox->paths, "kimi", false, &error));
    g_assert_no_error(error);
    g_assert_false(is_enabled(sandbox, "kimi"));
    g_assert_true(is_enabled(sandbox, "demo"));
    g_assert_true(enabled_store(sandbox->paths, "kimi", true, &error));
    g_assert_true(is_enabled(sandbox, "kimi"));
}

static void test_the_configuration_counts_more(struct sandbox *sandbox)
{
    sandbox_write(sandbox, "config/config.json",
                  "{\"providers\":[{\"id\":\"kimi\",\"enabled\":true},{\"id\":\"demo\"}]}");
    g_assert_true(enabled_store(sandbox->paths, "kimi", false, NULL));
    g_assert_true(enabled_store(sandbox->paths, "demo", false, NULL));
    g_assert_true(is_enabled(sandbox, "kimi"));
    g_assert_false(is_enabled(sandbox, "demo"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    sandbox_add_test("/enabled/is-remembered", test_is_remembered);
    sandbox_add_test("/enabled/the-configuration-counts-more", test_the_configuration_counts_more);
    return g_test_run();
}
