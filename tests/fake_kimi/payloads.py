"""What the fake answers by default: real answers, with resets in the future."""

from __future__ import annotations

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Optional

FOLDER = Path(__file__).resolve().parents[1] / "data" / "payloads"

# About when the published counts were read: 2 h 33 min before the 5-hour window's reset.
_COUNTS_READ_AT = datetime(2026, 1, 6, 11, 0, 0, tzinfo=timezone.utc)
_RESET_KEYS = {"resetTime", "resetAt", "reset_time", "reset_at"}
_SECONDS = "%Y-%m-%dT%H:%M:%S"


def load(name: str) -> Any:
    """A payload of tests/data/payloads, as it was published."""
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def _shift_time(text: str, by: timedelta) -> str:
    """Moves an RFC 3339 time but keeps its fraction, because clients must accept nanoseconds."""
    seconds, rest = text[:19], text[19:]
    return (datetime.strptime(seconds, _SECONDS) + by).strftime(_SECONDS) + rest


def shift_resets(payload: Any, by: timedelta) -> Any:
    """A copy of payload with every reset time in it moved."""
    if isinstance(payload, list):
        return [shift_resets(item, by) for item in payload]
    if not isinstance(payload, dict):
        return payload
    return {
        key: _shift_time(value, by)
        if key in _RESET_KEYS and isinstance(value, str)
        else shift_resets(value, by)
        for key, value in payload.items()
    }


def _since_counts(now: Optional[datetime]) -> timedelta:
    return (now or datetime.now(timezone.utc)) - _COUNTS_READ_AT


def future_counts(now: Optional[datetime] = None) -> dict[str, Any]:
    """code-counts.json (10.4 % weekly, 69.5 % of 5 hours) as if read at now, an aware datetime."""
    return shift_resets(load("code-counts.json"), _since_counts(now))


def future_web_counts(now: Optional[datetime] = None) -> dict[str, Any]:
    """web-counts.json, the same account seen through the web, as if read at now."""
    return shift_resets(load("web-counts.json"), _since_counts(now))


def future_stats(now: Optional[datetime] = None) -> dict[str, Any]:
    """Membership statistics that agree with the counts, and add 41 % of a monthly pool."""
    coding = future_web_counts(now)["usages"][0]
    month_end = (now or datetime.now(timezone.utc)).astimezone(timezone.utc) + timedelta(days=20)
    return {
        "ratelimitCode5h": {
            "ratio": 0.695,
            "enabled": True,
            "resetTime": coding["limits"][0]["detail"]["resetTime"],
        },
        "ratelimitCode7d": {
            "ratio": 0.1045,
            "enabled": True,
            "resetTime": coding["detail"]["resetTime"],
        },
        "subscriptionBalance": {
            "feature": "FEATURE_OMNI",
            "type": "SUBSCRIPTION",
            "unit": "UNIT_CREDIT",
            "amountUsedRatio": 0.41,
            "kimiCodeUsedRatio": 0.28,
            "expireTime": month_end.strftime(_SECONDS) + "Z",
        },
        "giftBalances": [],
    }
