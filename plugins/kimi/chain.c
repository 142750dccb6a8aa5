#include "plugins/kimi/chain.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "plugins/kimi/inquiry.h"
#include "plugins/kimi/missing.h"
#include "plugins/kimi/refusal.h"

#include <math.h>
#include <stdio.h>

/* Requests that one run may send, whatever it finds. */
#define MAX_REQUESTS 8

/* Candidates of one source that are looked at, such as a browser with a hundred containers. */
#define MAX_CANDIDATES 32

/* Seconds after which no further candidate is tried: usageline gives a provider 15 for all of it,
 * and one may take HTTP_TIMEOUT and the patience for its statistics. */
#define LATEST_START 4

static void chain_link_free(struct chain_link *link)
{
    if (link->state)
        link->source->close(link->state);
    g_ptr_array_unref(link->seen);
    g_free(link);
}

bool chain_init(struct chain *chain, const struct provider_call *call, GError **error)
{
    *chain = (struct chain){.call = {call, &chain->settings}};
    chain->links = g_ptr_array_new_with_free_func((GDestroyNotify)chain_link_free);
    for (const struct source *source = sources; source->name; source++) {
        struct chain_link *link = g_new0(struct chain_link, 1);
        link->source = source;
        link->seen = candidates_new();
        g_ptr_array_add(chain->links, link);
    }
    return settings_read(call, &chain->settings, error);
}

void chain_clear(struct chain *chain)
{
    g_clear_pointer(&chain->links, g_ptr_array_unref);
    settings_clear(&chain->settings);
}

const char *chain_link_off(const struct chain *chain, struct chain_link *link)
{
    if (!link->off_is_known)
        link->off = source_off(link->source, &chain->call);
    link->off_is_known = true;
    return link->off;
}

struct candidate *chain_link_at(struct chain *chain, struct chain_link *link, guint index)
{
    while (link->seen->len <= index && !link->has_ended) {
        struct candidate *candidate;

        if (!link->state)
            link->state = link->source->open(&chain->call);
        candidate = link->seen->len < MAX_CANDIDATES ? link->source->next(link->state) : NULL;
        if (candidate)
            g_ptr_array_add(link->seen, candidate);
        else
            link->has_ended = true;
    }
    return index < link->seen->len ? link->seen->pdata[index] : NULL;
}

/* What a run of the chain has come to. */
struct chain_run {
    struct chain *chain;
    struct memory *memory;
    guint requests_left;
    gint64 latest_start; /* microseconds of the monotonic clock */
    struct answer *answer;
    bool nothing_sent; /* the error of the answer is of a credential that was not even sent */
    bool has_ended;
};

/* For `usage --verbose`: what was tried, and what came of it. */
static void chain_tell(const struct source *source, const struct candidate *candidate,
                       const char *outcome)
{
    fprintf(stderr, _("%s, %s: %s\n"), _(source->label), candidate->where, outcome);
}

/* Whether the next candidate is worth a try after such a failure: not without a network, which it
 * would need too, not if a setting is wrong, and not if the service asks to wait. */
static bool chain_hands_on(const GError *error)
{
    switch (usage_error_kind(error)) {
    case USAGE_ERROR_NETWORK:
    case USAGE_ERROR_CONFIG:
    case USAGE_ERROR_RATE_LIMITED:
        return false;
    default:
        return true;
    }
}

/* Takes the error of a candidate if it is the first. So a time to wait is that of the error which
 * is told: that of another credential must not lock out the one that the user fixes. */
static void chain_keep_first(struct chain_run *run, bool was_sent, struct answer *attempt)
{
    /* No network, or a time to wait, says more than what was known before anything was sent. */
    bool is_news = was_sent && run->nothing_sent && run->has_ended;

    if (run->answer->error && !is_news)
        return;
    answer_clear(run->answer);
    run->nothing_sent = !was_sent;
    *run->answer = *attempt;
    *attempt = (struct answer){0};
}

static bool chain_was_refused(const struct chain_run *run, const struct credential *credential)
{
    long status;

    return memory_refused_at(run->memory, credential, &status) > 0;
}

/* Whether both are of one site, and not of two accounts, where they say. */
static bool chain_fits(const struct credential *session, const struct credential *beside)
{
    const char *account = session->claims->traffic_id, *other = beside->claims->traffic_id;

    return session->site == beside->site && (!account || !other || g_str_equal(account, other));
}

/* A web session of the same site, for its statistics beside an answer of the Code API; NULL: none,
 * or none is wanted. */
static const struct credential *chain_find_session(const struct chain_run *run,
                                                   const struct credential *beside)
{
    struct chain *chain = run->chain;

    if (!g_str_equal(chain->settings.mode, "auto") || chain->settings.cookies == COOKIES_OFF)
        return NULL;
    for (guint i = 0; i < chain->links->len; i++) {
        struct chain_link *link = chain->links->pdata[i];
        const struct candidate *candidate;

        if (!g_str_equal(link->source->mode, "web") || chain_link_off(chain, link))
            continue;
        for (guint k = 0; (candidate = chain_link_at(chain, link, k)); k++) {
            const struct credential *session = candidate->credential;
            if (session && chain_fits(session, beside) && !chain_was_refused(run, session))
                return session;
        }
    }
    return NULL;
}

static void chain_settle(const struct chain_link *link, const struct candidate *candidate,
                         enum verdict verdict)
{
    if (link->source->settle)
        link->source->settle(link->state, candidate, verdict);
}

/* Asks with a candidate's credential. */
static void chain_ask(struct chain_run *run, const struct chain_link *link,
                      const struct candidate *candidate, struct answer *attempt)
{
    const struct credential *credential = candidate->credential;
    struct inquiry inquiry = {
        .call = run->chain->call.call,
        .memory = run->memory,
        .credential = credential,
        .where = candidate->where,
        .requests_left = &run->requests_left,
    };

    /* One for each: on a connection that was used before, libcurl sends again what failed. */
    autoptr(http_client) client = inquiry_client(inquiry.call, &attempt->error);
    if (!client)
        return;
    inquiry.client = client;
    if (credential->endpoint)
        inquiry.session = chain_find_session(run, credential);
    inquiry_make(&inquiry, attempt);
    if (attempt->snapshot)
        chain_settle(link, candidate, VERDICT_ACCEPTED);
    else if (chain_was_refused(run, credential))
        chain_settle(link, candidate, VERDICT_REFUSED);
}

/* What there is to say of a candidate that is not to be sent; false: it is to be sent. */
static bool chain_pass_over(struct chain_run *run, const struct chain_link *link,
                            const struct candidate *candidate, struct answer *attempt)
{
    long status;
    gint64 at;

    if (!candidate->credential) {
        attempt->error = g_error_copy(candidate->error);
        attempt->expired_at = candidate->expired_at;
        return true;
    }
    at = memory_refused_at(run->memory, candidate->credential, &status);
    if (at == 0)
        return false;
    attempt->error = refusal_error_remembered(candidate->credential, candidate->where, status, at);
    chain_settle(link, candidate, VERDICT_REFUSED);
    return true;
}

/* On some old international plans the Code API knows of no use at all. */
static void chain_remark_zeros(const struct snapshot *snapshot)
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

/* Whether one more credential may be tried; the first always may, however long it took to find. */
static bool chain_may_ask(const struct chain_run *run)
{
    return run->requests_left == MAX_REQUESTS || (run->requests_left >= INQUIRY_MIN_REQUESTS &&
                                                  g_get_monotonic_time() < run->latest_start);
}

static void chain_try(struct chain_run *run, const struct chain_link *link,
                      const struct candidate *candidate)
{
    autoclear(answer) attempt = {0};
    bool was_sent = !chain_pass_over(run, link, candidate, &attempt);

    if (was_sent) {
        if (!chain_may_ask(run)) {
            chain_tell(link->source, candidate, _("not tried: enough was asked in this run"));
            run->has_ended = true;
            return;
        }
        chain_ask(run, link, candidate, &attempt);
    }
    if (attempt.snapshot) {
        chain_tell(link->source, candidate, _("accepted"));
        if (candidate->credential->endpoint)
            chain_remark_zeros(attempt.snapshot);
        answer_clear(run->answer);
        *run->answer = attempt;
        attempt = (struct answer){0};
        run->answer->snapshot->source = g_strdup(link->source->name);
        run->answer->snapshot->source_label = g_strdup(_(link->source->label));
        run->has_ended = true;
        return;
    }
    chain_tell(link->source, candidate, attempt.error->message);
    run->has_ended = !chain_hands_on(attempt.error);
    chain_keep_first(run, was_sent, &attempt);
}

/* The files that a new sign-in changes, so that nobody who signs in need wait; the restless ones
 * only if nothing was sent. NULL-terminated; the caller frees it. */
static char **chain_find_watch(const struct chain_run *run)
{
    bool nothing_was_sent = run->requests_left == MAX_REQUESTS;
    g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func(g_free);
    GPtrArray *watch = g_ptr_array_new();

    for (guint i = 0; i < run->chain->links->len; i++) {
        const struct chain_link *link = run->chain->links->pdata[i];
        const struct source *source = link->source;

        if (link->state && source->watch && (nothing_was_sent || !source->is_restless))
            source->watch(link->state, files);
    }
    for (guint i = 0; i < files->len && watch->len < ANSWER_MAX_WATCH; i++) {
        if (!g_ptr_array_find_with_equal_func(watch, files->pdata[i], g_str_equal, NULL))
            g_ptr_array_add(watch, g_strdup(files->pdata[i]));
    }
    g_ptr_array_add(watch, NULL);
    return (char **)g_ptr_array_free(watch, FALSE);
}

/* Whether one of the first `count` sources had a credential. */
static bool chain_has_credential(const struct chain *chain, guint count)
{
    for (guint i = 0; i < count; i++) {
        const struct chain_link *link = chain->links->pdata[i];
        for (guint k = 0; k < link->seen->len; k++) {
            const struct candidate *candidate = link->seen->pdata[k];
            if (candidate->credential)
                return true;
        }
    }
    return false;
}

static void chain_run_all(struct chain_run *run)
{
    struct chain *chain = run->chain;

    for (guint i = 0; i < chain->links->len && !run->has_ended; i++) {
        struct chain_link *link = chain->links->pdata[i];
        const struct candidate *candidate;

        if (!source_is_wanted(link->source, &chain->settings) || chain_link_off(chain, link) ||
            (link->source->is_last_resort && chain_has_credential(chain, i)))
            continue;
        for (guint k = 0; !run->has_ended && (candidate = chain_link_at(chain, link, k)); k++)
            chain_try(run, link, candidate);
    }
    if (run->answer->snapshot)
        return;
    run->answer->watch = chain_find_watch(run);
    if (!run->answer->error)
        missing_set(chain, &run->answer->error);
}

void chain_fetch(const struct provider_call *call, struct answer *answer)
{
    autoclear(chain) chain = {0};

    if (!chain_init(&chain, call, &answer->error))
        return;
    autoptr(memory) memory = memory_load(call->paths, call->now);
    struct chain_run run = {
        .chain = &chain,
        .memory = memory,
        .requests_left = MAX_REQUESTS,
        .latest_start = g_get_monotonic_time() + LATEST_START * G_USEC_PER_SEC,
        .answer = answer,
    };
    chain_run_all(&run);
    memory_save(memory);
}
