"""A kill at any moment of a refresh leaves only files that can be read, and blocks nobody."""

from __future__ import annotations

import json
import os
import random
import signal
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Iterator

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import documents
import harness

KILLS = 200
SEED = 20260106
# Large enough that writing it takes a moment, but still within the limits.
PADDING = [documents.window(id=f"window_{n}d", label="x" * 60) for n in range(30)]


def big_snapshot(percent: int) -> dict[str, object]:
    return documents.snapshot(windows=[documents.window(usedPercent=percent), *PADDING])


def children_of(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except FileNotFoundError:
        return []
    return [int(child) for child in children.split()]


def kill_all(process: subprocess.Popen[str]) -> None:
    """Kills the process, and the one that fetches for it in a session of its own."""
    for child in children_of(process.pid):
        try:
            os.killpg(child, signal.SIGKILL)
        except ProcessLookupError:
            pass
    process.kill()
    process.communicate()


class KillTest(harness.TestCase):
    def setUp(self) -> None:
        self.random = random.Random(SEED)
        self.home = documents.shell_home(self.enter(harness.Home()), 'cat "$HOME/answer"')
        documents.answer(self.home, big_snapshot(0))

    def stored_percent(self) -> int:
        return int(self.home.snapshot("shell")["windows"][0]["usedPercent"])

    def time_of_a_refresh(self) -> float:
        """How long it takes, in seconds."""
        times = []
        for _ in range(5):
            self.home.forget_asking()
            begin = time.monotonic()
            self.assertEqual(self.home.run("refresh").status, 0)
            times.append(time.monotonic() - begin)
        return statistics.median(times)

    def is_killed(self, command: str, within: float) -> bool:
        """Starts a command that fetches and kills it somewhere; whether it was still running."""
        process = self.home.start(command)
        try:
            process.wait(timeout=self.random.uniform(0, within))
        except subprocess.TimeoutExpired:
            kill_all(process)
            return True
        return False

    def kill_often(self, command: str, kills: int) -> Iterator[int]:
        """Kills the command so often; the caller checks what is left each time."""
        within = self.time_of_a_refresh()
        for number in range(20 * kills):
            documents.answer(self.home, big_snapshot(number))
            self.home.forget_asking()
            kills -= self.is_killed(command, within)
            yield number
            if kills == 0:
                return
        self.fail(f"{kills} are left to be killed: it ends before")

    def assert_readable(self) -> None:
        for path in self.home.cache.glob("*.json"):
            document = json.loads(path.read_text(encoding="utf-8"))
            self.assertEqual((document["schema"], document["provider"]), (1, "shell"), path)

    def test_a_kill_at_a_random_moment_of_a_refresh(self) -> None:
        last = 0
        for number in self.kill_often("refresh", KILLS):
            self.assert_readable()
            self.assertTrue(last <= self.stored_percent() <= number)
            if number % 4 == 0:
                self.home.forget_asking()
                self.assertEqual(self.home.run("refresh"), harness.Result(0, "", ""))
                self.assertEqual(self.stored_percent(), number)
            last = self.stored_percent()

    def test_a_kill_of_a_drawing_and_its_fetch(self) -> None:
        for _ in self.kill_often("waybar", KILLS // 4):
            self.assert_readable()
            self.home.forget_asking()
            self.assertEqual(self.home.run("refresh").status, 0)
            self.assertEqual(self.home.run("waybar").json()["class"][1:], ["fresh", "shell"])
            for path in self.home.cache.glob("*.json"):
                path.unlink()


if __name__ == "__main__":
    harness.main()
