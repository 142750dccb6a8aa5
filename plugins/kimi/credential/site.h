/* Kimi's two sites and what differs between them: kimi.com, and kimi.ai for accounts outside China.
 * A credential belongs to one of them and is never sent to the other. The facts are from Kimi's own
 * pages and clients of November 2026. */
#pragma once

struct site {
    const char *region;     /* value of the setting "region" */
    const char *audience;   /* claim "aud" of its tokens */
    const char *api;        /* origin of the Code API */
    const char *api_host;   /* the same without "https://" */
    const char *oauth_host; /* where Kimi's client signs in */
    const char *slot;       /* name of the client's credentials file, without ".json" */
    const char *web;        /* origin of the web console */
    const char *web_host;
    const char *console;                /* page where people make API keys */
    const char *const *cookie_hosts;    /* as browsers store them, then NULL */
    const char *const *storage_origins; /* origins of pages with a localStorage, then NULL */
};

/* The default first; ended by an empty row. */
extern const struct site sites[];

/* The values of the setting "region", the default first, then NULL. */
extern const char *const site_regions[];

/* The cookie hosts, or the origins, of both sites, then NULL. */
extern const char *const site_all_cookie_hosts[];
extern const char *const site_all_storage_origins[];

/* The site with this region, audience, host of the Code API ("api.kimi.ai"), or cookie host or
 * origin (".kimi.ai", "https://www.kimi.ai"); NULL: there is none. The text may be NULL. */
const struct site *site_for_region(const char *region);
const struct site *site_for_audience(const char *audience);
const struct site *site_for_api_host(const char *host);
const struct site *site_for_place(const char *place);
