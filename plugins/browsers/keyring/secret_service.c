/* keyring_ask_secret_service, on libsecret. */
#include "common/base/i18n.h"
#include "plugins/browsers/keyring/keyring.h"

#ifdef HAVE_LIBSECRET

#include <libsecret/secret.h>

#define WHO _("the keyring (Secret Service)")

const char *const keyring_missing = NULL;

/* The name that people know a keyring by, such as "Login", or else that of its D-Bus object. */
static char *keyring_name_collection(SecretService *service, SecretItem *item,
                                     GCancellable *patience)
{
    g_autofree char *path = g_path_get_dirname(g_dbus_proxy_get_object_path(G_DBUS_PROXY(item)));
    g_autoptr(GVariant) reply = g_dbus_connection_call_sync(
        g_dbus_proxy_get_connection(G_DBUS_PROXY(service)),
        g_dbus_proxy_get_name(G_DBUS_PROXY(service)), path, "org.freedesktop.DBus.Properties",
        "Get", g_variant_new("(ss)", "org.freedesktop.Secret.Collection", "Label"),
        G_VARIANT_TYPE("(v)"), G_DBUS_CALL_FLAGS_NONE, -1, patience, NULL);
    g_autoptr(GVariant) label = NULL;

    if (reply)
        g_variant_get(reply, "(v)", &label);
    if (label && g_variant_is_of_type(label, G_VARIANT_TYPE_STRING))
        return g_variant_dup_string(label, NULL);
    return g_path_get_basename(path);
}

/* A locked keyring says that it has items, but not of which schema. */
static bool keyring_item_may_match(SecretItem *found, const char *const *schemas)
{
    if (secret_item_get_locked(found))
        return true;
    g_autofree char *schema = secret_item_get_schema_name(found);

    return schema && g_strv_contains(schemas, schema);
}

static void keyring_take_password(SecretService *service, SecretItem *found, GCancellable *patience,
                                  struct keyring_answer *answer)
{
    g_autoptr(GError) error = NULL;
    SecretValue *value;
    const char *text;
    gsize length = 0;

    if (secret_item_get_locked(found)) {
        g_autofree char *name = keyring_name_collection(service, found, patience);
        answer->is_locked = true;
        keyring_explain(answer, _("the keyring \"%s\" is locked"), name);
        return;
    }
    if (!secret_item_load_secret_sync(found, patience, &error)) {
        keyring_explain_error(answer, WHO, error);
        return;
    }
    value = secret_item_get_secret(found);
    text = value ? secret_value_get(value, &length) : NULL;
    if (text && length > 0)
        g_ptr_array_add(answer->passwords, secret_new(text, (gssize)length));
    if (value)
        secret_value_unref(value);
}

void keyring_ask_secret_service(const char *attribute, const char *value,
                                const char *const *schemas, GCancellable *patience,
                                struct keyring_answer *answer)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GHashTable) attributes = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(SecretService) service =
        secret_service_get_sync(SECRET_SERVICE_OPEN_SESSION, patience, &error);
    GList *found = NULL;

    /* GHashTable has no const, but nothing changes the key and the value. */
    g_hash_table_insert(attributes, (gpointer)(guintptr)attribute, (gpointer)(guintptr)value);
    if (service)
        found = secret_service_search_sync(service, NULL, attributes, SECRET_SEARCH_ALL, patience,
                                           &error);
    if (error)
        keyring_explain_error(answer, WHO, error);
    for (GList *one = found; one; one = one->next) {
        if (keyring_item_may_match(one->data, schemas))
            keyring_take_password(service, one->data, patience, answer);
    }
    g_list_free_full(found, g_object_unref);
}

#else

const char *const keyring_missing =
    N_("this usageline was built without libsecret, which asks the keyring");

void keyring_ask_secret_service(G_GNUC_UNUSED const char *attribute,
                                G_GNUC_UNUSED const char *value,
                                G_GNUC_UNUSED const char *const *schemas,
                                G_GNUC_UNUSED GCancellable *patience, struct keyring_answer *answer)
{
    keyring_explain(answer, "%s", _(keyring_missing));
}

#endif
