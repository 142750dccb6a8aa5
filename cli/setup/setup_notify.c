#include "cli/setup/setup_notify.h"

#include "cli/base/adapters.h"
#include "cli/base/output.h"
#include "cli/setup/setup_print.h"
#include "common/base/file.h"
#include "common/base/i18n.h"
#include "common/base/json.h"
#include "common/usage/notification.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_FILE (1024 * 1024) /* bytes */
#define SETTING  "\"notifications\": true"

/* Not translated, because an undo recognizes the file by its text. */
static const char notify_new_config[] =
    "// Made by `usageline setup`; usageline-config(5) has all settings.\n"
    "{\n    " SETTING "\n}\n";

/* usageline's own configuration. */
struct notify_config {
    const char *path;
    bool is_there;
    bool is_understood;
    bool is_empty; /* an object without members */
    bool is_set;   /* has the setting "notifications" */
};

static struct notify_config notify_examine_config(const char *path)
{
    struct notify_config found = {.path = path, .is_understood = true};
    gsize length = 0;
    struct stat status;

    found.is_there = lstat(path, &status) == 0; /* true for a dangling link */
    if (!found.is_there)
        return found;
    g_autofree char *text = file_read(path, MAX_FILE, &length, NULL);
    autoptr(json) json = text ? json_parse(text, length, JSON_COMMENTS, NULL) : NULL;
    found.is_understood = json && json_type(json) == JSON_OBJECT;
    found.is_empty = json_length(json) == 0;
    found.is_set = json_get(json, "notifications") != NULL;
    return found;
}

static bool notify_is_installed(const struct context *context)
{
    g_autofree char *program = paths_find_plugin(context->paths, NOTIFICATION_PROGRAM, NULL);

    return program != NULL;
}

/* Never overwrites a file, even if it has appeared this very moment. */
static bool notify_make_config(const char *path)
{
    g_autofree char *folder = g_path_get_dirname(path);
    int fd;

    if (g_mkdir_with_parents(folder, 0700) < 0)
        return false;
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return false;
    bool done = file_write_all(fd, notify_new_config, strlen(notify_new_config)) && fsync(fd) == 0;
    if (close(fd) == 0 && done)
        return true;
    int reason = errno;
    unlink(path);
    errno = reason;
    return false;
}

/* What to do by hand. */
static void notify_print_line(const struct notify_config *configuration)
{
    if (!configuration->is_there)
        printf(_("To have it all the same, put this into %s:\n\n  {%s}\n"), configuration->path,
               SETTING);
    else
        printf(_("usageline leaves your configuration alone. This line goes into %s, behind the "
                 "first {:\n\n  %s%s\n"),
               configuration->path, SETTING, configuration->is_empty ? "" : ",");
}

static void notify_turn_on(const struct notify_config *configuration)
{
    if (configuration->is_there) {
        notify_print_line(configuration);
    } else if (notify_make_config(configuration->path)) {
        printf(_("%s is made.\n"), configuration->path);
    } else {
        output_complain(_("usageline: %s: can't be made: %s\n"), configuration->path,
                        g_strerror(errno));
        notify_print_line(configuration);
    }
}

void setup_offer_notifications(const struct context *context, bool may_ask)
{
    const struct notify_config configuration = notify_examine_config(context->paths->config_file);

    if (configuration.is_set || !configuration.is_understood || !notify_is_installed(context))
        return;
    if (!may_ask)
        printf(
            _("\nTo be told by a desktop notification when a threshold is crossed, set %s in %s\n"),
            SETTING, configuration.path);
    else if (setup_ask(_("\nTell you by a desktop notification when a threshold is crossed? "
                         "[y/N] ")))
        notify_turn_on(&configuration);
}

/* Whether an undo for this bar would find something. */
static bool notify_has_module(const struct found_bar *bar)
{
    autoptr(setup_plan) plan = setup_plan_new();
    const struct setup_request request = bars_request(bar);

    bar->adapter->setup->remove(plan, &request, NULL);
    for (guint i = 0; i < plan->files->len; i++) {
        const struct setup_file *file = plan->files->pdata[i];
        if (setup_file_is_changed(file))
            return true;
    }
    return false;
}

static bool notify_others_have_module(const struct found_bar *bar)
{
    for (const struct adapter *const *adapter = adapters; *adapter; adapter++) {
        g_autoptr(GPtrArray) bars = bars_find(*adapter);

        for (guint i = 0; i < bars->len; i++) {
            const struct found_bar *other = bars->pdata[i];
            bool is_same = other->adapter == bar->adapter && g_strcmp0(other->file, bar->file) == 0;

            if (!is_same && notify_has_module(other))
                return true;
        }
    }
    return false;
}

void setup_withdraw_notifications(const struct context *context, const struct found_bar *bar,
                                  struct setup_plan *plan)
{
    const char *path = context->paths->config_file;
    gsize length = 0;
    g_autofree char *text = file_read(path, MAX_FILE, &length, NULL);
    struct setup_file *file;

    if (length != strlen(notify_new_config) || g_strcmp0(text, notify_new_config) != 0 ||
        g_file_test(path, G_FILE_TEST_IS_SYMLINK) || notify_others_have_module(bar))
        return;
    file = setup_plan_read(plan, path, NULL);
    if (file && !file->obstacle)
        file->is_deleted = true;
}
