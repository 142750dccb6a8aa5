/* How often a service is asked in an hour by two bars that draw every 60 seconds, under each
 * failure: the table is printed with --verbose. The hour is simulated; the provider is a process.
 */
#include "tests/common/fixtures.h"

#include "common/usage/refresh_process.h"

#define HOUR     3600
#define DRAWN    30 /* seconds between two drawings: two bars, each every 60 */
#define PROVIDER "kimi"

struct hour {
    const char *name;
    const char *answer; /* printed by the provider, with its exit status */
    guint min, max;     /* requests in the hour */
};

#define ERROR(kind, more)                                                                          \
    "echo '{\"schema\":1,\"provider\":\"kimi\",\"error\":{\"kind\":\"" kind                        \
    "\",\"message\":\"no\"" more "}}'; exit 1"

static const struct hour hours[] = {
    {"it-works",
     "echo '{\"schema\":1,\"provider\":\"kimi\",\"windows\":[{\"id\":\"weekly\","
     "\"usedPercent\":1}]}'",
     10, 12},
    {"key-revoked", ERROR("auth", ""), 4, 4},
    {"wrong-setting", ERROR("config", ""), 4, 4},
    {"no-plan", ERROR("plan", ""), 4, 4},
    {"expired", ERROR("auth", ",\"expiredAt\":\"2026-01-06T11:00:00Z\""), 4, 4},
    {"offline", ERROR("network", ""), 7, 9},
    {"rate-limited", ERROR("rate-limited", ""), 7, 9},
    {"rate-limited-for-20-minutes", ERROR("rate-limited", ",\"retryAfter\":1200"), 3, 3},
    {"rate-limited-for-a-day", ERROR("rate-limited", ",\"retryAfter\":86400"), 1, 1},
    {"server-error", ERROR("server", ""), 7, 9},
    {"unavailable-for-10-minutes", ERROR("server", ",\"retryAfter\":600"), 4, 6},
    {"not-understood", ERROR("payload", ""), 7, 9},
    {"provider-crashes", "kill -SEGV $$", 7, 9},
    {"provider-says-nothing", "exit 0", 7, 9},
};

static guint count_requests(const struct sandbox *sandbox)
{
    g_autofree char *log = sandbox_read(sandbox, "asked");
    guint count = 0;

    for (const char *c = log; c && *c != '\0'; c++)
        count += *c == '\n';
    return count;
}

static void draw_for_an_hour(const struct sandbox *sandbox)
{
    for (gint64 passed = 0; passed < HOUR; passed += DRAWN) {
        const struct refresh refresh = {
            .paths = sandbox->paths,
            .provider = PROVIDER,
            .interval = FIXTURE_INTERVAL,
            .now = FIXTURE_NOW + passed,
        };
        autoclear(stored) stored = {0};

        refresh_and_load(&refresh, REFRESH_WITHIN, &stored);
        g_assert_no_error(stored.problem);
    }
}

static void test_hour(struct sandbox *sandbox, gconstpointer data)
{
    const struct hour *hour = data;
    g_autofree char *log = sandbox_path(sandbox, "asked");
    g_autofree char *script = g_strdup_printf("echo asked >>'%s'\n%s\n", log, hour->answer);
    guint count;

    sandbox_add_provider(sandbox, PROVIDER, script);
    draw_for_an_hour(sandbox);
    count = count_requests(sandbox);
    g_test_message("%-28s %2u requests an hour", hour->name, count);
    g_assert_cmpuint(count, >=, hour->min);
    g_assert_cmpuint(count, <=, hour->max);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (gsize i = 0; i < G_N_ELEMENTS(hours); i++) {
        g_autofree char *path = g_strconcat("/politeness/", hours[i].name, NULL);
        sandbox_add_data_test(path, &hours[i], test_hour);
    }
    return g_test_run();
}
