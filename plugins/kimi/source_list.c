#include "plugins/kimi/source_list.h"

struct source_list *source_list_new(void)
{
    struct source_list *list = g_new0(struct source_list, 1);

    list->candidates = candidates_new();
    list->files = g_ptr_array_new_with_free_func(g_free);
    return list;
}

void source_list_close(void *state)
{
    struct source_list *list = state;

    g_ptr_array_unref(list->candidates);
    g_ptr_array_unref(list->files);
    g_free(list);
}

struct candidate *source_list_next(void *state)
{
    struct source_list *list = state;

    return list->candidates->len > 0 ? g_ptr_array_steal_index(list->candidates, 0) : NULL;
}

void source_list_watch(void *state, GPtrArray *files)
{
    const struct source_list *list = state;

    for (guint i = 0; i < list->files->len; i++)
        g_ptr_array_add(files, g_strdup(list->files->pdata[i]));
}
