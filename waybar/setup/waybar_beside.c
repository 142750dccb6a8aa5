#include "waybar/setup/waybar_beside.h"

#include "common/setup/backup.h"
#include "waybar/setup/jsonc.h"
#include "waybar/setup/waybar_import.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define MAX_ENTRIES 1000 /* that are wanted, of a folder */
#define MAX_FOLDERS 10
#define MAX_BYTES   ((gsize)4 * 1024 * 1024)

static int beside_compare(gconstpointer a, gconstpointer b)
{
    const char *const *one = a, *const *other = b;

    return strcmp(*one, *other);
}

/* Adds the paths of the entries that are wanted, sorted. */
static void beside_add_entries(const char *folder, bool (*is_wanted)(const char *name),
                               GPtrArray *paths)
{
    g_autoptr(GDir) dir = g_dir_open(folder, 0, NULL);
    GPtrArray *found = g_ptr_array_new();
    const char *name;

    while (dir && found->len < MAX_ENTRIES && (name = g_dir_read_name(dir))) {
        if (is_wanted(name))
            g_ptr_array_add(found, g_build_filename(folder, name, NULL));
    }
    g_ptr_array_sort(found, beside_compare);
    g_ptr_array_extend_and_steal(paths, found);
}

static bool beside_is_sheet(const char *name)
{
    return g_str_has_suffix(name, ".css") && strcmp(name, WAYBAR_RULES) != 0;
}

static bool beside_is_copy_of_sheet(const char *name)
{
    return strstr(name, ".css" SETUP_COPY_MARK) != NULL;
}

static bool beside_is_configuration(const char *name)
{
    return name[0] != '.' && !g_str_has_suffix(name, ".css") && !strstr(name, SETUP_COPY_MARK) &&
           !g_str_has_suffix(name, "~") && !g_str_has_suffix(name, ".bak");
}

GPtrArray *waybar_beside_sheets(const char *folder)
{
    g_autoptr(GPtrArray) folders = g_ptr_array_new_with_free_func(g_free);
    GPtrArray *sheets = g_ptr_array_new_with_free_func(g_free);

    g_ptr_array_add(folders, realpath(folder, NULL));
    beside_add_entries(folder, beside_is_sheet, sheets);
    for (guint i = 0; i < sheets->len && folders->len <= MAX_FOLDERS; i++) {
        g_autofree char *target = realpath(sheets->pdata[i], NULL);
        g_autofree char *other = target ? g_path_get_dirname(target) : NULL;

        if (!other || g_ptr_array_find_with_equal_func(folders, other, g_str_equal, NULL))
            continue;
        beside_add_entries(other, beside_is_sheet, sheets);
        g_ptr_array_add(folders, g_steal_pointer(&other));
    }
    return sheets;
}

GPtrArray *waybar_beside_lone_copies(const char *folder)
{
    GPtrArray *copies = g_ptr_array_new_with_free_func(g_free);

    beside_add_entries(folder, beside_is_copy_of_sheet, copies);
    for (guint i = copies->len; i > 0; i--) {
        const char *copy = copies->pdata[i - 1];
        g_autofree char *sheet = g_strndup(copy, (gsize)(g_strrstr(copy, SETUP_COPY_MARK) - copy));

        if (g_file_test(sheet, G_FILE_TEST_EXISTS))
            g_ptr_array_remove_index(copies, i - 1);
    }
    return copies;
}

static bool beside_has_module(const char *text, bool needs_definition)
{
    autoptr(json) root = strstr(text, WAYBAR_MODULE) ? jsonc_parse(text, NULL) : NULL;

    return root && jsonc_has_string(root, WAYBAR_MODULE) &&
           !(needs_definition && jsonc_has_key(root, WAYBAR_MODULE));
}

static bool beside_is_own(struct setup_plan *plan, const struct waybar_bars *bars, const char *path)
{
    const struct setup_file *file = setup_plan_read(plan, path, NULL);

    for (guint i = 0; file && i < bars->documents->len; i++) {
        const struct waybar_document *document = bars->documents->pdata[i];
        if (document->file == file)
            return true;
    }
    return false;
}

bool waybar_beside_is_user(struct setup_plan *plan, const struct waybar_bars *bars,
                           const char *path, bool needs_definition)
{
    g_autofree char *text = setup_text_read(path, NULL);

    return text && beside_has_module(text, needs_definition) && !beside_is_own(plan, bars, path);
}

char *waybar_beside_find_user(struct setup_plan *plan, const struct waybar_bars *bars,
                              const char *path, bool needs_definition)
{
    g_autofree char *folder = g_path_get_dirname(path);
    g_autoptr(GPtrArray) paths = g_ptr_array_new_with_free_func(g_free);
    gsize bytes = 0;
    struct stat status;

    beside_add_entries(folder, beside_is_configuration, paths);
    for (guint i = 0; i < paths->len && bytes < MAX_BYTES; i++) {
        if (stat(paths->pdata[i], &status) == 0 && S_ISREG(status.st_mode))
            bytes += (gsize)status.st_size > SETUP_MAX_TEXT ? 0 : (gsize)status.st_size;
        if (waybar_beside_is_user(plan, bars, paths->pdata[i], needs_definition))
            return g_strdup(paths->pdata[i]);
    }
    return NULL;
}
