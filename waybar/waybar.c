#include "waybar/waybar.h"

#include "common/base/i18n.h"
#include "common/base/json_writer.h"
#include "common/draw/markup.h"
#include "waybar/setup/waybar_setup.h"

#include <math.h>

/* The classes for the style sheet. */
static void waybar_put_classes(struct json_writer *writer, const struct view *view)
{
    json_open_array(writer, "class");
    if (view->severity != SEVERITY_UNKNOWN)
        json_put_string(writer, NULL, severity_name(view->severity));
    json_put_string(writer, NULL, view_state_name(view->state));
    if (view->settings.is_refreshing)
        json_put_string(writer, NULL, "refreshing");
    if (view_alarm(view))
        json_put_string(writer, NULL, usage_error_name(usage_error_kind(view_alarm(view))));
    json_put_string(writer, NULL, view->provider);
    json_close_array(writer);
}

/* The key by which Waybar chooses from format-icons. */
static const char *waybar_choose_alt(const struct view *view)
{
    return view->state == VIEW_FRESH ? severity_name(view->severity) : view_state_name(view->state);
}

static char *waybar_render(const struct line *line, const struct palette *palette,
                           const struct adapter_options *options)
{
    struct json_writer *writer = json_writer_new(FALSE);
    double percent = view_top_percent(line->view);
    /* The style sheet colours the text by its class; a tooltip has none. */
    const struct palette *inline_palette = options->inline_colors ? palette : NULL;
    g_autofree char *text = markup_render(line->text, &markup_pango, inline_palette);
    g_autofree char *tooltip = markup_render(line->tooltip, &markup_pango, palette);

    json_open_object(writer, NULL);
    json_put_string(writer, "text", text);
    json_put_string(writer, "alt", waybar_choose_alt(line->view));
    json_put_string(writer, "tooltip", tooltip);
    waybar_put_classes(writer, line->view);
    if (!isnan(percent))
        json_put_integer(writer, "percentage", lround(CLAMP(percent, 0, 100)));
    json_close_object(writer);
    g_autofree char *json = json_writer_finish(writer);
    return g_strconcat(json, "\n", NULL);
}

/* Since Waybar 0.9.23. */
static const char *const instance_variables[] = {"WAYBAR_OUTPUT_NAME", NULL};

const struct adapter waybar_adapter = {
    .name = "waybar",
    .summary = N_("print one line of JSON for Waybar"),
    .program = "waybar",
    .has_tooltip = true,
    .instance_variables = instance_variables,
    .hidden = "{\"text\":\"\"}\n",
    .setup = &waybar_setup,
    .render = waybar_render,
};
