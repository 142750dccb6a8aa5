/* All browsers that are known, and the stores of those that this user has. */
#pragma once

#include "plugins/browsers/store/store_listing.h"

/* The stores (struct session_store), which the array frees. No folder is listed twice. `app`: only
 * this program of Chromium's family; NULL: browsers. `ids`: only these of browser_list_parse, in
 * this order, then NULL; NULL: all. */
GPtrArray *browser_list_stores(const struct session_query *query, const struct paths *paths,
                               const struct browser *app, const char *const *ids);

/* The ids in a text such as "firefox, chromium", then NULL, which the caller frees. NULL and an
 * error of kind config that lists all ids if one of them is unknown. */
char **browser_list_parse(const char *text, GError **error);
