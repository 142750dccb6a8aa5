/* The request of the Code API: GET …/coding/v1/usages with a bearer token. */
#pragma once

#include "common/secret.h"
#include "plugins/kimi/endpoint.h"
#include "plugins/support/http.h"

struct http_request *code_api_request(const struct endpoint *endpoint, const struct secret *token);
