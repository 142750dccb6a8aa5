#include "common/draw/template_internal.h"

#include "common/base/i18n.h"
#include "common/draw/canvas.h"
#include "common/draw/gauge.h"
#include "common/draw/template.h"
#include "common/usage/pace.h"
#include "common/usage/percent.h"

#include <assert.h>
#include <math.h>
#include <string.h>

/* What a field is drawn of, and where to. The window is NULL for a field that is of none. */
struct drawing {
    const struct placeholder *placeholder;
    const struct view *view;
    const struct window *window;
    struct canvas *canvas;
};

struct field {
    const char *name;
    bool (*draw)(const struct drawing *drawing); /* false: there is nothing to say */
    const char *otherwise;                       /* what is drawn for nothing */
    const char *argument;                        /* what may stand after a colon; NULL: nothing */
};

static bool draw_text(const struct drawing *drawing, const char *text)
{
    if (text)
        canvas_add(drawing->canvas, ROLE_NORMAL, SPAN_PLAIN, text);
    return text != NULL;
}

static bool draw_percent(const struct drawing *drawing, double percent)
{
    g_autofree char *text = percent_format(percent);

    if (isnan(percent))
        return false;
    canvas_add(drawing->canvas, view_role(drawing->view, drawing->window), SPAN_PLAIN, text);
    return true;
}

static bool draw_pct(const struct drawing *drawing)
{
    return draw_percent(drawing, view_said_percent(drawing->view, drawing->window));
}

static bool draw_used_pct(const struct drawing *drawing)
{
    return draw_percent(drawing, view_percent(drawing->view, drawing->window));
}

static bool draw_left_pct(const struct drawing *drawing)
{
    return draw_percent(drawing, view_left_percent(drawing->view, drawing->window));
}

static bool draw_count(const struct drawing *drawing, double count)
{
    if (isnan(count))
        return false;
    canvas_add_format(drawing->canvas, ROLE_NORMAL, SPAN_PLAIN, "%.0f", count);
    return true;
}

static double used_count(const struct drawing *drawing)
{
    const struct view *view = drawing->view;

    return window_has_reset(drawing->window, view->snapshot, view->now) ? NAN
                                                                        : drawing->window->used;
}

static bool draw_used(const struct drawing *drawing)
{
    return draw_count(drawing, used_count(drawing));
}

static bool draw_left(const struct drawing *drawing)
{
    double left = drawing->window->limit - used_count(drawing);

    return draw_count(drawing, isnan(left) ? NAN : MAX(0, left));
}

static bool draw_limit(const struct drawing *drawing)
{
    return draw_count(drawing, drawing->window->limit);
}

static bool draw_label(const struct drawing *drawing)
{
    return draw_text(drawing, drawing->window->label);
}

static bool draw_reset(const struct drawing *drawing)
{
    if (drawing->window->resets_at == 0)
        return false;
    g_autofree char *text =
        view_countdown(drawing->view, drawing->window->resets_at, drawing->placeholder->seconds);
    return draw_text(drawing, text);
}

static bool draw_reset_at(const struct drawing *drawing)
{
    if (drawing->window->resets_at == 0)
        return false;
    g_autofree char *text = view_clock(drawing->view, drawing->window->resets_at);
    return draw_text(drawing, text);
}

static bool draw_bar(const struct drawing *drawing)
{
    double percent = percent_round(view_said_percent(drawing->view, drawing->window));

    if (isnan(percent))
        return false;
    gauge_draw(percent, drawing->placeholder->cells, view_role(drawing->view, drawing->window),
               drawing->canvas);
    return true;
}

static bool draw_pace(const struct drawing *drawing)
{
    struct pace pace;

    if (!pace_calculate(drawing->window, drawing->view->snapshot, drawing->view->now, &pace))
        return false;
    int points = pace_points(&pace);
    if (points == 0)
        return draw_text(drawing, "→");
    canvas_add_format(drawing->canvas, ROLE_NORMAL, SPAN_PLAIN, "%s%d", points > 0 ? "↑" : "↓",
                      ABS(points));
    return true;
}

static bool draw_runs_out(const struct drawing *drawing)
{
    struct pace pace;

    if (!pace_calculate(drawing->window, drawing->view->snapshot, drawing->view->now, &pace) ||
        pace.runs_out == 0)
        return false;
    g_autofree char *text =
        view_countdown(drawing->view, pace.runs_out, drawing->placeholder->seconds);
    return draw_text(drawing, text);
}

#define CELLS   N_("it takes a width in cells from 1 to 40")
#define SECONDS N_("it takes s, for seconds within the last minute")

/* What can be said of a window: "{session_" + name + "}". */
static const struct field window_fields[] = {
    {"pct", draw_pct, TEMPLATE_UNKNOWN, NULL},
    {"used_pct", draw_used_pct, TEMPLATE_UNKNOWN, NULL},
    {"left_pct", draw_left_pct, TEMPLATE_UNKNOWN, NULL},
    {"used", draw_used, TEMPLATE_UNKNOWN, NULL},
    {"left", draw_left, TEMPLATE_UNKNOWN, NULL},
    {"limit", draw_limit, TEMPLATE_UNKNOWN, NULL},
    {"label", draw_label, TEMPLATE_UNKNOWN, NULL},
    {"reset", draw_reset, TEMPLATE_UNKNOWN, SECONDS},
    {"reset_at", draw_reset_at, TEMPLATE_UNKNOWN, NULL},
    {"bar", draw_bar, TEMPLATE_UNKNOWN, CELLS},
    {"pace", draw_pace, "", NULL},
    {"runs_out", draw_runs_out, "", SECONDS},
};

static bool draw_icon(const struct drawing *drawing)
{
    return draw_text(drawing, drawing->view->icon) && drawing->view->icon[0] != '\0';
}

static bool draw_name(const struct drawing *drawing)
{
    return draw_text(drawing, drawing->view->snapshot ? drawing->view->snapshot->name
                                                      : drawing->view->provider);
}

static bool draw_plan(const struct drawing *drawing)
{
    return draw_text(drawing, drawing->view->snapshot ? drawing->view->snapshot->plan : NULL);
}

static bool draw_age(const struct drawing *drawing)
{
    if (!drawing->view->snapshot)
        return false;
    g_autofree char *text = view_ago(drawing->view, drawing->view->snapshot->fetched_at);
    return draw_text(drawing, text);
}

static bool draw_state(const struct drawing *drawing)
{
    return draw_text(drawing, view_state_name(drawing->view->state));
}

/* Of the month; a share of a period that is over says nothing. */
static const struct share *find_code_share(const struct view *view)
{
    const struct window *month =
        view->snapshot ? snapshot_window(view->snapshot, WINDOW_MONTHLY) : NULL;

    if (!month || window_has_reset(month, view->snapshot, view->now))
        return NULL;
    return window_share(month, "code");
}

static bool draw_code_pct(const struct drawing *drawing)
{
    const struct share *share = find_code_share(drawing->view);
    g_autofree char *text = share ? percent_format(share->percent) : NULL;

    return draw_text(drawing, text);
}

static bool draw_code_label(const struct drawing *drawing)
{
    const struct share *share = find_code_share(drawing->view);

    return draw_text(drawing, share ? share->label : NULL);
}

static const struct field general_fields[] = {
    {"icon", draw_icon, "", NULL},
    {"name", draw_name, TEMPLATE_UNKNOWN, NULL},
    {"plan", draw_plan, TEMPLATE_UNKNOWN, NULL},
    {"age", draw_age, TEMPLATE_UNKNOWN, NULL},
    {"state", draw_state, TEMPLATE_UNKNOWN, NULL},
    {TEMPLATE_CODE "_pct", draw_code_pct, TEMPLATE_UNKNOWN, NULL},
    {TEMPLATE_CODE "_label", draw_code_label, TEMPLATE_UNKNOWN, NULL},
};

/* The ids by which a window is named, beside those with their length in them. */
static const char *const ids[] = {WINDOW_SESSION, WINDOW_WEEKLY, WINDOW_MONTHLY, TEMPLATE_TOP};

#define LENGTH_PREFIX "window_"

const char *template_window(const char *name, guint which, char id[TEMPLATE_ID])
{
    gsize length = strlen(LENGTH_PREFIX);

    if (which < G_N_ELEMENTS(ids)) {
        length = g_str_has_prefix(name, ids[which]) ? strlen(ids[which]) : 0;
    } else if (g_str_has_prefix(name, LENGTH_PREFIX)) {
        gsize digits = strspn(name + length, "0123456789abcdefghijklmnopqrstuvwxyz");
        length = digits > 0 ? length + digits : 0;
    } else {
        return NULL;
    }
    if (length == 0 || length >= TEMPLATE_ID || (name[length] != '_' && name[length] != '\0'))
        return NULL;
    memcpy(id, name, length);
    id[length] = '\0';
    return name + length;
}

static_assert(G_N_ELEMENTS(ids) + 1 == TEMPLATE_WINDOWS, "one is that with a length");

static const struct field *find_field(const struct field *fields, gsize count, const char *name)
{
    for (gsize i = 0; i < count; i++) {
        if (strcmp(fields[i].name, name) == 0)
            return &fields[i];
    }
    return NULL;
}

static const struct field *find_window_field(const char *name, char id[TEMPLATE_ID])
{
    for (guint which = 0; which < TEMPLATE_WINDOWS; which++) {
        const char *rest = template_window(name, which, id);
        const struct field *field = NULL;

        if (rest && rest[0] == '_')
            field = find_field(window_fields, G_N_ELEMENTS(window_fields), rest + 1);
        if (field)
            return field;
    }
    id[0] = '\0';
    return NULL;
}

static bool take_argument(struct placeholder *placeholder, const char *argument)
{
    const char *wanted = placeholder->field->argument;
    guint64 cells = 0;

    if (g_strcmp0(wanted, SECONDS) == 0)
        return placeholder->seconds = strcmp(argument, "s") == 0;
    if (g_strcmp0(wanted, CELLS) != 0 ||
        !g_ascii_string_to_unsigned(argument, 10, 1, GAUGE_MAX_CELLS, &cells, NULL))
        return false;
    placeholder->cells = (int)cells;
    return true;
}

bool placeholder_find(const char *name, const char *argument, struct placeholder *placeholder,
                      const char **wanted)
{
    *placeholder = (struct placeholder){.cells = GAUGE_CELLS};
    *wanted = NULL;
    placeholder->field = find_field(general_fields, G_N_ELEMENTS(general_fields), name);
    if (!placeholder->field)
        placeholder->field = find_window_field(name, placeholder->window);
    if (!placeholder->field)
        return false;
    if (argument && !take_argument(placeholder, argument))
        *wanted = placeholder->field->argument ? placeholder->field->argument : N_("it takes none");
    return true;
}

const struct window *template_find_window(const struct view *view, const char *id)
{
    if (strcmp(id, TEMPLATE_TOP) == 0)
        return view->top;
    return view->snapshot ? snapshot_window(view->snapshot, id) : NULL;
}

bool template_knows_code_share(const struct view *view)
{
    return find_code_share(view) != NULL;
}

bool placeholder_draw(const struct placeholder *placeholder, const struct view *view,
                      struct canvas *canvas)
{
    const struct field *field = placeholder->field;
    const bool is_general = placeholder->window[0] == '\0';
    const struct drawing drawing = {
        .placeholder = placeholder,
        .view = view,
        .window = is_general ? NULL : template_find_window(view, placeholder->window),
        .canvas = canvas,
    };

    if ((is_general || drawing.window) && field->draw(&drawing))
        return true;
    canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN, field->otherwise);
    return false;
}

static void add_fields(GPtrArray *names, const char *id)
{
    for (gsize i = 0; i < G_N_ELEMENTS(window_fields); i++)
        g_ptr_array_add(names, g_strconcat(id, "_", window_fields[i].name, NULL));
}

void template_add_names(const char *like, GPtrArray *names)
{
    char id[TEMPLATE_ID];

    for (gsize i = 0; i < G_N_ELEMENTS(general_fields); i++)
        g_ptr_array_add(names, g_strdup(general_fields[i].name));
    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++)
        add_fields(names, ids[i]);
    if (template_window(like, TEMPLATE_WINDOWS - 1, id))
        add_fields(names, id);
}

char *template_placeholders(void)
{
    g_autoptr(GString) list = g_string_new(NULL);
    g_autoptr(GString) others = g_string_new(NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(general_fields); i++)
        g_string_append_printf(list, "{%s} ", general_fields[i].name);
    for (gsize i = 0; i < G_N_ELEMENTS(window_fields); i++)
        g_string_append_printf(list, "{%s_%s} ", ids[0], window_fields[i].name);
    for (gsize i = 1; i < G_N_ELEMENTS(ids); i++)
        g_string_append_printf(others, " {%s_…}", ids[i]);
    return g_strdup_printf(_("%s and the same of %s"), g_strchomp(list->str),
                           g_strchug(others->str));
}
