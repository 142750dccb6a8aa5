#include "cli/draw/click.h"

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

static void run(const struct drawing *drawing, const char *command)
{
    const char *const arguments[] = {command,      "--bar",           drawing->adapter->name,
                                     "--provider", drawing->provider, NULL};
    g_autoptr(GError) error = NULL;

    if (drawing->provider && !spawn_command(arguments, &error))
        report(error);
}

static void step(const struct drawing *drawing, int by)
{
    const struct shown shown = {drawing->adapter->name, drawing->instance,
                                drawing->options->provider};
    g_autoptr(GError) error = NULL;

    if (!show_step(drawing->context, &shown, by, &error))
        report(error);
}

static void flip(const struct drawing *drawing)
{
    const struct shown shown = {drawing->adapter->name, drawing->instance, NULL};
    g_autoptr(GError) error = NULL;

    if (!show_flip(drawing->context, &shown, &error))
        report(error);
}

bool click(const struct drawing *drawing, int button)
{
    switch (button) {
    case BUTTON_LEFT:
        run(drawing, "open");
        break;
    case BUTTON_MIDDLE:
        flip(drawing);
        break;
    case BUTTON_RIGHT:
        return true;
    case WHEEL_UP:
        step(drawing, -1);
        break;
    case WHEEL_DOWN:
        step(drawing, 1);
        break;
    default:
        break;
    }
    return false;
}

bool click_from_environment(struct drawing *drawing)
{
    for (const char *const *name = drawing->adapter->button_variables; name && *name; name++) {
        const char *button = g_getenv(*name);

        if (button && button[0] != '\0') {
            drawing_choose(drawing);
            return click(drawing, atoi(button));
        }
    }
    return false;
}

void click_refreshed(const struct drawing *drawing)
{
    if (!drawing->adapter->has_tooltip)
        run(drawing, "details");
}
