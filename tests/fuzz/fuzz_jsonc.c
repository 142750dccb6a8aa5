/* A bar's configuration in JSON with comments: a module can be added anywhere in the user's text
 * without any other change, and removed again. */
#include "fuzz.h"
#include "tests/common/setup/setup_fixture.h"
#include "waybar/setup/jsonc.h"
#include "waybar/setup/jsonc_edit.h"

#define NAME        "custom/new"
#define MAX_PLACES  6 /* of one array or object */
#define MAX_HOLDERS 8

/* The array or object with this number, counted from the root. */
static const struct json *find_holder(const struct json *json, guint *number)
{
    const struct json *found = NULL;

    if (json_type(json) != JSON_ARRAY && json_type(json) != JSON_OBJECT)
        return NULL;
    if (*number == 0)
        return json;
    --*number;
    for (guint i = 0; !found && i < json_length(json); i++)
        found = find_holder(json_at(json, i), number);
    return found;
}

/* A comma at the end may be left over or missing: it means nothing. */
static void check_removal(struct setup_plan *plan, const char *text, const char *with, guint number,
                          guint index)
{
    autoptr(json) root = jsonc_parse(with, NULL);
    struct setup_file *file = setup_fixture_add(plan, with);

    g_assert_nonnull(root);
    jsonc_remove(file, find_holder(root, &number), index, 1);
    g_autofree char *without = setup_file_result(file);
    g_assert_true(jsonc_differs_only_by(text, without, NAME, NULL));
    g_assert_true(setup_texts_are_alike(text, without));
}

static void check_place(const char *text, const struct json *holder, guint number, guint index)
{
    autoptr(setup_plan) plan = setup_plan_new();
    struct setup_file *file = setup_fixture_add(plan, text);

    jsonc_insert(file, holder, index,
                 json_type(holder) == JSON_ARRAY ? "\"" NAME "\""
                                                 : "\"" NAME "\": {\n    \"a\": 1\n}");
    g_autofree char *with = setup_file_result(file);
    g_assert_true(jsonc_differs_only_by(text, with, NAME, NULL));
    check_removal(plan, text, with, number, index);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = fuzz_text(data, size);
    autoptr(json) root = jsonc_parse(text, NULL);

    for (guint i = 0; root && i < MAX_HOLDERS; i++) {
        guint number = i;
        const struct json *holder = find_holder(root, &number);

        for (guint j = 0; holder && j <= MIN(json_length(holder), MAX_PLACES); j++)
            check_place(text, holder, i, j);
    }
    return 0;
}
