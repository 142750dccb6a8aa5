#include "plugins/support/trust.h"

#include "common/base/error.h"
#include "common/base/file.h"
#include "common/base/i18n.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define MAX_CA_FILE (1024 * 1024)
#define MAX_BUNDLE  (8 * 1024 * 1024)

struct trust {
    const char *bundle; /* the system's, as libcurl was built to know it; NULL: none */
    bool has_folder;
    char *ca_file;   /* the user's; NULL: none */
    char *both_file; /* the bundle and the user's in one; NULL: not needed, or not possible */
    int both_fd;     /* what both_file names; -1: nothing */
};

/* Debian's and others' name for a certificate in such a folder: "4a6481c9.0". */
static bool is_hashed_name(const char *name)
{
    return strspn(name, "0123456789abcdef") == 8 && name[8] == '.' && g_ascii_isdigit(name[9]);
}

/* Other TLS libraries than OpenSSL read all of a folder, whatever the names. */
static bool folder_is_usable(const char *folder)
{
    const char *tls = curl_version_info(CURLVERSION_NOW)->ssl_version;
    g_autoptr(GDir) dir = NULL;
    const char *name;

    if (!folder || !tls || !g_str_has_prefix(tls, "OpenSSL/"))
        return false;
    dir = g_dir_open(folder, 0, NULL); /* one that is not there can't be used, and need not be */
    while (dir && (name = g_dir_read_name(dir))) {
        if (is_hashed_name(name))
            return true;
    }
    return false;
}

/* Keeps the text in memory under a name that libcurl can open, for CURLOPT_CAINFO_BLOB is not known
 * to all TLS libraries that libcurl is built with. */
static void keep_both(struct trust *trust, const char *text)
{
    gsize length = strlen(text);

    trust->both_fd = memfd_create("certificates", MFD_CLOEXEC);
    if (trust->both_fd >= 0 && file_write_all(trust->both_fd, text, length))
        trust->both_file = g_strdup_printf("/proc/self/fd/%d", trust->both_fd);
}

static char *read_ca_file(const char *ca_file, const char *named_by, GError **error)
{
    g_autoptr(GError) problem = NULL;
    gsize length = 0;
    g_autofree char *text = file_read(ca_file, MAX_CA_FILE, &length, &problem);
    const char *why = NULL;

    if (problem)
        why = problem->message;
    else if (!text)
        why = _("there is no such file");
    else if (!strstr(text, "-----BEGIN CERTIFICATE-----") &&
             !strstr(text, "-----BEGIN TRUSTED CERTIFICATE-----"))
        why = _("there is no certificate in it; it has to be PEM");
    if (!why)
        return g_steal_pointer(&text);
    g_set_error(error, USAGE_ERROR, USAGE_ERROR_CONFIG, _("the CA file %s, named by %s: %s"),
                ca_file, named_by, why);
    return NULL;
}

/* Without the system's bundle, its folder and the user's file are all that there is. */
static void add_bundle(struct trust *trust, const char *text)
{
    gsize length = 0;
    g_autofree char *system =
        trust->bundle ? file_read(trust->bundle, MAX_BUNDLE, &length, NULL) : NULL;

    if (system) {
        g_autofree char *both = g_strconcat(system, "\n", text, NULL);
        keep_both(trust, both);
    }
}

static void find_system(struct trust *trust)
{
    CURL *easy = curl_easy_init();
    const char *folder = NULL;

    /* Both are constants of libcurl that outlive the handle. */
    curl_easy_getinfo(easy, CURLINFO_CAINFO, &trust->bundle);
    curl_easy_getinfo(easy, CURLINFO_CAPATH, &folder);
    trust->has_folder = folder_is_usable(folder);
    curl_easy_cleanup(easy);
}

struct trust *trust_new(const char *ca_file, const char *named_by, GError **error)
{
    struct trust *trust;
    g_autofree char *text = NULL;

    if (ca_file) {
        text = read_ca_file(ca_file, named_by, error);
        if (!text)
            return NULL;
    }
    trust = g_new0(struct trust, 1);
    trust->both_fd = -1;
    trust->ca_file = g_strdup(ca_file);
    find_system(trust);
    if (text)
        add_bundle(trust, text);
    return trust;
}

void trust_free(struct trust *trust)
{
    if (!trust)
        return;
    if (trust->both_fd >= 0)
        close(trust->both_fd);
    g_free(trust->ca_file);
    g_free(trust->both_file);
    g_free(trust);
}

bool trust_has(const struct trust *trust, enum trust_way way)
{
    return way == TRUST_ALL || trust->has_folder;
}

void trust_apply(const struct trust *trust, CURL *easy, enum trust_way way)
{
    const char *all = trust->ca_file ? trust->ca_file : trust->bundle;

    if (way == TRUST_FOLDER)
        all = trust->ca_file;
    else if (trust->both_file)
        all = trust->both_file;
    /* libcurl keeps CURLOPT_CAPATH, the system's folder, beside this. */
    curl_easy_setopt(easy, CURLOPT_CAINFO, all);
}
