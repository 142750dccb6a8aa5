/* The kinds of failure, as codes of one GError domain. The kind decides what the bar shows and when
 * the next attempt is allowed; the message tells people what happened, to which thing, and what to
 * do.
 *
 *     g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("%s: can't be read"), path); */
#pragma once

#include <glib.h>
#include <stdbool.h>

enum usage_error {
    USAGE_ERROR_AUTH,         /* a credential is missing or refused: the user must act */
    USAGE_ERROR_CONFIG,       /* a setting is wrong */
    USAGE_ERROR_PLAN,         /* signed in, but the account has no such plan: the user must act */
    USAGE_ERROR_NETWORK,      /* no answer */
    USAGE_ERROR_RATE_LIMITED, /* the service asks to wait */
    USAGE_ERROR_SERVER,       /* the service failed or refused (5xx, some 4xx) */
    USAGE_ERROR_PAYLOAD,      /* an answer that can't be understood */
    USAGE_ERROR_INTERNAL,     /* usageline itself or the provider process failed */
};

#define USAGE_ERROR (usage_error_quark())
GQuark usage_error_quark(void);

/* The kind's name in JSON, CSS classes and the documentation, such as "rate-limited". */
const char *usage_error_name(enum usage_error kind);

/* Sets the kind with this name; returns false if there is none. */
bool usage_error_from_name(const char *name, enum usage_error *kind);

/* The kind of a USAGE_ERROR; USAGE_ERROR_INTERNAL for errors of other domains. */
enum usage_error usage_error_kind(const GError *error);
