/* Clicks in a bar that hands them on to us, instead of running a command that its configuration
 * names. Such a bar has no tooltip either: the result of a refresh is shown as a notification. */
#pragma once

#include "cli/draw/bar_state.h"

/* Does what the button stands for: an X11 number, 1 left, 2 middle, 3 right, 4 and 5 the wheel.
 * Returns true for a refresh, which the caller has to make. Needs bar_state_resolve. */
bool click_perform(const struct bar_state *bar, int button);

/* The same for the click for which the bar runs this command, if it does. */
bool click_perform_from_environment(struct bar_state *bar);

/* Says why a click can't do anything, where the user sees it. */
void click_report(const struct bar_state *bar, const GError *error);

/* To be called when such a refresh has ended. */
void click_show_details(const struct bar_state *bar);
