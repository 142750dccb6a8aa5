/* What all providers have in common as programs: their options, the questions in docs/providers.md
 * (usage, --describe, --diagnose, --probe), and one JSON document on stdout. A provider is a table:
 *
 *     static const struct provider demo = {.id = "demo", .name = "Demo", .fetch = demo_fetch, …};
 *
 *     int main(int argc, char **argv)
 *     {
 *         return provider_main(&demo, argc, argv);
 *     } */
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
    const char *about;         /* for people; N_() */
    const char *const *values; /* the allowed ones, the default first; NULL: any text */
    bool is_option;            /* can be given for one run, as --NAME VALUE */
    bool is_secret;
    const char *cookie; /* name of the cookie that holds the secret, or NULL */
    const char *item;   /* key in the page's localStorage that holds the secret, or NULL */
};

struct provider_variable {
    const char *name;  /* of the environment */
    const char *about; /* for people; N_() */
    bool is_secret;
};

struct provider;

/* One run of a provider. provider_main owns all of it. */
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

    /* Asks the service for the usage: puts a snapshot or an error into the empty `answer`. */
    void (*fetch)(const struct provider_call *call, struct answer *answer);

    /* The others write objects into the array that is open in the writer, never a secret. This one,
     * for each credential source, in the order in which they are tried: "source", "present",
     * "used", "why". */
    void (*diagnose)(const struct provider_call *call, struct json_writer *writer);

    /* For each host that the provider talks to: "host", "reached", and "clockSkew" (seconds that
     * this machine's clock is ahead) or "why". Sends no credential. NULL: there is no host. */
    void (*probe)(const struct provider_call *call, struct json_writer *writer);

    /* For each browser profile that is searched for a session: "label", "path", "outcome", "words",
     * perhaps "why", "hint". NULL: no browser is searched. */
    void (*browsers)(const struct provider_call *call, struct json_writer *writer);
};

/* Returns the exit status: 0 after a snapshot or an answered question, 1 after an error document, 2
 * and a message on stderr if the command line is wrong. */
int provider_main(const struct provider *provider, int argc, char **argv);

/* Sets the value of a setting, which belongs to the call: this run's option, else the
 * configuration's, else the default, else NULL. Returns false and sets an error of kind config that
 * lists the allowed values if it is none of them. */
bool provider_setting(const struct provider_call *call, const char *name, const char **value,
                      GError **error);

/* A variable of the environment; NULL if it is unset or empty. */
const char *provider_variable(const struct provider_call *call, const char *name);
