#include "common/base/secret.h"

#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#define SECRET_PART ((gsize)10) /* characters in a row that give a secret away */

struct secret {
    gsize length;
    char text[];
};

struct secret *secret_new(const char *text, gssize length)
{
    gsize size = length < 0 ? strlen(text) : (gsize)length;
    struct secret *secret = g_malloc(sizeof *secret + size + 1);

    secret->length = size;
    memcpy(secret->text, text, size);
    secret->text[size] = '\0';
    return secret;
}

void secret_free(struct secret *secret)
{
    if (!secret)
        return;
    explicit_bzero(secret->text, secret->length);
    g_free(secret);
}

const char *secret_peek(const struct secret *secret)
{
    return secret->text;
}

gsize secret_length(const struct secret *secret)
{
    return secret->length;
}

char *secret_hint(const struct secret *secret)
{
    const char *last = secret->length >= 20 ? secret->text + secret->length - 4 : "";

    return g_strconcat("***", last, NULL);
}

bool secret_is_in(const struct secret *secret, const char *text)
{
    gsize piece = MIN(secret->length, SECRET_PART);

    for (gsize i = 0; piece > 0 && i + piece <= secret->length; i++) {
        if (memmem(text, strlen(text), secret->text + i, piece))
            return true;
    }
    return false;
}

void secret_wipe(char *text)
{
    if (text)
        explicit_bzero(text, strlen(text));
    g_free(text);
}

void secret_protect_process(void)
{
    const struct rlimit none = {0, 0};

    /* Both are a second line of defence; if the system refuses, nothing else can be done. */
    (void)setrlimit(RLIMIT_CORE, &none);
    (void)prctl(PR_SET_DUMPABLE, 0);
}
