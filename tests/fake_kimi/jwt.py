"""Tokens that look like Kimi's web tokens: readable claims, and a signature of no value."""

from __future__ import annotations

import base64
import json
from typing import Any, Mapping, Optional


def _part(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode("ascii")


def make_jwt(claims: Mapping[str, Any], header: Optional[Mapping[str, Any]] = None) -> str:
    """A JWT with these claims. Nothing verifies the signature: clients only read the claims."""
    head = {"alg": "HS256", "typ": "JWT"} if header is None else header
    parts = (json.dumps(part, separators=(",", ":")).encode() for part in (head, claims))
    return ".".join([*map(_part, parts), _part(b"not a signature")])
