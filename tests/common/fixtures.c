#include "tests/common/fixtures.h"

#include <ftw.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <sys/stat.h>

struct snapshot *fixture_snapshot(void)
{
    struct snapshot *snapshot = snapshot_new("kimi", "Kimi Code");
    struct window *weekly = snapshot_add_window(snapshot, WINDOW_WEEKLY, "Weekly");
    struct window *session = snapshot_add_window(snapshot, WINDOW_SESSION, "5-hour");

    snapshot->source = g_strdup("api-key");
    snapshot->plan = g_strdup("Allegretto");
    snapshot->dashboard = g_strdup("https://www.kimi.com/code/console");
    snapshot->fetched_at = FIXTURE_NOW - 120;
    weekly->used_percent = 10.449;
    weekly->used = 214;
    weekly->limit = 2048;
    weekly->unit = g_strdup("requests");
    weekly->resets_at = G_GINT64_CONSTANT(1767972193); /* 2026-01-09T15:23:13Z */
    weekly->minutes = 10080;
    session->used_percent = 69.5;
    session->used = 139;
    session->limit = 200;
    session->unit = g_strdup("requests");
    session->resets_at = G_GINT64_CONSTANT(1767706382); /* 2026-01-06T13:33:02Z */
    session->minutes = 300;
    snapshot_add_balance(snapshot, "extra", "Extra usage", 100, "USD");
    return snapshot;
}

struct snapshot *fixture_snapshot_with(double percent)
{
    struct snapshot *snapshot = fixture_snapshot();
    struct window *session = snapshot->windows->pdata[1];

    session->used_percent = percent;
    session->used = percent * 2;
    return snapshot;
}

struct snapshot *fixture_one_window(const char *id, double percent, gint64 resets_at)
{
    struct snapshot *snapshot = snapshot_new("kimi", "Kimi Code");
    struct window *window = snapshot_add_window(snapshot, id, id);

    snapshot->fetched_at = FIXTURE_NOW;
    window->used_percent = percent;
    window->resets_at = resets_at;
    return snapshot;
}

struct stored fixture_stored(struct snapshot *snapshot, enum usage_error kind, const char *message)
{
    struct stored stored = {.snapshot = snapshot, .attempt = {.at = FIXTURE_NOW - 60}};

    if (message)
        stored.attempt.error = g_error_new_literal(USAGE_ERROR, (int)kind, message);
    return stored;
}

static const struct view_settings default_settings = {
    .thresholds = {.warning = 70, .critical = 90},
    .interval = FIXTURE_INTERVAL,
    .gauge = {.is_colorless = true},
};

struct view *fixture_view(const struct stored *stored)
{
    return view_new("kimi", stored, &default_settings, FIXTURE_NOW);
}

/* Keeps what lines refer to until the program ends, where leak checkers find it. */
static gpointer fixture_keep(gpointer value)
{
    static GSList *kept;

    kept = g_slist_prepend(kept, value);
    return value;
}

struct template *fixture_template(const char *text)
{
    g_autoptr(GError) error = NULL;
    struct template *template = template_parse(text, &error);

    g_assert_no_error(error);
    return fixture_keep(template);
}

struct line *fixture_line(struct stored stored, const struct view_settings *settings,
                          struct line_formats formats)
{
    struct stored *kept = fixture_keep(g_new(struct stored, 1));

    *kept = stored;
    return line_new(
        fixture_keep(view_new("kimi", kept, settings ? settings : &default_settings, FIXTURE_NOW)),
        formats);
}

struct line *fixture_old_line(struct snapshot *snapshot, gint64 age, enum usage_error kind,
                              const char *message)
{
    if (snapshot)
        snapshot->fetched_at = FIXTURE_NOW - age;
    return fixture_line(fixture_stored(snapshot, kind, message), NULL, (struct line_formats){0});
}

char *fixture_span_text(const struct canvas *canvas, guint index)
{
    const char *text = canvas->text->str;

    g_assert_cmpuint(index, <, canvas->spans->len);
    for (guint i = 0; i < index; i++)
        text += g_array_index(canvas->spans, struct span, i).length;
    return g_strndup(text, g_array_index(canvas->spans, struct span, index).length);
}

static char **sandbox_list_folders(const char *parent, const char *const names[])
{
    GPtrArray *paths = g_ptr_array_new();

    for (; *names; names++)
        g_ptr_array_add(paths, g_build_filename(parent, *names, NULL));
    g_ptr_array_add(paths, NULL);
    return (char **)g_ptr_array_free(paths, FALSE);
}

static void sandbox_set_up(struct sandbox *sandbox, gconstpointer data)
{
    static const char *const store[] = {"cache", "runtime", "temporary", NULL};
    static const char *const plugins[] = {"plugins", "libexec", NULL};
    static const char *const themes[] = {"config/themes", "share/themes", NULL};
    g_autoptr(GError) error = NULL;
    struct paths *paths = g_new0(struct paths, 1);

    (void)data;
    sandbox->folder = g_dir_make_tmp("usageline-test-XXXXXX", &error);
    g_assert_no_error(error);
    paths->config_file = sandbox_path(sandbox, "config/config.json");
    paths->data_folder = sandbox_path(sandbox, "data");
    paths->credentials_file = sandbox_path(sandbox, "data/credentials.json");
    paths->enabled_file = sandbox_path(sandbox, "data/enabled.json");
    paths->store_folders = sandbox_list_folders(sandbox->folder, store);
    paths->plugin_folders = sandbox_list_folders(sandbox->folder, plugins);
    paths->theme_folders = sandbox_list_folders(sandbox->folder, themes);
    paths->home = sandbox_path(sandbox, "home");
    paths->config_home = sandbox_path(sandbox, "home/.config");
    paths->cache_home = sandbox_path(sandbox, "xdg-cache");
    paths->state_home = sandbox_path(sandbox, "home/.local/state");
    sandbox->paths = paths;
}

static int sandbox_remove_entry(const char *path, const struct stat *status, int type,
                                struct FTW *ftw)
{
    (void)status;
    (void)type;
    (void)ftw;
    return remove(path);
}

static void sandbox_tear_down(struct sandbox *sandbox, gconstpointer data)
{
    (void)data;
    g_assert_cmpint(nftw(sandbox->folder, sandbox_remove_entry, 8, FTW_DEPTH | FTW_PHYS), ==, 0);
    paths_free(sandbox->paths);
    g_free(sandbox->folder);
}

static void sandbox_run_test(struct sandbox *sandbox, gconstpointer data)
{
    sandbox_test test = (sandbox_test)GPOINTER_TO_SIZE(data); /* a cast would lose const */

    test(sandbox);
}

void sandbox_add_test(const char *name, sandbox_test test)
{
    sandbox_add_data_test(name, (gconstpointer)test, sandbox_run_test);
}

void sandbox_add_data_test(const char *name, gconstpointer data, sandbox_data_test test)
{
    g_test_add(name, struct sandbox, data, sandbox_set_up, test, sandbox_tear_down);
}

char *sandbox_path(const struct sandbox *sandbox, const char *relative)
{
    return g_build_filename(sandbox->folder, relative, NULL);
}

void sandbox_write(const struct sandbox *sandbox, const char *relative, const char *text)
{
    g_autofree char *path = sandbox_path(sandbox, relative);
    g_autofree char *folder = g_path_get_dirname(path);
    g_autoptr(GError) error = NULL;

    g_assert_cmpint(g_mkdir_with_parents(folder, 0700), ==, 0);
    g_file_set_contents(path, text, -1, &error);
    g_assert_no_error(error);
}

char *sandbox_read(const struct sandbox *sandbox, const char *relative)
{
    g_autofree char *path = sandbox_path(sandbox, relative);
    char *text = NULL;

    g_file_get_contents(path, &text, NULL, NULL);
    return text;
}

void sandbox_add_provider(const struct sandbox *sandbox, const char *id, const char *script)
{
    g_autofree char *relative = g_strconcat("plugins/usageline-provider-", id, NULL);
    g_autofree char *path = sandbox_path(sandbox, relative);
    g_autofree char *text = g_strconcat("#!/bin/sh\n", script, "\n", NULL);

    sandbox_write(sandbox, relative, text);
    g_assert_cmpint(g_chmod(path, 0700), ==, 0);
}

struct theme *fixture_theme(const struct sandbox *sandbox, const char *name)
{
    g_autoptr(GError) error = NULL;
    struct theme *theme = theme_load(sandbox->paths, name, &error);

    g_assert_no_error(error);
    return theme;
}

void fixture_refuse_theme(const struct sandbox *sandbox, const char *name, const char *why)
{
    g_autoptr(GError) error = NULL;

    g_assert_null(theme_load(sandbox->paths, name, &error));
    g_assert_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG);
    assert_contains(error->message, why);
}
