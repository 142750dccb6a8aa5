#include "plugins/kimi/token.h"

#include "common/cookie.h"
#include "common/json.h"
#include "common/timestamp.h"
#include "plugins/kimi/answer/field.h"

#include <string.h>

#define BASE64URL "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

#define MAX_LENGTH (16 * 1024) /* what a header line can hold */
#define MAX_CLAIM  256         /* characters that a header made of a claim may have */

/* The length of the JWT that begins here: three parts of base64url; 0 if none does. */
static gsize jwt_length(const char *text)
{
    gsize length = 0;

    if (!g_str_has_prefix(text, "eyJ"))
        return 0;
    for (int part = 0; part < 3; part++) {
        gsize part_length = strspn(text + length, BASE64URL);
        if (part_length == 0)
            return 0;
        length += part_length;
        if (part < 2 && text[length++] != '.')
            return 0;
    }
    return text[length] == '.' ? 0 : length;
}

/* A JWT that comes first, or behind what announces it; its length, or 0. Any other may be another
 * site's, and is not ours to send. */
static gsize find_jwt(const char *text, const char **start)
{
    /* The second is a row of a browser's table of cookies. */
    static const char *const announced_by[] = {"Bearer ", TOKEN_COOKIE "\t"};
    gsize length;

    *start = text + strspn(text, " \t\r\n'\"");
    length = jwt_length(*start);
    for (gsize i = 0; length == 0 && i < G_N_ELEMENTS(announced_by); i++) {
        const char *found = strstr(text, announced_by[i]);
        if (found) {
            *start = found + strlen(announced_by[i]);
            length = jwt_length(*start);
        }
    }
    return length;
}

/* The decoded payload; NULL if the token is no JWT or its payload no JSON. */
static struct json *read_payload(const char *token)
{
    const char *begin = strchr(token, '.');
    const char *end = begin ? strchr(begin + 1, '.') : NULL;
    struct json *json;
    gsize length = 0;

    if (!end)
        return NULL;
    g_autofree char *text = g_strndup(begin + 1, (gsize)(end - begin - 1));
    g_strdelimit(text, "-", '+');
    g_strdelimit(text, "_", '/');
    g_autofree char *padded = g_strconcat(text, &"==="[3 - (4 - strlen(text) % 4) % 4], NULL);
    g_autofree guchar *decoded = g_base64_decode(padded, &length);
    json = json_parse((const char *)decoded, length, JSON_STRICT, NULL);
    explicit_bzero(decoded, length);
    explicit_bzero(text, strlen(text));
    explicit_bzero(padded, strlen(padded));
    return json;
}

/* A claim that becomes a header: visible ASCII, for a line break would begin another header. */
static char *take_claim(const struct json *payload, const char *name)
{
    const struct json *claim = json_get(payload, name);
    const char *text = json_string(claim) ? json_string(claim) : json_number_text(claim);

    if (!text || text[0] == '\0' || strlen(text) > MAX_CLAIM)
        return NULL;
    for (const char *c = text; *c != '\0'; c++) {
        if (!g_ascii_isgraph(*c))
            return NULL;
    }
    return g_strdup(text);
}

static gint64 take_time(const struct json *payload, const char *name)
{
    double seconds;

    if (!field_number(json_get(payload, name), &seconds) || seconds < 1 || seconds > TIMESTAMP_MAX)
        return 0;
    return (gint64)seconds;
}

struct token *token_new(const char *text, gssize length)
{
    struct token *token = g_new0(struct token, 1);

    token->text = secret_new(text, length);
    autoptr(json) payload = read_payload(secret_peek(token->text));
    token->device_id = take_claim(payload, "device_id");
    token->session_id = take_claim(payload, "ssid");
    token->traffic_id = take_claim(payload, "sub");
    token->expires_at = take_time(payload, "exp");
    return token;
}

struct token *token_find(const char *pasted)
{
    const char *start = NULL;
    gsize length = cookie_find(pasted, TOKEN_COOKIE, &start);

    if (length == 0)
        length = find_jwt(pasted, &start);
    return length > 0 && length <= MAX_LENGTH ? token_new(start, (gssize)length) : NULL;
}

void token_free(struct token *token)
{
    if (!token)
        return;
    secret_free(token->text);
    secret_wipe(token->device_id);
    secret_wipe(token->session_id);
    secret_wipe(token->traffic_id);
    g_free(token);
}

bool token_has_expired(const struct token *token, gint64 now)
{
    return token->expires_at > 0 && token->expires_at <= now;
}
