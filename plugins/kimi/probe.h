/* Whether the address that would be asked can be reached from here, over TLS that is trusted; for
 * `usageline doctor`. See provider_main.h. */
#pragma once

#include "plugins/support/provider_main.h"

void probe(const struct provider_call *call, struct json_writer *writer);
