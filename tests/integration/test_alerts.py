"""Notifications of what is new in the usage: each comes once, and nothing old does."""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any, Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import harness  # noqa: E402

HOUR = 3600
PROVIDER = "cat \"$HOME/answer\""
# Replaces the program that speaks D-Bus: keeps what that would show.
NOTIFIER = "#!/bin/sh\ncat >>\"$HOME/shown\"\necho >>\"$HOME/shown\"\n"
# Ends when the file of that name has something in it.
WAIT = "import os, sys, time\nwhile not os.path.getsize(sys.argv[1]): time.sleep(0.01)"


def rfc3339(seconds: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


class Alerts(harness.TestCase):
    def setUp(self) -> None:
        self.home = self.enter(harness.Home())
        self.home.plugin("stub", PROVIDER)
        notifier = self.home.plugin("other", "true").with_name("usageline-notify")
        if notifier.is_symlink():
            notifier.unlink()
        notifier.write_text(NOTIFIER)
        notifier.chmod(0o755)
        self.now = time.time()
        self.configure(True)

    def configure(self, notifications: bool) -> None:
        self.home.config({"notifications": notifications, "providers": [{"id": "stub"}]})

    def use(
        self, percent: float, resets_in: Optional[float] = 2 * HOUR, **more: Any
    ) -> list[dict]:
        """The notifications that this usage causes."""
        window = {"id": "session", "label": "5-hour", "minutes": 300, "usedPercent": percent}
        if resets_in is not None:
            window["resetsAt"] = rfc3339(self.now + resets_in)
        return self.answer([window], **more)

    def answer(self, windows: list[dict], **more: Any) -> list[dict]:
        answer = {"schema": 1, "provider": "stub", "name": "Stub", "windows": windows, **more}
        (self.home.home / "answer").write_text(json.dumps(answer))
        shown = self.home.home / "shown"
        shown.write_text("")
        self.home.forget_asking()
        self.assertEqual(self.home.run("refresh").status, 0)
        return [json.loads(line) for line in shown.read_text().splitlines()]

    def assert_one(self, notifications: list[dict], *words: str) -> None:
        self.assertEqual(len(notifications), 1, notifications)
        for word in words:
            self.assertIn(word, notifications[0]["summary"])
        self.assertEqual(notifications[0]["id"], "stub-session")

    def test_a_threshold_is_reported_once(self) -> None:
        self.assertEqual(self.use(50), [])
        self.assert_one(self.use(71), "Stub", "5-hour", "71%")
        self.assertEqual(self.use(72), [])
        self.assert_one(self.use(91), "91%")
        self.assertEqual(self.use(92), [])

    def test_nothing_is_reported_at_the_start(self) -> None:
        self.assertEqual(self.use(95), [])
        self.assertEqual(self.use(95), [])

    def test_a_number_that_wavers_crosses_once(self) -> None:
        self.use(50)
        self.assert_one(self.use(70), "70%")
        self.assertEqual(self.use(69), [])
        self.assertEqual(self.use(70), [])

    def test_all_used_and_reset(self) -> None:
        self.use(80)
        self.assert_one(self.use(100), "used up")
        self.assertEqual(self.use(100), [])
        self.assert_one(self.use(0, resets_in=7 * HOUR), "reset")
        self.assertEqual(self.use(1, resets_in=7 * HOUR), [])

    def test_a_new_period_is_reported_again(self) -> None:
        self.use(50)
        self.assert_one(self.use(75), "75%")
        self.assert_one(self.use(75, resets_in=7 * HOUR), "75%")

    def test_a_reset_that_varies_a_little_is_no_new_period(self) -> None:
        self.use(50)
        self.assert_one(self.use(75), "75%")
        self.assertEqual(self.use(75, resets_in=2 * HOUR + 90), [])

    def test_a_number_that_wavers_at_the_end_is_reported_once(self) -> None:
        self.use(50)
        self.assert_one(self.use(99), "99%")
        self.assert_one(self.use(100), "used up")
        for percent in (99, 100, 95, 100):
            self.assertEqual(self.use(percent), [])

    def test_an_idle_window_has_no_end_and_is_reported_again(self) -> None:
        self.use(50, resets_in=HOUR)
        self.assert_one(self.use(75, resets_in=HOUR), "75%")
        self.assertEqual(self.use(0, resets_in=None), [])
        self.assertEqual(self.use(5, resets_in=6 * HOUR), [])
        self.assert_one(self.use(80, resets_in=6 * HOUR), "80%")

    def test_an_end_that_slides_ends_a_period_too(self) -> None:
        self.use(50)
        self.assert_one(self.use(75, resets_in=2 * HOUR), "75%")
        for step in range(1, 9):
            self.assertEqual(self.use(65, resets_in=2 * HOUR + step * HOUR / 2), [])
        self.assert_one(self.use(80, resets_in=7 * HOUR), "80%")

    def test_a_window_that_is_missing_once_is_not_forgotten(self) -> None:
        self.use(50)
        self.answer([{"id": "monthly", "usedPercent": 5}])
        self.assert_one(self.use(95), "95%")

    def test_a_credential_whose_end_is_missing_once_is_reported_once(self) -> None:
        soon = rfc3339(self.now + 3 * HOUR)
        self.use(50)
        self.assertEqual(len(self.use(50, credentialExpiresAt=soon)), 1)
        self.assertEqual(self.use(50), [])
        self.assertEqual(self.use(50, credentialExpiresAt=soon), [])

    def test_a_credential_that_will_expire(self) -> None:
        soon = rfc3339(self.now + 3 * HOUR)
        self.assertEqual(self.use(50, credentialExpiresAt=rfc3339(self.now + 48 * HOUR)), [])
        (told,) = self.use(50, credentialExpiresAt=soon)
        self.assertIn("sign in", told["summary"])
        self.assertEqual(self.use(50, credentialExpiresAt=soon), [])

    def test_off_by_default_and_no_news_when_switched_on(self) -> None:
        self.home.config({"providers": [{"id": "stub"}]})
        self.use(50)
        self.assertEqual(self.use(75), [])
        self.configure(True)
        self.assertEqual(self.use(75), [])
        self.assert_one(self.use(95), "95%")

    def test_many_bars_report_it_once(self) -> None:
        self.use(50)
        window = {"id": "session", "label": "5-hour", "usedPercent": 75}
        answer = {"schema": 1, "provider": "stub", "name": "Stub", "windows": [window]}
        (self.home.home / "answer").write_text(json.dumps(answer))
        self.age()
        bars = [self.home.start("waybar") for _ in range(10)]
        for bar in bars:
            self.assertEqual(bar.wait(30), 0)
        self.assertEqual(len(self.shown_soon()), 1)

    def test_a_slow_server_delays_no_line(self) -> None:
        gate = self.home.home / "gate"
        os.mkfifo(gate)
        notifier = self.home.root / "plugins" / "usageline-notify"
        notifier.write_text(NOTIFIER + 'read line <"$HOME/gate"\n')
        self.use(50)
        window = {"id": "session", "label": "5-hour", "usedPercent": 75}
        answer = {"schema": 1, "provider": "stub", "name": "Stub", "windows": [window]}
        (self.home.home / "answer").write_text(json.dumps(answer))
        self.age()
        bar = self.home.start("waybar")
        self.assertEqual(bar.wait(30), 0)  # while nobody has opened the gate
        with gate.open("w") as opened:
            opened.write("\n")

    def shown_soon(self) -> list[str]:
        """Waits for what a process in the background shows."""
        shown = self.home.home / "shown"
        with self.home.start("-c", WAIT, str(shown), program=sys.executable) as process:
            process.wait(20)
        return shown.read_text().splitlines()

    def age(self) -> None:
        """Makes the store old, so that each bar would fetch."""
        for path, key in ((self.home.cache / "stub.json", "fetchedAt"),
                          (self.home.cache / "stub.state.json", "at")):
            content = json.loads(path.read_text())
            content[key] = rfc3339(self.now - HOUR)
            path.write_text(json.dumps(content))

    def test_a_damaged_memory_is_none(self) -> None:
        self.use(50)
        for damage in ("", "{", '{"windows": 3}', '{"windows": [{"id": "session"}]}', "[" * 9999):
            with self.subTest(damage=damage[:40]):
                (self.home.cache / "stub.alerts.json").write_text(damage)
                self.assertEqual(self.use(75), [])

    def test_without_a_notifier_nothing_is_printed(self) -> None:
        self.use(50)
        (self.home.root / "plugins" / "usageline-notify").unlink()
        self.use(75)
        result: Optional[harness.Result] = self.home.run("refresh")
        assert result is not None
        self.assertEqual((result.status, result.stderr), (0, ""))


if __name__ == "__main__":
    harness.main()
