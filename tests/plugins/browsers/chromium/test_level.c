/* localStorage of Chromium's family: LevelDB. */
#include "common/base/text.h"
#include "tests/plugins/browsers/chromium/level_maker.h"
#include "tests/plugins/browsers/store_maker.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#define DEFAULT "home/.config/chromium/Default/Local Storage/leveldb"
#define MEMORY  "cache/kimi.browser.sessions.json"
#define REFRESH "the refresh token"

static void make_level(const struct sandbox *sandbox, const char *relative,
                       const struct level_item *items, gsize count, bool compact)
{
    g_autofree char *folder = sandbox_path(sandbox, relative);

    level_make(folder, items, count, compact);
    settle_folder(sandbox, relative);
}

static void make_level_with(const struct sandbox *sandbox, const char *relative, const char *value)
{
    const struct level_item items[] = {{.text = value},
                                       {.key = "refresh_token", .text = REFRESH},
                                       {.key = "theme", .text = "dark"}};

    make_level(sandbox, relative, items, G_N_ELEMENTS(items), false);
}

static const struct session *first_session(const struct seeker *seeker)
{
    return session_search_all(seeker->search)->pdata[0];
}

static void test_places_in_the_database(struct sandbox *sandbox, gconstpointer data)
{
    const bool compact = GPOINTER_TO_INT(data);
    const struct level_item items[] = {
        {.text = "old"},
        {.text = "token"},
        {.key = "refresh_token", .text = REFRESH},
        {.origin = "https://www.kimi.com.evil.example", .text = "evil"},
        {.origin = "https://other.example", .text = "other"},
        {.origin = "https://kimi.com", .text = "of the bare host"},
    };
    autoclear(seeker) seeker = {0};
    const struct session *session;

    make_level(sandbox, DEFAULT, items, G_N_ELEMENTS(items), compact);
    seeker_start(&seeker, sandbox);
    g_assert_cmpuint(session_search_all(seeker.search)->len, ==, 2);
    session = first_session(&seeker);
    g_assert_cmpint(session->kind, ==, SESSION_ITEM);
    g_assert_cmpstr(session->label, ==, "Chromium, Default: local storage of kimi.com");
    g_assert_cmpstr(session->place, ==, "https://kimi.com");
    g_assert_cmpint(session->last_used / G_USEC_PER_SEC, ==, FIXTURE_NOW);
    assert_next(&seeker, "of the bare host");
    assert_next(&seeker, "token");
    assert_next(&seeker, NULL);
}

/* A stored value, and its text; NULL: `why` it has none. */
struct level_form {
    const char *data;
    gsize length;
    const char *text;
    const char *why;
};

#define FORM(literal, ...)                                                                         \
    {                                                                                              \
        literal, sizeof(literal) - 1, __VA_ARGS__                                                  \
    }

static const struct level_form forms[] = {
    FORM("\1eyJ", "eyJ"),
    FORM("\1\xe9", "é"),
    FORM("\0e\0y\0J\0", "eyJ"),
    FORM("\0\xe9\0\x2d\x4e\x3d\xd8\x00\xde", "é中😀"),
    FORM("\0e\0y\0J", NULL, "another form"),
    FORM("\0\x3d\xd8", NULL, "another form"),
    FORM("\2eyJ", NULL, "another form"),
    FORM("", NULL, "another form"),
};

static void test_form(struct sandbox *sandbox, gconstpointer data)
{
    const struct level_form *form = data;
    const struct level_item item = {.data = form->data, .length = form->length};
    autoclear(seeker) seeker = {0};

    make_level(sandbox, DEFAULT, &item, 1, false);
    seeker_start(&seeker, sandbox);
    if (form->text)
        assert_next(&seeker, form->text);
    else
        assert_only(&seeker, SESSION_UNREADABLE, form->why);
}

static void test_a_value_that_is_too_large(struct sandbox *sandbox)
{
    g_autofree char *large = g_strnfill(SESSION_MAX_VALUE, 'x');
    autoclear(seeker) seeker = {0};

    make_level_with(sandbox, DEFAULT, large);
    seeker_start(&seeker, sandbox);
    assert_only(&seeker, SESSION_UNREADABLE, "larger than any session");
}

static void test_nothing_there(struct sandbox *sandbox)
{
    const struct level_item item = {.key = "refresh_token", .text = REFRESH};
    autoclear(seeker) seeker = {0};

    make_level(sandbox, DEFAULT, &item, 1, false);
    make_level(sandbox, DEFAULT, &(struct level_item){.text = ""}, 1, false);
    seeker_start(&seeker, sandbox);
    assert_only(&seeker, SESSION_ABSENT, NULL);
    g_assert_cmpstr(first_session(&seeker)->label, ==, "Chromium, Default: local storage");
}

/* What is in a folder, with sizes and times. */
static char *list_folder(const struct sandbox *sandbox, const char *relative)
{
    g_autofree char *path = sandbox_path(sandbox, relative);
    g_autoptr(GDir) dir = g_dir_open(path, 0, NULL);
    g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func(g_free);
    const char *name;

    while ((name = g_dir_read_name(dir))) {
        g_autofree char *file = g_build_filename(path, name, NULL);
        struct stat status;
        g_assert_cmpint(stat(file, &status), ==, 0);
        g_ptr_array_add(lines,
                        g_strdup_printf("%s %ld %ld.%09ld %ld.%09ld", name, (long)status.st_size,
                                        status.st_atim.tv_sec, status.st_atim.tv_nsec,
                                        status.st_ctim.tv_sec, status.st_ctim.tv_nsec));
    }
    g_ptr_array_sort(lines, text_compare);
    g_ptr_array_add(lines, NULL);
    return g_strjoinv("\n", (char **)lines->pdata);
}

static void test_no_trace(struct sandbox *sandbox)
{
    autoclear(seeker) seeker = {0};

    make_level_with(sandbox, DEFAULT, "token");
    g_autofree char *before = list_folder(sandbox, DEFAULT);
    seeker_start(&seeker, sandbox);
    assert_next(&seeker, "token");
    seeker_clear(&seeker);
    g_autofree char *after = list_folder(sandbox, DEFAULT);
    g_assert_cmpstr(before, ==, after);
    g_autofree char *left = list_folder(sandbox, "run/usageline");
    g_assert_cmpstr(left, ==, "");
    g_autofree char *memory = sandbox_read(sandbox, MEMORY);
    g_assert_null(strstr(memory, "\"token\""));
    g_assert_null(strstr(memory, REFRESH));
}

static guint count_remembered(const struct sandbox *sandbox, const char *value)
{
    autoclear(seeker) seeker = {0};
    const GPtrArray *all;
    guint count = 0;

    seeker_start(&seeker, sandbox);
    all = session_search_all(seeker.search);
    for (guint i = 0; i < all->len; i++)
        count += ((const struct session *)all->pdata[i])->is_remembered;
    assert_next(&seeker, value);
    return count;
}

static void test_memory(struct sandbox *sandbox)
{
    make_level_with(sandbox, DEFAULT, "token");
    g_assert_cmpuint(count_remembered(sandbox, "token"), ==, 0);
    g_assert_cmpuint(count_remembered(sandbox, "token"), ==, 1);
    make_level_with(sandbox, DEFAULT, "renewed");
    g_assert_cmpuint(count_remembered(sandbox, "renewed"), ==, 0);
}

/* The caller's outcome is kept until the store changes: an old token is not sent again. */
static void test_outcome_of_the_caller(struct sandbox *sandbox, gconstpointer data)
{
    const enum session_outcome outcome = (enum session_outcome)GPOINTER_TO_INT(data);
    struct seeker seeker = {0};
    struct session *session;

    make_level_with(sandbox, DEFAULT, "token");
    seeker_start(&seeker, sandbox);
    session = session_search_next(seeker.search);
    session_set(session, outcome, g_strdup("because"));
    session->expires = NOW - MINUTE;
    seeker_clear(&seeker);
    seeker_start(&seeker, sandbox);
    assert_only(&seeker, outcome, "because");
    g_assert_true(first_session(&seeker)->is_remembered);
    g_assert_cmpint(first_session(&seeker)->expires, ==, NOW - MINUTE);
    seeker_clear(&seeker);
    make_level_with(sandbox, DEFAULT, "renewed");
    g_assert_cmpuint(count_remembered(sandbox, "renewed"), ==, 0);
}

static void test_cookie_and_item(struct sandbox *sandbox)
{
    autoclear(seeker) seeker = {0};

    make_level_with(sandbox, DEFAULT, "item");
    make_chromium_with(sandbox, "home/.config/chromium/Default/Cookies",
                       &(struct cookie){.value = "cookie", .used = NOW - MINUTE});
    seeker_start(&seeker, sandbox);
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    session_search_add_files(seeker.search, 3, files);
    g_assert_cmpuint(files->len, ==, 3);
    g_assert_true(g_str_has_suffix(files->pdata[0], ".log"));
    g_assert_true(g_str_has_suffix(files->pdata[1], DEFAULT));
    g_assert_true(g_str_has_suffix(files->pdata[2], "/Default/Cookies"));
    assert_next(&seeker, "item");
    assert_next(&seeker, "cookie");
    seeker_note_worked(&seeker, "Chromium, Default: cookie of " HOST);
    seeker_clear(&seeker);
    seeker_start(&seeker, sandbox);
    assert_next(&seeker, "cookie");
    assert_next(&seeker, "item");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    sandbox_add_data_test("/level/log", GINT_TO_POINTER(false), test_places_in_the_database);
    sandbox_add_data_test("/level/table", GINT_TO_POINTER(true), test_places_in_the_database);
    for (gsize i = 0; i < G_N_ELEMENTS(forms); i++) {
        g_autofree char *name = g_strdup_printf("/level/form/%" G_GSIZE_FORMAT, i);
        sandbox_add_data_test(name, &forms[i], test_form);
    }
    sandbox_add_test("/level/large", test_a_value_that_is_too_large);
    sandbox_add_test("/level/nothing", test_nothing_there);
    sandbox_add_test("/level/no-trace", test_no_trace);
    sandbox_add_test("/level/memory", test_memory);
    sandbox_add_data_test("/level/expired", GINT_TO_POINTER(SESSION_EXPIRED),
                          test_outcome_of_the_caller);
    sandbox_add_data_test("/level/refused", GINT_TO_POINTER(SESSION_REFUSED),
                          test_outcome_of_the_caller);
    sandbox_add_test("/level/cookie", test_cookie_and_item);
    return g_test_run();
}
