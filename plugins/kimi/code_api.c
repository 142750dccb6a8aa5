#include "plugins/kimi/code_api.h"

struct http_request *code_api_request(const struct endpoint *endpoint, const struct secret *token)
{
    struct http_request *request = http_request_new(endpoint->url);

    http_request_add_header(request, "Accept", "application/json");
    http_request_add_secret(request, "Authorization", "Bearer ", token);
    return request;
}
