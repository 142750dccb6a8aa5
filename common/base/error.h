/* The kinds of failure that a provider, the core and a line tell of, as errors of one GError
 * domain. A kind decides what the bar shows and when the next try may be made; the message is for
 * a person and says what happened, to which thing, and what to do. */
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
    USAGE_ERROR_INTERNAL,     /* something of ours, or of the provider process, failed */
};

#define USAGE_ERROR (usage_error_quark())
GQuark usage_error_quark(void);

/* The kind's name in JSON, in CSS classes and in the documentation, such as "rate-limited". */
const char *usage_error_name(enum usage_error kind);

/* Finds the kind with this name; false if there is none. */
bool usage_error_from_name(const char *name, enum usage_error *kind);

/* The kind of any error: that of a USAGE_ERROR, USAGE_ERROR_INTERNAL for all others. */
enum usage_error usage_error_kind(const GError *error);
