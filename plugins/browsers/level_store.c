#include "plugins/browsers/level_store.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "plugins/browsers/item_value.h"
#include "plugins/browsers/level_child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATIENCE (3 * G_TIME_SPAN_SECOND) /* for one database */

const char *const level_missing = NULL;

/* What the other process wrote. */
struct level_answer {
    char *bytes; /* of this size from the beginning: what grows leaves copies behind */
    gsize size, length, position;
    bool is_late;
};

static void level_answer_clear(struct level_answer *answer)
{
    explicit_bzero(answer->bytes, answer->length);
    g_free(answer->bytes);
}
DEFINE_AUTO_CLEAR(level_answer, level_answer_clear);

/* Room for the answer about each origin, and an error. */
static gsize level_max_answer(const struct session_query *query)
{
    gsize origins = g_strv_length((char **)(guintptr)query->origins);

    return origins * (sizeof(struct level_header) + SESSION_MAX_VALUE) +
           sizeof(struct level_header) + LEVEL_MAX_ERROR;
}

/* Up to the end, or the deadline. */
static void level_answer_read(struct level_answer *answer, int from)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE;
    gint64 left;

    while ((left = deadline - g_get_monotonic_time()) > 0 && answer->length < answer->size) {
        struct pollfd ready = {.fd = from, .events = POLLIN};
        gssize got;

        if (poll(&ready, 1, (int)(left / 1000) + 1) <= 0)
            continue;
        got = read(from, answer->bytes + answer->length, answer->size - answer->length);
        if (got == 0 || (got < 0 && errno != EINTR && errno != EAGAIN))
            return;
        answer->length += got > 0 ? (gsize)got : 0;
    }
    answer->is_late = left <= 0;
}

/* The next record; false if it is not there, or not whole. */
static bool level_answer_next(struct level_answer *answer, struct level_header *header,
                              const char **data)
{
    gsize left = answer->length - answer->position;

    if (left < sizeof *header)
        return false;
    memcpy(header, answer->bytes + answer->position, sizeof *header);
    if (header->length > left - sizeof *header)
        return false;
    *data = answer->bytes + answer->position + sizeof *header;
    answer->position += sizeof *header + header->length;
    return true;
}

/* False if no other process can be had. */
static bool level_ask(const char *folder, const struct session_query *query,
                      struct level_answer *answer)
{
    int ends[2];
    pid_t child;

    if (pipe2(ends, O_CLOEXEC) < 0)
        return false;
    child = fork();
    if (child == 0)
        level_child_run(folder, query, ends[1]);
    close(ends[1]);
    if (child > 0) {
        level_answer_read(answer, ends[0]);
        kill(child, SIGKILL); /* if it has not ended; its number is not free before the next line */
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    close(ends[0]);
    return child > 0;
}

/* LevelDB's words tell the folder of the copy, which says nothing to anybody. */
static void level_set_error(GError **error, const char *folder, const char *message, gsize length)
{
    g_autofree char *valid = g_utf8_make_valid(message, (gssize)length);
    g_autofree char *prefix = g_strconcat(folder, "/", NULL);
    g_auto(GStrv) parts = g_strsplit(valid, prefix, -1);
    g_autofree char *words = g_strjoinv("", parts);

    g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _("it is damaged (LevelDB: %s)"), words);
}

static void level_set_error_without_words(GError **error, bool is_late)
{
    g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_INTERNAL,
                        is_late ? _("it takes too long to read")
                                : _("it is damaged: LevelDB ended without an answer"));
}

static struct session_row *level_take(const char *origin, const struct level_header *header,
                                      const char *data)
{
    struct session_row *row = g_new0(struct session_row, 1);

    row->place = g_strdup(origin);
    if (header->tag == LEVEL_VALUE)
        item_value_take_chromium(row, data, header->length);
    else
        item_value_set_fault(row, ITEM_TOO_LARGE);
    return row;
}

static GPtrArray *level_take_all(struct level_answer *answer, const char *folder,
                                 const struct session_query *query, GError **error)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)session_row_free);
    struct level_header header;
    const char *data;

    for (const char *const *origin = query->origins; *origin; origin++) {
        if (!level_answer_next(answer, &header, &data)) {
            level_set_error_without_words(error, answer->is_late);
            return NULL;
        }
        if (header.tag == LEVEL_ERROR) {
            level_set_error(error, folder, data, header.length);
            return NULL;
        }
        if (header.tag == LEVEL_NONE)
            continue;
        autoptr(session_row) row = level_take(*origin, &header, data);
        if (row->length > 0 || row->fault) /* without a value it is none */
            g_ptr_array_add(rows, g_steal_pointer(&row));
    }
    return g_steal_pointer(&rows);
}

GPtrArray *level_read(const char *folder, const struct session_query *query, GError **error)
{
    gsize size = level_max_answer(query);
    autoclear(level_answer) answer = {.bytes = g_malloc(size), .size = size};

    if (level_ask(folder, query, &answer))
        return level_take_all(&answer, folder, query, error);
    g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_INTERNAL,
                        _("no process can be started to read it"));
    return NULL;
}
