#include "plugins/kimi/plan.h"

#include "common/text.h"

#include <string.h>

#define LEVEL_PREFIX  "LEVEL_"
#define MAX_PLAN_NAME 48 /* characters */

static const struct {
    const char *level;
    const char *name;
} levels[] = {
    {"FREE", "Free"},         {"BASIC", "Adagio"},
    {"STANDARD", "Moderato"}, {"INTERMEDIATE", "Allegretto"},
    {"ADVANCED", "Allegro"},  {"PREMIUM", "Vivace"},
    {"UNSPECIFIED", NULL},    {"UNKNOWN", NULL},
};

static const struct {
    double weekly_limit;
    const char *name;
} quotas[] = {
    {1024, "Andante"},
    {2048, "Moderato"},
    {7168, "Allegretto"},
};

/* "ULTRA_MAX" becomes "Ultra Max". */
static char *make_readable(const char *level)
{
    char *words = text_clean_line(level, MAX_PLAN_NAME);
    bool is_first = true;

    for (char *c = words; *c != '\0'; c++) {
        if (*c == '_')
            *c = ' ';
        *c = is_first ? g_ascii_toupper(*c) : g_ascii_tolower(*c);
        is_first = *c == ' ';
    }
    return g_strchomp(words);
}

static char *name_of_level(const char *level)
{
    if (g_str_has_prefix(level, LEVEL_PREFIX))
        level += strlen(LEVEL_PREFIX);
    for (gsize i = 0; i < G_N_ELEMENTS(levels); i++) {
        if (strcmp(levels[i].level, level) == 0)
            return g_strdup(levels[i].name);
    }
    g_autofree char *words = make_readable(level);
    return words[0] != '\0' ? g_steal_pointer(&words) : NULL;
}

static char *name_of_quota(double weekly_limit)
{
    for (gsize i = 0; i < G_N_ELEMENTS(quotas); i++) {
        if (weekly_limit == quotas[i].weekly_limit)
            return g_strdup(quotas[i].name);
    }
    return NULL;
}

char *plan_name(const struct json *answer, double weekly_limit)
{
    const struct json *membership = json_get(json_get(answer, "user"), "membership");
    const char *level = json_string(json_get(membership, "level"));
    char *name = level ? name_of_level(level) : NULL;

    return name ? name : name_of_quota(weekly_limit);
}
