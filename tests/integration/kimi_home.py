"""A user of Kimi Code whose service is the fake one, and whose store can be made to look older."""

from __future__ import annotations

import fcntl
import json
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Callable

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import harness
from fake_kimi import KEY, FakeKimi, future_counts

HOST = "api.kimi.com"
PATH = "/coding/v1/usages"
TIMES = {"fetchedAt", "resetsAt", "at", "notBefore", "serviceUntil", "earlyUntil"}
FORM = "%Y-%m-%dT%H:%M:%SZ"


def moved(document: Any, by: timedelta) -> Any:
    """A copy of a stored document with all its times moved."""
    if isinstance(document, list):
        return [moved(item, by) for item in document]
    if not isinstance(document, dict):
        return document
    return {
        key: (datetime.strptime(value, FORM) + by).strftime(FORM)
        if key in TIMES
        else moved(value, by)
        for key, value in document.items()
    }


class KimiTest(harness.TestCase):
    def setUp(self) -> None:
        self.kimi = self.enter(FakeKimi())
        # 40 seconds away from where a countdown changes, so that all lines of a test are alike.
        self.kimi.usage = future_counts(datetime.now(timezone.utc) + timedelta(seconds=40))
        self.home = self.enter(harness.Home())
        self.env: dict[str, str] = {**self.kimi.environment, "KIMI_CODE_API_KEY": KEY}

    @property
    def asked(self) -> int:
        """Requests for the usage; the plan is asked for beside the first."""
        return sum(request.path == PATH for request in self.kimi.requests)

    def run_program(self, *args: str) -> harness.Result:
        return self.home.run(*args, env=self.env)

    def draw(self) -> Any:
        """The line for Waybar as it is drawn now."""
        result = self.run_program("waybar")
        self.assertEqual((result.status, result.stderr), (0, ""))
        return result.json()

    def fail_with(self, status: int, **headers: str) -> None:
        """Lets the service fail from now on."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.kimi.answer(HOST, "GET", PATH, status=status, body="{}", headers=named)

    def edit(self, name: str, change: Callable[[Any], Any]) -> None:
        """Changes a stored document: "kimi.json" or "kimi.state.json"."""
        path = self.home.cache / name
        path.write_text(json.dumps(change(json.loads(path.read_text("utf-8")))), encoding="utf-8")

    def let_time_pass(self, **time: float) -> None:
        """Moves what is stored into the past, or into the future by a negative time."""
        for name in ("kimi.json", "kimi.state.json"):
            if (self.home.cache / name).exists():
                self.edit(name, lambda document: moved(document, -timedelta(**time)))

    def let_refusals_pass(self, **time: float) -> None:
        """Moves what Kimi's provider remembers into the past."""
        self.edit("kimi.memory.json", lambda document: moved(document, -timedelta(**time)))

    def make_old(self) -> None:
        """Makes the snapshot too old, but no reset pass."""
        hour_ago = (datetime.now(timezone.utc) - timedelta(hours=1)).strftime(FORM)
        self.edit("kimi.json", lambda document: {**document, "fetchedAt": hour_ago})
        self.edit("kimi.state.json", lambda document: {**document, "at": hour_ago})

    def wait_for_fetch(self) -> None:
        """Waits until nobody is fetching any more."""
        with (self.home.cache / "kimi.lock").open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
