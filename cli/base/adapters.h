/* The list of all bars. */
#pragma once

#include "common/draw/adapter.h"

/* Ended by NULL. */
extern const struct adapter *const adapters[];

/* The adapter of this name, or NULL. */
const struct adapter *adapters_find(const char *name);
