/* usageline-provider-kimi: the usage of a Kimi Code plan. */
#include "common/error.h"
#include "common/i18n.h"
#include "plugins/kimi/browser.h"
#include "plugins/kimi/endpoint.h"
#include "plugins/kimi/kimi_cli.h"
#include "plugins/kimi/probe.h"
#include "plugins/kimi/source.h"
#include "plugins/kimi/token.h"
#include "plugins/support/provider_main.h"

#include <string.h>

/* Seconds after which no further source is tried: usageline gives a provider 15 for all of it, and
 * one source may take HTTP_TIMEOUT and SERVICE_PATIENCE. */
#define LATEST_START 4

/* Whether the next source is worth a try after such a failure: not without a network, which it
 * would need too, not if a setting is wrong, and not if the service asks to wait. */
static bool hands_on(const GError *error)
{
    switch (usage_error_kind(error)) {
    case USAGE_ERROR_NETWORK:
    case USAGE_ERROR_CONFIG:
    case USAGE_ERROR_RATE_LIMITED:
        return false;
    default:
        return true;
    }
}

/* Asks with what this source has. Leaves `answer` empty if it has nothing. */
static void ask(const struct provider_call *call, const struct source *source,
                struct answer *answer)
{
    autoptr(credential) credential = source->find(call, &answer->error);

    if (!credential)
        return;
    credential->source = source;
    source->ask(call, credential, answer);
    if (answer->snapshot)
        answer->snapshot->source = g_strdup(source->name);
}

/* Puts the attempt in the place of the answer if that is nothing, or was a failure and the attempt
 * is none. So a time to wait is that of the error which is told: that of another credential must
 * not lock out the one that the user mends. */
static void keep_better(struct answer *answer, struct answer *attempt)
{
    if (!attempt->snapshot && answer->error)
        return;
    answer_clear(answer);
    *answer = *attempt;
    *attempt = (struct answer){0};
}

/* Checks also the setting that each web source looks at for itself. */
static bool find_mode(const struct provider_call *call, const char **mode, GError **error)
{
    const char *policy;

    return provider_setting(call, "source", mode, error) &&
           provider_setting(call, "cookieSource", &policy, error);
}

/* The files that a new sign-in changes, so that nobody who signs in need wait. A browser changes
 * its own all the time: they are among them only if there was nothing to ask with, for then looking
 * again sends nothing; and only if they may be looked at. */
static char **find_watch(const struct provider_call *call, const char *mode, bool nothing_was_sent)
{
    bool may_look = strcmp(mode, "auto") == 0 || strcmp(mode, "web") == 0;
    g_auto(GStrv) client = kimi_cli_files(call);
    g_auto(GStrv) browsers = nothing_was_sent && may_look
                                 ? browser_files(call, ANSWER_MAX_WATCH - g_strv_length(client))
                                 : NULL;
    GPtrArray *files = g_ptr_array_new();

    for (char **file = client; *file; file++)
        g_ptr_array_add(files, g_strdup(*file));
    for (char **file = browsers; file && *file; file++)
        g_ptr_array_add(files, g_strdup(*file));
    g_ptr_array_add(files, NULL);
    return (char **)g_ptr_array_free(files, FALSE);
}

/* The first source that works. If none does, the error is that of the first one that had
 * anything: that is the one which the user means. */
static void fetch(const struct provider_call *call, struct answer *answer)
{
    const gint64 latest_start = g_get_monotonic_time() + LATEST_START * G_USEC_PER_SEC;
    const struct source *source;
    const char *mode;
    bool goes_on = true;

    if (!find_mode(call, &mode, &answer->error))
        return;
    for (gsize i = 0; goes_on && (source = source_at(i)); i++) {
        autoclear(answer) attempt = {0};

        if (!source_belongs_to(source, mode) || source_off(source, call))
            continue;
        ask(call, source, &attempt);
        goes_on = !attempt.snapshot && g_get_monotonic_time() < latest_start &&
                  (!attempt.error || hands_on(attempt.error));
        keep_better(answer, &attempt);
    }
    if (!answer->snapshot)
        answer->watch = find_watch(call, mode, !answer->error);
    if (!answer->snapshot && !answer->error)
        source_set_missing(call, mode, &answer->error);
}

static void put_source(const struct provider_call *call, struct json_writer *writer,
                       const struct source *source, bool present, bool used, const char *why)
{
    json_open_object(writer, NULL);
    json_put_string(writer, "source", source->name);
    json_put_string(writer, "mode", source->mode);
    json_put_boolean(writer, "present", present);
    json_put_boolean(writer, "used", used);
    json_put_string(writer, "why", why);
    if (source->list && !source_off(source, call)) {
        json_open_array(writer, "places");
        source->list(call, writer);
        json_close_array(writer);
    }
    json_close_object(writer);
}

/* Tells what fetch would do, as far as that can be known without asking the service. */
static void diagnose(const struct provider_call *call, struct json_writer *writer)
{
    g_autoptr(GError) wrong_mode = NULL;
    const struct source *source;
    const char *mode = NULL;
    bool is_first = true;

    find_mode(call, &mode, &wrong_mode);
    for (gsize i = 0; (source = source_at(i)); i++) {
        g_autoptr(GError) error = NULL;
        const char *off = source_off(source, call);
        autoptr(credential) credential = off ? NULL : source->find(call, &error);
        bool wanted = !wrong_mode && source_belongs_to(source, mode);
        /* One that is expired or malformed is there, too. */
        bool present = credential || g_error_matches(error, USAGE_ERROR, USAGE_ERROR_AUTH);
        g_autofree char *address = credential ? source->address(call, credential, &error) : NULL;
        bool usable = address && wanted;
        g_autofree char *why = NULL;

        if (off || error)
            why = g_strdup(off ? off : error->message);
        else if (!credential)
            why = g_strdup(_("not set"));
        else if (wrong_mode)
            why = g_strdup(wrong_mode->message);
        else if (!wanted)
            why = g_strdup_printf(_("the source is set to \"%s\""), mode);
        else
            why = g_strdup_printf(is_first ? _("found in %s; tried first")
                                           : _("found in %s; for when the one before fails"),
                                  credential->origin);
        put_source(call, writer, source, present, usable && is_first, why);
        is_first = is_first && !usable;
    }
}

static const char *const cookie_sources[] = {"auto", "manual", "off", NULL};

static const struct provider_setting settings[] = {
    {"source", N_("Which credential to use"), source_modes, true, false},
    {"region", N_("Which of Kimi's sites the account belongs to: kimi.com or kimi.ai"),
     endpoint_regions, true, false},
    {"cookieSource",
     N_("Which web sessions may be used: all, only a token given by hand, none but the "
        "environment's"),
     cookie_sources, true, false},
    {"cookieHeader", N_("Token of a web session: the cookie kimi-auth, or a Cookie header with it"),
     NULL, false, true, TOKEN_COOKIE},
    {"browsers",
     N_("Browsers to look into for a session, the first preferred; others are left alone"), NULL,
     false, false},
    {"apiKey", N_("API key of Kimi Code, made in its console"), NULL, false, true},
    {"enterpriseHost", N_("Address to ask instead of Kimi's own, for an API key; HTTPS alone"),
     NULL, false, false},
    {0},
};

static const struct provider_variable variables[] = {
    {"KIMI_CODE_API_KEY", N_("API key, if providers[].apiKey is not set"), true},
    {"KIMI_CODE_BASE_URL", N_("Address to ask instead of Kimi's own, for an API key; HTTPS alone"),
     false},
    {"KIMI_MANUAL_COOKIE", N_("Cookie header of a web session, with kimi-auth"), true},
    {"KIMI_AUTH_TOKEN", N_("Token of a web session: the value of the cookie kimi-auth"), true},
    {"KIMI_CODE_HOME", N_("Folder of Kimi's own client, if not ~/.kimi-code"), false},
    {"KIMI_CODE_OAUTH_HOST", N_("If set, the token of Kimi's own client is not used"), false},
    {"KIMI_OAUTH_HOST", N_("If set, the token of Kimi's own client is not used"), false},
    {"USAGELINE_CA_FILE", N_("One more certificate authority to trust, PEM"), false},
    {0},
};

static const struct provider kimi = {
    .id = "kimi",
    .name = "Kimi Code",
    .about = N_("Prints how much of a Kimi Code plan is used, as JSON."),
    .dashboard = "https://www.kimi.com/code/console",
    .settings = settings,
    .variables = variables,
    .fetch = fetch,
    .diagnose = diagnose,
    .probe = probe,
    .browsers = browser_list_all,
};

int main(int argc, char **argv)
{
    return provider_main(&kimi, argc, argv);
}
