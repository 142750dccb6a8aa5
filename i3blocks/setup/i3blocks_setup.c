#include "i3blocks/setup/i3blocks_setup.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/setup/ini.h"

#include <string.h>

#define BLOCK "usageline"

/* The block as the example has it. */
#define DEFINITION                                                                                 \
    "[" BLOCK "]\n"                                                                                \
    "command=usageline i3blocks\n"                                                                 \
    "interval=60"

static const struct setup_place places[] = {
    {"XDG_CONFIG_HOME", "~/.config", "i3blocks/config", false},
    {NULL, "~", ".i3blocks.conf", false},
    {"XDG_CONFIG_DIRS", "/etc/xdg", "i3blocks/config", true},
    {NULL, "/etc", "i3blocks.conf", true},
    {NULL, "/usr/local/etc", "i3blocks.conf", true},
    {0},
};

/* The block before which the module goes, as people call it. */
static const char *const clocks[] = {"time",     "clock", "date",      "datetime",
                                     "calendar", "day",   "date_time", NULL};

static int find_clock(const GArray *lines)
{
    for (guint i = 0; i < lines->len; i++) {
        const struct ini_line *line = ini_at(lines, i);
        if (line->kind == INI_SECTION && g_strv_contains(clocks, line->section))
            return (int)i;
    }
    return -1;
}

static int find_first_block(const GArray *lines)
{
    for (guint i = 0; i < lines->len; i++) {
        if (ini_at(lines, i)->kind == INI_SECTION)
            return (int)i;
    }
    return -1;
}

/* A block that draws usageline, whatever it is called. */
static bool is_there(const char *text, const GArray *lines)
{
    for (guint i = 0; i < lines->len; i++) {
        const struct ini_line *line = ini_at(lines, i);
        g_autofree char *value = line->kind == INI_KEY ? ini_value(text, line) : NULL;

        if (value && strcmp(line->key, "command") == 0 && strstr(value, "usageline i3blocks"))
            return true;
    }
    return ini_find_section(lines, BLOCK) >= 0;
}

static void put(struct setup_file *file, const GArray *lines, int header, bool is_behind)
{
    if (header < 0)
        ini_append(file, DEFINITION);
    else if (is_behind)
        ini_insert_behind(file, lines, ini_last_line(lines, (guint)header), DEFINITION);
    else
        ini_insert_before(file, lines, (guint)header, DEFINITION);
}

static bool add_at(struct setup_file *file, const GArray *lines,
                   const struct setup_position *position, GError **error)
{
    int header;

    switch (position->where) {
    case SETUP_WHERE_LEFT:
        put(file, lines, find_first_block(lines), false);
        return true;
    case SETUP_WHERE_RIGHT:
        ini_append(file, DEFINITION);
        return true;
    case SETUP_WHERE_CENTER: /* there is none: blocks are one row */
    case SETUP_WHERE_USUAL:
        put(file, lines, find_clock(lines), false);
        return true;
    case SETUP_WHERE_BEFORE:
    case SETUP_WHERE_AFTER:
        break;
    }
    header = ini_find_section(lines, position->module);
    if (header < 0) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("%s: there is no block [%s]"),
                    file->path, position->module);
        return false;
    }
    put(file, lines, header, position->where == SETUP_WHERE_AFTER);
    return true;
}

static bool check(const struct setup_file *file, GError **error)
{
    g_autofree char *result = setup_file_result(file);

    if (ini_differs_only_by(file->text, result, BLOCK, BLOCK))
        return true;
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("%s: can't be changed safely"),
                file->path);
    return false;
}

static bool add(struct setup_plan *plan, const struct setup_request *request, GError **error)
{
    struct setup_file *file = setup_places_open(plan, request->config, places, "i3blocks", error);

    if (!file)
        return false;
    g_autoptr(GArray) lines = ini_read(file->text);
    if (is_there(file->text, lines))
        return true;
    return add_at(file, lines, &request->position, error) && check(file, error);
}

static bool is_ours(const struct setup_file *file, const GArray *lines, guint header)
{
    g_autofree char *text = ini_section_text(file->text, lines, header);

    if (!file->backup)
        return setup_texts_are_alike(text, DEFINITION);
    g_autoptr(GArray) before = ini_read(file->backup);
    return ini_find_section(before, BLOCK) < 0;
}

static bool remove_block(struct setup_plan *plan, const struct setup_request *request,
                         GError **error)
{
    struct setup_file *file = setup_places_open(plan, request->config, places, "i3blocks", error);

    if (!file)
        return false;
    g_autoptr(GArray) lines = ini_read(file->text);
    int header = ini_find_section(lines, BLOCK);
    if (header < 0 || !is_ours(file, lines, (guint)header))
        return true;
    ini_remove(file, lines, (guint)header);
    return check(file, error);
}

static char *describe(void)
{
    return g_strdup_printf(
        _("In the configuration of i3blocks, before the block of the clock:\n\n%s"), DEFINITION);
}

const struct bar_setup i3blocks_setup = {
    .places = places,
    .reload = N_("i3-msg restart   (in Sway: swaymsg reload)"),
    .describe = describe,
    .add = add,
    .remove = remove_block,
};
