#include "plugins/kimi/source.h"

#include "common/base/i18n.h"
#include "plugins/kimi/api_key.h"
#include "plugins/kimi/browser.h"
#include "plugins/kimi/client.h"
#include "plugins/kimi/other_tools.h"
#include "plugins/kimi/source_list.h"
#include "plugins/kimi/web_token.h"

#include <string.h>

const struct source sources[] = {
    {
        .name = "api-key",
        .label = N_("API key"),
        .mode = "api",
        .open = api_key_open,
        .close = source_list_close,
        .next = source_list_next,
    },
    {
        .name = "cli",
        .label = N_("Kimi's client"),
        .mode = "cli",
        .off = client_off,
        .open = client_open,
        .close = source_list_close,
        .next = source_list_next,
        .watch = source_list_watch,
    },
    {
        .name = "other-tools",
        .label = N_("key of another tool"),
        .is_last_resort = true,
        .mode = "api",
        .off = other_tools_off,
        .open = other_tools_open,
        .close = source_list_close,
        .next = source_list_next,
        .watch = source_list_watch,
    },
    {
        .name = "manual-token",
        .label = N_("pasted token"),
        .mode = "web",
        .off = web_token_off,
        .open = web_token_open_pasted,
        .close = source_list_close,
        .next = source_list_next,
    },
    {
        .name = "environment-token",
        .label = N_("token in the environment"),
        .mode = "web",
        .open = web_token_open_environment,
        .close = source_list_close,
        .next = source_list_next,
    },
    {
        .name = "desktop-app",
        .label = N_("Kimi's desktop app"),
        .mode = "web",
        .off = browser_off,
        .open = browser_open_app,
        .close = browser_close,
        .next = browser_next,
        .settle = browser_settle,
        .list = browser_list,
        .watch = browser_watch,
        .is_restless = true,
    },
    {
        .name = "browser",
        .label = N_("browser"),
        .mode = "web",
        .off = browser_off,
        .open = browser_open,
        .close = browser_close,
        .next = browser_next,
        .settle = browser_settle,
        .list = browser_list,
        .watch = browser_watch,
        .is_restless = true,
    },
    {0},
};

bool source_is_wanted(const struct source *source, const struct settings *settings)
{
    return strcmp(settings->mode, "auto") == 0 || strcmp(settings->mode, source->mode) == 0;
}

const char *source_off(const struct source *source, const struct source_call *call)
{
    return source->off ? source->off(call) : NULL;
}
