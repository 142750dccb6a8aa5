"""Kimi's two services, as strict as the real ones: what requests need, and what is refused."""

from __future__ import annotations

import json
from http.cookies import SimpleCookie
from typing import Any, Optional

from messages import Answer, Body, Request, json_answer

CODE_API_PATH = "/coding/v1/usages"
CODE_ME_PATH = "/coding/v1/me"
WEB_USAGES_PATH = "/apiv2/kimi.gateway.billing.v1.BillingService/GetUsages"
WEB_STATS_PATH = "/apiv2/kimi.gateway.membership.v2.MembershipService/GetSubscriptionStats"
WEB_PLAN_PATH = "/apiv2/kimi.gateway.membership.v2.MembershipService/GetSubscription"

OTHER_COOKIE = "the-value-of-a-cookie-that-is-nobodys-business"
OTHER_ITEM = "the-value-of-an-item-that-is-nobodys-business"
REFRESH_TOKEN = "the-refresh-token-which-nobody-but-the-page-may-use"

_KEY_REFUSED = "The API Key appears to be invalid or may have expired."
_TOKEN_REFUSED = "The token is invalid or has expired."


def _only(request: Request, name: str) -> Optional[str]:
    """The value of a header that came exactly once; else None."""
    values = request.headers.get_all(name, [])
    return values[0] if len(values) == 1 else None


def _bearer(request: Request) -> Optional[str]:
    scheme, _, credential = (_only(request, "Authorization") or "").partition(" ")
    return credential if scheme == "Bearer" else None


def _bad_request(message: str) -> Answer:
    return json_answer({"code": "invalid_argument", "message": message}, 400)


def home_page(cookie: Optional[str], lifetime: int, item: Optional[str]) -> Answer:
    """GET /: the page, and what a browser stores after a sign-in.

    That is the token as a cookie, in localStorage, or both, each with another value that must be
    left alone.
    """
    script = "".join(
        f"localStorage.setItem('{key}', '{value}');"
        for key, value in (
            ("access_token", item),
            ("refresh_token", REFRESH_TOKEN),
            ("theme", OTHER_ITEM),
        )
        if item is not None
    )
    kept = f"kimi-auth={cookie}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={lifetime}"
    other = f"theme={OTHER_COOKIE}; Path=/; Secure; Max-Age={lifetime}"
    return Answer(
        body=(
            "<!DOCTYPE html><html><head><title>Kimi</title></head>"
            f"<body>Hello<script>{script}</script></body></html>\n"
        ).encode(),
        headers={"Content-Type": "text/html; charset=utf-8"},
        cookies=(other,) if cookie is None else (kept, other),
    )


def code_call(request: Request, keys: set[str], value: Optional[Body]) -> Answer:
    """A GET of the Code API with a valid key and nothing about the machine.

    The real service accepts X-Msh-* headers, but nobody should send them.
    """
    for name in request.headers:
        if name.lower().startswith("x-msh-"):
            return json_answer({"error": {"message": f"header {name}: nobody's business"}}, 400)
    if _bearer(request) not in keys:
        return json_answer({"error": {"message": _KEY_REFUSED}}, 401)
    return _found(request, value)


def web_call(request: Request, body: Any, tokens: set[str], value: Optional[Body]) -> Answer:
    """A Connect call of the web console: headers, body and cookie must be those of the page."""
    refusal = _check_headers(request) or _check_body(request, body)
    if refusal is not None:
        return refusal
    token = _bearer(request)
    if token is not None and _cookie(request) != token:
        return _bad_request("header Cookie: kimi-auth is not the token of Authorization")
    if token not in tokens:
        return json_answer({"code": "unauthenticated", "message": _TOKEN_REFUSED}, 401)
    return _found(request, value)


def _found(request: Request, value: Optional[Body]) -> Answer:
    """The answer to a good call; 404 if the service has none."""
    if value is None:
        return json_answer({"error": {"message": f"no such resource: {request.path}"}}, 404)
    return json_answer(value)


def _check_headers(request: Request) -> Optional[Answer]:
    expected: dict[str, str] = {
        "Content-Type": "application/json",
        "connect-protocol-version": "1",
        "Origin": f"https://{request.host}",
        "Referer": f"https://{request.host}/code/console",
        "x-msh-platform": "web",
    }
    for name, value in expected.items():
        if _only(request, name) != value:
            came = request.headers.get_all(name, [])
            return _bad_request(f"header {name}: expected {value}, got {came}")
    return None


def _check_body(request: Request, expected: Any) -> Optional[Answer]:
    try:
        if json.loads(request.body) == expected:
            return None
    except ValueError:
        pass  # reported below, like any other unexpected body
    return _bad_request(f"body: expected {json.dumps(expected)}, got {request.body[:200]!r}")


def _cookie(request: Request) -> Optional[str]:
    morsel = SimpleCookie(_only(request, "Cookie") or "").get("kimi-auth")
    return morsel.value if morsel is not None else None
