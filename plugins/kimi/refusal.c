#include "plugins/kimi/refusal.h"

#include "common/error.h"
#include "common/i18n.h"
#include "common/json.h"
#include "common/text.h"

#include <string.h>

#define MAX_WORDS  160 /* characters of the service's own text */
#define CHECK_BASE N_("check KIMI_CODE_BASE_URL and enterpriseHost")

/* What a status other than 200 to 299 means; the first row that fits. */
static const struct verdict {
    long from, to;
    enum usage_error kind;
    const char *what;
    const char *remedy;
    bool names_console;
    const char *remedy_if_chosen; /* of a host that the user chose; NULL: the same */
} verdicts[] = {
    {300, 399, USAGE_ERROR_SERVER, N_("redirect refused"),
     N_("the credential is not sent to another address; something between may want you to log in, "
        "or there is a newer usageline"),
     false,
     N_("the credential is not sent to another address; check KIMI_CODE_BASE_URL and "
        "enterpriseHost")},
    {403, 403, USAGE_ERROR_SERVER, N_("permission or quota denied"),
     N_("see the state of the plan in the console"), true},
    {404, 404, USAGE_ERROR_SERVER, N_("the usage is not there"),
     N_("see whether there is a newer usageline"), false, CHECK_BASE},
    {429, 429, USAGE_ERROR_RATE_LIMITED, N_("too many requests"),
     N_("usageline waits and tries again"), false},
    {500, 599, USAGE_ERROR_SERVER, N_("the service has failed"), N_("usageline tries again later"),
     false},
    {0, 999, USAGE_ERROR_SERVER, N_("the request was refused"),
     N_("see whether there is a newer usageline"), false},
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

static struct verdict judge(const struct http_response *response, const struct refusal_words *words)
{
    const struct verdict *verdict = verdicts;
    struct verdict found;

    if (response->status == 401 || (response->status == 403 && words->forbidden_is_unauthorized))
        return (struct verdict){.kind = USAGE_ERROR_AUTH,
                                .what = words->what,
                                .remedy = words->remedy,
                                .names_console = words->names_console};
    while (response->status < verdict->from || response->status > verdict->to)
        verdict++;
    found = *verdict;
    if (response->status == 403 && speaks_of_permission(response->body))
        found.kind = USAGE_ERROR_AUTH;
    return found;
}

/* The remedy, with the console's address where that belongs to it; the caller frees it. */
static char *describe_remedy(const struct verdict *verdict, const struct refusal_place *place)
{
    const char *remedy =
        place->is_chosen && verdict->remedy_if_chosen ? verdict->remedy_if_chosen : verdict->remedy;

    if (verdict->names_console)
        return g_strdup_printf(_("%s: %s"), _(remedy), place->console);
    return g_strdup(_(remedy));
}

void refusal_set(struct answer *answer, const struct http_response *response,
                 struct refusal_place place, const struct refusal_words *words,
                 const struct credential *credential)
{
    const struct verdict verdict = judge(response, words);
    g_autofree char *own = read_words(response->body, credential->secret);
    g_autofree char *quoted = own ? g_strdup_printf(_(": “%s”"), own) : g_strdup("");
    g_autofree char *remedy = describe_remedy(&verdict, &place);

    if (verdict.what == words->what)
        answer->error = g_error_new(
            USAGE_ERROR, (int)verdict.kind,
            /* Translators: the host, what is wrong, the HTTP status and perhaps the service's own
             * words, the file or the variable that has the credential, what to do. */
            _("%s: %s (HTTP %ld%s), the one in %s; %s"), place.host, _(verdict.what),
            response->status, quoted, credential->origin, remedy);
    else
        answer->error = g_error_new(USAGE_ERROR, (int)verdict.kind,
                                    /* Translators: the host, what is wrong, the HTTP status and
                                     * perhaps the service's own words, what to do. */
                                    _("%s: %s (HTTP %ld%s); %s"), place.host, _(verdict.what),
                                    response->status, quoted, remedy);
    if (verdict.kind == USAGE_ERROR_RATE_LIMITED || verdict.kind == USAGE_ERROR_SERVER)
        answer->retry_after = response->retry_after;
}
