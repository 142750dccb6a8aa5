"""Tokens that look like Kimi's web tokens: readable claims and a worthless signature."""

from __future__ import annotations

import base64
import json
import time
from typing import Any, Mapping, Optional

_LIFETIME = 30 * 86400  # seconds


def _part(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode("ascii")


def make_jwt(claims: Mapping[str, Any], header: Optional[Mapping[str, Any]] = None) -> str:
    """A JWT with these claims. Nothing verifies the signature: clients only read the claims."""
    head = {"alg": "HS256", "typ": "JWT"} if header is None else header
    parts = (json.dumps(part, separators=(",", ":")).encode() for part in (head, claims))
    return ".".join([*map(_part, parts), _part(b"not a signature")])


def web_token(site: str = "kimi.com", **changed: Any) -> str:
    """A JWT with the claims of this site's web sessions, some of them changed; None removes one."""
    claims = {
        "iss": "user-center",
        "aud": [site],
        "typ": "access",
        "exp": int(time.time()) + _LIFETIME,
        "sub": "fake-user",
        "device_id": "7400000000000000001",
        "ssid": "1730000000000000001",
        **changed,
    }
    return make_jwt({name: value for name, value in claims.items() if value is not None})
