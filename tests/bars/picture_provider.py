#!/usr/bin/env python3
"""Stands in for the Kimi provider in pictures: a plan in mid-week, whose numbers stay the same."""

import json
import time

HOUR = 3600
NOW = int(time.time())


def window(name: str, label: str, percent: float, resets_in: int, **more: object) -> dict:
    resets_at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(NOW + resets_in))
    return {"id": name, "label": label, "usedPercent": percent, "resetsAt": resets_at, **more}


def counted(used: int, limit: int) -> dict:
    return {"used": used, "limit": limit, "unit": "requests"}


print(
    json.dumps(
        {
            "schema": 1,
            "provider": "kimi",
            "name": "Kimi Code",
            "plan": "Moderato",
            "source": "api-key",
            "windows": [
                window("weekly", "Weekly", 38.2, 77 * HOUR, **counted(782, 2048)),
                window("session", "5-hour", 74.0, 2 * HOUR + 14 * 60 + 20, **counted(148, 200)),
                window("monthly", "Monthly", 41.0, 12 * 24 * HOUR),
            ],
        }
    )
)
