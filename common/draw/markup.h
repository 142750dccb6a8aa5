/* The syntax in which a bar or a terminal gets what is drawn on a canvas: it escapes the text and
 * writes its colours. The syntax of a single bar is in that bar's folder.
 *
 *     g_autofree char *text = markup_render(line->tooltip, &markup_pango, &palette_default);
 */
#pragma once

#include "common/draw/canvas.h"
#include "common/usage/severity.h"

#include <glib.h>

struct markup {
    /* Appends `length` bytes of text so that no part of it is taken for a tag; NULL: as they are.
     */
    void (*escape)(GString *out, const char *text, gsize length, enum span_style style);
    /* Append the tags in front of a span and behind it; NULL: there are none. `color` is
     * "#RRGGBB", or NULL; `font` is the family for columns, which needs no escaping, or NULL. */
    void (*open)(GString *out, enum span_style style, const char *color, const char *font);
    void (*close)(GString *out, enum span_style style, const char *color, const char *font);
};

extern const struct markup markup_plain;
extern const struct markup markup_pango;
extern const struct markup markup_ansi; /* of terminals; takes palette_terminal too */

/* The text of the canvas in this syntax; `palette` NULL: without colours. The caller frees it. */
char *markup_render(const struct canvas *canvas, const struct markup *markup,
                    const struct palette *palette);
