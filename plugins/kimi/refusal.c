#include "plugins/kimi/refusal.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/json.h"
#include "common/base/text.h"

#define MAX_WORDS  160 /* characters of the service's own text */
#define CHECK_BASE N_("check KIMI_CODE_BASE_URL and enterpriseHost")

static const struct refusal {
    long from, to; /* statuses; the first row that fits counts */
    enum usage_error kind;
    const char *what;
    const char *remedy;
    bool names_console;           /* the console's address follows the remedy */
    const char *remedy_if_chosen; /* at an address that the user chose; NULL: the same */
} refusals[] = {
    {402, 402, USAGE_ERROR_PLAN, N_("this account has no Kimi Code plan"),
     N_("get one in the console, or use the credential of another account"), true},
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

/* The text of the service's error: {"error":{"message":…}}, {"error":…}, {"message":…} or
 * {"code":…,"details":…}; NULL: there is none. */
static const char *refusal_find_words(const struct json *json)
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

/* That text on one line, which the caller frees; NULL: there is none that may be shown. */
static char *refusal_read_words(const GString *body, const struct secret *key)
{
    autoptr(json) json = json_parse(body->str, body->len, JSON_STRICT, NULL);
    const char *words = refusal_find_words(json);

    return words && !secret_is_in(key, words) ? text_clean_line(words, MAX_WORDS) : NULL;
}

/* Whether a 403 is about the credential. It may also be about a quota that is used up, with the
 * type "permission_error" or "access_terminated_error", which is no reason to sign in. */
static bool refusal_body_blames_credential(const GString *body)
{
    autoptr(json) json = json_parse(body->str, body->len, JSON_STRICT, NULL);
    const char *words = refusal_find_words(json);
    const char *type = json_string(json_get(json_get(json, "error"), "type"));
    g_autofree char *text = g_strjoin(" ", words ? words : "", type ? type : "", NULL);

    /* Whole words, not parts of an address such as "/coding/v1/usages". */
    if (g_regex_match_simple(
            "(?<![a-z/])(quotas?|limits?|usage|billing|exceeded|terminated)(?![a-z])", text,
            G_REGEX_CASELESS, 0))
        return false;
    return g_regex_match_simple("permission", text, G_REGEX_CASELESS, 0);
}

bool refusal_rejects_credential(long status, const struct credential *credential)
{
    return status == 401 || (status == 403 && credential_is_session(credential));
}

static struct refusal refusal_from_words(const struct credential *credential)
{
    const struct refusal_words *words = credential->words;
    bool in_config = credential->is_in_config && words->remedy_in_config;

    return (struct refusal){.kind = USAGE_ERROR_AUTH,
                            .what = words->what,
                            .remedy = in_config ? words->remedy_in_config : words->remedy,
                            .names_console = words->names_console};
}

static struct refusal refusal_find(const struct http_response *response,
                                   const struct credential *credential)
{
    gsize row = 0;
    struct refusal found;

    if (refusal_rejects_credential(response->status, credential))
        return refusal_from_words(credential);
    while (row + 1 < G_N_ELEMENTS(refusals) &&
           (response->status < refusals[row].from || response->status > refusals[row].to))
        row++;
    found = refusals[row];
    if (response->status == 403 && refusal_body_blames_credential(response->body))
        found.kind = USAGE_ERROR_AUTH;
    return found;
}

/* The remedy in words; the caller frees it. */
static char *refusal_describe_remedy(const struct refusal *refusal,
                                     const struct credential *credential)
{
    bool is_chosen = credential->endpoint && credential->endpoint->is_chosen;
    const char *remedy =
        is_chosen && refusal->remedy_if_chosen ? refusal->remedy_if_chosen : refusal->remedy;

    if (refusal->names_console)
        return g_strdup_printf(_("%s: %s"), _(remedy), credential->site->console);
    return g_strdup(_(remedy));
}

void refusal_set(struct answer *answer, const struct http_response *response,
                 const struct credential *credential, const char *where)
{
    const struct refusal refusal = refusal_find(response, credential);
    const char *host = credential_host(credential);
    g_autofree char *words = refusal_read_words(response->body, credential->secret);
    g_autofree char *quoted = words ? g_strdup_printf(_(": “%s”"), words) : g_strdup("");
    g_autofree char *remedy = refusal_describe_remedy(&refusal, credential);

    if (refusal.what == credential->words->what)
        answer->error = g_error_new(
            USAGE_ERROR, (int)refusal.kind,
            /* Translators: the host, what is wrong, the HTTP status and perhaps the service's own
             * words, the file or the variable that has the credential, what to do. */
            _("%s: %s (HTTP %ld%s), the one in %s; %s"), host, _(refusal.what), response->status,
            quoted, where, remedy);
    else
        answer->error = g_error_new(USAGE_ERROR, (int)refusal.kind,
                                    /* Translators: the host, what is wrong, the HTTP status and
                                     * perhaps the service's own words, what to do. */
                                    _("%s: %s (HTTP %ld%s); %s"), host, _(refusal.what),
                                    response->status, quoted, remedy);
    if (refusal.kind == USAGE_ERROR_RATE_LIMITED || refusal.kind == USAGE_ERROR_SERVER)
        answer->retry_after = response->retry_after;
}

GError *refusal_error_remembered(const struct credential *credential, const char *where,
                                 long status, gint64 at)
{
    const struct refusal refusal = refusal_from_words(credential);
    g_autofree char *remedy = refusal_describe_remedy(&refusal, credential);
    g_autoptr(GDateTime) then = g_date_time_new_from_unix_local(at);
    g_autofree char *clock = g_date_time_format(then, "%H:%M");

    return g_error_new(USAGE_ERROR, USAGE_ERROR_AUTH,
                       /* Translators: the host, what is wrong, the HTTP status, a time of day, the
                        * file or the variable that has the credential, what to do. */
                       _("%s: %s (HTTP %ld at %s), the one in %s; it is not sent again until it "
                         "changes; %s"),
                       credential_host(credential), _(refusal.what), status, clock, where, remedy);
}
