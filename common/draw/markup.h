/* Spans become the text of a bar or a terminal: here is what escapes and writes colours, except the
 * tags of a single bar, which are in that bar's folder.
 *
 *     g_autofree char *text = markup_render(line->tooltip, &markup_pango, &palette_default);
 */
#pragma once

#include "common/draw/span.h"
#include "common/usage/severity.h"

#include <glib.h>

/* A syntax for text with colours and styles. */
struct markup {
    /* Appends the text so that nothing in it is taken for a tag; NULL: as it is. */
    void (*escape)(GString *out, const char *text);
    /* Append the tags in front of a span and behind it; NULL: there are none. `color` is
     * "#RRGGBB", or NULL. */
    void (*open)(GString *out, enum span_style style, const char *color);
    void (*close)(GString *out, enum span_style style, const char *color);
};

extern const struct markup markup_plain;
extern const struct markup markup_pango;
extern const struct markup markup_ansi; /* of terminals, with 24-bit colours */

/* `palette` NULL: no colours. The caller frees the text. */
char *markup_render(const GPtrArray *spans, const struct markup *markup,
                    const struct palette *palette);
