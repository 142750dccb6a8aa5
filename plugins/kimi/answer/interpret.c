#include "plugins/kimi/answer/interpret.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "plugins/kimi/answer/field.h"
#include "plugins/kimi/answer/quota.h"
#include "plugins/kimi/answer/reading.h"
#include "plugins/kimi/answer/reconcile.h"
#include "plugins/kimi/answer/wallet.h"

#include <math.h>
#include <string.h>

static bool interpret_has_usage(const GPtrArray *joined)
{
    for (guint i = 0; i < joined->len; i++) {
        const struct reading *reading = joined->pdata[i];
        if (!reading->is_code_share && !isnan(reading->used_percent))
            return true;
    }
    return false;
}

static void interpret_append_member(GString *text, const char *name, const struct json *member)
{
    bool is_empty = json_type(member) >= JSON_ARRAY && json_length(member) == 0;

    if (text->len > 0)
        g_string_append(text, _(", "));
    if (is_empty)
        g_string_append_printf(text, _("\"%s\" is empty"), name);
    else
        g_string_append_printf(text, _("\"%s\" is %s"), name, _(json_type_name(json_type(member))));
}

/* What the answer has instead of windows, for people; the caller frees it. */
static char *interpret_describe(const struct json *usage)
{
    static const char *const members[] = {"usage", "limits", "usages"};
    GString *text = g_string_new(NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(members); i++) {
        const struct json *member = json_get(usage, members[i]);
        if (member)
            interpret_append_member(text, members[i], member);
    }
    if (quota_is_web(usage))
        g_string_append(text, _(", of which the entry of FEATURE_CODING counts"));
    if (text->len == 0)
        g_string_assign(text, _("\"usage\", \"limits\" and \"usages\" are missing"));
    return g_string_free(text, FALSE);
}

static void interpret_set_error(GError **error, const struct json *usage)
{
    g_autofree char *found = interpret_describe(usage);

    if (quota_is_absent(usage))
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

/* Joins the readings of each window, without the weekly one without a number that the web still
 * sends for plans that have none. False: the usage of no window is known. */
static bool interpret_join(GPtrArray *readings, bool is_monthly)
{
    for (guint i = readings->len; i > 0 && is_monthly; i--) {
        const struct reading *reading = readings->pdata[i - 1];
        if (strcmp(reading->id, WINDOW_WEEKLY) == 0 &&
            (reading->is_left_out || isnan(reading->used_percent)))
            g_ptr_array_remove_index(readings, i - 1);
    }
    reconcile_join(readings);
    return interpret_has_usage(readings);
}

/* The first limit that was counted for a window; NAN: none. */
static double interpret_find_limit(const GPtrArray *readings, const char *id)
{
    for (guint i = 0; i < readings->len; i++) {
        const struct reading *reading = readings->pdata[i];
        if (strcmp(reading->id, id) == 0 && !isnan(reading->limit))
            return reading->limit;
    }
    return NAN;
}

/* Only the Code API has sent neither a level nor a version, in January 2026. */
static const char *interpret_guess_plan(const struct json *usage, const GPtrArray *readings)
{
    if (quota_is_web(usage))
        return NULL;
    return plan_guess(interpret_find_limit(readings, WINDOW_WEEKLY),
                      interpret_find_limit(readings, WINDOW_SESSION));
}

struct snapshot *interpret_answers(const struct kimi_answers *answers, gint64 now, GError **error)
{
    const struct json *usage = field_unwrap(answers->usage);
    const struct json *statistics = field_unwrap(answers->statistics);
    bool is_monthly = plan_is_monthly(usage, answers->plan);
    g_autoptr(GPtrArray) readings = readings_new();
    struct snapshot *snapshot;

    quota_add_usage(readings, usage, now);
    const char *guess = interpret_guess_plan(usage, readings); /* before limits are joined */
    bool is_known = interpret_join(readings, is_monthly);
    if (is_known || !answers->is_usage_required) {
        quota_add_statistics(readings, statistics, now);
        is_known = interpret_join(readings, is_monthly);
    }
    if (!is_known) {
        interpret_set_error(error, usage);
        return NULL;
    }
    struct plan plan = plan_read_usage(usage, answers->plan, guess);
    snapshot = snapshot_new("kimi", "Kimi Code");
    snapshot->fetched_at = now;
    snapshot->plan = plan.name;
    snapshot->plan_version = plan.version;
    reconcile_add_windows(readings, snapshot);
    wallet_add_balances(usage, statistics, snapshot);
    return snapshot;
}

struct json *interpret_parse(const char *text, gsize length, GError **error)
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
