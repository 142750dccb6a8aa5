/* usageline waybar | i3blocks | polybar: one line, whatever happens. */
#include "cli/command.h"
#include "cli/options.h"
#include "cli/output.h"
#include "common/refresh_aside.h"
#include "common/template.h"

#include <stddef.h>
#include <stdio.h>

struct draw_options {
    char *provider;
    char *format;
    char *tooltip_format;
    char *icon;
    gboolean verbose;
};

#define OPTION(field) ((gpointer)offsetof(struct draw_options, field))

static const GOptionEntry option_entries[] = {
    {"provider", 'p', 0, G_OPTION_ARG_STRING, OPTION(provider),
     "The provider to draw (default: the first that is enabled)", "ID"},
    {"format", 'f', 0, G_OPTION_ARG_STRING, OPTION(format), "The text, with placeholders", "T"},
    {"tooltip-format", 't', 0, G_OPTION_ARG_STRING, OPTION(tooltip_format),
     "The tooltip, with placeholders; \\n begins a new line", "T"},
    {"icon", 'i', 0, G_OPTION_ARG_STRING, OPTION(icon),
     "What stands in front (default: the provider's name)", "S"},
    {"verbose", 'v', 0, G_OPTION_ARG_NONE, OPTION(verbose),
     "Tell on stderr what is done and what the provider writes there", NULL},
    {0},
};

static void draw_options_clear(struct draw_options *options)
{
    g_free(options->provider);
    g_free(options->format);
    g_free(options->tooltip_format);
    g_free(options->icon);
}

static const char *first_of(const char *a, const char *b, const char *c)
{
    return a ? a : b ? b : c;
}

/* What is drawn, and for which bar. */
struct drawing {
    const struct adapter *adapter;
    struct adapter_options adapter_options;
    const struct context *context;
    struct view_settings settings;
    struct line_formats formats;
    const char *provider;
    bool verbose;
};

/* The command line counts more than what the configuration says of this bar, and that more than
 * what it says of all. */
static void choose_settings(struct drawing *drawing, const struct draw_options *options)
{
    const struct config *config = drawing->context->config;
    static const struct bar_settings nothing = {.urgent = TRUE};
    const struct bar_settings *bar = config_bar(config, drawing->adapter->name);

    if (!bar)
        bar = &nothing;
    drawing->formats = (struct line_formats){
        .text = first_of(options->format, bar->format, config->format),
        .tooltip = first_of(options->tooltip_format, bar->tooltip_format, config->tooltip_format),
        .without_tooltip = !drawing->adapter->has_tooltip,
    };
    drawing->settings = (struct view_settings){
        .thresholds = config->thresholds,
        .interval = config->refresh_interval,
        .icon = first_of(options->icon, bar->icon, config->icon),
    };
    drawing->adapter_options.urgent = drawing->adapter_options.urgent && bar->urgent;
    drawing->verbose = options->verbose;
    drawing->provider = options->provider ? options->provider : context_provider(drawing->context);
}

static int print_line(const struct drawing *drawing, const struct view *view)
{
    autoptr(line) line = line_new(view, drawing->formats);
    struct palette palette = config_palette(drawing->context->config);
    const struct adapter *adapter = drawing->adapter;
    g_autofree char *output =
        adapter->render(line, output_has_color() ? &palette : NULL, &drawing->adapter_options);

    fputs(output, stdout);
    return adapter->status ? adapter->status(line, &drawing->adapter_options) : 0;
}

static int print_error(const struct drawing *drawing, const GError *error)
{
    const char *provider =
        provider_id_is_valid(drawing->provider) ? drawing->provider : DEFAULT_PROVIDER;
    autoptr(view) view = view_new_error(provider, error, &drawing->settings, drawing->context->now);

    return print_line(drawing, view);
}

static int draw_provider(const struct drawing *drawing)
{
    struct refresh refresh = context_refresh(drawing->context, drawing->provider);
    autoclear(stored) stored = {0};
    GError *problem = NULL;

    refresh.verbose = drawing->verbose;
    store_load(drawing->context->paths, drawing->provider, &stored);
    if (refresh_is_due(&refresh, &stored)) {
        bool asked = refresh_aside(&refresh, drawing->context->config->max_wait, &problem);
        stored_clear(&stored);
        store_load(drawing->context->paths, drawing->provider, &stored);
        if (!asked && !stored.attempt.error)
            stored.attempt.error = g_steal_pointer(&problem);
        g_clear_error(&problem);
    }
    autoptr(view) view =
        view_new(drawing->provider, &stored, &drawing->settings, drawing->context->now);
    return print_line(drawing, view);
}

static int draw(const struct drawing *drawing)
{
    g_autoptr(GError) error = config_error(drawing->context->config);

    if (error)
        return print_error(drawing, error);
    if (!drawing->provider)
        return 0; /* nothing is enabled: empty output hides the module */
    if (!provider_id_is_valid(drawing->provider)) {
        error = g_error_new(USAGE_ERROR, USAGE_ERROR_CONFIG, "\"%s\" can't be the id of a provider",
                            drawing->provider);
        return print_error(drawing, error);
    }
    if (drawing->verbose)
        context_explain_store(drawing->context);
    return draw_provider(drawing);
}

/* A mistake in a bar's configuration must be seen in the bar. */
static int refuse(struct drawing *drawing, const GError *error)
{
    report(error);
    fprintf(stderr, "Try `usageline %s --help`.\n", drawing->adapter->name);
    print_error(drawing, error);
    return EXIT_USAGE;
}

static bool check_arguments(int argc, char **argv, const struct draw_options *options,
                            GError **error)
{
    const char *const formats[] = {options->format, options->tooltip_format};

    if (argc > 1) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, "unexpected argument \"%s\"", argv[1]);
        return false;
    }
    for (gsize i = 0; i < G_N_ELEMENTS(formats); i++) {
        if (formats[i] && !template_check(formats[i], error))
            return false;
    }
    return true;
}

static char *describe_placeholders(void)
{
    g_autofree char *placeholders = template_placeholders();

    return g_strconcat("Placeholders: ", placeholders, NULL);
}

int command_draw(const struct adapter *adapter, struct context *context, int argc, char **argv)
{
    const struct option_help help = {
        .command = adapter->name, .summary = adapter->summary, .describe = describe_placeholders};
    struct drawing drawing = {
        .adapter = adapter, .adapter_options = {.urgent = TRUE}, .context = context};
    struct draw_options options = {0};
    g_autoptr(GError) error = NULL;
    int status;

    if (adapter->read_environment)
        adapter->read_environment(&drawing.adapter_options);
    if (options_parse(&help, (struct option_group){option_entries, &options},
                      (struct option_group){adapter->options, &drawing.adapter_options}, &argc,
                      &argv, &error) &&
        check_arguments(argc, argv, &options, &error)) {
        choose_settings(&drawing, &options);
        status = draw(&drawing);
    } else {
        status = refuse(&drawing, error);
    }
    draw_options_clear(&options);
    return status;
}
