/* The browsers that are made of Firefox: which there are, where their profiles lie, and how their
 * stores (cookies.sqlite, table moz_cookies) are read. Their values are plain text.
 * Seen with Firefox 153 (schema 17, expiry in milliseconds) and older ones (seconds). */
#pragma once

#include "plugins/cookies/cookie_store.h"

extern const struct browser_family firefox_family;
