/* usageline show: what a click or the wheel does in bars that run a command for it. */
#include "cli/draw/show.h"

#include "cli/base/adapters.h"
#include "cli/base/click_error.h"
#include "cli/base/command.h"
#include "cli/base/options.h"
#include "common/base/i18n.h"
#include "common/usage/choice.h"
#include "common/usage/provider.h"

#include <stddef.h>
#include <string.h>

/* Adds the line of the provider, without a window, and then each of its windows. */
static void show_add_provider(GArray *circle, const struct context *context, const char *provider)
{
    autoclear(stored) stored = {0};
    struct choice place = {.provider = g_strdup(provider)};

    g_array_append_val(circle, place);
    store_load(context->paths, provider, &stored);
    for (guint i = 0; stored.snapshot && i < stored.snapshot->windows->len; i++) {
        const struct window *window = stored.snapshot->windows->pdata[i];

        place = (struct choice){.provider = g_strdup(provider), .window = g_strdup(window->id)};
        g_array_append_val(circle, place);
    }
}

/* All that can be chosen, as struct choice; `only` NULL: of all providers. */
static GArray *show_make_circle(const struct context *context, const char *only)
{
    GArray *circle = g_array_new(FALSE, FALSE, sizeof(struct choice));
    const GPtrArray *providers = context->config->providers;

    g_array_set_clear_func(circle, (GDestroyNotify)choice_clear);
    if (only)
        show_add_provider(circle, context, only);
    for (guint i = 0; !only && i < providers->len; i++) {
        const struct provider_settings *provider = providers->pdata[i];
        g_autofree char *path =
            provider->enabled ? provider_find(context->paths, provider->id, NULL) : NULL;
        if (path)
            show_add_provider(circle, context, provider->id);
    }
    return circle;
}

struct show_step {
    GArray *circle;
    const char *first; /* the provider that is shown without a choice */
    int by;            /* places to go on; negative: back */
};

/* The place of the choice in the circle; the provider's line if its window has gone, the first
 * place if the provider has. */
static guint show_find_place(const struct show_step *step, const struct choice *choice)
{
    const char *provider = choice->provider ? choice->provider : step->first;
    guint found = 0;

    for (guint i = 0; i < step->circle->len; i++) {
        const struct choice *place = &g_array_index(step->circle, struct choice, i);
        if (g_strcmp0(place->provider, provider) != 0)
            continue;
        if (g_strcmp0(place->window, choice->window) == 0)
            return i;
        if (!place->window)
            found = i;
    }
    return found;
}

static void show_step(struct choice *choice, gpointer data)
{
    const struct show_step *step = data;
    int count = (int)step->circle->len;
    int at = ((int)show_find_place(step, choice) + step->by + count) % count;
    const struct choice *place = &g_array_index(step->circle, struct choice, at);

    g_free(choice->provider);
    g_free(choice->window);
    /* The first one follows the configuration. */
    choice->provider =
        g_strcmp0(place->provider, step->first) == 0 ? NULL : g_strdup(place->provider);
    choice->window = g_strdup(place->window);
}

static void show_toggle(struct choice *choice, gpointer data)
{
    (void)data;
    choice->flipped = !choice->flipped;
}

static void show_reset(struct choice *choice, gpointer data)
{
    (void)data;
    choice_clear(choice);
}

static const struct {
    const char *name;
    void (*change)(struct choice *choice, gpointer data);
    int by; /* for show_step */
} show_verbs[] = {
    {"next", show_step, 1},
    {"previous", show_step, -1},
    {"toggle", show_toggle, 0},
    {"reset", show_reset, 0},
};

static bool show_run_verb(struct context *context, const struct show_target *target, gsize verb,
                          GError **error)
{
    struct show_step step = {.first = context_provider(context, target->provider),
                             .by = show_verbs[verb].by};
    g_autoptr(GArray) circle = step.by != 0 ? show_make_circle(context, target->provider) : NULL;

    step.circle = circle;
    if (circle && circle->len == 0) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                    _("no provider is enabled; see `usageline config providers`"));
        return false;
    }
    if (circle && circle->len == 1) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL,
                    _("there is nothing else to show: no limits of provider \"%s\" are known yet"),
                    g_array_index(circle, struct choice, 0).provider);
        return false;
    }
    return choice_change(context->paths, target->bar, target->instance, show_verbs[verb].change,
                         &step, error);
}

bool show_change(struct context *context, const struct show_target *target, const char *verb,
                 GError **error)
{
    for (gsize i = 0; verb && i < G_N_ELEMENTS(show_verbs); i++) {
        if (strcmp(show_verbs[i].name, verb) == 0)
            return show_run_verb(context, target, i, error);
    }
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                _("say what to show: next, previous, toggle or reset"));
    return false;
}

struct show_options {
    char *bar;
    char *instance;
    char *provider;
};

#define OPTION(field) ((gpointer)offsetof(struct show_options, field))

static const GOptionEntry option_entries[] = {
    {"bar", 'b', 0, G_OPTION_ARG_STRING, OPTION(bar), N_("waybar, i3blocks or polybar"),
     N_("NAME")},
    {"instance", 0, 0, G_OPTION_ARG_STRING, OPTION(instance),
     N_("Which of the bar's modules (default: what the bar tells, else all)"), N_("NAME")},
    {"provider", 'p', 0, G_OPTION_ARG_STRING, OPTION(provider),
     N_("The provider, if the bar shows but this one"), N_("ID")},
    {0},
};

static bool show_run(struct context *context, const struct show_options *options, const char *verb,
                     GError **error)
{
    const struct adapter *adapter = options->bar ? adapters_find(options->bar, error) : NULL;
    struct show_target target = {options->bar, options->instance, options->provider};

    if (!adapter) {
        if (!options->bar)
            g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                        _("say which bar: --bar waybar, --bar i3blocks or --bar polybar"));
        return false;
    }
    if (target.provider && !provider_check_id(target.provider, error))
        return false;
    if (!target.instance)
        target.instance = context_variable(context, adapter->instance_variables);
    return show_change(context, &target, verb, error);
}

int command_show(struct context *context, int argc, char **argv)
{
    struct show_options options = {0};
    const struct command_line line = {
        .command = "show",
        .arguments = "next|previous|toggle|reset",
        .summary = N_("Changes what a bar shows: the next or previous window or provider, used or "
                      "left,\nor all as it is configured."),
        .description =
            N_("For the clicks and the wheel of a bar whose line is drawn with --watch."),
        .options = {option_entries, &options},
        .max_arguments = 1,
    };
    g_autoptr(GError) error = NULL;
    int status = 0;

    if (!options_parse(&line, &argc, &argv, &error) ||
        !show_run(context, &options, argc == 2 ? argv[1] : NULL, &error)) {
        click_error_report(context, options.bar, error);
        status = usage_error_kind(error) == USAGE_ERROR_CONFIG ? EXIT_USAGE : EXIT_FAILED;
    }
    options_clear(&line);
    return status;
}
