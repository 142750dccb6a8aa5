#include "plugins/kimi/browser.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/timestamp.h"
#include "plugins/browsers/session_search.h"
#include "plugins/kimi/token.h"
#include "plugins/kimi/web_token.h"

#include <string.h>

#define MAX_LINES 8  /* of places in one message */
#define MAX_FILES 12 /* that are watched */

#define NAMES(...) ((const char *const[]){__VA_ARGS__, NULL})

static const struct browser desktop_app = {
    .id = "kimi-desktop",
    .name = N_("Kimi's desktop app"),
    .config_folder = "kimi-desktop",
    .keyring = NAMES("kimi-desktop", "Kimi", "kimi"),
    .wallet = NAMES("kimi-desktop", "Kimi", "kimi"),
};

struct browser_state {
    const struct source_call *call;
    struct session_request request;
    struct session_search *search; /* NULL: `error` says why there is none */
    char **ids;                    /* of the setting "browsers" */
    GError *error;
    bool has_ended;
};

const char *browser_off(const struct source_call *call)
{
    g_autoptr(GError) problem = config_error(call->call->config);

    /* What can't be read may say that browsers are to be left alone. */
    if (problem)
        return _("the configuration is wrong; `usageline config validate` says where");
    if (call->settings->cookies == COOKIES_MANUAL)
        return _("cookieSource is \"manual\"");
    if (call->settings->cookies == COOKIES_OFF)
        return _("cookieSource is \"off\"");
    return session_search_missing();
}

static void *browser_begin(const struct source_call *call, const struct browser *app,
                           const char *memory)
{
    struct browser_state *state = g_new0(struct browser_state, 1);
    const char *browsers = app ? NULL : call->settings->browsers;

    state->call = call;
    state->ids = browsers ? session_browsers_parse(browsers, &state->error) : NULL;
    if (state->error)
        return state;
    if (browsers && !state->ids) /* a list of none is not a list of all */
        state->ids = g_new0(char *, 1);
    state->request = (struct session_request){
        .query = {.cookie = TOKEN_COOKIE,
                  .hosts = site_all_cookie_hosts,
                  .item = TOKEN_ITEM,
                  .origins = site_all_storage_origins},
        .app = app,
        .browsers = (const char *const *)state->ids,
        .memory = memory,
        .paths = call->call->paths,
        .environment = call->call->environment,
        .now = call->call->now,
    };
    state->search = session_search_new(&state->request);
    return state;
}

void *browser_open_app(const struct source_call *call)
{
    return browser_begin(call, &desktop_app, "kimi.desktop-app");
}

void *browser_open(const struct source_call *call)
{
    return browser_begin(call, NULL, "kimi.browser");
}

void browser_close(void *pointer)
{
    struct browser_state *state = pointer;

    if (state->search)
        session_search_free(state->search);
    g_strfreev(state->ids);
    g_clear_error(&state->error);
    g_free(state);
}

/* Of which site a session is: the token's own word, else that of the place where it was. */
static const struct site *browser_find_site(const struct session *session,
                                            const struct token *token)
{
    const struct site *site = site_for_audience(token->audience);

    return site ? site : site_for_place(session->place);
}

/* The candidate of a session; NULL if its value is of no use, which the session is told. */
static struct candidate *browser_judge(const struct browser_state *state, struct session *session)
{
    const struct settings *settings = state->call->settings;
    autoptr(token) token = token_find(secret_peek(session->value));
    const struct site *site =
        token && !token->is_foreign ? browser_find_site(session, token) : NULL;
    struct candidate *candidate;

    if (!token || !site) {
        session_set(session, SESSION_ABSENT, g_strdup(_("its value is no token")));
        return NULL;
    }
    if (token->expires_at > 0)
        session->expires = token->expires_at * G_USEC_PER_SEC;
    if (token_has_expired(token, state->call->call->now)) {
        session_set(session, SESSION_EXPIRED,
                    g_strdup(_("open Kimi in that browser to renew it, or use an API key")));
        return NULL;
    }
    if (settings->region_is_set && site != settings->site) {
        /* Not to be remembered as anything else: the setting may change. */
        session_set(session, SESSION_FOUND,
                    g_strdup_printf(_("it is a session of %s; for that one set \"region\" to "
                                      "\"%s\""),
                                    site->audience, site->region));
        return NULL;
    }
    candidate = candidate_new(session->label, credential_new(site, g_steal_pointer(&token->text),
                                                             NULL, &web_token_words));
    candidate->origin = session;
    return candidate;
}

/* A session that is there and can't be got at is more than none; NULL: there is no such one. */
static struct candidate *browser_explain(const struct browser_state *state)
{
    const GPtrArray *sessions = session_search_all(state->search);

    for (guint i = 0; i < sessions->len; i++) {
        const struct session *session = sessions->pdata[i];
        bool is_locked = session->outcome == SESSION_LOCKED;

        if (!is_locked && session->outcome != SESSION_SEALED)
            continue;
        return candidate_new_error(
            session->label,
            g_error_new(USAGE_ERROR, USAGE_ERROR_AUTH,
                        is_locked
                            ? _("the cookie kimi-auth of %s can't be decrypted: %s; unlock it, "
                                "which starting the browser may do")
                            : _("the cookie kimi-auth of %s can't be decrypted: %s; `usageline "
                                "config set-cookie --provider kimi --stdin` takes the cookie by "
                                "hand"),
                        session->label, session->why));
    }
    return NULL;
}

struct candidate *browser_next(void *pointer)
{
    struct browser_state *state = pointer;
    struct candidate *candidate = NULL;
    struct session *session;

    if (state->has_ended)
        return NULL;
    if (state->error) {
        state->has_ended = true;
        return candidate_new_error(_("browsers"), g_error_copy(state->error));
    }
    while (!candidate && (session = session_search_next(state->search)))
        candidate = browser_judge(state, session);
    if (candidate)
        return candidate;
    state->has_ended = true;
    return browser_explain(state);
}

void browser_settle(void *pointer, const struct candidate *candidate, enum verdict verdict)
{
    struct browser_state *state = pointer;
    struct session *session = candidate->origin;

    if (!session)
        return;
    if (verdict == VERDICT_ACCEPTED)
        session_search_note_worked(state->search, session);
    else
        session_set(session, SESSION_REFUSED, NULL);
}

static void browser_put(struct json_writer *writer, const struct session *session, bool is_used)
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

void browser_list(void *pointer, const struct candidate *used, struct json_writer *writer)
{
    const struct browser_state *state = pointer;
    const GPtrArray *sessions = state->search ? session_search_all(state->search) : NULL;

    for (guint i = 0; sessions && i < sessions->len; i++) {
        const struct session *session = sessions->pdata[i];
        browser_put(writer, session, used && used->origin == session);
    }
}

void browser_watch(void *pointer, GPtrArray *files)
{
    const struct browser_state *state = pointer;
    g_auto(GStrv) paths = state->search ? session_search_files(state->search, MAX_FILES) : NULL;

    for (char **path = paths; path && *path; path++)
        g_ptr_array_add(files, g_strdup(*path));
}

static void browser_describe_session(const struct session *session, GString *text)
{
    const char *words = session_outcome_words(session->outcome);

    g_string_append(text, "\n  ");
    if (session->why)
        g_string_append_printf(text, _("%s: %s: %s"), session->label, words, session->why);
    else
        g_string_append_printf(text, _("%s: %s"), session->label, words);
}

char *browser_describe(void *pointer, bool only_found)
{
    const struct browser_state *state = pointer;
    const GPtrArray *sessions = state->search ? session_search_all(state->search) : NULL;
    GString *text = g_string_new(NULL);
    guint count = 0;

    for (guint i = 0; sessions && i < sessions->len; i++) {
        const struct session *session = sessions->pdata[i];

        if (only_found && session->outcome != SESSION_FOUND)
            continue;
        if (++count <= MAX_LINES)
            browser_describe_session(session, text);
    }
    if (count > MAX_LINES) {
        g_string_append(text, "\n  ");
        g_string_append_printf(text, _("and %u more; `usageline config browsers` lists all"),
                               count - MAX_LINES);
    }
    return g_string_free(text, FALSE);
}
