/* A theme as a style sheet of Waybar: its colours by name, and the rules of the module. */
#pragma once

#include "common/config/theme.h"

#include <stdbool.h>

/* `palette` has the colours, which may be others than the theme's. The default theme, which is for
 * bars of any colours, has rules for what matters alone: all else looks like the modules beside it.
 * The caller frees it. */
char *waybar_css(const struct theme *theme, const struct palette *palette);

/* Whether a text is, of whatever theme, what waybar_css has made, and nobody has changed it. */
bool waybar_css_is_unchanged(const char *text);
