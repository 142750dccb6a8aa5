/* Replaces the desktop's keyrings, and the bus to them, in tests that link fake_keyring.c. */
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
