#include "plugins/browsers/level_child.h"

#include "common/base/file.h"

#include <fcntl.h>
#include <leveldb/c.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#define MAX_SECONDS 3                           /* of the processor */
#define MAX_WRITTEN ((rlim_t)256 * 1024 * 1024) /* bytes of one file of the copy */
#define BUFFER      ((gsize)4 * 1024 * 1024)    /* as browsers have it */
#define MAX_OPEN    64

static void child_limit(int resource, rlim_t most)
{
    const struct rlimit limit = {most, most};

    setrlimit(resource, &limit);
}

/* Nobody's keyboard, screen or debugger, and not longer than the parent. */
static void child_retreat(void)
{
    int nothing = open("/dev/null", O_RDWR | O_CLOEXEC);

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    child_limit(RLIMIT_CORE, 0);
    child_limit(RLIMIT_CPU, MAX_SECONDS);
    child_limit(RLIMIT_FSIZE, MAX_WRITTEN);
    for (int fd = STDIN_FILENO; nothing >= 0 && fd <= STDERR_FILENO; fd++)
        dup2(nothing, fd);
}

static void child_write(int to, const void *data, gsize length)
{
    if (!file_write_all(to, data, length))
        _exit(1);
}

static void child_send(int to, enum level_tag tag, const void *data, gsize length)
{
    const struct level_header header = {tag, (guint32)length};

    child_write(to, &header, sizeof header);
    child_write(to, data, length);
}

static void child_fail(int to, const char *message) G_GNUC_NORETURN;

static void child_fail(int to, const char *message)
{
    child_send(to, LEVEL_ERROR, message, MIN(strlen(message), LEVEL_MAX_ERROR));
    _exit(0);
}

static leveldb_t *child_open(const char *folder, int to)
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
        child_fail(to, error);
    return database;
}

static GByteArray *child_name_key(const char *origin, const char *item)
{
    GByteArray *key = g_byte_array_new();

    g_byte_array_append(key, (const guint8 *)"_", 1);
    g_byte_array_append(key, (const guint8 *)origin, (guint)strlen(origin) + 1); /* with its NUL */
    g_byte_array_append(key, (const guint8 *)"\1", 1);                           /* Latin-1 */
    g_byte_array_append(key, (const guint8 *)item, (guint)strlen(item));
    return key;
}

static void child_get(leveldb_t *database, const leveldb_readoptions_t *options, const char *origin,
                      const char *item, int to)
{
    g_autoptr(GByteArray) key = child_name_key(origin, item);
    gsize length = 0;
    char *error = NULL;
    char *value =
        leveldb_get(database, options, (const char *)key->data, key->len, &length, &error);

    if (error)
        child_fail(to, error);
    if (!value)
        child_send(to, LEVEL_NONE, NULL, 0);
    else if (length > SESSION_MAX_VALUE)
        child_send(to, LEVEL_LARGE, NULL, 0);
    else
        child_send(to, LEVEL_VALUE, value, length);
}

/* Nothing is closed or freed: that would wait for LevelDB's other thread, which compacts the copy.
 */
void level_child_run(const char *folder, const struct session_query *query, int to)
{
    leveldb_readoptions_t *options;
    leveldb_t *database;

    child_retreat();
    database = child_open(folder, to);
    options = leveldb_readoptions_create();
    leveldb_readoptions_set_verify_checksums(options, 1);
    for (const char *const *origin = query->origins; *origin; origin++)
        child_get(database, options, *origin, query->item, to);
    _exit(0);
}
