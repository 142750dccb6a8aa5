/* Messages in the user's language, through gettext. What is English in the code is looked up in
 * po/LANGUAGE.po; what bars, files and other programs read is never translated. */
#pragma once

#include <libintl.h>

#define _(text) gettext(text)

/* Marks a text that stands in a table, to be given to _() where it is used. */
#define N_(text) text

/* To be called first thing in main. `locale_folder` is where the translations are, relative to the
 * program's own folder. For somebody whose language is English it opens no file. */
void i18n_start(const char *locale_folder);
