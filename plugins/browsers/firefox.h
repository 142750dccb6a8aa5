/* The browsers that are made of Firefox: which there are, where their profiles lie, and how their
 * stores of cookies (cookies.sqlite, table moz_cookies) are read. Their values are plain text.
 * Seen with Firefox 153 (schema 17, expiry in milliseconds) and older ones (seconds). */
#pragma once

#include "plugins/browsers/browser_store.h"

extern const struct browser_family firefox_family;
extern const struct store_kind firefox_cookies;
