/* What the environment and the terminal say of how output should look. */
#pragma once

#include <stdbool.h>

/* False if NO_COLOR is set and not empty (https://no-color.org). */
bool output_has_color(void);

/* Whether stdout is a terminal that understands colours, and NO_COLOR is not set. */
bool output_is_rich(void);

/* Writes all of it to standard output, at once where the system allows it: bars take each piece for
 * a line. False if nobody reads it. */
bool output_write(const char *text);
