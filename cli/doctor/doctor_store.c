/* Checks the store: the last good numbers, and the last attempt to get new ones. */
#include "cli/doctor/doctor.h"
#include "common/base/duration.h"
#include "common/base/i18n.h"

#include <math.h>
#include <sys/stat.h>

static void doctor_note_wait(const struct context *context, gint64 until, bool service_asks,
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

/* Nothing is wrong with a credential that has expired if its own tool renews it. */
static void doctor_note_renewal(const struct context *context, const struct attempt *attempt,
                                GPtrArray *findings)
{
    g_autofree char *ago = duration_ago(context->now - attempt->expired_at);

    doctor_note(findings, "store", FINDING_NOTE,
                _("no new numbers until a credential is renewed, which ran out %s: %s"), ago,
                attempt->error->message);
}

/* Some services report 0 to one kind of credential, whatever is used. */
static void doctor_note_zeros(const char *provider, const struct snapshot *snapshot,
                              GPtrArray *findings)
{
    guint known = 0;

    for (guint i = 0; i < snapshot->windows->len; i++) {
        const struct window *window = snapshot->windows->pdata[i];
        if (window->used_percent > 0)
            return;
        known += !isnan(window->used_percent);
    }
    if (known > 0)
        doctor_note(findings, "store", FINDING_NOTE,
                    _("every limit reads 0 %%. If the service's own page (`usageline open`) shows "
                      "use, another kind of credential may know better:\n"
                      "  usageline usage --provider %s --source web"),
                    provider);
}

/* `asks_next`: the next line drawn will ask again, so a failure does not matter any more. */
static void doctor_note_attempt(const struct context *context, const struct attempt *attempt,
                                bool asks_next, GPtrArray *findings)
{
    g_autofree char *ago = duration_ago(context->now - attempt->at);

    if (attempt->error && attempt->expired_at > 0) {
        doctor_note_renewal(context, attempt, findings);
        return;
    }
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
    doctor_note_wait(context, MAX(attempt->not_before, attempt->service_until),
                     attempt->service_until > attempt->not_before, findings);
}

/* A file that can't be understood is replaced at the next success. */
static void doctor_note_file(const struct context *context, const char *provider,
                             const char *suffix, bool is_understood, GPtrArray *findings)
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
        const char *source = snapshot_source(stored.snapshot);

        doctor_note(findings, "store", FINDING_GOOD, _("the last good answer: %s, with %s"), ago,
                    source ? source : _("a credential"));
        doctor_note_zeros(provider, stored.snapshot, findings);
    }
    doctor_note_file(context, provider, ".json", stored.snapshot != NULL, findings);
    doctor_note_file(context, provider, ".state.json", stored.attempt.at > 0, findings);
    struct refresh refresh = context_refresh(context, provider);
    doctor_note_attempt(context, &stored.attempt, refresh_is_due(&refresh, &stored), findings);
}
