#include "plugins/kimi/credential/token.h"

#include "common/base/json.h"
#include "common/base/timestamp.h"
#include "common/config/pasted.h"
#include "plugins/kimi/answer/field.h"

#include <string.h>

#define MAX_LENGTH (16 * 1024) /* what a header line can hold */
#define MAX_CLAIM  256         /* characters of a claim that becomes a header */

/* The payload, which the caller frees; NULL: the token is no JWT or its payload no JSON. */
static struct json *token_read_payload(const char *token)
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

/* A claim that becomes a header, so it must be visible ASCII: a line break would begin another
 * header. */
static char *token_read_claim(const struct json *payload, const char *name)
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

static gint64 token_read_time(const struct json *payload, const char *name)
{
    double seconds;

    if (!field_number(json_get(payload, name), &seconds) || seconds < 1 || seconds > TIMESTAMP_MAX)
        return 0;
    return (gint64)seconds;
}

/* The first site of Kimi's in a claim that is a text or a list. */
static const struct site *token_read_audience(const struct json *claim)
{
    const struct site *site = site_for_audience(json_string(claim));

    for (guint i = 0; !site && json_type(claim) == JSON_ARRAY && i < json_length(claim); i++)
        site = site_for_audience(json_string(json_at(claim, i)));
    return site;
}

struct token *token_new(const char *text, gssize length)
{
    struct token *token = g_new0(struct token, 1);

    token->text = secret_new(text, length);
    autoptr(json) payload = token_read_payload(secret_peek(token->text));
    token->device_id = token_read_claim(payload, "device_id");
    token->session_id = token_read_claim(payload, "ssid");
    token->traffic_id = token_read_claim(payload, "sub");
    token->site = token_read_audience(json_get(payload, "aud"));
    token->is_foreign = json_type(json_get(payload, "aud")) != JSON_NULL && !token->site;
    token->is_refresh = g_strcmp0(json_string(json_get(payload, "typ")), "refresh") == 0;
    token->expires_at = token_read_time(payload, "exp");
    return token;
}

struct token *token_find(const char *pasted)
{
    static const struct pasted_names names = {.cookie = TOKEN_COOKIE, .item = TOKEN_ITEM};
    const char *start = NULL;
    gsize length = pasted_find(pasted, &names, &start);
    autoptr(token) token =
        length > 0 && length <= MAX_LENGTH ? token_new(start, (gssize)length) : NULL;

    return token && !token->is_refresh ? g_steal_pointer(&token) : NULL;
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
