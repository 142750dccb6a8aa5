/* Wakes a process when the network may have come back: an address or a route was added. */
#pragma once

#include <stdbool.h>

/* Returns a descriptor that becomes readable on changes, for the caller to close; -1 if the system
 * has none. */
int network_watch_open(void);

/* Reads what has happened; returns whether an address or a route was added. */
bool network_watch_has_news(int watch);
