/* What browser.h tells people and programs of the profiles that were looked at. */
#include "common/i18n.h"
#include "common/secret.h"
#include "plugins/kimi/browser.h"
#include "plugins/kimi/browser_search.h"

#define MAX_LINES 8 /* of profiles in one message */

/* The looks of a source, all cookies opened; the first that is of use goes to `used`. NULL and an
 * error if a setting is wrong. */
static const GPtrArray *look_at_all(struct browser_search *search, enum browser_source source,
                                    const struct provider_call *call, const struct session **used,
                                    GError **error)
{
    struct session *look;

    *used = NULL;
    if (!browser_search_prepare(search, source, call, error))
        return NULL;
    browser_search_start(search);
    while ((look = browser_search_next(search))) {
        if (!*used)
            *used = look;
    }
    return session_search_all(search->search);
}

static void describe_look(const struct session *look, GString *text)
{
    const char *words = session_outcome_words(look->outcome);

    g_string_append(text, "\n  ");
    if (look->why)
        g_string_append_printf(text, _("%s: %s: %s"), look->label, words, look->why);
    else
        g_string_append_printf(text, _("%s: %s"), look->label, words);
}

char *browser_describe(const struct provider_call *call)
{
    GString *text = g_string_new(NULL);
    guint count = 0;

    if (browser_off(call))
        return g_string_free(text, FALSE);
    for (int source = 0; source < BROWSER_SOURCES; source++) {
        autoclear(browser_search) search = {0};
        const struct session *used;
        const GPtrArray *looks =
            look_at_all(&search, (enum browser_source)source, call, &used, NULL);

        for (guint i = 0; looks && i < looks->len; i++) {
            if (++count <= MAX_LINES)
                describe_look(looks->pdata[i], text);
        }
    }
    if (count > MAX_LINES) {
        g_string_append(text, "\n  ");
        g_string_append_printf(text, _("and %u more; `usageline config browsers` lists all"),
                               count - MAX_LINES);
    }
    g_string_prepend(text, count > 0 ? _("Profiles of browsers that were looked at:")
                                     : _("No profile of a browser was found to look at."));
    return g_string_free(text, FALSE);
}

static void put_look(struct json_writer *writer, enum browser_source source,
                     const struct session *look, bool is_used)
{
    g_autofree char *hint = look->value ? secret_hint(look->value) : NULL;

    json_open_object(writer, NULL);
    json_put_string(writer, "source", browser_source_name(source));
    json_put_string(writer, "browser", look->store->browser->id);
    json_put_string(writer, "label", look->label);
    json_put_string(writer, "profile", look->store->profile);
    json_put_string(writer, "path", look->store->path);
    json_put_string(writer, "outcome", session_outcome_name(look->outcome));
    json_put_string(writer, "words", session_outcome_words(look->outcome));
    json_put_string(writer, "why", look->why);
    json_put_string(writer, "host", look->place);
    json_put_time(writer, "lastUsed", look->last_used / G_USEC_PER_SEC);
    json_put_time(writer, "expires", look->expires / G_USEC_PER_SEC);
    json_put_string(writer, "hint", hint);
    json_put_boolean(writer, "used", is_used);
    json_put_boolean(writer, "unchanged", look->is_remembered);
    json_close_object(writer);
}

/* Something that is not looked at. */
static void put_nothing(struct json_writer *writer, const char *label, const char *why)
{
    json_open_object(writer, NULL);
    json_put_string(writer, "label", label);
    json_put_string(writer, "outcome", "off");
    json_put_string(writer, "words", _("not looked into"));
    json_put_string(writer, "why", why);
    json_close_object(writer);
}

/* Whether one of them is to be used; with `may_use` the first that is of use is. */
static bool list(const struct provider_call *call, enum browser_source source, bool may_use,
                 struct json_writer *writer, GError **error)
{
    autoclear(browser_search) search = {0};
    const struct session *used;
    const GPtrArray *looks = look_at_all(&search, source, call, &used, error);

    for (guint i = 0; looks && i < looks->len; i++)
        put_look(writer, source, looks->pdata[i], may_use && looks->pdata[i] == used);
    return used != NULL;
}

void browser_list_app(const struct provider_call *call, struct json_writer *writer)
{
    list(call, BROWSER_APP, true, writer, NULL);
}

void browser_list(const struct provider_call *call, struct json_writer *writer)
{
    list(call, BROWSER_ALL, true, writer, NULL);
}

void browser_list_all(const struct provider_call *call, struct json_writer *writer)
{
    const char *off = browser_off(call);
    g_autoptr(GError) error = NULL;
    bool may_use = true;

    if (off) {
        put_nothing(writer, _("browsers"), off);
        return;
    }
    for (int source = 0; source < BROWSER_SOURCES && !error; source++)
        may_use = !list(call, (enum browser_source)source, may_use, writer, &error) && may_use;
    if (error)
        put_nothing(writer, _("browsers"), error->message);
    else if (session_search_limit())
        put_nothing(writer, _("keyring"), session_search_limit());
}
