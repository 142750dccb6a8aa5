#include "cli/usage/usage.h"

#include "common/base/duration.h"
#include "common/base/json_writer.h"
#include "common/usage/pace.h"

#include <math.h>
#include <string.h>

/* The three windows for which CodexBar's JSON has a key each. */
static const struct {
    const char *key, *id;
} places[] = {
    {"primary", WINDOW_WEEKLY}, {"secondary", WINDOW_SESSION}, {"tertiary", WINDOW_MONTHLY}};

static bool usage_has_place(const struct window *window)
{
    for (gsize i = 0; i < G_N_ELEMENTS(places); i++) {
        if (strcmp(places[i].id, window->id) == 0)
            return true;
    }
    return false;
}

static void usage_put_shares(struct json_writer *writer, const struct window *window)
{
    if (window->shares->len == 0)
        return;
    json_open_array(writer, "shares");
    for (guint i = 0; i < window->shares->len; i++) {
        const struct share *share = window->shares->pdata[i];

        json_open_object(writer, NULL);
        json_put_string(writer, "id", share->id);
        json_put_string(writer, "title", share->label);
        json_put_number(writer, "usedPercent", share->percent);
        json_close_object(writer);
    }
    json_close_array(writer);
}

static void usage_put_counts(struct json_writer *writer, const struct window *window)
{
    if (isnan(window->used) || isnan(window->limit))
        return;
    g_autofree char *counts = g_strdup_printf("%.0f/%.0f %s", window->used, window->limit,
                                              window->unit ? window->unit : "");
    json_put_string(writer, "resetDescription", g_strchomp(counts));
}

/* A window that has been reset since the answer is written without its numbers. */
static void usage_put_window(struct json_writer *writer, const char *key,
                             const struct window *window, const struct snapshot *snapshot,
                             gint64 now)
{
    bool is_known = window && !window_has_reset(window, snapshot, now);

    if (!window) {
        json_put_null(writer, key);
        return;
    }
    json_open_object(writer, key);
    if (is_known)
        json_put_number(writer, "usedPercent", window->used_percent);
    if (window->minutes > 0)
        json_put_integer(writer, "windowMinutes", window->minutes);
    json_put_time(writer, "resetsAt", window->resets_at);
    if (is_known) {
        usage_put_counts(writer, window);
        usage_put_shares(writer, window);
    }
    json_close_object(writer);
}

/* Writes nothing if the window has no pace. */
static void usage_put_pace(struct json_writer *writer, const char *key, const struct window *window,
                           const struct snapshot *snapshot, gint64 now)
{
    struct pace pace;

    if (!window || !pace_calculate(window, snapshot, now, &pace))
        return;
    g_autofree char *countdown = duration_countdown(pace.runs_out - now, NULL);
    g_autofree char *summary = pace_summary(&pace, false, now, countdown);
    json_open_object(writer, key);
    json_put_string(writer, "stage", pace_stage(&pace));
    json_put_integer(writer, "deltaPercent", lround(pace.delta));
    json_put_integer(writer, "expectedUsedPercent", lround(pace.expected));
    json_put_boolean(writer, "willLastToReset", !pace.is_exhausted && pace.runs_out == 0);
    if (pace.runs_out > 0)
        json_put_integer(writer, "etaSeconds", MAX(0, pace.runs_out - now));
    json_put_string(writer, "summary", summary);
    json_close_object(writer);
}

static void usage_put_paces(struct json_writer *writer, const struct snapshot *snapshot, gint64 now)
{
    json_open_object(writer, "pace");
    for (gsize i = 0; i < G_N_ELEMENTS(places); i++)
        usage_put_pace(writer, places[i].key, snapshot_window(snapshot, places[i].id), snapshot,
                       now);
    json_close_object(writer);
}

static void usage_put_extra_windows(struct json_writer *writer, const struct snapshot *snapshot,
                                    gint64 now)
{
    json_open_array(writer, "extraRateWindows");
    for (guint i = 0; i < snapshot->windows->len; i++) {
        const struct window *window = snapshot->windows->pdata[i];

        if (usage_has_place(window))
            continue;
        json_open_object(writer, NULL);
        json_put_string(writer, "id", window->id);
        json_put_string(writer, "title", window->label);
        usage_put_window(writer, "window", window, snapshot, now);
        usage_put_pace(writer, "pace", window, snapshot, now);
        json_close_object(writer);
    }
    json_close_array(writer);
}

static void usage_put_balances(struct json_writer *writer, const struct snapshot *snapshot)
{
    json_open_array(writer, "balances");
    for (guint i = 0; i < snapshot->balances->len; i++) {
        const struct balance *balance = snapshot->balances->pdata[i];

        json_open_object(writer, NULL);
        json_put_string(writer, "id", balance->id);
        json_put_string(writer, "title", balance->label);
        json_put_number(writer, "amount", balance->amount);
        json_put_number(writer, "spent", balance->spent);
        json_put_number(writer, "cap", balance->cap);
        json_put_string(writer, "currency", balance->currency);
        json_close_object(writer);
    }
    json_close_array(writer);
}

static void usage_put_usage(struct json_writer *writer, const struct snapshot *snapshot, gint64 now)
{
    json_open_object(writer, "usage");
    for (gsize i = 0; i < G_N_ELEMENTS(places); i++)
        usage_put_window(writer, places[i].key, snapshot_window(snapshot, places[i].id), snapshot,
                         now);
    usage_put_extra_windows(writer, snapshot, now);
    if (snapshot->balances->len > 0)
        usage_put_balances(writer, snapshot);
    json_put_time(writer, "updatedAt", snapshot->fetched_at);
    json_open_object(writer, "identity");
    json_put_string(writer, "providerID", snapshot->provider);
    json_put_string(writer, "loginMethod", snapshot->plan);
    json_close_object(writer);
    json_close_object(writer);
}

static void usage_put_error(struct json_writer *writer, const GError *error, gint64 expired_at)
{

    json_open_object(writer, "error");
    json_put_integer(writer, "code", 1);
    json_put_string(writer, "kind", usage_error_name(usage_error_kind(error)));
    json_put_string(writer, "message", error->message);
    json_put_time(writer, "expiredAt", expired_at);
    json_close_object(writer);
}

char *usage_format_json(const GPtrArray *usages, gint64 now, gboolean pretty)
{
    struct json_writer *writer = json_writer_new(pretty);

    json_open_array(writer, NULL);
    for (guint i = 0; i < usages->len; i++) {
        const struct usage *usage = usages->pdata[i];
        const struct snapshot *snapshot = usage->stored.snapshot;

        json_open_object(writer, NULL);
        json_put_string(writer, "provider", usage->provider);
        json_put_string(writer, "source", snapshot && snapshot->source ? snapshot->source : "auto");
        if (snapshot) {
            usage_put_usage(writer, snapshot, now);
            usage_put_paces(writer, snapshot, now);
        }
        if (stored_error(&usage->stored))
            usage_put_error(writer, stored_error(&usage->stored), usage->stored.attempt.expired_at);
        json_close_object(writer);
    }
    json_close_array(writer);
    return json_writer_finish(writer);
}
