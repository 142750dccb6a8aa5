/* cookie_search.h for builds without SQLite or OpenSSL: there are no stores. */
#include "common/i18n.h"
#include "plugins/cookies/cookie_search.h"

const char *cookie_search_missing(void)
{
    return _("this usageline was built without what reads browsers' cookies (SQLite, OpenSSL)");
}

const char *cookie_search_limit(void)
{
    return NULL;
}

char **cookie_browsers_parse(const char *text, GError **error)
{
    (void)text;
    (void)error;
    return NULL;
}

struct cookie_search {
    GPtrArray *looks;
};

struct cookie_search *cookie_search_new(const struct cookie_request *request)
{
    struct cookie_search *search = g_new0(struct cookie_search, 1);

    (void)request;
    search->looks = g_ptr_array_new();
    return search;
}

void cookie_search_free(struct cookie_search *search)
{
    if (search)
        g_ptr_array_unref(search->looks);
    g_free(search);
}

struct cookie_look *cookie_search_next(struct cookie_search *search)
{
    (void)search;
    return NULL;
}

const GPtrArray *cookie_search_looks(const struct cookie_search *search)
{
    return search->looks;
}

void cookie_search_note_worked(const struct cookie_request *request, const char *label)
{
    (void)request;
    (void)label;
}

void cookie_look_set(struct cookie_look *look, enum cookie_outcome outcome, char *why)
{
    (void)look;
    (void)outcome;
    g_free(why);
}
