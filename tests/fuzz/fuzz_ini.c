/* A bar's configuration in INI: a module can be added anywhere in the user's text without any other
 * change, and removed again. */
#include "common/setup/fit.h"
#include "common/setup/ini.h"
#include "fuzz.h"
#include "tests/common/setup/setup_fixture.h"

#include <string.h>

#define NAME    "fuzz/new"
#define SECTION "[" NAME "]\na = 1\nb = 2"

static void check_addition(struct setup_plan *plan, const char *text, const struct setup_file *file)
{
    g_autofree char *with = setup_file_result(file);
    g_autoptr(GArray) lines = ini_read(with);
    struct setup_file *changed = setup_fixture_add(plan, with);
    int header = ini_find_section(lines, NAME);

    g_assert_true(ini_differs_only_by(text, with, NAME, NAME));
    g_assert_cmpint(header, >=, 0);
    ini_remove(changed, lines, (guint)header);
    g_autoptr(GArray) fitted = setup_edits_fit(changed->edits, with, text);
    g_autofree char *without = setup_edits_apply(fitted, with);
    g_assert_cmpstr(text, ==, without);
}

/* No bar ends a line at it, and a file with one may be refused. */
static bool has_lone_return(const char *text)
{
    for (; (text = strchr(text, '\r')); text++) {
        if (text[1] != '\n')
            return true;
    }
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = fuzz_text(data, size);
    g_autoptr(GArray) lines = ini_read(text);
    autoptr(setup_plan) plan = setup_plan_new();
    struct setup_file *file = setup_fixture_add(plan, text);

    if (strstr(text, NAME) || has_lone_return(text))
        return 0;
    ini_append(file, lines, SECTION);
    check_addition(plan, text, file);
    for (guint i = 0; i < lines->len; i++) {
        if (ini_at(lines, i)->kind != INI_SECTION)
            continue;
        file = setup_fixture_add(plan, text);
        ini_insert_before(file, lines, i, SECTION);
        check_addition(plan, text, file);
        file = setup_fixture_add(plan, text);
        ini_insert_behind(file, lines, i, SECTION);
        check_addition(plan, text, file);
    }
    return 0;
}
