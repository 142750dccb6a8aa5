/* The sources of credentials: the user's own key, Kimi's client, browsers and so on. A source is a
 * constant at the end of its file in this folder and a line in source.c. Most find all their
 * candidates at once:
 *
 *     const struct source api_key_source = {
 *         .name = "api-key",
 *         .label = N_("API key"),
 *         .mode = "api",
 *         .find = api_key_find,
 *     };
 *
 * Browsers are searched one candidate at a time instead (open, next, close), so that no keyring is
 * asked for a session that is not needed. */
#pragma once

#include "common/base/json_writer.h"
#include "plugins/kimi/credential/settings.h"
#include "plugins/kimi/source/candidate.h"

/* What can be done with the `state` that `open` returned. */
struct source_search {
    /* Adds the next candidate, best first, if there is one. False if it was the last. */
    bool (*next)(void *state, GPtrArray *candidates);

    void (*close)(void *state);

    /* Notes whether the service accepted a candidate or refused its credential. */
    void (*settle)(void *state, const struct candidate *candidate, bool is_accepted);

    /* Writes an object for each place that was searched into the open array. `used` is the
     * candidate that would be sent first; NULL: it is not from this source. */
    void (*list)(void *state, const struct candidate *used, struct json_writer *writer);

    /* Returns lines for people about the places that were searched, each after a line break, or
     * only about the sessions that were found and not used; "": none. The caller frees them. */
    char *(*describe)(void *state, bool only_found);

    /* Adds the paths of files that a new sign-in changes. */
    void (*watch)(void *state, GPtrArray *files);
};

struct source {
    const char *name;  /* in the snapshot: "api-key" */
    const char *label; /* for people; N_() */
    const char *mode;  /* value of the setting "source" that selects it, as "auto" does */

    /* Used only if no source before it has a credential. */
    bool is_last_resort;

    /* Its files change all the time, so they are watched only if no request was sent: looking
     * again then costs little. */
    bool is_restless;

    /* Why the source must not be searched, for people; NULL: it may be. The function may be NULL.
     */
    const char *(*why_off)(const struct provider_call *call, const struct settings *settings);

    /* Adds all candidates, best first, and the paths of files that a new sign-in changes. */
    void (*find)(const struct provider_call *call, const struct settings *settings,
                 GPtrArray *candidates, GPtrArray *files);

    /* Instead of `find`: opens a search, which may keep both pointers until it is closed. */
    void *(*open)(const struct provider_call *call, const struct settings *settings);
    const struct source_search *search;
};

/* In the order in which they are tried, then NULL. */
extern const struct source *const sources[];

/* Each in the file of its name. */
extern const struct source api_key_source;     /* providers[].apiKey, KIMI_CODE_API_KEY, … */
extern const struct source client_source;      /* the login of Kimi's command-line client */
extern const struct source other_tools_source; /* keys that opencode, pi and others have */
extern const struct source web_token_pasted_source;
extern const struct source web_token_environment_source;
extern const struct source browser_app_source; /* Kimi's desktop app, an Electron program */
extern const struct source browser_source;
