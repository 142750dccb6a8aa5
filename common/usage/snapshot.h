/* A snapshot: what one provider knew of one account's usage at one moment. This is the vocabulary
 * of the whole program; its JSON is in answer.h. What a service did not say is absent (NULL, 0 or
 * NAN as told below), never zero. */
#pragma once

#include "common/base/autoptr.h"

#include <glib.h>
#include <stdbool.h>

/* Well-known window ids; all others are "window_<length>", such as "window_2h". */
#define WINDOW_WEEKLY  "weekly"
#define WINDOW_SESSION "session" /* the 5-hour one */
#define WINDOW_MONTHLY "monthly" /* the plan's whole pool */

/* A part of a window's use that has a name: how much of the month went to coding. It is a remark
 * beside the window, never a limit of its own. */
struct share {
    char *id;       /* "code" */
    char *label;    /* for people: "Code" */
    double percent; /* of the whole window; may exceed 100 */
};

struct window {
    char *id;
    char *label;         /* for people: "Weekly" */
    double used_percent; /* may exceed 100; NAN: not known */
    double used, limit;  /* counts in `unit`; NAN: not counted */
    char *unit;          /* "requests", or NULL */
    gint64 resets_at;    /* seconds since 1970; 0: not known */
    gint64 minutes;      /* length of the window; 0: not known */
    GPtrArray *shares;   /* of struct share, owned; empty: none is known */
};

struct balance {
    char *id;
    char *label;
    double amount;     /* what is left; NAN: not known */
    double spent, cap; /* this month, of at most; NAN: not known */
    char *currency;    /* ISO 4217 code; NULL: not known */
};

struct snapshot {
    char *provider;               /* id: "kimi" */
    char *name;                   /* for people: "Kimi Code" */
    char *source;                 /* which credential was used: "api-key"; or NULL */
    char *source_label;           /* the same for people: "API key"; or NULL */
    char *plan;                   /* "Allegretto", or NULL */
    char *plan_version;           /* the provider's own word on its catalogue; or NULL */
    char *dashboard;              /* https page for people, or NULL */
    gint64 fetched_at;            /* seconds since 1970 */
    gint64 credential_expires_at; /* seconds since 1970: the user must act then; 0: not known */
    GPtrArray *windows;           /* of struct window, owned */
    GPtrArray *balances;          /* of struct balance, owned */
};

/* Clocks of one machine and its file systems may differ by this many seconds. */
#define CLOCK_SLACK 60

struct snapshot *snapshot_new(const char *provider, const char *name);
void snapshot_free(struct snapshot *snapshot);
DEFINE_AUTOPTR(snapshot, snapshot_free);

/* Adds a window or a balance about which nothing but this is known yet; the snapshot owns it. */
struct window *snapshot_add_window(struct snapshot *snapshot, const char *id, const char *label);
void window_add_share(struct window *window, const char *id, const char *label, double percent);
struct balance *snapshot_add_balance(struct snapshot *snapshot, const char *id, const char *label,
                                     double amount, const char *currency);

/* Which credential was used, in words if they are known; NULL: unknown. It belongs to the snapshot.
 */
const char *snapshot_source(const struct snapshot *snapshot);

/* The window with this id, or NULL; it belongs to the snapshot. */
const struct window *snapshot_window(const struct snapshot *snapshot, const char *id);

/* The share with this id, or NULL; it belongs to the window. */
const struct share *window_share(const struct window *window, const char *id);

/* Whether the window ended after the snapshot was taken and before `now` (seconds since 1970): its
 * numbers are then those of a period that is over. */
bool window_has_reset(const struct window *window, const struct snapshot *snapshot, gint64 now);

/* Whether the snapshot is too old to be called fresh: by age, because a window has been reset
 * since, or because it comes from the future of a clock that jumped. NULL is too old. */
bool snapshot_is_too_old(const struct snapshot *snapshot, gint64 interval, gint64 now);

/* A provider's id: 1 to 32 of a-z, 0-9, '-' and '_', beginning with a letter. It becomes a file's
 * name. */
bool provider_id_is_valid(const char *id);
