/* Polybar's "custom/script" module: one line with formatting tags. */
#pragma once

#include "common/draw/adapter.h"
#include "common/draw/markup.h"

extern const struct adapter polybar_adapter;

extern const struct markup polybar_markup; /* %{F#rrggbb}…%{F-} */
