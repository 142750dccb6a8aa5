/* The passwords that browsers keep in the desktop's keyring: the Secret Service (gnome-keyring,
 * KeePassXC, …) through libsecret, or KWallet over D-Bus. Nothing is ever unlocked and no prompt is
 * shown: a locked keyring is reported. Browsers' own items are found by safe_storage.h. */
#pragma once

#include "common/base/secret.h"

#include <gio/gio.h>
#include <stdbool.h>

#define KEYRING_PATIENCE (2 * G_TIME_SPAN_SECOND) /* for all questions to all keyrings */

/* Why this build can't ask the Secret Service; NULL: it can. */
extern const char *const keyring_missing;

/* What is known of one password. */
struct keyring_answer {
    GPtrArray *passwords; /* candidates (struct secret), the likeliest first */
    bool is_locked;
    bool timed_out;
    char *why; /* for people: which keyring is locked or silent; NULL: nothing is wrong */
};

void keyring_answer_clear(struct keyring_answer *answer);

/* Adds the passwords of items of the Secret Service with this attribute and one of these schemas to
 * the answer, or why there are none. Gives up when `patience` is cancelled. */
void keyring_ask_secret_service(const char *attribute, const char *value,
                                const char *const *schemas, GCancellable *patience,
                                struct keyring_answer *answer);

/* The same for KWallet's entry "<name> Safe Storage" in its folder "<name> Keys", if the user's
 * wallet is open and can be used without a prompt (`config`: the configuration folder). */
void keyring_ask_kwallet(const char *name, const char *config, GCancellable *patience,
                         struct keyring_answer *answer);

/* Sets why there is no password, unless that is set. */
G_GNUC_PRINTF(2, 3)
void keyring_explain(struct keyring_answer *answer, const char *format, ...);

/* The same for an error of D-Bus; ignores that no keyring is running. */
void keyring_explain_error(struct keyring_answer *answer, const char *who, const GError *error);
