/* Files of our own that keep something per provider, in the shape of the configuration:
 * {"providers":[{"id":"kimi","apiKey":"…"}]}. */
#pragma once

#include "common/base/json.h"

#include <glib.h>
#include <stdbool.h>

/* One field and what it is to hold: a text, a truth, or nothing any more (both NULL). */
struct provider_field {
    const char *name;
    const char *text;
    const bool *truth;
};

/* The parsed file; NULL without an error if there is none. Comments are allowed. */
struct json *provider_file_read(const char *path, GError **error);

/* The provider's object in it, or NULL. */
const struct json *provider_file_entry(const struct json *json, const char *provider);

/* Changes one field in the file, whose folder is made if needed. All else in it stays; a file that
 * can't be understood is left alone and is an error. `changed` tells whether there was anything to
 * do. */
bool provider_file_change(const char *path, const char *provider, struct provider_field field,
                          bool *changed, GError **error);
