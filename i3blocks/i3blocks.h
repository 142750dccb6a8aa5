/* i3blocks: three plain lines (i3blocks(1), "FORMAT"), or one JSON object for version 1.5. */
#pragma once

#include "common/draw/adapter.h"

/* The exit status that marks a plain block as urgent. */
#define I3BLOCKS_URGENT 33

extern const struct adapter i3blocks_adapter;
