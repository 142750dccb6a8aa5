/* The browsers that are made of Chromium: which there are, where their profiles lie, and how their
 * stores (Cookies, table cookies) are read. What their values are encrypted with: chromium_value.h.
 * Seen with Chromium 156 (database version 24). */
#pragma once

#include "plugins/cookies/cookie_store.h"

extern const struct browser_family chromium_family;
