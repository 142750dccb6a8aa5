#include "plugins/kimi/answer/plan.h"

#include "common/base/text.h"
#include "plugins/kimi/answer/field.h"

#include <string.h>

#define LEVEL_PREFIX   "LEVEL_"
#define VERSION_PREFIX "GOODS_VERSION_"
#define UNSPECIFIED    "UNSPECIFIED"

#define MAX_NAME    48 /* characters */
#define MAX_VERSION 16
#define MAX_LEVEL   96

#define SESSION_LIMIT 200 /* of all plans of January 2026 */

enum catalogue {
    CATALOGUE_UNKNOWN = -1,
    CATALOGUE_V1,
    CATALOGUE_V2,
    CATALOGUES,
};

static const struct {
    const char *level;
    const char *names[CATALOGUES];
} plan_levels[] = {
    {"FREE", {"Adagio", "Adagio"}},
    {"TRIAL", {"Andante", NULL}},
    {"BASIC", {"Moderato", "Plus"}},
    {"INTERMEDIATE", {"Allegretto", "Pro"}},
    {"ADVANCED", {"Allegro", "Max"}},
    {"STANDARD", {"Vivace", "Ultra"}}, /* the highest, whatever its name says */
};

static const struct {
    double weekly_limit;
    const char *name;
} plan_quotas[] = {
    {1024, "Andante"},
    {2048, "Moderato"},
    {7168, "Allegretto"},
};

void plan_clear(struct plan *plan)
{
    g_clear_pointer(&plan->name, g_free);
    g_clear_pointer(&plan->version, g_free);
}

static const char *plan_skip_prefix(const char *text, const char *prefix)
{
    return g_str_has_prefix(text, prefix) ? text + strlen(prefix) : text;
}

/* A short text of one line, which the caller frees; NULL: nothing is left of it. */
static char *plan_clean(const char *text, gsize max)
{
    g_autofree char *clean = text ? text_clean_line(text, max) : NULL;

    return clean && clean[0] != '\0' ? g_steal_pointer(&clean) : NULL;
}

/* "2" for "GOODS_VERSION_V2", "V2", "2" or 2, which the caller frees; NULL: unspecified. */
static char *plan_read_version(const struct json *value)
{
    const char *text = json_string(value);
    double number;

    if (!text && json_number(value, &number))
        text = json_number_text(value);
    if (!text)
        return NULL;
    text = plan_skip_prefix(text, VERSION_PREFIX);
    if ((text[0] == 'V' || text[0] == 'v') && g_ascii_isdigit(text[1]))
        text++;
    return strcmp(text, UNSPECIFIED) == 0 ? NULL : plan_clean(text, MAX_VERSION);
}

/* NULL is V1: answers had no version until there were two catalogues. */
static enum catalogue plan_find_catalogue(const char *version)
{
    if (!version || strcmp(version, "1") == 0)
        return CATALOGUE_V1;
    return strcmp(version, "2") == 0 ? CATALOGUE_V2 : CATALOGUE_UNKNOWN;
}

static bool plan_is_in_catalogue(const char *name, enum catalogue catalogue)
{
    for (gsize i = 0; i < G_N_ELEMENTS(plan_levels); i++) {
        if (g_strcmp0(plan_levels[i].names[catalogue], name) == 0)
            return true;
    }
    return false;
}

/* The version of the only catalogue that has this name, which the caller frees; NULL: both have it,
 * or none. */
static char *plan_find_version(const char *name)
{
    bool is_v1 = plan_is_in_catalogue(name, CATALOGUE_V1);

    if (!name || is_v1 == plan_is_in_catalogue(name, CATALOGUE_V2))
        return NULL;
    return g_strdup(is_v1 ? "1" : "2");
}

static bool plan_set(struct plan *plan, const char *name, const struct json *version)
{
    plan->name = plan_clean(name, MAX_NAME);
    plan->version = plan_read_version(version);
    if (!plan->version)
        plan->version = plan_find_version(plan->name);
    return plan->name || plan->version;
}

bool plan_read_me(const struct json *answer, struct plan *plan)
{
    const struct json *me = field_unwrap(answer);

    return plan_set(plan, json_string(json_get(me, "user_level_name")),
                    json_get(me, "goods_version"));
}

/* A subscription says so with a boolean, or with the last word of its status; if with neither, it
 * is active. */
static bool plan_is_active(const struct json *subscription)
{
    const char *status = json_string(json_get(subscription, "status"));
    const char *word = status ? strrchr(status, '_') : NULL;
    gboolean active = FALSE;

    if (json_boolean(json_get(subscription, "active"), &active))
        return active;
    if (!status || status[0] == '\0')
        return true;
    return g_ascii_strcasecmp(word ? word + 1 : status, "ACTIVE") == 0;
}

bool plan_read_subscription(const struct json *answer, struct plan *plan)
{
    const struct json *subscription = json_get(field_unwrap(answer), "subscription");

    if (!plan_is_active(subscription))
        return false;
    return plan_set(plan, json_string(json_get(json_get(subscription, "goods"), "title")), NULL);
}

/* "ULTRA_MAX" becomes "Ultra Max". */
static char *plan_make_readable(const char *level)
{
    g_autofree char *words = text_clean_line(level, MAX_NAME);
    bool is_first = true;

    for (char *c = words; *c != '\0'; c++) {
        if (*c == '_')
            *c = ' ';
        *c = is_first ? g_ascii_toupper(*c) : g_ascii_tolower(*c);
        is_first = *c == ' ';
    }
    return plan_clean(words, MAX_NAME);
}

static char *plan_find_name(const char *level, enum catalogue catalogue)
{
    level = plan_skip_prefix(level, LEVEL_PREFIX);
    if (strcmp(level, UNSPECIFIED) == 0)
        return NULL;
    for (gsize i = 0; i < G_N_ELEMENTS(plan_levels) && catalogue != CATALOGUE_UNKNOWN; i++) {
        if (strcmp(plan_levels[i].level, level) == 0 && plan_levels[i].names[catalogue])
            return g_strdup(plan_levels[i].names[catalogue]);
    }
    return plan_make_readable(level);
}

/* NULL: there is none. */
static const char *plan_get_level(const struct json *usage)
{
    const struct json *membership = json_get(json_get(field_unwrap(usage), "user"), "membership");
    const char *level = json_string(json_get(membership, "level"));

    return level && level[0] != '\0' ? level : NULL;
}

static const struct json *plan_get_version(const struct json *usage)
{
    return json_get(field_unwrap(usage), "version");
}

struct plan plan_read_usage(const struct json *usage, const struct plan *known, const char *guess)
{
    const char *level = plan_get_level(usage);
    g_autofree char *version = plan_read_version(plan_get_version(usage));
    const char *known_version = known ? known->version : NULL;
    struct plan plan = {0};

    if (known && known->name)
        plan.name = g_strdup(known->name);
    else if (level)
        plan.name = plan_find_name(level, plan_find_catalogue(version ? version : known_version));
    else if (!version && !known_version)
        plan.name = g_strdup(guess);
    plan.version = known_version ? g_strdup(known_version) : g_steal_pointer(&version);
    return plan;
}

char *plan_level(const struct json *usage)
{
    const char *const parts[] = {plan_get_level(usage), json_string(plan_get_version(usage))};
    g_autofree char *text = NULL;

    if (!parts[0] && !parts[1])
        return NULL;
    text = g_strjoin(parts[1] ? "/" : "", parts[0] ? parts[0] : "", parts[1], NULL);
    return plan_clean(text, MAX_LEVEL);
}

const char *plan_guess(double weekly_limit, double session_limit)
{
    for (gsize i = 0; i < G_N_ELEMENTS(plan_quotas) && session_limit == SESSION_LIMIT; i++) {
        if (weekly_limit == plan_quotas[i].weekly_limit)
            return plan_quotas[i].name;
    }
    return NULL;
}

bool plan_is_monthly(const struct json *usage, const struct plan *known)
{
    g_autofree char *version = plan_read_version(plan_get_version(usage));

    return plan_find_catalogue(version) == CATALOGUE_V2 ||
           (known && plan_find_catalogue(known->version) == CATALOGUE_V2);
}
