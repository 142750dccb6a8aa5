#include "plugins/kimi/missing.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "plugins/kimi/browser.h"

#include <string.h>

#define SET_KEY    "usageline config set-api-key --provider kimi --stdin"
#define SET_COOKIE "usageline config set-cookie --provider kimi --stdin"
#define MAKE_KEY   N_("an API key, the only one that does not run out:")
#define CLIENT     N_("sign in with Kimi's own client (`kimi`, then /login)")
#define SIGN_IN    N_("sign in at kimi.com or kimi.ai in a browser, and leave the page open")
#define PASTE      N_("paste a web session's token:")

/* What each mode of the setting "source" lacks, and the ways in; a way with a command has that on a
 * line of its own. Commands are the same in all languages. */
static const struct missing {
    const char *mode;
    const char *message;
    struct {
        const char *words;
        const char *command;
    } ways[4];
} missing[] = {
    {"auto",
     N_("Not signed in to Kimi Code. Any of these will do:"),
     {{MAKE_KEY, SET_KEY}, {CLIENT, NULL}, {SIGN_IN, NULL}, {PASTE, SET_COOKIE}}},
    {"api",
     N_("Not signed in to Kimi Code, and \"source\" asks for an API key:"),
     {{N_("make one in the console, then:"), SET_KEY}}},
    {"cli",
     N_("Not signed in to Kimi Code, and \"source\" asks for Kimi's own client:"),
     {{CLIENT, NULL}}},
    {"web",
     N_("Not signed in to Kimi Code, and \"source\" asks for a web session:"),
     {{SIGN_IN, NULL}, {PASTE, SET_COOKIE}}},
};

static const struct missing *missing_find(const char *mode)
{
    for (gsize i = 0; i < G_N_ELEMENTS(missing); i++) {
        if (strcmp(missing[i].mode, mode) == 0)
            return &missing[i];
    }
    return missing;
}

static void missing_add_ways(const struct missing *found, GString *text)
{
    bool is_one = !found->ways[1].words;

    for (gsize i = 0; i < G_N_ELEMENTS(found->ways) && found->ways[i].words; i++) {
        if (is_one)
            g_string_append_printf(text, "\n  %s", _(found->ways[i].words));
        else
            g_string_append_printf(text, "\n  %zu. %s", i + 1, _(found->ways[i].words));
        if (found->ways[i].command)
            g_string_append_printf(text, "\n     %s", found->ways[i].command);
    }
}

/* A line for each source that must not be looked at: for those, what to do is of no use. */
static void missing_add_off(const struct chain *chain, GString *text)
{
    for (guint i = 0; i < chain->links->len; i++) {
        struct chain_link *link = chain->links->pdata[i];
        const char *off =
            source_is_wanted(link->source, &chain->settings) ? chain_link_off(chain, link) : NULL;

        if (!off)
            continue;
        g_string_append_c(text, '\n');
        g_string_append_printf(text, _("Not used: %s (%s)"), _(link->source->label), off);
    }
}

/* Where a web session was looked for. Where that was not what the user asked for, only sessions
 * that are there are worth a word: those of the other region. */
static void missing_add_places(const struct chain *chain, bool is_web, GString *text)
{
    g_autoptr(GString) places = g_string_new(NULL);
    bool looked = false;

    for (guint i = 0; i < chain->links->len; i++) {
        const struct chain_link *link = chain->links->pdata[i];

        if (link->source->next != browser_next || !link->state)
            continue;
        g_autofree char *lines = browser_describe(link->state, !is_web);
        g_string_append(places, lines);
        looked = true;
    }
    if (places->len > 0)
        g_string_append_printf(text, "\n%s%s", _("Profiles of browsers that were searched:"),
                               places->str);
    else if (looked && is_web)
        g_string_append_printf(text, "\n%s", _("No profile of a browser was found."));
}

void missing_set(struct chain *chain, GError **error)
{
    const struct missing *found = missing_find(chain->settings.mode);
    g_autoptr(GString) text = g_string_new(_(found->message));

    missing_add_ways(found, text);
    missing_add_places(chain, strcmp(found->mode, "web") == 0, text);
    missing_add_off(chain, text);
    g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_AUTH, text->str);
}
