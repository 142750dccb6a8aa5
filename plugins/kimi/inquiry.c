#include "plugins/kimi/inquiry.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/json.h"
#include "plugins/kimi/answer/usages.h"
#include "plugins/kimi/refusal.h"
#include "plugins/kimi/web_api.h"

#define CA_VARIABLE "USAGELINE_CA_FILE"

/* Milliseconds that an answer may come after the one that is needed. */
#define STATS_PATIENCE 2000
#define PLAN_PATIENCE  1000

#define MAX_EXCHANGES 4

/* Requests of the run that a bonus must leave, for the credentials that may have to follow. */
#define BONUS_RESERVE 4

/* The exchanges of an inquiry; NULL: it has no such one. The first is always the usage. */
struct inquiry_list {
    struct http_exchange exchanges[MAX_EXCHANGES];
    gsize count;
    struct http_exchange *stats;
    struct http_exchange *plan;
};

static void inquiry_list_clear(struct inquiry_list *list)
{
    for (gsize i = 0; i < list->count; i++)
        http_exchange_clear(&list->exchanges[i]);
}
DEFINE_AUTO_CLEAR(inquiry_list, inquiry_list_clear);

struct http_client *inquiry_client(const struct provider_call *call, GError **error)
{
    const char *ca_file = provider_variable(call, CA_VARIABLE);

    if (ca_file)
        return http_client_new(ca_file, CA_VARIABLE, error);
    return http_client_new(call->config->ca_file, "network.caFile", error);
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

/* Adds an exchange; NULL if the requests of this run are used up. */
static struct http_exchange *inquiry_add(const struct inquiry *inquiry, struct inquiry_list *list,
                                         struct http_request *request)
{
    struct http_exchange *exchange;

    if (*inquiry->requests_left == 0) {
        http_request_free(request);
        return NULL;
    }
    (*inquiry->requests_left)--;
    exchange = &list->exchanges[list->count++];
    exchange->request = request;
    return exchange;
}

/* The same for what is no answer by itself. */
static struct http_exchange *inquiry_add_bonus(const struct inquiry *inquiry,
                                               struct inquiry_list *list,
                                               struct http_request *request)
{
    if (*inquiry->requests_left > BONUS_RESERVE)
        return inquiry_add(inquiry, list, request);
    http_request_free(request);
    return NULL;
}

/* The Code API tells the usage; the plan and the statistics are a bonus. */
static void inquiry_list_code(const struct inquiry *inquiry, struct inquiry_list *list)
{
    inquiry_add(inquiry, list, inquiry_code_request(inquiry->credential, "usages"))->is_required =
        true;
    if (inquiry->session)
        list->stats =
            inquiry_add_bonus(inquiry, list, web_api_request(inquiry->session, WEB_API_STATS));
    if (memory_plan_is_due(inquiry->memory, inquiry->credential))
        list->plan =
            inquiry_add_bonus(inquiry, list, inquiry_code_request(inquiry->credential, "me"));
}

/* Of a web session the usage and the statistics are each an answer. */
static void inquiry_list_web(const struct inquiry *inquiry, struct inquiry_list *list)
{
    const struct credential *credential = inquiry->credential;

    inquiry_add(inquiry, list, web_api_request(credential, WEB_API_USAGES))->is_required = true;
    list->exchanges[0].patience = STATS_PATIENCE;
    list->stats = inquiry_add(inquiry, list, web_api_request(credential, WEB_API_STATS));
    if (list->stats)
        list->stats->is_required = true;
    if (memory_plan_is_due(inquiry->memory, credential))
        list->plan = inquiry_add_bonus(inquiry, list, web_api_request(credential, WEB_API_PLAN));
}

static bool inquiry_has_succeeded(const struct http_exchange *exchange)
{
    return exchange && !exchange->error && exchange->response.status >= 200 &&
           exchange->response.status <= 299;
}

/* The answer of a bonus: whatever is wrong with it, there is none. */
static struct json *inquiry_read(const struct http_exchange *exchange)
{
    const GString *body = exchange ? exchange->response.body : NULL;

    if (!inquiry_has_succeeded(exchange))
        return NULL;
    return json_parse(body->str, body->len, JSON_STRICT, NULL);
}

static bool inquiry_is_refused(const struct http_exchange *exchange, bool is_web)
{
    long status = exchange && !exchange->error ? exchange->response.status : 0;

    return status == 401 || (is_web && status == 403);
}

/* Takes note that the plan was asked for: also if it failed, so that this costs nothing for a day.
 * But not if the credential was refused, or nothing was reached at all. */
static void inquiry_note_plan(const struct inquiry *inquiry, const struct inquiry_list *list)
{
    autoptr(json) json = inquiry_read(list->plan);
    autoclear(plan) plan = {0};
    bool is_told;

    if (!list->plan || inquiry_is_refused(&list->exchanges[0], true) ||
        (list->plan->error && !inquiry_has_succeeded(&list->exchanges[0])))
        return;
    is_told = inquiry->credential->endpoint ? plan_read_me(json, &plan)
                                            : plan_read_subscription(json, &plan);
    memory_note_plan(inquiry->memory, inquiry->credential, is_told ? &plan : NULL);
}

/* A session that is refused for its statistics is of no use beside another credential either. */
static void inquiry_note_refusals(const struct inquiry *inquiry, const struct inquiry_list *list,
                                  const struct answer *answer)
{
    if (answer->error && usage_error_kind(answer->error) == USAGE_ERROR_AUTH)
        memory_note_refused(inquiry->memory, inquiry->credential,
                            list->exchanges[0].response.status);
    if (inquiry->session && inquiry_is_refused(list->stats, false))
        memory_note_refused(inquiry->memory, inquiry->session, list->stats->response.status);
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

/* The usage as JSON; NULL and the error that is to be told unless the statistics are an answer. */
static struct json *inquiry_read_usages(const struct inquiry *inquiry,
                                        struct http_exchange *exchange, struct answer *problem)
{
    const struct http_response *response = &exchange->response;

    if (exchange->error) {
        problem->error = g_steal_pointer(&exchange->error);
        return NULL;
    }
    if (!inquiry_has_succeeded(exchange)) {
        refusal_set(problem, response, inquiry->credential, inquiry->where);
        return NULL;
    }
    if (inquiry_is_web_page(response)) {
        problem->error = inquiry_web_page_error(inquiry->credential);
        return NULL;
    }
    return usages_parse(response->body->str, response->body->len, &problem->error);
}

/* Of a web session an empty usage says nothing of the plan while the statistics are missing: then
 * what became of those is the error. */
static void inquiry_blame_statistics(const struct inquiry *inquiry,
                                     const struct http_exchange *statistics, struct answer *answer)
{
    if (inquiry->credential->endpoint || !statistics || inquiry_has_succeeded(statistics) ||
        !answer->error || usage_error_kind(answer->error) != USAGE_ERROR_PLAN)
        return;
    g_clear_error(&answer->error);
    if (statistics->error)
        answer->error = g_error_copy(statistics->error);
    else
        refusal_set(answer, &statistics->response, inquiry->credential, inquiry->where);
}

/* Whether the answers can be read without the statistics; else the error goes to `answer`. */
static bool inquiry_is_understood(const struct inquiry *inquiry,
                                  const struct usages_answers *answers, struct answer *answer)
{
    autoptr(snapshot) alone = usages_read(answers, inquiry->call->now, &answer->error);

    return alone != NULL;
}

void inquiry_judge(const struct inquiry *inquiry, struct http_exchange *usage,
                   const struct http_exchange *statistics, struct answer *answer)
{
    autoclear(answer) problem = {0};
    autoptr(json) usages = inquiry_read_usages(inquiry, usage, &problem);
    bool is_refused = inquiry_is_refused(usage, !inquiry->credential->endpoint);
    autoptr(json) stats = is_refused ? NULL : inquiry_read(statistics);
    g_autofree char *level = plan_level(usages);
    autoclear(plan) plan = {0};
    struct usages_answers answers = {.usages = usages, .plan = &plan};

    /* Beside the Code API the statistics are no answer of their own. */
    if (!usages && (!stats || inquiry->credential->endpoint)) {
        *answer = problem;
        problem = (struct answer){0};
        return;
    }
    memory_recall_plan(inquiry->memory, inquiry->credential, level, &plan);
    if (stats && inquiry->credential->endpoint && !inquiry_is_understood(inquiry, &answers, answer))
        return;
    answers.stats = stats;
    answer->snapshot = usages_read(&answers, inquiry->call->now, &answer->error);
    inquiry_blame_statistics(inquiry, statistics, answer);
    if (!answer->snapshot && problem.error) { /* that is the first thing that went wrong */
        g_clear_error(&answer->error);
        *answer = problem;
        problem = (struct answer){0};
    }
    if (!answer->snapshot)
        return;
    answer->snapshot->dashboard = g_strdup(inquiry->credential->site->console);
    if (!inquiry->credential->endpoint)
        answer->snapshot->credential_expires_at = inquiry->credential->claims->expires_at;
}

void inquiry_make(const struct inquiry *inquiry, struct answer *answer)
{
    autoclear(inquiry_list) list = {0};

    if (inquiry->credential->endpoint)
        inquiry_list_code(inquiry, &list);
    else
        inquiry_list_web(inquiry, &list);
    if (list.stats)
        list.stats->patience = STATS_PATIENCE;
    if (list.plan)
        list.plan->patience = PLAN_PATIENCE;
    http_send(inquiry->client, list.exchanges, list.count, inquiry->call->now);
    inquiry_note_plan(inquiry, &list);
    inquiry_judge(inquiry, &list.exchanges[0], list.stats, answer);
    inquiry_note_refusals(inquiry, &list, answer);
}
