/* All browsers that are known, and the stores of those that this user has. */
#pragma once

#include "plugins/browsers/store/store_listing.h"

/* Which stores to list. */
struct browser_choice {
    const struct session_query *query;
    const struct browser *app; /* only this program of Chromium's family; NULL: browsers */
    const char *const *ids;    /* only these browsers, in this order, then NULL; NULL: all */
    struct browser_homes homes;
};

/* The stores (struct session_store), which the array frees. No folder is listed twice. */
GPtrArray *browser_list_stores(const struct browser_choice *choice);

/* The ids in a text such as "firefox, chromium", which the caller frees; NULL if it is empty. NULL
 * and an error of kind config that lists all ids if one of them is unknown. */
char **browser_list_parse(const char *text, GError **error);
