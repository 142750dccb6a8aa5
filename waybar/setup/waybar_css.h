/* A theme as a style sheet of Waybar: its colours by name, and rules for the module and tooltips.
 */
#pragma once

#include "common/config/theme.h"

#include <stdbool.h>

/* The style sheet; the caller frees it. `palette` has the colours, which may differ from the
 * theme's. The default theme, made for bars of any colours, has colours only for what matters, so
 * that all else, tooltips too, looks like that of the modules beside it. */
char *waybar_css(const struct theme *theme, const struct palette *palette);

/* Whether waybar_css has made the text, of any theme, and nobody has changed it since. */
bool waybar_css_is_unchanged(const char *text);
