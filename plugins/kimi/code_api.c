#include "plugins/kimi/code_api.h"

#include "common/error.h"
#include "common/json.h"
#include "common/text.h"
#include "plugins/kimi/usages.h"

#include <string.h>

#define MAX_WORDS 160 /* characters of the service's own text */

#define NEW_KEY                                                                                    \
    "store another with `usageline config set-api-key --provider kimi --stdin` (not one of the "   \
    "Moonshot Open Platform or of another region); the console makes them"

/* What a status other than 200 to 299 means; the first row that fits. */
static const struct verdict {
    long from, to;
    enum usage_error kind;
    const char *what;
    const char *remedy;
    bool names_console;
} verdicts[] = {
    {300, 399, USAGE_ERROR_SERVER, "redirect refused",
     "the key is not sent to another address; check KIMI_CODE_BASE_URL and enterpriseHost", false},
    {401, 401, USAGE_ERROR_AUTH, "the API key is invalid or expired", NEW_KEY, true},
    {403, 403, USAGE_ERROR_SERVER, "permission or quota denied",
     "see the state of the plan in the console", true},
    {404, 404, USAGE_ERROR_SERVER, "the usage is not there",
     "check KIMI_CODE_BASE_URL and enterpriseHost, or see whether there is a newer usageline",
     false},
    {429, 429, USAGE_ERROR_RATE_LIMITED, "too many requests", "usageline waits and tries again",
     false},
    {500, 599, USAGE_ERROR_SERVER, "the service has failed", "usageline tries again later", false},
    {0, G_MAXLONG, USAGE_ERROR_SERVER, "the request was refused",
     "see whether there is a newer usageline", false},
};

/* The text of an error of the service: {"error":{"message":…}}, {"error":…}, {"message":…} or
 * {"code":…,"details":…}. */
static const char *find_words(const struct json *json)
{
    const struct json *problem = json_get(json, "error");
    const struct json *details = json_get(json, "details");
    const struct json *const places[] = {
        json_get(problem, "message"), problem,
        json_get(json, "message"),    details,
        json_at(details, 0),          json_get(json_at(details, 0), "message"),
        json_get(json, "code"),
    };

    for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
        const char *text = json_string(places[i]);
        if (text && text[0] != '\0')
            return text;
    }
    return NULL;
}

/* The service's own words on one line; NULL if there are none that may be shown. */
static char *read_words(const GString *body, const struct secret *key)
{
    autoptr(json) json = json_parse(body->str, body->len, JSON_STRICT, NULL);
    const char *words = find_words(json);

    return words && !secret_is_in(key, words) ? text_clean_line(words, MAX_WORDS) : NULL;
}

static bool speaks_of_permission(const GString *body)
{
    g_autofree char *lower = g_ascii_strdown(body->str, (gssize)body->len);

    return strstr(lower, "permission") != NULL;
}

static void set_refusal(const struct http_response *response, const struct endpoint *endpoint,
                        const struct secret *key, struct answer *answer)
{
    g_autofree char *words = read_words(response->body, key);
    const struct verdict *verdict = verdicts;
    enum usage_error kind;

    while (response->status < verdict->from || response->status > verdict->to)
        verdict++;
    kind = verdict->kind;
    if (response->status == 403 && speaks_of_permission(response->body))
        kind = USAGE_ERROR_AUTH;
    answer->error = g_error_new(
        USAGE_ERROR, (int)kind, "%s: %s (HTTP %ld%s%s%s); %s%s%s", endpoint->host, verdict->what,
        response->status, words ? ": “" : "", words ? words : "", words ? "”" : "", verdict->remedy,
        verdict->names_console ? ": " : "", verdict->names_console ? endpoint->console : "");
    if (kind == USAGE_ERROR_RATE_LIMITED || kind == USAGE_ERROR_SERVER)
        answer->retry_after = response->retry_after;
}

static bool is_web_page(const struct http_response *response)
{
    const char *text = response->body->str;

    return text[strspn(text, " \t\r\n")] == '<' ||
           (response->content_type && g_str_has_prefix(response->content_type, "text/html"));
}

void code_api_judge(const struct http_response *response, const struct endpoint *endpoint,
                    const struct secret *key, gint64 now, struct answer *answer)
{
    if (response->status < 200 || response->status > 299) {
        set_refusal(response, endpoint, key, answer);
    } else if (is_web_page(response)) {
        answer->error =
            g_error_new(USAGE_ERROR, USAGE_ERROR_PAYLOAD,
                        "%s: a web page came instead of the usage; something between may want you "
                        "to log in, or KIMI_CODE_BASE_URL or enterpriseHost names a web site",
                        endpoint->host);
    } else {
        answer->snapshot =
            usages_parse(response->body->str, response->body->len, now, &answer->error);
        if (answer->snapshot)
            answer->snapshot->dashboard = g_strdup(endpoint->console);
    }
}

void code_api_fetch(struct http_client *client, const struct endpoint *endpoint,
                    const struct secret *key, gint64 now, struct answer *answer)
{
    autoptr(http_request) request = http_request_new(endpoint->url);
    autoclear(http_response) response = {0};

    http_request_add_header(request, "Accept", "application/json");
    http_request_add_secret(request, "Authorization", "Bearer ", key);
    if (http_send(client, request, now, &response, &answer->error))
        code_api_judge(&response, endpoint, key, now, answer);
}
