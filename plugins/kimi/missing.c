#include "plugins/kimi/missing.h"

#include "common/base/error.h"
#include "common/base/i18n.h"

#include <string.h>

#define SET_KEY    "usageline config set-api-key --provider kimi --stdin"
#define SET_COOKIE "usageline config set-cookie --provider kimi --stdin"
#define MAKE_KEY   N_("an API key, the only one that does not run out:")
#define CLIENT     N_("sign in with Kimi's own client (`kimi`, then /login)")
#define SIGN_IN    N_("sign in at kimi.com or kimi.ai in a browser, and leave the page open")
#define PASTE      N_("paste a web session's token:")

/* What to say for each value of the setting "source". */
static const struct missing_mode {
    const char *mode;
    const char *message;
    struct {
        const char *words;
        const char *command; /* goes on a line of its own; NULL: none */
    } ways[4];
} missing_modes[] = {
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

static const struct missing_mode *missing_find_mode(const char *name)
{
    for (gsize i = 1; i < G_N_ELEMENTS(missing_modes); i++) {
        if (strcmp(missing_modes[i].mode, name) == 0)
            return &missing_modes[i];
    }
    return &missing_modes[0];
}

static void missing_add_ways(const struct missing_mode *mode, GString *text)
{
    bool is_one = !mode->ways[1].words;

    for (gsize i = 0; i < G_N_ELEMENTS(mode->ways) && mode->ways[i].words; i++) {
        if (is_one)
            g_string_append_printf(text, "\n  %s", _(mode->ways[i].words));
        else
            g_string_append_printf(text, "\n  %zu. %s", i + 1, _(mode->ways[i].words));
        if (mode->ways[i].command)
            g_string_append_printf(text, "\n     %s", mode->ways[i].command);
    }
}

/* Adds a line for each source that is off: signing in there would not help. */
static void missing_add_off(const struct chain *chain, GString *text)
{
    for (guint i = 0; i < chain->links->len; i++) {
        struct chain_link *link = chain->links->pdata[i];
        const char *off = chain_is_wanted(chain, link) ? chain_why_off(chain, link) : NULL;

        if (!off)
            continue;
        g_string_append_c(text, '\n');
        g_string_append_printf(text, _("Not used: %s (%s)"), _(link->source->label), off);
    }
}

/* Adds the places where a web session was searched for: all of them if the user asked for one, else
 * only those with a session, which is one of the other region. */
static void missing_add_places(const struct chain *chain, bool is_web, GString *text)
{
    g_autoptr(GString) places = g_string_new(NULL);
    bool was_searched = false;

    for (guint i = 0; i < chain->links->len; i++) {
        const struct chain_link *link = chain->links->pdata[i];

        if (!link->state)
            continue;
        g_autofree char *lines = link->source->search->describe(link->state, !is_web);
        g_string_append(places, lines);
        was_searched = true;
    }
    if (places->len > 0)
        g_string_append_printf(text, "\n%s%s", _("Profiles of browsers that were searched:"),
                               places->str);
    else if (was_searched && is_web)
        g_string_append_printf(text, "\n%s", _("No profile of a browser was found."));
}

void missing_set_error(struct chain *chain, GError **error)
{
    const struct missing_mode *mode = missing_find_mode(chain->settings.mode);
    g_autoptr(GString) text = g_string_new(_(mode->message));

    missing_add_ways(mode, text);
    missing_add_places(chain, strcmp(mode->mode, "web") == 0, text);
    missing_add_off(chain, text);
    g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_AUTH, text->str);
}
