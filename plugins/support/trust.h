/* Whom TLS trusts: the system's certificate authorities and, for a company's proxy, one more that
 * the user names. libcurl's CURLOPT_CAINFO takes the place of the system's bundle, so this module
 * puts the two together.
 *
 * OpenSSL 3.0 needs 36 ms to read a bundle of 140 certificates, but looks up the one that it needs
 * in a folder with hashed names in no time. So there are two ways to trust the same authorities:
 * the folder first, and all that there is if that was not enough. */
#pragma once

#include "common/base/autoptr.h"

#include <curl/curl.h>
#include <glib.h>
#include <stdbool.h>

struct trust;

enum trust_way {
    TRUST_FOLDER, /* the system's folder with hashed names */
    TRUST_ALL,    /* the system's bundle as well */
};

/* `ca_file` is a file of PEM certificates, or NULL for the system's alone. `named_by` is where the
 * user gave it, for messages ("USAGELINE_CA_FILE"). NULL and an error of kind config if the file
 * can't be read or holds no certificate. */
struct trust *trust_new(const char *ca_file, const char *named_by, GError **error);
void trust_free(struct trust *trust);
DEFINE_AUTOPTR(trust, trust_free);

/* Whether there is such a way here; TRUST_ALL there always is. */
bool trust_has(const struct trust *trust, enum trust_way way);

/* Sets up the handle, which must not outlive the trust, for a way that there is. */
void trust_apply(const struct trust *trust, CURL *easy, enum trust_way way);
