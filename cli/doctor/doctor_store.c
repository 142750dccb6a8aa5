/* Checks the store: the last good numbers, and the last attempt to get new ones. */
#include "cli/doctor/doctor.h"
#include "common/base/duration.h"
#include "common/base/i18n.h"

#include <math.h>
#include <sys/stat.h>

static void doctor_note_wait(const struct doctor *doctor, const struct attempt *attempt)
{
    gint64 seconds = MAX(attempt->not_before, attempt->service_until) - doctor->context->now;

    if (seconds <= 0)
        return;
    g_autofree char *wait = duration_countdown(seconds, NULL);
    doctor_note(doctor, FINDING_NOTE,
                attempt->service_until > attempt->not_before
                    ? _("the next try is in %s, as the service asks for")
                    : _("the next try is in %s"),
                wait);
}

/* Some services report 0 to one kind of credential, whatever is used. */
static void doctor_note_zeros(const struct doctor *doctor, const struct snapshot *snapshot)
{
    guint known = 0;

    for (guint i = 0; i < snapshot->windows->len; i++) {
        const struct window *window = snapshot->windows->pdata[i];
        if (window->used_percent > 0)
            return;
        known += !isnan(window->used_percent);
    }
    if (known > 0)
        doctor_note(doctor, FINDING_NOTE,
                    _("every limit reads 0 %%. If the service's own page (`usageline open`) shows "
                      "use, another kind of credential may know better:\n"
                      "  usageline usage --provider %s --source web"),
                    doctor->provider);
}

/* `asks_next`: the next line drawn will ask again, so a failure does not matter any more. */
static void doctor_note_attempt(const struct doctor *doctor, const struct attempt *attempt,
                                bool asks_next)
{
    g_autofree char *ago = duration_ago(doctor->context->now - attempt->at, NULL);
    g_autofree char *expired = duration_ago(doctor->context->now - attempt->expired_at, NULL);

    if (attempt->error && attempt->expired_at > 0) {
        /* Nothing is wrong with a credential that has expired if its own tool renews it. */
        doctor_note(doctor, FINDING_NOTE,
                    _("no new numbers until a credential is renewed, which ran out %s: %s"),
                    expired, attempt->error->message);
        return;
    }
    if (attempt->at == 0)
        doctor_note(doctor, FINDING_NOTE, _("the usage has not been asked for yet"));
    else if (!attempt->error)
        doctor_note(doctor, FINDING_GOOD, _("the last refresh worked (%s)"), ago);
    else
        doctor_note(
            doctor, asks_next ? FINDING_NOTE : FINDING_BAD,
            asks_next
                ? _("the last refresh failed (%s, %u in a row), but the next line asks again: %s")
                : _("the last refresh failed (%s, %u in a row): %s"),
            ago, attempt->failures, attempt->error->message);
    if (!asks_next)
        doctor_note_wait(doctor, attempt);
}

/* A file that can't be understood is replaced at the next success. */
static void doctor_note_file(const struct doctor *doctor, const char *suffix, bool is_understood)
{
    g_autofree char *path =
        g_strconcat(doctor->context->paths->store_folders[0], "/", doctor->provider, suffix, NULL);
    struct stat status;

    if (stat(path, &status) < 0)
        return;
    if (!is_understood)
        doctor_note(doctor, FINDING_BAD,
                    _("%s can't be understood; it is replaced at the next success"), path);
    else if ((status.st_mode & 077) != 0)
        doctor_note(doctor, FINDING_BAD, _("others can read %s; mend it with:\n  chmod 600 %s"),
                    path, path);
}

void doctor_check_store(struct doctor *doctor)
{
    const char *folder = doctor->context->paths->store_folders[0];
    struct refresh refresh = context_refresh(doctor->context, doctor->provider);
    g_autoptr(GError) error = NULL;
    autoclear(stored) stored = {0};
    bool is_due;

    doctor->section = "store";
    if (context_can_store(folder, &error))
        doctor_note(doctor, FINDING_GOOD, _("%s can be written"), folder);
    else
        doctor_note(doctor, FINDING_BAD, "%s", error->message);
    refresh_load(&refresh, &stored);
    if (stored.snapshot) {
        g_autofree char *ago =
            duration_ago(doctor->context->now - stored.snapshot->fetched_at, NULL);
        const char *source = snapshot_source(stored.snapshot);

        doctor_note(doctor, FINDING_GOOD, _("the last good answer: %s, with %s"), ago,
                    source ? source : _("a credential"));
        doctor_note_zeros(doctor, stored.snapshot);
    }
    doctor_note_file(doctor, ".json", stored.snapshot != NULL);
    doctor_note_file(doctor, ".state.json", stored.attempt.at > 0);
    is_due = refresh_is_due(&refresh, &stored);
    if (stored.snapshot && stored.snapshot->has_other_settings)
        doctor_note(doctor, FINDING_NOTE,
                    _("it was fetched with settings that have changed since"));
    doctor_note_attempt(doctor, &stored.attempt, is_due);
}
