/* Whom TLS trusts: the system's certificate authorities and, for a company's proxy, one more that
 * the user names. libcurl's CURLOPT_CAINFO takes the place of the system's bundle, so this module
 * puts the two together.
 *
 * OpenSSL 3.0 takes 36 ms to read a bundle of 140 certificates, and that for each host, but finds
 * the one that it needs in a folder with hashed names at once. Where there is such a folder, a
 * handshake is tried with it first, and once more with the bundle if the folder did not do. */
#pragma once

#include "common/base/autoptr.h"

#include <curl/curl.h>
#include <glib.h>
#include <stdbool.h>

struct trust;

/* `ca_file` is a file of PEM certificates, or NULL for the system's alone. `named_by` is where the
 * user gave it, for messages ("USAGELINE_CA_FILE"). Returns NULL and sets an error of kind config
 * if the file can't be read or holds no certificate. */
struct trust *trust_new(const char *ca_file, const char *named_by, GError **error);
void trust_free(struct trust *trust);
DEFINE_AUTOPTR(trust, trust_free);

/* Whether it makes sense to try without the bundle first. */
bool trust_has_folder(const struct trust *trust);

/* Sets up a handle, which must not outlive the trust: with the system's folder and the user's file,
 * or with `all`, the system's bundle as well. */
void trust_apply(const struct trust *trust, CURL *easy, bool all);
