/* usageline config set-api-key, set-cookie, unset: the stored secrets of providers. */
#include "cli/base/options.h"
#include "cli/base/output.h"
#include "cli/config/config_command.h"
#include "cli/config/secret_input.h"
#include "common/base/i18n.h"
#include "common/base/json.h"
#include "common/config/credentials.h"
#include "common/config/pasted.h"
#include "common/usage/provider.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

struct credential_options {
    char *provider;
    char *api_key;
    gboolean from_stdin;
};

#define OPTION(field) ((gpointer)offsetof(struct credential_options, field))
#define PROVIDER_ENTRY                                                                             \
    {                                                                                              \
        "provider", 'p', 0, G_OPTION_ARG_STRING, OPTION(provider),                                 \
            N_("The provider (default: the first that is enabled)"), N_("ID")                      \
    }

static const GOptionEntry set_entries[] = {
    PROVIDER_ENTRY,
    {"stdin", 0, 0, G_OPTION_ARG_NONE, OPTION(from_stdin), N_("Read the key from standard input"),
     NULL},
    {"api-key", 0, 0, G_OPTION_ARG_STRING, OPTION(api_key),
     N_("The key itself; other users of this machine can see it while the command runs"),
     N_("KEY")},
    {0},
};

static const GOptionEntry cookie_entries[] = {
    PROVIDER_ENTRY,
    {"stdin", 0, 0, G_OPTION_ARG_NONE, OPTION(from_stdin), N_("Read it from standard input"), NULL},
    {0},
};

static const GOptionEntry unset_entries[] = {PROVIDER_ENTRY, {0}};

/* A secret in the configuration overrides a stored one. */
static void config_warn_if_overridden(const struct context *context, const char *provider,
                                      const char *field)
{
    const struct provider_settings *settings = config_provider(context->config, provider);

    for (guint i = 0; settings && i < settings->secrets->len; i++) {
        if (strcmp(settings->secrets->pdata[i], field) == 0)
            output_complain(
                _("usageline: warning: \"%s\" in %s counts more than this; change it there.\n"),
                field, context->paths->config_file);
    }
}

static int config_store_secret(const struct context *context, const char *provider,
                               const char *field, const struct secret *secret)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *hint = NULL;

    if (!credentials_store(context->paths, provider, field, secret, NULL, &error)) {
        output_report(error);
        return EXIT_FAILED;
    }
    config_warn_if_overridden(context, provider, field);
    g_autofree char *path = provider_find(context->paths, provider, &error);
    if (!path)
        output_complain(_("usageline: warning: %s.\n"), error->message);
    hint = secret_hint(secret);
    printf(_("Stored for %s (%s) in %s.\n"), provider, hint, context->paths->credentials_file);
    return 0;
}

static const char *config_choose_provider(const struct context *context,
                                          const struct credential_options *options)
{
    const char *provider = context_provider_or_default(context, options->provider);
    g_autoptr(GError) error = NULL;

    if (provider_check_id(provider, &error))
        return provider;
    output_report(error);
    return NULL;
}

/* A key for a provider that is not installed would never be found again. */
static bool config_check_installed(const struct context *context, const char *provider)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *path = provider_find(context->paths, provider, &error);

    if (!path)
        output_complain(_("usageline: nothing was changed: %s\n"), error->message);
    return path != NULL;
}

static int config_set_api_key(const struct context *context,
                              const struct credential_options *options)
{
    const char *provider = config_choose_provider(context, options);
    autoptr(secret) secret = NULL;

    if (!provider)
        return EXIT_USAGE;
    if (options->from_stdin == (options->api_key != NULL)) {
        output_complain(_("usageline: give the key with --stdin (or with --api-key KEY):\n"
                          "  usageline config set-api-key --provider %s --stdin\n"),
                        provider);
        return EXIT_USAGE;
    }
    if (!config_check_installed(context, provider))
        return EXIT_FAILED;
    if (options->api_key)
        output_complain(
            _("usageline: warning: other users of this machine can see a key that is given "
              "as an argument, and your shell remembers it; --stdin is safer.\n"));
    secret = options->api_key ? credentials_strip(options->api_key) : secret_input_read();
    if (!secret) {
        output_complain(_("usageline: the key is empty or far too long; nothing was changed.\n"));
        return EXIT_FAILED;
    }
    if (!credentials_is_sendable(secret)) {
        output_complain(
            _("usageline: a key has only ASCII letters, digits and signs, no spaces or line "
              "breaks; nothing was changed.\n"));
        return EXIT_FAILED;
    }
    return config_store_secret(context, provider, CREDENTIAL_API_KEY, secret);
}

/* The names of a web session's token in the answer to --describe; NULL if the provider takes none.
 */
static struct pasted_names config_find_token_names(const struct json *description)
{
    const struct json *settings = json_get(description, "settings");
    struct pasted_names names = {0};

    for (guint i = 0; i < json_length(settings) && !names.cookie; i++) {
        names.cookie = json_string(json_get(json_at(settings, i), "cookie"));
        names.item = json_string(json_get(json_at(settings, i), "item"));
    }
    return names;
}

/* Finds the token in what was pasted; returns it alone, as the cookie. NULL: none was found. */
static struct secret *config_find_token(const char *pasted, const struct pasted_names *names)
{
    const char *value = NULL;
    gsize length = pasted_find(pasted, names, &value);
    struct secret *secret;
    char *cookie;

    if (length == 0)
        return NULL;
    cookie = g_strdup_printf("%s=%.*s", names->cookie, (int)length, value);
    secret = secret_new(cookie, -1);
    secret_wipe(cookie);
    return secret;
}

static int config_set_cookie(const struct context *context,
                             const struct credential_options *options)
{
    const char *provider = config_choose_provider(context, options);
    autoptr(json) description = NULL;
    g_autoptr(GError) error = NULL;
    autoptr(secret) pasted = NULL;
    autoptr(secret) cookie = NULL;
    struct pasted_names names;

    if (!provider)
        return EXIT_USAGE;
    if (!options->from_stdin) {
        output_complain(_("usageline: paste the cookie to --stdin:\n"
                          "  usageline config set-cookie --provider %s --stdin\n"),
                        provider);
        return EXIT_USAGE;
    }
    description = provider_question(context->paths, provider, "--describe", &error);
    names = config_find_token_names(description);
    if (!names.cookie) {
        output_complain("usageline: %s\n",
                        error ? error->message : _("this provider takes no cookie"));
        return EXIT_FAILED;
    }
    pasted = secret_input_read();
    cookie = pasted ? config_find_token(secret_peek(pasted), &names) : NULL;
    if (!cookie) {
        fprintf(
            stderr,
            _("usageline: no token found in that; nothing was changed. Paste the value of %s%s%s, "
              "a header with it, or what \"Copy as cURL\" of a browser's developer tools gives.\n"),
            names.cookie, names.item ? _(" or ") : "", names.item ? names.item : "");
        return EXIT_FAILED;
    }
    return config_store_secret(context, provider, CREDENTIAL_COOKIE_HEADER, cookie);
}

static int config_unset(const struct context *context, const struct credential_options *options)
{
    const char *provider = config_choose_provider(context, options);
    bool any = false;

    if (!provider)
        return EXIT_USAGE;
    for (const char *const *field = credential_fields; *field; field++) {
        g_autoptr(GError) error = NULL;
        bool changed = false;

        if (!credentials_store(context->paths, provider, *field, NULL, &changed, &error)) {
            output_report(error);
            return EXIT_FAILED;
        }
        any = any || changed;
    }
    if (any)
        printf(_("Removed what was stored for %s.\n"), provider);
    else
        printf(_("Nothing was stored for %s.\n"), provider);
    return 0;
}

/* An argument that is not an option may be the secret. */
static const struct {
    struct command_line line;
    int (*run)(const struct context *context, const struct credential_options *options);
} credential_commands[] = {
    {{.command = "config set-api-key",
      .summary = N_("Stores an API key for a provider, in a file that only you can read."),
      .options.entries = set_entries,
      .refusal = N_("unexpected argument; the key goes to --stdin.")},
     config_set_api_key},
    {{.command = "config set-cookie",
      .summary = N_("Stores the cookie of a web session, in a file that only you can read."),
      .description = N_("Of what is pasted (the value, a Cookie header, a curl command) only the "
                        "one cookie that the provider needs is kept."),
      .options.entries = cookie_entries,
      .refusal = N_("unexpected argument; the cookie goes to --stdin.")},
     config_set_cookie},
    {{.command = "config unset",
      .summary = N_("Removes the stored secrets of a provider."),
      .options.entries = unset_entries,
      .refusal = N_("unexpected argument")},
     config_unset},
};

int config_change_credentials(struct context *context, int argc, char **argv)
{
    struct credential_options options = {0};
    struct command_line line;
    g_autoptr(GError) error = NULL;
    int status = EXIT_USAGE;
    gsize i = 0;

    secret_protect_process();
    while (!g_str_has_suffix(credential_commands[i].line.command, argv[0]))
        i++;
    line = credential_commands[i].line;
    line.options.values = &options;
    if (options_parse(&line, &argc, &argv, &error))
        status = credential_commands[i].run(context, &options);
    else
        output_report(error);
    secret_wipe(g_steal_pointer(&options.api_key));
    options_clear(&line);
    return status;
}
