#include "plugins/kimi/inquiry.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/json.h"
#include "plugins/kimi/answer/interpret.h"
#include "plugins/kimi/refusal.h"
#include "plugins/kimi/web_api.h"

#include <string.h>

#define CA_VARIABLE "USAGELINE_CA_FILE"

/* Milliseconds to wait for more after the answer that is needed. */
#define STATISTICS_PATIENCE 2000
#define PLAN_PATIENCE       1000

#define MAX_EXCHANGES 3

/* A bonus must leave this many requests of the run to the candidates that may have to follow. */
#define BONUS_RESERVE 4

/* What is sent: the usage first, then what else there is. */
struct inquiry_exchanges {
    struct http_exchange all[MAX_EXCHANGES];
    gsize count;
    struct http_exchange *statistics; /* one of these, as the next; NULL: not asked for */
    struct http_exchange *plan;
};

static void inquiry_exchanges_clear(struct inquiry_exchanges *exchanges)
{
    for (gsize i = 0; i < exchanges->count; i++)
        http_exchange_clear(&exchanges->all[i]);
}
DEFINE_AUTO_CLEAR(inquiry_exchanges, inquiry_exchanges_clear);

struct http_client *inquiry_client(const struct provider_call *call, GError **error)
{
    const char *ca_file = provider_variable(call, CA_VARIABLE);

    return ca_file ? http_client_new(ca_file, CA_VARIABLE, error)
                   : http_client_new(call->config->ca_file, "network.caFile", error);
}

static struct http_request *inquiry_code_request(const struct credential *credential,
                                                 const char *resource)
{
    g_autofree char *url = endpoint_url(credential->endpoint, resource);
    struct http_request *request = http_request_new(url);

    http_request_add_header(request, "Accept", "application/json");
    http_request_add_secret(request, "Authorization", "Bearer ", credential->secret);
    return request;
}

/* Adds a request whose answer is worth something by itself. INQUIRY_MIN_REQUESTS are left. */
static struct http_exchange *inquiry_add(const struct inquiry *inquiry,
                                         struct inquiry_exchanges *exchanges,
                                         struct http_request *request, gint64 patience)
{
    struct http_exchange *exchange = &exchanges->all[exchanges->count++];

    exchange->request = request;
    exchange->is_answer = true;
    exchange->patience = patience;
    (*inquiry->requests_left)--;
    return exchange;
}

/* Adds a request whose answer is only a bonus; NULL if too few requests are left. */
static struct http_exchange *inquiry_add_bonus(const struct inquiry *inquiry,
                                               struct inquiry_exchanges *exchanges,
                                               struct http_request *request, gint64 patience)
{
    struct http_exchange *exchange;

    if (*inquiry->requests_left <= BONUS_RESERVE) {
        http_request_free(request);
        return NULL;
    }
    exchange = inquiry_add(inquiry, exchanges, request, patience);
    exchange->is_answer = false;
    return exchange;
}

static void inquiry_add_code_requests(const struct inquiry *inquiry,
                                      struct inquiry_exchanges *exchanges)
{
    const struct credential *credential = inquiry->credential;

    inquiry_add(inquiry, exchanges, inquiry_code_request(credential, "usages"), 0);
    if (inquiry->session)
        exchanges->statistics = inquiry_add_bonus(
            inquiry, exchanges, web_api_request(inquiry->session, WEB_API_STATISTICS),
            STATISTICS_PATIENCE);
    if (memory_plan_is_due(inquiry->memory, credential))
        exchanges->plan = inquiry_add_bonus(inquiry, exchanges,
                                            inquiry_code_request(credential, "me"), PLAN_PATIENCE);
}

static void inquiry_add_session_requests(const struct inquiry *inquiry,
                                         struct inquiry_exchanges *exchanges)
{
    const struct credential *session = inquiry->credential;

    inquiry_add(inquiry, exchanges, web_api_request(session, WEB_API_USAGE), STATISTICS_PATIENCE);
    exchanges->statistics = inquiry_add(
        inquiry, exchanges, web_api_request(session, WEB_API_STATISTICS), STATISTICS_PATIENCE);
    if (memory_plan_is_due(inquiry->memory, session))
        exchanges->plan = inquiry_add_bonus(inquiry, exchanges,
                                            web_api_request(session, WEB_API_PLAN), PLAN_PATIENCE);
}

/* The status of the response; 0: none came, or it was not asked for. */
static long inquiry_status(const struct http_exchange *exchange)
{
    return exchange && !exchange->error ? exchange->response.status : 0;
}

static bool inquiry_has_succeeded(const struct http_exchange *exchange)
{
    long status = inquiry_status(exchange);

    return status >= 200 && status <= 299;
}

/* The JSON of a bonus, which the caller frees; NULL whatever is wrong with it. */
static struct json *inquiry_parse_bonus(const struct http_exchange *exchange)
{
    if (!inquiry_has_succeeded(exchange))
        return NULL;
    return json_parse(exchange->response.body->str, exchange->response.body->len, JSON_STRICT,
                      NULL);
}

/* Remembers the plan, or that it was asked for in vain, so that it is not asked for again today;
 * nothing if the credential was refused or the network was down. */
static void inquiry_remember_plan(const struct inquiry *inquiry,
                                  const struct inquiry_exchanges *exchanges)
{
    const struct http_exchange *usage = &exchanges->all[0];
    autoptr(json) json = inquiry_parse_bonus(exchanges->plan);
    autoclear(plan) plan = {0};
    bool is_known;

    if (!exchanges->plan || inquiry_status(usage) == 401 || inquiry_status(usage) == 403 ||
        (exchanges->plan->error && !inquiry_has_succeeded(usage)))
        return;
    is_known = credential_is_session(inquiry->credential) ? plan_read_subscription(json, &plan)
                                                          : plan_read_me(json, &plan);
    memory_note_plan(inquiry->memory, inquiry->credential, is_known ? &plan : NULL);
}

/* Remembers a refused credential; also a session that was refused for its statistics. */
static void inquiry_remember_refusals(const struct inquiry *inquiry,
                                      const struct inquiry_exchanges *exchanges,
                                      const struct answer *answer)
{
    if (answer->error && usage_error_kind(answer->error) == USAGE_ERROR_AUTH)
        memory_note_refused(inquiry->memory, inquiry->credential,
                            exchanges->all[0].response.status);
    if (inquiry->session && inquiry_status(exchanges->statistics) == 401)
        memory_note_refused(inquiry->memory, inquiry->session, 401);
}

static bool inquiry_is_web_page(const struct http_response *response)
{
    const char *text = response->body->str;

    return text[strspn(text, " \t\r\n")] == '<' ||
           (response->content_type && g_str_has_prefix(response->content_type, "text/html"));
}

static GError *inquiry_web_page_error(const struct credential *credential)
{
    const struct endpoint *endpoint = credential->endpoint;

    return g_error_new(
        USAGE_ERROR, USAGE_ERROR_PAYLOAD,
        endpoint && endpoint->is_chosen
            ? _("%s: a web page came instead of the usage; something between may want you to "
                "log in, or KIMI_CODE_BASE_URL or enterpriseHost names a web site")
            : _("%s: a web page came instead of the usage; something between may want you to "
                "log in"),
        credential_host(credential));
}

/* The JSON of the usage, which the caller frees; NULL and the error of `answer`. */
static struct json *inquiry_parse_usage(const struct inquiry *inquiry,
                                        struct http_exchange *exchange, struct answer *answer)
{
    const struct http_response *response = &exchange->response;

    if (exchange->error)
        answer->error = g_steal_pointer(&exchange->error);
    else if (!inquiry_has_succeeded(exchange))
        refusal_set(answer, response, inquiry->credential, inquiry->where);
    else if (inquiry_is_web_page(response))
        answer->error = inquiry_web_page_error(inquiry->credential);
    else
        return interpret_parse(response->body->str, response->body->len, &answer->error);
    return NULL;
}

/* An empty usage of a web session says nothing about the plan while the statistics are missing:
 * what happened to those is the error then. */
static void inquiry_blame_statistics(const struct inquiry *inquiry,
                                     const struct http_exchange *statistics, struct answer *answer)
{
    if (!credential_is_session(inquiry->credential) || !statistics ||
        inquiry_has_succeeded(statistics) || usage_error_kind(answer->error) != USAGE_ERROR_PLAN)
        return;
    g_clear_error(&answer->error);
    if (statistics->error)
        answer->error = g_error_copy(statistics->error);
    else
        refusal_set(answer, &statistics->response, inquiry->credential, inquiry->where);
}

void inquiry_read(const struct inquiry *inquiry, struct http_exchange *usage,
                  const struct http_exchange *statistics, struct answer *answer)
{
    const struct credential *credential = inquiry->credential;
    autoptr(json) usage_json = inquiry_parse_usage(inquiry, usage, answer);
    autoptr(json) statistics_json = refusal_rejects_credential(inquiry_status(usage), credential)
                                        ? NULL
                                        : inquiry_parse_bonus(statistics);
    g_autofree char *level = plan_level(usage_json);
    g_autoptr(GError) error = NULL;

    if (!usage_json && (!statistics_json || !credential_is_session(credential)))
        return;
    const struct kimi_answers answers = {
        .usage = usage_json,
        .is_usage_required = !credential_is_session(credential),
        .statistics = statistics_json,
        .plan = memory_recall_plan(inquiry->memory, credential, level),
    };
    answer->snapshot = interpret_answers(&answers, inquiry->call->now, &error);
    if (answer->snapshot) {
        g_clear_error(&answer->error); /* of the usage: the statistics have replaced it */
        answer->retry_after = 0;
        answer->snapshot->dashboard = g_strdup(credential->site->console);
        if (credential_is_session(credential))
            answer->snapshot->credential_expires_at = credential->claims->expires_at;
    } else if (!answer->error) { /* that of the usage came first */
        answer->error = g_steal_pointer(&error);
        inquiry_blame_statistics(inquiry, statistics, answer);
    }
}

void inquiry_send(const struct inquiry *inquiry, struct answer *answer)
{
    autoclear(inquiry_exchanges) exchanges = {0};

    if (credential_is_session(inquiry->credential))
        inquiry_add_session_requests(inquiry, &exchanges);
    else
        inquiry_add_code_requests(inquiry, &exchanges);
    http_send(inquiry->client, exchanges.all, exchanges.count, inquiry->call->now);
    inquiry_remember_plan(inquiry, &exchanges);
    inquiry_read(inquiry, &exchanges.all[0], exchanges.statistics, answer);
    inquiry_remember_refusals(inquiry, &exchanges, answer);
}
