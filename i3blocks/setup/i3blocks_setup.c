#include "i3blocks/setup/i3blocks_setup.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/setup/command.h"
#include "common/setup/ini.h"

#define BLOCK "usageline"

/* The block as the example has it, with more options of the command. */
#define DEFINITION(options)                                                                        \
    "[" BLOCK "]\n"                                                                                \
    "command=usageline i3blocks" options "\n"                                                      \
    "interval=60"

static const struct setup_place i3blocks_places[] = {
    {"XDG_CONFIG_HOME", "~/.config", "i3blocks/config", false},
    {NULL, "~", ".i3blocks.conf", false},
    {"XDG_CONFIG_DIRS", "/etc/xdg", "i3blocks/config", true},
    {NULL, "/etc", "i3blocks.conf", true},
    {NULL, "/usr/local/etc", "i3blocks.conf", true},
    {0},
};

/* The usual names of the block that ours goes before. */
static const char *const clocks[] = {"time",     "clock", "date",      "datetime",
                                     "calendar", "day",   "date_time", NULL};

/* The first block with one of these names (NULL: any); -1 if there is none. */
static int i3blocks_find_block(const GArray *lines, const char *const *names)
{
    for (guint i = 0; i < lines->len; i++) {
        const struct ini_line *line = ini_at(lines, i);
        if (line->kind == INI_SECTION && (!names || g_strv_contains(names, line->section)))
            return (int)i;
    }
    return -1;
}

/* Whether a block of any name draws usageline. */
static bool i3blocks_is_drawn(const char *text, const GArray *lines)
{
    return ini_mentions(text, lines, "command", "usageline i3blocks") ||
           ini_find_section(lines, BLOCK) >= 0;
}

/* Whether the properties before the first block, which all blocks have, say this. */
static bool i3blocks_has_global(const char *text, const GArray *lines, const char *key,
                                const char *value)
{
    int line = ini_find_key(lines, NULL, key);
    g_autofree char *found = line >= 0 ? ini_value(text, ini_at(lines, (guint)line)) : NULL;

    return g_strcmp0(found, value) == 0;
}

/* i3blocks 1.4 does not pass such properties on to the command, so the block says it itself. */
static const char *i3blocks_definition(const char *text, const GArray *lines)
{
    bool is_pango = i3blocks_has_global(text, lines, "markup", "pango");

    if (i3blocks_has_global(text, lines, "format", "json"))
        return is_pango ? DEFINITION(" --json --pango") : DEFINITION(" --json");
    return is_pango ? DEFINITION(" --pango") : DEFINITION("");
}

static bool i3blocks_add_at(struct setup_file *file, const GArray *lines,
                            const struct setup_request *request, GError **error)
{
    const struct setup_position *position = &request->position;
    g_autofree char *definition =
        setup_command_use_path(i3blocks_definition(file->text, lines), request->program);
    int header = -1;

    if (position->module)
        header = ini_find_section(lines, position->module);
    else if (position->where == SETUP_WHERE_LEFT)
        header = i3blocks_find_block(lines, NULL);
    else if (position->where != SETUP_WHERE_RIGHT) /* there is no centre: blocks are one row */
        header = i3blocks_find_block(lines, clocks);
    if (position->module && header < 0) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("%s: there is no block [%s]"),
                    file->path, position->module);
        return false;
    }
    if (header < 0)
        ini_append(file, lines, definition);
    else if (position->where == SETUP_WHERE_AFTER)
        ini_insert_behind(file, lines, (guint)header, definition);
    else
        ini_insert_before(file, lines, (guint)header, definition);
    return true;
}

static bool i3blocks_check_result(const struct setup_file *file, GError **error)
{
    g_autofree char *result = setup_file_result(file);

    if (ini_differs_only_by(file->text, result, BLOCK, BLOCK))
        return true;
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("%s: can't be changed safely"),
                file->path);
    return false;
}

static bool i3blocks_add(struct setup_plan *plan, const struct setup_request *request,
                         GError **error)
{
    struct setup_file *file = setup_places_open(plan, request->config, i3blocks_places,
                                                request->environment, "i3blocks", error);

    if (!file)
        return false;
    g_autoptr(GArray) lines = ini_read(file->text);
    if (i3blocks_is_drawn(file->text, lines))
        return true;
    return i3blocks_add_at(file, lines, request, error) && i3blocks_check_result(file, error);
}

static bool i3blocks_remove(struct setup_plan *plan, const struct setup_request *request,
                            GError **error)
{
    struct setup_file *file = setup_places_open(plan, request->config, i3blocks_places,
                                                request->environment, "i3blocks", error);

    if (!file)
        return false;
    g_autoptr(GArray) lines = ini_read(file->text);
    const char *definition = i3blocks_definition(file->text, lines);
    int header = ini_find_section(lines, BLOCK);
    if (header < 0 || !ini_is_added(file, lines, (guint)header, definition))
        return true;
    file->is_changed_by_user = !ini_is_as_made(file, lines, (guint)header, definition);
    ini_remove(file, lines, (guint)header);
    return i3blocks_check_result(file, error);
}

static char *i3blocks_describe(void)
{
    return g_strdup_printf(
        _("In the configuration of i3blocks, before the block of the clock:\n\n%s"),
        DEFINITION(""));
}

const struct bar_setup i3blocks_setup = {
    .places = i3blocks_places,
    .reload = N_("i3-msg restart   (in Sway: swaymsg reload)"),
    .describe = i3blocks_describe,
    .add = i3blocks_add,
    .remove = i3blocks_remove,
};
