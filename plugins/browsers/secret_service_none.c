/* keyring_ask_secret_service for builds without libsecret. */
#include "common/base/i18n.h"
#include "plugins/browsers/keyring.h"

const char *const keyring_missing =
    N_("this usageline was built without libsecret, which asks the keyring");

void keyring_ask_secret_service(const struct keyring_item *item, GCancellable *patience,
                                struct keyring_answer *answer)
{
    (void)item;
    (void)patience;
    keyring_explain(answer, "%s", _(keyring_missing));
}
