#include "plugins/cookies/cookie_search.h"

#include "common/error.h"
#include "common/i18n.h"
#include "plugins/cookies/chromium.h"
#include "plugins/cookies/cookie_memory.h"
#include "plugins/cookies/firefox.h"
#include "plugins/cookies/keyring.h"
#include "plugins/cookies/safe_storage.h"
#include "plugins/cookies/store_copy.h"

#include <string.h>

/* A keyring that did not answer is left alone for so long. */
#define KEYRING_REST (60 * G_TIME_SPAN_SECOND)

static const struct browser_family *const families[] = {&chromium_family, &firefox_family};

struct cookie_search {
    const struct cookie_request *request;
    gint64 now; /* microseconds since 1970 */
    char *config_home;
    GPtrArray *looks;
    guint next;
    struct cookie_memory *memory;
    struct copy_room *room; /* NULL: not needed yet, or there is no place */
    struct safe_storage *storage;
};

const char *cookie_search_missing(void)
{
    return NULL;
}

const char *cookie_search_limit(void)
{
    return keyring_missing ? _(keyring_missing) : NULL;
}

static const struct browser *find_browser(const char *id, const struct browser_family **family)
{
    for (gsize i = 0; i < G_N_ELEMENTS(families); i++) {
        for (const struct browser *browser = families[i]->browsers; browser->id; browser++) {
            if (strcmp(browser->id, id) == 0) {
                *family = families[i];
                return browser;
            }
        }
    }
    return NULL;
}

static char *list_ids(void)
{
    GString *ids = g_string_new(NULL);

    for (gsize i = 0; i < G_N_ELEMENTS(families); i++) {
        for (const struct browser *browser = families[i]->browsers; browser->id; browser++)
            g_string_append_printf(ids, "%s%s", ids->len > 0 ? ", " : "", browser->id);
    }
    return g_string_free(ids, FALSE);
}

char **cookie_browsers_parse(const char *text, GError **error)
{
    g_auto(GStrv) parts = g_strsplit_set(text, ", ", -1);
    GPtrArray *ids = g_ptr_array_new();
    const struct browser_family *family;
    const char *unknown = NULL;

    for (char **part = parts; *part && !unknown; part++) {
        if ((*part)[0] == '\0')
            continue;
        if (!find_browser(*part, &family))
            unknown = *part;
        g_ptr_array_add(ids, g_strdup(*part));
    }
    g_ptr_array_add(ids, NULL);
    char **all = (char **)g_ptr_array_free(ids, FALSE);
    if (unknown) {
        g_autofree char *known = list_ids();
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                    _("\"browsers\": \"%s\" is not known; it can be %s"), unknown, known);
    }
    if (unknown || !all[0])
        g_clear_pointer(&all, g_strfreev);
    return all;
}

/* Always absolute: the current folder is no home. */
static char *find_home(char **environment)
{
    const char *home = g_environ_getenv(environment, "HOME");

    return home && g_path_is_absolute(home) ? g_strdup(home) : paths_home();
}

static GPtrArray *list_stores(const struct cookie_search *search)
{
    const struct cookie_request *request = search->request;
    g_autofree char *home = find_home(request->environment);
    const struct browser_homes homes = {home, search->config_home};
    GPtrArray *stores = g_ptr_array_new();

    if (request->app) {
        cookie_stores_add(stores, &homes, &chromium_family, request->app);
    } else if (request->browsers) {
        for (const char *const *id = request->browsers; *id; id++) {
            const struct browser_family *family;
            const struct browser *browser = find_browser(*id, &family);
            if (browser)
                cookie_stores_add(stores, &homes, family, browser);
        }
    } else {
        for (gsize i = 0; i < G_N_ELEMENTS(families); i++) {
            for (const struct browser *one = families[i]->browsers; one->id; one++)
                cookie_stores_add(stores, &homes, families[i], one);
        }
    }
    return stores;
}

static void read_look(struct cookie_search *search, struct cookie_look *look)
{
    const struct cookie_request *request = search->request;

    if (!search->room)
        search->room =
            copy_room_new(request->paths, g_environ_getenv(request->environment, "XDG_RUNTIME_DIR"),
                          NULL); /* without one the look says so */
    cookie_look_read(look, search->room, &request->query, search->now);
}

/* The place of a browser in the order of the request. */
static guint get_rank(const struct cookie_search *search, const struct cookie_look *look)
{
    const char *const *ids = search->request->browsers;
    guint rank = 0;

    while (ids && ids[rank] && strcmp(ids[rank], look->store->browser->id) != 0)
        rank++;
    return rank;
}

/* The store whose cookie worked last; NULL if there is none, or somebody has signed in elsewhere
 * since. */
static const struct cookie_look *find_worked(const struct cookie_search *search)
{
    gint64 since = 0;
    const char *label = cookie_memory_worked(search->memory, &since);
    const struct cookie_look *worked = NULL;

    for (guint i = 0; i < search->looks->len; i++) {
        const struct cookie_look *look = search->looks->pdata[i];
        if (g_strcmp0(look->store->label, label) == 0)
            worked = look;
        else if (look->outcome == COOKIE_FOUND && look->created > since)
            return NULL;
    }
    return worked;
}

struct order {
    const struct cookie_search *search;
    const struct cookie_look *worked;
};

static gint compare(gconstpointer first, gconstpointer second, gpointer data)
{
    const struct order *order = data;
    const struct cookie_look *a = *(const struct cookie_look *const *)first;
    const struct cookie_look *b = *(const struct cookie_look *const *)second;
    guint rank_a = get_rank(order->search, a), rank_b = get_rank(order->search, b);

    if (rank_a != rank_b)
        return rank_a < rank_b ? -1 : 1;
    if (a == order->worked || b == order->worked)
        return a == order->worked ? -1 : 1;
    if (a->last_used != b->last_used)
        return a->last_used > b->last_used ? -1 : 1;
    return strcmp(a->store->label, b->store->label);
}

static void sort(struct cookie_search *search)
{
    struct order order = {search, find_worked(search)};

    g_ptr_array_sort_with_data(search->looks, compare, &order);
}

static char *find_config_home(char **environment)
{
    const char *config = g_environ_getenv(environment, "XDG_CONFIG_HOME");
    g_autofree char *home = find_home(environment);

    if (config && g_path_is_absolute(config))
        return g_strdup(config);
    return g_build_filename(home, ".config", NULL);
}

struct cookie_search *cookie_search_new(const struct cookie_request *request)
{
    struct cookie_search *search = g_new0(struct cookie_search, 1);
    gint64 rest;

    search->request = request;
    search->now = request->now * G_USEC_PER_SEC;
    search->config_home = find_config_home(request->environment);
    search->memory = cookie_memory_load(request->paths, request->memory, &request->query);
    search->looks = g_ptr_array_new_with_free_func((GDestroyNotify)cookie_look_free);
    rest = search->now - cookie_memory_late(search->memory);
    search->storage = safe_storage_new(request->environment, search->config_home,
                                       rest < 0 || rest > KEYRING_REST);
    g_autoptr(GPtrArray) stores = list_stores(search);
    for (guint i = 0; i < stores->len; i++) {
        struct cookie_look *look = cookie_look_new(stores->pdata[i]);
        g_ptr_array_add(search->looks, look);
        if (!cookie_memory_recall(search->memory, look, search->now))
            read_look(search, look);
    }
    sort(search);
    return search;
}

void cookie_search_free(struct cookie_search *search)
{
    if (!search)
        return;
    if (safe_storage_was_late(search->storage))
        cookie_memory_set_late(search->memory, search->now);
    /* Somebody who has no browser needs no file about it. */
    if (search->looks->len > 0) {
        cookie_memory_keep(search->memory, search->looks);
        cookie_memory_save(search->memory);
    }
    cookie_memory_free(search->memory);
    copy_room_free(search->room);
    safe_storage_free(search->storage);
    g_ptr_array_unref(search->looks);
    g_free(search->config_home);
    g_free(search);
}

struct cookie_look *cookie_search_next(struct cookie_search *search)
{
    while (search->next < search->looks->len) {
        struct cookie_look *look = search->looks->pdata[search->next++];

        if (look->outcome == COOKIE_FOUND && !look->row)
            read_look(search, look); /* it was remembered without its value */
        if (look->outcome == COOKIE_FOUND && look->row)
            cookie_look_open(look, search->storage);
        if (look->value)
            return look;
    }
    return NULL;
}

const GPtrArray *cookie_search_looks(const struct cookie_search *search)
{
    return search->looks;
}

void cookie_search_note_worked(const struct cookie_request *request, const char *label)
{
    autoptr(cookie_memory) memory =
        cookie_memory_load(request->paths, request->memory, &request->query);

    cookie_memory_set_worked(memory, label, request->now * G_USEC_PER_SEC);
    cookie_memory_save(memory);
}
