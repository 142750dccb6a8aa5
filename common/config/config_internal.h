/* Inside of config.c: its settings are rows of a table in config_settings.c, themes, colours and
 * icons are in config_theme.c. */
#pragma once

#include "common/base/json.h"
#include "common/base/json_writer.h"
#include "common/config/config.h"

/* Read all general settings, and those of each bar, from the parsed file. */
void config_read_settings(struct config *config, const char *file, const struct json *json);
void config_read_bars(struct config *config, const char *file, const struct json *json);

/* Write them as members of the object that is open in the writer. */
void config_dump_settings(const struct config *config, struct json_writer *writer);
void config_dump_bars(const struct config *config, struct json_writer *writer);

/* The name of a set of icons in the configuration, "emoji". */
const char *config_icons_name(enum icons icons);

void config_clear_theme(struct theme_setting *setting);

/* The member of this type; NULL if there is none, or with a problem if it has another type. */
const struct json *config_get_member(struct config *config, const char *file,
                                     const struct json *json, const char *key, enum json_type type);
