/* The desktop's notification server, by the Desktop Notifications Specification, 1.2. */
#pragma once

#include "common/base/paths.h"
#include "common/usage/notification.h"

/* Shows the notification, in the place of an earlier one with the same id. Returns false and sets
 * an error of kind network if there is no session bus or nobody answers, of kind server if it is
 * refused. Waits at most 2 seconds for each of three answers. */
bool server_show(const struct paths *paths, const struct notification *notification,
                 GError **error);
