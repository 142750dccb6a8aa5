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

struct doctor {
    const struct context *context;
    const char *provider; /* id */
    const char *section;  /* of the next finding: a literal, one of those in doctor.c */
    GPtrArray *findings;  /* of struct finding */
};

/* Adds a finding to the section. */
G_GNUC_PRINTF(3, 4)
void doctor_note(const struct doctor *doctor, enum finding_status status, const char *format, ...);

/* The checks, in the order in which a person would make them. */
void doctor_check_configuration(struct doctor *doctor);
void doctor_check_provider(struct doctor *doctor);
void doctor_check_browsers(struct doctor *doctor);
void doctor_check_store(struct doctor *doctor);
void doctor_check_bars(struct doctor *doctor);
