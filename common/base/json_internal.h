/* The nodes of a JSON tree, for parsers: json.c, and those of other dialects. Everybody else has
 * json.h, which reads and frees any such tree. */
#pragma once

#include "common/base/json.h"

#include <glib.h>
#include <stdbool.h>

struct json {
    enum json_type type;
    unsigned line;
    struct json_place place;
    char *key;           /* within an object */
    char *text;          /* of a string or a number */
    bool truth;          /* of a boolean */
    GPtrArray *children; /* of an array or an object; frees them with json_free */
};
