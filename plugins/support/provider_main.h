/* What every provider has in common as a program: its options, the questions that docs/providers.md
 * lists (usage, --describe, --diagnose, --probe), and that stdout gets one JSON document and
 * nothing else. A provider is a table of what it knows and two functions; its `main` hands the
 * table over. */
#pragma once

#include "common/base/json_writer.h"
#include "common/base/paths.h"
#include "common/config/config.h"
#include "common/usage/answer.h"

#include <glib.h>
#include <stdbool.h>

/* A setting of providers[] in the configuration file. */
struct provider_setting {
    const char *name;
    const char *about;         /* for people; see i18n.h: N_() */
    const char *const *values; /* those allowed, the default first, then NULL; NULL: any text */
    bool is_option;            /* may be given for one run, as --NAME VALUE */
    bool is_secret;
    const char *cookie; /* the secret is the value of the cookie of this name; NULL: it is none */
    const char *item;   /* … or of the page's localStorage, under this key; NULL: it is none */
};

struct provider_variable {
    const char *name;  /* of the environment */
    const char *about; /* for people; N_() */
    bool is_secret;
};

struct provider;

/* One run of a provider; all of it belongs to provider_main. */
struct provider_call {
    const struct provider *provider;
    const struct paths *paths;
    const struct config *config;
    char **options;     /* one for each setting, NULL where it was not given */
    char **environment; /* of the process: "NAME=value", then NULL */
    gint64 now;         /* seconds since 1970 */
};

struct provider {
    const char *id;
    const char *name;                          /* for people */
    const char *about;                         /* one sentence for --help; N_() */
    const char *dashboard;                     /* https page for people, or NULL */
    const struct provider_setting *settings;   /* ended by an empty one */
    const struct provider_variable *variables; /* ended by an empty one */

    /* Asks for the usage: sets `answer`, which is empty, to a snapshot or an error. */
    void (*fetch)(const struct provider_call *call, struct answer *answer);

    /* Writes an object for each credential source, in the order in which they are tried, into the
     * array that is open in the writer: "source", "present", "used", "why"; never a secret. */
    void (*diagnose)(const struct provider_call *call, struct json_writer *writer);

    /* Writes an object for each host that it talks to into the array that is open in the writer:
     * "host", "reached", and "clockSkew" (seconds that this machine's clock is ahead) or "why".
     * Sends no credential. NULL: it talks to nobody. */
    void (*probe)(const struct provider_call *call, struct json_writer *writer);

    /* Writes an object for each browser profile that it looks into for a session into the array
     * that is open in the writer: "label", "path", "outcome", "words", perhaps "why", "hint"; never
     * a secret. NULL: it looks into none. */
    void (*browsers)(const struct provider_call *call, struct json_writer *writer);
};

/* The exit status: 0 after a snapshot or an answered question, 1 after an error document, 2 if the
 * command line is wrong (told on stderr). */
int provider_main(const struct provider *provider, int argc, char **argv);

/* The value of a setting: this run's option, else the configuration's, else the default; NULL if
 * there is none. False and an error of kind config that lists the allowed values if it is none of
 * them. The value belongs to the call. */
bool provider_setting(const struct provider_call *call, const char *name, const char **value,
                      GError **error);

/* A variable of the environment; NULL if it is unset or empty. */
const char *provider_variable(const struct provider_call *call, const char *name);
