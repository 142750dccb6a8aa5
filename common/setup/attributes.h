/* What a file has apart from its text: group, mode, access control list, extended attributes. */
#pragma once

#include <stdbool.h>

/* Gives an open file all that another open file has. Until the last step nobody can read it who
 * can't read the other. False and errno if something can't be given; what only the kernel or an
 * administrator may give is left out. */
bool attributes_copy(int from, int to);
