/* Where things are: the folders of the XDG Base Directory Specification and the variables of our
 * own, read from the environment once, in main. */
#pragma once

#include "common/base/autoptr.h"

#include <glib.h>

struct paths {
    char *config_file;      /* $USAGELINE_CONFIG, else $XDG_CONFIG_HOME/usageline/config.json */
    char *data_folder;      /* $XDG_DATA_HOME/usageline */
    char *credentials_file; /* stored secrets, in data_folder */
    char *enabled_file;     /* what `config enable` stored, in data_folder */
    char **store_folders;   /* $XDG_CACHE_HOME/usageline, then where to go if it can't be written */
    char **plugin_folders;  /* where providers are looked for, best first */
    char **theme_folders;   /* where themes are looked for, best first */

    /* Where other programs have what is theirs. */
    char *home;
    char *config_home; /* $XDG_CONFIG_HOME */
    char *cache_home;  /* $XDG_CACHE_HOME */
    char *state_home;  /* $XDG_STATE_HOME */
};

struct paths *paths_new(void);

/* The path of a program of ours, from the first plug-in folder that has it; the caller frees it.
 * NULL and an error of kind config that names the folders if none has. */
char *paths_find_plugin(const struct paths *paths, const char *name, GError **error);

/* The home folder: $HOME, or what the user database says; always absolute. The caller frees it. */
char *paths_home(void);

void paths_free(struct paths *paths);
DEFINE_AUTOPTR(paths, paths_free);
