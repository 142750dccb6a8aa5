/* The state of a source that knows all its candidates when it is opened. */
#pragma once

#include "plugins/kimi/credential.h"

struct source_list {
    GPtrArray *candidates; /* of struct candidate, those that were given out excepted */
    GPtrArray *files;      /* paths that a new sign-in changes */
};

struct source_list *source_list_new(void);

/* The functions of struct source (source.h). */
void source_list_close(void *state);
struct candidate *source_list_next(void *state);
void source_list_watch(void *state, GPtrArray *files);
