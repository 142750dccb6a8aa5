#include "common/base/color.h"

#include <glib.h>
#include <math.h>

#define STEPS 32 /* between two colours; even */

/* Red, green and blue, 0 to 255 each. */
static void color_parts(const char *color, guint8 parts[3])
{
    for (int i = 0; i < 3; i++)
        parts[i] = (guint8)(g_ascii_xdigit_value(color[1 + 2 * i]) * 16 +
                            g_ascii_xdigit_value(color[2 + 2 * i]));
}

static double color_linear(guint8 part)
{
    double value = part / 255.0;

    return value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4);
}

static double color_luminance(const char *color)
{
    guint8 parts[3];

    color_parts(color, parts);
    return 0.2126 * color_linear(parts[0]) + 0.7152 * color_linear(parts[1]) +
           0.0722 * color_linear(parts[2]);
}

double color_contrast(const char *a, const char *b)
{
    double first = color_luminance(a), second = color_luminance(b);

    return (MAX(first, second) + 0.05) / (MIN(first, second) + 0.05);
}

bool color_is_dark(const char *color)
{
    return color_contrast(color, "#ffffff") > color_contrast(color, "#000000");
}

/* `share` of STEPS parts are the second colour. */
static char *color_blend(const char *a, const char *b, int share)
{
    guint8 first[3], second[3];

    color_parts(a, first);
    color_parts(b, second);
    for (int i = 0; i < 3; i++)
        first[i] = (guint8)((first[i] * (STEPS - share) + second[i] * share) / STEPS);
    return g_strdup_printf("#%02x%02x%02x", first[0], first[1], first[2]);
}

char *color_mix(const char *a, const char *b)
{
    return color_blend(a, b, STEPS / 2);
}

char *color_make_readable(const char *color, const char *background, double contrast)
{
    const char *extreme = color_is_dark(background) ? "#ffffff" : "#000000";
    char *readable = g_strdup(color);

    for (int share = 1; share <= STEPS && color_contrast(readable, background) < contrast;
         share++) {
        g_free(readable);
        readable = color_blend(color, extreme, share);
    }
    return readable;
}
