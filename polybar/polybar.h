/* Polybar's "custom/script" module: one line with formatting tags. */
#pragma once

#include "common/draw/adapter.h"

extern const struct adapter polybar_adapter;
