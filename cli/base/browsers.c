#include "cli/base/browsers.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/text.h"
#include "common/usage/provider.h"

#define MAX_TEXT 400 /* characters of a line */

static void browsers_append(GString *text, const char *format, const char *part)
{
    if (part)
        g_string_append_printf(text, format, part);
}

char *browsers_describe(const struct json *place)
{
    g_autoptr(GString) text = g_string_new(NULL);

    browsers_append(text, "%s", json_string(json_get(place, "label")));
    browsers_append(text, _(": %s"), json_string(json_get(place, "words")));
    browsers_append(text, _(": %s"), json_string(json_get(place, "why")));
    browsers_append(text, _(" %s"), json_string(json_get(place, "hint")));
    browsers_append(text, _(", last used %s"), json_string(json_get(place, "lastUsed")));
    browsers_append(text, _(", in %s"), json_string(json_get(place, "path")));
    if (json_is_true(json_get(place, "used")))
        g_string_append(text, _(" (the first to be used)"));
    return text_clean_line(text->str, MAX_TEXT);
}

struct json *browsers_ask(const struct context *context, const char *provider, GError **error)
{
    autoptr(json) json = provider_question(context->paths, provider, "--browsers", error);

    if (!json || json_type(json) == JSON_ARRAY)
        return g_steal_pointer(&json);
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL,
                _("provider \"%s\" does not look into browsers"), provider);
    return NULL;
}
