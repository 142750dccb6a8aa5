/* usageline-template(7): each example in the page draws what the page says, and each placeholder
 * and condition has one. */
#include "common/draw/markup.h"
#include "common/draw/template.h"
#include "common/draw/template_internal.h"
#include "tests/common/fixtures.h"

#include <string.h>

#define PAGE  TEST_DATA_DIR "/../../docs/usageline-template.7"
#define ARROW "  \\(->  "
#define MARK  ".\\\" examples: " /* what is different in the next block of examples */

struct example {
    char *template, *drawn;
    char *changes; /* words; "" if nothing */
};

static void example_free(struct example *example)
{
    g_free(example->template);
    g_free(example->drawn);
    g_free(example->changes);
    g_free(example);
}

static void add_window(struct snapshot *snapshot, const char *id, const char *label, double percent,
                       gint64 resets_at, gint64 minutes)
{
    struct window *window = snapshot_add_window(snapshot, id, label);

    window->used_percent = percent;
    window->resets_at = resets_at;
    window->minutes = minutes;
}

/* The plan in the examples of the page. */
static struct snapshot *page_snapshot(void)
{
    struct snapshot *snapshot = fixture_snapshot();
    const gint64 february = G_GINT64_CONSTANT(1769904000);
    struct window *day;

    add_window(snapshot, WINDOW_MONTHLY, "Monthly", 38, february, 31 * 24 * 60);
    window_add_share(snapshot->windows->pdata[2], "code", "Code", 25);
    add_window(snapshot, "window_1d", "1-day", 22, G_GINT64_CONSTANT(1767765600), 24 * 60);
    day = snapshot->windows->pdata[snapshot->windows->len - 1];
    day->used = 11;
    day->limit = 50;
    return snapshot;
}

/* Replaces roff's marks by what a reader sees. The caller frees it. */
static char *unmark_roff(const char *roff)
{
    static const struct {
        const char *mark, *meaning;
    } marks[] = {
        {"\\(pc", "·"},     {"\\(en", "–"},     {"\\(->", "→"}, {"\\(ua", "↑"},  {"\\(da", "↓"},
        {"\\[u2586]", "━"}, {"\\[u2581]", "─"}, {"\\-", "-"},   {"\\(rs", "\\"},
    };
    char *text = g_strdup(roff);

    for (gsize i = 0; i < G_N_ELEMENTS(marks); i++) {
        g_auto(GStrv) pieces = g_strsplit(text, marks[i].mark, -1);

        g_free(text);
        text = g_strjoinv(marks[i].meaning, pieces);
    }
    return text;
}

static void add_example(GPtrArray *examples, const char *line, const char *changes)
{
    const char *arrow = strstr(line, ARROW);
    struct example *example;

    if (arrow) {
        g_autofree char *template = g_strndup(line, (gsize)(arrow - line));

        example = g_new0(struct example, 1);
        example->template = unmark_roff(template);
        example->drawn = unmark_roff(arrow + strlen(ARROW));
        example->changes = g_strdup(changes);
        g_ptr_array_add(examples, example);
    } else if (examples->len > 0 && g_str_has_prefix(line, "  ")) {
        /* A further line of what the example above draws. */
        g_autofree char *text = unmark_roff(line + 2);
        example = examples->pdata[examples->len - 1];
        g_autofree char *before = example->drawn;
        example->drawn = g_strconcat(before, "\n", text, NULL);
    }
}

static GPtrArray *read_examples(void)
{
    GPtrArray *examples = g_ptr_array_new_with_free_func((GDestroyNotify)example_free);
    g_autofree char *page = NULL;
    const char *changes = "";
    bool is_within = false;

    g_assert_true(g_file_get_contents(PAGE, &page, NULL, NULL));
    g_auto(GStrv) lines = g_strsplit(page, "\n", -1);
    for (char **line = lines; *line; line++) {
        if (g_str_has_prefix(*line, MARK)) {
            changes = *line + strlen(MARK);
        } else if (strcmp(*line, ".EX") == 0) {
            is_within = true;
        } else if (strcmp(*line, ".EE") == 0) {
            is_within = false;
            changes = "";
        } else if (is_within) {
            add_example(examples, *line, changes);
        }
    }
    return examples;
}

static void assert_draws(const struct example *example)
{
    const bool fails = strstr(example->changes, "stale") != NULL;
    const bool is_late = strstr(example->changes, "last-minute") != NULL;
    const struct view_settings settings = {
        .thresholds = THRESHOLDS_DEFAULT,
        .interval = FIXTURE_INTERVAL,
        .window = strstr(example->changes, "window=weekly") ? WINDOW_WEEKLY : NULL,
        .remaining = strstr(example->changes, "remaining") != NULL,
        .is_refreshing = strstr(example->changes, "refreshing") != NULL,
    };
    autoclear(stored) stored =
        fixture_stored(page_snapshot(), USAGE_ERROR_NETWORK, fails ? "no answer" : NULL);
    const struct window *session = snapshot_window(stored.snapshot, WINDOW_SESSION);
    autoptr(view) view =
        view_new("kimi", &stored, &settings, is_late ? session->resets_at - 42 : FIXTURE_NOW);
    autoptr(canvas) canvas = canvas_new();

    template_draw(fixture_template(example->template), view, canvas);
    g_autofree char *text = markup_render(canvas, &markup_plain, NULL);
    g_autofree char *seen = g_strconcat(example->template, " -> ", text, NULL);
    g_autofree char *said = g_strconcat(example->template, " -> ", example->drawn, NULL);
    g_assert_cmpstr(seen, ==, said);
}

static void test_each_example_draws_what_the_page_says(void)
{
    g_autoptr(GPtrArray) examples = read_examples();

    g_assert_cmpuint(examples->len, >, 50);
    for (guint i = 0; i < examples->len; i++)
        assert_draws(examples->pdata[i]);
}

/* Whether a template of the page contains this, followed by one of the endings. */
static bool is_shown(const GPtrArray *examples, const char *begin, const char *name,
                     const char *endings)
{
    g_autofree char *part = g_strconcat(begin, name, NULL);

    for (guint i = 0; i < examples->len; i++) {
        const struct example *example = examples->pdata[i];
        for (const char *at = strstr(example->template, part); at; at = strstr(at + 1, part)) {
            if (strchr(endings, at[strlen(part)]) || endings[0] == '\0')
                return true;
        }
    }
    return false;
}

static void assert_shown(const GPtrArray *examples, const char *begin, const char *name,
                         const char *endings)
{
    if (!is_shown(examples, begin, name, endings))
        g_error("the page has no example of %s%s", begin, name);
}

static void test_each_placeholder_has_an_example(void)
{
    g_autoptr(GPtrArray) examples = read_examples();
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    static const char *const windows[] = {"session_",      "weekly_", "monthly_",
                                          "monthly_code_", "top_",    "window_1d_"};

    placeholder_add_names("", names);
    g_assert_cmpuint(names->len, >, 50);
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        /* The page shows the fields of windows for the session only. */
        if (!strchr(name, '_') || g_str_has_prefix(name, "session_"))
            assert_shown(examples, "{", name, ":}");
    }
    for (gsize i = 0; i < G_N_ELEMENTS(windows); i++)
        assert_shown(examples, "{", windows[i], "");
    assert_shown(examples, "{session_", "bar:", "");
    assert_shown(examples, "{session_", "reset:s", "}");
    assert_shown(examples, "{session_", "runs_out:s", "}");
}

static void test_each_condition_has_an_example(void)
{
    g_autoptr(GPtrArray) examples = read_examples();
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

    condition_add_names(names);
    g_assert_cmpuint(names->len, >, 25);
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        const char *severity = strrchr(name, '_');
        /* The page shows the severities of windows for the session only. */
        if (!severity || strcmp(severity, "_code") == 0 || g_str_has_prefix(name, "session_"))
            assert_shown(examples, "{?", name, " |");
    }
    assert_shown(examples, "{?", "window_1d", " ");
    assert_shown(examples, "{?", "plan", " ");
    assert_shown(examples, "{?session_", "runs_out", " ");
}

static void test_each_character_has_an_example(void)
{
    g_autoptr(GPtrArray) examples = read_examples();

    assert_shown(examples, "{{", "", "");
    assert_shown(examples, "}}", "", "");
    assert_shown(examples, "||", "", "");
    assert_shown(examples, "\\n", "", "");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/page/each-example-draws-what-the-page-says",
                    test_each_example_draws_what_the_page_says);
    g_test_add_func("/page/each-placeholder-has-an-example", test_each_placeholder_has_an_example);
    g_test_add_func("/page/each-condition-has-an-example", test_each_condition_has_an_example);
    g_test_add_func("/page/each-character-has-an-example", test_each_character_has_an_example);
    return g_test_run();
}
