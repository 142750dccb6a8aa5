/* Reads a secret that the user pastes or pipes. */
#pragma once

#include "common/base/secret.h"

/* Reads standard input to its end; a terminal until Enter, without showing what is pasted, and all
 * lines of a paste. White space around it is removed. NULL: nothing was given, it is too long, or
 * the user gave up. The caller frees it. */
struct secret *secret_input_read(void);
