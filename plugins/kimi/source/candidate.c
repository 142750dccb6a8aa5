#include "plugins/kimi/source/candidate.h"

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
