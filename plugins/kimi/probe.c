#include "plugins/kimi/probe.h"

#include "plugins/kimi/endpoint.h"
#include "plugins/kimi/service.h"
#include "plugins/kimi/web_api.h"

static void put_result(struct json_writer *writer, const char *host, const GError *error,
                       const struct http_response *response, gint64 now)
{
    json_open_object(writer, NULL);
    json_put_string(writer, "host", host);
    json_put_boolean(writer, "reached", error == NULL);
    if (error)
        json_put_string(writer, "why", error->message);
    else if (response->date > 0)
        json_put_integer(writer, "clockSkew", now - response->date);
    json_close_object(writer);
}

void probe(const struct provider_call *call, struct json_writer *writer)
{
    const char *region = "cn";

    /* A region that does not exist is told of by the diagnosis. */
    (void)provider_setting(call, "region", &region, NULL);
    autoptr(endpoint) endpoint = endpoint_new(region ? region : "cn", NULL, "", NULL);
    const char *const hosts[] = {endpoint->host, web_api_host(region ? region : "cn")};

    for (gsize i = 0; i < G_N_ELEMENTS(hosts); i++) {
        g_autofree char *url = g_strconcat("https://", hosts[i], "/", NULL);
        g_autoptr(GError) error = NULL;
        autoptr(http_client) client = service_client(call, &error);
        autoclear(http_exchange) exchange = {.request = http_request_new(url)};

        if (client)
            http_send(client, &exchange, NULL, 0, 0, call->now);
        put_result(writer, hosts[i], error ? error : exchange.error, &exchange.response,
                   g_get_real_time() / G_USEC_PER_SEC);
    }
}
