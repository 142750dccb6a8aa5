#include "plugins/browsers/chromium/level_store.h"

#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/i18n.h"
#include "plugins/browsers/store/item_value.h"

#include <errno.h>
#include <fcntl.h>
#include <leveldb/c.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define PATIENCE    (3 * G_TIME_SPAN_SECOND) /* for one database */
#define MAX_SECONDS 3                        /* of the processor */
#define MAX_WRITTEN ((rlim_t)256 << 20)      /* bytes of one file of the copy */
#define BUFFER      ((gsize)4 << 20)         /* bytes, as browsers have it */
#define MAX_OPEN    64                       /* files */
#define MAX_ERROR   1024                     /* bytes */

/* The child writes a record for each origin: a header, then `length` bytes. */
enum level_tag {
    LEVEL_NONE,  /* the origin has no such item */
    LEVEL_VALUE, /* as it is in the database */
    LEVEL_LARGE, /* larger than SESSION_MAX_VALUE; it is not sent */
    LEVEL_ERROR, /* the last record: LevelDB's message */
};

struct level_header {
    guint32 tag;
    guint32 length;
};

static void level_child_limit(int resource, rlim_t most)
{
    const struct rlimit limit = {most, most};

    setrlimit(resource, &limit);
}

/* Takes the child off the terminal and the debugger, and ends it with its parent. */
static void level_child_retreat(void)
{
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    level_child_limit(RLIMIT_CORE, 0);
    level_child_limit(RLIMIT_CPU, MAX_SECONDS);
    level_child_limit(RLIMIT_FSIZE, MAX_WRITTEN);
    for (int fd = STDIN_FILENO; nothing >= 0 && fd <= STDERR_FILENO; fd++)
        dup2(nothing, fd);
}

static void level_child_send(int to, enum level_tag tag, const void *data, gsize length)
{
    const struct level_header header = {tag, (guint32)length};

    if (!file_write_all(to, &header, sizeof header) || !file_write_all(to, data, length))
        _exit(1);
}

G_GNUC_NORETURN
static void level_child_fail(int to, const char *message)
{
    level_child_send(to, LEVEL_ERROR, message, MIN(strlen(message), MAX_ERROR));
    _exit(0);
}

static leveldb_t *level_child_open(const char *folder, int to)
{
    leveldb_options_t *options = leveldb_options_create();
    char *error = NULL;
    leveldb_t *database;

    leveldb_options_set_create_if_missing(options, 0);
    leveldb_options_set_paranoid_checks(options, 0); /* a browser may be in the midst of a write */
    leveldb_options_set_write_buffer_size(options, BUFFER);
    leveldb_options_set_max_open_files(options, MAX_OPEN);
    database = leveldb_open(options, folder, &error);
    if (error)
        level_child_fail(to, error);
    return database;
}

static void level_child_get(leveldb_t *database, const leveldb_readoptions_t *options,
                            const char *origin, const char *item, int to)
{
    g_autoptr(GString) key = g_string_new("_");
    gsize length = 0;
    char *error = NULL;
    char *value;

    g_string_append(key, origin);
    g_string_append_len(key, "\0\1", 2); /* its end; the name is in Latin-1 */
    g_string_append(key, item);
    value = leveldb_get(database, options, key->str, key->len, &length, &error);
    if (error)
        level_child_fail(to, error);
    if (!value)
        level_child_send(to, LEVEL_NONE, NULL, 0);
    else if (length > SESSION_MAX_VALUE)
        level_child_send(to, LEVEL_LARGE, NULL, 0);
    else
        level_child_send(to, LEVEL_VALUE, value, length);
}

/* Sends the item of each origin. Closes and frees nothing, because that would wait for LevelDB's
 * other thread, which compacts the copy. */
G_GNUC_NORETURN
static void level_child_run(const char *folder, const struct session_query *query, int to)
{
    leveldb_readoptions_t *options;
    leveldb_t *database;

    level_child_retreat();
    database = level_child_open(folder, to);
    options = leveldb_readoptions_create();
    leveldb_readoptions_set_verify_checksums(options, 1);
    for (const char *const *origin = query->origins; *origin; origin++)
        level_child_get(database, options, *origin, query->item, to);
    _exit(0);
}

/* What the child wrote. */
struct level_answer {
    char *bytes; /* never grows, which would leave copies of the values in memory */
    gsize size, length, position;
    bool timed_out;
};

static void level_answer_clear(struct level_answer *answer)
{
    explicit_bzero(answer->bytes, answer->length);
    g_free(answer->bytes);
}
DEFINE_AUTO_CLEAR(level_answer, level_answer_clear);

/* The size of the longest answer: a value for each origin, and an error. */
static gsize level_answer_max_size(const struct session_query *query)
{
    gsize origins = g_strv_length((char **)(guintptr)query->origins);

    return origins * (sizeof(struct level_header) + SESSION_MAX_VALUE) +
           sizeof(struct level_header) + MAX_ERROR;
}

/* Reads up to the end, or the deadline. */
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
    answer->timed_out = left <= 0;
}

/* The next record; false if there is none, or only a part of it. */
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

/* Starts the child and reads its answer; false if it can't be started. */
static bool level_store_ask(const char *folder, const struct session_query *query,
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
        kill(child, SIGKILL); /* its number is not free before it is waited for */
        while (waitpid(child, NULL, 0) < 0 && errno == EINTR)
            ;
    }
    close(ends[0]);
    return child > 0;
}

/* LevelDB's message names the folder of the copy, which helps nobody: leaves it out. */
static void level_store_set_error(GError **error, const char *folder, const char *message,
                                  gsize length)
{
    g_autofree char *valid = g_utf8_make_valid(message, (gssize)length);
    g_autofree char *prefix = g_strconcat(folder, "/", NULL);
    g_auto(GStrv) parts = g_strsplit(valid, prefix, -1);
    g_autofree char *words = g_strjoinv("", parts);

    g_set_error(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, _("it is damaged (LevelDB: %s)"), words);
}

static struct session_row *level_store_make_row(const char *origin,
                                                const struct level_header *header, const char *data)
{
    struct session_row *row = g_new0(struct session_row, 1);

    row->place = g_strdup(origin);
    if (header->tag == LEVEL_VALUE)
        item_value_take_chromium(row, data, header->length);
    else
        item_value_set_fault(row, ITEM_TOO_LARGE);
    return row;
}

static GPtrArray *level_store_make_rows(struct level_answer *answer, const char *folder,
                                        const struct session_query *query, GError **error)
{
    g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func((GDestroyNotify)session_row_free);
    struct level_header header;
    const char *data;

    for (const char *const *origin = query->origins; *origin; origin++) {
        if (!level_answer_next(answer, &header, &data)) {
            g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_INTERNAL,
                                answer->timed_out
                                    ? _("it takes too long to read")
                                    : _("it is damaged: LevelDB ended without an answer"));
            return NULL;
        }
        if (header.tag == LEVEL_ERROR) {
            level_store_set_error(error, folder, data, header.length);
            return NULL;
        }
        if (header.tag == LEVEL_NONE)
            continue;
        autoptr(session_row) row = level_store_make_row(*origin, &header, data);
        if (row->length > 0 || row->fault)
            g_ptr_array_add(rows, g_steal_pointer(&row));
    }
    return g_steal_pointer(&rows);
}

GPtrArray *level_store_read(G_GNUC_UNUSED const struct session_store *store, const char *copy,
                            const struct session_query *query, GError **error)
{
    gsize size = level_answer_max_size(query);
    autoclear(level_answer) answer = {.bytes = g_malloc(size), .size = size};

    if (level_store_ask(copy, query, &answer))
        return level_store_make_rows(&answer, copy, query, error);
    g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_INTERNAL,
                        _("no process can be started to read it"));
    return NULL;
}
