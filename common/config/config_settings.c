#include "common/config/config_internal.h"

#include "common/base/i18n.h"
#include "common/base/text.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#define MAX_FONT 100 /* bytes */

enum setting_type {
    SETTING_INTEGER,
    SETTING_NUMBER,
    SETTING_TEXT,
    SETTING_CELL,   /* one character that takes one column */
    SETTING_FONT,   /* the name of a family */
    SETTING_FORMAT, /* a template */
    SETTING_COLOR,
    SETTING_BOOLEAN,
    SETTING_TOGGLE, /* a boolean that may be left unset */
    SETTING_THEME,  /* the name of one */
    SETTING_ICONS,  /* the name of a set of them */
};

struct setting {
    const char *object; /* the member that holds it; NULL: the top level */
    const char *key;
    enum setting_type type;
    gsize offset;
    double min, max; /* of numbers */
};

#define CONFIG(field) offsetof(struct config, field)
#define COLOR(role, name)                                                                          \
    {                                                                                              \
        "colors", name, SETTING_COLOR, CONFIG(colors[role]), 0, 0                                  \
    }

static const struct setting settings[] = {
    {NULL, "refreshInterval", SETTING_INTEGER, CONFIG(refresh_interval), 30, 86400},
    {NULL, "maxWait", SETTING_INTEGER, CONFIG(max_wait), 0, 60},
    {NULL, "theme", SETTING_THEME, CONFIG(theme), 0, 0},
    {NULL, "icons", SETTING_ICONS, CONFIG(icons), 0, 0},
    {NULL, "icon", SETTING_TEXT, CONFIG(icon), 0, 0},
    {NULL, "format", SETTING_FORMAT, CONFIG(formats.text), 0, 0},
    {NULL, "shortFormat", SETTING_FORMAT, CONFIG(formats.short_text), 0, 0},
    {NULL, "windowFormat", SETTING_FORMAT, CONFIG(formats.window), 0, 0},
    {NULL, "tooltipFormat", SETTING_FORMAT, CONFIG(formats.tooltip), 0, 0},
    {NULL, "tooltipFont", SETTING_FONT, CONFIG(tooltip_font), 0, 0},
    {NULL, "remaining", SETTING_BOOLEAN, CONFIG(remaining), 0, 0},
    {NULL, "notifications", SETTING_BOOLEAN, CONFIG(notifications), 0, 0},
    {"thresholds", "warning", SETTING_NUMBER, CONFIG(thresholds.warning), 0, 100},
    {"thresholds", "critical", SETTING_NUMBER, CONFIG(thresholds.critical), 0, 100},
    {"gauge", "full", SETTING_CELL, CONFIG(gauge_full), 0, 0},
    {"gauge", "rest", SETTING_CELL, CONFIG(gauge_rest), 0, 0},
    {"gauge", "width", SETTING_INTEGER, CONFIG(gauge_width), 1, 40},
    COLOR(ROLE_OK, "ok"),
    COLOR(ROLE_WARNING, "warning"),
    COLOR(ROLE_CRITICAL, "critical"),
    COLOR(ROLE_EXHAUSTED, "exhausted"),
    COLOR(ROLE_STALE, "stale"),
    COLOR(ROLE_ERROR, "error"),
    COLOR(ROLE_DIM, "dim"),
    COLOR(ROLE_ACCENT, "accent"),
    {"network", "caFile", SETTING_TEXT, CONFIG(ca_file), 0, 0},
};

#define BAR(field) offsetof(struct bar_settings, field)

static const struct setting bar_settings[] = {
    {NULL, "format", SETTING_FORMAT, BAR(formats.text), 0, 0},
    {NULL, "shortFormat", SETTING_FORMAT, BAR(formats.short_text), 0, 0},
    {NULL, "windowFormat", SETTING_FORMAT, BAR(formats.window), 0, 0},
    {NULL, "tooltipFormat", SETTING_FORMAT, BAR(formats.tooltip), 0, 0},
    {NULL, "remaining", SETTING_TOGGLE, BAR(remaining), 0, 0},
    {NULL, "icon", SETTING_TEXT, BAR(icon), 0, 0},
    {NULL, "urgent", SETTING_BOOLEAN, BAR(urgent), 0, 0},
    {NULL, "theme", SETTING_THEME, BAR(theme), 0, 0},
    {NULL, "icons", SETTING_ICONS, BAR(icons), 0, 0},
    {NULL, "inlineColors", SETTING_BOOLEAN, BAR(inline_colors), 0, 0},
};

/* Other members of the top level: objects, and what only CodexBar's own file has. */
static const char *const known_members[] = {"$schema",    "version", "hooks",  "providers", "bars",
                                            "thresholds", "gauge",   "colors", "network",   NULL};

/* The objects that hold general settings. */
static const char *const objects[] = {"thresholds", "gauge", "colors", "network"};

static bool setting_is_cell(const char *text)
{
    return g_utf8_validate(text, -1, NULL) && g_utf8_strlen(text, -1) == 1 &&
           text_is_printable(text) && text_columns(text) == 1;
}

/* A family goes into Pango's markup as it is. */
static bool setting_is_font(const char *text)
{
    return text[0] != '\0' && strlen(text) <= MAX_FONT && g_utf8_validate(text, -1, NULL) &&
           text_is_printable(text) && !strpbrk(text, "<>&'\"");
}

/* The same as setting_read_value, of texts. */
static const char *setting_read_text(enum setting_type type, const char *text, char **field)
{
    if (type == SETTING_COLOR && (!text || !color_is_valid(text)))
        return _("a colour such as \"#e0af68\"");
    if (type == SETTING_CELL && (!text || !setting_is_cell(text)))
        return _("one character as wide as a letter");
    if (type == SETTING_FONT && (!text || !setting_is_font(text)))
        return _("the name of a font family");
    if (!text)
        return _("a string");
    g_free(*field);
    *field = g_strdup(text);
    return NULL;
}

static const char *setting_read_theme(const struct json *value, struct theme_setting *theme)
{
    if (!json_string(value) || json_string(value)[0] == '\0')
        return _("the name of a theme, or a path");
    theme->name = g_strdup(json_string(value));
    theme->line = json_line(value);
    return NULL;
}

static const char *setting_read_icons(const struct json *value, enum icons *icons)
{
    for (enum icons one = ICONS_WORDS; one < ICONS_COUNT; one++) {
        if (g_strcmp0(config_icons_name(one), json_string(value)) == 0) {
            *icons = one;
            return NULL;
        }
    }
    return "\"words\", \"emoji\" or \"nerd\"";
}

/* Sets the field from the value. Returns NULL, or what the value should have been, with a reason in
 * `why` if it is known more exactly. */
static const char *setting_read_value(const struct setting *setting, const struct json *value,
                                      void *field, GError **why)
{
    const char *text = json_string(value);
    gboolean is_on;
    double number;

    switch (setting->type) {
    case SETTING_INTEGER:
    case SETTING_NUMBER:
        if (!json_number(value, &number) || number < setting->min || number > setting->max)
            return _("a number");
        if (setting->type == SETTING_NUMBER)
            *(double *)field = number;
        else if (number == floor(number))
            *(gint64 *)field = (gint64)number;
        else
            return _("a whole number");
        return NULL;
    case SETTING_FORMAT:
        *(struct template **)field = text ? template_parse(text, why) : NULL;
        return *(struct template **)field ? NULL : _("a template");
    case SETTING_COLOR:
    case SETTING_TEXT:
    case SETTING_CELL:
    case SETTING_FONT:
        return setting_read_text(setting->type, text, field);
    case SETTING_BOOLEAN:
        return json_boolean(value, field) ? NULL : _("true or false");
    case SETTING_TOGGLE:
        if (!json_boolean(value, &is_on))
            return _("true or false");
        *(enum toggle *)field = is_on ? TOGGLE_ON : TOGGLE_OFF;
        return NULL;
    case SETTING_THEME:
        return setting_read_theme(value, field);
    case SETTING_ICONS:
        return setting_read_icons(value, field);
    }
    return NULL;
}

static void setting_read(struct config *config, const char *file, const struct setting *setting,
                         const struct json *holder, void *target)
{
    const struct json *value = json_get(holder, setting->key);
    g_autoptr(GError) why = NULL;
    const char *wanted;

    if (json_type(value) == JSON_NULL)
        return;
    wanted = setting_read_value(setting, value, (char *)target + setting->offset, &why);
    if (!wanted)
        return;
    if (why)
        config_add_problem(config, true, file, json_line(value), _("\"%s\": %s"), setting->key,
                           why->message);
    else if (setting->max > 0)
        config_add_problem(config, true, file, json_line(value),
                           _("\"%s\" must be %s from %g to %g"), setting->key, wanted, setting->min,
                           setting->max);
    else
        config_add_problem(config, true, file, json_line(value), _("\"%s\" must be %s"),
                           setting->key, wanted);
}

static bool setting_is_known(const char *key, const char *object, const struct setting *table,
                             gsize count)
{
    if (!object && table == settings && g_strv_contains(known_members, key))
        return true;
    for (gsize i = 0; i < count; i++) {
        if (g_strcmp0(table[i].object, object) == 0 && strcmp(table[i].key, key) == 0)
            return true;
    }
    return false;
}

static void setting_warn_unknown(struct config *config, const char *file, const struct json *json,
                                 const char *object, const struct setting *table, gsize count)
{
    for (guint i = 0; i < json_length(json); i++) {
        const char *key = json_key_at(json, i);
        if (!setting_is_known(key, object, table, count))
            config_add_problem(
                config, false, file, json_line(json_at(json, i)),
                _("\"%s\" is not a setting that usageline knows; see usageline-config(5)"), key);
    }
}

void config_read_settings(struct config *config, const char *file, const struct json *json)
{
    for (gsize i = 0; i < G_N_ELEMENTS(settings); i++) {
        const struct json *holder = settings[i].object ? json_get(json, settings[i].object) : json;
        setting_read(config, file, &settings[i], holder, config);
    }
    setting_warn_unknown(config, file, json, NULL, settings, G_N_ELEMENTS(settings));
    for (gsize i = 0; i < G_N_ELEMENTS(objects); i++)
        setting_warn_unknown(config, file,
                             config_get_member(config, file, json, objects[i], JSON_OBJECT),
                             objects[i], settings, G_N_ELEMENTS(settings));
    if (config->thresholds.warning > config->thresholds.critical)
        config_add_problem(config, true, file, json_line(json_get(json, "thresholds")),
                           _("\"warning\" (%g) must not be above \"critical\" (%g)"),
                           config->thresholds.warning, config->thresholds.critical);
}

void config_read_bars(struct config *config, const char *file, const struct json *json)
{
    const struct json *bars = config_get_member(config, file, json, "bars", JSON_OBJECT);

    for (guint i = 0; i < json_length(bars); i++) {
        const char *name = json_key_at(bars, i);
        const struct json *holder = config_get_member(config, file, bars, name, JSON_OBJECT);
        struct bar_settings *bar = g_new0(struct bar_settings, 1);

        bar->name = g_strdup(name);
        bar->urgent = TRUE;
        for (gsize k = 0; k < G_N_ELEMENTS(bar_settings); k++)
            setting_read(config, file, &bar_settings[k], holder, bar);
        setting_warn_unknown(config, file, holder, NULL, bar_settings, G_N_ELEMENTS(bar_settings));
        g_ptr_array_add(config->bars, bar);
    }
}

static void setting_dump_text(struct json_writer *writer, const char *key, const char *text)
{
    if (text)
        json_put_string(writer, key, text);
    else
        json_put_null(writer, key);
}

static void setting_dump(struct json_writer *writer, const struct setting *setting,
                         const void *field)
{
    const struct template *format;

    switch (setting->type) {
    case SETTING_INTEGER:
        json_put_integer(writer, setting->key, *(const gint64 *)field);
        break;
    case SETTING_NUMBER:
        json_put_number(writer, setting->key, *(const double *)field);
        break;
    case SETTING_BOOLEAN:
        json_put_boolean(writer, setting->key, *(const gboolean *)field);
        break;
    case SETTING_TOGGLE:
        if (*(const enum toggle *)field == TOGGLE_UNSET)
            json_put_null(writer, setting->key);
        else
            json_put_boolean(writer, setting->key, *(const enum toggle *)field == TOGGLE_ON);
        break;
    case SETTING_TEXT:
    case SETTING_CELL:
    case SETTING_FONT:
        setting_dump_text(writer, setting->key, *(char *const *)field);
        break;
    case SETTING_FORMAT:
        format = *(struct template *const *)field;
        setting_dump_text(writer, setting->key, format ? format->text : NULL);
        break;
    case SETTING_THEME:
        setting_dump_text(writer, setting->key, ((const struct theme_setting *)field)->name);
        break;
    case SETTING_COLOR:
        break; /* config_dump_colors */
    case SETTING_ICONS:
        setting_dump_text(writer, setting->key, config_icons_name(*(const enum icons *)field));
        break;
    }
}

/* Writes those settings of the table that are in this object. */
static void setting_dump_members(struct json_writer *writer, const char *object,
                                 const struct setting *table, gsize count, const void *source)
{
    for (gsize i = 0; i < count; i++) {
        if (g_strcmp0(table[i].object, object) == 0)
            setting_dump(writer, &table[i], (const char *)source + table[i].offset);
    }
}

/* Those in effect, also where the user has set none. */
static void config_dump_colors(const struct config *config, struct json_writer *writer)
{
    const struct palette palette = config_palette(config);

    for (enum role role = ROLE_NORMAL + 1; role < ROLE_COUNT; role++)
        json_put_string(writer, role_name(role), palette.colors[role]);
}

void config_dump_settings(const struct config *config, struct json_writer *writer)
{
    setting_dump_members(writer, NULL, settings, G_N_ELEMENTS(settings), config);
    for (gsize i = 0; i < G_N_ELEMENTS(objects); i++) {
        json_open_object(writer, objects[i]);
        if (strcmp(objects[i], "colors") == 0)
            config_dump_colors(config, writer);
        setting_dump_members(writer, objects[i], settings, G_N_ELEMENTS(settings), config);
        json_close_object(writer);
    }
}

void config_dump_bars(const struct config *config, struct json_writer *writer)
{
    json_open_object(writer, "bars");
    for (guint i = 0; i < config->bars->len; i++) {
        const struct bar_settings *bar = config->bars->pdata[i];
        json_open_object(writer, bar->name);
        setting_dump_members(writer, NULL, bar_settings, G_N_ELEMENTS(bar_settings), bar);
        json_close_object(writer);
    }
    json_close_object(writer);
}
