/* Other programs' TOML: nothing in a string, an array or a comment is taken for a key. */
#include "fuzz.h"
#include "plugins/support/toml.h"

#include <string.h>

static void check_strings(const struct toml *toml, const char *table)
{
    g_auto(GStrv) names = toml_names(toml, table, NULL);

    for (char **name = names; *name; name++) {
        const char *value = toml_string(toml, table, *name, NULL);
        g_assert_true(toml_has(toml, table, *name, NULL));
        g_assert_true(g_utf8_validate(*name, -1, NULL));
        g_assert_true(!value || g_utf8_validate(value, -1, NULL));
    }
}

/* Puts the text into a value, with these two ends, between two keys. */
static void check_wrapped(const char *begin, const char *text, const char *end)
{
    g_autofree char *whole = g_strconcat("[t]\na = ", begin, text, end, "\nz = 'z'\n", NULL);
    autoptr(toml) toml = toml_parse(whole, strlen(whole));
    g_auto(GStrv) names = toml_names(toml, "t", NULL);
    g_autofree char *joined = g_strjoinv(" ", names);

    g_assert_cmpstr(joined, ==, "a z");
    g_assert_cmpstr(toml_string(toml, "t", "z", NULL), ==, "z");
    check_strings(toml, "t");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    g_autofree char *text = fuzz_text(data, size);
    autoptr(toml) toml = toml_parse((const char *)data, size);

    check_strings(toml, "providers");
    check_strings(toml, "a");
    /* A quote at its end would become part of the closing ones. */
    if (strstr(text, "'''") || g_str_has_suffix(text, "'") || !g_utf8_validate(text, -1, NULL))
        return 0;
    check_wrapped("'''", text, "'''");
    check_wrapped("[\n# ]\n{b = ['''", text, "''']}\n]");
    if (!strchr(text, '\n'))
        check_wrapped("1 # ", text, "");
    return 0;
}
