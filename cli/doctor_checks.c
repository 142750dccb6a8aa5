/* The checks of the configuration, the provider and the store. */
#include "cli/browsers.h"
#include "cli/doctor.h"
#include "common/duration.h"
#include "common/i18n.h"
#include "common/json.h"
#include "common/provider.h"
#include "common/provider_file.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_SKEW 300 /* seconds: beyond this tokens and countdowns go wrong */

static void check_credentials_file(const char *path, GPtrArray *findings)
{
    static const char section[] = "configuration";
    g_autoptr(GError) error = NULL;
    autoptr(json) json = provider_file_read(path, &error);
    struct stat status;

    if (stat(path, &status) < 0)
        doctor_note(findings, section, FINDING_NOTE, _("nothing is stored in %s"), path);
    else if (!json)
        doctor_note(findings, section, FINDING_BAD, "%s", error ? error->message : path);
    else if ((status.st_mode & 077) != 0)
        doctor_note(findings, section, FINDING_BAD,
                    _("others can read %s; mend it with:\n  chmod 600 %s"), path, path);
    else
        doctor_note(findings, section, FINDING_GOOD, _("stored credentials: %s"), path);
}

void doctor_check_configuration(const struct context *context, GPtrArray *findings)
{
    static const char section[] = "configuration";
    const GPtrArray *problems = context->config->problems;

    for (guint i = 0; i < problems->len; i++) {
        const struct config_problem *problem = problems->pdata[i];
        doctor_note(findings, section, problem->is_error ? FINDING_BAD : FINDING_NOTE, "%s",
                    problem->text);
    }
    if (access(context->paths->config_file, F_OK) < 0)
        doctor_note(findings, section, FINDING_NOTE, _("%s is not there: the defaults hold"),
                    context->paths->config_file);
    else if (problems->len == 0)
        doctor_note(findings, section, FINDING_GOOD, _("%s is valid"), context->paths->config_file);
    check_credentials_file(context->paths->credentials_file, findings);
}

static struct json *ask(const struct context *context, const char *provider, const char *question,
                        GPtrArray *findings)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *text = provider_question(context->paths, provider, question, &error);
    struct json *json = text ? json_parse(text, strlen(text), JSON_STRICT, &error) : NULL;

    /* A provider need not know the question, but it has to run. */
    if (!json)
        doctor_note(findings, "provider",
                    g_error_matches(error, USAGE_ERROR, USAGE_ERROR_CONFIG) ? FINDING_NOTE
                                                                            : FINDING_BAD,
                    "%s", error->message);
    return json;
}

static void note_source(const struct json *source, GPtrArray *findings)
{
    const char *name = json_string(json_get(source, "source"));
    const char *why = json_string(json_get(source, "why"));
    gboolean present = FALSE, used = FALSE;

    json_boolean(json_get(source, "present"), &present);
    json_boolean(json_get(source, "used"), &used);
    if (!why)
        why = present ? _("present") : _("not there");
    doctor_note(findings, "sources", used ? FINDING_GOOD : FINDING_NOTE, _("%s: %s"),
                name ? name : "?", why);
}

static void check_sources(const struct context *context, const char *provider, GPtrArray *findings)
{
    autoptr(json) sources = ask(context, provider, "--diagnose", findings);
    bool any = false;

    for (guint i = 0; i < json_length(sources); i++) {
        gboolean used = FALSE;
        json_boolean(json_get(json_at(sources, i), "used"), &used);
        any = any || used;
        note_source(json_at(sources, i), findings);
    }
    if (json_length(sources) > 0 && !any)
        doctor_note(findings, "sources", FINDING_BAD,
                    _("there is no credential that can be used. The quickest way is an API key:\n"
                      "  usageline config set-api-key --provider %s --stdin"),
                    provider);
}

static void note_host(const struct json *probed, GPtrArray *findings)
{
    const char *host = json_string(json_get(probed, "host"));
    const char *why = json_string(json_get(probed, "why"));
    gboolean reached = FALSE;
    double skew = 0;

    json_boolean(json_get(probed, "reached"), &reached);
    if (!reached) {
        doctor_note(findings, "network", FINDING_BAD, "%s", why ? why : _("not reached"));
        return;
    }
    doctor_note(findings, "network", FINDING_GOOD, _("%s answers, and its certificate is trusted"),
                host ? host : "?");
    if (json_number(json_get(probed, "clockSkew"), &skew) && (skew > MAX_SKEW || skew < -MAX_SKEW))
        doctor_note(findings, "network", FINDING_BAD,
                    skew > 0 ? _("the clock of this machine is %.0f s ahead of that of %s; set it "
                                 "right: tokens and countdowns depend on it")
                             : _("the clock of this machine is %.0f s behind that of %s; set it "
                                 "right: tokens and countdowns depend on it"),
                    skew < 0 ? -skew : skew, host ? host : "?");
}

void doctor_check_provider(const struct context *context, const char *provider, GPtrArray *findings)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = provider_find(context->paths, provider, &error);

    if (!path) {
        doctor_note(findings, "provider", FINDING_BAD, "%s", error->message);
        return;
    }
    doctor_note(findings, "provider", FINDING_GOOD, "%s: %s", provider, path);
    check_sources(context, provider, findings);
    autoptr(json) hosts = ask(context, provider, "--probe", findings);
    for (guint i = 0; i < json_length(hosts); i++)
        note_host(json_at(hosts, i), findings);
}

void doctor_check_browsers(const struct context *context, const char *provider, GPtrArray *findings)
{
    /* A provider that does not know the question looks into no browser. */
    g_autoptr(GPtrArray) lines = browsers_ask(context, provider, NULL);

    for (guint i = 0; lines && i < lines->len; i++) {
        const struct browser_line *line = lines->pdata[i];
        doctor_note(findings, "browsers", line->is_found ? FINDING_GOOD : FINDING_NOTE, "%s",
                    line->text);
    }
}

static void note_wait(const struct context *context, gint64 until, bool service_asks,
                      GPtrArray *findings)
{
    if (until <= context->now)
        return;
    g_autofree char *wait = duration_countdown(until - context->now);
    doctor_note(findings, "store", FINDING_NOTE,
                service_asks ? _("the next try is in %s, as the service asks for")
                             : _("the next try is in %s"),
                wait);
}

/* `asks_next` tells whether the next line will ask again: then a failure is an old story. */
static void note_attempt(const struct context *context, const struct attempt *attempt,
                         bool asks_next, GPtrArray *findings)
{
    g_autofree char *ago = duration_ago(context->now - attempt->at);

    if (attempt->at == 0)
        doctor_note(findings, "store", FINDING_NOTE, _("the usage has not been asked for yet"));
    else if (!attempt->error)
        doctor_note(findings, "store", FINDING_GOOD, _("the last refresh worked (%s)"), ago);
    else
        doctor_note(
            findings, "store", asks_next ? FINDING_NOTE : FINDING_BAD,
            asks_next
                ? _("the last refresh failed (%s, %u in a row), but the next line asks again: %s")
                : _("the last refresh failed (%s, %u in a row): %s"),
            ago, attempt->failures, attempt->error->message);
    if (asks_next)
        return;
    note_wait(context, MAX(attempt->not_before, attempt->service_until),
              attempt->service_until > attempt->not_before, findings);
}

/* A file that is there but says nothing is replaced at the next success. */
static void note_file(const struct context *context, const char *provider, const char *suffix,
                      bool is_understood, GPtrArray *findings)
{
    g_autofree char *path =
        g_strconcat(context->paths->store_folders[0], "/", provider, suffix, NULL);
    struct stat status;

    if (stat(path, &status) < 0)
        return;
    if (!is_understood)
        doctor_note(findings, "store", FINDING_BAD,
                    _("%s can't be understood; it is replaced at the next success"), path);
    else if ((status.st_mode & 077) != 0)
        doctor_note(findings, "store", FINDING_BAD,
                    _("others can read %s; mend it with:\n  chmod 600 %s"), path, path);
}

void doctor_check_store(const struct context *context, const char *provider, GPtrArray *findings)
{
    g_autoptr(GError) error = NULL;
    autoclear(stored) stored = {0};

    if (context_can_store(context->paths->store_folders[0], &error))
        doctor_note(findings, "store", FINDING_GOOD, _("%s can be written"),
                    context->paths->store_folders[0]);
    else
        doctor_note(findings, "store", FINDING_BAD, "%s", error->message);
    store_load(context->paths, provider, &stored);
    if (stored.snapshot) {
        g_autofree char *ago = duration_ago(context->now - stored.snapshot->fetched_at);
        doctor_note(findings, "store", FINDING_GOOD, _("the last good answer: %s, with %s"), ago,
                    stored.snapshot->source ? stored.snapshot->source : _("a credential"));
    }
    note_file(context, provider, ".json", stored.snapshot != NULL, findings);
    note_file(context, provider, ".state.json", stored.attempt.at > 0, findings);
    struct refresh refresh = context_refresh(context, provider);
    note_attempt(context, &stored.attempt, refresh_is_due(&refresh, &stored), findings);
}
