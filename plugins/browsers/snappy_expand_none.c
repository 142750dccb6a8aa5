/* snappy_expand for builds without libsnappy. */
#include "common/base/i18n.h"
#include "plugins/browsers/item_value.h"

const char *const snappy_missing =
    N_("this usageline was built without Snappy, which Firefox compresses localStorage with");

char *snappy_expand(const void *data, gsize length, gsize *expanded, enum item_fault *fault)
{
    (void)data;
    (void)length;
    (void)expanded;
    *fault = ITEM_NO_SNAPPY;
    return NULL;
}
