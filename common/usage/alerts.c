#include "common/usage/alerts.h"

#include "common/base/duration.h"
#include "common/base/i18n.h"
#include "common/base/json.h"
#include "common/base/json_writer.h"
#include "common/usage/answer.h"
#include "common/usage/percent.h"
#include "common/usage/store.h"

#include <string.h>

#define MAX_BYTES (64 * 1024)

/* Seconds by which the reset of one period may be told differently, if its length is not known. */
#define RESET_SLACK (60 * 60)

/* Points below the first threshold from which on crossing it is news again. */
#define CLEAR_FALL 10

/* What was told of a window. */
struct told {
    enum severity severity; /* the worst of the period */
    gint64 resets_at;       /* when that was to end, as it was said first; 0: not known */
};

static void alert_free(struct alert *alert)
{
    g_free(alert->id);
    g_free(alert->summary);
    g_free(alert->body);
    g_free(alert);
}

GPtrArray *alerts_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)alert_free);
}

static char *file_of(const char *provider)
{
    return g_strconcat(provider, ".alerts.json", NULL);
}

static struct json *load(const struct paths *paths, const char *provider)
{
    g_autofree char *name = file_of(provider);
    gsize length = 0;
    g_autofree char *text = store_load_text(paths, name, MAX_BYTES, &length);

    return text ? json_parse(text, length, JSON_STRICT, NULL) : NULL;
}

static bool read_told(const struct json *memory, const char *window, struct told *told)
{
    const struct json *windows = json_get(memory, "windows");

    for (guint i = 0; i < json_length(windows); i++) {
        const struct json *entry = json_at(windows, i);
        if (g_strcmp0(json_string(json_get(entry, "id")), window) != 0)
            continue;
        told->resets_at = json_time(entry, "resetsAt");
        return severity_from_name(json_string(json_get(entry, "severity")), &told->severity);
    }
    return false;
}

/* Whether another period has begun than the one that was told of. A service that is late says the
 * old end still when that has passed. */
static bool is_new_period(const struct window *window, const struct told *told, gint64 now)
{
    gint64 slack = window->minutes > 0 ? window->minutes * 60 / 2 : RESET_SLACK;

    if (told->resets_at == 0 || window->resets_at == told->resets_at)
        return false;
    return now >= told->resets_at || window->resets_at > told->resets_at + slack;
}

/* Whether so much less is used that what is crossed next is news again, also in a period whose end
 * is not known. Trembling around a threshold is not. */
static bool has_fallen(double percent, enum severity severity, const struct told *told,
                       struct thresholds thresholds)
{
    if (told->severity == SEVERITY_EXHAUSTED)
        return severity == SEVERITY_OK;
    return percent < thresholds.warning - CLEAR_FALL;
}

static char *reset_text(const struct window *window, gint64 now)
{
    if (window->resets_at <= now)
        return g_strdup("");
    g_autofree char *countdown = duration_countdown(window->resets_at - now);
    g_autofree char *clock = duration_clock(window->resets_at, now);
    return g_strdup_printf(_("Resets in %s (%s)."), countdown, clock);
}

/* Takes the texts over. */
static void add(GPtrArray *alerts, char *id, char *summary, char *body, enum urgency urgency)
{
    struct alert *alert = g_new(struct alert, 1);

    *alert = (struct alert){id, summary, body, urgency};
    g_ptr_array_add(alerts, alert);
}

static void add_crossing(GPtrArray *alerts, const struct snapshot *snapshot,
                         const struct window *window, enum severity severity, gint64 now)
{
    char *id = g_strdup_printf("%s-%s", snapshot->provider, window->id);
    g_autofree char *percent = percent_format(window->used_percent);
    char *summary =
        severity == SEVERITY_EXHAUSTED
            ? g_strdup_printf(_("%s: %s limit used up"), snapshot->name, window->label)
            : g_strdup_printf(_("%s: %s limit at %s%%"), snapshot->name, window->label, percent);

    add(alerts, id, summary, reset_text(window, now), URGENCY_NORMAL);
}

static void add_reset(GPtrArray *alerts, const struct snapshot *snapshot,
                      const struct window *window, gint64 now)
{
    add(alerts, g_strdup_printf("%s-%s", snapshot->provider, window->id),
        g_strdup_printf(_("%s: %s limit has been reset"), snapshot->name, window->label),
        reset_text(window, now), URGENCY_LOW);
}

/* What is news of a window whose severity is known, and what is to be remembered of it. */
static struct told judge(const struct snapshot *snapshot, const struct window *window,
                         const struct told *told, struct thresholds thresholds, gint64 now,
                         GPtrArray *alerts)
{
    double percent = percent_round(window->used_percent);
    enum severity severity = severity_from_percent(percent, thresholds);
    bool is_new = is_new_period(window, told, now);
    bool is_free = is_new || has_fallen(percent, severity, told, thresholds);
    enum severity before = is_free ? SEVERITY_OK : told->severity;

    if (severity > before)
        add_crossing(alerts, snapshot, window, severity, now);
    else if (is_free && told->severity == SEVERITY_EXHAUSTED)
        add_reset(alerts, snapshot, window, now);
    /* An end that moves on a little with each answer is measured from where it was. */
    return (struct told){MAX(severity, before),
                         is_new || told->resets_at == 0 ? window->resets_at : told->resets_at};
}

static void put_told(struct json_writer *writer, const char *window, const struct told *told)
{
    json_open_object(writer, NULL);
    json_put_string(writer, "id", window);
    json_put_string(writer, "severity", severity_name(told->severity));
    json_put_time(writer, "resetsAt", told->resets_at);
    json_close_object(writer);
}

/* An answer may lack a window, because a part of it could not be had this time. */
static void keep_others(const struct json *memory, const struct snapshot *snapshot,
                        struct json_writer *writer)
{
    const struct json *windows = json_get(memory, "windows");

    for (guint i = 0; i < json_length(windows) && i < ANSWER_MAX_WINDOWS; i++) {
        const char *id = json_string(json_get(json_at(windows, i), "id"));
        struct told told;

        if (id && !snapshot_window(snapshot, id) && read_told(memory, id, &told))
            put_told(writer, id, &told);
    }
}

static void find_in_windows(const struct json *memory, const struct snapshot *snapshot,
                            struct thresholds thresholds, gint64 now, struct json_writer *writer,
                            GPtrArray *alerts)
{
    json_open_array(writer, "windows");
    for (guint i = 0; i < snapshot->windows->len; i++) {
        const struct window *window = snapshot->windows->pdata[i];
        enum severity severity =
            severity_from_percent(percent_round(window->used_percent), thresholds);
        struct told told = {0};
        bool is_known = read_told(memory, window->id, &told);

        if (severity != SEVERITY_UNKNOWN && is_known)
            told = judge(snapshot, window, &told, thresholds, now, alerts);
        else if (severity != SEVERITY_UNKNOWN)
            told = (struct told){severity, window->resets_at};
        if (told.severity != SEVERITY_UNKNOWN)
            put_told(writer, window->id, &told);
    }
    keep_others(memory, snapshot, writer);
    json_close_array(writer);
}

static void find_credential(const struct json *memory, const struct snapshot *snapshot, gint64 now,
                            struct json_writer *writer, GPtrArray *alerts)
{
    gint64 told = json_time(memory, "credentialExpiresAt");
    gint64 expires_at = snapshot->credential_expires_at;

    if (expires_at <= now || expires_at > now + ALERTS_CREDENTIAL_WAIT)
        expires_at = told;
    json_put_time(writer, "credentialExpiresAt", expires_at);
    if (expires_at == told)
        return;
    g_autofree char *clock = duration_clock(expires_at, now);
    add(alerts, g_strdup_printf("%s-credential", snapshot->provider),
        g_strdup_printf(_("%s: you will have to sign in again"), snapshot->name),
        g_strdup_printf(_("The credential that is used (%s) expires at %s."),
                        snapshot->source ? snapshot->source : "?", clock),
        URGENCY_NORMAL);
}

bool alerts_find(const struct paths *paths, const struct snapshot *snapshot,
                 struct thresholds thresholds, gint64 now, GPtrArray *alerts, GError **error)
{
    struct json_writer *writer = json_writer_new(FALSE);
    autoptr(json) memory = load(paths, snapshot->provider);
    g_autofree char *name = file_of(snapshot->provider);
    guint before = alerts->len;

    json_open_object(writer, NULL);
    json_put_integer(writer, "schema", ANSWER_SCHEMA);
    find_in_windows(memory, snapshot, thresholds, now, writer, alerts);
    find_credential(memory, snapshot, now, writer, alerts);
    json_close_object(writer);
    g_autofree char *text = json_writer_finish(writer);
    if (store_save_text(paths, name, text, error))
        return true;
    g_ptr_array_set_size(alerts, (int)before);
    return false;
}

void alerts_forget(const struct paths *paths, const char *provider)
{
    g_autofree char *name = file_of(provider);

    store_remove_text(paths, name);
}

void alerts_send(const struct paths *paths, const GPtrArray *alerts)
{
    for (guint i = 0; i < alerts->len; i++) {
        const struct alert *alert = alerts->pdata[i];
        const struct notification notification = {.id = alert->id,
                                                  .summary = alert->summary,
                                                  .body = alert->body,
                                                  .urgency = alert->urgency};

        /* Nobody there to show it: that is as it should be on a console. */
        notification_send(paths, &notification, NULL);
    }
}
