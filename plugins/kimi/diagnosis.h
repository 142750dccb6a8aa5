/* The other questions that `usageline doctor` has: what would be tried and why, which browsers are
 * looked into, whether the service can be reached. See provider_main.h. */
#pragma once

#include "common/base/json_writer.h"
#include "plugins/support/provider_main.h"

void diagnosis_write(const struct provider_call *call, struct json_writer *writer);
void diagnosis_write_browsers(const struct provider_call *call, struct json_writer *writer);
void diagnosis_probe(const struct provider_call *call, struct json_writer *writer);
