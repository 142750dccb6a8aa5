/* How the commands of a module call usageline: by its name, or by its absolute path for a bar whose
 * PATH lacks it. */
#pragma once

#include <glib.h>
#include <stdbool.h>

/* Whether a command in this text calls usageline by its name with this first argument. */
bool setup_command_has_name(const char *text, const char *argument);

/* The definition of a module with `program` (NULL: nothing changes) instead of the name in its
 * commands, and the reverse. The caller frees it. */
char *setup_command_use_path(const char *text, const char *program);
char *setup_command_use_name(const char *text);

/* Whether a path can stand in a command, within any syntax of a bar, without quotes. */
bool setup_command_is_plain(const char *path);
