/* Where Kimi's own command-line client keeps its login, and which host that is for. The client is
 * kimi-code (~/.kimi-code, or $KIMI_CODE_HOME), or its predecessor kimi-cli (~/.kimi, or
 * $KIMI_SHARE_DIR) where only that is there. Seen with kimi-code of November 2026. */
#pragma once

#include "common/base/autoptr.h"
#include "plugins/kimi/site.h"
#include "plugins/support/provider_main.h"

struct client_slot {
    char *home;              /* the client's folder */
    char *config;            /* its config.toml, which may be missing */
    char *region;            /* its file "region", which may be missing */
    char *file;              /* the credentials; NULL: `error` says why none may be read */
    char *base;              /* the address that they are for */
    const struct site *site; /* that the address is on */
    GError *error;
};

/* Finds the slot by the table [providers."managed:kimi-code"] of config.toml: exactly the slot that
 * it names, for exactly the host that it names. NULL: there is no client. */
struct client_slot *client_slot_find(const struct provider_call *call);
void client_slot_free(struct client_slot *slot);
DEFINE_AUTOPTR(client_slot, client_slot_free);

/* The folder of the client; the caller frees it. NULL: there is none. */
char *client_home(const struct provider_call *call);

/* Its config.toml, of which the caller wipes and frees the text; NULL: none that can be read. */
struct toml *client_config_read(const char *path);
