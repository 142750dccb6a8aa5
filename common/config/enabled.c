#include "common/config/enabled.h"

#include "common/config/provider_file.h"

bool enabled_store(const struct paths *paths, const char *provider, bool enabled, GError **error)
{
    const struct provider_field value = {.name = "enabled", .truth = &enabled};
    bool changed;

    return provider_file_change(paths->enabled_file, provider, value, &changed, error);
}
