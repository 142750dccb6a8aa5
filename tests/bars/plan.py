"""A provider with a plan in mid-week; a test changes its answers and counts requests."""

import json
import os
import time
from pathlib import Path
from typing import Any, Dict, Mapping

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR
SESSION = 74  # percent: a warning
LIMITS = {"weekly": 2048, "session": 200}  # requests

PROVIDER = """#!/bin/sh
[ $# -eq 0 ] || exit 2
echo asked >> '{folder}/asked'
while [ -e '{folder}/held' ]; do sleep 0.05; done
exec cat '{folder}/answer'
"""


class Plan:
    """Stands in for the Kimi provider in an environment; has to be made before the bar starts."""

    PROGRAM = "usageline-provider-kimi"

    def __init__(self, environment: Mapping[str, str]) -> None:
        plugins = Path(environment["USAGELINE_PLUGIN_DIR"])
        self._folder = plugins.with_name("plan")
        self._folder.mkdir()
        program = plugins / self.PROGRAM
        program.unlink(missing_ok=True)
        program.write_text(PROVIDER.format(folder=self._folder))
        program.chmod(0o755)
        self.use_up(SESSION)

    def use_up(self, session: float) -> None:
        """From now on answers with so many percent of the session."""
        answer = self._folder / "answer"
        new = answer.with_suffix(".new")
        new.write_text(json.dumps(_answer(session)))
        os.replace(new, answer)

    def hold(self) -> None:
        """Lets requests wait from now on."""
        (self._folder / "held").touch()

    def release(self) -> None:
        """Answers the waiting requests, and later ones at once."""
        (self._folder / "held").unlink()

    @property
    def asked(self) -> int:
        """The number of requests so far."""
        asked = self._folder / "asked"
        return len(asked.read_text().splitlines()) if asked.exists() else 0


def _answer(session: float) -> Dict[str, Any]:
    now = int(time.time())
    return {
        "schema": 1,
        "provider": "kimi",
        "name": "Kimi Code",
        "plan": "Moderato",
        "source": "api-key",
        "windows": [
            _window("weekly", "Weekly", 38.2, now + 77 * HOUR, 7 * DAY),
            _window("session", "5-hour", session, now + 2 * HOUR + 14 * MINUTE + 20, 5 * HOUR),
            _window("monthly", "Monthly", 41.0, now + 12 * DAY, 30 * DAY),
        ],
    }


def _window(name: str, label: str, percent: float, resets_at: int, length: int) -> Dict[str, Any]:
    window = {
        "id": name,
        "label": label,
        "usedPercent": percent,
        "resetsAt": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(resets_at)),
        "minutes": length // MINUTE,
    }
    if name in LIMITS:
        limit = LIMITS[name]
        window.update(used=round(limit * percent / 100), limit=limit, unit="requests")
    return window
