/* The chain: all sources in the order in which they are tried, with the candidates that they have
 * given so far, so that each file is read once a run.
 *
 *     autoclear(chain) chain = {0};
 *     if (!chain_init(&chain, call, &error))
 *         return;
 *     for (guint i = 0; i < chain.links->len; i++) {
 *         struct chain_link *link = chain.links->pdata[i];
 *         if (!chain_is_wanted(&chain, link) || chain_why_off(&chain, link))
 *             continue;
 *         for (guint k = 0; (candidate = chain_candidate(&chain, link, k)); k++)
 *             …
 *     }
 */
#pragma once

#include "plugins/kimi/source/source.h"

struct chain_link {
    const struct source *source;
    GPtrArray *candidates; /* of struct candidate, those found so far */
    GPtrArray *files;      /* paths that a new sign-in changes */
    void *state;           /* of a source that searches; NULL: not opened yet */
    bool has_ended;        /* there are no other candidates */
    bool off_is_known;
    const char *off; /* see chain_why_off */
};

struct chain {
    const struct provider_call *call;
    struct settings settings;
    GPtrArray *links; /* of struct chain_link */
};

/* Reads the settings. False and an error of kind config if one is wrong; the links are there then,
 * but must not be asked for candidates. */
bool chain_init(struct chain *chain, const struct provider_call *call, GError **error);
void chain_clear(struct chain *chain);
DEFINE_AUTO_CLEAR(chain, chain_clear);

/* Whether the setting "source" selects this source. */
bool chain_is_wanted(const struct chain *chain, const struct chain_link *link);

/* Why the source must not be searched, for people; NULL: it may be. Asks the source only once: the
 * client's configuration has to be read for it. */
const char *chain_why_off(const struct chain *chain, struct chain_link *link);

/* The candidate with this index, which belongs to the link; NULL: the source has no more. */
struct candidate *chain_candidate(struct chain *chain, struct chain_link *link, guint index);
