#include "tests/plugins/browsers/fake_keyring.h"

#include "plugins/browsers/keyring/keyring.h"
#include "plugins/support/session_bus.h"

#include <string.h>

struct fake_keyring fake_keyring;

const char *const keyring_missing = NULL;

GCancellable *session_bus_timeout(gint64 wait)
{
    (void)wait;
    return g_cancellable_new();
}

GDBusConnection *session_bus_get(char **environment, GCancellable *patience, GError **error)
{
    (void)environment;
    (void)patience;
    (void)error;
    return g_object_new(G_TYPE_OBJECT, NULL);
}

static void fake_keyring_give(struct keyring_answer *answer, const char *password)
{
    g_ptr_array_add(answer->passwords, secret_new(password, -1));
}

void keyring_ask_secret_service(const char *attribute, const char *value,
                                G_GNUC_UNUSED const char *const *schemas, GCancellable *patience,
                                struct keyring_answer *answer)
{
    bool is_portal = strcmp(attribute, "app_id") == 0;
    const char *name = is_portal ? fake_keyring.app_id : fake_keyring.application;

    (void)patience;
    fake_keyring.asked++;
    if (fake_keyring.timed_out) {
        answer->timed_out = true;
        keyring_explain(answer, "the keyring did not answer within 2 seconds");
    } else if (g_strcmp0(name, value) == 0 && fake_keyring.is_locked) {
        answer->is_locked = true;
        keyring_explain(answer, "the keyring \"Login\" is locked");
    } else if (g_strcmp0(name, value) == 0) {
        fake_keyring_give(answer, is_portal ? fake_keyring.portal_secret : fake_keyring.password);
    }
}

void keyring_ask_kwallet(const char *name, const char *config, GCancellable *patience,
                         struct keyring_answer *answer)
{
    (void)config;
    (void)patience;
    if (g_strcmp0(fake_keyring.application, name) == 0)
        fake_keyring_give(answer, fake_keyring.password);
}
