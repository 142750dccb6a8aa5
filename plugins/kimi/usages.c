#include "plugins/kimi/usages.h"

#include "common/error.h"
#include "common/i18n.h"
#include "plugins/kimi/plan.h"
#include "plugins/kimi/reading.h"
#include "plugins/kimi/reconcile.h"
#include "plugins/kimi/wallet.h"

#include <math.h>
#include <string.h>

static bool has_usage(const struct snapshot *snapshot)
{
    for (guint i = 0; i < snapshot->windows->len; i++) {
        const struct window *window = snapshot->windows->pdata[i];
        if (!isnan(window->used_percent))
            return true;
    }
    return false;
}

static void append_field(GString *text, const char *name, const struct json *field)
{
    bool is_empty = json_type(field) >= JSON_ARRAY && json_length(field) == 0;

    if (text->len > 0)
        g_string_append(text, _(", "));
    if (is_empty)
        g_string_append_printf(text, _("\"%s\" is empty"), name);
    else
        g_string_append_printf(text, _("\"%s\" is %s"), name, json_type_name(json_type(field)));
}

/* What was there instead of a window: the type of each field that should have held one. */
static char *describe(const struct json *answer)
{
    static const char *const fields[] = {"usage", "limits", "usages"};
    GString *text = g_string_new(NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        const struct json *field = json_get(answer, fields[i]);
        if (field)
            append_field(text, fields[i], field);
    }
    if (json_type(json_get(answer, "usages")) == JSON_ARRAY)
        g_string_append(text, _(", of which the entry of FEATURE_CODING counts"));
    if (text->len == 0)
        g_string_assign(text, _("\"usage\", \"limits\" and \"usages\" are missing"));
    return g_string_free(text, FALSE);
}

/* As the service counts it, whichever reading of the window is shown; NAN: not counted. */
static double weekly_limit(const GPtrArray *readings)
{
    for (guint i = 0; i < readings->len; i++) {
        const struct reading *reading = readings->pdata[i];
        if (strcmp(reading->id, WINDOW_WEEKLY) == 0 && !isnan(reading->limit))
            return reading->limit;
    }
    return NAN;
}

struct snapshot *usages_read(const struct json *answer, const struct json *stats, gint64 now,
                             GError **error)
{
    autoptr(snapshot) snapshot = snapshot_new("kimi", "Kimi Code");
    g_autoptr(GPtrArray) readings = readings_new();
    bool is_understood = readings_add_usages(readings, answer, now);

    readings_add_stats(readings, stats, now);
    reconcile(readings, snapshot);
    if (!is_understood || !has_usage(snapshot)) {
        g_autofree char *found = describe(answer);
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_PAYLOAD,
                    _("Failed to parse Kimi usage data: no window in it can be read (%s). The "
                      "format may have changed; see whether there is a newer usageline"),
                    found);
        return NULL;
    }
    snapshot->fetched_at = now;
    snapshot->plan = plan_name(answer, weekly_limit(readings));
    wallet_add_balance(answer, snapshot);
    return g_steal_pointer(&snapshot);
}

struct snapshot *usages_parse(const char *text, gsize length, const struct json *stats, gint64 now,
                              GError **error)
{
    g_autoptr(GError) problem = NULL;
    autoptr(json) answer = json_parse(text, length, JSON_STRICT, &problem);

    if (answer)
        return usages_read(answer, stats, now, error);
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_PAYLOAD,
                _("Failed to parse Kimi usage data: it is not JSON (%s). The format may have "
                  "changed; see whether there is a newer usageline"),
                problem->message);
    return NULL;
}
