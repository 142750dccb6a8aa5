#include "plugins/kimi/kimi_cli.h"

#include "common/credentials.h"
#include "common/error.h"
#include "common/file.h"
#include "common/i18n.h"
#include "common/json.h"
#include "common/timestamp.h"
#include "plugins/kimi/answer/field.h"
#include "plugins/kimi/code_api.h"
#include "plugins/kimi/service.h"
#include "plugins/kimi/web_token.h"

#include <string.h>
#include <sys/utsname.h>

#define MAX_FILE     (64 * 1024)
#define MIN_VALIDITY 60   /* seconds that a token must still be good for */
#define MILLISECONDS 1e10 /* an expiry above this is in milliseconds */
#define SIGN_IN_AGAIN                                                                              \
    N_("sign in again with Kimi's own client: usageline does not refresh its tokens")

/* Any of these sends the client to another host, and its token belongs there. */
static const struct {
    const char *variable;
    const char *reason;
} other_hosts[] = {
    {"KIMI_CODE_BASE_URL",
     N_("KIMI_CODE_BASE_URL is set, and the token must not go to another host")},
    {"KIMI_CODE_OAUTH_HOST",
     N_("KIMI_CODE_OAUTH_HOST is set, and the token must not go to another host")},
    {"KIMI_OAUTH_HOST", N_("KIMI_OAUTH_HOST is set, and the token must not go to another host")},
};

static void add_file(GPtrArray *files, const char *folder, const char *home)
{
    g_ptr_array_add(files, g_build_filename(folder, home, "credentials", "kimi-code.json", NULL));
}

char **kimi_cli_files(const struct provider_call *call)
{
    const char *named = provider_variable(call, "KIMI_CODE_HOME");
    const char *home = provider_variable(call, "HOME");
    GPtrArray *files = g_ptr_array_new();

    if (named)
        add_file(files, named, "");
    else if (home)
        add_file(files, home, ".kimi-code");
    if (home)
        add_file(files, home, ".kimi");
    g_ptr_array_add(files, NULL);
    return (char **)g_ptr_array_free(files, FALSE);
}

/* NULL without an error if there is no such file. */
static struct json *read_credentials(const char *path, GError **error)
{
    g_autoptr(GError) problem = NULL;
    gsize length = 0;
    char *text = file_read(path, MAX_FILE, &length, &problem);
    struct json *json = text ? json_parse(text, length, JSON_STRICT, &problem) : NULL;

    if (text && !json)
        g_prefix_error(&problem, "%s: ", path);
    secret_wipe(text);
    if (problem)
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_AUTH,
                    _("the credentials of Kimi's client can't be used (%s); %s"), problem->message,
                    _(SIGN_IN_AGAIN));
    return json;
}

/* Seconds since 1970; 0: not told. */
static gint64 read_expiry(const struct json *json)
{
    double expiry;

    if (!field_number(json_get(json, "expires_at"), &expiry) || expiry <= 0)
        return 0;
    if (expiry > MILLISECONDS)
        expiry /= 1000;
    return expiry < TIMESTAMP_MAX ? (gint64)expiry : TIMESTAMP_MAX;
}

static struct secret *take_token(const struct provider_call *call, const struct json *json,
                                 const char *path, GError **error)
{
    const char *text = json_string(json_get(json, "access_token"));
    autoptr(secret) token = text ? credentials_strip(text) : NULL;

    if (!token || !credential_is_sendable(token))
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_AUTH, _("there is no usable token in %s; %s"),
                    path, _(SIGN_IN_AGAIN));
    else if (read_expiry(json) < call->now + MIN_VALIDITY)
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_AUTH,
                    _("the token of Kimi's client in %s has expired; %s"), path, _(SIGN_IN_AGAIN));
    else
        return g_steal_pointer(&token);
    return NULL;
}

const char *kimi_cli_off(const struct provider_call *call)
{
    for (gsize i = 0; i < G_N_ELEMENTS(other_hosts); i++) {
        if (provider_variable(call, other_hosts[i].variable))
            return _(other_hosts[i].reason);
    }
    return NULL;
}

/* The first that is of use, for a client that was replaced leaves its files behind. If none is, the
 * error is that of the newest client. */
struct credential *kimi_cli_find(const struct provider_call *call, GError **error)
{
    g_auto(GStrv) files = kimi_cli_files(call);
    GError *first_error = NULL;

    for (char **file = files; *file; file++) {
        GError **problem = first_error ? NULL : &first_error;
        autoptr(json) json = read_credentials(*file, problem);
        struct secret *token = json ? take_token(call, json, *file, problem) : NULL;

        if (token) {
            g_clear_error(&first_error);
            return credential_new(token, *file);
        }
    }
    if (first_error)
        g_propagate_error(error, first_error);
    return NULL;
}

static char *read_text(const char *home, const char *name)
{
    g_autofree char *path = g_build_filename(home, name, NULL);
    gsize length = 0;
    /* Each of these files may be missing, and one that can't be read says as little. */
    char *text = file_read(path, MAX_FILE, &length, NULL);

    return text ? g_strstrip(text) : NULL;
}

/* Where the comment of a line of TOML begins, or its end: a "#" within quotes is none. */
static const char *end_of_toml(const char *line)
{
    char quote = '\0';

    for (; *line != '\0' && *line != '\n' && (*line != '#' || quote != '\0'); line++) {
        if (*line == quote)
            quote = '\0';
        else if (quote == '\0' && (*line == '"' || *line == '\''))
            quote = *line;
    }
    return line;
}

/* Whether `config.toml` names an OAuth host of the international site, in a line of its own or in
 * an inline table: oauthHost = "https://auth.kimi.ai". */
static bool names_global_host(const char *toml)
{
    g_autoptr(GRegex) host = g_regex_new("\\boauth_?host[\"']?\\s*=\\s*[\"']"
                                         "(https://)?([\\w-]+\\.)*kimi\\.ai[\"'/:]",
                                         G_REGEX_CASELESS | G_REGEX_RAW, 0, NULL);
    g_auto(GStrv) lines = g_strsplit(toml, "\n", -1);
    bool found = false;

    for (char **line = lines; *line && !found; line++) {
        gssize length = end_of_toml(*line) - *line;
        found = g_regex_match_full(host, *line, length, 0, 0, NULL, NULL);
    }
    return found;
}

static const char *find_region(const char *home)
{
    g_autofree char *region = read_text(home, "region");
    g_autofree char *toml = read_text(home, "config.toml");
    bool is_global = g_strcmp0(region, "global") == 0 || (toml && names_global_host(toml));

    return is_global ? "global" : "cn";
}

/* A header of what the machine says of itself: ASCII alone, which the service wants. */
static void add_fact(struct http_request *request, const char *name, const char *value)
{
    g_autofree char *ascii = g_strdup(value);

    for (char *c = ascii; *c != '\0'; c++) {
        if (!g_ascii_isprint(*c))
            *c = '?';
    }
    http_request_add_header(request, name, ascii);
}

/* The headers that go with a token of this client; the service wants them. The User-Agent stays
 * ours. */
static void add_client_headers(struct http_request *request, const char *home)
{
    g_autofree char *device_id = read_text(home, "device_id");
    struct utsname system;

    uname(&system);
    g_autofree char *model = g_strjoin(" ", system.sysname, system.machine, NULL);
    add_fact(request, "X-Msh-Platform", "kimi_code_cli");
    add_fact(request, "X-Msh-Version", USAGELINE_VERSION);
    add_fact(request, "X-Msh-Device-Name", system.nodename);
    add_fact(request, "X-Msh-Device-Model", model);
    add_fact(request, "X-Msh-Os-Version", system.release);
    if (device_id && device_id[0] != '\0' && strlen(device_id) <= 128)
        add_fact(request, "X-Msh-Device-Id", device_id);
}

/* The client's folder, in which the credential was found. */
static char *home_of(const struct credential *credential)
{
    g_autofree char *folder = g_path_get_dirname(credential->origin);

    return g_path_get_dirname(folder);
}

char *kimi_cli_address(const struct provider_call *call, const struct credential *credential,
                       GError **error)
{
    g_autofree char *home = home_of(credential);
    autoptr(endpoint) endpoint = endpoint_new(find_region(home), NULL, "", NULL);

    (void)call;
    (void)error; /* its host is one of two */
    return endpoint_address(endpoint);
}

void kimi_cli_ask(const struct provider_call *call, const struct credential *credential,
                  struct answer *answer)
{
    static const struct refusal_words words = {
        .what = N_("the token of Kimi's client is refused"),
        .remedy = SIGN_IN_AGAIN,
    };
    g_autofree char *home = home_of(credential);
    const char *region = find_region(home);
    autoptr(endpoint) endpoint = endpoint_new(region, NULL, "", NULL);
    autoptr(token) token = web_token_at_hand(call, region);
    struct service_question question = {
        .request = code_api_request(endpoint, credential->secret),
        .place = {.host = endpoint->host, .console = endpoint->console},
        .credential = credential,
        .words = &words,
        .region = region,
        .token = token,
    };

    add_client_headers(question.request, home);
    service_ask(call, &question, answer);
}
