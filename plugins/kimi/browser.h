/* The session of a browser that is signed in to Kimi, or of Kimi's desktop app: its cookie
 * kimi-auth. See source.h for what the functions are. */
#pragma once

#include "plugins/kimi/source.h"

/* Off unless the setting cookieSource is "auto": then no file of a browser is touched at all. */
const char *browser_off(const struct provider_call *call);

/* From the desktop app, which is an Electron program, and from the browsers. */
struct credential *browser_find_app(const struct provider_call *call, GError **error);
struct credential *browser_find(const struct provider_call *call, GError **error);

/* Ask the web gateway of the region, with the next cookie if one is refused; the one that worked is
 * remembered. */
void browser_ask_app(const struct provider_call *call, const struct credential *credential,
                     struct answer *answer);
void browser_ask(const struct provider_call *call, const struct credential *credential,
                 struct answer *answer);

/* The files of browsers that a new sign-in changes, at most `max`. The caller frees them. */
char **browser_files(const struct provider_call *call, guint max);

/* Lines for people about all profiles that were looked at, or about why none was; the caller frees
 * them. */
char *browser_describe(const struct provider_call *call);

/* Write an object for each profile into the array that is open: "source", "browser", "label",
 * "profile", "path", "outcome", "words", "why", "host", "lastUsed", "expires", "hint" (at most the
 * last four characters), "used", "unchanged". */
void browser_list_app(const struct provider_call *call, struct json_writer *writer);
void browser_list(const struct provider_call *call, struct json_writer *writer);

/* The same for both, or why none is looked into. */
void browser_list_all(const struct provider_call *call, struct json_writer *writer);
