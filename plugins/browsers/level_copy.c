#include "plugins/browsers/level_copy.h"

#include "common/base/error.h"
#include "common/base/i18n.h"
#include "common/base/text.h"
#include "plugins/support/quiet_file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define CURRENT     "CURRENT"
#define MANIFEST    "MANIFEST-"
#define MAX_CURRENT 64                     /* bytes of CURRENT: "MANIFEST-000001\n" */
#define MAX_ENTRIES (LEVEL_MAX_FILES + 64) /* of the folder, with those that are not copied */

/* Tables, in two fashions, and logs: a number and one of these. */
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

static GPtrArray *level_set_error(GError **error, const char *message)
{
    g_set_error_literal(error, USAGE_ERROR, USAGE_ERROR_INTERNAL, message);
    return NULL;
}

GPtrArray *level_list(int folder, GError **error)
{
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    int again = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOATIME);
    DIR *dir = again < 0 ? NULL : fdopendir(again);
    const struct dirent *entry;
    guint seen = 0;

    if (!dir) {
        if (again >= 0)
            close(again);
        return level_set_error(error, _("its files can't be listed"));
    }
    while (++seen <= MAX_ENTRIES && (entry = readdir(dir))) {
        if (level_is_file(entry->d_name))
            g_ptr_array_add(names, g_strdup(entry->d_name));
    }
    closedir(dir);
    if (seen > MAX_ENTRIES || names->len > LEVEL_MAX_FILES)
        return level_set_error(error, _("it has more files than a browser makes"));
    g_ptr_array_sort(names, text_compare);
    return g_steal_pointer(&names);
}

static void level_add_stamp(GChecksum *checksum, int folder, const char *name, gint64 *newest)
{
    struct stat status;

    if (fstatat(folder, name, &status, AT_SYMLINK_NOFOLLOW) < 0)
        return;
    g_autofree char *line = g_strdup_printf("%s:%" G_GUINT64_FORMAT ":%" G_GINT64_FORMAT
                                            ":%" G_GINT64_FORMAT ".%09ld\n",
                                            name, (guint64)status.st_ino, (gint64)status.st_size,
                                            (gint64)status.st_mtim.tv_sec, status.st_mtim.tv_nsec);
    g_checksum_update(checksum, (const guchar *)line, -1);
    *newest = MAX(*newest,
                  (gint64)status.st_mtim.tv_sec * G_USEC_PER_SEC + status.st_mtim.tv_nsec / 1000);
}

/* A checksum, for there may be very many files. */
static char *level_stamp(const char *path, gint64 *newest, GError **error)
{
    int folder = quiet_open_folder(path, error);
    g_autoptr(GPtrArray) names = folder < 0 ? NULL : level_list(folder, error);
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);

    *newest = 0;
    for (guint i = 0; names && i < names->len; i++)
        level_add_stamp(checksum, folder, names->pdata[i], newest);
    if (folder >= 0)
        close(folder);
    return names ? g_strdup(g_checksum_get_string(checksum)) : NULL;
}

/* The name in CURRENT, which may name no other file than one beside it; the caller frees it. */
static char *level_read_current(int folder, GError **error)
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
    level_set_error(error, _("its file CURRENT does not name a manifest"));
    return NULL;
}

static bool level_copy_file(struct copy_room *room, int folder, const char *name, gsize *left,
                            GError **error)
{
    int from = quiet_open_in(folder, name, error);
    bool copied = from >= 0 && copy_room_add(room, from, name, left, error);

    if (from >= 0)
        close(from);
    if (!copied)
        g_prefix_error(error, "%s: ", name);
    return copied;
}

static bool level_copy_files(struct copy_room *room, int folder, GError **error)
{
    g_autoptr(GPtrArray) names = level_list(folder, error);
    g_autofree char *manifest = names ? level_read_current(folder, error) : NULL;
    gsize left = COPY_MAX_BYTES;

    if (!manifest)
        return false;
    for (guint i = 0; i < names->len; i++) {
        const char *name = names->pdata[i];
        if (level_is_manifest(name) && strcmp(name, manifest) != 0)
            continue;
        if (!level_copy_file(room, folder, name, &left, error))
            return false;
    }
    return true;
}

static bool level_copy(struct copy_room *room, const char *path, GError **error)
{
    int folder = quiet_open_folder(path, error);
    bool copied = folder >= 0 && level_copy_files(room, folder, error);

    if (folder >= 0)
        close(folder);
    return copied;
}

const struct copy_method level_copy_method = {.stamp = level_stamp, .copy = level_copy};
