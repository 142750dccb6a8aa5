/* The configuration file, which people write by hand. */
#include "common/base/json.h"
#include "common/config/config.h"
#include "fuzz.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* One file in memory for all runs, because making a new one takes longer than reading it. */
static int write_file(const uint8_t *data, size_t size)
{
    static int fd = -1;

    if (fd < 0)
        fd = memfd_create("config", MFD_CLOEXEC);
    g_assert_cmpint(ftruncate(fd, 0), ==, 0);
    g_assert_cmpint(pwrite(fd, data, size, 0), ==, (gssize)size);
    return fd;
}

static void check_problems(const struct config *config)
{
    for (guint i = 0; i < config->problems->len; i++) {
        const struct config_problem *problem = config->problems->pdata[i];
        g_assert_true(g_utf8_validate(problem->text, -1, NULL));
    }
}

static void check_config(const struct config *config)
{
    g_autofree char *dump = config_dump(config);
    autoptr(json) json = json_parse(dump, strlen(dump), JSON_STRICT, NULL);
    struct palette palette = config_palette(config);

    g_assert_nonnull(json);
    g_assert_true(config->refresh_interval >= 30 && config->refresh_interval <= 86400);
    g_assert_true(config->max_wait >= 0 && config->max_wait <= 60);
    g_assert_true(config->thresholds.warning >= 0 && config->thresholds.critical <= 100);
    for (int role = 0; role < ROLE_COUNT; role++)
        g_assert_true(!palette.colors[role] || color_is_valid(palette.colors[role]));
    check_problems(config);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *path = g_strdup_printf("/proc/self/fd/%d", write_file(data, size));
    char nowhere[] = "/nonexistent/file";
    const struct paths paths = {
        .config_file = path, .credentials_file = nowhere, .enabled_file = nowhere};
    autoptr(config) config = config_load(&paths, "kimi");

    check_config(config);
    return 0;
}
