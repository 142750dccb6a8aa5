#include "plugins/kimi/diagnosis.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "plugins/browsers/session_search.h"
#include "plugins/kimi/chain.h"
#include "plugins/kimi/fetch.h"
#include "plugins/kimi/inquiry.h"
#include "plugins/kimi/memory.h"

#include <string.h>

static void diagnosis_write_candidate(struct json_writer *writer, const struct candidate *candidate,
                                      const GError *fault, bool is_used)
{
    g_autofree char *hint =
        candidate->credential ? secret_hint(candidate->credential->secret) : NULL;

    json_open_object(writer, NULL);
    json_put_string(writer, "label", candidate->where);
    json_put_string(writer, "outcome", fault ? "unusable" : "found");
    json_put_string(writer, "words", fault ? _("not usable") : _("found"));
    json_put_string(writer, "why", fault ? fault->message : NULL);
    if (candidate->credential)
        json_put_string(writer, "host", credential_host(candidate->credential));
    json_put_string(writer, "hint", hint);
    json_put_boolean(writer, "used", is_used);
    json_close_object(writer);
}

/* One source, as the doctor shows it. */
struct diagnosis {
    struct chain *chain;
    struct chain_link *link;
    const struct memory *memory;
    const char *off;               /* why the source must not be searched; NULL: it may be */
    const struct candidate *first; /* that would be sent; NULL: none */
    GError *fault;                 /* of the first candidate that has one; NULL: none */
    bool is_present;               /* there is a credential, even one that can't be used */
};

static void diagnosis_search(struct diagnosis *diagnosis)
{
    const struct candidate *candidate;

    for (guint i = 0; (candidate = chain_candidate(diagnosis->chain, diagnosis->link, i)); i++) {
        g_autoptr(GError) fault = fetch_find_fault(diagnosis->memory, candidate);

        if (candidate->credential || usage_error_kind(candidate->error) == USAGE_ERROR_AUTH)
            diagnosis->is_present = true;
        if (!fault && !diagnosis->first)
            diagnosis->first = candidate;
        if (fault && !diagnosis->fault)
            diagnosis->fault = g_steal_pointer(&fault);
    }
}

static void diagnosis_write_places(const struct diagnosis *diagnosis, bool is_used,
                                   struct json_writer *writer)
{
    const struct chain_link *link = diagnosis->link;

    json_open_array(writer, "places");
    if (link->source->search)
        link->source->search->list(link->state, is_used ? diagnosis->first : NULL, writer);
    for (guint i = 0; !link->source->search && i < link->candidates->len; i++) {
        const struct candidate *candidate = link->candidates->pdata[i];
        g_autoptr(GError) fault = fetch_find_fault(diagnosis->memory, candidate);
        diagnosis_write_candidate(writer, candidate, fault,
                                  is_used && candidate == diagnosis->first);
    }
    json_close_array(writer);
}

/* Says whether the source would be used, and why; the caller frees it. */
static char *diagnosis_explain(const struct diagnosis *diagnosis, bool is_wanted, bool is_first)
{
    if (diagnosis->off)
        return g_strdup(diagnosis->off);
    if (!diagnosis->first)
        return g_strdup(diagnosis->fault ? diagnosis->fault->message : _("not set"));
    if (!is_wanted)
        return g_strdup_printf(_("the source is set to \"%s\""), diagnosis->chain->settings.mode);
    return g_strdup_printf(is_first ? _("found in %s; tried first")
                                    : _("found in %s; for when the ones before fail"),
                           diagnosis->first->where);
}

/* Writes one source. `is_first` becomes false when one is used. */
static void diagnosis_write_source(struct diagnosis *diagnosis, bool *is_first,
                                   struct json_writer *writer)
{
    const struct source *source = diagnosis->link->source;
    bool is_wanted, is_used;

    if (!diagnosis->off)
        diagnosis->off = chain_why_off(diagnosis->chain, diagnosis->link);
    if (!diagnosis->off)
        diagnosis_search(diagnosis);
    is_wanted = diagnosis->first && chain_is_wanted(diagnosis->chain, diagnosis->link);
    is_used = *is_first && is_wanted;
    g_autofree char *why = diagnosis_explain(diagnosis, is_wanted, *is_first);
    json_open_object(writer, NULL);
    json_put_string(writer, "source", source->name);
    json_put_string(writer, "label", _(source->label));
    json_put_string(writer, "mode", source->mode);
    json_put_boolean(writer, "present", diagnosis->is_present);
    json_put_boolean(writer, "used", is_used);
    json_put_string(writer, "why", why);
    if (!diagnosis->off)
        diagnosis_write_places(diagnosis, is_used, writer);
    json_close_object(writer);
    *is_first = *is_first && !is_used;
}

void diagnosis_write(const struct provider_call *call, struct json_writer *writer)
{
    autoclear(chain) chain = {0};
    g_autoptr(GError) error = NULL;
    bool is_first = true;

    chain_init(&chain, call, &error);
    autoptr(memory) memory = memory_load(call->paths, call->now);
    for (guint i = 0; i < chain.links->len; i++) {
        struct diagnosis diagnosis = {
            .chain = &chain,
            .link = chain.links->pdata[i],
            .memory = memory,
            .off = error ? error->message : NULL, /* no source can be used with wrong settings */
        };
        diagnosis_write_source(&diagnosis, &is_first, writer);
        g_clear_error(&diagnosis.fault);
    }
}

/* Writes a place that is not searched. */
static void diagnosis_write_unsearched(struct json_writer *writer, const char *label,
                                       const char *why)
{
    json_open_object(writer, NULL);
    json_put_string(writer, "label", label);
    json_put_string(writer, "outcome", "off");
    json_put_string(writer, "words", _("not searched"));
    json_put_string(writer, "why", why);
    json_close_object(writer);
}

void diagnosis_write_browsers(const struct provider_call *call, struct json_writer *writer)
{
    autoclear(chain) chain = {0};
    g_autoptr(GError) error = NULL;
    const struct candidate *used = NULL;
    const char *off = NULL;

    if (!chain_init(&chain, call, &error)) {
        diagnosis_write_unsearched(writer, _("browsers"), error->message);
        return;
    }
    for (guint i = 0; i < chain.links->len && !off; i++) {
        struct chain_link *link = chain.links->pdata[i];
        const struct candidate *candidate, *first = NULL;

        if (!link->source->search)
            continue;
        off = chain_why_off(&chain, link);
        for (guint k = 0; !off && (candidate = chain_candidate(&chain, link, k)); k++) {
            if (candidate->credential && !first)
                first = candidate;
            else if (!candidate->credential && !candidate->state && candidate->error &&
                     usage_error_kind(candidate->error) == USAGE_ERROR_CONFIG)
                diagnosis_write_unsearched(writer, candidate->where, candidate->error->message);
        }
        if (!off)
            link->source->search->list(link->state, used ? NULL : first, writer);
        used = used ? used : first;
    }
    if (off)
        diagnosis_write_unsearched(writer, _("browsers"), off);
    else if (session_search_limit())
        diagnosis_write_unsearched(writer, _("this build"), session_search_limit());
}

/* The address of the first credential, else that of the site; NULL if a setting is wrong, which
 * diagnosis_write reports. The caller frees it. */
static char *diagnosis_find_address(struct chain *chain)
{
    g_autoptr(GError) error = NULL;

    for (guint i = 0; i < chain->links->len; i++) {
        struct chain_link *link = chain->links->pdata[i];
        const struct candidate *candidate;

        if (!chain_is_wanted(chain, link) || chain_why_off(chain, link))
            continue;
        for (guint k = 0; (candidate = chain_candidate(chain, link, k)); k++) {
            const struct credential *credential = candidate->credential;
            if (credential)
                return credential_is_session(credential) ? g_strdup(credential->site->web)
                                                         : endpoint_address(credential->endpoint);
        }
    }
    autoptr(endpoint) endpoint = endpoint_new(chain->settings.site, chain->settings.base,
                                              chain->settings.base_named_by, &error);
    return endpoint ? endpoint_address(endpoint) : NULL;
}

static void diagnosis_write_host(struct json_writer *writer, const char *host, const GError *error,
                                 const struct http_response *response)
{
    gint64 now = g_get_real_time() / G_USEC_PER_SEC;

    json_open_object(writer, NULL);
    json_put_string(writer, "host", host);
    json_put_boolean(writer, "reached", error == NULL);
    if (error)
        json_put_string(writer, "why", error->message);
    else if (response->date > 0)
        json_put_integer(writer, "clockSkew", now - response->date);
    json_close_object(writer);
}

void diagnosis_probe(const struct provider_call *call, struct json_writer *writer)
{
    autoclear(chain) chain = {0};
    g_autofree char *address =
        chain_init(&chain, call, NULL) ? diagnosis_find_address(&chain) : NULL;
    g_autoptr(GError) error = NULL;
    autoptr(http_client) client = address ? inquiry_client(call, &error) : NULL;
    autoclear(http_exchange) exchange = {.is_answer = true};

    if (!address)
        return;
    g_autofree char *url = g_strconcat(address, "/", NULL);
    exchange.request = http_request_new(url);
    if (client)
        http_send(client, &exchange, 1, call->now);
    diagnosis_write_host(writer, address + strlen("https://"), error ? error : exchange.error,
                         &exchange.response);
}
