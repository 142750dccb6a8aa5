/* The JSON that a provider prints and the store keeps: one snapshot or one error, "schema": 1. It
 * is described in docs/providers.md and data/snapshot.schema.json, and checked here as if a
 * stranger had written it.
 *
 *     autoclear(answer) answer = {0};
 *
 *     answer_parse(&answer, "kimi", text, strlen(text));
 *     if (answer.error)
 *         … */
#pragma once

#include "common/base/error.h"
#include "common/usage/snapshot.h"

#define ANSWER_SCHEMA 1

/* Limits beyond which a document is refused; see docs/providers.md. */
#define ANSWER_MAX_BYTES   (1024 * 1024)
#define ANSWER_MAX_WINDOWS 32
#define ANSWER_MAX_SHARES  8
#define ANSWER_MAX_WATCH   16
#define ANSWER_MAX_RETRY   (24 * 60 * 60) /* seconds, to which a longer "retryAfter" is cut */

/* Either a snapshot, or an error and what is known about it. */
struct answer {
    struct snapshot *snapshot;
    GError *error;      /* of USAGE_ERROR */
    gint64 retry_after; /* seconds for which the service wants to be left alone; 0: not known */
    gint64 expired_at;  /* seconds since 1970: the only problem is a credential that expired then,
                         * which its own tool renews without the user; 0: no */
    char **watch;       /* absolute paths of files whose change may fix the error; NULL: none */
};

void answer_clear(struct answer *answer);
DEFINE_AUTO_CLEAR(answer, answer_clear);

/* Reads a document of the provider with this id. `answer` always ends up with a snapshot or an
 * error; one of kind payload that names the place if the document can't be understood. */
void answer_parse(struct answer *answer, const char *provider, const char *text, gsize length);

/* The documents as text without a line break; the caller frees it. */
char *answer_format_snapshot(const struct snapshot *snapshot);
char *answer_format_error(const char *provider, const struct answer *answer);
