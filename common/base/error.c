#include "common/base/error.h"

/* clang-format would take the name for a subtraction. */
/* clang-format off */
G_DEFINE_QUARK(usage-error-quark, usage_error)
/* clang-format on */

static const char *const usage_error_names[] = {
    [USAGE_ERROR_AUTH] = "auth",
    [USAGE_ERROR_CONFIG] = "config",
    [USAGE_ERROR_PLAN] = "plan",
    [USAGE_ERROR_NETWORK] = "network",
    [USAGE_ERROR_RATE_LIMITED] = "rate-limited",
    [USAGE_ERROR_SERVER] = "server",
    [USAGE_ERROR_PAYLOAD] = "payload",
    [USAGE_ERROR_INTERNAL] = "internal",
};

const char *usage_error_name(enum usage_error kind)
{
    return usage_error_names[kind];
}

bool usage_error_from_name(const char *name, enum usage_error *kind)
{
    for (unsigned i = 0; i < G_N_ELEMENTS(usage_error_names); i++) {
        if (g_strcmp0(usage_error_names[i], name) == 0) {
            *kind = i;
            return true;
        }
    }
    return false;
}

enum usage_error usage_error_kind(const GError *error)
{
    if (error->domain != USAGE_ERROR)
        return USAGE_ERROR_INTERNAL;
    return (enum usage_error)error->code;
}
