/* Source: the same key, or a token for the Code API, where other tools have it: Kimi's client's
 * config.toml, opencode, pi. Their files are read and never written, and only if the user's own key
 * and the login of Kimi's client gave nothing. See source.h for what the functions are. */
#pragma once

#include "plugins/kimi/source.h"

/* Off if the setting otherTools is false. */
const char *other_tools_off(const struct source_call *call);
void *other_tools_open(const struct source_call *call);
