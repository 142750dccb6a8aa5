/* Checks the configuration, the provider, and the bars. */
#include "cli/base/adapters.h"
#include "cli/base/bars.h"
#include "cli/base/browsers.h"
#include "cli/doctor/doctor.h"
#include "common/base/i18n.h"
#include "common/base/json.h"
#include "common/config/provider_file.h"
#include "common/usage/provider.h"

#include <math.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_SKEW   300 /* seconds: beyond this tokens and countdowns go wrong */
#define MAX_PLACES 100 /* of one source that are listed */

static void doctor_check_credentials_file(const struct doctor *doctor, const char *path)
{
    g_autoptr(GError) error = NULL;
    autoptr(json) json = provider_file_read(path, &error);
    struct stat status;

    if (stat(path, &status) < 0)
        doctor_note(doctor, FINDING_NOTE, _("nothing is stored in %s"), path);
    else if (!json)
        doctor_note(doctor, FINDING_BAD, "%s", error ? error->message : path);
    else if ((status.st_mode & 077) != 0)
        doctor_note(doctor, FINDING_BAD, _("others can read %s; mend it with:\n  chmod 600 %s"),
                    path, path);
    else
        doctor_note(doctor, FINDING_GOOD, _("stored credentials: %s"), path);
}

void doctor_check_configuration(struct doctor *doctor)
{
    const GPtrArray *problems = doctor->context->config->problems;
    const char *file = doctor->context->paths->config_file;

    doctor->section = "configuration";
    for (guint i = 0; i < problems->len; i++) {
        const struct config_problem *problem = problems->pdata[i];
        doctor_note(doctor, problem->is_error ? FINDING_BAD : FINDING_NOTE, "%s", problem->text);
    }
    if (access(file, F_OK) < 0)
        doctor_note(doctor, FINDING_NOTE, _("%s is not there: the defaults hold"), file);
    else if (problems->len == 0)
        doctor_note(doctor, FINDING_GOOD, _("%s is valid"), file);
    doctor_check_credentials_file(doctor, doctor->context->paths->credentials_file);
}

/* The provider's answer, whose findings go into `section`. */
static struct json *doctor_ask(struct doctor *doctor, const char *question, const char *section)
{
    g_autoptr(GError) error = NULL;
    struct json *json =
        provider_question(doctor->context->paths, doctor->provider, question, &error);

    doctor->section = "provider";
    /* A provider need not know the question, but must not fail. */
    if (!json)
        doctor_note(doctor,
                    g_error_matches(error, USAGE_ERROR, USAGE_ERROR_CONFIG) ? FINDING_NOTE
                                                                            : FINDING_BAD,
                    "%s", error->message);
    doctor->section = section;
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

static void doctor_note_source(const struct doctor *doctor, const struct json *source)
{
    const char *name = json_string(json_get(source, "source"));
    const char *label = json_string(json_get(source, "label"));
    const char *why = json_string(json_get(source, "why"));
    bool is_used = json_is_true(json_get(source, "used"));
    g_autoptr(GString) text = g_string_new(NULL);

    if (!why)
        why = json_is_true(json_get(source, "present")) ? _("present") : _("not there");
    g_string_printf(text, _("%s: %s"), label ? label : name ? name : "?", why);
    doctor_append_places(text, json_get(source, "places"));
    doctor_note(doctor, is_used ? FINDING_GOOD : FINDING_NOTE, "%s", text->str);
}

/* Whether the only problem is a credential that its own tool will renew. */
static bool doctor_awaits_renewal(const struct doctor *doctor)
{
    autoclear(stored) stored = {0};

    store_load(doctor->context->paths, doctor->provider, &stored);
    return stored.attempt.error && stored.attempt.expired_at > 0;
}

static void doctor_check_sources(struct doctor *doctor)
{
    autoptr(json) sources = doctor_ask(doctor, "--diagnose", "sources");
    bool any = false;

    for (guint i = 0; i < json_length(sources); i++) {
        any = any || json_is_true(json_get(json_at(sources, i), "used"));
        doctor_note_source(doctor, json_at(sources, i));
    }
    if (json_length(sources) > 0 && !any && !doctor_awaits_renewal(doctor))
        doctor_note(doctor, FINDING_BAD,
                    _("there is no credential that can be used. The quickest way is an API key:\n"
                      "  usageline config set-api-key --provider %s --stdin"),
                    doctor->provider);
}

static void doctor_note_host(const struct doctor *doctor, const struct json *probed)
{
    const char *host = json_string(json_get(probed, "host"));
    const char *why = json_string(json_get(probed, "why"));
    double skew = 0;

    if (!host)
        host = "?";
    if (!json_is_true(json_get(probed, "reached"))) {
        doctor_note(doctor, FINDING_BAD, "%s", why ? why : _("not reached"));
        return;
    }
    doctor_note(doctor, FINDING_GOOD, _("%s answers, and its certificate is trusted"), host);
    json_number(json_get(probed, "clockSkew"), &skew);
    if (fabs(skew) > MAX_SKEW)
        doctor_note(doctor, FINDING_BAD,
                    skew > 0 ? _("the clock of this machine is %.0f s ahead of that of %s; set it "
                                 "right: tokens and countdowns depend on it")
                             : _("the clock of this machine is %.0f s behind that of %s; set it "
                                 "right: tokens and countdowns depend on it"),
                    fabs(skew), host);
}

void doctor_check_provider(struct doctor *doctor)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = provider_find(doctor->context->paths, doctor->provider, &error);

    doctor->section = "provider";
    if (!path) {
        doctor_note(doctor, FINDING_BAD, "%s", error->message);
        return;
    }
    doctor_note(doctor, FINDING_GOOD, "%s: %s", doctor->provider, path);
    doctor_check_sources(doctor);
    autoptr(json) hosts = doctor_ask(doctor, "--probe", "network");
    for (guint i = 0; i < json_length(hosts); i++)
        doctor_note_host(doctor, json_at(hosts, i));
}

/* Whether the place is listed below its source already. */
static bool doctor_has_told(const struct doctor *doctor, const char *text)
{
    for (guint i = 0; i < doctor->findings->len; i++) {
        const struct finding *finding = doctor->findings->pdata[i];
        if (strcmp(finding->section, "sources") == 0 && strstr(finding->text, text))
            return true;
    }
    return false;
}

void doctor_check_browsers(struct doctor *doctor)
{
    /* A provider that does not know the question reads no browser. */
    autoptr(json) places = browsers_ask(doctor->context, doctor->provider, NULL);

    doctor->section = "browsers";
    for (guint i = 0; i < json_length(places); i++) {
        const char *outcome = json_string(json_get(json_at(places, i), "outcome"));
        g_autofree char *line = browsers_describe(json_at(places, i));

        if (!doctor_has_told(doctor, line))
            doctor_note(doctor, g_strcmp0(outcome, "found") == 0 ? FINDING_GOOD : FINDING_NOTE,
                        "%s", line);
    }
}

/* Says it if a running bar does not find usageline. `module`: the file that has it, or NULL. */
static void doctor_check_path(const struct doctor *doctor, const struct found_bar *bar,
                              const char *module)
{
    const char *name = bar->adapter->name;
    g_autofree char *program = bars_missing_program(bar);

    if (program && !module)
        doctor_note(
            doctor, FINDING_NOTE,
            _("%s runs with a PATH that lacks usageline: `usageline setup %s` will write its "
              "full path"),
            name, name);
    else if (program && bars_lacks_program(bar, module))
        doctor_note(doctor, FINDING_BAD,
                    _("%s runs with a PATH that lacks usageline: write %s into the commands in "
                      "%s, or start the bar with that folder in PATH"),
                    name, program, module);
}

static void doctor_note_bar(const struct doctor *doctor, const struct found_bar *bar)
{
    const char *name = bar->adapter->name;
    g_autofree char *program = g_find_program_in_path(bar->adapter->program);
    g_autofree char *module = bars_find_module(bar);

    if (bars_lacks_config(bar)) {
        doctor_note(doctor, FINDING_BAD, _("%s runs with %s, which is not there"), name,
                    bar->config);
        return;
    }
    if (module)
        doctor_note(doctor, FINDING_GOOD, _("%s: usageline is in %s"), name, module);
    else if (bar->is_system && (program || bar->environment))
        doctor_note(doctor, FINDING_NOTE,
                    _("%s: usageline is not in a configuration of yours; it reads the system's %s"),
                    name, bar->file);
    else if (bar->file && (program || bar->environment))
        doctor_note(doctor, FINDING_NOTE, _("%s: usageline is not in %s"), name, bar->file);
    else if (program || bar->environment)
        doctor_note(doctor, FINDING_NOTE, _("%s has no configuration"), name);
    else
        doctor_note(doctor, FINDING_NOTE, _("%s is not installed"), name);
    doctor_check_path(doctor, bar, module);
}

/* Which bars are there, and whether their configuration has the module. */
void doctor_check_bars(struct doctor *doctor)
{
    doctor->section = "bars";
    for (const struct adapter *const *adapter = adapters; *adapter; adapter++) {
        g_autoptr(GPtrArray) bars = bars_find(*adapter);

        for (guint i = 0; i < bars->len; i++)
            doctor_note_bar(doctor, bars->pdata[i]);
    }
}
