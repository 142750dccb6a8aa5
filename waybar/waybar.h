/* Waybar's "custom" module with "return-type": "json" (waybar-custom(5)). */
#pragma once

#include "common/draw/adapter.h"

extern const struct adapter waybar_adapter;
