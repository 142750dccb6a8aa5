#include "plugins/kimi/credential.h"

struct credential *credential_new(const struct site *site, struct secret *secret,
                                  struct endpoint *endpoint, const struct refusal_words *words)
{
    struct credential *credential = g_new0(struct credential, 1);

    credential->site = site;
    credential->secret = secret;
    credential->claims = token_new(secret_peek(secret), (gssize)secret_length(secret));
    credential->endpoint = endpoint;
    credential->words = words;
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

const char *credential_host(const struct credential *credential)
{
    return credential->endpoint ? credential->endpoint->host : credential->site->web_host;
}

struct candidate *candidate_new(const char *where, struct credential *credential)
{
    struct candidate *candidate = g_new0(struct candidate, 1);

    candidate->where = g_strdup(where);
    candidate->credential = credential;
    return candidate;
}

struct candidate *candidate_new_error(const char *where, GError *error)
{
    struct candidate *candidate = candidate_new(where, NULL);

    candidate->error = error;
    return candidate;
}

void candidate_free(struct candidate *candidate)
{
    if (!candidate)
        return;
    g_free(candidate->where);
    credential_free(candidate->credential);
    g_clear_error(&candidate->error);
    g_free(candidate);
}

GPtrArray *candidates_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)candidate_free);
}
