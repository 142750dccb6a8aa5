#include "plugins/browsers/keyring/keyring.h"

#include "common/base/i18n.h"

void keyring_answer_clear(struct keyring_answer *answer)
{
    if (answer->passwords)
        g_ptr_array_unref(answer->passwords);
    g_free(answer->why);
}

void keyring_explain(struct keyring_answer *answer, const char *format, ...)
{
    va_list arguments;

    if (answer->why)
        return;
    va_start(arguments, format);
    answer->why = g_strdup_vprintf(format, arguments);
    va_end(arguments);
}

static bool keyring_is_absent(const GError *error)
{
    static const GDBusError absent[] = {
        G_DBUS_ERROR_SERVICE_UNKNOWN,  G_DBUS_ERROR_NAME_HAS_NO_OWNER,
        G_DBUS_ERROR_SPAWN_FAILED,     G_DBUS_ERROR_SPAWN_CHILD_EXITED,
        G_DBUS_ERROR_UNKNOWN_OBJECT,   G_DBUS_ERROR_UNKNOWN_METHOD,
        G_DBUS_ERROR_UNKNOWN_INTERFACE};

    for (gsize i = 0; i < G_N_ELEMENTS(absent); i++) {
        if (g_error_matches(error, G_DBUS_ERROR, (int)absent[i]))
            return true;
    }
    return false;
}

void keyring_explain_error(struct keyring_answer *answer, const char *who, const GError *error)
{
    bool timed_out = g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ||
                     g_error_matches(error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT) ||
                     g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_NO_REPLY);

    if (keyring_is_absent(error))
        return;
    answer->timed_out = answer->timed_out || timed_out;
    if (timed_out)
        keyring_explain(answer, _("%s did not answer within 2 seconds"), who);
    else
        keyring_explain(answer, _("%s: %s"), who, error->message);
}
