#!/usr/bin/env python3
"""usageline-provider-demo: every state that it can show."""

from __future__ import annotations

import calendar
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

KINDS = ("auth", "config", "plan", "network", "rate-limited", "server", "payload", "internal")
SEVERITIES = {"ok": (0, 70), "warning": (70, 90), "critical": (90, 100), "exhausted": (100, 101)}


def when(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)


class Demo(harness.TestCase):
    def setUp(self) -> None:
        self.home = self.enter(harness.Home())

    def ask(self, *args: str) -> harness.Result:
        return self.home.run(*args, program=harness.provider("demo"))

    def show(self, *args: str) -> Any:
        result = self.ask(*args)
        self.assertEqual((result.status, result.stderr), (0, ""), result.stdout)
        return result.json()

    def test_default(self) -> None:
        snapshot = self.show()
        self.assertEqual((snapshot["provider"], snapshot["plan"]), ("demo", "Demo"))
        fetched = when(snapshot["fetchedAt"])
        self.assertLess(abs(datetime.now(timezone.utc) - fetched), timedelta(minutes=1))
        windows = {window["id"]: window for window in snapshot["windows"]}
        self.assertEqual(list(windows), ["weekly", "session", "monthly"])
        self.assertEqual(windows["session"]["minutes"], 300)
        self.assertEqual(windows["weekly"]["minutes"], 10080)
        days = calendar.monthrange(fetched.year, fetched.month)[1]
        self.assertEqual(windows["monthly"]["minutes"], days * 24 * 60)
        (share,) = windows["monthly"]["shares"]
        self.assertEqual((share["id"], share["label"]), ("code", "Code"))
        self.assertLess(share["percent"], windows["monthly"]["usedPercent"])
        for window in windows.values():
            left = when(window["resetsAt"]) - fetched
            self.assertTrue(timedelta(0) < left <= timedelta(minutes=window["minutes"]), window)
            self.assertEqual(window["used"], int(window["used"]))
            percent = window["used"] / window["limit"] * 100
            self.assertAlmostEqual(window["usedPercent"], percent, places=6)

    def test_severities(self) -> None:
        for state, (least, below) in SEVERITIES.items():
            windows = self.show("--state", state)["windows"]
            worst = max(window["usedPercent"] for window in windows)
            self.assertTrue(least <= worst < below, f"{state}: {worst}")

    def test_stale(self) -> None:
        fetched = when(self.show("--state=stale")["fetchedAt"])
        age = datetime.now(timezone.utc) - fetched
        self.assertLess(abs(age - timedelta(hours=3)), timedelta(minutes=1))

    def test_errors(self) -> None:
        for kind in KINDS:
            result = self.ask("--state", kind)
            self.assertEqual((result.status, result.stderr), (1, ""))
            error = result.json()["error"]
            self.assertEqual(error["kind"], kind)
            self.assertEqual(error.get("retryAfter"), 120 if kind == "rate-limited" else None)

    def test_configuration(self) -> None:
        self.home.config({"providers": [{"id": "demo", "state": "network"}]})
        self.assertEqual(self.ask().json()["error"]["kind"], "network")
        self.show("--state", "ok")  # the option wins

    def test_unknown_state(self) -> None:
        self.home.config({"providers": [{"id": "demo", "state": "bored"}]})
        for args in ((), ("--state", "bored")):
            result = self.ask(*args)
            self.assertEqual(result.status, 1)
            error = result.json()["error"]
            self.assertEqual(error["kind"], "config")
            for state in (*SEVERITIES, "stale", *KINDS, "bored"):
                self.assertIn(state, error["message"])

    def test_questions(self) -> None:
        description = self.show("--describe")
        self.assertEqual((description["id"], description["environment"]), ("demo", []))
        (setting,) = description["settings"]
        self.assertEqual(setting["values"], [*SEVERITIES, "stale", *KINDS])
        (source,) = self.show("--diagnose")
        self.assertEqual((source["present"], source["used"]), (True, True))


if __name__ == "__main__":
    harness.main()
