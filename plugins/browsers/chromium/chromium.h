/* The browsers that are made of Chromium: which there are, where their profiles lie, and how their
 * stores are read: cookies in SQLite (Cookies, table cookies), localStorage in LevelDB. Seen with
 * Chromium 156 (database version 24). */
#pragma once

#include "plugins/browsers/store/store_listing.h"

extern const struct browser_family chromium_family;
extern const struct store_kind chromium_cookies, chromium_items;
