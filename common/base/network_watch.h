/* Wakes a process when the network may have come back: an address or a route was added. */
#pragma once

#include <stdbool.h>

/* A descriptor that becomes readable; -1 if the system does not tell. The caller closes it. */
int network_watch_open(void);

/* Reads what has happened; whether anything of it is an arrival. */
bool network_watch_has_news(int watch);
