/* usageline open: opens the provider's page in a browser, as a click may do. */
#include "cli/base/click_error.h"
#include "cli/base/command.h"
#include "cli/base/spawn.h"
#include "cli/click_command.h"
#include "common/base/i18n.h"
#include "common/base/json.h"
#include "common/usage/provider.h"
#include "common/usage/store.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

#define HTTPS "https://"

/* Milliseconds within which an opener that finds no browser fails. */
#define OPENER_TIME 2000

struct open_options {
    gboolean print;
};

#define OPTION(field) ((gpointer)offsetof(struct open_options, field))

static const GOptionEntry option_entries[] = {
    {"print", 0, 0, G_OPTION_ARG_NONE, OPTION(print), N_("Print the address, and open nothing"),
     NULL},
    {0},
};

/* An opener is often a shell script, and hands the address on to whatever it finds. So it must be
 * one of RFC 3986, for the web, with a host and without a password. */
static bool open_is_safe(const char *address)
{
    static const char allowed[] = G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-._~:/?#[]@!$&'()*+,;=%";
    g_autoptr(GUri) uri = g_uri_parse(address, G_URI_FLAGS_NONE, NULL);

    return uri && g_str_has_prefix(address, HTTPS) && strspn(address, allowed) == strlen(address) &&
           !g_uri_get_userinfo(uri) && g_uri_get_host(uri) && g_uri_get_host(uri)[0] != '\0';
}

/* Asks the provider for the page that it describes; the caller frees it. */
static char *open_ask_page(const struct context *context, const char *provider, GError **error)
{
    autoptr(json) json = provider_question(context->paths, provider, "--describe", error);
    const char *page = json_string(json_get(json, "dashboard"));

    if (json && !page)
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("provider \"%s\" names no page"),
                    provider);
    return g_strdup(page);
}

/* The page of this account, else that of the service; the caller frees it. */
static char *open_find_page(const struct context *context, const char *provider, GError **error)
{
    autoclear(stored) stored = {0};
    g_autofree char *page = NULL;

    store_load(context->paths, provider, &stored);
    if (stored.snapshot && stored.snapshot->dashboard)
        page = g_strdup(stored.snapshot->dashboard);
    else
        page = open_ask_page(context, provider, error);
    if (!page || open_is_safe(page))
        return g_steal_pointer(&page);
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_PAYLOAD,
                _("the page that provider \"%s\" names is not opened: it is no address of the kind "
                  "https://HOST/…"),
                provider);
    return NULL;
}

static bool open_in_browser(const char *page, GError **error)
{
    g_autofree char *xdg_open = g_find_program_in_path("xdg-open");
    g_autofree char *gio = xdg_open ? NULL : g_find_program_in_path("gio");
    const char *const with_xdg_open[] = {xdg_open, page, NULL};
    const char *const with_gio[] = {gio, "open", page, NULL};
    const char *const *command = xdg_open ? with_xdg_open : with_gio;
    g_autoptr(GError) problem = NULL;

    if (!command[0]) {
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG,
                    _("neither xdg-open nor gio is installed; open it yourself: %s"), page);
        return false;
    }
    if (spawn_and_watch(command, OPENER_TIME, &problem))
        return true;
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _("%s; open it yourself: %s"),
                problem->message, page);
    return false;
}

static int open_run(const struct bar_state *bar, gconstpointer values)
{
    const struct open_options *options = values;
    g_autoptr(GError) error = NULL;
    g_autofree char *page = open_find_page(bar->context, bar->provider, &error);

    if (page && options->print)
        puts(page);
    else if (page)
        open_in_browser(page, &error);
    if (!error)
        return 0;
    click_error_report(bar->context, bar->adapter->name, error);
    return EXIT_FAILED;
}

int command_open(struct context *context, int argc, char **argv)
{
    struct open_options options = {0};
    const struct command_line line = {
        .command = "open",
        .summary = N_("Opens the provider's page, where its plan and its keys are, in a browser."),
        .more_options = {option_entries, &options}};

    return click_command_run(context, line, argc, argv, open_run);
}
