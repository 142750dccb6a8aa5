#include "plugins/kimi/chain.h"

#include <string.h>

/* Of one source: a browser may have a hundred containers. */
#define MAX_CANDIDATES 32

static void chain_link_free(struct chain_link *link)
{
    if (link->state)
        link->source->search->close(link->state);
    g_ptr_array_unref(link->candidates);
    g_ptr_array_unref(link->files);
    g_free(link);
}

bool chain_init(struct chain *chain, const struct provider_call *call, GError **error)
{
    *chain = (struct chain){.call = call};
    chain->links = g_ptr_array_new_with_free_func((GDestroyNotify)chain_link_free);
    for (const struct source *const *source = sources; *source; source++) {
        struct chain_link *link = g_new0(struct chain_link, 1);
        link->source = *source;
        link->candidates = candidates_new();
        link->files = g_ptr_array_new_with_free_func(g_free);
        g_ptr_array_add(chain->links, link);
    }
    return settings_read(call, &chain->settings, error);
}

void chain_clear(struct chain *chain)
{
    g_clear_pointer(&chain->links, g_ptr_array_unref);
    settings_clear(&chain->settings);
}

bool chain_is_wanted(const struct chain *chain, const struct chain_link *link)
{
    const char *mode = chain->settings.mode;

    return strcmp(mode, "auto") == 0 || strcmp(mode, link->source->mode) == 0;
}

const char *chain_why_off(const struct chain *chain, struct chain_link *link)
{
    if (!link->off_is_known && link->source->why_off)
        link->off = link->source->why_off(chain->call, &chain->settings);
    link->off_is_known = true;
    return link->off;
}

static void chain_find_all(struct chain *chain, struct chain_link *link)
{
    link->source->find(chain->call, &chain->settings, link->candidates, link->files);
    if (link->candidates->len > MAX_CANDIDATES)
        g_ptr_array_set_size(link->candidates, MAX_CANDIDATES);
    link->has_ended = true;
}

static void chain_find_next(struct chain *chain, struct chain_link *link)
{
    if (!link->state)
        link->state = link->source->open(chain->call, &chain->settings);
    link->has_ended = link->candidates->len >= MAX_CANDIDATES ||
                      !link->source->search->next(link->state, link->candidates);
}

struct candidate *chain_candidate(struct chain *chain, struct chain_link *link, guint index)
{
    while (link->candidates->len <= index && !link->has_ended) {
        if (link->source->find)
            chain_find_all(chain, link);
        else
            chain_find_next(chain, link);
    }
    return index < link->candidates->len ? link->candidates->pdata[index] : NULL;
}
