#include "i3blocks/i3blocks.h"

#include "common/base/i18n.h"
#include "common/base/json.h"
#include "common/base/json_writer.h"
#include "common/draw/markup.h"
#include "i3blocks/setup/i3blocks_setup.h"

#include <stddef.h>
#include <string.h>

#define OPTION(field) ((gpointer)offsetof(struct adapter_options, field))

/* i3blocks 1.5 has a signal sent to itself for each line only after it has started the command. A
 * line that comes sooner is shown when the next one comes, and that one by the one after it. */
#define SETTLE_TIME (300 * 1000)

static const GOptionEntry option_entries[] = {
    {"json", 0, 0, G_OPTION_ARG_NONE, OPTION(json),
     N_("Print JSON, for format=json of i3blocks 1.5"), NULL},
    {"pango", 0, 0, G_OPTION_ARG_NONE, OPTION(pango),
     N_("Print Pango markup, each number in its own colour (default: if the block sets "
        "markup=pango)"),
     NULL},
    {"no-urgent", 0, G_OPTION_FLAG_REVERSE, G_OPTION_ARG_NONE, OPTION(urgent),
     N_("Do not mark the block as urgent when the plan is exhausted"), NULL},
    {0},
};

/* i3blocks puts the properties of a block into the environment of its command. Only 1.5 writes
 * clicks to a persistent block, and only 1.5 says there that it is one. The input that 1.4 passes
 * on is its own, with the clicks on all blocks. */
static void i3blocks_read_environment(char **environment, struct adapter_options *options)
{
    const char *interval = g_environ_getenv(environment, "BLOCK_INTERVAL");

    if (!interval)
        interval = g_environ_getenv(environment, "interval");
    options->reports_clicks = g_strcmp0(interval, "persist") == 0;
    options->settle_time = options->reports_clicks ? SETTLE_TIME : 0;
    options->pango = g_strcmp0(g_environ_getenv(environment, "markup"), "pango") == 0;
}

static bool i3blocks_is_urgent(const struct line *line, const struct adapter_options *options)
{
    return options->urgent && line->view->severity == SEVERITY_EXHAUSTED;
}

static char *i3blocks_render_json(const struct line *line, const char *full_text,
                                  const char *short_text, const char *color,
                                  const struct adapter_options *options)
{
    struct json_writer *writer = json_writer_new(FALSE);

    json_open_object(writer, NULL);
    json_put_string(writer, "full_text", full_text);
    json_put_string(writer, "short_text", short_text);
    json_put_string(writer, "color", color);
    json_put_boolean(writer, "urgent", i3blocks_is_urgent(line, options));
    json_put_string(writer, "markup", options->pango ? "pango" : "none");
    json_close_object(writer);
    g_autofree char *json = json_writer_finish(writer);
    return g_strconcat(json, "\n", NULL);
}

static char *i3blocks_render(const struct line *line, const struct palette *palette,
                             const struct adapter_options *options)
{
    const struct markup *markup = options->pango ? &markup_pango : &markup_plain;
    const struct palette *inline_palette = options->pango ? palette : NULL;
    const char *color = palette ? palette->colors[line_role(line)] : NULL;
    g_autofree char *full_text = markup_render(line->text, markup, inline_palette);
    g_autofree char *short_text = markup_render(line->short_text, markup, inline_palette);

    if (options->json)
        return i3blocks_render_json(line, full_text, short_text, color, options);
    if (options->continuous)
        return g_strconcat(full_text, "\n", NULL); /* interval=persist: each line is a full_text */
    return g_strdup_printf("%s\n%s\n%s\n", full_text, short_text, color ? color : "");
}

/* The line is the button's number, or with format=json an object of the block's variables. */
static int i3blocks_read_click(const char *line)
{
    autoptr(json) json = json_parse(line, strlen(line), JSON_STRICT, NULL);
    double button = 0;

    if (!json_number(json, &button))
        json_number(json_get(json, "button"), &button);
    return button >= 1 && button <= 9 ? (int)button : 0;
}

static int i3blocks_status(const struct line *line, const struct adapter_options *options)
{
    return i3blocks_is_urgent(line, options) && !options->json ? I3BLOCKS_URGENT : 0;
}

/* i3blocks 1.5 exports all properties under their names; 1.4 some of them with a prefix. */
static const char *const instance_variables[] = {"BLOCK_INSTANCE", "instance", NULL};
static const char *const button_variables[] = {"BLOCK_BUTTON", "button", NULL};

const struct adapter i3blocks_adapter = {
    .name = "i3blocks",
    .summary = N_("print full text, short text and colour for i3blocks"),
    .program = "i3blocks",
    .options = option_entries,
    .instance_variables = instance_variables,
    .button_variables = button_variables,
    .read_click = i3blocks_read_click,
    .hidden = " \n", /* an empty line is ignored */
    .hidden_as_json = "{\"full_text\":\"\"}\n",
    .read_environment = i3blocks_read_environment,
    .setup = &i3blocks_setup,
    .render = i3blocks_render,
    .status = i3blocks_status,
};
