/* What the user has chosen by clicks in one instance of a bar: the provider and the window that it
 * shows, and whether used and left are exchanged. Kept in the store, so that a bar that is started
 * again, and the processes that the bar runs for a click, know of it. */
#pragma once

#include "common/base/paths.h"

#include <stdbool.h>

struct choice {
    char *provider; /* id; NULL: the first that is enabled */
    char *window;   /* id; NULL: the line as it is without a choice */
    bool flipped;   /* what is left where the settings say what is used, and the other way round */
};

void choice_clear(struct choice *choice);
DEFINE_AUTO_CLEAR(choice, choice_clear);

/* The choice for this instance (such as an output's name; NULL or "": the bar does not tell them
 * apart), or else for the bar. Nothing chosen, or nothing that can be understood, is all zero. */
void choice_load(const struct paths *paths, const char *bar, const char *instance,
                 struct choice *choice);

/* Loads it, lets `change` change it, and keeps it for this instance, or without one for all of the
 * bar: one process at a time, so that no turn of a wheel is lost. The strings that `change` sets
 * are the choice's. False and an error if it can't be kept. */
bool choice_change(const struct paths *paths, const char *bar, const char *instance,
                   void (*change)(struct choice *choice, gpointer data), gpointer data,
                   GError **error);
