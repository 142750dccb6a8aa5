#include "plugins/kimi/answer/reading.h"

#include "common/base/i18n.h"
#include "common/base/text.h"
#include "common/usage/snapshot.h"
#include "plugins/kimi/answer/field.h"

#include <math.h>

#define HOUR 60
#define DAY  (24 * HOUR)

#define MAX_NAME 32 /* characters of the service's own name */

static const struct {
    const char *id;
    const char *label;
    gint64 minutes; /* as field_minutes returns them */
} reading_names[] = {
    [READING_WEEKLY] = {WINDOW_WEEKLY, N_("Weekly"), 7 * DAY},
    [READING_SESSION] = {WINDOW_SESSION, N_("5-hour"), 5 * HOUR},
    [READING_MONTHLY] = {WINDOW_MONTHLY, N_("Monthly"), FIELD_ONE_MONTH},
};

static void reading_free(struct reading *reading)
{
    g_free(reading->id);
    g_free(reading->label);
    g_free(reading);
}

GPtrArray *readings_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)reading_free);
}

/* Takes ownership of both texts. */
static struct reading *reading_add(GPtrArray *readings, char *id, char *label, gint64 minutes)
{
    struct reading *reading = g_new0(struct reading, 1);

    reading->id = id;
    reading->label = label;
    reading->minutes = MAX(minutes, 0);
    reading->used_percent = reading->used = reading->limit = NAN;
    g_ptr_array_add(readings, reading);
    return reading;
}

struct reading *reading_add_named(GPtrArray *readings, enum reading_window window)
{
    return reading_add(readings, g_strdup(reading_names[window].id),
                       g_strdup(_(reading_names[window].label)), reading_names[window].minutes);
}

/* For a window that is named by its length: "window_2h", "2-hour". */
static struct reading *reading_add_length(GPtrArray *readings, gint64 minutes)
{
    static const struct {
        gint64 minutes;
        char letter;
        const char *label;
    } units[] = {{DAY, 'd', N_("%d-day")}, {HOUR, 'h', N_("%d-hour")}, {1, 'm', N_("%d-minute")}};
    gsize i = 0;
    int count;

    while (i + 1 < G_N_ELEMENTS(units) && minutes % units[i].minutes != 0)
        i++;
    count = (int)(minutes / units[i].minutes);
    return reading_add(readings, g_strdup_printf("window_%d%c", count, units[i].letter),
                       g_strdup_printf(_(units[i].label), count), minutes);
}

struct reading *reading_add_by_length(GPtrArray *readings, gint64 minutes, const char *name)
{
    g_autofree char *label = name ? text_clean_line(name, MAX_NAME) : g_strdup("");
    struct reading *reading;

    for (gsize i = 0; i < G_N_ELEMENTS(reading_names) && minutes != 0; i++) {
        if (reading_names[i].minutes == minutes)
            return reading_add_named(readings, (enum reading_window)i);
    }
    if (minutes > 0)
        reading = reading_add_length(readings, minutes);
    else /* two of these may be different windows, so each gets an id of its own */
        reading = reading_add(readings, g_strdup_printf("window_other%u", readings->len),
                              g_strdup(_("Other limit")), 0);
    if (label[0] != '\0') {
        g_free(reading->label);
        reading->label = g_steal_pointer(&label);
    }
    return reading;
}

struct reading *reading_add_ratio(GPtrArray *readings, enum reading_window window,
                                  const struct json *ratio, bool exists, gint64 resets_at)
{
    bool is_left_out = exists && field_is_absent(ratio);
    struct reading *reading;
    double number = 0;

    if (!is_left_out && !field_ratio(ratio, &number))
        return NULL;
    reading = reading_add_named(readings, window);
    reading->is_ratio = true;
    reading->used_percent = number * 100;
    reading->resets_at = resets_at;
    reading->is_left_out = is_left_out;
    return reading;
}
