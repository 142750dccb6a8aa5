/* Sources: the session of a browser that is signed in to Kimi, or of Kimi's desktop app, an
 * Electron program: access_token in the localStorage of Kimi's pages, or the cookie kimi-auth. */
#include "common/base/error.h"
#include "common/base/i18n.h"
#include "plugins/browsers/browser_list.h"
#include "plugins/browsers/session_search.h"
#include "plugins/kimi/source/source.h"

#define MAX_LINES 8  /* about places, in one message */
#define MAX_FILES 12 /* that are watched */

#define NAMES(...) ((const char *const[]){__VA_ARGS__, NULL})

static const struct browser browser_app = {
    .id = "kimi-desktop",
    .name = N_("Kimi's desktop app"),
    .config_folder = "kimi-desktop",
    .keyring = NAMES("kimi-desktop", "Kimi", "kimi"),
    .wallet = NAMES("kimi-desktop", "Kimi", "kimi"),
};

struct browser_search {
    const struct provider_call *call;
    const struct settings *settings;
    struct session_request request;
    struct session_search *sessions; /* NULL: `error` says why */
    char **ids;                      /* of the setting "browsers" */
    GError *error;
};

static const char *browser_why_off(const struct provider_call *call,
                                   const struct settings *settings)
{
    g_autoptr(GError) problem = config_error(call->config);

    /* The part that can't be read may say that browsers are to be left alone. */
    if (problem)
        return _("the configuration is wrong; `usageline config validate` says where");
    if (settings->cookies == COOKIES_MANUAL)
        return _("cookieSource is \"manual\"");
    if (settings->cookies == COOKIES_OFF)
        return _("cookieSource is \"off\"");
    return session_search_missing();
}

static struct browser_search *browser_search_new(const struct provider_call *call,
                                                 const struct settings *settings,
                                                 const struct browser *app, const char *memory)
{
    struct browser_search *search = g_new0(struct browser_search, 1);
    const char *browsers = app ? NULL : settings->browsers;

    search->call = call;
    search->settings = settings;
    search->ids = browsers ? browser_list_parse(browsers, &search->error) : NULL;
    if (search->error)
        return search;
    search->request = (struct session_request){
        .query = {.cookie = TOKEN_COOKIE,
                  .hosts = site_all_cookie_hosts,
                  .item = TOKEN_ITEM,
                  .origins = site_all_storage_origins},
        .app = app,
        .browsers = (const char *const *)search->ids,
        .memory = memory,
        .paths = call->paths,
        .environment = call->environment,
        .now = call->now,
    };
    search->sessions = session_search_new(&search->request);
    return search;
}

static void *browser_open_app(const struct provider_call *call, const struct settings *settings)
{
    return browser_search_new(call, settings, &browser_app, "kimi.desktop-app");
}

static void *browser_open(const struct provider_call *call, const struct settings *settings)
{
    return browser_search_new(call, settings, NULL, "kimi.browser");
}

static void browser_close(void *state)
{
    struct browser_search *search = state;

    if (search->sessions)
        session_search_free(search->sessions);
    g_strfreev(search->ids);
    g_clear_error(&search->error);
    g_free(search);
}

/* Adds the candidate of a session. False if it can't be used; its outcome says why. */
static bool browser_add(const struct browser_search *search, struct session *session,
                        GPtrArray *candidates)
{
    const struct settings *settings = search->settings;
    autoptr(token) token = token_find(secret_peek(session->value));
    const struct site *site = NULL;

    if (token && !token->is_foreign)
        site = token->site ? token->site : site_for_place(session->place);
    if (!site) {
        session_set(session, SESSION_ABSENT, g_strdup(_("its value is no token")));
        return false;
    }
    if (token->expires_at > 0)
        session->expires = token->expires_at * G_USEC_PER_SEC;
    if (token_has_expired(token, search->call->now)) {
        session_set(session, SESSION_EXPIRED,
                    g_strdup(_("open Kimi in that browser to renew it, or use an API key")));
        return false;
    }
    if (settings->region_is_set && site != settings->site) {
        /* It stays "found" in the search's memory: the setting may change. */
        session_set(session, SESSION_FOUND,
                    g_strdup_printf(_("it is a session of %s; for that one set \"region\" to "
                                      "\"%s\""),
                                    site->audience, site->region));
        return false;
    }
    candidates_add(candidates, session->label,
                   credential_new_session(site, g_steal_pointer(&token->text)))
        ->state = session;
    return true;
}

/* Adds the error of the first session that is there but can't be decrypted. */
static void browser_add_locked(const struct browser_search *search, GPtrArray *candidates)
{
    const GPtrArray *sessions = session_search_all(search->sessions);

    for (guint i = 0; i < sessions->len; i++) {
        const struct session *session = sessions->pdata[i];
        bool is_locked = session->outcome == SESSION_LOCKED;

        if (!is_locked && session->outcome != SESSION_SEALED)
            continue;
        candidates_add_error(
            candidates, session->label,
            g_error_new(USAGE_ERROR, USAGE_ERROR_AUTH,
                        is_locked
                            ? _("the cookie kimi-auth of %s can't be decrypted: %s; unlock it, "
                                "which starting the browser may do")
                            : _("the cookie kimi-auth of %s can't be decrypted: %s; `usageline "
                                "config set-cookie --provider kimi --stdin` takes the cookie by "
                                "hand"),
                        session->label, session->why));
        return;
    }
}

static bool browser_next(void *state, GPtrArray *candidates)
{
    struct browser_search *search = state;
    struct session *session;

    if (search->error) {
        candidates_add_error(candidates, _("browsers"), g_error_copy(search->error));
        return false;
    }
    while ((session = session_search_next(search->sessions))) {
        if (browser_add(search, session, candidates))
            return true;
    }
    browser_add_locked(search, candidates);
    return false;
}

static void browser_settle(void *state, const struct candidate *candidate, bool is_accepted)
{
    struct browser_search *search = state;
    struct session *session = candidate->state;

    if (!session)
        return;
    if (is_accepted)
        session_search_note_worked(search->sessions, session);
    else
        session_set(session, SESSION_REFUSED, NULL);
}

static void browser_write_session(struct json_writer *writer, const struct session *session,
                                  bool is_used)
{
    g_autofree char *hint = session->value ? secret_hint(session->value) : NULL;

    json_open_object(writer, NULL);
    json_put_string(writer, "browser", session->store->browser->id);
    json_put_string(writer, "label", session->label);
    json_put_string(writer, "profile", session->store->profile);
    json_put_string(writer, "path", session->store->path);
    json_put_string(writer, "kind", session->kind == SESSION_ITEM ? "localStorage" : "cookie");
    json_put_string(writer, "outcome", session_outcome_name(session->outcome));
    json_put_string(writer, "words", session_outcome_words(session->outcome));
    json_put_string(writer, "why", session->why);
    json_put_string(writer, "host", session->place);
    json_put_time(writer, "lastUsed", session->last_used / G_USEC_PER_SEC);
    json_put_time(writer, "expires", session->expires / G_USEC_PER_SEC);
    json_put_string(writer, "hint", hint);
    json_put_boolean(writer, "used", is_used);
    json_put_boolean(writer, "unchanged", session->is_remembered);
    json_close_object(writer);
}

static void browser_list(void *state, const struct candidate *used, struct json_writer *writer)
{
    const struct browser_search *search = state;
    const GPtrArray *sessions = search->sessions ? session_search_all(search->sessions) : NULL;

    for (guint i = 0; sessions && i < sessions->len; i++) {
        const struct session *session = sessions->pdata[i];
        browser_write_session(writer, session, used && used->state == session);
    }
}

static void browser_watch(void *state, GPtrArray *files)
{
    const struct browser_search *search = state;

    if (search->sessions)
        session_search_add_files(search->sessions, MAX_FILES, files);
}

static void browser_append_session(const struct session *session, GString *text)
{
    const char *words = session_outcome_words(session->outcome);

    g_string_append(text, "\n  ");
    if (session->why)
        g_string_append_printf(text, _("%s: %s: %s"), session->label, words, session->why);
    else
        g_string_append_printf(text, _("%s: %s"), session->label, words);
}

static char *browser_describe(void *state, bool only_found)
{
    const struct browser_search *search = state;
    const GPtrArray *sessions = search->sessions ? session_search_all(search->sessions) : NULL;
    GString *text = g_string_new(NULL);
    guint count = 0;

    for (guint i = 0; sessions && i < sessions->len; i++) {
        const struct session *session = sessions->pdata[i];

        if (only_found && session->outcome != SESSION_FOUND)
            continue;
        if (++count <= MAX_LINES)
            browser_append_session(session, text);
    }
    if (count > MAX_LINES) {
        g_string_append(text, "\n  ");
        g_string_append_printf(text, _("and %u more; `usageline config browsers` lists all"),
                               count - MAX_LINES);
    }
    return g_string_free(text, FALSE);
}

static const struct source_search browser_search_functions = {
    .next = browser_next,
    .close = browser_close,
    .settle = browser_settle,
    .list = browser_list,
    .describe = browser_describe,
    .watch = browser_watch,
};

const struct source browser_app_source = {
    .name = "desktop-app",
    .label = N_("Kimi's desktop app"),
    .mode = "web",
    .is_restless = true,
    .why_off = browser_why_off,
    .open = browser_open_app,
    .search = &browser_search_functions,
};

const struct source browser_source = {
    .name = "browser",
    .label = N_("browser"),
    .mode = "web",
    .is_restless = true,
    .why_off = browser_why_off,
    .open = browser_open,
    .search = &browser_search_functions,
};
