#include "plugins/kimi/source/candidate.h"

static void candidate_free(struct candidate *candidate)
{
    g_free(candidate->where);
    credential_free(candidate->credential);
    g_clear_error(&candidate->error);
    g_free(candidate);
}

GPtrArray *candidates_new(void)
{
    return g_ptr_array_new_with_free_func((GDestroyNotify)candidate_free);
}

struct candidate *candidates_add(GPtrArray *candidates, const char *where,
                                 struct credential *credential)
{
    struct candidate *candidate = g_new0(struct candidate, 1);

    candidate->where = g_strdup(where);
    candidate->credential = credential;
    g_ptr_array_add(candidates, candidate);
    return candidate;
}

struct candidate *candidates_add_error(GPtrArray *candidates, const char *where, GError *error)
{
    struct candidate *candidate = candidates_add(candidates, where, NULL);

    candidate->error = error;
    return candidate;
}
