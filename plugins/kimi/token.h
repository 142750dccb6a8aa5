/* The token of a session with Kimi, a JWT (RFC 7519). Here it is found in what people paste and in
 * what browsers keep, and what its payload says of itself is read; nothing is verified, for that is
 * the service's matter. */
#pragma once

#include "common/base/autoptr.h"
#include "common/base/secret.h"

#include <glib.h>
#include <stdbool.h>

#define TOKEN_COOKIE "kimi-auth"    /* its name as a cookie */
#define TOKEN_ITEM   "access_token" /* its key in the localStorage of Kimi's pages */

struct token {
    struct secret *text;
    char *device_id;  /* claim device_id; NULL: none, as for the next two */
    char *session_id; /* claim ssid */
    char *traffic_id; /* claim sub */
    char *audience; /* the site that it belongs to ("kimi.com"), of claim aud; NULL: none of ours */
    bool is_foreign;   /* it names other sites alone, and is not ours to send */
    bool is_refresh;   /* claim typ: it renews others, and is never to be used */
    gint64 expires_at; /* claim exp, seconds since 1970; 0: not told */
};

/* Finds the token in a text, whatever its form (pasted.h). NULL if there is none, or one that only
 * renews others. */
struct token *token_find(const char *pasted);

/* Reads a bare token of `length` bytes (-1: up to the NUL). One whose payload can't be read has no
 * claims. */
struct token *token_new(const char *text, gssize length);

void token_free(struct token *token);
DEFINE_AUTOPTR(token, token_free);

/* Whether it is of no use any more at `now` (seconds since 1970). */
bool token_has_expired(const struct token *token, gint64 now);
