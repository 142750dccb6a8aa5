/* level_store.h for builds without LevelDB. */
#include "common/base/error.h"
#include "common/base/i18n.h"
#include "plugins/browsers/level_store.h"

const char *const level_missing = N_("this usageline was built without LevelDB, in which browsers "
                                     "of Chromium's family keep localStorage");

GPtrArray *level_read(const char *folder, const struct session_query *query, GError **error)
{
    (void)folder;
    (void)query;
    g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _(level_missing));
    return NULL;
}
