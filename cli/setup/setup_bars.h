/* Which bars there are, which of them run, and with which configuration. */
#pragma once

/* The configuration that a running bar was started with, by this user with this home folder; NULL
 * if it reads the one that it finds itself. The caller frees it. */
char *setup_running_config(const char *program);

/* Prints the bars and what to run for each; returns the exit status. */
int setup_print_bars(void);
