/* The answers to `usageline doctor`: which credential would be sent and why, which browsers are
 * searched, whether the service can be reached. What each writes is in provider_main.h. */
#pragma once

#include "common/base/json_writer.h"
#include "plugins/support/provider_main.h"

void diagnosis_write(const struct provider_call *call, struct json_writer *writer);
void diagnosis_write_browsers(const struct provider_call *call, struct json_writer *writer);
void diagnosis_probe(const struct provider_call *call, struct json_writer *writer);
