#include "cli/base/adapters.h"

#include "i3blocks/i3blocks.h"
#include "polybar/polybar.h"
#include "waybar/waybar.h"

#include <string.h>

const struct adapter *const adapters[] = {&waybar_adapter, &i3blocks_adapter, &polybar_adapter,
                                          NULL};

const struct adapter *adapters_find(const char *name)
{
    for (const struct adapter *const *adapter = adapters; *adapter; adapter++) {
        if (strcmp((*adapter)->name, name) == 0)
            return *adapter;
    }
    return NULL;
}
