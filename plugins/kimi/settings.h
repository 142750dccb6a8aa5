/* What the user set for Kimi, read once a run: configuration, options and variables. */
#pragma once

#include "plugins/kimi/site.h"
#include "plugins/support/provider_main.h"

/* The settings and variables that `--describe` lists; each ended by an empty row. */
extern const struct provider_setting kimi_settings[];
extern const struct provider_variable kimi_variables[];

enum cookie_policy {
    COOKIES_AUTO,   /* all web sessions */
    COOKIES_MANUAL, /* none of browsers */
    COOKIES_OFF,    /* none but the environment's */
};

struct settings {
    const char *mode;        /* "source": "auto", "api", "cli" or "web" */
    const struct site *site; /* of the region */
    bool region_is_set;      /* the user named it */
    enum cookie_policy cookies;
    bool other_tools;     /* keys that other tools have may be used */
    const char *browsers; /* NULL: all */
    const char *base;     /* address to ask with an API key instead of the site's; NULL: none */
    char *base_named_by;  /* for messages: where it was given */
};

/* Reads them. False and an error of kind config if one is wrong. The texts belong to the call. */
bool settings_read(const struct provider_call *call, struct settings *settings, GError **error);
void settings_clear(struct settings *settings);
