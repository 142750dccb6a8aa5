/* What the environment and the terminal say of how output should look. */
#pragma once

#include <stdbool.h>

/* False if NO_COLOR is set and not empty (https://no-color.org). */
bool output_has_color(void);

/* Whether stdout is a terminal that understands colours, and NO_COLOR is not set. */
bool output_is_rich(void);
