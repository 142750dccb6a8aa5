/* The passwords that browsers keep in the desktop's keyring: the Secret Service (gnome-keyring,
 * KeePassXC, …) through libsecret, or KWallet over D-Bus. Nothing is ever unlocked and nobody asked
 * for a password: a keyring that is locked is told of. */
#pragma once

#include "common/base/autoptr.h"
#include "common/base/secret.h"

#include <gio/gio.h>
#include <glib.h>
#include <stdbool.h>

#define KEYRING_PATIENCE (2 * G_TIME_SPAN_SECOND) /* for all that is asked of all keyrings */

/* Why this build can't ask the Secret Service; NULL: it can. */
extern const char *const keyring_missing;

/* What is known of one password. */
struct keyring_answer {
    GPtrArray *passwords; /* of struct secret; those that may be meant, the likeliest first */
    bool is_locked;
    bool is_late; /* a keyring did not answer in time */
    char *why;    /* for people: which keyring is locked or silent; NULL: nothing is wrong */
};

void keyring_answer_clear(struct keyring_answer *answer);
DEFINE_AUTO_CLEAR(keyring_answer, keyring_answer_clear);

/* Which item of the Secret Service: one with this attribute, and one of these schemas. */
struct keyring_item {
    const char *attribute;
    const char *value;
    const char *const *schemas;
};

/* Adds the passwords of such items to the answer, whose array is there, or says why there are none.
 * Gives up when `patience` is cancelled. */
void keyring_ask_secret_service(const struct keyring_item *item, GCancellable *patience,
                                struct keyring_answer *answer);

/* The same for KWallet's entry "<name> Safe Storage" in its folder "<name> Keys", if the user's
 * wallet is open and opens without a question (`config`: the configuration folder). */
void keyring_ask_kwallet(const char *name, const char *config, GCancellable *patience,
                         struct keyring_answer *answer);

/* Notes why there is no answer: the first reason counts. */
G_GNUC_PRINTF(2, 3)
void keyring_explain(struct keyring_answer *answer, const char *format, ...);

/* The same for an error of D-Bus; that nobody is there to answer is no reason. */
void keyring_explain_error(struct keyring_answer *answer, const char *who, const GError *error);
