/* The plan: from its level and catalogue, by name, or guessed from the limits. */
#include "common/base/json.h"
#include "plugins/kimi/answer/interpret.h"

#include <string.h>

#define NOW G_GINT64_CONSTANT(1800000000)

/* Counts of a week and of 5 hours, as those of all plans of January 2026. */
#define COUNTS                                                                                     \
    "\"usage\":{\"limit\":\"%d\",\"used\":\"1\"},\"limits\":[{\"duration\":5,"                     \
    "\"timeUnit\":\"HOUR\",\"limit\":200,\"used\":1}]"

static struct json *parse_json(const char *text)
{
    g_autoptr(GError) error = NULL;
    struct json *json = json_parse(text, strlen(text), JSON_STRICT, &error);

    g_assert_no_error(error);
    return json;
}

static struct snapshot *read_answers(const struct json *usages, const struct json *stats,
                                     const struct plan *plan)
{
    const struct kimi_answers answers = {.usage = usages, .statistics = stats, .plan = plan};
    g_autoptr(GError) error = NULL;
    struct snapshot *snapshot = interpret_answers(&answers, NOW, &error);

    g_assert_no_error(error);
    return snapshot;
}

static struct snapshot *read_answer(int weekly_limit, const char *members)
{
    g_autofree char *text = g_strdup_printf("{" COUNTS "%s}", weekly_limit, members);
    autoptr(json) usages = parse_json(text);

    return read_answers(usages, NULL, NULL);
}

/* The plan by the level and version of the usage only. */
static const struct {
    int weekly_limit;
    const char *level, *version; /* JSON */
    const char *plan, *plan_version;
} plans[] = {
    {100, "\"LEVEL_FREE\"", "null", "Adagio", NULL},
    {100, "\"LEVEL_TRIAL\"", "null", "Andante", NULL},
    {100, "\"LEVEL_BASIC\"", "null", "Moderato", NULL},
    {100, "\"LEVEL_INTERMEDIATE\"", "null", "Allegretto", NULL},
    {100, "\"LEVEL_ADVANCED\"", "null", "Allegro", NULL},
    {100, "\"LEVEL_STANDARD\"", "null", "Vivace", NULL},
    {100, "\"LEVEL_BASIC\"", "\"GOODS_VERSION_V1\"", "Moderato", "1"},
    {100, "\"LEVEL_BASIC\"", "\"GOODS_VERSION_UNSPECIFIED\"", "Moderato", NULL},
    {100, "\"LEVEL_FREE\"", "\"GOODS_VERSION_V2\"", "Adagio", "2"},
    {100, "\"LEVEL_TRIAL\"", "\"GOODS_VERSION_V2\"", "Trial", "2"},
    {100, "\"LEVEL_BASIC\"", "\"GOODS_VERSION_V2\"", "Plus", "2"},
    {100, "\"LEVEL_INTERMEDIATE\"", "\"GOODS_VERSION_V2\"", "Pro", "2"},
    {100, "\"LEVEL_ADVANCED\"", "\"GOODS_VERSION_V2\"", "Max", "2"},
    {100, "\"LEVEL_STANDARD\"", "\"GOODS_VERSION_V2\"", "Ultra", "2"},
    {100, "\"LEVEL_STANDARD\"", "2", "Ultra", "2"},
    {100, "\"LEVEL_ADVANCED\"", "\"GOODS_VERSION_V3\"", "Advanced", "3"},
    {100, "\"LEVEL_ADVANCED\"", "\"GOODS_VERSION_X\\n\"", "Advanced", "X"},
    {100, "\"LEVEL_PREMIUM\"", "null", "Premium", NULL},
    {100, "\"LEVEL_ULTRA_MAX\"", "null", "Ultra Max", NULL},
    {100, "\"presto\"", "null", "Presto", NULL},
    {100, "\"LEVEL_A\\u0007B\\u202e\"", "null", "A B", NULL},
    {100, "\"LEVEL_\"", "null", NULL, NULL},
    {100, "\"LEVEL_UNSPECIFIED\"", "\"GOODS_VERSION_V1\"", NULL, "1"},
    {100, "\"LEVEL_BASIC\"", "[2]", "Moderato", NULL},
    {100, "\"LEVEL_BASIC\"", "1e308", "Basic", "1e308"},
    {100, "null", "null", NULL, NULL},
    /* Guessed from the limits, because there is neither a level nor a version. */
    {1024, "null", "null", "Andante", NULL},
    {2048, "\"\"", "null", "Moderato", NULL},
    {7168, "17", "null", "Allegretto", NULL},
    {2048, "\"LEVEL_UNSPECIFIED\"", "null", NULL, NULL},
    {1024, "\"LEVEL_STANDARD\"", "null", "Vivace", NULL},
    {2048, "null", "\"GOODS_VERSION_V2\"", NULL, "2"},
};

static void test_plans(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(plans); i++) {
        g_autofree char *members =
            g_strdup_printf(",\"user\":{\"membership\":{\"level\":%s}},\"version\":%s",
                            plans[i].level, plans[i].version);
        autoptr(snapshot) snapshot = read_answer(plans[i].weekly_limit, members);

        g_test_message("%s", members);
        g_assert_cmpstr(snapshot->plan, ==, plans[i].plan);
        g_assert_cmpstr(snapshot->plan_version, ==, plans[i].plan_version);
    }
}

/* All plans of January 2026 had 200 requests in 5 hours; web answers are never guessed from. */
static void test_no_guess(void)
{
    static const char *const answers[] = {
        "{\"usage\":{\"limit\":2048,\"used\":1}}",
        "{\"usage\":{\"limit\":2048,\"used\":1},\"limits\":[{\"duration\":5,\"timeUnit\":\"HOUR\","
        "\"limit\":100,\"used\":1}]}",
        "{\"usages\":[{\"scope\":\"FEATURE_CODING\",\"detail\":{\"limit\":2048,\"used\":1},"
        "\"limits\":[{\"duration\":5,\"timeUnit\":\"HOUR\",\"limit\":200,\"used\":1}]}]}",
    };

    for (gsize i = 0; i < G_N_ELEMENTS(answers); i++) {
        autoptr(json) usages = parse_json(answers[i]);
        autoptr(snapshot) snapshot = read_answers(usages, NULL, NULL);

        g_test_message("%s", answers[i]);
        g_assert_null(snapshot->plan);
    }
}

static void test_plan_of_wrong_types(void)
{
    static const char *const members[] = {"", ",\"user\":[]", ",\"user\":{\"membership\":7}"};

    for (gsize i = 0; i < G_N_ELEMENTS(members); i++) {
        autoptr(snapshot) snapshot = read_answer(100, members[i]);
        g_assert_null(snapshot->plan);
    }
}

/* A known name is used before the level, and a known version if the usage has none. */
static void test_words_go_first(void)
{
    static const struct {
        const char *name, *known_version;
        const char *version; /* JSON */
        const char *plan, *plan_version;
    } cases[] = {
        {"Pro", "2", "null", "Pro", "2"},
        {"Presto", NULL, "\"GOODS_VERSION_V1\"", "Presto", "1"},
        {NULL, "2", "null", "Plus", "2"},
        {NULL, NULL, "\"GOODS_VERSION_V2\"", "Plus", "2"},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *text = g_strdup_printf(
            "{" COUNTS ",\"user\":{\"membership\":{\"level\":\"LEVEL_BASIC\"}},\"version\":%s}",
            2048, cases[i].version);
        autoptr(json) usages = parse_json(text);
        autoclear(plan) known = {g_strdup(cases[i].name), g_strdup(cases[i].known_version)};
        autoptr(snapshot) snapshot = read_answers(usages, NULL, &known);

        g_assert_cmpstr(snapshot->plan, ==, cases[i].plan);
        g_assert_cmpstr(snapshot->plan_version, ==, cases[i].plan_version);
    }
}

/* The two services that name the plan. */
static const struct words {
    bool (*read)(const struct json *, struct plan *);
    const char *answer;
    const char *name, *version;
} words[] = {
    {plan_read_me, "{\"user_level_name\":\"Pro\",\"goods_version\":2}", "Pro", "2"},
    {plan_read_me, "{\"user_level_name\":\"Allegro\",\"goods_version\":\"1\"}", "Allegro", "1"},
    {plan_read_me, "{\"code\":0,\"data\":{\"user_level_name\":\"Pro\"}}", "Pro", "2"},
    {plan_read_me, "{\"code\":7,\"data\":{\"user_level_name\":\"Pro\"}}", NULL, NULL},
    {plan_read_me, "{\"user_level_name\":\"Presto\"}", "Presto", NULL},
    {plan_read_me, "{\"user_level_name\":\"Adagio\"}", "Adagio", NULL},
    {plan_read_me, "{\"user_level_name\":\" <b>\\u202eMax\\n \"}", "<b> Max", NULL},
    {plan_read_me, "{\"user_level_name\":\" \",\"goods_version\":2}", NULL, "2"},
    {plan_read_me, "{\"user_level_name\":7,\"goods_version\":{}}", NULL, NULL},
    {plan_read_me, "{\"nickname\":\"Pro\",\"email\":\"pro@example.com\"}", NULL, NULL},
    {plan_read_me, "[]", NULL, NULL},
    {plan_read_subscription, "{\"subscription\":{\"goods\":{\"title\":\"Moderato\"}}}", "Moderato",
     "1"},
    {plan_read_subscription,
     "{\"subscription\":{\"active\":true,\"status\":\"CANCELED\",\"goods\":{\"title\":\"Pro\"}}}",
     "Pro", "2"},
    {plan_read_subscription, "{\"subscription\":{\"active\":false,\"goods\":{\"title\":\"Pro\"}}}",
     NULL, NULL},
    {plan_read_subscription,
     "{\"subscription\":{\"status\":\"SUBSCRIPTION_STATUS_ACTIVE\",\"goods\":{\"title\":\"Max\"}}}",
     "Max", "2"},
    {plan_read_subscription,
     "{\"subscription\":{\"status\":\"STATUS_INACTIVE\",\"goods\":{\"title\":\"Max\"}}}", NULL,
     NULL},
    {plan_read_subscription, "{\"subscription\":[],\"goods\":{\"title\":\"Max\"}}", NULL, NULL},
};

static void test_words(void)
{
    for (gsize i = 0; i < G_N_ELEMENTS(words); i++) {
        autoptr(json) answer = parse_json(words[i].answer);
        autoclear(plan) plan = {0};
        bool is_told = words[i].read(answer, &plan);

        g_test_message("%s", words[i].answer);
        g_assert_cmpstr(plan.name, ==, words[i].name);
        g_assert_cmpstr(plan.version, ==, words[i].version);
        g_assert_true(is_told == (words[i].name || words[i].version));
    }
}

static void test_long_name(void)
{
    g_autofree char *name = g_strnfill(1000 * 1000, 'P');
    g_autofree char *text = g_strdup_printf("{\"user_level_name\":\"%s\"}", name);
    autoptr(json) me = parse_json(text);
    autoclear(plan) plan = {0};

    g_assert_true(plan_read_me(me, &plan));
    g_assert_cmpint(g_utf8_strlen(plan.name, -1), <=, 49); /* 48 and "…" */
}

static void test_level(void)
{
    static const struct {
        const char *usages;
        const char *level;
    } levels[] = {
        {"{\"user\":{\"membership\":{\"level\":\"LEVEL_BASIC\"}},\"version\":\"GOODS_VERSION_V2\"}",
         "LEVEL_BASIC/GOODS_VERSION_V2"},
        {"{\"code\":0,\"data\":{\"user\":{\"membership\":{\"level\":\"LEVEL_BASIC\"}}}}",
         "LEVEL_BASIC"},
        {"{\"version\":\"GOODS_VERSION_V2\"}", "/GOODS_VERSION_V2"},
        {"{\"user\":{\"membership\":{\"level\":\"\\n\"}}}", NULL},
        {"{\"user\":{\"membership\":{\"level\":7}},\"version\":2}", NULL},
        {"{}", NULL},
        {"[]", NULL},
    };

    for (gsize i = 0; i < G_N_ELEMENTS(levels); i++) {
        autoptr(json) usages = parse_json(levels[i].usages);
        g_autofree char *level = plan_level(usages);

        g_assert_cmpstr(level, ==, levels[i].level);
    }
    g_assert_null(plan_level(NULL));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/kimi/account/plans", test_plans);
    g_test_add_func("/kimi/account/no-guess", test_no_guess);
    g_test_add_func("/kimi/account/plan-of-wrong-types", test_plan_of_wrong_types);
    g_test_add_func("/kimi/account/words-go-first", test_words_go_first);
    g_test_add_func("/kimi/account/words", test_words);
    g_test_add_func("/kimi/account/long-name", test_long_name);
    g_test_add_func("/kimi/account/level", test_level);
    return g_test_run();
}
