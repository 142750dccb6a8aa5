/* What stands in front of a line for which no icon was set. */
#pragma once

enum icons {
    ICONS_UNSET, /* as in general, which is words */
    ICONS_WORDS,
    ICONS_EMOJI,
    ICONS_NERD, /* of a Nerd Font: https://www.nerdfonts.com */
    ICONS_COUNT
};

const char *icons_name(enum icons icons); /* "emoji", …: the value in the configuration */

/* ICONS_UNSET if there are none of that name. */
enum icons icons_from_name(const char *name);

/* NULL: the provider's name in a word. */
const char *icons_of_usage(enum icons icons);
