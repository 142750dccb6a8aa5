#include "common/draw/icons.h"

#include <string.h>

static const struct {
    const char *name;
    const char *usage;
} sets[ICONS_COUNT] = {
    [ICONS_WORDS] = {"words", NULL},
    [ICONS_EMOJI] = {"emoji", "\U0001F4CA"}, /* bar chart */
    [ICONS_NERD] = {"nerd", "\U000F04C5"},   /* nf-md-speedometer */
};

const char *icons_name(enum icons icons)
{
    return sets[icons].name;
}

enum icons icons_from_name(const char *name)
{
    for (enum icons icons = ICONS_WORDS; icons < ICONS_COUNT; icons++) {
        if (strcmp(sets[icons].name, name) == 0)
            return icons;
    }
    return ICONS_UNSET;
}

const char *icons_of_usage(enum icons icons)
{
    return sets[icons].usage;
}
