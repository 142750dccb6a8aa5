/* localStorage of Firefox's family: one SQLite database for each origin and container, in
 * PROFILE/storage/default/https+++www.kimi.com^userContextId=2/ls/data.sqlite. As Firefox's sources
 * have it (dom/localstorage/ActorsParent.cpp); seen with Firefox 153. */
#pragma once

#include "plugins/browsers/browser_store.h"

extern const struct store_kind firefox_items;

/* Adds the databases of the query's origins in all containers of a profile. */
void firefox_list_items(struct store_listing *listing, const char *profile, const char *folder);
