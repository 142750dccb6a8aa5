/* session_search.h for builds without SQLite or OpenSSL: there are no stores. */
#include "common/base/i18n.h"
#include "plugins/browsers/session_search.h"

const char *session_search_missing(void)
{
    return _("this usageline was built without what reads browsers' stores (SQLite, OpenSSL)");
}

const char *session_search_limit(void)
{
    return NULL;
}

char **session_browsers_parse(const char *text, GError **error)
{
    (void)text;
    (void)error;
    return NULL;
}

struct session_search {
    GPtrArray *sessions;
};

struct session_search *session_search_new(const struct session_request *request)
{
    struct session_search *search = g_new0(struct session_search, 1);

    (void)request;
    search->sessions = g_ptr_array_new();
    return search;
}

void session_search_free(struct session_search *search)
{
    if (search)
        g_ptr_array_unref(search->sessions);
    g_free(search);
}

struct session *session_search_next(struct session_search *search)
{
    (void)search;
    return NULL;
}

const GPtrArray *session_search_all(const struct session_search *search)
{
    return search->sessions;
}

void session_search_note_worked(struct session_search *search, const struct session *session)
{
    (void)search;
    (void)session;
}

char **session_search_files(const struct session_search *search, guint max)
{
    (void)search;
    (void)max;
    return g_new0(char *, 1);
}

void session_set(struct session *session, enum session_outcome outcome, char *why)
{
    (void)session;
    (void)outcome;
    g_free(why);
}
