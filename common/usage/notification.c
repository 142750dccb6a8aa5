#include "common/usage/notification.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/json_writer.h"
#include "common/base/process.h"
#include "common/base/text.h"

#include <string.h>

#define MAX_ID      64
#define MAX_MESSAGE 300 /* characters of the reason that the program reports */
#define MAX_OUTPUT  4096

static const char *const urgencies[] = {
    [URGENCY_LOW] = "low", [URGENCY_NORMAL] = "normal", [URGENCY_CRITICAL] = "critical"};

char *notification_format(const struct notification *notification)
{
    struct json_writer *writer = json_writer_new(FALSE);

    json_open_object(writer, NULL);
    json_put_string(writer, "id", notification->id);
    json_put_string(writer, "summary", notification->summary);
    json_put_string(writer, "body", notification->body);
    json_put_string(writer, "urgency", urgencies[notification->urgency]);
    if (notification->timeout > 0)
        json_put_integer(writer, "timeout", notification->timeout);
    json_close_object(writer);
    return json_writer_finish(writer);
}

static bool notification_reject(GError **error, const char *what)
{
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_PAYLOAD, _("this is no notification: %s"), what);
    return false;
}

static bool notification_take_id(const struct json *json, const char **id, GError **error)
{
    *id = json_string(json_get(json, "id"));
    if (*id && (*id)[0] != '\0' && strlen(*id) <= MAX_ID &&
        strspn(*id, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_") == strlen(*id))
        return true;
    return notification_reject(error, _("\"id\" must be 1 to 64 letters, digits, '-' and '_'"));
}

static bool notification_take_texts(const struct json *json, struct notification *notification,
                                    GError **error)
{
    const struct json *body = json_get(json, "body");

    notification->summary = json_string(json_get(json, "summary"));
    notification->body = json_string(body);
    if (!notification->summary || notification->summary[0] == '\0')
        return notification_reject(error, _("\"summary\" must be a string that is not empty"));
    if (body && !notification->body)
        return notification_reject(error, _("\"body\" must be a string"));
    return true;
}

static bool notification_take_urgency(const struct json *json, enum urgency *urgency,
                                      GError **error)
{
    const struct json *value = json_get(json, "urgency");

    *urgency = URGENCY_NORMAL;
    for (unsigned i = 0; i < G_N_ELEMENTS(urgencies); i++) {
        if (g_strcmp0(json_string(value), urgencies[i]) == 0)
            *urgency = i;
    }
    if (!value || g_strcmp0(json_string(value), urgencies[*urgency]) == 0)
        return true;
    return notification_reject(error, _("\"urgency\" must be low, normal or critical"));
}

static bool notification_take_timeout(const struct json *json, int *timeout, GError **error)
{
    const struct json *value = json_get(json, "timeout");
    double number = 0;

    if (value && (!json_number(value, &number) || number < 1 || number > NOTIFICATION_MAX_TIMEOUT))
        return notification_reject(error, _("\"timeout\" must be 1 to 86400000 milliseconds"));
    *timeout = (int)number;
    return true;
}

struct json *notification_parse(const char *text, gsize length, struct notification *notification,
                                GError **error)
{
    autoptr(json) json = json_parse(text, length, JSON_STRICT, error);

    *notification = (struct notification){0};
    if (!json)
        g_prefix_error(error, _("this is no notification: "));
    if (!json || !notification_take_id(json, &notification->id, error) ||
        !notification_take_texts(json, notification, error) ||
        !notification_take_urgency(json, &notification->urgency, error) ||
        !notification_take_timeout(json, &notification->timeout, error))
        return NULL;
    return g_steal_pointer(&json);
}

static bool notification_check_result(const struct process_result *result, GError **error)
{
    const char *output = result->output->str;

    if (result->status == 0)
        return true;
    if (g_str_has_prefix(output, NOTIFICATION_PROGRAM ": "))
        output += strlen(NOTIFICATION_PROGRAM ": ");
    g_autofree char *why = text_clean_line(output, MAX_MESSAGE);
    g_set_error(error, USAGE_ERROR,
                result->status == NOTIFICATION_EXIT_NO_SERVER ? USAGE_ERROR_NETWORK
                                                              : USAGE_ERROR_INTERNAL,
                _("no notification can be shown: %s"),
                why[0] != '\0' ? why : _("usageline-notify does not say why"));
    return false;
}

bool notification_send_json(const struct paths *paths, const char *json, GError **error)
{
    const struct process_limits limits = {
        .max_bytes = MAX_OUTPUT, .deadline = NOTIFICATION_DEADLINE, .capture_stderr = true};
    g_autofree char *program = paths_find_plugin(paths, NOTIFICATION_PROGRAM, error);
    const char *const argv[] = {program, NULL};
    struct process_result result = {0};
    bool shown;

    if (!program) {
        g_prefix_error(error, _("no notification can be shown: "));
        return false;
    }
    shown = process_run(argv, json, limits, &result, error) &&
            notification_check_result(&result, error);
    g_string_free(result.output, TRUE);
    return shown;
}

bool notification_send(const struct paths *paths, const struct notification *notification,
                       GError **error)
{
    g_autofree char *json = notification_format(notification);

    return notification_send_json(paths, json, error);
}
