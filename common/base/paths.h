/* Where files are: in the folders of the XDG Base Directory Specification, or where our own
 * variables say. main reads them from the environment once. */
#pragma once

#include "common/base/autoptr.h"

#include <glib.h>

struct paths {
    char *config_file;      /* $USAGELINE_CONFIG, else $XDG_CONFIG_HOME/usageline/config.json */
    char *data_folder;      /* $XDG_DATA_HOME/usageline */
    char *credentials_file; /* stored secrets, in data_folder */
    char *enabled_file;     /* what `config enable` stored, in data_folder */
    char **store_folders;  /* $XDG_CACHE_HOME/usageline, then those to use if it can't be written */
    char **plugin_folders; /* searched for providers, in this order */
    char **theme_folders;  /* searched for themes, in this order */

    /* Where other programs have their files. */
    char *home;
    char *config_home; /* $XDG_CONFIG_HOME */
    char *cache_home;  /* $XDG_CACHE_HOME */
    char *state_home;  /* $XDG_STATE_HOME */
};

struct paths *paths_new(void);

/* Returns the path of a plug-in in the first folder that has it, for the caller to free. NULL and
 * an error of kind config that names the folders if none has. */
char *paths_find_plugin(const struct paths *paths, const char *name, GError **error);

/* Returns the home folder, for the caller to free: $HOME, or what the user database says; always
 * absolute. */
char *paths_home(void);

void paths_free(struct paths *paths);
DEFINE_AUTOPTR(paths, paths_free);
