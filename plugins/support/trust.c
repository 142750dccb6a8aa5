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
    char *ca_file;  /* the user's; NULL: none */
    char *all_file; /* the system's bundle and the user's in one; NULL: there is neither */
    int memory;     /* descriptor of what all_file names, if that is in memory; else -1 */
    bool has_folder;
};

/* Debian's and others' name for a certificate in such a folder: "4a6481c9.0". */
static bool trust_is_hashed_name(const char *name)
{
    return strspn(name, "0123456789abcdef") == 8 && name[8] == '.' && g_ascii_isdigit(name[9]);
}

/* TLS libraries other than OpenSSL read all files of a folder, whatever their names. */
static bool trust_folder_is_usable(const char *folder)
{
    const char *tls = curl_version_info(CURLVERSION_NOW)->ssl_version;
    g_autoptr(GDir) dir = NULL;
    const char *name;

    if (!folder || !tls || !g_str_has_prefix(tls, "OpenSSL/"))
        return false;
    dir = g_dir_open(folder, 0, NULL); /* one that can't be read is not used */
    while (dir && (name = g_dir_read_name(dir))) {
        if (trust_is_hashed_name(name))
            return true;
    }
    return false;
}

static char *trust_read_ca_file(const char *ca_file, const char *named_by, GError **error)
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

/* Puts the text into memory, under a name that libcurl can open: not all TLS libraries that libcurl
 * is built with support CURLOPT_CAINFO_BLOB. */
static char *trust_put_in_memory(struct trust *trust, const char *text)
{
    trust->memory = memfd_create("certificates", MFD_CLOEXEC);
    if (trust->memory < 0 || !file_write_all(trust->memory, text, strlen(text)))
        return NULL;
    return g_strdup_printf("/proc/self/fd/%d", trust->memory);
}

/* Without the system's bundle, its folder and the user's file are all that there is. */
static char *trust_join(struct trust *trust, const char *bundle, const char *text)
{
    gsize length = 0;
    g_autofree char *system = bundle ? file_read(bundle, MAX_BUNDLE, &length, NULL) : NULL;
    g_autofree char *both = system ? g_strconcat(system, "\n", text, NULL) : NULL;

    return both ? trust_put_in_memory(trust, both) : NULL;
}

struct trust *trust_new(const char *ca_file, const char *named_by, GError **error)
{
    struct trust *trust;
    CURL *easy;
    const char *bundle = NULL, *folder = NULL;
    g_autofree char *text = NULL;

    if (ca_file) {
        text = trust_read_ca_file(ca_file, named_by, error);
        if (!text)
            return NULL;
    }
    trust = g_new0(struct trust, 1);
    trust->ca_file = g_strdup(ca_file);
    trust->memory = -1;
    easy = curl_easy_init();
    curl_easy_getinfo(easy, CURLINFO_CAINFO, &bundle);
    curl_easy_getinfo(easy, CURLINFO_CAPATH, &folder);
    trust->has_folder = trust_folder_is_usable(folder);
    if (ca_file)
        trust->all_file = trust_join(trust, bundle, text);
    if (!trust->all_file)
        trust->all_file = g_strdup(ca_file ? ca_file : bundle);
    curl_easy_cleanup(easy);
    return trust;
}

void trust_free(struct trust *trust)
{
    if (!trust)
        return;
    if (trust->memory >= 0)
        close(trust->memory);
    g_free(trust->ca_file);
    g_free(trust->all_file);
    g_free(trust);
}

bool trust_has_folder(const struct trust *trust)
{
    return trust->has_folder;
}

void trust_apply(const struct trust *trust, CURL *easy, bool all)
{
    /* CURLOPT_CAPATH, the system's folder, stays in force beside this. */
    curl_easy_setopt(easy, CURLOPT_CAINFO, all ? trust->all_file : trust->ca_file);
}
