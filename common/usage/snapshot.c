#include "common/usage/snapshot.h"

#include <math.h>
#include <string.h>

static void share_free(struct share *share)
{
    g_free(share->id);
    g_free(share->label);
    g_free(share);
}

static void window_free(struct window *window)
{
    g_ptr_array_unref(window->shares);
    g_free(window->id);
    g_free(window->label);
    g_free(window->unit);
    g_free(window);
}

static void balance_free(struct balance *balance)
{
    g_free(balance->id);
    g_free(balance->label);
    g_free(balance->currency);
    g_free(balance);
}

struct snapshot *snapshot_new(const char *provider, const char *name)
{
    struct snapshot *snapshot = g_new0(struct snapshot, 1);

    snapshot->provider = g_strdup(provider);
    snapshot->name = g_strdup(name);
    snapshot->windows = g_ptr_array_new_with_free_func((GDestroyNotify)window_free);
    snapshot->balances = g_ptr_array_new_with_free_func((GDestroyNotify)balance_free);
    return snapshot;
}

void snapshot_free(struct snapshot *snapshot)
{
    if (!snapshot)
        return;
    g_free(snapshot->provider);
    g_free(snapshot->name);
    g_free(snapshot->source);
    g_free(snapshot->source_label);
    g_free(snapshot->plan);
    g_free(snapshot->plan_version);
    g_free(snapshot->dashboard);
    g_free(snapshot->settings);
    g_ptr_array_unref(snapshot->windows);
    g_ptr_array_unref(snapshot->balances);
    g_free(snapshot);
}

struct window *snapshot_add_window(struct snapshot *snapshot, const char *id, const char *label)
{
    struct window *window = g_new0(struct window, 1);

    window->id = g_strdup(id);
    window->label = g_strdup(label);
    window->used_percent = window->used = window->limit = NAN;
    window->shares = g_ptr_array_new_with_free_func((GDestroyNotify)share_free);
    g_ptr_array_add(snapshot->windows, window);
    return window;
}

void window_add_share(struct window *window, const char *id, const char *label, double percent)
{
    struct share *share = g_new0(struct share, 1);

    share->id = g_strdup(id);
    share->label = g_strdup(label);
    share->percent = percent;
    g_ptr_array_add(window->shares, share);
}

const struct share *window_share(const struct window *window, const char *id)
{
    for (guint i = 0; i < window->shares->len; i++) {
        const struct share *share = window->shares->pdata[i];
        if (strcmp(share->id, id) == 0)
            return share;
    }
    return NULL;
}

struct balance *snapshot_add_balance(struct snapshot *snapshot, const char *id, const char *label,
                                     double amount, const char *currency)
{
    struct balance *balance = g_new0(struct balance, 1);

    balance->id = g_strdup(id);
    balance->label = g_strdup(label);
    balance->amount = amount;
    balance->spent = balance->cap = NAN;
    balance->currency = g_strdup(currency);
    g_ptr_array_add(snapshot->balances, balance);
    return balance;
}

const char *snapshot_source(const struct snapshot *snapshot)
{
    return snapshot->source_label ? snapshot->source_label : snapshot->source;
}

const struct window *snapshot_window(const struct snapshot *snapshot, const char *id)
{
    for (guint i = 0; i < snapshot->windows->len; i++) {
        const struct window *window = snapshot->windows->pdata[i];
        if (strcmp(window->id, id) == 0)
            return window;
    }
    return NULL;
}

bool window_has_reset(const struct window *window, const struct snapshot *snapshot, gint64 now)
{
    return window->resets_at > snapshot->fetched_at && window->resets_at <= now;
}

gint64 snapshot_too_old_at(const struct snapshot *snapshot, gint64 interval, gint64 now)
{
    gint64 at;

    if (!snapshot || snapshot->fetched_at > now + CLOCK_SLACK)
        return now;
    at = snapshot->fetched_at + interval + 1;
    for (guint i = 0; i < snapshot->windows->len; i++) {
        const struct window *window = snapshot->windows->pdata[i];
        if (window->resets_at > snapshot->fetched_at)
            at = MIN(at, window->resets_at);
    }
    return MAX(at, now);
}

bool snapshot_is_too_old(const struct snapshot *snapshot, gint64 interval, gint64 now)
{
    return snapshot_too_old_at(snapshot, interval, now) <= now || snapshot->has_other_settings;
}

bool provider_id_is_valid(const char *id)
{
    gsize length = id ? strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-_") : 0;

    return length >= 1 && length <= 32 && id[length] == '\0' && g_ascii_islower(id[0]);
}
