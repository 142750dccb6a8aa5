#include "plugins/kimi/source/source.h"

const struct source *const sources[] = {
    &api_key_source,
    &client_source,
    &other_tools_source,
    &web_token_pasted_source,
    &web_token_environment_source,
    &browser_app_source,
    &browser_source,
    NULL,
};
