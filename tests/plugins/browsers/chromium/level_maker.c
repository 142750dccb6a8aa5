#include "tests/plugins/browsers/chromium/level_maker.h"

#include <leveldb/c.h>
#include <string.h>

#define PIECE 4096 /* bytes of an item that fills */

static leveldb_t *level_open(const char *folder)
{
    leveldb_options_t *options = leveldb_options_create();
    char *error = NULL;
    leveldb_t *database;

    g_assert_cmpint(g_mkdir_with_parents(folder, 0700), ==, 0);
    leveldb_options_set_create_if_missing(options, 1);
    database = leveldb_open(options, folder, &error);
    if (error)
        g_error("%s: %s", folder, error);
    leveldb_options_destroy(options);
    return database;
}

static void level_put(leveldb_t *database, const char *origin, const char *item, const char *data,
                      gsize length)
{
    leveldb_writeoptions_t *options = leveldb_writeoptions_create();
    g_autoptr(GString) key = g_string_new("_");
    char *error = NULL;

    g_string_append(key, origin);
    g_string_append_len(key, "\0\1", 2);
    g_string_append(key, item);
    leveldb_put(database, options, key->str, key->len, data, length, &error);
    if (error)
        g_error("%s", error);
    leveldb_writeoptions_destroy(options);
}

void level_make(const char *folder, const struct level_item *items, gsize count, bool compact)
{
    leveldb_t *database = level_open(folder);

    for (gsize i = 0; i < count; i++) {
        const struct level_item *item = &items[i];
        g_autofree char *text = g_strconcat("\1", item->text, NULL);
        level_put(database, item->origin ? item->origin : "https://www.kimi.com",
                  item->key ? item->key : "access_token", item->data ? item->data : text,
                  item->data ? item->length : strlen(text));
    }
    if (compact)
        leveldb_compact_range(database, NULL, 0, NULL, 0);
    leveldb_close(database);
}

void level_fill(const char *folder, gsize bytes)
{
    leveldb_t *database = level_open(folder);
    g_autoptr(GRand) random = g_rand_new_with_seed(1);
    guint32 piece[PIECE / sizeof(guint32)];

    for (gsize i = 0; i * PIECE < bytes; i++) {
        g_autofree char *origin =
            g_strdup_printf("https://site%" G_GSIZE_FORMAT ".example", i % 700);
        g_autofree char *key = g_strdup_printf("item%" G_GSIZE_FORMAT, i);
        for (gsize j = 0; j < G_N_ELEMENTS(piece); j++)
            piece[j] = g_rand_int(random);
        level_put(database, origin, key, (const char *)piece, sizeof piece);
    }
    leveldb_compact_range(database, NULL, 0, NULL, 0);
    leveldb_close(database);
}
