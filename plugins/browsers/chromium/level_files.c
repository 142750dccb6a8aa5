#include "plugins/browsers/chromium/level_files.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/text.h"
#include "plugins/support/quiet_file.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CURRENT     "CURRENT"
#define MANIFEST    "MANIFEST-"
#define MAX_CURRENT 64                     /* bytes of CURRENT: "MANIFEST-000001\n" */
#define MAX_ENTRIES (LEVEL_MAX_FILES + 64) /* of the folder, with those that are not copied */

/* What follows the number in the names of tables, new and old, and of logs. */
static const char *const endings[] = {".ldb", ".sst", ".log"};

static bool level_is_numbered(const char *name)
{
    gsize digits = strspn(name, "0123456789");

    for (gsize i = 0; digits > 0 && i < G_N_ELEMENTS(endings); i++) {
        if (strcmp(name + digits, endings[i]) == 0)
            return true;
    }
    return false;
}

static bool level_is_manifest(const char *name)
{
    const char *number = name + strlen(MANIFEST);

    return g_str_has_prefix(name, MANIFEST) && number[0] != '\0' &&
           number[strspn(number, "0123456789")] == '\0';
}

static bool level_is_file(const char *name)
{
    return strcmp(name, CURRENT) == 0 || level_is_manifest(name) || level_is_numbered(name);
}

static void *level_files_set_error(GError **error, const char *message)
{
    g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, message);
    return NULL;
}

/* The names of the database's files in the folder, sorted. NULL and an error that says what is
 * wrong. */
static GPtrArray *level_files_list(int folder, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    DIR *dir = fdopendir(openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOATIME));
    const struct dirent *entry;
    guint seen = 0;

    if (!dir)
        return level_files_set_error(error, _("its files can't be listed"));
    while (++seen <= MAX_ENTRIES && (entry = readdir(dir))) {
        if (level_is_file(entry->d_name))
            g_ptr_array_add(names, g_strdup(entry->d_name));
    }
    closedir(dir);
    if (seen > MAX_ENTRIES || names->len > LEVEL_MAX_FILES)
        return level_files_set_error(error, _("it has more files than a browser makes"));
    g_ptr_array_sort(names, text_compare);
    return g_steal_pointer(&names);
}

/* A checksum, because there may be very many files. */
static char *level_files_stamp(const char *path, gint64 *newest, GError **error)
{
    int folder = quiet_open_folder(path, error);
    g_autoptr(GPtrArray) names = folder < 0 ? NULL : level_files_list(folder, error);
    g_autoptr(GString) stamp = g_string_new(NULL);
    struct stat status;

    *newest = 0;
    for (guint i = 0; names && i < names->len; i++) {
        if (fstatat(folder, names->pdata[i], &status, AT_SYMLINK_NOFOLLOW) == 0)
            copy_stamp_append(stamp, names->pdata[i], &status, newest);
    }
    if (folder >= 0)
        close(folder);
    return names ? g_compute_checksum_for_string(G_CHECKSUM_SHA256, stamp->str, (gssize)stamp->len)
                 : NULL;
}

/* The name of the manifest in CURRENT, which must lie beside it; the caller frees it. */
static char *level_files_read_current(int folder, GError **error)
{
    int fd = quiet_open_in(folder, CURRENT, error);
    char text[MAX_CURRENT + 1] = {0};
    gssize length;

    if (fd < 0) {
        g_prefix_error(error, "%s: ", CURRENT);
        return NULL;
    }
    length = read(fd, text, MAX_CURRENT);
    close(fd);
    if (length > 1 && text[length - 1] == '\n') {
        text[length - 1] = '\0';
        if (strlen(text) == (gsize)length - 1 && level_is_manifest(text))
            return g_strdup(text);
    }
    return level_files_set_error(error, _("its file CURRENT does not name a manifest"));
}

static bool level_files_copy_one(struct copy_dir *dir, int folder, const char *name, gsize *left,
                                 GError **error)
{
    int from = quiet_open_in(folder, name, error);
    bool copied = from >= 0 && copy_dir_add(dir, from, name, left, error);

    if (from >= 0)
        close(from);
    if (!copied)
        g_prefix_error(error, "%s: ", name);
    return copied;
}

static bool level_files_copy_all(struct copy_dir *dir, int folder, GError **error)
{
    g_autoptr(GPtrArray) names = level_files_list(folder, error);
    g_autofree char *manifest = names ? level_files_read_current(folder, error) : NULL;
    gsize left = COPY_MAX_BYTES;

    if (!manifest)
        return false;
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        if (level_is_manifest(name) && strcmp(name, manifest) != 0)
            continue;
        if (!level_files_copy_one(dir, folder, name, &left, error))
            return false;
    }
    return true;
}

static bool level_files_copy(struct copy_dir *dir, const char *path, GError **error)
{
    int folder = quiet_open_folder(path, error);
    bool copied = folder >= 0 && level_files_copy_all(dir, folder, error);

    if (folder >= 0)
        close(folder);
    return copied;
}

const struct copy_method level_copy_method = {.stamp = level_files_stamp, .copy = level_files_copy};

/* The log with the highest number, to which LevelDB writes; NULL: there is none. */
static const char *level_files_find_log(const GPtrArray *names)
{
    const char *newest = NULL;
    gint64 highest = -1;

    for (guint i = 0; i < names->len; i++) {
        gint64 number = g_ascii_strtoll(names->pdata[i], NULL, 10);
        if (g_str_has_suffix(names->pdata[i], ".log") && number > highest) {
            highest = number;
            newest = names->pdata[i];
        }
    }
    return newest;
}

void level_files_add(const struct session_store *store, GPtrArray *files)
{
    int folder = quiet_open_folder(store->path, NULL);
    g_autoptr(GPtrArray) names = folder < 0 ? NULL : level_files_list(folder, NULL);
    const char *log = names ? level_files_find_log(names) : NULL;

    if (folder >= 0)
        close(folder);
    if (log)
        g_ptr_array_add(files, g_build_filename(store->path, log, NULL));
    g_ptr_array_add(files, g_strdup(store->path));
}
