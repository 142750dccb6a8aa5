#include "plugins/kimi/endpoint.h"

#include "common/error.h"
#include "common/i18n.h"
#include "common/text.h"

#include <curl/curl.h>
#include <stdbool.h>
#include <string.h>

#define MAX_SHOWN 100 /* characters of an address in a message */

const char *const endpoint_regions[] = {"cn", "global", NULL};

/* In the order of endpoint_regions. */
static const struct {
    const char *base;
    const char *console;
} sites[] = {
    {"https://api.kimi.com", "https://www.kimi.com/code/console"},
    {"https://api.kimi.ai", "https://www.kimi.ai/code/console"},
};

/* What follows a base that ends so; the first that fits. */
static const struct {
    const char *end;
    const char *rest;
} paths[] = {
    {"/coding/v1", "/usages"},
    {"/coding", "/v1/usages"},
    {"", "/coding/v1/usages"},
};

static gsize region_index(const char *region)
{
    gsize i = 0;

    while (strcmp(endpoint_regions[i], region) != 0)
        i++;
    return i;
}

const char *endpoint_console(const char *region)
{
    return sites[region_index(region)].console;
}

static bool has_part(CURLU *parts, CURLUPart part)
{
    char *text = NULL;
    bool there = curl_url_get(parts, part, &text, 0) == CURLUE_OK;

    curl_free(text);
    return there;
}

/* What is wrong with an address; NULL if nothing. */
static const char *find_fault(CURLU *parts, const char *base)
{
    char *scheme = NULL;
    bool is_https;

    /* libcurl does not tell of a "?" or "#" with nothing behind it. */
    if (strchr(base, '?'))
        return _("it must have no query (\"?…\")");
    if (strchr(base, '#'))
        return _("it must have no fragment (\"#…\")");
    if (strchr(base, '\\') || !g_utf8_validate(base, -1, NULL) || !text_is_printable(base))
        return _("it is not a valid address");
    if (curl_url_set(parts, CURLUPART_URL, base, CURLU_DEFAULT_SCHEME | CURLU_NON_SUPPORT_SCHEME))
        return _("it is not a valid address");
    curl_url_get(parts, CURLUPART_SCHEME, &scheme, 0);
    is_https = g_strcmp0(scheme, "https") == 0;
    curl_free(scheme);
    if (!is_https)
        return _("it must begin with https://");
    /* libcurl takes the first folder of "https:///folder" for the host. */
    if (strstr(base, ":///"))
        return _("it names no host");
    if (has_part(parts, CURLUPART_USER) || has_part(parts, CURLUPART_PASSWORD) ||
        has_part(parts, CURLUPART_OPTIONS))
        return _("it must have no user name or password");
    return NULL;
}

/* Puts the path of the usages behind that of the base. */
static void complete_path(CURLU *parts)
{
    char *path = NULL;
    gsize length;

    curl_url_get(parts, CURLUPART_PATH, &path, 0);
    length = strlen(path);
    while (length > 0 && path[length - 1] == '/')
        path[--length] = '\0';
    for (gsize i = 0; i < G_N_ELEMENTS(paths); i++) {
        if (!g_str_has_suffix(path, paths[i].end))
            continue;
        g_autofree char *whole = g_strconcat(path, paths[i].rest, NULL);
        curl_url_set(parts, CURLUPART_PATH, whole, 0);
        break;
    }
    curl_free(path);
}

static char *get_part(CURLU *parts, CURLUPart part)
{
    char *text = NULL;
    char *copy;

    curl_url_get(parts, part, &text, 0);
    copy = g_strdup(text);
    curl_free(text);
    return copy;
}

static struct endpoint *from_parts(CURLU *parts, const char *console)
{
    struct endpoint *endpoint = g_new0(struct endpoint, 1);

    complete_path(parts);
    endpoint->url = get_part(parts, CURLUPART_URL);
    endpoint->host = get_part(parts, CURLUPART_HOST);
    endpoint->console = console;
    return endpoint;
}

/* An address for a message, without the parts that may hold a password or a key. */
static char *show(const char *address)
{
    g_autofree char *start = g_strndup(address, strcspn(address, "?#"));

    return text_clean_line(strchr(start, '@') ? "…" : start, MAX_SHOWN);
}

struct endpoint *endpoint_new(const char *region, const char *base, const char *named_by,
                              GError **error)
{
    gsize i = region_index(region);
    g_autofree char *address = g_strstrip(g_strdup(base ? base : sites[i].base));
    struct endpoint *endpoint = NULL;
    CURLU *parts = curl_url();
    const char *fault = find_fault(parts, address);

    if (!fault) {
        endpoint = from_parts(parts, sites[i].console);
    } else {
        g_autofree char *shown = show(address);
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
    g_free(endpoint->url);
    g_free(endpoint->host);
    g_free(endpoint);
}

char *endpoint_address(const struct endpoint *endpoint)
{
    const char *authority = strstr(endpoint->url, "://") + strlen("://");

    return g_strndup(endpoint->url, (gsize)(authority - endpoint->url) + strcspn(authority, "/"));
}
