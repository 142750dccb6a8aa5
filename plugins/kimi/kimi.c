/* usageline-provider-kimi: the usage of a Kimi Code plan. */
#include "common/base/i18n.h"
#include "plugins/kimi/credential/settings.h"
#include "plugins/kimi/diagnosis.h"
#include "plugins/kimi/fetch.h"
#include "plugins/support/provider_main.h"

static const struct provider kimi = {
    .id = "kimi",
    .name = "Kimi Code",
    .about = N_("Prints how much of a Kimi Code plan is used, as JSON."),
    .dashboard = "https://www.kimi.com/code/console",
    .settings = settings_list,
    .variables = settings_variables,
    .fetch = fetch_usage,
    .diagnose = diagnosis_write,
    .probe = diagnosis_probe,
    .browsers = diagnosis_write_browsers,
};

int main(int argc, char **argv)
{
    return provider_main(&kimi, argc, argv);
}
