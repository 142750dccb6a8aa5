/* All browsers that are known, and the stores of those that this user has. */
#pragma once

#include "plugins/browsers/browser_store.h"

/* Which stores to list. */
struct browser_choice {
    const struct session_query *query;
    const struct browser *app; /* a program of Chromium's family alone; NULL: browsers */
    const char *const *ids;    /* of those to look at, in this order; NULL: all */
    struct browser_homes homes;
};

/* The stores (struct session_store), which the array frees. No folder is looked through twice. */
GPtrArray *browser_list_stores(const struct browser_choice *choice);

/* The ids in a text such as "firefox, chromium"; see session_search.h. */
char **session_browsers_parse(const char *text, GError **error);
