#include "cli/draw/click.h"

#include "cli/base/click_error.h"
#include "cli/base/spawn.h"
#include "cli/draw/show.h"

#include <stdlib.h>

enum {
    BUTTON_LEFT = 1,
    BUTTON_MIDDLE,
    BUTTON_RIGHT,
    WHEEL_UP,
    WHEEL_DOWN,
};

void click_report(const struct bar_state *bar, const GError *error)
{
    click_error_report(bar->context, bar->adapter->name, error);
}

/* Runs a command of usageline for what the bar shows. */
static void click_run(const struct bar_state *bar, const char *command)
{
    const char *const argv[] = {"/proc/self/exe", command,       "--bar", bar->adapter->name,
                                "--provider",     bar->provider, NULL};
    g_autoptr(GError) error = NULL;

    if (bar->provider && !spawn_detached(argv, &error))
        click_report(bar, error);
}

static void click_show(const struct bar_state *bar, const char *verb)
{
    const struct show_target target = {bar->adapter->name, bar->instance, bar->options->provider};
    g_autoptr(GError) error = NULL;

    if (!bar->options->states && !show_change(bar->context, &target, verb, &error))
        click_report(bar, error);
}

bool click_perform(const struct bar_state *bar, int button)
{
    if (button == BUTTON_LEFT)
        click_run(bar, "open");
    else if (button == BUTTON_MIDDLE)
        click_show(bar, "toggle");
    else if (button == WHEEL_UP || button == WHEEL_DOWN)
        click_show(bar, button == WHEEL_UP ? "previous" : "next");
    return button == BUTTON_RIGHT;
}

bool click_perform_from_environment(struct bar_state *bar)
{
    const char *button = context_variable(bar->context, bar->adapter->button_variables);

    if (!button)
        return false;
    bar_state_resolve(bar);
    return click_perform(bar, atoi(button));
}

void click_show_details(const struct bar_state *bar)
{
    if (!bar->adapter->has_tooltip)
        click_run(bar, "details");
}
