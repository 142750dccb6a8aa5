#include "plugins/kimi/kimi_cli.h"

#include "common/credentials.h"
#include "common/error.h"
#include "common/file.h"
#include "common/json.h"
#include "common/timestamp.h"
#include "plugins/kimi/code_api.h"
#include "plugins/kimi/field.h"
#include "plugins/kimi/service.h"
#include "plugins/kimi/web_token.h"

#include <string.h>
#include <sys/utsname.h>

#define MAX_FILE      (64 * 1024)
#define MIN_VALIDITY  60   /* seconds that a token must still be good for */
#define MILLISECONDS  1e10 /* an expiry above this is in milliseconds */
#define SIGN_IN_AGAIN "sign in again with Kimi's own client: usageline does not refresh its tokens"

/* Any of these sends the client to another host, and its token belongs there. */
#define OTHER_HOST(variable)                                                                       \
    {                                                                                              \
        variable, variable " is set, and the token must not go to another host"                    \
    }

static const struct {
    const char *variable;
    const char *reason;
} other_hosts[] = {
    OTHER_HOST("KIMI_CODE_BASE_URL"),
    OTHER_HOST("KIMI_CODE_OAUTH_HOST"),
    OTHER_HOST("KIMI_OAUTH_HOST"),
};

/* The folders in which clients of different age keep their files, the newest first. */
static char **find_homes(const struct provider_call *call)
{
    const char *named = provider_variable(call, "KIMI_CODE_HOME");
    const char *home = g_environ_getenv(call->environment, "HOME");
    GPtrArray *homes = g_ptr_array_new();

    if (named)
        g_ptr_array_add(homes, g_strdup(named));
    else if (home)
        g_ptr_array_add(homes, g_build_filename(home, ".kimi-code", NULL));
    if (home)
        g_ptr_array_add(homes, g_build_filename(home, ".kimi", NULL));
    g_ptr_array_add(homes, NULL);
    return (char **)g_ptr_array_free(homes, FALSE);
}

static char *credentials_path(const char *home)
{
    return g_build_filename(home, "credentials", "kimi-code.json", NULL);
}

char **kimi_cli_files(const struct provider_call *call)
{
    char **files = find_homes(call);

    for (char **file = files; *file; file++) {
        char *home = *file;
        *file = credentials_path(home);
        g_free(home);
    }
    return files;
}

/* The first home that has the client's credentials; NULL if none has. */
static char *find_home(const struct provider_call *call)
{
    g_auto(GStrv) homes = find_homes(call);

    for (char **home = homes; *home; home++) {
        g_autofree char *path = credentials_path(*home);
        if (g_file_test(path, G_FILE_TEST_EXISTS))
            return g_strdup(*home);
    }
    return NULL;
}

static struct json *read_credentials(const char *path, GError **error)
{
    gsize length = 0;
    char *text = file_read(path, MAX_FILE, &length, error);
    struct json *json = text ? json_parse(text, length, JSON_STRICT, error) : NULL;

    secret_wipe(text);
    if (!json)
        g_prefix_error(error, "the credentials of Kimi's client in %s: ", path);
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
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_AUTH, "there is no usable token in %s; %s",
                    path, SIGN_IN_AGAIN);
    else if (read_expiry(json) < call->now + MIN_VALIDITY)
        g_set_error(error, USAGE_ERROR, USAGE_ERROR_AUTH,
                    "the token of Kimi's client in %s has expired; %s", path, SIGN_IN_AGAIN);
    else
        return g_steal_pointer(&token);
    return NULL;
}

const char *kimi_cli_off(const struct provider_call *call)
{
    for (gsize i = 0; i < G_N_ELEMENTS(other_hosts); i++) {
        if (provider_variable(call, other_hosts[i].variable))
            return other_hosts[i].reason;
    }
    return NULL;
}

struct credential *kimi_cli_find(const struct provider_call *call, GError **error)
{
    g_autofree char *home = find_home(call);
    struct secret *token;

    if (!home)
        return NULL;
    g_autofree char *path = credentials_path(home);
    autoptr(json) json = read_credentials(path, error);
    token = json ? take_token(call, json, path, error) : NULL;
    return token ? credential_new(token, path) : NULL;
}

static char *read_text(const char *home, const char *name)
{
    g_autofree char *path = g_build_filename(home, name, NULL);
    gsize length = 0;
    /* Each of these files may be missing, and one that can't be read says as little. */
    char *text = file_read(path, MAX_FILE, &length, NULL);

    return text ? g_strstrip(text) : NULL;
}

/* Whether `config.toml` names an OAuth host of the international site. */
static bool names_global_host(const char *toml)
{
    g_auto(GStrv) lines = g_strsplit(toml, "\n", -1);

    for (char **line = lines; *line; line++) {
        const char *text = g_strstrip(*line);
        const char *value = strchr(text, '=');

        if (value && (g_str_has_prefix(text, "oauthHost") || g_str_has_prefix(text, "oauth_host")))
            return strstr(value, ".kimi.ai") != NULL;
    }
    return false;
}

static const char *find_region(const char *home)
{
    g_autofree char *region = read_text(home, "region");
    g_autofree char *toml = NULL;

    if (region)
        return strcmp(region, "global") == 0 ? "global" : "cn";
    toml = read_text(home, "config.toml");
    return toml && names_global_host(toml) ? "global" : "cn";
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

void kimi_cli_ask(const struct provider_call *call, const struct credential *credential,
                  struct answer *answer)
{
    static const struct refusal_words words = {
        .what = "the token of Kimi's client is refused",
        .remedy = SIGN_IN_AGAIN,
    };
    g_autofree char *home = find_home(call);
    const char *region = home ? find_region(home) : "cn";
    autoptr(endpoint) endpoint = endpoint_new(region, NULL, "", NULL);
    autoptr(token) token = web_token_at_hand(call);
    struct service_question question = {
        .request = code_api_request(endpoint, credential->secret),
        .place = {.host = endpoint->host, .console = endpoint->console},
        .secret = credential->secret,
        .words = &words,
        .region = region,
        .token = token,
    };

    add_client_headers(question.request, home ? home : "");
    service_ask(call, &question, answer);
}
