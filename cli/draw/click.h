/* What a click does in a bar that hands clicks on to us, instead of running a command that its
 * configuration names. Such a bar has no tooltip either: a refresh shows it as a notification. */
#pragma once

#include "cli/draw/bar_state.h"

/* Does what the button (a number of X11: 1 left, 2 middle, 3 right, 4 and 5 the wheel) stands for;
 * true if that is a refresh, which is the caller's to make. Needs bar_state_resolve. */
bool click_perform(const struct bar_state *bar, int button);

/* The same for the click that the bar has run this command for, if it has. */
bool click_perform_from_environment(struct bar_state *bar);

/* To be called when such a refresh has ended. */
void click_show_details(const struct bar_state *bar);
