#include "cli/base/adapters.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "i3blocks/i3blocks.h"
#include "polybar/polybar.h"
#include "waybar/waybar.h"

#include <string.h>

const struct adapter *const adapters[] = {&waybar_adapter, &i3blocks_adapter, &polybar_adapter,
                                          NULL};

const struct adapter *adapters_find(const char *name, GError **error)
{
    for (const struct adapter *const *adapter = adapters; *adapter; adapter++) {
        if (strcmp((*adapter)->name, name) == 0)
            return *adapter;
    }
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                _("there is no bar \"%s\"; known are waybar, i3blocks and polybar"), name);
    return NULL;
}
