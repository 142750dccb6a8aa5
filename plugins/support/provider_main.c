#include "plugins/support/provider_main.h"

#include "common/base/build.h"
#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/secret.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h> /* environ */

enum provider_exit {
    PROVIDER_EXIT_OK = 0,
    PROVIDER_EXIT_ERROR = 1, /* an error document is on stdout */
    PROVIDER_EXIT_USAGE = 2, /* a message is on stderr */
};

/* What the command line asks for, apart from the provider's own options. */
struct provider_questions {
    gboolean version;
    gboolean describe;
    gboolean diagnose;
    gboolean probe;
    gboolean browsers;
};

static gsize provider_count_settings(const struct provider *provider)
{
    gsize count = 0;

    while (provider->settings[count].name)
        count++;
    return count;
}

static bool provider_check_value(const struct provider_setting *setting, const char *value,
                                 const char *given_as, GError **error)
{
    if (!value || !setting->values || g_strv_contains(setting->values, value))
        return true;
    g_autofree char *allowed = g_strjoinv(", ", (char **)(guintptr)setting->values);
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                _("%s: \"%s\" is not possible; it can be %s"), given_as, value, allowed);
    return false;
}

bool provider_setting(const struct provider_call *call, const char *name, const char **value,
                      GError **error)
{
    const struct provider *provider = call->provider;
    const struct provider_setting *setting = provider->settings;
    const char *option;

    while (strcmp(setting->name, name) != 0)
        setting++;
    option = call->options[setting - provider->settings];
    *value = option ? option : config_provider_string(call->config, provider->id, name);
    g_autofree char *given_as = option ? g_strconcat("--", name, NULL)
                                       : g_strdup_printf(_("\"%s\" of provider \"%s\" in %s"), name,
                                                         provider->id, call->paths->config_file);
    if (*value && (*value)[0] == '\0')
        *value = NULL;
    if (!provider_check_value(setting, *value, given_as, error))
        return false;
    if (!*value && setting->values)
        *value = setting->values[0];
    return true;
}

const char *provider_variable(const struct provider_call *call, const char *name)
{
    const char *value = g_environ_getenv(call->environment, name);

    return value && value[0] != '\0' ? value : NULL;
}

/* If the configuration can't be read, the defaults would apply instead, and a credential might go
 * to a host that it is not meant for. A single wrong value is not as dangerous. */
static bool provider_check_config(const struct provider_call *call, GError **error)
{
    if (!call->config->is_unreadable)
        return true;
    g_propagate_error(error, config_error(call->config));
    return false;
}

static enum provider_exit provider_print_document(char *document, enum provider_exit status)
{
    bool printed = printf("%s\n", document) > 0 && fflush(stdout) == 0;

    g_free(document);
    return printed ? status : PROVIDER_EXIT_ERROR;
}

static enum provider_exit provider_print_usage(const struct provider_call *call)
{
    autoclear(answer) answer = {0};

    if (provider_check_config(call, &answer.error))
        call->provider->fetch(call, &answer);
    if (answer.snapshot)
        return provider_print_document(answer_format_snapshot(answer.snapshot), PROVIDER_EXIT_OK);
    return provider_print_document(answer_format_error(call->provider->id, &answer),
                                   PROVIDER_EXIT_ERROR);
}

static void provider_write_setting(struct json_writer *writer,
                                   const struct provider_setting *setting)
{
    json_open_object(writer, NULL);
    json_put_string(writer, "name", setting->name);
    json_put_string(writer, "about", _(setting->about));
    json_put_strings(writer, "values", (char *const *)(guintptr)setting->values);
    if (setting->values)
        json_put_string(writer, "default", setting->values[0]);
    if (setting->is_option) {
        g_autofree char *option = g_strconcat("--", setting->name, NULL);
        json_put_string(writer, "option", option);
    }
    if (setting->is_secret)
        json_put_boolean(writer, "secret", TRUE);
    json_put_string(writer, "cookie", setting->cookie);
    json_put_string(writer, "item", setting->item);
    json_close_object(writer);
}

static void provider_write_variable(struct json_writer *writer,
                                    const struct provider_variable *variable)
{
    json_open_object(writer, NULL);
    json_put_string(writer, "name", variable->name);
    json_put_string(writer, "about", _(variable->about));
    if (variable->is_secret)
        json_put_boolean(writer, "secret", TRUE);
    json_close_object(writer);
}

static enum provider_exit provider_print_description(const struct provider *provider)
{
    struct json_writer *writer = json_writer_new(FALSE);

    json_open_object(writer, NULL);
    json_put_integer(writer, "schema", ANSWER_SCHEMA);
    json_put_string(writer, "id", provider->id);
    json_put_string(writer, "name", provider->name);
    json_put_string(writer, "about", _(provider->about));
    json_put_string(writer, "version", USAGELINE_VERSION);
    json_put_string(writer, "dashboard", provider->dashboard);
    json_open_array(writer, "settings");
    for (const struct provider_setting *setting = provider->settings; setting->name; setting++)
        provider_write_setting(writer, setting);
    json_close_array(writer);
    json_open_array(writer, "environment");
    for (const struct provider_variable *variable = provider->variables; variable->name; variable++)
        provider_write_variable(writer, variable);
    json_close_array(writer);
    json_close_object(writer);
    return provider_print_document(json_writer_finish(writer), PROVIDER_EXIT_OK);
}

static enum provider_exit provider_print_array(const struct provider_call *call,
                                               void (*fill)(const struct provider_call *,
                                                            struct json_writer *))
{
    struct json_writer *writer = json_writer_new(FALSE);

    json_open_array(writer, NULL);
    if (fill)
        fill(call, writer);
    json_close_array(writer);
    return provider_print_document(json_writer_finish(writer), PROVIDER_EXIT_OK);
}

/* An option for each question, and for each setting with is_option; ended by an empty entry. */
static GOptionEntry *provider_make_options(const struct provider *provider,
                                           struct provider_questions *questions, char **options)
{
    const GOptionEntry fixed[] = {
        {"describe", 0, 0, G_OPTION_ARG_NONE, &questions->describe,
         _("Print who this provider is and what can be set, as JSON"), NULL},
        {"diagnose", 0, 0, G_OPTION_ARG_NONE, &questions->diagnose,
         _("Print which credentials would be used and why, as JSON"), NULL},
        {"probe", 0, 0, G_OPTION_ARG_NONE, &questions->probe,
         _("Print whether the service can be reached, as JSON; sends no credential"), NULL},
        {"browsers", 0, 0, G_OPTION_ARG_NONE, &questions->browsers,
         _("Print which profiles of browsers are looked into and what is there, as JSON"), NULL},
        {"version", 0, 0, G_OPTION_ARG_NONE, &questions->version, _("Print the version"), NULL},
    };
    gsize count = provider_count_settings(provider);
    GOptionEntry *entries = g_new0(GOptionEntry, G_N_ELEMENTS(fixed) + count + 1);
    GOptionEntry *next = entries + G_N_ELEMENTS(fixed);

    memcpy(entries, fixed, sizeof fixed);
    for (gsize i = 0; i < count; i++) {
        const struct provider_setting *setting = &provider->settings[i];
        if (setting->is_option)
            *next++ = (GOptionEntry){.long_name = setting->name,
                                     .arg = G_OPTION_ARG_STRING,
                                     .arg_data = &options[i],
                                     .description = _(setting->about),
                                     .arg_description = _("VALUE")};
    }
    return entries;
}

static bool provider_parse_arguments(const struct provider *provider, int argc, char **argv,
                                     struct provider_questions *questions, char **options,
                                     GError **error)
{
    g_autoptr(GOptionContext) context = g_option_context_new(NULL);
    g_autofree GOptionEntry *entries = provider_make_options(provider, questions, options);

    g_option_context_add_main_entries(context, entries, NULL);
    g_option_context_set_summary(context, _(provider->about));
    if (!g_option_context_parse(context, &argc, &argv, error))
        return false;
    if (argc > 1)
        g_set_error(error, G_OPTION_ERROR, G_OPTION_ERROR_UNKNOWN_OPTION,
                    _("\"%s\" is not an option"), argv[1]);
    return argc <= 1;
}

static enum provider_exit provider_answer_question(const struct provider *provider,
                                                   const struct provider_questions *questions,
                                                   char **options)
{
    autoptr(paths) paths = paths_new();
    autoptr(config) config = config_load(paths, provider->id);
    const struct provider_call call = {
        .provider = provider,
        .paths = paths,
        .config = config,
        .options = options,
        .environment = environ, /* no copy: it may hold secrets */
        .now = g_get_real_time() / G_USEC_PER_SEC,
    };

    if (questions->version) {
        printf("usageline-provider-%s %s\n", provider->id, USAGELINE_VERSION);
        return PROVIDER_EXIT_OK;
    }
    if (questions->describe)
        return provider_print_description(provider);
    if (questions->diagnose)
        return provider_print_array(&call, provider->diagnose);
    if (questions->probe)
        return provider_print_array(&call, provider->probe);
    if (questions->browsers)
        return provider_print_array(&call, provider->browsers);
    return provider_print_usage(&call);
}

/* Replaces GLib's own way, which converts to the locale's character set: all output is UTF-8. */
static void provider_print_help(const char *text)
{
    fputs(text, stdout);
}

int provider_main(const struct provider *provider, int argc, char **argv)
{
    g_autoptr(GError) error = NULL;
    struct provider_questions questions = {0};
    gsize count = provider_count_settings(provider);
    g_autofree char **options = g_new0(char *, count + 1);
    enum provider_exit status = PROVIDER_EXIT_USAGE;

    secret_protect_process();
    i18n_start(USAGELINE_LOCALE_FROM_LIBEXEC);
    g_set_print_handler(provider_print_help);
    unsetenv("SSLKEYLOGFILE"); /* libraries would write the connection's keys there */
    if (provider_parse_arguments(provider, argc, argv, &questions, options, &error))
        status = provider_answer_question(provider, &questions, options);
    else
        fprintf(stderr, _("usageline-provider-%s: %s; --help lists the options\n"), provider->id,
                error->message);
    for (gsize i = 0; i < count; i++)
        g_free(options[i]);
    return (int)status;
}
