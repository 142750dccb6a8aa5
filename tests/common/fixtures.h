/* What unit tests share: a fixed time, a snapshot, the view and the line that are drawn from it,
 * and a sandbox, that is a folder with everything that struct paths names. */
#pragma once

#include "common/base/paths.h"
#include "common/config/theme.h"
#include "common/draw/line.h"
#include "common/usage/store.h"

#include <glib.h>
#include <string.h>

/* 2026-01-06T11:18:48Z, a Tuesday. */
#define FIXTURE_NOW G_GINT64_CONSTANT(1767698328)

#define FIXTURE_INTERVAL 300

/* A snapshot of "kimi" that is two minutes old: weekly 10 %, 5-hour 70 %, which resets in 2h 14m.
 */
struct snapshot *fixture_snapshot(void);

/* The same with `percent` used of the 5-hour window. */
struct snapshot *fixture_snapshot_with(double percent);

/* A snapshot from now with one window, `percent` used, that resets at `resets_at` (0: unknown). */
struct snapshot *fixture_one_window(const char *window, double percent, gint64 resets_at);

/* The snapshot (or NULL), which then belongs to the result, and an attempt a minute ago that failed
 * with this error (`message` NULL: it succeeded). */
struct stored fixture_stored(struct snapshot *snapshot, enum usage_error kind, const char *message);

/* Draw with the default settings at FIXTURE_NOW. `stored` must outlive the view. */
struct view *fixture_view(const struct stored *stored);

/* A template, which is kept until the program ends. Fails if the text is none. */
struct template *fixture_template(const char *text);

/* Drawn at FIXTURE_NOW; `settings` NULL: the default ones. Takes ownership of what is stored and
 * keeps it, with the view, until the program ends. */
struct line *fixture_line(struct stored stored, const struct view_settings *settings,
                          struct line_formats formats);

/* The line of a snapshot that is `age` seconds old, and such an attempt. Takes ownership. */
struct line *fixture_old_line(struct snapshot *snapshot, gint64 age, enum usage_error kind,
                              const char *message);

/* The text of one span; the caller frees it. */
char *fixture_span_text(const struct canvas *canvas, guint index);

/* An own folder for one test, which is removed after it. */
struct sandbox {
    char *folder;
    struct paths *paths; /* three store folders, two plug-in folders, all in `folder` */
};

/* Add a test that gets a sandbox of its own, and one that gets `data` as well:
 *
 *     static void test_keeps_an_answer(struct sandbox *sandbox) { … }
 *     sandbox_add_test("/store/keeps-an-answer", test_keeps_an_answer); */
typedef void (*sandbox_test)(struct sandbox *sandbox);
typedef void (*sandbox_data_test)(struct sandbox *sandbox, gconstpointer data);
void sandbox_add_test(const char *name, sandbox_test test);
void sandbox_add_data_test(const char *name, gconstpointer data, sandbox_data_test test);

/* Returns the path of something in the sandbox, which the caller frees. */
char *sandbox_path(const struct sandbox *sandbox, const char *relative);

/* Writes the file, and creates its folder if needed. */
void sandbox_write(const struct sandbox *sandbox, const char *relative, const char *text);

/* Returns the file's text, which the caller frees; NULL if there is no such file. */
char *sandbox_read(const struct sandbox *sandbox, const char *relative);

/* Puts a provider, a shell script of these lines, into the first plug-in folder. */
void sandbox_add_provider(const struct sandbox *sandbox, const char *id, const char *script);

/* Returns the theme of this name in the sandbox; fails if there is none. */
struct theme *fixture_theme(const struct sandbox *sandbox, const char *name);

/* Fails unless loading that theme is an error of kind config that says why. */
void fixture_refuse_theme(const struct sandbox *sandbox, const char *name, const char *why);

/* Fails unless `text` contains `part`. */
#define assert_contains(text, part) g_assert_cmpstr(strstr(text, part) ? part : (text), ==, part)
