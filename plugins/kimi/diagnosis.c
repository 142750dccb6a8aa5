#include "plugins/kimi/diagnosis.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "plugins/browsers/session_search.h"
#include "plugins/kimi/browser.h"
#include "plugins/kimi/chain.h"
#include "plugins/kimi/inquiry.h"
#include "plugins/kimi/memory.h"
#include "plugins/kimi/refusal.h"

#include <string.h>

/* Why a candidate would not be sent; NULL: it would. The caller frees it. */
static char *diagnosis_fault(const struct memory *memory, const struct candidate *candidate)
{
    g_autoptr(GError) refused = NULL;
    long status;
    gint64 at;

    if (!candidate->credential)
        return g_strdup(candidate->error->message);
    at = memory_refused_at(memory, candidate->credential, &status);
    if (at == 0)
        return NULL;
    refused = refusal_error_remembered(candidate->credential, candidate->where, status, at);
    return g_strdup(refused->message);
}

static void diagnosis_put_place(struct json_writer *writer, const struct candidate *candidate,
                                const char *fault, bool is_used)
{
    g_autofree char *hint =
        candidate->credential ? secret_hint(candidate->credential->secret) : NULL;

    json_open_object(writer, NULL);
    json_put_string(writer, "label", candidate->where);
    json_put_string(writer, "outcome", fault ? "unusable" : "found");
    json_put_string(writer, "words", fault ? _("not usable") : _("found"));
    json_put_string(writer, "why", fault);
    if (candidate->credential)
        json_put_string(writer, "host", credential_host(candidate->credential));
    json_put_string(writer, "hint", hint);
    json_put_boolean(writer, "used", is_used);
    json_close_object(writer);
}

/* What is to be told of one source, beside its places. */
struct diagnosis {
    struct chain *chain;
    struct chain_link *link;
    const struct memory *memory;
    const char *off;
    const struct candidate *first; /* that would be sent; NULL: none */
    char *fault;                   /* of the first candidate; NULL: none */
    bool is_present;               /* one is there, be it expired or malformed */
};

/* Looks at all candidates of the source. */
static void diagnosis_look(struct diagnosis *diagnosis)
{
    const struct candidate *candidate;

    for (guint i = 0; (candidate = chain_link_at(diagnosis->chain, diagnosis->link, i)); i++) {
        g_autofree char *fault = diagnosis_fault(diagnosis->memory, candidate);

        if (candidate->credential || usage_error_kind(candidate->error) == USAGE_ERROR_AUTH)
            diagnosis->is_present = true;
        if (!fault && !diagnosis->first)
            diagnosis->first = candidate;
        if (fault && !diagnosis->fault)
            diagnosis->fault = g_steal_pointer(&fault);
    }
}

static void diagnosis_put_places(const struct diagnosis *diagnosis, bool is_used,
                                 struct json_writer *writer)
{
    const struct chain_link *link = diagnosis->link;
    const struct candidate *used = is_used ? diagnosis->first : NULL;

    json_open_array(writer, "places");
    if (link->source->list)
        link->source->list(link->state, used, writer);
    for (guint i = 0; !link->source->list && i < link->seen->len; i++) {
        const struct candidate *candidate = link->seen->pdata[i];
        g_autofree char *fault = diagnosis_fault(diagnosis->memory, candidate);
        diagnosis_put_place(writer, candidate, fault, candidate == used);
    }
    json_close_array(writer);
}

static char *diagnosis_why(const struct diagnosis *diagnosis, bool is_wanted, bool is_first)
{
    if (diagnosis->off)
        return g_strdup(diagnosis->off);
    if (!diagnosis->first)
        return g_strdup(diagnosis->fault ? diagnosis->fault : _("not set"));
    if (!is_wanted)
        return g_strdup_printf(_("the source is set to \"%s\""), diagnosis->chain->settings.mode);
    return g_strdup_printf(is_first ? _("found in %s; tried first")
                                    : _("found in %s; for when the ones before fail"),
                           diagnosis->first->where);
}

static void diagnosis_write_link(struct diagnosis *diagnosis, bool *is_first,
                                 struct json_writer *writer)
{
    const struct source *source = diagnosis->link->source;
    bool is_wanted = source_is_wanted(source, &diagnosis->chain->settings);
    bool is_used;

    diagnosis->off = chain_link_off(diagnosis->chain, diagnosis->link);
    if (!diagnosis->off)
        diagnosis_look(diagnosis);
    is_used = *is_first && is_wanted && diagnosis->first;
    g_autofree char *why = diagnosis_why(diagnosis, is_wanted, *is_first);
    json_open_object(writer, NULL);
    json_put_string(writer, "source", source->name);
    json_put_string(writer, "label", _(source->label));
    json_put_string(writer, "mode", source->mode);
    json_put_boolean(writer, "present", diagnosis->is_present);
    json_put_boolean(writer, "used", is_used);
    json_put_string(writer, "why", why);
    if (!diagnosis->off)
        diagnosis_put_places(diagnosis, is_used, writer);
    json_close_object(writer);
    *is_first = *is_first && !is_used;
}

/* Nothing can be said of credentials while a setting is wrong. */
static void diagnosis_write_error(const GError *error, struct json_writer *writer)
{
    for (const struct source *source = sources; source->name; source++) {
        json_open_object(writer, NULL);
        json_put_string(writer, "source", source->name);
        json_put_string(writer, "label", _(source->label));
        json_put_string(writer, "mode", source->mode);
        json_put_boolean(writer, "present", false);
        json_put_boolean(writer, "used", false);
        json_put_string(writer, "why", error->message);
        json_close_object(writer);
    }
}

void diagnosis_write(const struct provider_call *call, struct json_writer *writer)
{
    autoclear(chain) chain = {0};
    g_autoptr(GError) error = NULL;
    bool is_first = true;

    if (!chain_init(&chain, call, &error)) {
        diagnosis_write_error(error, writer);
        return;
    }
    autoptr(memory) memory = memory_load(call->paths, call->now);
    for (guint i = 0; i < chain.links->len; i++) {
        struct diagnosis diagnosis = {
            .chain = &chain, .link = chain.links->pdata[i], .memory = memory};
        diagnosis_write_link(&diagnosis, &is_first, writer);
        g_free(diagnosis.fault);
    }
}

/* Something that is not looked at. */
static void diagnosis_put_nothing(struct json_writer *writer, const char *label, const char *why)
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
        diagnosis_put_nothing(writer, _("browsers"), error->message);
        return;
    }
    for (guint i = 0; i < chain.links->len && !off; i++) {
        struct chain_link *link = chain.links->pdata[i];
        const struct candidate *candidate, *first = NULL;

        if (!link->source->list)
            continue;
        off = chain_link_off(&chain, link);
        for (guint k = 0; !off && (candidate = chain_link_at(&chain, link, k)); k++) {
            if (candidate->credential && !first)
                first = candidate;
            else if (!candidate->credential && !candidate->origin && candidate->error &&
                     usage_error_kind(candidate->error) == USAGE_ERROR_CONFIG)
                diagnosis_put_nothing(writer, candidate->where, candidate->error->message);
        }
        if (!off)
            link->source->list(link->state, used ? NULL : first, writer);
        used = used ? used : first;
    }
    if (off)
        diagnosis_put_nothing(writer, _("browsers"), off);
    else if (session_search_limit())
        diagnosis_put_nothing(writer, _("this build"), session_search_limit());
}

/* The address that would be asked: that of the first credential, else the site's own. The caller
 * frees it; NULL if a setting is wrong, which the diagnosis tells. */
static char *diagnosis_find_address(struct chain *chain)
{
    g_autoptr(GError) error = NULL;

    for (guint i = 0; i < chain->links->len; i++) {
        struct chain_link *link = chain->links->pdata[i];
        const struct candidate *candidate;

        if (!source_is_wanted(link->source, &chain->settings) || chain_link_off(chain, link))
            continue;
        for (guint k = 0; (candidate = chain_link_at(chain, link, k)); k++) {
            const struct credential *credential = candidate->credential;
            if (credential)
                return credential->endpoint ? endpoint_address(credential->endpoint)
                                            : g_strdup(credential->site->web);
        }
    }
    autoptr(endpoint) endpoint = endpoint_new(chain->settings.site, chain->settings.base,
                                              chain->settings.base_named_by, &error);
    return endpoint ? endpoint_address(endpoint) : NULL;
}

static void diagnosis_put_host(struct json_writer *writer, const char *host, const GError *error,
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
    autoclear(http_exchange) exchange = {.is_required = true};

    if (!address)
        return;
    g_autofree char *url = g_strconcat(address, "/", NULL);
    exchange.request = http_request_new(url);
    if (client)
        http_send(client, &exchange, 1, call->now);
    diagnosis_put_host(writer, address + strlen("https://"), error ? error : exchange.error,
                       &exchange.response);
}
