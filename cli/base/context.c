#include "cli/base/context.h"

#include "common/base/file.h"
#include "common/base/i18n.h"
#include "common/base/wall_clock.h"
#include "common/usage/provider.h"

#include <stdio.h>
#include <unistd.h>

const char *context_variable(const struct context *context, const char *const *names)
{
    for (; names && *names; names++) {
        const char *value = g_environ_getenv(context->environment, *names);

        if (value && value[0] != '\0')
            return value;
    }
    return NULL;
}

const char *context_provider(const struct context *context, const char *given)
{
    const char *first = NULL;
    guint enabled = 0;

    if (given)
        return given;
    for (guint i = 0; i < context->config->providers->len; i++) {
        const struct provider_settings *provider = context->config->providers->pdata[i];
        if (provider->enabled && enabled++ == 0)
            first = provider->id;
    }
    if (enabled <= 1)
        return first;
    /* CodexBar's users bring a list of services that usageline has no provider for. */
    for (guint i = 0; i < context->config->providers->len; i++) {
        const struct provider_settings *provider = context->config->providers->pdata[i];
        g_autofree char *path =
            provider->enabled ? provider_find(context->paths, provider->id, NULL) : NULL;
        if (path)
            return provider->id;
    }
    return first;
}

const char *context_provider_or_default(const struct context *context, const char *given)
{
    const char *provider = context_provider(context, given);

    return provider ? provider : DEFAULT_PROVIDER;
}

void context_renew(struct context *context)
{
    config_free(context->config);
    context->config = config_load(context->paths, DEFAULT_PROVIDER);
    config_load_themes(context->config, context->paths);
    context->now = wall_clock_now() / G_USEC_PER_SEC;
}

struct refresh context_refresh(const struct context *context, const char *provider)
{
    return (struct refresh){
        .paths = context->paths,
        .provider = provider,
        .settings = config_provider_digest(context->config, provider),
        .interval = context->config->refresh_interval,
        .now = context->now,
        .alert_thresholds = context->config->notifications ? &context->config->thresholds : NULL,
    };
}

bool context_can_store(const char *folder, GError **error)
{
    if (!folder_make_private(folder, error))
        return false;
    if (access(folder, W_OK) == 0)
        return true;
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _("%s: is not writable"), folder);
    return false;
}

void context_explain_store(const struct context *context)
{
    for (char **folder = context->paths->store_folders; *folder; folder++) {
        g_autoptr(GError) error = NULL;

        if (context_can_store(*folder, &error)) {
            fprintf(stderr, _("usageline: the store is %s\n"), *folder);
            return;
        }
        fprintf(stderr, _("usageline: can't store in %s\n"), error->message);
    }
}
