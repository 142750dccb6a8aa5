#include "plugins/kimi/probe.h"

#include "plugins/kimi/service.h"
#include "plugins/kimi/source.h"

#include <string.h>

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

/* The address that would be asked: that of the first source that has a credential, else that of the
 * first. NULL if a setting is wrong, which the diagnosis tells of. */
static char *find_address(const struct provider_call *call)
{
    const struct source *source;
    const char *mode;

    if (!provider_setting(call, "source", &mode, NULL))
        return NULL;
    for (gsize i = 0; (source = source_at(i)); i++) {
        if (!source_belongs_to(source, mode) || source_off(source, call))
            continue;
        autoptr(credential) credential = source->find(call, NULL);
        if (credential)
            return source->address(call, credential, NULL);
    }
    return source_at(0)->address(call, NULL, NULL);
}

void probe(const struct provider_call *call, struct json_writer *writer)
{
    g_autofree char *address = find_address(call);
    g_autoptr(GError) error = NULL;
    autoptr(http_client) client = address ? service_client(call, &error) : NULL;
    autoclear(http_exchange) exchange = {0};

    if (!address)
        return;
    g_autofree char *url = g_strconcat(address, "/", NULL);
    exchange.request = http_request_new(url);
    if (client)
        http_send(client, &exchange, NULL, 0, 0, call->now);
    put_result(writer, address + strlen("https://"), error ? error : exchange.error,
               &exchange.response, g_get_real_time() / G_USEC_PER_SEC);
}
