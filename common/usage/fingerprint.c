#include "common/usage/fingerprint.h"

#include "common/base/text.h"
#include "common/usage/provider.h"

#include <string.h>
#include <sys/stat.h>

static void fingerprint_add_text(GChecksum *checksum, const char *text)
{
    /* With its NUL, so that "ab", "c" differs from "a", "bc". */
    g_checksum_update(checksum, (const guchar *)text, (gssize)strlen(text) + 1);
}

static void fingerprint_add_file(GChecksum *checksum, const char *path)
{
    struct stat status;
    gint64 facts[4] = {0};

    if (path && stat(path, &status) == 0) {
        facts[0] = (gint64)status.st_ino;
        facts[1] = status.st_size;
        facts[2] = status.st_mtim.tv_sec;
        facts[3] = status.st_mtim.tv_nsec;
    }
    g_checksum_update(checksum, (const guchar *)facts, sizeof facts);
}

/* The provider's variables, such as KIMI_… and kimi_…, and our own. */
static void fingerprint_add_environment(GChecksum *checksum, const char *provider)
{
    g_autofree char *prefix = g_strconcat(provider, "_", NULL);
    gsize length = strlen(prefix);
    g_auto(GStrv) names = g_listenv();

    qsort(names, g_strv_length(names), sizeof *names, text_compare);
    for (char **name = names; *name; name++) {
        if (g_ascii_strncasecmp(*name, prefix, length) != 0 &&
            !g_str_has_prefix(*name, "USAGELINE_"))
            continue;
        fingerprint_add_text(checksum, *name);
        fingerprint_add_text(checksum, g_getenv(*name));
    }
}

/* "salt:hash" of what was added; the caller frees it. */
static char *fingerprint_finish(GChecksum *checksum, const char *salt)
{
    return g_strdup_printf("%s:%.16s", salt, g_checksum_get_string(checksum));
}

/* "salt:hash" of the setup. */
static char *fingerprint_with_salt(const struct paths *paths, const char *provider,
                                   const char *salt)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree char *program = provider_find(paths, provider, NULL);

    fingerprint_add_text(checksum, salt);
    fingerprint_add_file(checksum, paths->config_file);
    fingerprint_add_file(checksum, paths->credentials_file);
    fingerprint_add_file(checksum, program);
    fingerprint_add_environment(checksum, provider);
    return fingerprint_finish(checksum, salt);
}

static char *fingerprint_new_salt(void)
{
    return g_strdup_printf("%08x", g_random_int());
}

char *fingerprint_new(const struct paths *paths, const char *provider)
{
    g_autofree char *salt = fingerprint_new_salt();

    return fingerprint_with_salt(paths, provider, salt);
}

/* Its salt; the caller frees it. */
static char *fingerprint_salt(const char *fingerprint)
{
    return g_strndup(fingerprint, strcspn(fingerprint, ":"));
}

char *fingerprint_with_files(const char *fingerprint, char *const *watch)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    g_autofree char *salt = fingerprint_salt(fingerprint);

    fingerprint_add_text(checksum, salt);
    for (; watch && *watch; watch++)
        fingerprint_add_file(checksum, *watch);
    return fingerprint_finish(checksum, fingerprint);
}

bool fingerprint_is_new(const struct paths *paths, const char *provider, char *const *watch,
                        char *const *tried)
{
    for (; tried && *tried; tried++) {
        g_autofree char *salt = fingerprint_salt(*tried);
        g_autofree char *setup = fingerprint_with_salt(paths, provider, salt);
        g_autofree char *now = fingerprint_with_files(setup, watch);

        if (strcmp(now, *tried) == 0)
            return false;
    }
    return true;
}

static char *fingerprint_settings_with_salt(const struct paths *paths, const char *settings,
                                            const char *salt)
{
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);

    fingerprint_add_text(checksum, salt);
    fingerprint_add_text(checksum, settings ? settings : "");
    fingerprint_add_file(checksum, paths->credentials_file);
    return fingerprint_finish(checksum, salt);
}

char *fingerprint_settings_new(const struct paths *paths, const char *settings)
{
    g_autofree char *salt = fingerprint_new_salt();

    return fingerprint_settings_with_salt(paths, settings, salt);
}

bool fingerprint_settings_fit(const struct paths *paths, const char *settings,
                              const char *fingerprint)
{
    g_autofree char *salt = fingerprint ? fingerprint_salt(fingerprint) : NULL;
    g_autofree char *now = salt ? fingerprint_settings_with_salt(paths, settings, salt) : NULL;

    return g_strcmp0(now, fingerprint) == 0;
}
