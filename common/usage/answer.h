/* The JSON that a provider prints and that the store keeps: one snapshot or one error, "schema": 1.
 * It is described in docs/providers.md and data/snapshot.schema.json, and is checked here as if a
 * stranger had written it. */
#pragma once

#include "common/base/error.h"
#include "common/usage/snapshot.h"

#define ANSWER_SCHEMA 1

/* More than this of anything is refused; see docs/providers.md. */
#define ANSWER_MAX_BYTES   (1024 * 1024)
#define ANSWER_MAX_WINDOWS 32
#define ANSWER_MAX_SHARES  8
#define ANSWER_MAX_WATCH   16
#define ANSWER_MAX_RETRY   (24 * 60 * 60) /* seconds; a longer "retryAfter" is cut to this */

/* Either a snapshot, or an error with, if the service said so, the seconds to wait. */
struct answer {
    struct snapshot *snapshot;
    GError *error;      /* of USAGE_ERROR */
    gint64 retry_after; /* seconds; 0: the service named none */
    gint64 expired_at;  /* seconds since 1970: only a credential ran out then, and the tool that it
                         * belongs to renews it by itself, so that nobody need be alarmed; 0: no */
    char **watch;       /* absolute paths of files whose change may mend the error; NULL: none */
};

void answer_clear(struct answer *answer);
DEFINE_AUTO_CLEAR(answer, answer_clear);

/* Reads a document of the provider with this id. If it can't be understood, `answer` holds an
 * error of kind payload that names the place; so it always ends up with one of the two. */
void answer_parse(struct answer *answer, const char *provider, const char *text, gsize length);

/* The documents as text, without a line break, which the caller frees. */
char *answer_format_snapshot(const struct snapshot *snapshot);
char *answer_format_error(const char *provider, const struct answer *answer);
