/* For builds without browsers: session_search_missing says so, and nothing else is called. */
#include "common/base/i18n.h"
#include "plugins/browsers/browser_list.h"
#include "plugins/browsers/session_search.h"

const char *session_search_missing(void)
{
    return _("this usageline was built without what reads browsers' stores (SQLite, OpenSSL)");
}

const char *session_search_limit(void)
{
    return NULL;
}

struct session_search *session_search_new(G_GNUC_UNUSED const struct session_request *request)
{
    return NULL;
}

void session_search_free(G_GNUC_UNUSED struct session_search *search)
{
}

struct session *session_search_next(G_GNUC_UNUSED struct session_search *search)
{
    return NULL;
}

const GPtrArray *session_search_all(G_GNUC_UNUSED const struct session_search *search)
{
    return NULL;
}

void session_search_note_worked(G_GNUC_UNUSED struct session_search *search,
                                G_GNUC_UNUSED const struct session *session)
{
}

void session_search_add_files(G_GNUC_UNUSED const struct session_search *search,
                              G_GNUC_UNUSED guint max, G_GNUC_UNUSED GPtrArray *files)
{
}

char **browser_list_parse(G_GNUC_UNUSED const char *text, G_GNUC_UNUSED GError **error)
{
    return NULL;
}
