"""No copy of a browser's cookies outlives the process that needed it, even when it is killed."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from typing import Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import harness  # noqa: E402
from browser_case import BrowserTestCase, new_template, trace  # noqa: E402
from browsers import Chromium, need, wait_until  # noqa: E402
from endpoints import WEB_USAGES_PATH  # noqa: E402
from fake_kimi import FakeKimi  # noqa: E402

# What making, filling, reading and removing a copy consists of.
MOMENTS = "mkdir,mkdirat,openat,copy_file_range,sendfile,write,pread64,close,unlink,unlinkat,rmdir"
KILLS = 24

template: Optional[harness.Home] = None
token = ""


def setUpModule() -> None:
    global template, token
    need("strace", *Chromium.PROGRAMS)
    template = new_template()
    with FakeKimi() as kimi:
        token = kimi.token
        Chromium(template).sign_in(kimi)


class LeftoversTest(BrowserTestCase):
    def setUp(self) -> None:
        self.TEMPLATE = template
        super().setUp()
        self.accept(token)
        self.provider = str(harness.provider("kimi"))

    def assert_private(self) -> None:
        """What a killed process left is nobody else's to read."""
        for path in self.left_behind():
            with contextlib.suppress(FileNotFoundError):  # the next one is already at work
                mode = path.lstat().st_mode  # once: it may go between two looks
                self.assertEqual(stat.S_IMODE(mode), 0o700 if stat.S_ISDIR(mode) else 0o600, path)

    def assert_next_run_cleans_up(self) -> None:
        self.assert_asks_with(token)
        self.assert_nothing_left()

    def killed_at(self, call: str, count: int) -> bool:
        """Kills the provider at the so-many-th call of a kind. False if it made fewer."""
        option = f"inject={call}:signal=SIGKILL:when={count}"
        calls = f"trace={call},exit_group"  # a run that makes none of that kind has an end
        result, lines = trace(self, ("-e", calls, "-e", option), (self.provider,))
        self.assert_private()
        return any("+++ killed by SIGKILL +++" in line for line in lines)

    def test_a_run_leaves_nothing(self) -> None:
        self.assert_next_run_cleans_up()

    def test_the_next_run_cleans_up_after_one_that_was_killed_while_cleaning_up(self) -> None:
        """The first removal is of a copy that is whole."""
        self.assertTrue(self.killed_at("unlink,unlinkat", 1))
        self.assertNotEqual(self.left_behind(), [], "this was to leave something behind")
        self.assert_next_run_cleans_up()

    def test_the_next_run_cleans_up_wherever_one_was_killed(self) -> None:
        _, lines = trace(self, ("-e", f"trace={MOMENTS}"), (self.provider,))
        first = next(i for i, line in enumerate(lines) if "mkdir" in line)
        moments = range(first, len(lines), max(1, (len(lines) - first) // KILLS))
        left = 0
        for moment in moments:
            call, count = self.place(lines, moment)
            self.killed_at(call, count)
            left += bool(self.left_behind())
        self.assertGreater(left, 0, "no kill came while there was a copy")
        self.assert_next_run_cleans_up()

    def place(self, lines: list[str], index: int) -> tuple[str, int]:
        """The call of a line of the trace, and its number among its like in that process."""
        names = [line.partition("(")[0].split() for line in lines[: index + 1]]
        return names[-1][-1], names.count(names[-1])

    def test_a_bar_is_right_after_kills_at_any_time(self) -> None:
        """The whole, killed with its children as a bar does it, at moments that no one chose."""
        seed = random.randrange(1 << 32)
        chance = random.Random(seed)
        before = time.monotonic()
        self.run_usageline("refresh")
        duration = time.monotonic() - before
        with self.subTest(seed=seed):
            for _ in range(KILLS):
                self.home.forget_asking()
                process = self.home.start("refresh", env=dict(self.kimi.environment))
                try:
                    process.wait(chance.uniform(0, duration))
                except subprocess.TimeoutExpired:
                    _kill(process.pid)
                self.assert_private()
            # A provider whose usageline was killed may still be at work.
            wait_until(lambda: not self.left_behind())
            self.assert_next_run_cleans_up()

    def test_no_copy_is_kept_while_the_service_thinks(self) -> None:
        """Two at once, of which neither takes from the other."""
        self.kimi.hold("www.kimi.com")
        first = self.home.start(
            "usage", "--source", "web", "--format", "json", env=dict(self.kimi.environment)
        )
        self.kimi.wait_for_requests(1)
        second = self.home.start(
            "usage", "--source", "web", "--format", "json", env=dict(self.kimi.environment)
        )
        asked = wait_until(lambda: [r.path for r in self.kimi.requests].count(WEB_USAGES_PATH) == 2)
        self.assertTrue(asked, "both were to ask for the usage")
        self.assertEqual(self.left_behind(), [])
        self.kimi.release("www.kimi.com")
        for process in (first, second):
            self.assertEqual(process.wait(20), 0)
        self.assert_nothing_left()


def _kill(group: int) -> None:
    with contextlib.suppress(ProcessLookupError):  # it ended just now
        os.killpg(group, signal.SIGKILL)


if __name__ == "__main__":
    harness.main()
