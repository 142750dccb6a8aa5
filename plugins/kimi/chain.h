/* The chain of sources: candidates are tried one after another until one is accepted. */
#pragma once

#include "common/usage/answer.h"
#include "plugins/kimi/source.h"

/* A source that is opened when its first candidate is asked for, and remembers those that it gave,
 * so that its files are looked at once a run. */
struct chain_link {
    const struct source *source;
    void *state;
    GPtrArray *seen; /* of struct candidate */
    bool has_ended;
    bool off_is_known;
    const char *off; /* once it is known */
};

struct chain {
    struct source_call call;
    struct settings settings;
    GPtrArray *links; /* of struct chain_link, in the order of the sources */
};

/* Reads the settings; false and an error of kind config if one is wrong. */
bool chain_init(struct chain *chain, const struct provider_call *call, GError **error);
void chain_clear(struct chain *chain);
DEFINE_AUTO_CLEAR(chain, chain_clear);

/* Why the source may not be used in this run; NULL: it may. Found out once: the client's
 * configuration has to be read for it. */
const char *chain_link_off(const struct chain *chain, struct chain_link *link);

/* The candidate of the source with this index, which belongs to the link; NULL: it has no more. */
struct candidate *chain_link_at(struct chain *chain, struct chain_link *link, guint index);

/* Asks with one candidate after another. The error, if none is accepted, is that of the first that
 * there was: that is the one which the user means. */
void chain_fetch(const struct provider_call *call, struct answer *answer);
