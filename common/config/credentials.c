#include "common/config/credentials.h"

#include "common/config/provider_file.h"

#include <string.h>

const char *const credential_fields[] = {CREDENTIAL_API_KEY, CREDENTIAL_COOKIE_HEADER, NULL};

bool credentials_is_secret_field(const char *name)
{
    /* CodexBar has "secretKey" for services that need two. */
    return g_strv_contains(credential_fields, name) || strcmp(name, "secretKey") == 0;
}

struct secret *credentials_strip(const char *text)
{
    static const char around[] = " \t\r\n\"'";
    gsize length;

    text += strspn(text, around);
    length = strlen(text);
    while (length > 0 && strchr(around, text[length - 1]))
        length--;
    return length > 0 ? secret_new(text, (gssize)length) : NULL;
}

bool credentials_is_sendable(const struct secret *secret)
{
    const char *text = secret_peek(secret);

    for (gsize i = 0; i < secret_length(secret); i++) {
        if (!g_ascii_isgraph(text[i]))
            return false;
    }
    return true;
}

static struct secret *credentials_find_in(const char *path, const char *provider, const char *field,
                                          GError **error)
{
    autoptr(json) json = provider_file_read(path, error);
    const char *text = json_string(json_get(provider_file_entry(json, provider), field));

    return text ? credentials_strip(text) : NULL;
}

struct secret *credentials_find(const struct paths *paths, const char *provider, const char *field,
                                const char **origin, GError **error)
{
    const char *const files[] = {paths->config_file, paths->credentials_file};
    GError *first_error = NULL;

    for (gsize i = 0; i < G_N_ELEMENTS(files); i++) {
        /* If one file can't be read, the secret may still be in the other one. */
        struct secret *secret =
            credentials_find_in(files[i], provider, field, first_error ? NULL : &first_error);
        if (secret) {
            g_clear_error(&first_error);
            if (origin)
                *origin = files[i];
            return secret;
        }
    }
    if (first_error)
        g_propagate_error(error, first_error);
    return NULL;
}

bool credentials_store(const struct paths *paths, const char *provider, const char *field,
                       const struct secret *secret, bool *changed, GError **error)
{
    const struct provider_field value = {.name = field,
                                         .text = secret ? secret_peek(secret) : NULL};

    return provider_file_change(paths->credentials_file, provider, value, changed, error);
}
