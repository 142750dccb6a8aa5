/* Where the Code API is: Kimi's own hosts by region, or a base that the user names. A credential
 * goes there, so a base that is not plainly an HTTPS address is refused. */
#pragma once

#include "common/autoptr.h"

#include <glib.h>

struct endpoint {
    char *url;           /* of the usages */
    char *host;          /* for messages */
    const char *console; /* where keys are made: a page for people */
};

/* The regions, the default first, then NULL. */
extern const char *const endpoint_regions[];

/* `region` is one of the regions. `base` is the user's address ("https://proxy.example.com/kimi"),
 * or NULL for Kimi's own; `named_by` is where it was given, for messages ("KIMI_CODE_BASE_URL").
 * NULL and an error of kind config that says what is wrong with it. */
struct endpoint *endpoint_new(const char *region, const char *base, const char *named_by,
                              GError **error);
void endpoint_free(struct endpoint *endpoint);
DEFINE_AUTOPTR(endpoint, endpoint_free);

/* Its scheme, host and port, without the path; the caller frees it. */
char *endpoint_address(const struct endpoint *endpoint);

/* The console of the region. */
const char *endpoint_console(const char *region);
