#include "waybar/setup/waybar_style.h"

#include "common/base/i18n.h"
#include "waybar/setup/waybar_css.h"
#include "waybar/setup/waybar_import.h"

#include <string.h>
#include <unistd.h>

#define IMPORT      "@import url(\"" WAYBAR_RULES "\");"
#define MIN_MODULES 3
#define PLAIN       G_CSET_a_2_z G_CSET_A_2_Z "0123456789/._-" /* needs no quotes in a shell */

/* Waybar reads only the first of these. */
static const struct setup_place style_places[] = {
    {"WAYBAR_CONFIG_DIR", NULL, "style.css", false},
    {"XDG_CONFIG_HOME", NULL, "waybar/style.css", false},
    {NULL, "~/.config", "waybar/style.css", false},
    {NULL, "~", "waybar/style.css", false},
    {NULL, "/etc/xdg", "waybar/style.css", true},
    {0},
};

/* Beside style.css; newer versions of Waybar read the one that the desktop prefers instead. */
static const char *const variants[] = {"style-light.css", "style-dark.css"};

struct setup_file *waybar_style_find(struct setup_plan *plan, const struct setup_request *request,
                                     GError **error)
{
    struct setup_file *sheet = NULL;

    if (request->style) {
        sheet = setup_plan_read(plan, request->style, error);
    } else if (request->config && !request->environment) {
        /* Waybar does not look there, but who names a file when no bar runs may start it so. */
        g_autofree char *folder = g_path_get_dirname(request->config);
        g_autofree char *path = g_build_filename(folder, "style.css", NULL);

        sheet = setup_plan_read(plan, path, error);
    }
    return sheet || *error ? sheet
                           : setup_places_read(plan, style_places, request->environment, error);
}

static char *style_path_beside(const struct setup_file *sheet, const char *name)
{
    g_autofree char *folder = g_path_get_dirname(sheet->path);

    return g_build_filename(folder, name, NULL);
}

void waybar_style_edit(struct setup_plan *plan, const struct setup_request *request,
                       struct setup_file *sheet, void (*edit)(struct setup_file *))
{
    edit(sheet);
    for (gsize i = 0; !request->style && i < G_N_ELEMENTS(variants); i++) {
        g_autofree char *path = style_path_beside(sheet, variants[i]);
        struct setup_file *variant = setup_plan_read(plan, path, NULL);

        if (variant && !setup_file_is_changed(variant)) /* else a link to one that is done */
            edit(variant);
    }
}

/* The offset for an import, which counts only before all rules and behind @charset. */
static gsize style_find_top(const char *text)
{
    gsize at = setup_skip_mark(text);

    if (g_str_has_prefix(text + at, "@charset")) {
        at += strcspn(text + at, ";");
        at += text[at] == ';';
        at += strspn(text + at, " \t\r");
        at += text[at] == '\n';
    }
    return at;
}

/* Whether a style sheet has this text outside of comments. */
static bool style_mentions(const char *css, const char *text)
{
    for (;;) {
        const char *comment = strstr(css, "/*");
        const char *end = comment ? strstr(comment, "*/") : NULL;

        if (g_strstr_len(css, comment ? comment - css : -1, text))
            return true;
        if (!end)
            return false;
        css = end + 2;
    }
}

static void style_add_import(struct setup_file *sheet)
{
    gsize top = style_find_top(sheet->text);
    bool begins_line = top == 0 || sheet->text[top - 1] == '\n' || sheet->text[0] == '\xef';
    g_autofree char *line =
        g_strconcat(begins_line ? "" : "\n", IMPORT, setup_line_break(sheet->text), NULL);

    /* A sheet that has rules for the module, or imports them, needs no import. */
    if (!style_mentions(sheet->text, "usageline"))
        setup_file_insert(sheet, top, line);
}

/* The line, from 1, of the first rule with a padding for at least three modules; 0: there is none.
 */
static guint style_find_module_list(const char *css)
{
    guint line = 1, begin = 0, modules = 0;
    const char *at = css;

    while (*at) {
        const char *end = g_str_has_prefix(at, "/*") ? strstr(at + 2, "*/") : NULL;
        const char *next = end ? end + 2 : at + 1;

        if (*at == '{') {
            next = at + strcspn(at, "}");
            if (modules >= MIN_MODULES && g_strstr_len(at, next - at, "padding"))
                return begin;
        } else if (*at == '}' || *at == ';') {
            begin = modules = 0;
        } else if (!end && !g_ascii_isspace(*at)) {
            begin = begin > 0 ? begin : line;
            modules += *at == '#';
        }
        for (; at < next; at++)
            line += *at == '\n';
    }
    return 0;
}

/* The user's rules may give all modules one look, which ours can't know. */
static void style_note_module_list(struct setup_plan *plan, const struct setup_file *sheet)
{
    g_autofree char *css = setup_file_result(sheet);
    guint line = style_find_module_list(css);

    if (line > 0)
        setup_plan_note(plan,
                        _("Your style sheet has a rule for many modules. Add #custom-usageline to "
                          "its selectors to have the same look:\n%s:%u"),
                        sheet->path, line);
}

/* The theme's colours change with the desktop, but those in the file do not. */
static void style_note_renewal(struct setup_plan *plan, const struct theme *theme, const char *path)
{
    g_autofree char *quoted = path[strspn(path, PLAIN)] ? g_shell_quote(path) : g_strdup(path);

    setup_plan_note(plan,
                    _("The style sheet gets the colours that \"%s\" has now. When they have "
                      "changed:\nusageline theme css > %s"),
                    theme->name, quoted);
}

static bool style_add_rules(struct setup_plan *plan, const struct setup_file *sheet,
                            const struct setup_request *request, GError **error)
{
    g_autofree char *path = style_path_beside(sheet, WAYBAR_RULES);
    struct setup_file *file;

    if (access(path, F_OK) == 0)
        return true; /* it is the user's by now */
    file = setup_plan_add(plan, path, NULL, error);
    if (!file)
        return false;
    g_autofree char *css = waybar_css(request->theme, &request->palette);
    setup_file_insert(file, 0, css);
    if (theme_is_dynamic(request->theme->name))
        style_note_renewal(plan, request->theme, path);
    return true;
}

bool waybar_style_add(struct setup_plan *plan, const struct setup_request *request, GError **error)
{
    GError *problem = NULL;
    struct setup_file *sheet;

    if (!request->theme)
        return true;
    sheet = waybar_style_find(plan, request, &problem);
    if (!sheet && !problem) {
        g_autofree char *path = setup_user_place(style_places, request->environment, NULL);

        setup_plan_note(plan, _("There is no style sheet of Waybar: %s is made."), path);
        sheet = setup_plan_add(plan, path, NULL, &problem);
    } else if (sheet && !sheet->is_there) {
        setup_plan_note(plan, _("%s is copied to %s: Waybar reads but one style sheet."),
                        sheet->original, sheet->path);
    }
    if (problem) {
        g_propagate_error(error, problem);
        return false;
    }
    if (style_mentions(sheet->text, "#custom-usageline"))
        return true;
    waybar_style_edit(plan, request, sheet, style_add_import);
    style_note_module_list(plan, sheet);
    return style_add_rules(plan, sheet, request, error);
}
