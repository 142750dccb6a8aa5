#include "cli/base/pretend.h"

#include "cli/base/options.h"
#include "common/base/i18n.h"
#include "common/usage/provider.h"

#include <string.h>

#define CYCLE "cycle"

/* Seconds for which each state of a cycle is shown. */
#define CYCLE_TIME 5

/* The values of the setting "state"; the caller frees the array. */
static GPtrArray *pretend_find_values(const struct json *description)
{
    const struct json *settings = json_get(description, "settings");
    GPtrArray *values = g_ptr_array_new_with_free_func(g_free);

    for (guint i = 0; i < json_length(settings); i++) {
        const struct json *setting = json_at(settings, i);
        const struct json *names = json_get(setting, "values");

        if (g_strcmp0(json_string(json_get(setting, "name")), "state") != 0)
            continue;
        for (guint j = 0; j < json_length(names); j++) {
            if (json_string(json_at(names, j)))
                g_ptr_array_add(values, g_strdup(json_string(json_at(names, j))));
        }
    }
    return values;
}

/* The state that the user names, or all values. */
static char **pretend_choose(GPtrArray *values, const char *state, GError **error)
{
    bool is_cycle = strcmp(state, CYCLE) == 0;

    g_ptr_array_add(values, g_strdup(CYCLE));
    g_ptr_array_add(values, NULL);
    if (!options_check_choice("state", state, (const char *const *)values->pdata, error))
        return NULL;
    g_ptr_array_set_size(values, is_cycle ? (int)values->len - 2 : 0);
    if (!is_cycle)
        g_ptr_array_add(values, g_strdup(state));
    g_ptr_array_add(values, NULL);
    return g_strdupv((char **)values->pdata);
}

char **pretend_states(const struct context *context, const char *provider, const char *state,
                      GError **error)
{
    autoptr(json) description =
        provider ? provider_question(context->paths, provider, "--describe", error) : NULL;
    g_autoptr(GPtrArray) values = pretend_find_values(description);

    if (values->len > 0)
        return pretend_choose(values, state, error);
    if (!provider)
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                    _("no provider is enabled; see `usageline config providers`"));
    else if (description)
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                    _("provider \"%s\" has no states to choose from; try --provider demo"),
                    provider);
    return NULL;
}

gint64 pretend_load(const struct context *context, const char *provider, char *const *states,
                    struct stored *stored)
{
    guint count = g_strv_length((char **)(gintptr)states);
    gint64 turn = context->now / CYCLE_TIME;
    autoclear(answer) answer = {0};

    provider_pretend(context->paths, provider, states[turn % count], &answer);
    stored->snapshot = g_steal_pointer(&answer.snapshot);
    stored->attempt.at = context->now;
    stored->attempt.error = g_steal_pointer(&answer.error);
    stored->attempt.expired_at = answer.expired_at;
    return count > 1 ? (turn + 1) * CYCLE_TIME : 0;
}
