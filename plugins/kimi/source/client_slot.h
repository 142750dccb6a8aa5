/* The login of Kimi's own command-line client: which file has it, and for which host it is. The
 * client is kimi-code (~/.kimi-code, or $KIMI_CODE_HOME), or, where only that is installed, its
 * predecessor kimi-cli (~/.kimi, or $KIMI_SHARE_DIR). As seen in kimi-code of November 2026. */
#pragma once

#include "common/base/autoptr.h"
#include "plugins/kimi/credential/site.h"
#include "plugins/support/provider_main.h"

struct client_slot {
    char *home;              /* the client's folder */
    char *config;            /* its config.toml, which may be missing */
    char *region;            /* its file "region", which may be missing */
    char *file;              /* with the login; NULL: `error` says why it must not be read */
    char *base;              /* the address that the login is for, checked; NULL: the site's own */
    const struct site *site; /* whose login it is */
    GError *error;
};

/* Returns the slot that the table [providers."managed:kimi-code"] of config.toml names, for exactly
 * the host that it names, or, without that table, the slot of the file "region". NULL: there is no
 * client. The caller frees it. */
struct client_slot *client_slot_find(const struct provider_call *call);
void client_slot_free(struct client_slot *slot);
DEFINE_AUTOPTR(client_slot, client_slot_free);

/* The client's folder, which the caller frees; NULL: there is none. */
char *client_slot_home(const struct provider_call *call);

/* A config.toml of the client, which the caller frees; NULL: it can't be read. */
struct toml *client_slot_read_config(const char *path);
