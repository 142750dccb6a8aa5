/* What is remembered from one run to the next, in a file of the store's folder (mode 0600):
 * credentials that were refused, which are not sent again for a day unless they change, and the
 * names of plans, which are asked for once a day. The file has credentials and accounts only as
 * salted hashes. */
#pragma once

#include "common/base/autoptr.h"
#include "common/base/paths.h"
#include "plugins/kimi/answer/plan.h"
#include "plugins/kimi/credential/credential.h"

struct memory;

/* Loads the file; the memory is empty if there is none, or none that can be understood. `now` is in
 * seconds since 1970. `paths` must outlive it. */
struct memory *memory_load(const struct paths *paths, gint64 now);
void memory_free(struct memory *memory);
DEFINE_AUTOPTR(memory, memory_free);

/* Writes the file if anything has changed. A failure is ignored: it only costs requests. */
void memory_save(struct memory *memory);

/* When the credential was refused (seconds since 1970), and with which HTTP status (`status` may be
 * NULL); 0: it was not. */
gint64 memory_refused_at(const struct memory *memory, const struct credential *credential,
                         long *status);
void memory_note_refused(struct memory *memory, const struct credential *credential, long status);

/* Whether it is time to ask for the plan of the credential's account. */
bool memory_plan_is_due(const struct memory *memory, const struct credential *credential);

/* Notes that the plan was asked for, and the plan if one came; else NULL. */
void memory_note_plan(struct memory *memory, const struct credential *credential,
                      const struct plan *plan);

/* The plan of the credential's account, which belongs to the memory; NULL: unknown. `level` is the
 * plan_level of the usage of this run, or NULL; if another was noted with the plan, the plan is
 * forgotten. */
const struct plan *memory_recall_plan(struct memory *memory, const struct credential *credential,
                                      const char *level);
