/* The browsers that are made of Firefox: which there are, where their profiles lie, and how their
 * stores, all SQLite, are read, from private copies (store/sqlite_copy.h). Cookies (cookies.sqlite,
 * table moz_cookies) are plain text; seen with Firefox 153 (schema 17, expiry in milliseconds) and
 * older ones (seconds). localStorage has one database for each origin and container,
 * PROFILE/storage/default/https+++www.kimi.com^userContextId=2/ls/data.sqlite, as in Firefox's
 * sources (dom/localstorage/ActorsParent.cpp); seen with Firefox 153. */
#pragma once

#include "plugins/browsers/store/store_listing.h"

extern const struct browser_family firefox_family;
extern const struct store_kind firefox_cookies;
