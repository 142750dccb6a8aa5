/* What `usageline doctor` finds out. */
#pragma once

#include "cli/base/context.h"

#include <glib.h>

enum finding_status {
    FINDING_GOOD,
    FINDING_NOTE, /* worth knowing, and nothing wrong */
    FINDING_BAD,
};

struct finding {
    const char *section; /* "configuration", "sources", … */
    enum finding_status status;
    char *text; /* may have several lines */
};

/* Adds a finding to an array of struct finding. `section` is a literal, one of those in doctor.c.
 */
G_GNUC_PRINTF(4, 5)
void doctor_note(GPtrArray *findings, const char *section, enum finding_status status,
                 const char *format, ...);

/* The checks, in the order in which a person would make them. */
void doctor_check_configuration(const struct context *context, GPtrArray *findings);
void doctor_check_provider(const struct context *context, const char *provider,
                           GPtrArray *findings);
void doctor_check_browsers(const struct context *context, const char *provider,
                           GPtrArray *findings);
void doctor_check_store(const struct context *context, const char *provider, GPtrArray *findings);
void doctor_check_bars(GPtrArray *findings);
