#include "waybar/setup/waybar_import.h"

#include <string.h>

#define KEYWORD "@import"
#define SPACE   " \t\r\n\f"

/* The length of the comment, the string or the character that the text begins with. */
static gsize import_token_length(const char *css)
{
    const char *end;

    if (g_str_has_prefix(css, "/*")) {
        end = strstr(css + 2, "*/");
        return end ? (gsize)(end - css) + 2 : strlen(css);
    }
    if (*css != '"' && *css != '\'')
        return 1;
    for (end = css + 1; *end != '\0' && *end != '\n' && *end != *css; end++) {
        if (*end == '\\' && end[1] != '\0')
            end++;
    }
    return (gsize)(end - css) + (*end == *css);
}

static const char *import_skip_space(const char *css)
{
    for (;;) {
        css += strspn(css, SPACE);
        if (!g_str_has_prefix(css, "/*"))
            return css;
        css += import_token_length(css);
    }
}

/* The file in what follows the keyword: "file", 'file', url(file) or url("file"). */
static char *import_file(const char *css)
{
    css = import_skip_space(css);
    if (g_ascii_strncasecmp(css, "url(", 4) == 0)
        css += 4 + strspn(css + 4, SPACE);
    if (*css != '"' && *css != '\'')
        return g_strndup(css, strcspn(css, SPACE ");"));
    return g_strndup(css + 1, strcspn(css + 1, *css == '"' ? "\"\n" : "'\n"));
}

static const char *import_skip_dots(const char *file)
{
    while (g_str_has_prefix(file, "./"))
        file += 1 + strspn(file + 1, "/");
    return file;
}

bool waybar_import_find(const char *css, gsize from, struct waybar_import *found)
{
    for (gsize at = from; css[at] != '\0'; at += import_token_length(css + at)) {
        if (g_ascii_strncasecmp(css + at, KEYWORD, strlen(KEYWORD)) != 0)
            continue;
        g_autofree char *file = import_file(css + at + strlen(KEYWORD));
        g_autofree char *name = g_path_get_basename(file);
        if (strcmp(name, WAYBAR_RULES) != 0)
            continue;
        found->begin = at;
        for (at += strlen(KEYWORD); css[at] != '\0' && !strchr(";{}", css[at]);)
            at += import_token_length(css + at);
        found->is_removable = css[at] == ';' && strcmp(import_skip_dots(file), WAYBAR_RULES) == 0;
        found->end = at + (css[at] == ';');
        return true;
    }
    return false;
}

bool waybar_imports(const char *css)
{
    struct waybar_import import;

    return waybar_import_find(css, 0, &import);
}
