/* The bars that run, as /proc shows them: those of this user, with this home folder. */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct running_bar {
    char *config; /* absolute path of the file that its command line names, or NULL */
    char *style;  /* likewise of its style sheet */
    char **environment;
};

/* The processes of this program, also as a NixOS wrapper calls it (".NAME-wrapped"): an array of
 * struct running_bar. `has_style`: the program has an option for a style sheet. */
GPtrArray *running_bars_find(const char *program, bool has_style);
