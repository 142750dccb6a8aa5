/* What the user has set for Kimi in the configuration, options and variables. */
#pragma once

#include "plugins/kimi/credential/site.h"
#include "plugins/support/provider_main.h"

/* The settings and variables that `--describe` lists; each ended by an empty row. */
extern const struct provider_setting settings_list[];
extern const struct provider_variable settings_variables[];

enum cookie_policy {
    COOKIES_AUTO,   /* all web sessions may be used */
    COOKIES_MANUAL, /* none from browsers */
    COOKIES_OFF,    /* only one from the environment */
};

struct settings {
    const char *mode;        /* "source": "auto", "api", "cli" or "web" */
    const struct site *site; /* of the region */
    bool region_is_set;      /* the user named it */
    enum cookie_policy cookies;
    bool other_tools;     /* keys that other tools have may be used */
    const char *browsers; /* those to search; NULL: all */
    const char *base;     /* the address for an API key; NULL: the site's own */
    char *base_named_by;  /* the setting or variable that gave it, for messages */
};

/* Reads them. False and an error of kind config if one is wrong. The call must outlive them. */
bool settings_read(const struct provider_call *call, struct settings *settings, GError **error);
void settings_clear(struct settings *settings);
