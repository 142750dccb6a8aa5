/* usageline show: what a click or the wheel does in bars that run a command for it. */
#include "cli/draw/show.h"

#include "cli/base/adapters.h"
#include "cli/base/command.h"
#include "cli/base/options.h"
#include "cli/base/output.h"
#include "cli/draw/bar_state.h"
#include "common/base/i18n.h"
#include "common/usage/provider.h"

#include <stddef.h>
#include <string.h>

/* A place of the circle; both belong to what it was made from. */
struct place {
    const char *provider;
    const char *window; /* NULL: the provider's line */
};

/* The places of a circle, and what owns their names. */
struct circle {
    GArray *places;
    GPtrArray *snapshots;
};

static void circle_clear(struct circle *circle)
{
    g_array_unref(circle->places);
    g_ptr_array_unref(circle->snapshots);
}

DEFINE_AUTO_CLEAR(circle, circle_clear);

static void add_provider(struct circle *circle, const struct context *context, const char *provider)
{
    autoclear(stored) stored = {0};
    struct place place = {.provider = provider};

    g_array_append_val(circle->places, place);
    store_load(context->paths, provider, &stored);
    if (!stored.snapshot)
        return;
    for (guint i = 0; i < stored.snapshot->windows->len; i++) {
        const struct window *window = stored.snapshot->windows->pdata[i];
        place.window = window->id;
        g_array_append_val(circle->places, place);
    }
    g_ptr_array_add(circle->snapshots, g_steal_pointer(&stored.snapshot));
}

static void make_circle(struct circle *circle, const struct context *context, const char *only)
{
    const GPtrArray *providers = context->config->providers;

    circle->places = g_array_new(FALSE, FALSE, sizeof(struct place));
    circle->snapshots = g_ptr_array_new_with_free_func((GDestroyNotify)snapshot_free);
    if (only) {
        add_provider(circle, context, only);
        return;
    }
    for (guint i = 0; i < providers->len; i++) {
        const struct provider_settings *provider = providers->pdata[i];
        g_autofree char *path =
            provider->enabled ? provider_find(context->paths, provider->id, NULL) : NULL;
        if (path)
            add_provider(circle, context, provider->id);
    }
}

struct step {
    const struct circle *circle;
    const char *first; /* the provider that is shown without a choice */
    int by;
};

/* Where the choice stands; what it names may have gone meanwhile. */
static guint find_place(const struct step *step, const struct choice *choice)
{
    const char *provider = choice->provider ? choice->provider : step->first;
    guint found = 0;

    for (guint i = 0; i < step->circle->places->len; i++) {
        const struct place *place = &g_array_index(step->circle->places, struct place, i);
        if (g_strcmp0(place->provider, provider) != 0)
            continue;
        if (g_strcmp0(place->window, choice->window) == 0)
            return i;
        if (!place->window)
            found = i;
    }
    return found;
}

static void make_step(struct choice *choice, gpointer data)
{
    const struct step *step = data;
    int count = (int)step->circle->places->len;
    int at = ((int)find_place(step, choice) + step->by % count + count) % count;
    const struct place *place = &g_array_index(step->circle->places, struct place, at);

    g_free(choice->provider);
    g_free(choice->window);
    /* The first one follows the configuration. */
    choice->provider =
        g_strcmp0(place->provider, step->first) == 0 ? NULL : g_strdup(place->provider);
    choice->window = g_strdup(place->window);
}

bool show_step(struct context *context, const struct show_target *target, int by, GError **error)
{
    autoclear(circle) circle = {0};
    struct step step = {
        .circle = &circle, .first = context_provider(context, target->provider), .by = by};

    make_circle(&circle, context, target->provider);
    if (circle.places->len == 0) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                    _("no provider is enabled; see `usageline config providers`"));
        return false;
    }
    return choice_change(context->paths, target->bar, target->instance, make_step, &step, error);
}

static void flip(struct choice *choice, gpointer data)
{
    (void)data;
    choice->flipped = !choice->flipped;
}

bool show_flip(struct context *context, const struct show_target *target, GError **error)
{
    return choice_change(context->paths, target->bar, target->instance, flip, NULL, error);
}

static void reset(struct choice *choice, gpointer data)
{
    (void)data;
    choice_clear(choice);
}

static bool show_next(struct context *context, const struct show_target *target, GError **error)
{
    return show_step(context, target, 1, error);
}

static bool show_previous(struct context *context, const struct show_target *target, GError **error)
{
    return show_step(context, target, -1, error);
}

static bool show_reset(struct context *context, const struct show_target *target, GError **error)
{
    return choice_change(context->paths, target->bar, target->instance, reset, NULL, error);
}

static const struct {
    const char *name;
    bool (*run)(struct context *context, const struct show_target *target, GError **error);
} verbs[] = {
    {"next", show_next}, {"previous", show_previous}, {"toggle", show_flip}, {"reset", show_reset}};

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

static bool run(struct context *context, const struct show_options *options, const char *verb,
                GError **error)
{
    const struct adapter *adapter = options->bar ? adapters_find(options->bar) : NULL;
    struct show_target target = {options->bar, options->instance, options->provider};

    if (!adapter) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                    _("say which bar: --bar waybar, --bar i3blocks or --bar polybar"));
        return false;
    }
    if (target.provider && !provider_check_id(target.provider, error))
        return false;
    if (!target.instance)
        target.instance = context_variable(context, adapter->instance_variables);
    for (gsize i = 0; verb && i < G_N_ELEMENTS(verbs); i++) {
        if (strcmp(verbs[i].name, verb) == 0)
            return verbs[i].run(context, &target, error);
    }
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                _("say what to show: next, previous, toggle or reset"));
    return false;
}

int command_show(struct context *context, int argc, char **argv)
{
    const struct option_help help = {
        .command = "show",
        .arguments = "next|previous|toggle|reset",
        .summary = N_("Changes what a bar shows: the next or previous window or provider, used or "
                      "left,\nor all as it is configured."),
        .description =
            N_("For the clicks and the wheel of a bar whose line is drawn with --watch.")};
    struct show_options options = {0};
    g_autoptr(GError) error = NULL;
    int status = 0;

    if (!options_parse(&help, (struct option_group){option_entries, &options},
                       (struct option_group){0}, &argc, &argv, &error) ||
        !run(context, &options, argc == 2 ? argv[1] : NULL, &error)) {
        output_report(error);
        status = usage_error_kind(error) == USAGE_ERROR_CONFIG ? EXIT_USAGE : EXIT_FAILED;
    }
    g_free(options.bar);
    g_free(options.instance);
    g_free(options.provider);
    return status;
}
