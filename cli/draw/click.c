#include "cli/draw/click.h"

#include "cli/base/output.h"
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

static void run(const struct bar_state *bar, const char *command)
{
    const char *const arguments[] = {command,      "--bar",       bar->adapter->name,
                                     "--provider", bar->provider, NULL};
    g_autoptr(GError) error = NULL;

    if (bar->provider && !spawn_command(arguments, &error))
        output_report(error);
}

static void step(const struct bar_state *bar, int by)
{
    const struct show_target target = {bar->adapter->name, bar->instance, bar->options->provider};
    g_autoptr(GError) error = NULL;

    if (!show_step(bar->context, &target, by, &error))
        output_report(error);
}

static void flip(const struct bar_state *bar)
{
    const struct show_target target = {bar->adapter->name, bar->instance, NULL};
    g_autoptr(GError) error = NULL;

    if (!show_flip(bar->context, &target, &error))
        output_report(error);
}

bool click_perform(const struct bar_state *bar, int button)
{
    switch (button) {
    case BUTTON_LEFT:
        run(bar, "open");
        break;
    case BUTTON_MIDDLE:
        flip(bar);
        break;
    case BUTTON_RIGHT:
        return true;
    case WHEEL_UP:
        step(bar, -1);
        break;
    case WHEEL_DOWN:
        step(bar, 1);
        break;
    default:
        break;
    }
    return false;
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
        run(bar, "details");
}
