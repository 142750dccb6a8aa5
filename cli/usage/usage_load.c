#include "cli/usage/usage.h"

void usage_free(struct usage *usage)
{
    stored_clear(&usage->stored);
    g_free(usage->provider);
    g_free(usage);
}

static void refresh_if_due(const struct context *context, struct usage *usage, bool verbose)
{
    struct refresh refresh = context_refresh(context, usage->provider);
    autoclear(answer) answer = {0};
    GError *error = NULL;

    if (!refresh_is_due(&refresh, &usage->stored))
        return;
    refresh.verbose = verbose;
    if (!refresh_now(&refresh, &answer, &error)) {
        g_clear_error(&usage->stored.attempt.error);
        usage->stored.attempt.error = error;
        usage->stored.attempt.expired_at = 0;
        return;
    }
    stored_clear(&usage->stored);
    store_load(context->paths, usage->provider, &usage->stored);
}

struct usage *usage_load(const struct context *context, const char *provider, bool verbose)
{
    struct usage *usage = g_new0(struct usage, 1);

    usage->provider = g_strdup(provider);
    store_load(context->paths, provider, &usage->stored);
    refresh_if_due(context, usage, verbose);
    return usage;
}
