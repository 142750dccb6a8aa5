#include "plugins/kimi/credential/credential.h"

#include "common/base/i18n.h"

const struct refusal_words credential_session_words = {
    .what = N_("the web session's token is invalid or expired"),
    .remedy = N_("sign in again, or use an API key, which does not run out: `usageline config "
                 "set-api-key --provider kimi --stdin`"),
    .remedy_in_config = N_("replace it by a new one, or by an API key, which does not run out"),
};

struct credential *credential_new(struct secret *secret, struct endpoint *endpoint,
                                  const struct refusal_words *words)
{
    struct credential *credential = credential_new_session(endpoint->site, secret);

    credential->endpoint = endpoint;
    credential->words = words;
    return credential;
}

struct credential *credential_new_session(const struct site *site, struct secret *token)
{
    struct credential *credential = g_new0(struct credential, 1);

    credential->site = site;
    credential->secret = token;
    credential->claims = token_new(secret_peek(token), (gssize)secret_length(token));
    credential->words = &credential_session_words;
    return credential;
}

void credential_free(struct credential *credential)
{
    if (!credential)
        return;
    secret_free(credential->secret);
    token_free(credential->claims);
    endpoint_free(credential->endpoint);
    g_free(credential);
}

bool credential_is_session(const struct credential *credential)
{
    return !credential->endpoint;
}

const char *credential_host(const struct credential *credential)
{
    return credential_is_session(credential) ? credential->site->web_host
                                             : credential->endpoint->host;
}
