#include "plugins/kimi/fetch.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "plugins/kimi/chain.h"
#include "plugins/kimi/inquiry.h"
#include "plugins/kimi/missing.h"
#include "plugins/kimi/refusal.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Requests that one run may send. */
#define MAX_REQUESTS 8

/* Seconds after which no other candidate is tried: usageline gives a provider 15 in all, and one
 * candidate may take HTTP_TIMEOUT and the patience for its statistics. */
#define LATEST_START 4

struct fetch {
    struct chain *chain;
    struct memory *memory;
    guint requests_left;
    gint64 latest_start; /* microseconds of the monotonic clock */
    struct answer *answer;
    bool was_sent;       /* the credential that the error of the answer is about */
    bool has_credential; /* a candidate that was tried had one */
    bool has_ended;
};

static void fetch_report(const struct source *source, const struct candidate *candidate,
                         const char *outcome)
{
    fprintf(stderr, _("%s, %s: %s\n"), _(source->label), candidate->where, outcome);
}

/* Whether the next candidate may do better after this error. */
static bool fetch_may_go_on(const GError *error)
{
    switch (usage_error_kind(error)) {
    case USAGE_ERROR_NETWORK: /* it needs the network too */
    case USAGE_ERROR_CONFIG:
    case USAGE_ERROR_RATE_LIMITED: /* the service asks to wait */
        return false;
    default:
        return true;
    }
}

/* Keeps the first error, with its time to wait: that of another credential must not delay the one
 * that the user is about to fix. An error that ends the run after a request is worth more than one
 * from before any request. */
static void fetch_keep_error(struct fetch *fetch, bool was_sent, struct answer *attempt)
{
    bool is_worth_more = was_sent && !fetch->was_sent && fetch->has_ended;

    if (fetch->answer->error && !is_worth_more)
        return;
    answer_clear(fetch->answer);
    fetch->was_sent = was_sent;
    *fetch->answer = *attempt;
    *attempt = (struct answer){0};
}

/* Whether both belong to one site and, as far as they say, to one account. */
static bool fetch_is_same_account(const struct credential *session,
                                  const struct credential *credential)
{
    const char *account = session->claims->traffic_id;
    const char *other = credential->claims->traffic_id;

    return session->site == credential->site && (!account || !other || strcmp(account, other) == 0);
}

/* A web session of the same account, for the statistics beside an answer of the Code API; NULL:
 * there is none, or the settings exclude it. */
static const struct credential *fetch_find_session(const struct fetch *fetch,
                                                   const struct credential *credential)
{
    struct chain *chain = fetch->chain;

    if (strcmp(chain->settings.mode, "auto") != 0 || chain->settings.cookies == COOKIES_OFF)
        return NULL;
    for (guint i = 0; i < chain->links->len; i++) {
        struct chain_link *link = chain->links->pdata[i];
        const struct candidate *candidate;

        if (strcmp(link->source->mode, "web") != 0 || chain_why_off(chain, link))
            continue;
        for (guint k = 0; (candidate = chain_candidate(chain, link, k)); k++) {
            const struct credential *session = candidate->credential;
            if (session && fetch_is_same_account(session, credential) &&
                memory_refused_at(fetch->memory, session, NULL) == 0)
                return session;
        }
    }
    return NULL;
}

static void fetch_settle(const struct chain_link *link, const struct candidate *candidate,
                         bool is_accepted)
{
    if (link->source->search)
        link->source->search->settle(link->state, candidate, is_accepted);
}

/* Sends requests with a candidate's credential. */
static void fetch_ask(struct fetch *fetch, const struct chain_link *link,
                      const struct candidate *candidate, struct answer *attempt)
{
    const struct credential *credential = candidate->credential;
    /* A client each: on a connection that was used before, libcurl repeats what failed. */
    autoptr(http_client) client = inquiry_client(fetch->chain->call, &attempt->error);
    struct inquiry inquiry = {
        .call = fetch->chain->call,
        .memory = fetch->memory,
        .client = client,
        .credential = credential,
        .where = candidate->where,
        .requests_left = &fetch->requests_left,
    };

    if (!client)
        return;
    if (!credential_is_session(credential))
        inquiry.session = fetch_find_session(fetch, credential);
    inquiry_send(&inquiry, attempt);
    if (attempt->snapshot || memory_refused_at(fetch->memory, credential, NULL) > 0)
        fetch_settle(link, candidate, attempt->snapshot != NULL);
}

GError *fetch_find_fault(const struct memory *memory, const struct candidate *candidate)
{
    long status;
    gint64 at;

    if (!candidate->credential)
        return g_error_copy(candidate->error);
    at = memory_refused_at(memory, candidate->credential, &status);
    return at > 0 ? refusal_error_remembered(candidate->credential, candidate->where, status, at)
                  : NULL;
}

/* With some old international plans the Code API always answers 0. */
static void fetch_warn_if_zero(const struct snapshot *snapshot)
{
    for (guint i = 0; i < snapshot->windows->len; i++) {
        const struct window *window = snapshot->windows->pdata[i];
        if (!isnan(window->used_percent) && window->used_percent > 0)
            return;
    }
    fprintf(stderr, "%s\n",
            _("Every limit reads 0 %. If Kimi's page shows use, only a web session knows of it: "
              "try `usageline usage --source web`"));
}

/* Whether another credential may be sent. The first always may, however long it took to find. */
static bool fetch_may_ask(const struct fetch *fetch)
{
    return fetch->requests_left == MAX_REQUESTS || (fetch->requests_left >= INQUIRY_MIN_REQUESTS &&
                                                    g_get_monotonic_time() < fetch->latest_start);
}

static void fetch_try(struct fetch *fetch, const struct chain_link *link,
                      const struct candidate *candidate)
{
    autoclear(answer) attempt = {.error = fetch_find_fault(fetch->memory, candidate),
                                 .expired_at = candidate->expired_at};
    bool is_sent = !attempt.error;

    fetch->has_credential = fetch->has_credential || candidate->credential;
    if (!is_sent && candidate->credential)
        fetch_settle(link, candidate, false);
    if (is_sent && !fetch_may_ask(fetch)) {
        fetch_report(link->source, candidate, _("not tried: enough was asked in this run"));
        fetch->has_ended = true;
        return;
    }
    if (is_sent)
        fetch_ask(fetch, link, candidate, &attempt);
    if (attempt.snapshot) {
        fetch_report(link->source, candidate, _("accepted"));
        if (!credential_is_session(candidate->credential))
            fetch_warn_if_zero(attempt.snapshot);
        answer_clear(fetch->answer);
        fetch->answer->snapshot = g_steal_pointer(&attempt.snapshot);
        fetch->answer->snapshot->source = g_strdup(link->source->name);
        fetch->answer->snapshot->source_label = g_strdup(_(link->source->label));
        fetch->has_ended = true;
        return;
    }
    fetch_report(link->source, candidate, attempt.error->message);
    fetch->has_ended = !fetch_may_go_on(attempt.error);
    fetch_keep_error(fetch, is_sent, &attempt);
}

/* The files that a new sign-in changes, so that nobody has to wait after one. NULL-terminated; the
 * caller frees it. */
static char **fetch_list_files(const struct fetch *fetch)
{
    bool nothing_was_sent = fetch->requests_left == MAX_REQUESTS;
    GPtrArray *watch = g_ptr_array_new();

    for (guint i = 0; i < fetch->chain->links->len; i++) {
        const struct chain_link *link = fetch->chain->links->pdata[i];

        if (link->source->is_restless && !nothing_was_sent)
            continue;
        if (link->state)
            link->source->search->watch(link->state, link->files);
        for (guint k = 0; k < link->files->len && watch->len < ANSWER_MAX_WATCH; k++) {
            const char *file = link->files->pdata[k];
            if (!g_ptr_array_find_with_equal_func(watch, file, g_str_equal, NULL))
                g_ptr_array_add(watch, g_strdup(file));
        }
    }
    g_ptr_array_add(watch, NULL);
    return (char **)g_ptr_array_free(watch, FALSE);
}

static void fetch_try_all(struct fetch *fetch)
{
    struct chain *chain = fetch->chain;

    for (guint i = 0; i < chain->links->len && !fetch->has_ended; i++) {
        struct chain_link *link = chain->links->pdata[i];
        const struct candidate *candidate;

        if (!chain_is_wanted(chain, link) || chain_why_off(chain, link) ||
            (link->source->is_last_resort && fetch->has_credential))
            continue;
        for (guint k = 0; !fetch->has_ended && (candidate = chain_candidate(chain, link, k)); k++)
            fetch_try(fetch, link, candidate);
    }
    if (fetch->answer->snapshot)
        return;
    fetch->answer->watch = fetch_list_files(fetch);
    if (!fetch->answer->error)
        missing_set_error(chain, &fetch->answer->error);
}

void fetch_usage(const struct provider_call *call, struct answer *answer)
{
    autoclear(chain) chain = {0};

    if (!chain_init(&chain, call, &answer->error))
        return;
    autoptr(memory) memory = memory_load(call->paths, call->now);
    struct fetch fetch = {
        .chain = &chain,
        .memory = memory,
        .requests_left = MAX_REQUESTS,
        .latest_start = g_get_monotonic_time() + LATEST_START * G_USEC_PER_SEC,
        .answer = answer,
    };
    fetch_try_all(&fetch);
    memory_save(memory);
}
