#include "common/setup/attributes.h"

#include <errno.h>
#include <glib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#define ACCESS_LIST "system.posix_acl_access"

static bool attributes_is_of_user(const char *name)
{
    return g_str_has_prefix(name, "user.") || g_str_has_prefix(name, "system.");
}

/* Of the system's attributes a label alone fits another file: a checksum ("security.ima") does not.
 */
static bool attributes_is_label(const char *name)
{
    return strcmp(name, "security.selinux") == 0 || strcmp(name, "security.SMACK64") == 0;
}

static bool attributes_copy_one(int from, int to, const char *name)
{
    gssize size = fgetxattr(from, name, NULL, 0);
    g_autofree char *value = size > 0 ? g_malloc((gsize)size) : NULL;

    if (size > 0)
        size = fgetxattr(from, name, value, (gsize)size);
    return size >= 0 && fsetxattr(to, name, value ? value : "", (gsize)size, 0) == 0;
}

/* The names of all attributes, each ended by NUL; NULL with the size 0 if there are none. */
static char *attributes_list(int fd, gssize *size)
{
    char *names = NULL;

    *size = flistxattr(fd, NULL, 0);
    if (*size > 0) {
        names = g_malloc((gsize)*size);
        *size = flistxattr(fd, names, (gsize)*size);
    }
    if (*size < 0 && errno == ENOTSUP)
        *size = 0;
    return names;
}

static bool attributes_copy_extended(int from, int to)
{
    gssize size;
    g_autofree char *names = attributes_list(from, &size);
    bool has_list = false;

    for (gssize at = 0; at < size; at += (gssize)strlen(names + at) + 1) {
        has_list = has_list || strcmp(names + at, ACCESS_LIST) == 0;
        if (attributes_is_label(names + at))
            attributes_copy_one(from, to, names + at); /* may need an administrator */
        else if (attributes_is_of_user(names + at) && !attributes_copy_one(from, to, names + at))
            return false;
    }
    /* A new file may have inherited one from its folder. */
    if (!has_list && fremovexattr(to, ACCESS_LIST) < 0 && errno != ENODATA && errno != ENOTSUP)
        return false;
    return size >= 0;
}

bool attributes_copy(int from, int to)
{
    struct stat status, own;

    if (fstat(from, &status) < 0 || fstat(to, &own) < 0)
        return false;
    if (own.st_gid != status.st_gid && fchown(to, (uid_t)-1, status.st_gid) < 0)
        return false;
    return attributes_copy_extended(from, to) && fchmod(to, status.st_mode & 07777) == 0;
}
