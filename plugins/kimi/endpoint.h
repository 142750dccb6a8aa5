/* Where the Code API is: on Kimi's own host of a site, or at a base that the user names. A
 * credential goes there, so a base that is not plainly an HTTPS address is refused. */
#pragma once

#include "common/base/autoptr.h"
#include "plugins/kimi/site.h"

#include <glib.h>
#include <stdbool.h>

struct endpoint {
    char *base; /* "https://api.kimi.com/coding/v1": what stands before "/usages" */
    char *host; /* for messages */
    const struct site *site;
    bool is_chosen; /* the user named it */
};

/* `base` is the user's address ("https://proxy.example.com/kimi"), or NULL for the site's own;
 * `named_by` is where it was given, for messages ("KIMI_CODE_BASE_URL"). NULL and an error of kind
 * config that says what is wrong with it. */
struct endpoint *endpoint_new(const struct site *site, const char *base, const char *named_by,
                              GError **error);
void endpoint_free(struct endpoint *endpoint);
DEFINE_AUTOPTR(endpoint, endpoint_free);

/* The address of one of its resources, such as "usages"; the caller frees it. */
char *endpoint_url(const struct endpoint *endpoint, const char *resource);

/* Its scheme, host and port, without the path; the caller frees it. */
char *endpoint_address(const struct endpoint *endpoint);

/* The host of an HTTPS address that has no user name, and no port but 443, in small letters; the
 * caller frees it. NULL: it is no such address. */
char *endpoint_host_of(const char *address);
