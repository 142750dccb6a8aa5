/* The bars as `setup` and `doctor` see them: which of them run, which configuration each reads, and
 * whether the module is in there. */
#pragma once

#include "common/draw/adapter.h"
#include "common/setup/bar_setup.h"

#include <glib.h>
#include <stdbool.h>

struct found_bar {
    const struct adapter *adapter;
    char *config;       /* the file that its command line or the user names, or NULL */
    char *style;        /* likewise the style sheet */
    char *file;         /* the configuration that it reads, or NULL */
    bool is_system;     /* the file is that of the system, not the user's own */
    char **environment; /* NULL: the bar does not run */
};

/* The running bars of this kind, those that read the same files once; if none runs, where one would
 * look: an array of struct found_bar, of at least one, sorted by file. */
GPtrArray *bars_find(const struct adapter *adapter);

/* The one that the user means by naming this file: one of `bars`, or else a new one in there that
 * does not run. */
const struct found_bar *bars_choose(GPtrArray *bars, const char *config);

/* The absolute path of this usageline if the bar runs and its PATH lacks it, else NULL; the caller
 * frees it. */
char *bars_missing_program(const struct found_bar *bar);

/* Whether the commands in the file of the module call usageline by a name that the bar, which runs,
 * does not find. */
bool bars_lacks_program(const struct found_bar *bar, const char *module);

/* Whether the bar runs with a file of its command line that is not there. */
bool bars_lacks_config(const struct found_bar *bar);

/* What setup asks the bar's own code for; the strings belong to the found bar. */
struct setup_request bars_request(const struct found_bar *bar);

/* The user's file that has the module, as setup would find it; NULL if none has. The caller frees
 * it. */
char *bars_find_module(const struct found_bar *bar);
