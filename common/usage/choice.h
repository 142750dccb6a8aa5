/* What the user has chosen by clicks on a bar's module: the provider and the window that it shows,
 * and whether it shows what is left instead of what is used. The store keeps it for a bar that is
 * started again, and for the processes that the bar runs on a click.
 *
 * A bar may have several modules. Each has an instance name, such as that of an output; NULL or "":
 * the bar does not tell them apart. */
#pragma once

#include "common/base/paths.h"

#include <stdbool.h>

struct choice {
    char *provider; /* id; NULL: the first that is enabled */
    char *window;   /* id; NULL: the line as it is without a choice */
    bool flipped;   /* show what is left where the settings show what is used, and vice versa */
};

void choice_clear(struct choice *choice);
DEFINE_AUTO_CLEAR(choice, choice_clear);

/* Loads the choice for this instance, or else for the whole bar, into `choice`, which is all zero.
 * It stays so if nothing is chosen, or the file can't be understood. */
void choice_load(const struct paths *paths, const char *bar, const char *instance,
                 struct choice *choice);

/* Loads the choice, lets `change` change it, and stores it for this instance; without an instance,
 * for the whole bar. Only one process does this at a time, so that no turn of a wheel is lost. The
 * choice owns the strings that `change` sets. Returns false and an error if it can't be stored. */
bool choice_change(const struct paths *paths, const char *bar, const char *instance,
                   void (*change)(struct choice *choice, gpointer data), gpointer data,
                   GError **error);
