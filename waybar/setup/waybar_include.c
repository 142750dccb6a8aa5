#include "waybar/setup/waybar_include.h"

#include "common/base/paths.h"
#include "common/setup/backup.h"
#include "common/setup/place.h"

#include <fnmatch.h>
#include <limits.h>
#include <string.h>
#include <unistd.h>
#include <wordexp.h>

#define ENTRY_COST 64 /* bytes, see setup_plan_spend */
#define NAME_CHARS G_CSET_A_2_Z G_CSET_a_2_z "0123456789_"

/* What a pattern consists of, and what stands for it while wordexp must not see it: that would look
 * through any number of folders. */
static const char include_magic[] = "*?[", include_hidden[] = "\1\2\3";

/* Where Waybar looks for a relative name: where it was started, then where its configuration may
 * be.
 */
static const struct {
    const char *variable; /* NULL: none; a folder counts only if it is set */
    const char *folder;   /* within the variable's */
} include_folders[] = {
    {NULL, ""},
    {"WAYBAR_CONFIG_DIR", "/"},
    {"XDG_CONFIG_HOME", "/waybar/"},
    {"HOME", "/.config/waybar/"},
    {"HOME", "/waybar/"},
    {NULL, "/etc/xdg/waybar/"},
};

struct include_search {
    struct setup_plan *plan;
    GPtrArray *found;
};

/* The length of "$NAME" or "${NAME}"; 0 if it is anything else that begins with "$". */
static gsize include_variable_length(const char *text)
{
    bool has_braces = text[1] == '{';
    gsize begin = has_braces ? 2 : 1;
    gsize length = strspn(text + begin, NAME_CHARS);

    if (length == 0 || (has_braces && text[begin + length] != '}'))
        return 0;
    return begin + length + has_braces;
}

/* Appends the value of "$NAME" or "${NAME}" so that wordexp takes it as it is. */
static void include_append_variable(GString *hidden, char **environment, const char *text,
                                    char quote)
{
    gsize begin = text[1] == '{' ? 2 : 1;
    g_autofree char *name = g_strndup(text + begin, strspn(text + begin, NAME_CHARS));
    const char *value = setup_getenv(environment, name);

    for (; value && *value != '\0'; value++) {
        if (quote == '\0' || strchr("\"\\$`", *value))
            g_string_append_c(hidden, '\\');
        g_string_append_c(hidden, *value);
    }
}

/* The length of what begins here: a variable, an escaped character, or one character. 0 if it is
 * for a shell alone. */
static gsize include_part_length(const char *at, char quote)
{
    if (g_ascii_iscntrl(*at))
        return 0;
    if (quote == '\'')
        return 1;
    if (*at == '$')
        return include_variable_length(at);
    return *at == '\\' && at[1] != '\0' ? 2 : 1;
}

/* The name with the values of its variables and its patterns hidden. NULL if a part of it is for a
 * shell alone. */
static char *include_hide_patterns(char **environment, const char *name)
{
    g_autoptr(GString) hidden = g_string_new(NULL);
    char quote = '\0';
    gsize length;

    for (const char *at = name; *at != '\0'; at += length) {
        const char *magic = quote == '\0' ? strchr(include_magic, *at) : NULL;

        length = include_part_length(at, quote);
        if (length == 0)
            return NULL;
        if (*at == '$' && quote != '\'')
            include_append_variable(hidden, environment, at, quote);
        else if (magic)
            g_string_append_c(hidden, include_hidden[magic - include_magic]);
        else
            g_string_append_len(hidden, at, (gssize)length);
        if (*at == quote)
            quote = '\0';
        else if (quote == '\0' && (*at == '"' || *at == '\''))
            quote = *at;
    }
    return g_strdup(hidden->str);
}

/* The pattern of one name of a path, as fnmatch has it. */
static char *include_show_pattern(const char *hidden)
{
    GString *pattern = g_string_new(NULL);

    for (; *hidden != '\0'; hidden++) {
        const char *found = strchr(include_hidden, *hidden);

        if (!found && strchr("*?[\\", *hidden))
            g_string_append_c(pattern, '\\');
        g_string_append_c(pattern, found ? include_magic[found - include_hidden] : *hidden);
    }
    return g_string_free(pattern, FALSE);
}

static void include_free(struct waybar_included *included)
{
    g_free(included->path);
    g_free(included);
}

static void include_search_path(struct include_search *search, const char *folder,
                                const char *rest);

/* Goes on with what follows this name, which the pattern has found, in the path. */
static void include_search_below(struct include_search *search, const char *folder,
                                 const char *name, const char *pattern, const char *rest)
{
    g_autofree char *path = g_strconcat(folder, "/", name, NULL);
    g_autofree char *copy = g_strconcat(name, SETUP_COPY_MARK "backup", NULL);
    struct waybar_included *included;

    if (*rest == '/') {
        include_search_path(search, path, rest + strspn(rest, "/"));
    } else if (access(path, F_OK) == 0) {
        included = g_new0(struct waybar_included, 1);
        included->path = g_steal_pointer(&path);
        included->has_copies = fnmatch(pattern, copy, FNM_PERIOD) == 0;
        g_ptr_array_add(search->found, included);
    }
}

static void include_search_path(struct include_search *search, const char *folder, const char *rest)
{
    g_autofree char *name = g_strndup(rest, strcspn(rest, "/"));
    g_autofree char *pattern = include_show_pattern(name);
    g_autofree char *path = g_strconcat(folder, "/", NULL);
    g_autoptr(GDir) dir = NULL;
    const char *entry;

    rest += strlen(name);
    if (!strpbrk(name, include_hidden)) {
        include_search_below(search, folder, name, pattern, rest);
        return;
    }
    dir = g_dir_open(path, 0, NULL);
    while (dir && setup_plan_spend(search->plan, ENTRY_COST) && (entry = g_dir_read_name(dir))) {
        if (fnmatch(pattern, entry, FNM_PERIOD) == 0)
            include_search_below(search, folder, entry, pattern, rest);
    }
}

static int include_compare(gconstpointer a, gconstpointer b)
{
    const struct waybar_included *const *left = a, *const *right = b;

    return strcoll((*left)->path, (*right)->path);
}

static void include_add_word(struct setup_plan *plan, const char *word, GPtrArray *found)
{
    g_autofree char *home = paths_home();
    struct include_search search = {plan, g_ptr_array_new()};

    if (word[0] == '/')
        include_search_path(&search, "", word + strspn(word, "/"));
    else
        include_search_path(&search, home, word);
    g_ptr_array_sort(search.found, include_compare);
    g_ptr_array_extend_and_steal(found, search.found);
}

static void include_expand(struct setup_plan *plan, char **environment, const char *text,
                           GPtrArray *found)
{
    g_autofree char *hidden = include_hide_patterns(environment, text);
    wordexp_t words;

    if (!hidden || wordexp(hidden, &words, WRDE_NOCMD) != 0)
        return;
    for (gsize i = 0; i < words.we_wordc; i++) {
        if (words.we_wordv[i][0] != '\0')
            include_add_word(plan, words.we_wordv[i], found);
    }
    wordfree(&words);
}

GPtrArray *waybar_include_find(struct setup_plan *plan, char **environment, const char *name)
{
    gsize folders = g_path_is_absolute(name) ? 1 : G_N_ELEMENTS(include_folders);
    GPtrArray *found = g_ptr_array_new_with_free_func((GDestroyNotify)include_free);

    for (gsize i = 0; strlen(name) < PATH_MAX && found->len == 0 && i < folders; i++) {
        const char *variable = include_folders[i].variable;
        g_autofree char *text = g_strconcat(variable ? "$" : "", variable ? variable : "",
                                            include_folders[i].folder, name, NULL);
        if (!variable || setup_getenv(environment, variable))
            include_expand(plan, environment, text, found);
    }
    return found;
}
