/* Percentages as they are shown and judged. */
#pragma once

/* In whole points: 69.5 is 70; but 99.6 is 99, because 100 means that nothing is left. NAN stays
 * NAN. */
double percent_round(double percent);

/* The same as text, "–" for NAN. The caller frees it. */
char *percent_format(double percent);
