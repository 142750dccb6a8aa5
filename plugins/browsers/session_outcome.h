/* What can come of looking for a session in one place. */
#pragma once

#include <stdbool.h>

enum session_outcome {
    SESSION_FOUND,
    SESSION_ABSENT,     /* the store has none */
    SESSION_EXPIRED,    /* it has one that is of no use any more */
    SESSION_REFUSED,    /* the service refused it; only the caller can tell */
    SESSION_LOCKED,     /* it has one whose key is in a keyring that is locked */
    SESSION_SEALED,     /* it has one that can't be decrypted */
    SESSION_UNREADABLE, /* the store, or what it has, can't be read */
};

/* The outcome's name in JSON ("found") and for people ("no session"). */
const char *session_outcome_name(enum session_outcome outcome);
const char *session_outcome_words(enum session_outcome outcome);

/* Finds the outcome with this name; false if there is none. */
bool session_outcome_from_name(const char *name, enum session_outcome *outcome);
