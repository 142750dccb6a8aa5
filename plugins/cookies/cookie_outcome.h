/* What can come of looking for the cookie in one store. */
#pragma once

#include <stdbool.h>

enum cookie_outcome {
    COOKIE_FOUND,
    COOKIE_ABSENT,     /* the store has no such cookie */
    COOKIE_EXPIRED,    /* it has one that is of no use any more */
    COOKIE_LOCKED,     /* it has one whose key is in a keyring that is locked */
    COOKIE_SEALED,     /* it has one that can't be decrypted */
    COOKIE_UNREADABLE, /* the store itself can't be read */
};

/* The outcome's name in JSON ("found") and for people ("no such cookie"). */
const char *cookie_outcome_name(enum cookie_outcome outcome);
const char *cookie_outcome_words(enum cookie_outcome outcome);

/* Finds the outcome with this name; false if there is none. */
bool cookie_outcome_from_name(const char *name, enum cookie_outcome *outcome);
