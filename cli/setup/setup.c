/* usageline setup: puts the module into a bar's own configuration. */
#include "cli/base/adapters.h"
#include "cli/base/bars.h"
#include "cli/base/command.h"
#include "cli/base/options.h"
#include "cli/base/output.h"
#include "cli/setup/setup_bars.h"
#include "cli/setup/setup_notify.h"
#include "cli/setup/setup_print.h"
#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/setup/apply.h"
#include "common/setup/command.h"

#include <stdio.h>
#include <string.h>

struct setup_options {
    char *config;
    char *position;
    gboolean yes;
    gboolean force;
    gboolean dry_run;
    gboolean undo;
    gboolean all;
};

#define OPTION(field) ((gpointer)offsetof(struct setup_options, field))

static const GOptionEntry option_entries[] = {
    {"config", 'c', 0, G_OPTION_ARG_FILENAME, OPTION(config),
     N_("The bar's configuration (default: what the bar reads)"), N_("FILE")},
    {"all", 0, 0, G_OPTION_ARG_NONE, OPTION(all),
     N_("All running bars of this kind, if they have several configurations"), NULL},
    {"position", 0, 0, G_OPTION_ARG_STRING, OPTION(position),
     N_("left, center, right, before:MODULE or after:MODULE"), N_("P")},
    {"dry-run", 'n', 0, G_OPTION_ARG_NONE, OPTION(dry_run),
     N_("Show what would be changed, no more"), NULL},
    {"yes", 'y', 0, G_OPTION_ARG_NONE, OPTION(yes), N_("Do not ask"), NULL},
    {"force", 0, 0, G_OPTION_ARG_NONE, OPTION(force),
     N_("With --yes: change a file that a program seems to make, too"), NULL},
    {"undo", 0, 0, G_OPTION_ARG_NONE, OPTION(undo), N_("Take out what setup has added"), NULL},
    {0},
};

static const struct {
    const char *name;
    enum setup_where where;
    bool is_prefix; /* the module's name follows */
} positions[] = {
    {"left", SETUP_WHERE_LEFT, false},   {"center", SETUP_WHERE_CENTER, false},
    {"right", SETUP_WHERE_RIGHT, false}, {"before:", SETUP_WHERE_BEFORE, true},
    {"after:", SETUP_WHERE_AFTER, true},
};

static bool setup_parse_position(const char *text, struct setup_position *position, GError **error)
{
    for (gsize i = 0; text && i < G_N_ELEMENTS(positions); i++) {
        gsize length = strlen(positions[i].name);

        if (positions[i].is_prefix
                ? !g_str_has_prefix(text, positions[i].name) || text[length] == '\0'
                : strcmp(text, positions[i].name) != 0)
            continue;
        position->where = positions[i].where;
        position->module = positions[i].is_prefix ? text + length : NULL;
        return true;
    }
    if (!text)
        return true;
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                _("--position can be left, center, right, before:MODULE or after:MODULE"));
    return false;
}

enum setup_outcome {
    SETUP_FAILED,
    SETUP_PENDING, /* nobody could be asked */
    SETUP_DONE,
};

/* Whether the user wants the changes; asks if there is somebody to ask. */
static enum setup_outcome setup_confirm(const struct setup_options *options)
{
    if (options->yes)
        return SETUP_DONE;
    if (!setup_can_ask()) {
        puts(_("\nNothing has been changed. To do it, run the same command with --yes."));
        return SETUP_PENDING;
    }
    if (setup_ask(_("\nChange it like this? [y/N] ")))
        return SETUP_DONE;
    puts(_("Nothing has been changed."));
    return SETUP_FAILED;
}

/* What names the same bars to setup again; the caller frees it. */
static char *setup_chosen_arguments(const struct adapter *adapter,
                                    const struct setup_options *options)
{
    g_autofree char *path = options->config ? g_canonicalize_filename(options->config, NULL) : NULL;

    return options->all ? g_strconcat(adapter->name, " --all", NULL)
                        : setup_bar_arguments(adapter->name, path);
}

static enum setup_outcome setup_carry_out(const struct context *context,
                                          const struct adapter *adapter,
                                          const struct setup_options *options,
                                          const GPtrArray *writes)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *arguments = setup_chosen_arguments(adapter, options);
    enum setup_outcome outcome = options->dry_run ? SETUP_DONE : setup_confirm(options);

    if (options->dry_run || outcome != SETUP_DONE)
        return outcome;
    if (!setup_writes_apply(writes, &error)) {
        setup_print_failure(writes, error);
        return SETUP_FAILED;
    }
    setup_print_done(writes);
    if (options->undo)
        printf(_("To see it: %s\n"), _(adapter->setup->reload));
    else
        setup_print_next(context, adapter, arguments);
    return SETUP_DONE;
}

/* Nobody has been asked about a file that a program makes. */
static enum setup_outcome setup_refuse_made_file(const struct adapter *adapter,
                                                 const struct setup_request *request)
{
    fflush(stdout);
    output_complain(
        _("usageline: nothing has been changed. To change such a file all the same, run "
          "the same command with --yes --force.\n"));
    setup_print_lines(adapter, request->program);
    return SETUP_FAILED;
}

/* What the commands of the module call instead of the name, if that would not be found. */
static char *setup_choose_program(const struct found_bar *bar, struct setup_plan *plan)
{
    char *program = bars_missing_program(bar);

    if (!program || setup_command_is_plain(program))
        return program;
    setup_plan_note(plan,
                    _("The PATH of %s lacks usageline, and %s can't be written into commands: link "
                      "it into a folder of that PATH."),
                    bar->adapter->name, program);
    g_free(program);
    return NULL;
}

static void setup_note_program(const struct found_bar *bar, struct setup_plan *plan,
                               const char *program)
{
    for (guint i = 0; program && i < plan->files->len; i++) {
        const struct setup_file *file = plan->files->pdata[i];
        g_autofree char *result = setup_file_result(file);

        if (!setup_file_is_changed(file) || !strstr(result, program))
            continue;
        setup_plan_note(plan, _("The PATH of %s lacks usageline, so its full path is written: %s"),
                        bar->adapter->name, program);
        return;
    }
}

static void setup_print_nothing_to_do(const struct found_bar *bar, bool is_undo)
{
    g_autofree char *module = is_undo ? NULL : bars_find_module(bar);

    printf(is_undo ? _("There is nothing of setup in the configuration of %s.\n")
                   : _("usageline is in the configuration of %s already.\n"),
           bar->adapter->name);
    if (module && bars_lacks_program(bar, module))
        puts(_("But the bar does not find it: see `usageline doctor`."));
}

static enum setup_outcome setup_plan_and_apply(const struct context *context,
                                               const struct found_bar *bar,
                                               const struct setup_options *options,
                                               struct setup_request *request)
{
    const struct adapter *adapter = bar->adapter;
    autoptr(setup_plan) plan = setup_plan_new();
    g_autofree char *program = options->undo ? NULL : setup_choose_program(bar, plan);
    g_autoptr(GPtrArray) writes = NULL;
    g_autoptr(GError) error = NULL;
    bool is_planned;

    request->program = program;
    is_planned = options->undo ? adapter->setup->remove(plan, request, &error)
                               : adapter->setup->add(plan, request, &error);

    if (is_planned && options->undo)
        setup_withdraw_notifications(context, bar, plan);
    if (!is_planned || !setup_plan_is_allowed(plan, &error)) {
        output_report(error);
        if (!options->undo)
            setup_print_lines(adapter, request->program);
        return SETUP_FAILED;
    }
    writes = setup_writes_new(plan, options->undo);
    if (writes->len == 0) {
        setup_print_nothing_to_do(bar, options->undo);
        return SETUP_DONE;
    }
    bool is_made = !options->undo && setup_plan_note_makers(plan);
    setup_note_program(bar, plan, program);
    setup_print_plan(context, plan, writes);
    if (is_made && !options->force && !options->dry_run && (options->yes || !setup_can_ask()))
        return setup_refuse_made_file(adapter, request);
    return setup_carry_out(context, adapter, options, writes);
}

/* Whether the text itself is coloured. Rules with backgrounds would make it unreadable then. */
static bool setup_has_inline_colors(const struct context *context, const char *bar)
{
    const struct bar_settings *settings = config_bar(context->config, bar);

    return settings && settings->inline_colors;
}

/* The bar's theme, or the built-in one if that can't be read. */
static struct theme *setup_load_theme(const struct context *context, const char *bar)
{
    g_autoptr(GError) error = NULL;
    struct theme *theme =
        theme_load(context->paths, config_theme_name(context->config, bar), &error);

    if (theme)
        return theme;
    output_complain(_("usageline: \"theme\": %s; the built-in colours are taken\n"),
                    error->message);
    return theme_load(context->paths, THEME_DEFAULT, NULL);
}

static enum setup_outcome setup_change_bar(const struct context *context,
                                           const struct found_bar *bar,
                                           const struct setup_options *options,
                                           const struct setup_position *position)
{
    const struct adapter *adapter = bar->adapter;
    struct setup_request request = bars_request(bar);
    autoptr(theme) theme = NULL;

    request.position = *position;
    if (bars_lacks_config(bar))
        printf(_("%s runs with %s, which is not there.\n"), adapter->name, bar->config);
    else if (bar->environment && bar->config)
        printf(_("%s runs with %s.\n"), adapter->name, bar->config);
    if (adapter->setup->has_style_sheet && !options->undo &&
        !setup_has_inline_colors(context, adapter->name)) {
        request.theme = theme = setup_load_theme(context, adapter->name);
        request.palette = config_theme_palette(context->config, theme);
    }
    return setup_plan_and_apply(context, bar, options, &request);
}

static int setup_change_bars(const struct context *context, const struct adapter *adapter,
                             const struct setup_options *options,
                             const struct setup_position *position)
{
    g_autoptr(GPtrArray) bars = bars_find(adapter);
    g_autofree char *path = options->config ? g_canonicalize_filename(options->config, NULL) : NULL;
    const struct found_bar *chosen = path ? bars_choose(bars, path) : NULL;
    enum setup_outcome worst = SETUP_DONE, best = SETUP_FAILED;

    if (!path && bars->len > 1 && !options->all) {
        setup_print_choices(bars);
        return EXIT_FAILED;
    }
    for (guint i = 0; i < bars->len; i++) {
        const struct found_bar *bar = bars->pdata[i];
        enum setup_outcome outcome;

        if (chosen && bar != chosen)
            continue;
        outcome = setup_change_bar(context, bar, options, position);
        worst = MIN(worst, outcome);
        best = MAX(best, outcome);
    }
    if (best != SETUP_FAILED && !options->undo)
        setup_offer_notifications(context, !options->yes && !options->dry_run && setup_can_ask());
    return worst == SETUP_DONE ? 0 : EXIT_FAILED;
}

static bool setup_has_options(const struct setup_options *options)
{
    return options->config || options->position || options->yes || options->force ||
           options->dry_run || options->undo || options->all;
}

static int setup_run(const struct context *context, const struct setup_options *options,
                     const char *bar)
{
    struct setup_position position = {0};
    const struct adapter *adapter;
    g_autoptr(GError) error = NULL;

    if (!bar && !setup_has_options(options))
        return setup_print_bars();
    adapter = bar ? adapters_find(bar, &error) : NULL;
    if (!bar)
        g_set_error(&error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                    _("setup needs the name of a bar: waybar, i3blocks or polybar"));
    else if (adapter && options->all && options->config)
        g_set_error(&error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                    _("--all and --config exclude each other"));
    if (error || !setup_parse_position(options->position, &position, &error)) {
        output_report(error);
        return EXIT_USAGE;
    }
    return setup_change_bars(context, adapter, options, &position);
}

int command_setup(struct context *context, int argc, char **argv)
{
    struct setup_options options = {0};
    const struct command_line line = {
        .command = "setup",
        .arguments = "waybar|i3blocks|polybar",
        .summary = N_("Puts usageline into the configuration of a bar: shows what it would change, "
                      "asks,\nand keeps a copy of each file."),
        .options = {option_entries, &options},
        .max_arguments = 1,
    };
    g_autoptr(GError) error = NULL;
    int status = EXIT_USAGE;

    if (options_parse(&line, &argc, &argv, &error))
        status = setup_run(context, &options, argc == 2 ? argv[1] : NULL);
    else
        output_report(error);
    options_clear(&line);
    return status;
}
