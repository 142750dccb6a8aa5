/* A credential in memory. It is passed by pointer, wiped when it is freed, and never printed;
 * secret_hint gives what may be shown. */
#pragma once

#include "common/base/autoptr.h"

#include <glib.h>
#include <stdbool.h>

struct secret;

/* Copies `length` bytes (-1: up to the NUL). The caller wipes the original. */
struct secret *secret_new(const char *text, gssize length);
void secret_free(struct secret *secret);
DEFINE_AUTOPTR(secret, secret_free);

/* The plain text, for code that sends or stores it. It belongs to the secret. */
const char *secret_peek(const struct secret *secret);

/* In bytes. A secret that is not text may contain NULs. */
gsize secret_length(const struct secret *secret);

/* "***", or "***cdef" with the last four characters if at least 16 others stay hidden; the caller
 * frees it. */
char *secret_hint(const struct secret *secret);

/* Whether `text` contains the secret, or a part of it that gives it away. */
bool secret_is_in(const struct secret *secret, const char *text);

/* Overwrites text and frees it; NULL is fine. */
void secret_wipe(char *text);

/* Keeps this process out of core dumps and away from debuggers of the same user. */
void secret_protect_process(void);
