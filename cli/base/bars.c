#include "cli/base/bars.h"

#include "common/setup/command.h"
#include "common/setup/running.h"

#include <string.h>
#include <sys/stat.h>

#define PROGRAM "usageline"
#define DEFAULT_PATH                                                                               \
    "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin" /* of shells                    \
                                                                    */

static void bars_free_found(struct found_bar *bar)
{
    g_free(bar->config);
    g_free(bar->style);
    g_free(bar->file);
    g_strfreev(bar->environment);
    g_free(bar);
}

static struct found_bar *bars_new_found(const struct adapter *adapter, const char *config,
                                        const char *style, char **environment)
{
    struct found_bar *bar = g_new0(struct found_bar, 1);

    bar->adapter = adapter;
    bar->config = g_strdup(config);
    bar->style = g_strdup(style);
    bar->environment = g_strdupv(environment);
    bar->file = config ? g_strdup(config)
                       : setup_places_find(adapter->setup->places, environment, &bar->is_system);
    return bar;
}

static bool bars_have(const GPtrArray *bars, const struct found_bar *wanted)
{
    for (guint i = 0; i < bars->len; i++) {
        const struct found_bar *bar = bars->pdata[i];
        if (g_strcmp0(bar->file, wanted->file) == 0 && g_strcmp0(bar->style, wanted->style) == 0)
            return true;
    }
    return false;
}

static int bars_compare_files(const void *a, const void *b)
{
    const struct found_bar *const *one = a, *const *other = b;

    return g_strcmp0((*one)->file, (*other)->file);
}

GPtrArray *bars_find(const struct adapter *adapter)
{
    GPtrArray *bars = g_ptr_array_new_with_free_func((GDestroyNotify)bars_free_found);
    g_autoptr(GPtrArray) running =
        running_bars_find(adapter->program, adapter->setup->has_style_sheet);

    for (guint i = 0; i < running->len; i++) {
        const struct running_bar *process = running->pdata[i];
        struct found_bar *bar =
            bars_new_found(adapter, process->config, process->style, process->environment);

        if (bars_have(bars, bar))
            bars_free_found(bar);
        else
            g_ptr_array_add(bars, bar);
    }
    if (bars->len == 0)
        g_ptr_array_add(bars, bars_new_found(adapter, NULL, NULL, NULL));
    g_ptr_array_sort(bars, bars_compare_files);
    return bars;
}

static bool bars_are_same_files(const char *a, const char *b)
{
    struct stat one, other;

    if (!a || !b)
        return false;
    if (strcmp(a, b) == 0)
        return true;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

const struct found_bar *bars_choose(GPtrArray *bars, const char *config)
{
    struct found_bar *bar = bars->pdata[0];
    const struct adapter *adapter = bar->adapter;

    for (guint i = 0; i < bars->len; i++) {
        bar = bars->pdata[i];
        if (bar->environment && bars_are_same_files(bar->file, config))
            return bar;
    }
    bar = bars_new_found(adapter, config, NULL, NULL);
    g_ptr_array_add(bars, bar);
    return bar;
}

/* In our PATH the name may be a link that outlives an upgrade, or a wrapper, as NixOS has them. */
static char *bars_own_program(void)
{
    g_autofree char *found = g_find_program_in_path(PROGRAM);
    g_autofree char *own = g_file_read_link("/proc/self/exe", NULL);

    if (!own || (found && (!g_str_has_suffix(own, "/" PROGRAM) || bars_are_same_files(found, own))))
        return g_steal_pointer(&found);
    return g_steal_pointer(&own);
}

char *bars_missing_program(const struct found_bar *bar)
{
    const char *path = bar->environment ? g_environ_getenv(bar->environment, "PATH") : NULL;

    if (!bar->environment)
        return NULL;
    g_auto(GStrv) folders = g_strsplit(path ? path : DEFAULT_PATH, ":", -1);
    for (char **folder = folders; *folder; folder++) {
        g_autofree char *program = g_build_filename(*folder, PROGRAM, NULL);
        if (g_path_is_absolute(program) && g_file_test(program, G_FILE_TEST_IS_EXECUTABLE))
            return NULL;
    }
    return bars_own_program();
}

bool bars_lacks_program(const struct found_bar *bar, const char *module)
{
    g_autofree char *program = bars_missing_program(bar);
    g_autofree char *text = program ? setup_text_read(module, NULL) : NULL;

    return text && setup_command_has_name(text, bar->adapter->name);
}

bool bars_lacks_config(const struct found_bar *bar)
{
    return bar->environment && bar->config && !g_file_test(bar->config, G_FILE_TEST_EXISTS);
}

struct setup_request bars_request(const struct found_bar *bar)
{
    return (struct setup_request){
        .config = bar->config,
        .style = bar->style,
        .environment = bar->environment,
    };
}

/* Whether a line that is no comment, in the syntax of any bar, has this text. */
static bool bars_mention(const char *text, const char *part)
{
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);

    for (char **line = lines; *line; line++) {
        const char *begin = *line + strspn(*line, " \t");

        if (!strchr("#;", *begin) && !g_str_has_prefix(begin, "//") && strstr(begin, part))
            return true;
    }
    return false;
}

static const struct setup_file *bars_find_mention(const struct setup_plan *plan, const char *part)
{
    for (guint i = 0; i < plan->files->len; i++) {
        const struct setup_file *file = plan->files->pdata[i];
        if (file->is_there && bars_mention(file->text, part))
            return file;
    }
    return NULL;
}

static bool bars_need_no_change(const struct setup_plan *plan)
{
    for (guint i = 0; i < plan->files->len; i++) {
        if (setup_file_is_changed(plan->files->pdata[i]))
            return false;
    }
    return true;
}

char *bars_find_module(const struct found_bar *bar)
{
    autoptr(setup_plan) plan = setup_plan_new();
    const struct setup_request request = bars_request(bar);
    g_autofree char *command = g_strconcat(PROGRAM " ", bar->adapter->name, NULL);
    bool is_planned = bar->adapter->setup->add(plan, &request, NULL);
    bool is_complete = is_planned && bars_need_no_change(plan);
    const struct setup_file *file = NULL;

    /* A definition alone, which no list names, is not enough. */
    if (!is_planned || is_complete || plan->has_module)
        file = bars_find_mention(plan, command);
    /* The command may be in a script of the user. */
    if (!file && is_complete)
        file = bars_find_mention(plan, PROGRAM);
    return file ? g_strdup(file->path) : NULL;
}
