/* The browsers that are made of Chromium: which there are, where their profiles lie, and how their
 * stores of cookies (Cookies, table cookies) are read. Their localStorage is a LevelDB folder for
 * all origins; level_store.h reads it. Seen with Chromium 156 (version 24). */
#pragma once

#include "plugins/browsers/browser_store.h"

extern const struct browser_family chromium_family;
extern const struct store_kind chromium_cookies, chromium_items;
