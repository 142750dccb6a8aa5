/* What browser.h tells people and programs of the profiles that were looked at. */
#include "common/secret.h"
#include "plugins/kimi/browser.h"
#include "plugins/kimi/browser_search.h"

#define MAX_LINES 8 /* of profiles in one message */

/* The looks of a source, all cookies opened; the first that is of use goes to `used`. False if a
 * setting is wrong. */
static bool look_at_all(struct browser_search *search, enum browser_source source,
                        const struct provider_call *call, const struct cookie_look **used)
{
    struct cookie_look *look;

    *used = NULL;
    if (!browser_search_prepare(search, source, call, NULL))
        return false;
    browser_search_start(search);
    while ((look = browser_search_next(search))) {
        if (!*used)
            *used = look;
    }
    return true;
}

static void describe_look(const struct cookie_look *look, GString *text)
{
    g_string_append_printf(text, "\n  %s: %s%s%s", look->store->label,
                           cookie_outcome_words(look->outcome), look->why ? ": " : "",
                           look->why ? look->why : "");
}

char *browser_describe(const struct provider_call *call)
{
    GString *text = g_string_new(NULL);
    guint count = 0;

    if (browser_off(call))
        return g_string_free(text, FALSE);
    for (int source = 0; source < BROWSER_SOURCES; source++) {
        autoclear(browser_search) search = {0};
        const struct cookie_look *used;
        bool looked = look_at_all(&search, (enum browser_source)source, call, &used);
        const GPtrArray *looks = looked ? cookie_search_looks(search.search) : NULL;

        for (guint i = 0; looks && i < looks->len; i++) {
            if (++count <= MAX_LINES)
                describe_look(looks->pdata[i], text);
        }
    }
    if (count > MAX_LINES)
        g_string_append_printf(text, "\n  and %u more; `usageline config browsers` lists all",
                               count - MAX_LINES);
    g_string_prepend(text, count > 0 ? "Profiles of browsers that were looked at:"
                                     : "No profile of a browser was found to look at.");
    return g_string_free(text, FALSE);
}

static void put_look(struct json_writer *writer, enum browser_source source,
                     const struct cookie_look *look, bool is_used)
{
    g_autofree char *hint = look->value ? secret_hint(look->value) : NULL;

    json_open_object(writer, NULL);
    json_put_string(writer, "source", browser_source_name(source));
    json_put_string(writer, "browser", look->store->browser->id);
    json_put_string(writer, "label", look->store->label);
    json_put_string(writer, "profile", look->store->profile);
    json_put_string(writer, "path", look->store->path);
    json_put_string(writer, "outcome", cookie_outcome_name(look->outcome));
    json_put_string(writer, "words", cookie_outcome_words(look->outcome));
    json_put_string(writer, "why", look->why);
    json_put_string(writer, "host", look->host);
    json_put_time(writer, "lastUsed", look->last_used / G_USEC_PER_SEC);
    json_put_time(writer, "expires", look->expires / G_USEC_PER_SEC);
    json_put_string(writer, "hint", hint);
    json_put_boolean(writer, "used", is_used);
    json_put_boolean(writer, "unchanged", look->is_remembered);
    json_close_object(writer);
}

void browser_list(const struct provider_call *call, struct json_writer *writer)
{
    if (browser_off(call))
        return;
    for (int source = 0; source < BROWSER_SOURCES; source++) {
        autoclear(browser_search) search = {0};
        const struct cookie_look *used;
        bool looked = look_at_all(&search, (enum browser_source)source, call, &used);
        const GPtrArray *looks = looked ? cookie_search_looks(search.search) : NULL;

        for (guint i = 0; looks && i < looks->len; i++)
            put_look(writer, (enum browser_source)source, looks->pdata[i], looks->pdata[i] == used);
    }
}
