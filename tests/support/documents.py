"""Documents that providers print, and providers in shell that print what a test chooses."""

from __future__ import annotations

import html
import json
import re
from datetime import datetime, timedelta, timezone
from typing import Any, Union

from harness import Home

# Prints what answer() has stored, and counts the requests.
ANSWERING = 'echo asked >>"$HOME/asked"; cat "$HOME/answer"'


def time_text(**ahead: float) -> str:
    """The time so far ahead (arguments of timedelta), in the form of a snapshot."""
    when = datetime.now(timezone.utc) + timedelta(**ahead)
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")


def window(**changes: Any) -> dict[str, Any]:
    """A good window of 42 %, with changes."""
    good = {
        "id": "weekly",
        "label": "Weekly",
        "usedPercent": 42,
        "used": 84,
        "limit": 200,
        "unit": "requests",
        "resetsAt": time_text(days=2, minutes=30),
        "minutes": 10080,
    }
    return {**good, **changes}


def snapshot(**changes: Any) -> dict[str, Any]:
    """A good snapshot of provider "shell" with one window, with changes."""
    return {"schema": 1, "provider": "shell", "name": "Shell", "windows": [window()], **changes}


def error(kind: str, message: str = "so it is", **more: Any) -> dict[str, Any]:
    """An error of provider "shell"."""
    return {"schema": 1, "provider": "shell", "error": {"kind": kind, "message": message, **more}}


def encode(document: Union[bytes, str, list[Any], dict[str, Any]]) -> bytes:
    """Text as UTF-8, and anything else that is not bytes as JSON (with NaN, where it is one)."""
    if isinstance(document, bytes):
        return document
    return (document if isinstance(document, str) else json.dumps(document)).encode("utf-8")


def answer(home: Home, document: Union[bytes, str, list[Any], dict[str, Any]]) -> None:
    """Sets what a provider that is ANSWERING prints from now on."""
    (home.home / "answer").write_bytes(encode(document))


def times_asked(home: Home) -> int:
    log = home.home / "asked"
    return len(log.read_text(encoding="utf-8").splitlines()) if log.exists() else 0


def shell_home(home: Home, script: str = ANSWERING, **settings: Any) -> Home:
    """Gives the home the provider "shell" and enables it alone."""
    home.plugin("shell", script)
    home.config({"providers": [{"id": "shell"}], **settings})
    return home


def plain(markup: str) -> str:
    """Pango markup as the words that people see, its line breaks as spaces."""
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())
