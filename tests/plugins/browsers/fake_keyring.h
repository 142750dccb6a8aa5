/* Stands in the place of the desktop's keyrings, and of the bus to them. */
#pragma once

#include <glib.h>
#include <stdbool.h>

struct fake_keyring {
    const char *application; /* whose password it has; NULL: none */
    const char *password;
    const char *app_id; /* whose portal secret it has */
    const char *portal_secret;
    bool is_locked;
    bool timed_out;
    guint asked; /* how often */
};

extern struct fake_keyring fake_keyring;
