/* A snapshot: what one provider knew about one account's usage at one moment. This is the
 * vocabulary of the whole program; answer.h has its JSON. What a service does not report is not
 * zero, but NULL, 0 or NAN as noted below.
 *
 *     autoptr(snapshot) snapshot = snapshot_new("kimi", "Kimi Code");
 *     struct window *weekly = snapshot_add_window(snapshot, WINDOW_WEEKLY, "Weekly");
 *
 *     weekly->used_percent = 42;
 *     weekly->minutes = 7 * 24 * 60; */
#pragma once

#include "common/base/autoptr.h"

#include <glib.h>
#include <stdbool.h>

/* Well-known ids of windows; all others are "window_LENGTH", such as "window_2h". */
#define WINDOW_WEEKLY  "weekly"
#define WINDOW_SESSION "session" /* the 5-hour one */
#define WINDOW_MONTHLY "monthly" /* the plan's whole pool */

/* A named part of a window's use, such as what went to coding. It has no limit of its own. */
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
    GPtrArray *shares;   /* of struct share, owned; empty: none known */
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
    char *plan_version;           /* the provider's name of its catalogue of plans; or NULL */
    char *dashboard;              /* https page for people, or NULL */
    gint64 fetched_at;            /* seconds since 1970 */
    gint64 credential_expires_at; /* seconds since 1970: the user must act by then; 0: not known */
    GPtrArray *windows;           /* of struct window, owned */
    GPtrArray *balances;          /* of struct balance, owned */
    char *settings;               /* the store's: fingerprint of the settings with which it was
                                   * fetched; NULL: not known */
    bool has_other_settings;      /* they have changed since: it is not fresh at any age */
};

/* Clocks of one machine and its file systems may differ by this many seconds. */
#define CLOCK_SLACK 60

struct snapshot *snapshot_new(const char *provider, const char *name);
void snapshot_free(struct snapshot *snapshot);
DEFINE_AUTOPTR(snapshot, snapshot_free);

/* These add a part of which nothing else is known yet; the snapshot owns it. */
struct window *snapshot_add_window(struct snapshot *snapshot, const char *id, const char *label);
void window_add_share(struct window *window, const char *id, const char *label, double percent);
struct balance *snapshot_add_balance(struct snapshot *snapshot, const char *id, const char *label,
                                     double amount, const char *currency);

/* The credential that was used, as text for people if there is one; NULL: not known. It belongs to
 * the snapshot. */
const char *snapshot_source(const struct snapshot *snapshot);

/* The window with this id, or NULL; it belongs to the snapshot. */
const struct window *snapshot_window(const struct snapshot *snapshot, const char *id);

/* The share with this id, or NULL; it belongs to the window. */
const struct share *window_share(const struct window *window, const char *id);

/* Whether the window ended after the snapshot was taken and by `now` (seconds since 1970): then its
 * numbers are those of a period that is over. */
bool window_has_reset(const struct window *window, const struct snapshot *snapshot, gint64 now);

/* When the snapshot will be too old to be fresh (seconds since 1970): after `interval` seconds, or
 * when a window is reset. `now` if it already is, or is from the future because the clock was set
 * back; NULL is too old. */
gint64 snapshot_too_old_at(const struct snapshot *snapshot, gint64 interval, gint64 now);

/* Whether it is not fresh: too old, or fetched with other settings. */
bool snapshot_is_too_old(const struct snapshot *snapshot, gint64 interval, gint64 now);

/* Whether this can be a provider's id, which becomes the name of files: 1 to 32 of a-z, 0-9, '-'
 * and '_', beginning with a letter. */
bool provider_id_is_valid(const char *id);
