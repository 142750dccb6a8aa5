#include "plugins/kimi/source/stored_token.h"

#include "common/base/timestamp.h"
#include "common/config/credentials.h"
#include "plugins/kimi/answer/field.h"
#include "plugins/support/quiet_file.h"

#include <string.h>

#define MAX_FILE     (256 * 1024)
#define MIN_VALIDITY 10   /* seconds for which a token must still be valid */
#define MILLISECONDS 1e10 /* an expiry above this is in milliseconds */

static gint64 stored_token_read_expiry(const struct json *json, const char *name)
{
    double expiry;

    if (!field_number(json_get(json, name), &expiry) || expiry <= 0)
        return 0;
    if (expiry > MILLISECONDS)
        expiry /= 1000;
    return expiry < TIMESTAMP_MAX ? (gint64)expiry : TIMESTAMP_MAX;
}

struct json *stored_token_read_file(const char *path, GError **error)
{
    gsize length = 0;
    char *text = quiet_read(path, MAX_FILE, &length, error);
    struct json *json = text ? json_parse(text, length, JSON_STRICT, error) : NULL;

    if (text)
        explicit_bzero(text, length);
    g_free(text);
    return json;
}

void stored_token_read(const struct json *json, const char *token, const char *expiry,
                       struct stored_token *stored)
{
    const char *text = json_string(json_get(json, token));

    stored->secret = text ? credentials_strip(text) : NULL;
    stored->expires_at = stored_token_read_expiry(json, expiry);
}

void stored_token_clear(struct stored_token *stored)
{
    secret_free(stored->secret);
    *stored = (struct stored_token){0};
}

bool stored_token_is_fresh(const struct stored_token *stored, gint64 now)
{
    return stored->expires_at >= now + MIN_VALIDITY;
}
