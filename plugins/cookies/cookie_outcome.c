#include "plugins/cookies/cookie_outcome.h"

#include "common/i18n.h"

#include <glib.h>
#include <string.h>

static const struct {
    const char *name;
    const char *words;
} outcomes[] = {
    [COOKIE_FOUND] = {"found", N_("found")},
    [COOKIE_ABSENT] = {"absent", N_("no such cookie")},
    [COOKIE_EXPIRED] = {"expired", N_("expired")},
    [COOKIE_LOCKED] = {"locked", N_("locked")},
    [COOKIE_SEALED] = {"sealed", N_("can't be decrypted")},
    [COOKIE_UNREADABLE] = {"unreadable", N_("can't be read")},
};

const char *cookie_outcome_name(enum cookie_outcome outcome)
{
    return outcomes[outcome].name;
}

const char *cookie_outcome_words(enum cookie_outcome outcome)
{
    return _(outcomes[outcome].words);
}

bool cookie_outcome_from_name(const char *name, enum cookie_outcome *outcome)
{
    for (gsize i = 0; name && i < G_N_ELEMENTS(outcomes); i++) {
        if (strcmp(outcomes[i].name, name) == 0) {
            *outcome = (enum cookie_outcome)i;
            return true;
        }
    }
    return false;
}
