/* What the targets of libFuzzer share: checks of anything that is read or drawn, which abort if
 * they fail. */
#pragma once

#include "common/draw/template.h"
#include "common/draw/view.h"
#include "common/usage/snapshot.h"
#include "common/usage/store.h"

#include <glib.h>
#include <stdint.h>

#define FUZZ_NOW G_GINT64_CONSTANT(1767700000) /* 2026-01-06 */

/* libFuzzer's entry point: each target has one. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The input as a string up to its first NUL; the caller frees it. */
char *fuzz_text(const uint8_t *data, size_t size);

/* Checks that numbers are within the limits of answer.h and timestamp.h, ids are unique, and texts
 * are clean. */
void fuzz_check_snapshot(const struct snapshot *snapshot);

/* The view of this that a bar would draw. */
struct view *fuzz_view(const struct stored *stored);

/* Draws the line in every markup and checks that tags are balanced and everything is escaped. */
void fuzz_check_line(const struct view *view, struct template *format,
                     struct template *tooltip_format);
