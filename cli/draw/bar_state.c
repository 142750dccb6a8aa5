#include "cli/draw/bar_state.h"

#include "cli/base/adapters.h"
#include "cli/base/output.h"
#include "common/base/i18n.h"
#include "common/usage/provider.h"

void bar_output_clear(struct bar_output *output)
{
    g_free(output->text);
    *output = (struct bar_output){0};
}

/* Where there is no format, uses that of `defaults`. */
static void bar_state_complete_formats(struct line_formats *formats,
                                       const struct line_formats *defaults)
{
    formats->text = formats->text ? formats->text : defaults->text;
    formats->short_text = formats->short_text ? formats->short_text : defaults->short_text;
    formats->window = formats->window ? formats->window : defaults->window;
    formats->tooltip = formats->tooltip ? formats->tooltip : defaults->tooltip;
}

static bool bar_state_shows_remaining(const struct bar_state *bar, const struct bar_settings *own)
{
    bool remaining = own->remaining == TOGGLE_UNSET ? bar->context->config->remaining
                                                    : own->remaining == TOGGLE_ON;

    if (bar->options->remaining || bar->options->used)
        remaining = bar->options->remaining;
    return remaining != bar->choice.flipped;
}

/* The command line wins, then the user's choice if that is still possible. */
static const char *bar_state_choose_provider(const struct bar_state *bar)
{
    const struct config *config = bar->context->config;
    const char *chosen = bar->choice.provider;
    const struct provider_settings *settings = chosen ? config_provider(config, chosen) : NULL;

    if (bar->options->provider)
        return bar->options->provider;
    if (settings && settings->enabled) {
        g_autofree char *path = provider_find(bar->context->paths, chosen, NULL);
        if (path)
            return chosen;
    }
    return context_provider(bar->context, NULL);
}

/* The command line overrides the bar's own settings, and those override the general ones. */
void bar_state_resolve(struct bar_state *bar)
{
    static const struct bar_settings nothing = {.urgent = TRUE};
    const struct config *config = bar->context->config;
    const struct draw_options *options = bar->options;
    const struct bar_settings *own = config_bar(config, bar->adapter->name);

    if (!own)
        own = &nothing;
    choice_clear(&bar->choice);
    if (!options->states) /* what is pretended is drawn whole */
        choice_load(bar->context->paths, bar->adapter->name, bar->instance, &bar->choice);
    bar->formats = options->formats;
    bar_state_complete_formats(&bar->formats, &own->formats);
    bar_state_complete_formats(&bar->formats, &config->formats);
    bar->settings = (struct view_settings){
        .thresholds = config->thresholds,
        .interval = config->refresh_interval,
        .icon = options->icon ? options->icon : config_icon(config, bar->adapter->name),
        .window = bar->choice.window,
        .gauge = config_gauge(config),
        .tooltip = bar->adapter->has_tooltip ? TOOLTIP_COLUMNS : TOOLTIP_NONE,
        .remaining = bar_state_shows_remaining(bar, own),
    };
    bar->settings.gauge.is_colorless = !output_has_color(bar->context);
    bar->adapter_options = options->adapter;
    bar->adapter_options.urgent = options->adapter.urgent && own->urgent;
    bar->adapter_options.inline_colors = own->inline_colors;
    bar->provider = bar_state_choose_provider(bar);
}

void bar_state_clear(struct bar_state *bar)
{
    choice_clear(&bar->choice);
}

GError *bar_state_check(const struct bar_state *bar)
{
    GError *error = config_error(bar->context->config);

    if (!error && bar->provider)
        provider_check_id(bar->provider, &error);
    return error;
}

void bar_state_init(struct bar_state *bar, struct context *context, const struct adapter *adapter,
                    const struct draw_options *options)
{
    *bar = (struct bar_state){
        .adapter = adapter,
        .options = options,
        .context = context,
        .instance = options->instance ? options->instance
                                      : context_variable(context, adapter->instance_variables),
    };
}

int bar_state_init_for_click(struct bar_state *bar, struct context *context, const char *name,
                             const struct draw_options *options, GError **error)
{
    static const struct adapter no_bar = {.name = "", .has_tooltip = true};
    const struct adapter *adapter = name ? adapters_find(name, error) : &no_bar;

    *bar = (struct bar_state){0};
    if (!adapter)
        return EXIT_USAGE;
    bar_state_init(bar, context, adapter, options);
    bar_state_resolve(bar);
    if (bar->provider)
        return provider_check_id(bar->provider, error) ? 0 : EXIT_USAGE;
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                _("no provider is enabled; see `usageline config providers`"));
    return EXIT_FAILED;
}

void bar_state_draw(const struct bar_state *bar, const struct stored *stored,
                    struct bar_output *output)
{
    const struct adapter *adapter = bar->adapter;
    const char *provider = provider_id_is_valid(bar->provider) ? bar->provider : DEFAULT_PROVIDER;
    struct palette palette = config_bar_palette(bar->context->config, adapter->name);
    autoptr(view) view = view_new(provider, stored, &bar->settings, bar->context->now);
    autoptr(line) line = line_new(view, bar->formats);

    *output = (struct bar_output){
        .text = adapter->render(line, output_has_color(bar->context) ? &palette : NULL,
                                &bar->adapter_options),
        .status = adapter->status ? adapter->status(line, &bar->adapter_options) : 0,
        .text_changes_at = line_text_changes_at(line),
        .tooltip_changes_at = line->tooltip->changes_at,
    };
}
