/* A desktop notification, and the JSON in which usageline-notify gets it. That is a program of its
 * own because D-Bus needs a library that would make drawing slower.
 *
 *     const struct notification notification = {.id = "kimi-weekly", .summary = "Weekly: 90%"};
 *
 *     notification_send(paths, &notification, &error); */
#pragma once

#include "common/base/json.h"
#include "common/base/paths.h"

#include <glib.h>
#include <stdbool.h>

#define NOTIFICATION_PROGRAM "usageline-notify"

/* How long that program may take, in milliseconds: longer than its own time-outs. */
#define NOTIFICATION_DEADLINE 10000

#define NOTIFICATION_MAX_BYTES   (64 * 1024)           /* of the JSON */
#define NOTIFICATION_MAX_TIMEOUT (24 * 60 * 60 * 1000) /* milliseconds */

/* Its exit statuses except 0. It reports the reason on one line of stderr. */
#define NOTIFICATION_EXIT_FAILED 1 /* the JSON is wrong, or the server refuses it */
#define NOTIFICATION_EXIT_USAGE  2 /* the command line is wrong */
#define NOTIFICATION_EXIT_NO_SERVER                                                                \
    3 /* there is no session bus, or nothing on it shows notifications */

enum urgency {
    URGENCY_LOW,
    URGENCY_NORMAL,
    URGENCY_CRITICAL,
};

/* The texts are plain, and not owned. */
struct notification {
    const char *id;      /* 1 to 64 of a-z, A-Z, 0-9, '-' and '_'; replaces one of the same id */
    const char *summary; /* the title; not empty */
    const char *body;    /* may have line breaks; NULL: none */
    enum urgency urgency;
    int timeout; /* milliseconds until it goes; 0: the server decides */
};

/* Shows it; waits for that at most NOTIFICATION_DEADLINE. Returns false and an error of kind config
 * if the program is not installed, of kind network if nothing can show it, else of kind internal.
 */
bool notification_send(const struct paths *paths, const struct notification *notification,
                       GError **error);
bool notification_send_json(const struct paths *paths, const char *json, GError **error);

/* The JSON of a notification; the caller frees it. */
char *notification_format(const struct notification *notification);

/* Reads JSON that a stranger may have written. Returns the tree that owns the texts; NULL and an
 * error of kind payload if it is not a notification. */
struct json *notification_parse(const char *text, gsize length, struct notification *notification,
                                GError **error);
