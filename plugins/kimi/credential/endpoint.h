/* Where the Code API is: at a site's own address, or at one that the user chose. A credential is
 * sent there, so anything but a plain HTTPS address is an error.
 *
 *     autoptr(endpoint) endpoint = endpoint_new(site, base, "KIMI_CODE_BASE_URL", &error);
 *     g_autofree char *url = endpoint_url(endpoint, "usages");
 */
#pragma once

#include "common/base/autoptr.h"
#include "plugins/kimi/credential/site.h"

#include <glib.h>
#include <stdbool.h>

struct endpoint {
    char *base; /* "https://api.kimi.com/coding/v1", without the "/" at its end */
    char *host; /* for messages */
    const struct site *site;
    bool is_chosen; /* by the user */
};

/* `base` is the address that the user chose ("https://proxy.example.com/kimi"), NULL for the site's
 * own; `named_by` is the setting or variable that gave it, for messages. NULL and an error of kind
 * config if the address can't be used. The caller frees it. */
struct endpoint *endpoint_new(const struct site *site, const char *base, const char *named_by,
                              GError **error);
void endpoint_free(struct endpoint *endpoint);
DEFINE_AUTOPTR(endpoint, endpoint_free);

/* The address of a resource such as "usages"; the caller frees it. */
char *endpoint_url(const struct endpoint *endpoint, const char *resource);

/* Scheme, host and port, without a path; the caller frees it. */
char *endpoint_address(const struct endpoint *endpoint);

/* The host of an HTTPS address, in lower case; the caller frees it. NULL: it is no such address, or
 * it has a user name or a port other than 443. */
char *endpoint_parse_host(const char *address);
