/* The sources of credentials, in the order in which they are tried. Each yields candidates, one
 * after another, until one is accepted. */
#pragma once

#include "common/base/json_writer.h"
#include "plugins/kimi/credential.h"
#include "plugins/kimi/settings.h"

/* What a source is asked with; all of it outlives the source. */
struct source_call {
    const struct provider_call *call;
    const struct settings *settings;
};

/* What came of a candidate. */
enum verdict { VERDICT_ACCEPTED, VERDICT_REFUSED };

struct source {
    const char *name;  /* in the snapshot: "api-key" */
    const char *label; /* for people; N_() */
    const char *mode;  /* the value of the setting "source" that asks for it */

    /* Why it must not even be looked at; NULL: it may. The function may be NULL, too. */
    const char *(*off)(const struct source_call *call);

    /* Begins to look; the state is for the functions below, and for close to free. */
    void *(*open)(const struct source_call *call);
    void (*close)(void *state);

    /* The next candidate, the likeliest first, which the caller frees; NULL: there is no other. */
    struct candidate *(*next)(void *state);

    /* The functions below may be NULL. */

    /* Takes note of what the service said to a candidate. */
    void (*settle)(void *state, const struct candidate *candidate, enum verdict verdict);

    /* Writes an object for each place that was looked at into the array that is open, in place of
     * one for each candidate. `used` is the candidate that is tried first; NULL: none of this
     * source. */
    void (*list)(void *state, const struct candidate *used, struct json_writer *writer);

    /* Adds the paths of files that a new sign-in changes. */
    void (*watch)(void *state, GPtrArray *files);

    /* Looking again sends nothing and costs little, but its files change all the time: they are
     * watched only if there was nothing to send. */
    bool is_restless;

    /* It is looked at only if the sources before it had no credential at all. */
    bool is_last_resort;
};

/* All of them, ended by an empty row. */
extern const struct source sources[];

/* Whether the setting asks for this source. */
bool source_is_wanted(const struct source *source, const struct settings *settings);

/* A line for people about a source that must not be looked at; NULL: it may be. */
const char *source_off(const struct source *source, const struct source_call *call);
