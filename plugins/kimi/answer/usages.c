#include "plugins/kimi/answer/usages.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "plugins/kimi/answer/field.h"
#include "plugins/kimi/answer/quota.h"
#include "plugins/kimi/answer/reading.h"
#include "plugins/kimi/answer/reconcile.h"
#include "plugins/kimi/answer/stats.h"
#include "plugins/kimi/answer/wallet.h"

#include <math.h>
#include <string.h>

static bool usages_are_known(const struct snapshot *snapshot)
{
    for (guint i = 0; i < snapshot->windows->len; i++) {
        const struct window *window = snapshot->windows->pdata[i];
        if (!isnan(window->used_percent))
            return true;
    }
    return false;
}

static void usages_append_field(GString *text, const char *name, const struct json *field)
{
    bool is_empty = json_type(field) >= JSON_ARRAY && json_length(field) == 0;

    if (text->len > 0)
        g_string_append(text, _(", "));
    if (is_empty)
        g_string_append_printf(text, _("\"%s\" is empty"), name);
    else
        g_string_append_printf(text, _("\"%s\" is %s"), name, _(json_type_name(json_type(field))));
}

/* What was there instead of a window: the type of each member that should have held one. */
static char *usages_describe(const struct json *answer)
{
    static const char *const fields[] = {"usage", "limits", "usages"};
    GString *text = g_string_new(NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(fields); i++) {
        const struct json *field = json_get(answer, fields[i]);
        if (field)
            usages_append_field(text, fields[i], field);
    }
    if (quota_is_of_web(answer))
        g_string_append(text, _(", of which the entry of FEATURE_CODING counts"));
    if (text->len == 0)
        g_string_assign(text, _("\"usage\", \"limits\" and \"usages\" are missing"));
    return g_string_free(text, FALSE);
}

static void usages_set_error(GError **error, const struct json *answer)
{
    g_autofree char *found = usages_describe(answer);

    if (quota_is_absent(answer))
        g_set_error_literal(
            error, USAGE_ERROR, USAGE_ERROR_PLAN,
            _("This account has no Kimi Code plan. Get one at https://www.kimi.com/code (outside "
              "China https://www.kimi.ai/code), or use the API key of another account"));
    else
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_PAYLOAD,
                    _("Failed to parse Kimi usage data: no window in it can be read (%s). The "
                      "format may have changed; see whether there is a newer usageline"),
                    found);
}

/* The web still tells a weekly window of plans that have none: its number is left out. */
static void usages_drop_leftovers(GPtrArray *readings)
{
    for (guint i = readings->len; i > 0; i--) {
        const struct reading *reading = readings->pdata[i - 1];
        if (strcmp(reading->id, WINDOW_WEEKLY) == 0 &&
            (reading->is_left_out || isnan(reading->used_percent)))
            g_ptr_array_remove_index(readings, i - 1);
    }
}

/* As the service counts it, whichever reading of the window is shown; NAN: not counted. */
static double usages_find_limit(const GPtrArray *readings, const char *id)
{
    for (guint i = 0; i < readings->len; i++) {
        const struct reading *reading = readings->pdata[i];
        if (strcmp(reading->id, id) == 0 && !isnan(reading->limit))
            return reading->limit;
    }
    return NAN;
}

static void usages_set_plan(struct snapshot *snapshot, const struct json *usages,
                            const struct plan *known, const GPtrArray *readings)
{
    autoclear(plan) plan = {0};

    plan_read_usages(usages, known, &plan);
    /* Only the Code API's answers of January 2026 had neither level nor version. */
    if (!plan.name && !plan.version && !plan_has_level(usages) && !quota_is_of_web(usages))
        plan.name = g_strdup(plan_guess(usages_find_limit(readings, WINDOW_WEEKLY),
                                        usages_find_limit(readings, WINDOW_SESSION)));
    snapshot->plan = g_steal_pointer(&plan.name);
    snapshot->plan_version = g_steal_pointer(&plan.version);
}

struct snapshot *usages_read(const struct usages_answers *answers, gint64 now, GError **error)
{
    const struct json *usages = field_unwrap(answers->usages);
    const struct json *stats = field_unwrap(answers->stats);
    autoptr(snapshot) snapshot = snapshot_new("kimi", "Kimi Code");
    g_autoptr(GPtrArray) readings = readings_new();

    quota_add_readings(readings, usages, now);
    stats_add_readings(readings, stats, now);
    if (plan_is_monthly(usages, answers->plan))
        usages_drop_leftovers(readings);
    reconcile(readings, snapshot);
    if (!usages_are_known(snapshot)) {
        usages_set_error(error, usages);
        return NULL;
    }
    snapshot->fetched_at = now;
    usages_set_plan(snapshot, usages, answers->plan, readings);
    wallet_add_balances(usages, stats, snapshot);
    return g_steal_pointer(&snapshot);
}

struct json *usages_parse(const char *text, gsize length, GError **error)
{
    g_autoptr(GError) problem = NULL;
    struct json *answer = json_parse(text, length, JSON_STRICT, &problem);

    if (!answer)
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_PAYLOAD,
                    _("Failed to parse Kimi usage data: it is not JSON (%s). The format may have "
                      "changed; see whether there is a newer usageline"),
                    problem->message);
    return answer;
}
