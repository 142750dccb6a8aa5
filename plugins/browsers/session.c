#include "plugins/browsers/session.h"

#include "common/base/i18n.h"

#include <string.h>

/* In Firefox's originAttributes. */
#define CONTAINER "^userContextId="

static const struct {
    const char *name;
    const char *words;
} outcomes[] = {
    [SESSION_FOUND] = {"found", N_("found")},
    [SESSION_ABSENT] = {"absent", N_("no session")},
    [SESSION_EXPIRED] = {"expired", N_("expired")},
    [SESSION_REFUSED] = {"refused", N_("refused")},
    [SESSION_LOCKED] = {"locked", N_("locked")},
    [SESSION_SEALED] = {"sealed", N_("can't be decrypted")},
    [SESSION_UNREADABLE] = {"unreadable", N_("can't be read")},
};

const char *session_outcome_name(enum session_outcome outcome)
{
    return outcomes[outcome].name;
}

const char *session_outcome_words(enum session_outcome outcome)
{
    return _(outcomes[outcome].words);
}

bool session_outcome_from_name(const char *name, enum session_outcome *outcome)
{
    for (gsize i = 0; name && i < G_N_ELEMENTS(outcomes); i++) {
        if (strcmp(outcomes[i].name, name) == 0) {
            *outcome = (enum session_outcome)i;
            return true;
        }
    }
    return false;
}

static void session_take_row(struct session *session, struct session_row *row, gint64 now)
{
    bool has_expired = row->expires != 0 && row->expires <= now;

    if (row->fault)
        session_set(session, SESSION_UNREADABLE, g_strdup(row->fault));
    else
        session_set(session, has_expired ? SESSION_EXPIRED : SESSION_FOUND, NULL);
    session->place = g_strdup(row->place);
    session->container = g_strdup(row->container);
    session->last_used = row->last_used;
    session->created = row->created;
    session->expires = row->expires;
    session->row = row;
}

struct session *session_new(struct session_store *store, struct session_row *row, gint64 now)
{
    struct session *session = g_new0(struct session, 1);

    session->store = store;
    session->kind = store->kind->session;
    session->outcome = SESSION_ABSENT;
    if (row)
        session_take_row(session, row, now);
    return session;
}

void session_free(struct session *session)
{
    if (!session)
        return;
    g_free(session->label);
    g_free(session->why);
    g_free(session->place);
    g_free(session->container);
    secret_free(session->value);
    session_row_free(session->row);
    g_free(session);
}

void session_set(struct session *session, enum session_outcome outcome, char *why)
{
    session->outcome = outcome;
    g_free(session->why);
    session->why = why;
}

bool session_is_at(const struct session *session, const struct session_row *row)
{
    return g_strcmp0(session->place, row->place) == 0 &&
           g_strcmp0(session->container, row->container) == 0 && session->created == row->created;
}

static const char *session_host(const char *place)
{
    const char *host = strstr(place, "://");

    return host ? host + 3 : place;
}

static char *session_name(const struct session *session)
{
    const char *store = session->store->label;
    bool is_item = session->kind == SESSION_ITEM;

    if (!session->place)
        return is_item ? g_strdup_printf(_("%s: local storage"), store) : g_strdup(store);
    return g_strdup_printf(is_item ? _("%s: local storage of %s") : _("%s: cookie of %s"), store,
                           session_host(session->place));
}

static char *session_name_with_container(const struct session *session)
{
    const char *container = session->container ? strstr(session->container, CONTAINER) : NULL;
    g_autofree char *name = session_name(session);

    if (!container)
        return g_steal_pointer(&name);
    container += strlen(CONTAINER);
    return g_strdup_printf(_("%s, container %.*s"), name, (int)strspn(container, "0123456789"),
                           container);
}

/* Numbers those of the same name: profiles in two folders, or partitions of one store. */
void session_label_all(const GPtrArray *sessions)
{
    g_autoptr(GHashTable) labels = g_hash_table_new(g_str_hash, g_str_equal);

    for (guint i = 0; i < sessions->len; i++) {
        struct session *session = sessions->pdata[i];
        g_autofree char *name = session_name_with_container(session);

        g_free(session->label);
        session->label = g_strdup(name);
        for (guint number = 2; g_hash_table_contains(labels, session->label); number++) {
            g_free(session->label);
            session->label = g_strdup_printf("%s (%u)", name, number);
        }
        g_hash_table_add(labels, session->label);
    }
}
