#include "common/draw/template_internal.h"

#include "common/base/i18n.h"
#include "common/draw/gauge.h"
#include "common/draw/template.h"
#include "common/usage/pace.h"

#include <math.h>
#include <string.h>

#define CELLS 10 /* of a gauge, unless an argument says otherwise */

struct field_context {
    const struct placeholder *placeholder;
    const struct view *view;
    const struct window *window; /* NULL for a field that is about no window */
    struct canvas *canvas;       /* on which the text will be drawn */
};

/* What may follow a colon. */
enum field_argument {
    ARGUMENT_NONE,
    ARGUMENT_CELLS, /* of a gauge */
    ARGUMENT_SECONDS,
};

struct field {
    const char *name;
    /* The text, which the caller frees; NULL: there is none, and the fallback is drawn. Where there
     * is a text, a field with cells draws a gauge instead. */
    char *(*format)(const struct field_context *context);
    const char *fallback;
    enum field_argument argument;
    bool is_judged; /* it is drawn in the role of its window's severity */
};

static char *field_format_percent(double percent)
{
    return isnan(percent) ? NULL : percent_format(percent);
}

static char *field_format_pct(const struct field_context *context)
{
    return field_format_percent(view_shown_percent(context->view, context->window));
}

static char *field_format_used_pct(const struct field_context *context)
{
    return field_format_percent(view_used_percent(context->view, context->window));
}

static char *field_format_left_pct(const struct field_context *context)
{
    return field_format_percent(view_left_percent(context->view, context->window));
}

static char *field_format_count(double count)
{
    return isnan(count) ? NULL : g_strdup_printf("%.0f", count);
}

static double field_used_count(const struct field_context *context)
{
    const struct view *view = context->view;

    return window_has_reset(context->window, view->snapshot, view->now) ? NAN
                                                                        : context->window->used;
}

static char *field_format_used(const struct field_context *context)
{
    return field_format_count(field_used_count(context));
}

static char *field_format_left(const struct field_context *context)
{
    double left = context->window->limit - field_used_count(context);

    return field_format_count(isnan(left) ? NAN : MAX(0, left));
}

static char *field_format_limit(const struct field_context *context)
{
    return field_format_count(context->window->limit);
}

static char *field_format_label(const struct field_context *context)
{
    return g_strdup(context->window->label);
}

/* `when` 0: unknown. */
static char *field_format_countdown(const struct field_context *context, gint64 when)
{
    return when == 0 ? NULL
                     : view_countdown(context->view, when, context->placeholder->seconds,
                                      context->canvas);
}

static char *field_format_reset(const struct field_context *context)
{
    return field_format_countdown(context, context->window->resets_at);
}

static char *field_format_reset_at(const struct field_context *context)
{
    gint64 when = context->window->resets_at;

    return when == 0 ? NULL : view_clock(context->view, when, context->canvas);
}

static bool field_find_pace(const struct field_context *context, struct pace *pace)
{
    return pace_calculate(context->window, context->view->snapshot, context->view->now, pace);
}

static char *field_format_pace(const struct field_context *context)
{
    struct pace pace;
    int points;

    if (!field_find_pace(context, &pace))
        return NULL;
    points = pace_points(&pace);
    return points == 0 ? g_strdup("→")
                       : g_strdup_printf("%s%d", points > 0 ? "↑" : "↓", ABS(points));
}

static char *field_format_runs_out(const struct field_context *context)
{
    struct pace pace;

    return field_find_pace(context, &pace) ? field_format_countdown(context, pace.runs_out) : NULL;
}

/* The fields of a window: "{session_" + name + "}". */
static const struct field window_fields[] = {
    {"pct", field_format_pct, TEMPLATE_UNKNOWN, ARGUMENT_NONE, true},
    {"used_pct", field_format_used_pct, TEMPLATE_UNKNOWN, ARGUMENT_NONE, true},
    {"left_pct", field_format_left_pct, TEMPLATE_UNKNOWN, ARGUMENT_NONE, true},
    {"used", field_format_used, TEMPLATE_UNKNOWN, ARGUMENT_NONE},
    {"left", field_format_left, TEMPLATE_UNKNOWN, ARGUMENT_NONE},
    {"limit", field_format_limit, TEMPLATE_UNKNOWN, ARGUMENT_NONE},
    {"label", field_format_label, TEMPLATE_UNKNOWN, ARGUMENT_NONE},
    {"reset", field_format_reset, TEMPLATE_UNKNOWN, ARGUMENT_SECONDS},
    {"reset_at", field_format_reset_at, TEMPLATE_UNKNOWN, ARGUMENT_NONE},
    {"bar", field_format_pct, TEMPLATE_UNKNOWN, ARGUMENT_CELLS},
    {"pace", field_format_pace, "", ARGUMENT_NONE},
    {"runs_out", field_format_runs_out, "", ARGUMENT_SECONDS},
};

static char *field_format_icon(const struct field_context *context)
{
    return context->view->icon[0] != '\0' ? g_strdup(context->view->icon) : NULL;
}

static char *field_format_name(const struct field_context *context)
{
    const struct view *view = context->view;

    return g_strdup(view->snapshot ? view->snapshot->name : view->provider);
}

static char *field_format_plan(const struct field_context *context)
{
    return context->view->snapshot ? g_strdup(context->view->snapshot->plan) : NULL;
}

static char *field_format_age(const struct field_context *context)
{
    const struct view *view = context->view;

    return view->snapshot ? view_ago(view, view->snapshot->fetched_at, context->canvas) : NULL;
}

static char *field_format_state(const struct field_context *context)
{
    return g_strdup(view_state_name(context->view->state));
}

const struct share *template_find_code_share(const struct view *view)
{
    const struct window *month =
        view->snapshot ? snapshot_window(view->snapshot, WINDOW_MONTHLY) : NULL;

    if (!month || window_has_reset(month, view->snapshot, view->now))
        return NULL;
    return window_share(month, "code");
}

static char *field_format_code_pct(const struct field_context *context)
{
    const struct share *share = template_find_code_share(context->view);

    return share ? percent_format(share->percent) : NULL;
}

static char *field_format_code_label(const struct field_context *context)
{
    const struct share *share = template_find_code_share(context->view);

    return share ? g_strdup(share->label) : NULL;
}

static const struct field general_fields[] = {
    {"icon", field_format_icon, "", ARGUMENT_NONE},
    {"name", field_format_name, TEMPLATE_UNKNOWN, ARGUMENT_NONE},
    {"plan", field_format_plan, TEMPLATE_UNKNOWN, ARGUMENT_NONE},
    {"age", field_format_age, TEMPLATE_UNKNOWN, ARGUMENT_NONE},
    {"state", field_format_state, TEMPLATE_UNKNOWN, ARGUMENT_NONE},
    {TEMPLATE_CODE "_pct", field_format_code_pct, TEMPLATE_UNKNOWN, ARGUMENT_NONE},
    {TEMPLATE_CODE "_label", field_format_code_label, TEMPLATE_UNKNOWN, ARGUMENT_NONE},
};

/* The names of windows, besides "window_" and a length. */
static const char *const ids[] = {WINDOW_SESSION, WINDOW_WEEKLY, WINDOW_MONTHLY, TEMPLATE_TOP};

#define LENGTH_PREFIX "window_"

const char *template_parse_window(const char *name, char id[TEMPLATE_ID])
{
    gsize length = 0;

    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++) {
        if (g_str_has_prefix(name, ids[i]))
            length = strlen(ids[i]);
    }
    if (g_str_has_prefix(name, LENGTH_PREFIX)) {
        const char *digits = name + strlen(LENGTH_PREFIX);
        gsize count = strspn(digits, "0123456789abcdefghijklmnopqrstuvwxyz");

        length = count > 0 ? strlen(LENGTH_PREFIX) + count : 0;
    }
    if (length == 0 || length >= TEMPLATE_ID || (name[length] != '_' && name[length] != '\0'))
        return NULL;
    memcpy(id, name, length);
    id[length] = '\0';
    return name + length;
}

static const struct field *field_find_in(const struct field *fields, gsize count, const char *name)
{
    for (gsize i = 0; i < count; i++) {
        if (strcmp(fields[i].name, name) == 0)
            return &fields[i];
    }
    return NULL;
}

static bool placeholder_parse_argument(struct placeholder *placeholder, const char *argument)
{
    guint64 cells = 0;

    switch (placeholder->field->argument) {
    case ARGUMENT_SECONDS:
        return placeholder->seconds = strcmp(argument, "s") == 0;
    case ARGUMENT_CELLS:
        if (!g_ascii_string_to_unsigned(argument, 10, 1, GAUGE_MAX_CELLS, &cells, NULL))
            return false;
        placeholder->cells = (int)cells;
        return true;
    case ARGUMENT_NONE:
        break;
    }
    return false;
}

bool placeholder_find(const char *name, const char *argument, struct placeholder *placeholder,
                      const char **wanted)
{
    static const char *const arguments[] = {
        [ARGUMENT_NONE] = N_("it takes none"),
        [ARGUMENT_CELLS] = N_("it takes a width in cells from 1 to 40"),
        [ARGUMENT_SECONDS] = N_("it takes s, for seconds within the last minute"),
    };

    *placeholder = (struct placeholder){.cells = CELLS};
    *wanted = NULL;
    placeholder->field = field_find_in(general_fields, G_N_ELEMENTS(general_fields), name);
    if (!placeholder->field) {
        const char *rest = template_parse_window(name, placeholder->window);

        if (!rest || rest[0] != '_')
            return false;
        placeholder->field = field_find_in(window_fields, G_N_ELEMENTS(window_fields), rest + 1);
    }
    if (!placeholder->field)
        return false;
    if (argument && !placeholder_parse_argument(placeholder, argument))
        *wanted = arguments[placeholder->field->argument];
    return true;
}

const struct window *template_find_window(const struct view *view, const char *id)
{
    if (strcmp(id, TEMPLATE_TOP) == 0)
        return view->top;
    return view->snapshot ? snapshot_window(view->snapshot, id) : NULL;
}

/* The bar colours the whole line, so that full cells and others must differ in shape. */
static struct gauge_style placeholder_gauge(const struct placeholder *placeholder,
                                            const struct view *view)
{
    struct gauge_style style = view->settings.gauge;

    style.cells = placeholder->cells;
    style.is_colorless = true;
    return style;
}

bool placeholder_draw(const struct placeholder *placeholder, const struct view *view,
                      struct canvas *canvas)
{
    const struct field *field = placeholder->field;
    const bool is_general = placeholder->window[0] == '\0';
    const struct field_context context = {
        .placeholder = placeholder,
        .view = view,
        .window = is_general ? NULL : template_find_window(view, placeholder->window),
        .canvas = canvas,
    };
    g_autofree char *text = is_general || context.window ? field->format(&context) : NULL;

    if (!text)
        canvas_add(canvas, ROLE_NORMAL, SPAN_PLAIN, field->fallback);
    else if (field->argument == ARGUMENT_CELLS)
        gauge_draw(percent_round(view_shown_percent(view, context.window)),
                   placeholder_gauge(placeholder, view), view_role(view, context.window), canvas);
    else
        canvas_add(canvas, field->is_judged ? view_role(view, context.window) : ROLE_NORMAL,
                   SPAN_PLAIN, text);
    return text != NULL;
}

static void placeholder_add_window_names(GPtrArray *names, const char *id)
{
    for (gsize i = 0; i < G_N_ELEMENTS(window_fields); i++)
        g_ptr_array_add(names, g_strconcat(id, "_", window_fields[i].name, NULL));
}

void placeholder_add_names(const char *like, GPtrArray *names)
{
    char id[TEMPLATE_ID];

    for (gsize i = 0; i < G_N_ELEMENTS(general_fields); i++)
        g_ptr_array_add(names, g_strdup(general_fields[i].name));
    for (gsize i = 0; i < G_N_ELEMENTS(ids); i++)
        placeholder_add_window_names(names, ids[i]);
    if (g_str_has_prefix(like, LENGTH_PREFIX) && template_parse_window(like, id))
        placeholder_add_window_names(names, id);
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
