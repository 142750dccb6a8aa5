#include "common/base/i18n.h"

#include <glib.h>
#include <locale.h>
#include <stdbool.h>
#include <string.h>

#define DOMAIN "usageline"

/* The language of messages, chosen as in gettext(3). */
static const char *i18n_wanted_language(void)
{
    static const char *const variables[] = {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"};

    for (gsize i = 0; i < G_N_ELEMENTS(variables); i++) {
        const char *value = g_getenv(variables[i]);
        if (value && value[0] != '\0')
            return value;
    }
    return "C";
}

static bool i18n_is_english(const char *language)
{
    return strcmp(language, "C") == 0 || strcmp(language, "POSIX") == 0 ||
           g_str_has_prefix(language, "C.") || g_str_has_prefix(language, "en");
}

void i18n_start(const char *locale_folder)
{
    g_autofree char *program = NULL;

    if (i18n_is_english(i18n_wanted_language()))
        return;
    program = g_file_read_link("/proc/self/exe", NULL);
    if (!program)
        return;
    g_autofree char *folder = g_path_get_dirname(program);
    g_autofree char *translations = g_canonicalize_filename(locale_folder, folder);
    /* Not LC_NUMERIC: JSON and templates need a decimal point. */
    setlocale(LC_CTYPE, "");
    setlocale(LC_MESSAGES, "");
    bindtextdomain(DOMAIN, translations);
    bind_textdomain_codeset(DOMAIN, "UTF-8");
    textdomain(DOMAIN);
}
