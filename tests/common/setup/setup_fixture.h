/* A file of a plan for tests, which is not read from anywhere. */
#pragma once

#include "common/setup/plan.h"

/* A new file with this text; it belongs to the plan. */
static inline struct setup_file *setup_fixture_add(struct setup_plan *plan, const char *text)
{
    struct setup_file *file = setup_plan_add(plan, "/nonexistent/file", NULL, NULL);

    g_assert_nonnull(file);
    g_free(file->text);
    file->text = g_strdup(text);
    return file;
}
