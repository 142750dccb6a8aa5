#include "common/base/json_writer.h"
#include "common/usage/answer.h"

static void answer_put_share(struct json_writer *writer, const struct share *share)
{
    json_open_object(writer, NULL);
    json_put_string(writer, "id", share->id);
    json_put_string(writer, "label", share->label);
    json_put_number(writer, "percent", share->percent);
    json_close_object(writer);
}

static void answer_put_window(struct json_writer *writer, const struct window *window)
{
    json_open_object(writer, NULL);
    json_put_string(writer, "id", window->id);
    json_put_string(writer, "label", window->label);
    json_put_number(writer, "usedPercent", window->used_percent);
    json_put_number(writer, "used", window->used);
    json_put_number(writer, "limit", window->limit);
    json_put_string(writer, "unit", window->unit);
    json_put_time(writer, "resetsAt", window->resets_at);
    if (window->minutes > 0)
        json_put_integer(writer, "minutes", window->minutes);
    if (window->shares->len > 0) {
        json_open_array(writer, "shares");
        for (guint i = 0; i < window->shares->len; i++)
            answer_put_share(writer, window->shares->pdata[i]);
        json_close_array(writer);
    }
    json_close_object(writer);
}

static void answer_put_balance(struct json_writer *writer, const struct balance *balance)
{
    json_open_object(writer, NULL);
    json_put_string(writer, "id", balance->id);
    json_put_string(writer, "label", balance->label);
    json_put_number(writer, "amount", balance->amount);
    json_put_number(writer, "spent", balance->spent);
    json_put_number(writer, "cap", balance->cap);
    json_put_string(writer, "currency", balance->currency);
    json_close_object(writer);
}

static struct json_writer *answer_open_document(const char *provider)
{
    struct json_writer *writer = json_writer_new(FALSE);

    json_open_object(writer, NULL);
    json_put_integer(writer, "schema", ANSWER_SCHEMA);
    json_put_string(writer, "provider", provider);
    return writer;
}

char *answer_format_snapshot(const struct snapshot *snapshot)
{
    struct json_writer *writer = answer_open_document(snapshot->provider);

    json_put_string(writer, "name", snapshot->name);
    json_put_string(writer, "source", snapshot->source);
    json_put_string(writer, "sourceLabel", snapshot->source_label);
    json_put_string(writer, "plan", snapshot->plan);
    json_put_string(writer, "planVersion", snapshot->plan_version);
    json_put_time(writer, "fetchedAt", snapshot->fetched_at);
    json_open_array(writer, "windows");
    for (guint i = 0; i < snapshot->windows->len; i++)
        answer_put_window(writer, snapshot->windows->pdata[i]);
    json_close_array(writer);
    if (snapshot->balances->len > 0) {
        json_open_array(writer, "balances");
        for (guint i = 0; i < snapshot->balances->len; i++)
            answer_put_balance(writer, snapshot->balances->pdata[i]);
        json_close_array(writer);
    }
    json_put_string(writer, "dashboard", snapshot->dashboard);
    json_put_time(writer, "credentialExpiresAt", snapshot->credential_expires_at);
    json_put_string(writer, "settings", snapshot->settings);
    json_close_object(writer);
    return json_writer_finish(writer);
}

char *answer_format_error(const char *provider, const struct answer *answer)
{
    struct json_writer *writer = answer_open_document(provider);

    json_open_object(writer, "error");
    json_put_string(writer, "kind", usage_error_name(usage_error_kind(answer->error)));
    json_put_string(writer, "message", answer->error->message);
    if (answer->retry_after > 0)
        json_put_integer(writer, "retryAfter", answer->retry_after);
    json_put_time(writer, "expiredAt", answer->expired_at);
    json_put_strings(writer, "watch", answer->watch);
    json_close_object(writer);
    json_close_object(writer);
    return json_writer_finish(writer);
}
