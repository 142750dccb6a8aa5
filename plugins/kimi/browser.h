/* Sources: the session of a browser that is signed in to Kimi, or of Kimi's desktop app, an
 * Electron program: access_token in the page's localStorage, or the cookie kimi-auth. See source.h
 * for what the functions are. */
#pragma once

#include "plugins/kimi/source.h"

/* Off unless the setting cookieSource is "auto": then no file of a browser is touched at all. */
const char *browser_off(const struct source_call *call);

void *browser_open_app(const struct source_call *call);
void *browser_open(const struct source_call *call);
void browser_close(void *state);
struct candidate *browser_next(void *state);
void browser_settle(void *state, const struct candidate *candidate, enum verdict verdict);
void browser_list(void *state, const struct candidate *used, struct json_writer *writer);
void browser_watch(void *state, GPtrArray *files);

/* Lines for people about the places of one source that were searched, or only of the sessions that
 * were found and passed over; "" if there are none. The caller frees them. */
char *browser_describe(void *state, bool only_found);
