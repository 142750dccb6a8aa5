/* What is remembered from one run to the next, in a file of the store's folder (mode 0600):
 * credentials that were refused, which are not sent again until they change, and the names of
 * plans, which are asked for once a day. Credentials and accounts are in it as salted hashes alone.
 */
#pragma once

#include "common/base/autoptr.h"
#include "common/base/paths.h"
#include "plugins/kimi/answer/plan.h"
#include "plugins/kimi/credential.h"

/* Seconds after which a refused credential is tried again although it is the same: services make
 * mistakes, too. */
#define MEMORY_REFUSED (24 * 60 * 60)

/* Seconds for which the name of a plan is taken as known. */
#define MEMORY_PLAN (24 * 60 * 60)

struct memory;

/* Empty if there is none that can be understood. `now` is in seconds since 1970. `paths` must
 * outlive it. */
struct memory *memory_load(const struct paths *paths, gint64 now);
void memory_free(struct memory *memory);
DEFINE_AUTOPTR(memory, memory_free);

/* Writes it, if anything has changed. One that can't be kept costs requests and nothing else, so
 * that is no error. */
void memory_save(struct memory *memory);

/* When the credential was refused (seconds since 1970), and with which HTTP status; 0: it was not.
 */
gint64 memory_refused_at(const struct memory *memory, const struct credential *credential,
                         long *status);
void memory_note_refused(struct memory *memory, const struct credential *credential, long status);

/* Whether the plan of the credential's account is to be asked for. */
bool memory_plan_is_due(const struct memory *memory, const struct credential *credential);

/* Notes that it was asked for, and what came; NULL: nothing. */
void memory_note_plan(struct memory *memory, const struct credential *credential,
                      const struct plan *plan);

/* Copies what is known of the plan; empty if nothing is. `level` is what the usage says of it now
 * (plan_level), or NULL: a name that was learned beside another one is forgotten. */
void memory_recall_plan(struct memory *memory, const struct credential *credential,
                        const char *level, struct plan *plan);
