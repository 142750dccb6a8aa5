#include "common/usage/answer.h"

#include "common/base/i18n.h"
#include "common/base/json.h"
#include "common/base/text.h"
#include "common/base/timestamp.h"

#include <math.h>

#define MAX_LABEL   64 /* characters of a name, label, plan, unit (longer ones are cut) or id */
#define MAX_URL     512
#define MAX_MESSAGE 1000
#define MAX_PERCENT 100000.0
#define MAX_COUNT   1e12

void answer_clear(struct answer *answer)
{
    g_clear_pointer(&answer->snapshot, snapshot_free);
    g_clear_error(&answer->error);
    g_clear_pointer(&answer->watch, g_strfreev);
    answer->retry_after = 0;
    answer->expired_at = 0;
}

G_GNUC_PRINTF(3, 4)
static bool answer_reject(GError **error, const struct json *at, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    g_autofree char *what = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    if (json_line(at) > 1)
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_PAYLOAD, "line %u: %s", json_line(at), what);
    else
        g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_PAYLOAD, what);
    return false;
}

/* The member of an object; NULL if it is absent or null, which is the same. */
static const struct json *answer_member(const struct json *object, const char *key)
{
    const struct json *value = json_get(object, key);

    return json_type(value) == JSON_NULL ? NULL : value;
}

static bool answer_take_any_text(const struct json *object, const char *key, char **text,
                                 GError **error)
{
    const struct json *value = answer_member(object, key);
    const char *string = json_string(value);

    if (!value)
        return true;
    if (!string)
        return answer_reject(error, value, _("\"%s\" must be a string"), key);
    if (!text_is_printable(string))
        return answer_reject(error, value, _("\"%s\" holds control characters"), key);
    if (string[0] == '\0')
        return true;
    g_free(*text);
    *text = g_strdup(string);
    return true;
}

/* A text that means something to programs, and so can't be cut. */
static bool answer_take_code(const struct json *object, const char *key, gsize max, char **text,
                             GError **error)
{
    if (!answer_take_any_text(object, key, text, error))
        return false;
    if (*text && (gsize)g_utf8_strlen(*text, -1) > max)
        return answer_reject(error, answer_member(object, key),
                             _("\"%s\" is longer than %zu characters"), key, max);
    return true;
}

/* A text for people, of which MAX_LABEL characters are kept. */
static bool answer_take_label(const struct json *object, const char *key, char **text,
                              GError **error)
{
    g_autofree char *whole = NULL;

    if (!answer_take_any_text(object, key, &whole, error))
        return false;
    if (whole) {
        g_free(*text);
        *text = text_shorten(whole, MAX_LABEL);
    }
    return true;
}

static bool answer_take_required_text(const struct json *object, const char *key, char **text,
                                      GError **error)
{
    if (!answer_take_code(object, key, MAX_LABEL, text, error))
        return false;
    return *text ? true : answer_reject(error, object, _("\"%s\" is missing"), key);
}

static bool answer_take_number(const struct json *object, const char *key, double min, double max,
                               double *number, GError **error)
{
    const struct json *value = answer_member(object, key);

    if (!value)
        return true;
    if (!json_number(value, number))
        return answer_reject(error, value, _("\"%s\" must be a number"), key);
    if (*number < min || *number > max)
        return answer_reject(error, value, _("\"%s\" is %g, which is not within %g to %g"), key,
                             *number, min, max);
    return true;
}

static bool answer_take_time(const struct json *object, const char *key, gint64 *time,
                             GError **error)
{
    const struct json *value = answer_member(object, key);

    if (!value)
        return true;
    if (!timestamp_parse(json_string(value), time))
        return answer_reject(error, value,
                             _("\"%s\" must be a time such as \"2026-01-06T10:00:00Z\""), key);
    return true;
}

/* Lets `take` add each object of an array of at most `max` to its owner. */
static bool answer_take_array(const struct json *json, const char *key, int max,
                              bool (*take)(const struct json *, gpointer, GError **),
                              gpointer owner, GError **error)
{
    const struct json *array = answer_member(json, key);

    if (array && json_type(array) != JSON_ARRAY)
        return answer_reject(error, array, _("\"%s\" must be an array"), key);
    if (json_length(array) > (guint)max)
        return answer_reject(error, array, _("%u %s, of which at most %d are possible"),
                             json_length(array), key, max);
    for (guint i = 0; i < json_length(array); i++) {
        if (json_type(json_at(array, i)) != JSON_OBJECT)
            return answer_reject(error, array, _("%s[%u] must be an object"), key, i);
        if (!take(json_at(array, i), owner, error)) {
            g_prefix_error(error, "%s[%u]: ", key, i);
            return false;
        }
    }
    return true;
}

static bool answer_take_share(const struct json *json, gpointer window, GError **error)
{
    g_autofree char *id = NULL;
    g_autofree char *label = NULL;
    double percent = NAN;

    if (!answer_take_required_text(json, "id", &id, error) ||
        !answer_take_label(json, "label", &label, error) ||
        !answer_take_number(json, "percent", 0, MAX_PERCENT, &percent, error))
        return false;
    if (isnan(percent))
        return answer_reject(error, json, _("\"percent\" is missing"));
    if (window_share(window, id))
        return answer_reject(error, json, _("share \"%s\" is there twice"), id);
    window_add_share(window, id, label ? label : id, percent);
    return true;
}

static bool answer_take_window(const struct json *json, gpointer snapshot, GError **error)
{
    struct window *window;
    double minutes = 0;
    g_autofree char *id = NULL;
    g_autofree char *label = NULL;

    if (!answer_take_required_text(json, "id", &id, error) ||
        !answer_take_label(json, "label", &label, error))
        return false;
    if (snapshot_window(snapshot, id))
        return answer_reject(error, json, _("window \"%s\" is there twice"), id);
    window = snapshot_add_window(snapshot, id, label ? label : id);
    if (!answer_take_number(json, "usedPercent", 0, MAX_PERCENT, &window->used_percent, error) ||
        !answer_take_number(json, "used", 0, MAX_COUNT, &window->used, error) ||
        !answer_take_number(json, "limit", 0, MAX_COUNT, &window->limit, error) ||
        !answer_take_label(json, "unit", &window->unit, error) ||
        !answer_take_time(json, "resetsAt", &window->resets_at, error) ||
        !answer_take_number(json, "minutes", 1, 60 * 24 * 400, &minutes, error) ||
        !answer_take_array(json, "shares", ANSWER_MAX_SHARES, answer_take_share, window, error))
        return false;
    window->minutes = (gint64)minutes;
    return true;
}

static bool answer_take_balance(const struct json *json, gpointer snapshot, GError **error)
{
    g_autofree char *id = NULL;
    g_autofree char *label = NULL;
    g_autofree char *currency = NULL;
    double amount = NAN, spent = NAN, cap = NAN;
    struct balance *balance;

    if (!answer_take_required_text(json, "id", &id, error) ||
        !answer_take_label(json, "label", &label, error) ||
        !answer_take_code(json, "currency", 3, &currency, error) ||
        !answer_take_number(json, "amount", -MAX_COUNT, MAX_COUNT, &amount, error) ||
        !answer_take_number(json, "spent", 0, MAX_COUNT, &spent, error) ||
        !answer_take_number(json, "cap", 0, MAX_COUNT, &cap, error))
        return false;
    if (isnan(amount) && isnan(spent))
        return answer_reject(error, json, _("\"amount\" is missing"));
    balance = snapshot_add_balance(snapshot, id, label ? label : id, amount, currency);
    balance->spent = spent;
    balance->cap = cap;
    return true;
}

static struct snapshot *answer_take_snapshot(const struct json *json, const char *provider,
                                             GError **error)
{
    autoptr(snapshot) snapshot = snapshot_new(provider, NULL);

    if (!answer_take_label(json, "name", &snapshot->name, error) ||
        !answer_take_label(json, "source", &snapshot->source, error) ||
        !answer_take_label(json, "sourceLabel", &snapshot->source_label, error) ||
        !answer_take_label(json, "plan", &snapshot->plan, error) ||
        !answer_take_label(json, "planVersion", &snapshot->plan_version, error) ||
        !answer_take_code(json, "dashboard", MAX_URL, &snapshot->dashboard, error) ||
        !answer_take_time(json, "fetchedAt", &snapshot->fetched_at, error) ||
        !answer_take_time(json, "credentialExpiresAt", &snapshot->credential_expires_at, error) ||
        !answer_take_array(json, "windows", ANSWER_MAX_WINDOWS, answer_take_window, snapshot,
                           error) ||
        !answer_take_array(json, "balances", ANSWER_MAX_WINDOWS, answer_take_balance, snapshot,
                           error))
        return NULL;
    if (snapshot->windows->len == 0) {
        answer_reject(error, json, _("\"windows\" is missing or empty"));
        return NULL;
    }
    if (snapshot->dashboard && !g_str_has_prefix(snapshot->dashboard, "https://")) {
        answer_reject(error, json, _("\"dashboard\" must begin with https://"));
        return NULL;
    }
    if (!snapshot->name)
        snapshot->name = g_strdup(provider);
    snapshot->settings = g_strdup(json_string(answer_member(json, "settings")));
    return g_steal_pointer(&snapshot);
}

static bool answer_take_watch(const struct json *json, struct answer *answer, GError **error)
{
    const struct json *watch = answer_member(json, "watch");
    GPtrArray *paths;

    if (watch && (json_type(watch) != JSON_ARRAY || json_length(watch) > ANSWER_MAX_WATCH))
        return answer_reject(error, watch,
                             _("\"error.watch\" must be an array of at most %d paths"),
                             ANSWER_MAX_WATCH);
    paths = g_ptr_array_new_with_free_func(g_free);
    for (guint i = 0; i < json_length(watch); i++) {
        const char *path = json_string(json_at(watch, i));
        if (path && g_path_is_absolute(path))
            g_ptr_array_add(paths, g_strdup(path));
    }
    g_ptr_array_add(paths, NULL);
    answer->watch = (char **)g_ptr_array_steal(paths, NULL);
    g_ptr_array_unref(paths);
    return true;
}

/* Reads the provider's own error into `answer`. `error` is set if that can't be understood. */
static bool answer_take_error(const struct json *json, struct answer *answer, GError **error)
{
    const char *name = json_string(json_get(json, "kind"));
    const char *message = json_string(json_get(json, "message"));
    enum usage_error kind;
    double retry_after = 0;

    if (!usage_error_from_name(name, &kind))
        return answer_reject(error, json,
                             _("\"error.kind\" is missing or none of those that there are"));
    if (!answer_take_number(json, "retryAfter", 0, G_MAXDOUBLE, &retry_after, error) ||
        !answer_take_time(json, "expiredAt", &answer->expired_at, error) ||
        !answer_take_watch(json, answer, error))
        return false;
    if (kind != USAGE_ERROR_AUTH)
        answer->expired_at = 0; /* a renewed credential fixes no other failure */
    g_autofree char *text = text_clean_message(message ? message : "", MAX_MESSAGE);
    answer->error = g_error_new_literal(USAGE_ERROR, (int)kind,
                                        text[0] ? text : _("the provider gave no reason"));
    answer->retry_after = (gint64)MIN(retry_after, ANSWER_MAX_RETRY);
    return true;
}

static bool answer_check_frame(const struct json *json, const char *provider, GError **error)
{
    double schema = 0;
    const char *id = json_string(json_get(json, "provider"));

    if (json_type(json) != JSON_OBJECT)
        return answer_reject(error, json, _("not an object"));
    if (!json_number(json_get(json, "schema"), &schema))
        return answer_reject(error, json, _("\"schema\" is missing"));
    if (schema > ANSWER_SCHEMA)
        return answer_reject(error, json,
                             _("\"schema\" is %g, but this usageline knows %d: update it"), schema,
                             ANSWER_SCHEMA);
    if (schema != ANSWER_SCHEMA)
        return answer_reject(error, json, _("\"schema\" must be %d"), ANSWER_SCHEMA);
    if (g_strcmp0(id, provider) != 0)
        return answer_reject(error, json, _("\"provider\" must be \"%s\""), provider);
    return true;
}

static bool answer_parse_document(struct answer *answer, const char *provider, const char *text,
                                  gsize length, GError **error)
{
    autoptr(json) json = json_parse(text, length, JSON_STRICT, error);
    const struct json *problem;

    if (!json || !answer_check_frame(json, provider, error))
        return false;
    problem = answer_member(json, "error");
    if (problem)
        return answer_take_error(problem, answer, error);
    answer->snapshot = answer_take_snapshot(json, provider, error);
    return answer->snapshot != NULL;
}

void answer_parse(struct answer *answer, const char *provider, const char *text, gsize length)
{
    *answer = (struct answer){0};
    if (!answer_parse_document(answer, provider, text, length, &answer->error)) {
        g_clear_pointer(&answer->snapshot, snapshot_free);
        g_prefix_error(&answer->error, _("the answer of provider \"%s\" is not understood: "),
                       provider);
    }
}
