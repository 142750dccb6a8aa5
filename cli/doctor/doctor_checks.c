/* Checks the configuration and the provider. */
#include "cli/base/browsers.h"
#include "cli/doctor/doctor.h"
#include "common/base/i18n.h"
#include "common/base/json.h"
#include "common/config/provider_file.h"
#include "common/usage/provider.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_SKEW   300 /* seconds: beyond this tokens and countdowns go wrong */
#define MAX_PLACES 100 /* of one source that are listed */

static void doctor_check_credentials_file(const char *path, GPtrArray *findings)
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
    doctor_check_credentials_file(context->paths->credentials_file, findings);
}

static struct json *doctor_ask(const struct context *context, const char *provider,
                               const char *question, GPtrArray *findings)
{
    g_autoptr(GError) error = NULL;
    struct json *json = provider_question(context->paths, provider, question, &error);

    /* A provider need not know the question, but must not fail. */
    if (!json)
        doctor_note(findings, "provider",
                    g_error_matches(error, USAGE_ERROR, USAGE_ERROR_CONFIG) ? FINDING_NOTE
                                                                            : FINDING_BAD,
                    "%s", error->message);
    return json;
}

/* Below the source, each place where it looks for a credential and the outcome. */
static void doctor_append_places(GString *text, const struct json *places)
{
    for (guint i = 0; i < json_length(places) && i < MAX_PLACES; i++) {
        g_autofree char *line = browsers_describe(json_at(places, i));
        g_string_append_printf(text, "\n  %s", line);
    }
}

static void doctor_note_source(const struct json *source, GPtrArray *findings)
{
    const char *name = json_string(json_get(source, "source"));
    const char *label = json_string(json_get(source, "label"));
    const char *why = json_string(json_get(source, "why"));
    g_autoptr(GString) text = g_string_new(NULL);
    gboolean present = FALSE, used = FALSE;

    json_boolean(json_get(source, "present"), &present);
    json_boolean(json_get(source, "used"), &used);
    if (!why)
        why = present ? _("present") : _("not there");
    g_string_printf(text, _("%s: %s"), label ? label : name ? name : "?", why);
    doctor_append_places(text, json_get(source, "places"));
    doctor_note(findings, "sources", used ? FINDING_GOOD : FINDING_NOTE, "%s", text->str);
}

/* Whether the only problem is a credential that its own tool will renew. */
static bool doctor_awaits_renewal(const struct context *context, const char *provider)
{
    autoclear(stored) stored = {0};

    store_load(context->paths, provider, &stored);
    return stored.attempt.error && stored.attempt.expired_at > 0;
}

static void doctor_check_sources(const struct context *context, const char *provider,
                                 GPtrArray *findings)
{
    autoptr(json) sources = doctor_ask(context, provider, "--diagnose", findings);
    bool any = false;

    for (guint i = 0; i < json_length(sources); i++) {
        gboolean used = FALSE;
        json_boolean(json_get(json_at(sources, i), "used"), &used);
        any = any || used;
        doctor_note_source(json_at(sources, i), findings);
    }
    if (json_length(sources) > 0 && !any && !doctor_awaits_renewal(context, provider))
        doctor_note(findings, "sources", FINDING_BAD,
                    _("there is no credential that can be used. The quickest way is an API key:\n"
                      "  usageline config set-api-key --provider %s --stdin"),
                    provider);
}

static void doctor_note_host(const struct json *probed, GPtrArray *findings)
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
    doctor_check_sources(context, provider, findings);
    autoptr(json) hosts = doctor_ask(context, provider, "--probe", findings);
    for (guint i = 0; i < json_length(hosts); i++)
        doctor_note_host(json_at(hosts, i), findings);
}

/* Whether the place is listed below its source already. */
static bool doctor_has_told(const char *text, const GPtrArray *findings)
{
    for (guint i = 0; i < findings->len; i++) {
        const struct finding *finding = findings->pdata[i];
        if (strcmp(finding->section, "sources") == 0 && strstr(finding->text, text))
            return true;
    }
    return false;
}

void doctor_check_browsers(const struct context *context, const char *provider, GPtrArray *findings)
{
    /* A provider that does not know the question reads no browser. */
    g_autoptr(GPtrArray) lines = browsers_ask(context, provider, NULL);

    for (guint i = 0; lines && i < lines->len; i++) {
        const struct browser_line *line = lines->pdata[i];

        if (doctor_has_told(line->text, findings))
            continue;
        doctor_note(findings, "browsers", line->is_found ? FINDING_GOOD : FINDING_NOTE, "%s",
                    line->text);
    }
}
