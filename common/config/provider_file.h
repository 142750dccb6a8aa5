/* Files in which we store something for each provider, in the shape of the configuration:
 * {"providers":[{"id":"kimi","apiKey":"…"}]}. */
#pragma once

#include "common/base/json.h"

#include <glib.h>
#include <stdbool.h>

/* A field and its new value, of which one is set; both NULL: the field is removed. */
struct provider_field {
    const char *name;
    const char *text;
    const bool *truth;
};

/* The parsed file, which may have comments; NULL without an error if there is none. */
struct json *provider_file_read(const char *path, GError **error);

/* The provider's object in it, or NULL. */
const struct json *provider_file_entry(const struct json *json, const char *provider);

/* Changes one field in the file and keeps everything else. Creates the file and its folder if
 * needed; a file that can't be understood is an error and stays as it is. Sets `changed`, unless
 * NULL, to whether there was anything to do. */
bool provider_file_change(const char *path, const char *provider, struct provider_field field,
                          bool *changed, GError **error);
