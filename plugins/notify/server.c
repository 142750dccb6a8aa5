#include "plugins/notify/server.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/text.h"
#include "plugins/notify/shown.h"
#include "plugins/support/session_bus.h"

#define SERVER_NAME     "org.freedesktop.Notifications" /* also of the interface */
#define SERVER_PATH     "/org/freedesktop/Notifications"
#define SERVER_PATIENCE 2000 /* milliseconds for an answer */

#define MAX_SUMMARY 200 /* characters */
#define MAX_BODY    4000

static bool server_is_missing(const GError *error)
{
    static const GDBusError nobody[] = {
        G_DBUS_ERROR_SERVICE_UNKNOWN, G_DBUS_ERROR_NAME_HAS_NO_OWNER, G_DBUS_ERROR_NO_REPLY,
        G_DBUS_ERROR_TIMEOUT,         G_DBUS_ERROR_TIMED_OUT,         G_DBUS_ERROR_DISCONNECTED};

    for (gsize i = 0; i < G_N_ELEMENTS(nobody); i++) {
        if (g_error_matches(error, G_DBUS_ERROR, (int)nobody[i]))
            return true;
    }
    if (error->domain == G_DBUS_ERROR) /* one that the bus could not start */
        return error->code >= G_DBUS_ERROR_SPAWN_EXEC_FAILED &&
               error->code <= G_DBUS_ERROR_SPAWN_NO_MEMORY;
    return error->domain == G_IO_ERROR; /* a time-out among them */
}

static void server_set_error(GError **error, const GError *problem)
{
    if (server_is_missing(problem))
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_NETWORK,
                    _("no notification server answers on the session bus (%s)"), problem->message);
    else
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_SERVER,
                    _("the notification server refuses it: %s"), problem->message);
}

static GDBusConnection *server_connect(GError **error)
{
    g_autoptr(GCancellable) patience = session_bus_timeout(SERVER_PATIENCE * 1000);
    g_auto(GStrv) environment = g_get_environ();
    g_autoptr(GError) problem = NULL;
    GDBusConnection *bus = session_bus_get(environment, patience, &problem);

    if (!bus)
        g_set_error(
            error, USAGE_ERROR, USAGE_ERROR_NETWORK, _("the session bus can't be reached: %s"),
            g_error_matches(problem, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? _("it does not answer")
                                                                       : problem->message);
    return bus;
}

/* Calls a method and returns its reply, whose body is of this type, for the caller to unref. */
static GDBusMessage *server_call(GDBusConnection *bus, const char *server, const char *method,
                                 GVariant *arguments, const char *type, GError **error)
{
    g_autoptr(GDBusMessage) message =
        g_dbus_message_new_method_call(server, SERVER_PATH, SERVER_NAME, method);
    g_autoptr(GDBusMessage) reply = NULL;
    g_autoptr(GError) problem = NULL;
    GVariant *body;

    if (arguments)
        g_dbus_message_set_body(message, arguments);
    reply = g_dbus_connection_send_message_with_reply_sync(
        bus, message, G_DBUS_SEND_MESSAGE_FLAGS_NONE, SERVER_PATIENCE, NULL, NULL, &problem);
    if (!reply || g_dbus_message_to_gerror(reply, &problem)) {
        g_dbus_error_strip_remote_error(problem);
        server_set_error(error, problem);
        return NULL;
    }
    body = g_dbus_message_get_body(reply);
    if (!body || !g_variant_is_of_type(body, G_VARIANT_TYPE(type))) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_SERVER,
                    _("the notification server answers %s with something else"), method);
        return NULL;
    }
    return g_steal_pointer(&reply);
}

static bool server_supports_markup(GDBusMessage *capabilities)
{
    g_autofree const char **names = NULL;

    g_variant_get(g_dbus_message_get_body(capabilities), "(^a&s)", &names);
    return g_strv_contains(names, "body-markup");
}

static GVariant *server_make_hints(const struct notification *notification)
{
    GVariantBuilder hints;

    g_variant_builder_init(&hints, G_VARIANT_TYPE("a{sv}"));
    g_variant_builder_add(&hints, "{sv}", "urgency",
                          g_variant_new_byte((guchar)notification->urgency));
    /* Replace a notification with the same tag whose number is not known any more. */
    g_variant_builder_add(&hints, "{sv}", "x-canonical-private-synchronous",
                          g_variant_new_string(notification->id));
    g_variant_builder_add(&hints, "{sv}", "x-dunst-stack-tag",
                          g_variant_new_string(notification->id));
    return g_variant_builder_end(&hints);
}

static GVariant *server_make_arguments(const struct notification *notification, guint32 replaced,
                                       bool is_markup)
{
    const char *const no_actions[] = {NULL};
    g_autofree char *summary = text_clean_line(notification->summary, MAX_SUMMARY);
    g_autofree char *body =
        text_clean_message(notification->body ? notification->body : "", MAX_BODY);
    g_autofree char *markup = is_markup ? g_markup_escape_text(body, -1) : NULL;

    return g_variant_new("(susss^as@a{sv}i)", "usageline", replaced, "", summary,
                         markup ? markup : body, no_actions, server_make_hints(notification),
                         notification->timeout > 0 ? notification->timeout : -1);
}

bool server_show(const struct paths *paths, const struct notification *notification, GError **error)
{
    g_autoptr(GDBusConnection) bus = server_connect(error);
    g_autoptr(GDBusMessage) capabilities =
        bus ? server_call(bus, SERVER_NAME, "GetCapabilities", NULL, "(as)", error) : NULL;
    guint32 number = 0;

    if (!capabilities)
        return false;
    /* All that follows goes to the server that has answered. */
    const char *server = g_dbus_message_get_sender(capabilities);
    g_autofree char *unique = g_strconcat(g_dbus_connection_get_guid(bus), " ", server, NULL);
    autoptr(shown) shown = shown_open(paths, unique);
    GVariant *arguments = server_make_arguments(notification, shown_number(shown, notification->id),
                                                server_supports_markup(capabilities));
    g_autoptr(GDBusMessage) reply = server_call(bus, server, "Notify", arguments, "(u)", error);
    if (!reply)
        return false;
    g_variant_get(g_dbus_message_get_body(reply), "(u)", &number);
    shown_add(shown, notification->id, number);
    return true;
}
