/* Messages in the user's language, through gettext. Only text for people is translated, not what
 * bars, files and other programs read. */
#pragma once

#include <libintl.h>

#define _(text) gettext(text)

/* Marks a text in a table for translation; where it is used, _() translates it. */
#define N_(text) text

/* Must be called first in main. `locale_folder` has the translations, relative to the program's own
 * folder. Opens no file if the user's language is English. */
void i18n_start(const char *locale_folder);
