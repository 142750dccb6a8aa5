#include "cli/base/browsers.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/text.h"
#include "common/usage/provider.h"

#define MAX_TEXT 400 /* characters of a line */

static void browser_line_free(struct browser_line *line)
{
    g_free(line->text);
    g_free(line);
}

static void browsers_append(GString *text, const char *format, const char *part)
{
    if (part)
        g_string_append_printf(text, format, part);
}

char *browsers_describe(const struct json *place)
{
    g_autoptr(GString) text = g_string_new(NULL);
    gboolean is_used = FALSE;

    browsers_append(text, "%s", json_string(json_get(place, "label")));
    browsers_append(text, _(": %s"), json_string(json_get(place, "words")));
    browsers_append(text, _(": %s"), json_string(json_get(place, "why")));
    browsers_append(text, _(" %s"), json_string(json_get(place, "hint")));
    browsers_append(text, _(", last used %s"), json_string(json_get(place, "lastUsed")));
    browsers_append(text, _(", in %s"), json_string(json_get(place, "path")));
    json_boolean(json_get(place, "used"), &is_used);
    browsers_append(text, "%s", is_used ? _(" (the first to be used)") : NULL);
    return text_clean_line(text->str, MAX_TEXT);
}

GPtrArray *browsers_ask(const struct context *context, const char *provider, GError **error)
{
    autoptr(json) json = provider_question(context->paths, provider, "--browsers", error);
    GPtrArray *lines;

    if (!json)
        return NULL;
    if (json_type(json) != JSON_ARRAY) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL,
                    _("provider \"%s\" does not look into browsers"), provider);
        return NULL;
    }
    lines = g_ptr_array_new_with_free_func((GDestroyNotify)browser_line_free);
    for (guint i = 0; i < json_length(json); i++) {
        const struct json *entry = json_at(json, i);
        struct browser_line *line = g_new0(struct browser_line, 1);

        line->is_found = g_strcmp0(json_string(json_get(entry, "outcome")), "found") == 0;
        line->text = browsers_describe(entry);
        g_ptr_array_add(lines, line);
    }
    return lines;
}
