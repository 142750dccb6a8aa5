#include "common/usage/choice.h"
#include "tests/common/fixtures.h"

#include <string.h>

#define FILE_NAME "cache/bars.view.json"

/* What a change sets. */
struct wish {
    const char *provider, *window;
    bool flipped;
};

static void apply_wish(struct choice *choice, gpointer data)
{
    const struct wish *wish = data;

    choice_clear(choice);
    choice->provider = g_strdup(wish->provider);
    choice->window = g_strdup(wish->window);
    choice->flipped = wish->flipped;
}

static void store_choice(const struct sandbox *sandbox, const char *bar, const char *instance,
                         struct wish wish)
{
    g_autoptr(GError) error = NULL;

    g_assert_true(choice_change(sandbox->paths, bar, instance, apply_wish, &wish, &error));
    g_assert_no_error(error);
}

static void assert_choice(const struct sandbox *sandbox, const char *bar, const char *instance,
                          struct wish wish)
{
    autoclear(choice) choice = {0};

    choice_load(sandbox->paths, bar, instance, &choice);
    g_assert_cmpstr(choice.provider, ==, wish.provider);
    g_assert_cmpstr(choice.window, ==, wish.window);
    g_assert_cmpint(choice.flipped, ==, wish.flipped);
}

static const struct wish nothing = {0};

static void test_nothing_is_chosen_at_first(struct sandbox *sandbox)
{
    assert_choice(sandbox, "polybar", NULL, nothing);
    assert_choice(sandbox, "polybar", "DP-1", nothing);
}

static void test_instances_are_apart(struct sandbox *sandbox)
{
    const struct wish one = {.provider = "kimi", .window = "weekly"}, two = {.flipped = true};

    store_choice(sandbox, "polybar", "DP-1", one);
    store_choice(sandbox, "polybar", "DP-2", two);
    assert_choice(sandbox, "polybar", "DP-1", one);
    assert_choice(sandbox, "polybar", "DP-2", two);
    assert_choice(sandbox, "polybar", "DP-3", nothing);
    assert_choice(sandbox, "waybar", "DP-1", nothing);
}

static void test_without_an_instance_it_is_for_all(struct sandbox *sandbox)
{
    const struct wish one = {.window = "weekly"}, all = {.window = "session"};

    store_choice(sandbox, "polybar", "DP-1", one);
    store_choice(sandbox, "waybar", "DP-1", one);
    store_choice(sandbox, "polybar", NULL, all);
    assert_choice(sandbox, "polybar", "DP-1", all);
    assert_choice(sandbox, "polybar", "", all);
    assert_choice(sandbox, "waybar", "DP-1", one);
    store_choice(sandbox, "polybar", "DP-1", one);
    assert_choice(sandbox, "polybar", "DP-1", one);
    assert_choice(sandbox, "polybar", "DP-2", all);
}

static void test_rubbish_is_no_choice_and_is_replaced(struct sandbox *sandbox)
{
    static const char *const rubbish[] = {
        "",
        "{",
        "null",
        "[]",
        "{\"choices\": 3}",
        "{\"choices\": {\"bar\": \"polybar\", \"window\": \"weekly\"}}",
        "{\"choices\": [3, null, [], {}, \"polybar\"]}",
        "{\"choices\": [{\"bar\": 3, \"window\": \"weekly\"}]}",
        "{\"choices\": [{\"bar\": \"polybar\", \"instance\": 3, \"provider\": \"../a\", "
        "\"window\": {}, \"flipped\": \"yes\"}]}",
    };
    const struct wish wish = {.window = "weekly"};

    for (gsize i = 0; i < G_N_ELEMENTS(rubbish); i++) {
        sandbox_write(sandbox, FILE_NAME, rubbish[i]);
        assert_choice(sandbox, "polybar", NULL, nothing);
        store_choice(sandbox, "polybar", NULL, wish);
        assert_choice(sandbox, "polybar", NULL, wish);
    }
}

static void test_a_huge_file_is_no_choice(struct sandbox *sandbox)
{
    g_autofree char *spaces = g_strnfill(10 * 1000 * 1000, ' ');
    g_autofree char *text = g_strconcat(
        "{\"choices\": [{\"bar\": \"polybar\", \"window\": \"weekly\"}]}", spaces, NULL);

    sandbox_write(sandbox, FILE_NAME, text);
    assert_choice(sandbox, "polybar", NULL, nothing);
    store_choice(sandbox, "polybar", NULL, (struct wish){.flipped = true});
    assert_choice(sandbox, "polybar", NULL, (struct wish){.flipped = true});
}

static void test_only_so_many_are_kept(struct sandbox *sandbox)
{
    const struct wish wish = {.window = "weekly"};

    for (int i = 0; i < 200; i++) {
        g_autofree char *instance = g_strdup_printf("output-%d", i);
        store_choice(sandbox, "polybar", instance, wish);
    }
    assert_choice(sandbox, "polybar", "output-199", wish);
    assert_choice(sandbox, "polybar", "output-136", wish);
    assert_choice(sandbox, "polybar", "output-135", nothing);
    g_autofree char *text = sandbox_read(sandbox, FILE_NAME);
    g_assert_cmpuint(strlen(text), <, 64 * 1024);
}

static void test_long_names_do_not_cost_the_others_their_choice(struct sandbox *sandbox)
{
    struct wish wish = {.window = "weekly"};
    g_autofree char *name = g_strnfill(100 * 1000, 'x');
    g_autoptr(GError) error = NULL;

    store_choice(sandbox, "polybar", "DP-1", wish);
    g_assert_false(choice_change(sandbox->paths, "polybar", name, apply_wish, &wish, &error));
    g_assert_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG);
    assert_choice(sandbox, "polybar", "DP-1", wish);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    sandbox_add_test("/choice/nothing-is-chosen-at-first", test_nothing_is_chosen_at_first);
    sandbox_add_test("/choice/instances-are-apart", test_instances_are_apart);
    sandbox_add_test("/choice/without-an-instance-it-is-for-all",
                     test_without_an_instance_it_is_for_all);
    sandbox_add_test("/choice/rubbish-is-no-choice-and-is-replaced",
                     test_rubbish_is_no_choice_and_is_replaced);
    sandbox_add_test("/choice/a-huge-file-is-no-choice", test_a_huge_file_is_no_choice);
    sandbox_add_test("/choice/only-so-many-are-kept", test_only_so_many_are_kept);
    sandbox_add_test("/choice/long-names-do-not-cost-the-others-their-choice",
                     test_long_names_do_not_cost_the_others_their_choice);
    return g_test_run();
}
