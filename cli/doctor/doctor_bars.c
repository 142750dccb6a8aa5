/* Which bars are installed, and whether their configuration mentions usageline. */
#include "cli/base/adapters.h"
#include "cli/doctor/doctor.h"
#include "common/base/file.h"
#include "common/base/i18n.h"

#include <string.h>

#define SECTION "bars"

#define MAX_FILE  (1024 * 1024)
#define MAX_FILES 500 /* of one bar; a folder of themes may be large */
#define MAX_DEPTH 3   /* of folders within folders */

static char *find_place(const char *place)
{
    if (g_path_is_absolute(place))
        return g_strdup(place);
    if (g_str_has_prefix(place, "~/")) {
        g_autofree char *home = paths_home();
        return g_build_filename(home, place + 2, NULL);
    }
    return g_build_filename(g_get_user_config_dir(), place, NULL);
}

/* Gives the first file in or at `path` that mentions usageline, or NULL. `left` files may still be
 * looked at. */
static char *find_mention(const char *path, int depth, int *left)
{
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    const char *name;

    if (!dir) {
        gsize length = 0;
        g_autofree char *text = (*left)-- > 0 ? file_read(path, MAX_FILE, &length, NULL) : NULL;
        return text && strstr(text, "usageline") ? g_strdup(path) : NULL;
    }
    while (depth<MAX_DEPTH && * left> 0 && (name = g_dir_read_name(dir))) {
        g_autofree char *inner = g_build_filename(path, name, NULL);
        char *found = find_mention(inner, depth + 1, left);
        if (found)
            return found;
    }
    return NULL;
}

char *doctor_find_use(const struct adapter *adapter, const char *config)
{
    int left = MAX_FILES;
    char *use = config ? find_mention(config, 0, &left) : NULL;

    if (use)
        return use;
    for (const char *const *place = adapter->config_places; *place; place++) {
        g_autofree char *path = find_place(*place);
        char *found = find_mention(path, 0, &left);
        if (found)
            return found;
    }
    return NULL;
}

void doctor_check_bars(GPtrArray *findings)
{
    for (const struct adapter *const *adapter = adapters; *adapter; adapter++) {
        g_autofree char *program = g_find_program_in_path((*adapter)->program);
        g_autofree char *use = doctor_find_use(*adapter, NULL);

        if (use)
            doctor_note(findings, SECTION, FINDING_GOOD, _("%s: usageline is in %s"),
                        (*adapter)->name, use);
        else if (program)
            doctor_note(findings, SECTION, FINDING_NOTE,
                        _("%s is installed, but its configuration does not mention usageline"),
                        (*adapter)->name);
        else
            doctor_note(findings, SECTION, FINDING_NOTE, _("%s is not installed"),
                        (*adapter)->name);
    }
}
