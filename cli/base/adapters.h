/* The list of all bars. */
#pragma once

#include "common/draw/adapter.h"

/* Ended by NULL. */
extern const struct adapter *const adapters[];

/* The adapter of this name; NULL and an error of kind config if there is none. */
const struct adapter *adapters_find(const char *name, GError **error);
