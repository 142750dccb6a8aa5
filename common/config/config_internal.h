/* Inside of config.c: the settings that are a table, and what fills and dumps them. */
#pragma once

#include "common/base/json.h"
#include "common/base/json_writer.h"
#include "common/config/config.h"

/* Reads all settings of the top, and those of each bar, from the parsed file. */
void config_take_settings(struct config *config, const char *file, const struct json *json);
void config_take_bars(struct config *config, const char *file, const struct json *json);

/* Writes them as members of the object that is open in the writer. */
void config_put_settings(const struct config *config, struct json_writer *writer);
void config_put_bars(const struct config *config, struct json_writer *writer);

/* Notes which colours the user has set, and puts those of the theme in the place of all others. */
void config_settle_colors(struct config *config);

/* The name of a set of icons in the configuration, "emoji"; ICONS_UNSET: none has this name. */
const char *config_icons_name(enum icons icons);
enum icons config_icons_from_name(const char *name);

void config_clear_theme(struct theme_setting *setting);

/* Notes what is wrong at this line (0: the whole file). */
G_GNUC_PRINTF(5, 6)
void config_add_problem(struct config *config, bool is_error, const char *file, unsigned line,
                        const char *format, ...);

/* The member, if it is of this type; NULL if it is absent, or of another type, which is noted. */
const struct json *config_take_member(struct config *config, const char *file,
                                      const struct json *json, const char *key,
                                      enum json_type type);
