/* What the targets of libFuzzer share: what must hold of anything that is read or drawn. Each of
 * these aborts if it does not. */
#pragma once

#include "common/draw/view.h"
#include "common/usage/snapshot.h"
#include "common/usage/store.h"

#include <glib.h>
#include <stddef.h>
#include <stdint.h>

#define FUZZ_NOW G_GINT64_CONSTANT(1767700000) /* 2026-01-06 */

/* libFuzzer's entry point: each target has one. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The input as a string; the caller frees it. NUL characters end it. */
char *fuzz_text(const uint8_t *data, size_t size);

/* Numbers within what answer.h and timestamp.h promise, ids that are there once, clean text. */
void fuzz_check_snapshot(const struct snapshot *snapshot);

/* The view that a bar would draw of this. */
struct view *fuzz_view(const struct stored *stored);

/* Draws the line in every markup: tags are balanced, nothing is left raw. */
void fuzz_check_line(const struct view *view, const char *format, const char *tooltip_format);
