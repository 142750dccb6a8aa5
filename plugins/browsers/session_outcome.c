#include "plugins/browsers/session_outcome.h"

#include "common/base/i18n.h"

#include <glib.h>
#include <string.h>

static const struct {
    const char *name;
    const char *words;
} outcomes[] = {
    [SESSION_FOUND] = {"found", N_("found")},
    [SESSION_ABSENT] = {"absent", N_("no session")},
    [SESSION_EXPIRED] = {"expired", N_("expired")},
    [SESSION_REFUSED] = {"refused", N_("refused")},
    [SESSION_LOCKED] = {"locked", N_("locked")},
    [SESSION_SEALED] = {"sealed", N_("can't be decrypted")},
    [SESSION_UNREADABLE] = {"unreadable", N_("can't be read")},
};

const char *session_outcome_name(enum session_outcome outcome)
{
    return outcomes[outcome].name;
}

const char *session_outcome_words(enum session_outcome outcome)
{
    return _(outcomes[outcome].words);
}

bool session_outcome_from_name(const char *name, enum session_outcome *outcome)
{
    for (gsize i = 0; name && i < G_N_ELEMENTS(outcomes); i++) {
        if (strcmp(outcomes[i].name, name) == 0) {
            *outcome = (enum session_outcome)i;
            return true;
        }
    }
    return false;
}
