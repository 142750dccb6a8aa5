#include "plugins/kimi/credential/endpoint.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/text.h"

#include <curl/curl.h>
#include <string.h>

#define MAX_SHOWN 100 /* characters of an address in a message */
#define API_PATH  "/coding/v1"

/* NULL: the address has no such part. The caller frees it. */
static char *endpoint_get_part(CURLU *parts, CURLUPart part)
{
    char *text = NULL;
    char *copy;

    curl_url_get(parts, part, &text, 0);
    copy = g_strdup(text);
    curl_free(text);
    return copy;
}

/* What is wrong with an address, for people; NULL: nothing. */
static const char *endpoint_find_fault(CURLU *parts, const char *base)
{
    static const CURLUPart login[] = {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_OPTIONS};

    /* libcurl does not report a "?" or "#" with nothing behind it. */
    if (strchr(base, '?'))
        return _("it must have no query (\"?…\")");
    if (strchr(base, '#'))
        return _("it must have no fragment (\"#…\")");
    if (strchr(base, '\\') || !g_utf8_validate(base, -1, NULL) || !text_is_printable(base))
        return _("it is not a valid address");
    if (curl_url_set(parts, CURLUPART_URL, base, CURLU_DEFAULT_SCHEME | CURLU_NON_SUPPORT_SCHEME))
        return _("it is not a valid address");
    g_autofree char *scheme = endpoint_get_part(parts, CURLUPART_SCHEME);
    if (g_strcmp0(scheme, "https") != 0)
        return _("it must begin with https://");
    /* libcurl takes the first folder of "https:///folder" for the host. */
    if (strstr(base, ":///"))
        return _("it names no host");
    for (gsize i = 0; i < G_N_ELEMENTS(login); i++) {
        g_autofree char *text = endpoint_get_part(parts, login[i]);
        if (text)
            return _("it must have no user name or password");
    }
    return NULL;
}

/* Appends what the path lacks of that of the Code API. */
static void endpoint_complete_path(CURLU *parts)
{
    g_autofree char *path = endpoint_get_part(parts, CURLUPART_PATH);
    const char *rest = API_PATH;
    gsize length = strlen(path);

    while (length > 0 && path[length - 1] == '/')
        path[--length] = '\0';
    if (g_str_has_suffix(path, API_PATH))
        rest = "";
    else if (g_str_has_suffix(path, "/coding"))
        rest = "/v1";
    g_autofree char *whole = g_strconcat(path, rest, NULL);
    curl_url_set(parts, CURLUPART_PATH, whole, 0);
}

/* An address for a message, without parts that may hold a password or a key; the caller frees it.
 */
static char *endpoint_show(const char *address)
{
    g_autofree char *start = g_strndup(address, strcspn(address, "?#"));

    return text_clean_line(strchr(start, '@') ? "…" : start, MAX_SHOWN);
}

struct endpoint *endpoint_new(const struct site *site, const char *base, const char *named_by,
                              GError **error)
{
    g_autofree char *address = g_strstrip(g_strdup(base ? base : site->api));
    struct endpoint *endpoint = NULL;
    CURLU *parts = curl_url();
    const char *fault = endpoint_find_fault(parts, address);

    if (!fault) {
        endpoint_complete_path(parts);
        endpoint = g_new0(struct endpoint, 1);
        endpoint->base = endpoint_get_part(parts, CURLUPART_URL);
        endpoint->host = endpoint_get_part(parts, CURLUPART_HOST);
        endpoint->site = site;
        endpoint->is_chosen = base != NULL;
    } else {
        g_autofree char *shown = endpoint_show(address);
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("%s is \"%s\": %s"), named_by, shown,
                    fault);
    }
    curl_url_cleanup(parts);
    return endpoint;
}

void endpoint_free(struct endpoint *endpoint)
{
    if (!endpoint)
        return;
    g_free(endpoint->base);
    g_free(endpoint->host);
    g_free(endpoint);
}

char *endpoint_url(const struct endpoint *endpoint, const char *resource)
{
    return g_strconcat(endpoint->base, "/", resource, NULL);
}

char *endpoint_address(const struct endpoint *endpoint)
{
    const char *authority = strstr(endpoint->base, "://") + strlen("://");

    return g_strndup(endpoint->base, (gsize)(authority - endpoint->base) + strcspn(authority, "/"));
}

char *endpoint_parse_host(const char *address)
{
    CURLU *parts = curl_url();
    char *host = NULL;

    if (g_str_has_prefix(address, "https://") && !endpoint_find_fault(parts, address)) {
        g_autofree char *port = endpoint_get_part(parts, CURLUPART_PORT);
        g_autofree char *name = endpoint_get_part(parts, CURLUPART_HOST);
        if (name && (!port || strcmp(port, "443") == 0))
            host = g_ascii_strdown(name, -1);
    }
    curl_url_cleanup(parts);
    return host;
}
