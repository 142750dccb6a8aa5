#include "plugins/kimi/service.h"

#include "common/error.h"
#include "common/i18n.h"
#include "common/json.h"
#include "plugins/kimi/answer/usages.h"
#include "plugins/kimi/web_api.h"

#include <string.h>

#define CA_VARIABLE "USAGELINE_CA_FILE"

struct http_client *service_client(const struct provider_call *call, GError **error)
{
    const char *ca_file = provider_variable(call, CA_VARIABLE);

    if (ca_file)
        return http_client_new(ca_file, CA_VARIABLE, error);
    return http_client_new(call->config->ca_file, "network.caFile", error);
}

static bool is_success(const struct http_response *response)
{
    return response->status >= 200 && response->status <= 299;
}

static bool is_web_page(const struct http_response *response)
{
    const char *text = response->body->str;

    return text[strspn(text, " \t\r\n")] == '<' ||
           (response->content_type && g_str_has_prefix(response->content_type, "text/html"));
}

/* The statistics are a bonus: whatever is wrong with them, there are none. */
static struct json *read_stats(const struct http_response *stats)
{
    if (!stats || !is_success(stats))
        return NULL;
    return json_parse(stats->body->str, stats->body->len, JSON_STRICT, NULL);
}

void service_judge(const struct service_question *question, const struct http_response *response,
                   const struct http_response *stats, gint64 now, struct answer *answer)
{
    if (!is_success(response)) {
        refusal_set(answer, response, question->place, question->words, question->credential);
        return;
    }
    if (is_web_page(response)) {
        answer->error = g_error_new(
            USAGE_ERROR, USAGE_ERROR_PAYLOAD,
            question->place.is_chosen
                ? _("%s: a web page came instead of the usage; something between may want you to "
                    "log in, or KIMI_CODE_BASE_URL or enterpriseHost names a web site")
                : _("%s: a web page came instead of the usage; something between may want you to "
                    "log in"),
            question->place.host);
        return;
    }
    autoptr(json) extra = read_stats(stats);
    autoptr(json) usages = usages_parse(response->body->str, response->body->len, &answer->error);
    const struct usages_answers answers = {.usages = usages, .stats = extra};
    if (!usages)
        return;
    answer->snapshot = usages_read(&answers, now, &answer->error);
    if (answer->snapshot)
        answer->snapshot->dashboard = g_strdup(question->place.console);
}

void service_ask(const struct provider_call *call, struct service_question *question,
                 struct answer *answer)
{
    autoclear(http_exchange) exchange = {.request = g_steal_pointer(&question->request)};
    autoclear(http_exchange) stats = {0};
    autoptr(http_client) client = service_client(call, &answer->error);
    gsize extras = question->token ? 1 : 0;

    if (!client)
        return;
    if (question->token)
        stats.request = web_api_stats_request(question->region, question->token);
    http_send(client, &exchange, &stats, extras, SERVICE_PATIENCE, call->now);
    if (exchange.error)
        answer->error = g_steal_pointer(&exchange.error);
    else
        service_judge(question, &exchange.response,
                      extras > 0 && !stats.error ? &stats.response : NULL, call->now, answer);
}
