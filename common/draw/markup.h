/* Spans become the text of a bar or a terminal. This is the one place that escapes and the one that
 * knows how colours are written. */
#pragma once

#include "common/usage/severity.h"

#include <glib.h>

enum markup {
    MARKUP_PLAIN,
    MARKUP_PANGO,   /* Waybar, i3bar with markup=pango */
    MARKUP_POLYBAR, /* %{F#rrggbb}…%{F-} */
    MARKUP_ANSI,    /* 24-bit colours of terminals */
};

/* `palette` NULL: no colours. The caller frees the text. */
char *markup_render(const GPtrArray *spans, enum markup markup, const struct palette *palette);
