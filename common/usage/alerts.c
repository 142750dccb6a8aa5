#include "common/usage/alerts.h"

#include "common/base/duration.h"
#include "common/base/i18n.h"
#include "common/base/json.h"
#include "common/base/json_writer.h"
#include "common/usage/answer.h"
#include "common/usage/notification.h"
#include "common/usage/store.h"

#define MAX_BYTES (64 * 1024)

/* Seconds by which a service may vary the reset of one period, if its length is not known. */
#define RESET_SLACK (60 * 60)

/* Points below the first threshold: after a fall to there, crossing it again is reported again. */
#define CLEAR_FALL 10

/* What has been reported of a window. */
struct alert_record {
    enum severity severity; /* the worst of the period */
    gint64 resets_at;       /* the end of that period, as it was first known; 0: not known */
};

/* One call of alerts_find. */
struct alert_search {
    const struct json *memory; /* what has been reported before; NULL: nothing */
    const struct snapshot *snapshot;
    struct thresholds thresholds;
    gint64 now;
    struct json_writer *writer; /* of the next memory */
    GPtrArray *alerts;
};

static char *alerts_file_name(const char *provider)
{
    return g_strconcat(provider, ".alerts.json", NULL);
}

static bool alerts_read_record(const struct json *memory, const char *window,
                               struct alert_record *record)
{
    const struct json *windows = json_get(memory, "windows");

    for (guint i = 0; i < json_length(windows); i++) {
        const struct json *entry = json_at(windows, i);
        if (g_strcmp0(json_string(json_get(entry, "id")), window) != 0)
            continue;
        record->resets_at = json_time(entry, "resetsAt");
        return severity_from_name(json_string(json_get(entry, "severity")), &record->severity);
    }
    return false;
}

static void alerts_put_record(struct json_writer *writer, const char *window,
                              const struct alert_record *record)
{
    json_open_object(writer, NULL);
    json_put_string(writer, "id", window);
    json_put_string(writer, "severity", severity_name(record->severity));
    json_put_time(writer, "resetsAt", record->resets_at);
    json_close_object(writer);
}

/* Whether a period has begun after the one that was reported. A slow service may still name the old
 * end when that has passed. */
static bool alerts_is_new_period(const struct window *window, const struct alert_record *record,
                                 gint64 now)
{
    gint64 slack = window->minutes > 0 ? window->minutes * 60 / 2 : RESET_SLACK;

    if (record->resets_at == 0 || window->resets_at == record->resets_at)
        return false;
    return now >= record->resets_at || window->resets_at > record->resets_at + slack;
}

/* Whether so much less is used that the next crossing is news again, even in a period whose end is
 * not known. Wavering around a threshold is not. */
static bool alerts_use_has_fallen(double percent, enum severity severity,
                                  const struct alert_record *record, struct thresholds thresholds)
{
    if (record->severity == SEVERITY_EXHAUSTED)
        return severity == SEVERITY_OK;
    return percent < thresholds.warning - CLEAR_FALL;
}

static char *alerts_format_reset(const struct window *window, gint64 now)
{
    if (window->resets_at <= now)
        return g_strdup("");
    g_autofree char *countdown = duration_countdown(window->resets_at - now, NULL);
    g_autofree char *clock = duration_clock(window->resets_at, now, NULL);
    return g_strdup_printf(_("Resets in %s (%s)."), countdown, clock);
}

/* Takes ownership of the summary and the body. An alert replaces the last one of the same part. */
static void alerts_add(const struct alert_search *search, const char *part, char *summary,
                       char *body, enum urgency urgency)
{
    g_autofree char *id = g_strdup_printf("%s-%s", search->snapshot->provider, part);
    const struct notification notification = {id, summary, body, urgency, 0};

    g_ptr_array_add(search->alerts, notification_format(&notification));
    g_free(summary);
    g_free(body);
}

static void alerts_add_crossing(const struct alert_search *search, const struct window *window,
                                enum severity severity)
{
    const char *name = search->snapshot->name;
    g_autofree char *percent = percent_format(window->used_percent);
    char *summary = severity == SEVERITY_EXHAUSTED
                        ? g_strdup_printf(_("%s: %s limit used up"), name, window->label)
                        : g_strdup_printf(_("%s: %s limit at %s%%"), name, window->label, percent);

    alerts_add(search, window->id, summary, alerts_format_reset(window, search->now),
               URGENCY_NORMAL);
}

static void alerts_add_reset(const struct alert_search *search, const struct window *window)
{
    alerts_add(
        search, window->id,
        g_strdup_printf(_("%s: %s limit has been reset"), search->snapshot->name, window->label),
        alerts_format_reset(window, search->now), URGENCY_LOW);
}

/* Adds the alerts of a window, and returns what to remember of it. */
static struct alert_record alerts_judge_window(const struct alert_search *search,
                                               const struct window *window)
{
    double percent = percent_round(window->used_percent);
    enum severity severity = severity_from_percent(percent, search->thresholds);
    struct alert_record record = {0};
    bool is_known = alerts_read_record(search->memory, window->id, &record);

    if (severity == SEVERITY_UNKNOWN)
        return record;
    if (!is_known)
        return (struct alert_record){severity, window->resets_at};
    bool is_new = alerts_is_new_period(window, &record, search->now);
    bool is_free = is_new || alerts_use_has_fallen(percent, severity, &record, search->thresholds);
    enum severity before = is_free ? SEVERITY_OK : record.severity;
    if (severity > before)
        alerts_add_crossing(search, window, severity);
    else if (is_free && record.severity == SEVERITY_EXHAUSTED)
        alerts_add_reset(search, window);
    /* An end that moves a little with each answer is still measured from where it was first. */
    if (is_new || record.resets_at == 0)
        record.resets_at = window->resets_at;
    record.severity = MAX(severity, before);
    return record;
}

/* Keeps what is remembered of windows that this answer lacks: they may come back in the next. */
static void alerts_keep_other_windows(const struct alert_search *search)
{
    const struct json *windows = json_get(search->memory, "windows");

    for (guint i = 0; i < json_length(windows) && i < ANSWER_MAX_WINDOWS; i++) {
        const char *id = json_string(json_get(json_at(windows, i), "id"));
        struct alert_record record;

        if (id && !snapshot_window(search->snapshot, id) &&
            alerts_read_record(search->memory, id, &record))
            alerts_put_record(search->writer, id, &record);
    }
}

static void alerts_find_in_windows(const struct alert_search *search)
{
    json_open_array(search->writer, "windows");
    for (guint i = 0; i < search->snapshot->windows->len; i++) {
        const struct window *window = search->snapshot->windows->pdata[i];
        struct alert_record record = alerts_judge_window(search, window);

        if (record.severity != SEVERITY_UNKNOWN)
            alerts_put_record(search->writer, window->id, &record);
    }
    alerts_keep_other_windows(search);
    json_close_array(search->writer);
}

static void alerts_find_expiry(const struct alert_search *search)
{
    const struct snapshot *snapshot = search->snapshot;
    gint64 reported = json_time(search->memory, "credentialExpiresAt");
    gint64 expires_at = snapshot->credential_expires_at;

    if (expires_at <= search->now || expires_at > search->now + ALERTS_CREDENTIAL_WAIT)
        expires_at = reported;
    json_put_time(search->writer, "credentialExpiresAt", expires_at);
    if (expires_at == reported)
        return;
    g_autofree char *clock = duration_clock(expires_at, search->now, NULL);
    alerts_add(search, "credential",
               g_strdup_printf(_("%s: you will have to sign in again"), snapshot->name),
               g_strdup_printf(_("The credential that is used (%s) expires at %s."),
                               snapshot->source ? snapshot->source : "?", clock),
               URGENCY_NORMAL);
}

bool alerts_find(const struct paths *paths, const struct snapshot *snapshot,
                 struct thresholds thresholds, gint64 now, GPtrArray *alerts, GError **error)
{
    g_autofree char *name = alerts_file_name(snapshot->provider);
    autoptr(json) memory = store_load_json(paths, name, MAX_BYTES);
    struct json_writer *writer = json_writer_new(FALSE);
    const struct alert_search search = {memory, snapshot, thresholds, now, writer, alerts};
    guint before = alerts->len;

    json_open_object(writer, NULL);
    json_put_integer(writer, "schema", ANSWER_SCHEMA);
    alerts_find_in_windows(&search);
    alerts_find_expiry(&search);
    json_close_object(writer);
    g_autofree char *text = json_writer_finish(writer);
    if (store_save_text(paths, name, text, error))
        return true;
    g_ptr_array_set_size(alerts, (int)before);
    return false;
}

void alerts_forget(const struct paths *paths, const char *provider)
{
    g_autofree char *name = alerts_file_name(provider);

    store_remove_text(paths, name);
}

void alerts_send(const struct paths *paths, const GPtrArray *alerts)
{
    /* Where no server shows notifications, as on a console, nothing is wrong. */
    for (guint i = 0; i < alerts->len; i++)
        notification_send_json(paths, alerts->pdata[i], NULL);
}
