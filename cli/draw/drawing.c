#include "cli/draw/drawing.h"

#include "cli/base/adapters.h"
#include "cli/base/output.h"
#include "common/base/i18n.h"
#include "common/usage/provider.h"

void drawn_clear(struct drawn *drawn)
{
    g_free(drawn->output);
    *drawn = (struct drawn){0};
}

const char *drawing_instance(const struct adapter *adapter)
{
    for (const char *const *name = adapter->instance_variables; name && *name; name++) {
        const char *instance = g_getenv(*name);
        if (instance && instance[0] != '\0')
            return instance;
    }
    return NULL;
}

static const char *first_of(const char *a, const char *b, const char *c)
{
    return a ? a : b ? b : c;
}

static bool shows_remaining(const struct drawing *drawing, const struct bar_settings *bar)
{
    bool remaining = bar->remaining == TOGGLE_UNSET ? drawing->context->config->remaining
                                                    : bar->remaining == TOGGLE_ON;

    if (drawing->options->remaining || drawing->options->used)
        remaining = drawing->options->remaining;
    return remaining != drawing->choice.flipped;
}

/* The command line counts most, then a choice that is still possible. */
static const char *choose_provider(const struct drawing *drawing)
{
    const struct config *config = drawing->context->config;
    const char *chosen = drawing->choice.provider;
    const struct provider_settings *settings = chosen ? config_provider(config, chosen) : NULL;

    if (drawing->options->provider)
        return drawing->options->provider;
    if (settings && settings->enabled) {
        g_autofree char *path = provider_find(drawing->context->paths, chosen, NULL);
        if (path)
            return chosen;
    }
    return context_provider(drawing->context);
}

/* The command line counts more than what the configuration says of this bar, and that more than
 * what it says of all. */
void drawing_choose(struct drawing *drawing)
{
    static const struct bar_settings nothing = {.urgent = TRUE};
    const struct config *config = drawing->context->config;
    const struct draw_options *options = drawing->options;
    const struct bar_settings *bar = config_bar(config, drawing->adapter->name);

    if (!bar)
        bar = &nothing;
    choice_clear(&drawing->choice);
    choice_load(drawing->context->paths, drawing->adapter->name, drawing->instance,
                &drawing->choice);
    drawing->formats = (struct line_formats){
        .text = first_of(options->format, bar->format, config->format),
        .short_text = first_of(options->short_format, bar->short_format, config->short_format),
        .window = first_of(options->window_format, bar->window_format, config->window_format),
        .tooltip = first_of(options->tooltip_format, bar->tooltip_format, config->tooltip_format),
        .without_tooltip = !drawing->adapter->has_tooltip,
    };
    drawing->settings = (struct view_settings){
        .thresholds = config->thresholds,
        .interval = config->refresh_interval,
        .icon = options->icon ? options->icon : config_icon(config, drawing->adapter->name),
        .window = drawing->choice.window,
        .remaining = shows_remaining(drawing, bar),
    };
    drawing->shown_options = drawing->adapter_options;
    drawing->shown_options.continuous = options->watch;
    drawing->shown_options.urgent = drawing->adapter_options.urgent && bar->urgent;
    drawing->shown_options.inline_colors = bar->inline_colors;
    drawing->provider = choose_provider(drawing);
}

void drawing_clear(struct drawing *drawing)
{
    choice_clear(&drawing->choice);
}

GError *drawing_error(const struct drawing *drawing)
{
    GError *error = config_error(drawing->context->config);

    if (!error && drawing->provider && !provider_id_is_valid(drawing->provider))
        error = g_error_new(USAGE_ERROR, USAGE_ERROR_CONFIG,
                            _("\"%s\" can't be the id of a provider"), drawing->provider);
    return error;
}

int drawing_begin(struct drawing *drawing, struct context *context, const char *bar,
                  const struct draw_options *options, GError **error)
{
    static const struct adapter no_bar = {.name = "", .has_tooltip = true};
    const struct adapter *adapter = bar ? find_adapter(bar) : &no_bar;

    *drawing = (struct drawing){.adapter = adapter, .options = options, .context = context};
    if (!adapter) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                    _("there is no bar \"%s\"; known are waybar, i3blocks and polybar"), bar);
        return EXIT_USAGE;
    }
    drawing->instance = drawing_instance(adapter);
    drawing_choose(drawing);
    if (drawing->provider && provider_id_is_valid(drawing->provider))
        return 0;
    if (drawing->provider) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                    _("\"%s\" can't be the id of a provider"), drawing->provider);
        return EXIT_USAGE;
    }
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                _("no provider is enabled; see `usageline config providers`"));
    return EXIT_FAILED;
}

static void draw(const struct drawing *drawing, const struct view *view, struct drawn *drawn)
{
    const struct adapter *adapter = drawing->adapter;
    struct palette palette = config_bar_palette(drawing->context->config, adapter->name);
    autoptr(line) line = line_new(view, drawing->formats);

    *drawn = (struct drawn){
        .output =
            adapter->render(line, output_has_color() ? &palette : NULL, &drawing->shown_options),
        .status = adapter->status ? adapter->status(line, &drawing->shown_options) : 0,
        .text_changes_at = line->text_changes_at,
        .tooltip_changes_at = line->tooltip_changes_at,
    };
}

void drawing_draw(const struct drawing *drawing, const struct stored *stored, struct drawn *drawn)
{
    autoptr(view) view =
        view_new(drawing->provider, stored, &drawing->settings, drawing->context->now);

    draw(drawing, view, drawn);
}

void drawing_draw_error(const struct drawing *drawing, const GError *error, struct drawn *drawn)
{
    const char *provider =
        provider_id_is_valid(drawing->provider) ? drawing->provider : DEFAULT_PROVIDER;
    autoptr(view) view = view_new_error(provider, error, &drawing->settings, drawing->context->now);

    draw(drawing, view, drawn);
}
