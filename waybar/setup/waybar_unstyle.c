#include "waybar/setup/waybar_unstyle.h"

#include "common/base/i18n.h"
#include "common/setup/running.h"
#include "waybar/setup/waybar_beside.h"
#include "waybar/setup/waybar_css.h"
#include "waybar/setup/waybar_import.h"
#include "waybar/setup/waybar_style.h"

#include <string.h>

/* Removes each import with the line break behind it, unless the user had one before setup. */
static void unstyle_edit_sheet(struct setup_file *sheet)
{
    struct waybar_import import;
    gsize at = 0;

    if (setup_file_is_changed(sheet) || (sheet->backup && waybar_imports(sheet->backup)))
        return;
    while (waybar_import_find(sheet->text, at, &import)) {
        at = import.end;
        if (!import.is_removable)
            continue;
        at += strspn(sheet->text + at, "\r");
        at += sheet->text[at] == '\n';
        setup_file_remove(sheet, import.begin, at);
    }
}

/* Edits what setup has changed for a bar that had another style sheet then. */
static void unstyle_edit_others(struct setup_plan *plan, const char *folder)
{
    g_autoptr(GPtrArray) paths = waybar_beside_sheets(folder);

    for (guint i = 0; i < paths->len; i++) {
        g_autofree char *text = setup_text_read(paths->pdata[i], NULL);
        struct setup_file *sheet =
            text && waybar_imports(text) ? setup_plan_read(plan, paths->pdata[i], NULL) : NULL;

        if (sheet && sheet->backup && !sheet->obstacle)
            unstyle_edit_sheet(sheet);
    }
}

/* The path of a style sheet that imports ours even with the edits of the plan, or NULL. */
static char *unstyle_find_importer(struct setup_plan *plan, const char *folder)
{
    g_autoptr(GPtrArray) paths = waybar_beside_sheets(folder);

    for (guint i = 0; i < paths->len; i++) {
        g_autofree char *text = setup_text_read(paths->pdata[i], NULL);

        if (!text || !waybar_imports(text))
            continue;
        const struct setup_file *sheet = setup_plan_read(plan, paths->pdata[i], NULL);
        g_autofree char *result = sheet ? setup_file_result(sheet) : NULL;
        if (!result || waybar_imports(result))
            return g_strdup(paths->pdata[i]);
    }
    return NULL;
}

static bool unstyle_remove_rules(struct setup_plan *plan, const char *folder, GError **error)
{
    g_autofree char *path = g_build_filename(folder, WAYBAR_RULES, NULL);
    GError *problem = NULL;
    struct setup_file *file = setup_plan_read(plan, path, &problem);

    if (!file) {
        if (problem)
            g_propagate_error(error, problem);
        return !problem;
    }
    g_autofree char *importer = unstyle_find_importer(plan, folder);
    if (!waybar_css_is_unchanged(file->text))
        setup_plan_note(plan, _("%s has been changed, so it stays."), path);
    else if (importer)
        setup_plan_note(plan, _("%s stays, because %s imports it."), path, importer);
    else
        file->is_deleted = true;
    return true;
}

static void unstyle_note_copies(struct setup_plan *plan, const char *folder)
{
    g_autoptr(GPtrArray) copies = waybar_beside_lone_copies(folder);

    for (guint i = 0; i < copies->len; i++)
        setup_plan_note(plan, _("The style sheet is gone, but a copy of it stays: %s"),
                        (const char *)copies->pdata[i]);
}

static bool unstyle_clean_folder(struct setup_plan *plan, const char *folder, bool has_others,
                                 GError **error)
{
    if (!has_others)
        unstyle_edit_others(plan, folder);
    unstyle_note_copies(plan, folder);
    return unstyle_remove_rules(plan, folder, error);
}

/* A configuration beside the bar's own or its style sheet that has the module, or NULL. */
static char *unstyle_find_user(struct setup_plan *plan, const struct waybar_bars *bars,
                               const struct setup_file *sheet)
{
    const struct waybar_document *config = bars->documents->pdata[0];
    char *user = waybar_beside_find_user(plan, bars, config->file->path, false);

    return user || !sheet ? user : waybar_beside_find_user(plan, bars, sheet->path, false);
}

/* The configuration of a running bar that has the module and the same style sheet, or NULL. */
static char *unstyle_find_sharer(struct setup_plan *plan, const struct waybar_bars *bars,
                                 const struct setup_request *request)
{
    g_autoptr(GPtrArray) running = running_bars_find("waybar", true);

    for (guint i = 0; i < running->len; i++) {
        const struct running_bar *bar = running->pdata[i];

        if (bar->config && g_strcmp0(bar->style, request->style) == 0 &&
            waybar_beside_is_user(plan, bars, bar->config, false))
            return g_strdup(bar->config);
    }
    return NULL;
}

bool waybar_unstyle(struct setup_plan *plan, const struct waybar_bars *bars,
                    const struct setup_request *request, GError **error)
{
    const struct waybar_document *config = bars->documents->pdata[0];
    g_autofree char *folder = g_path_get_dirname(config->file->path);
    g_autofree char *sharer = unstyle_find_sharer(plan, bars, request);
    GError *problem = NULL;
    struct setup_file *sheet = waybar_style_find(plan, request, &problem);
    g_autofree char *style_folder = sheet ? g_path_get_dirname(sheet->path) : g_strdup(folder);
    g_autofree char *user = unstyle_find_user(plan, bars, sheet);

    if (problem) {
        g_propagate_error(error, problem);
        return false;
    }
    if (sharer || (user && !request->style)) {
        setup_plan_note(plan, _("The style sheet stays as it is, because %s has usageline too."),
                        sharer ? sharer : user);
        return true;
    }
    if (sheet && sheet->is_there)
        waybar_style_edit(plan, request, sheet, unstyle_edit_sheet);
    return unstyle_clean_folder(plan, style_folder, user != NULL, error) &&
           (strcmp(folder, style_folder) == 0 ||
            unstyle_clean_folder(plan, folder, user != NULL, error));
}
