"""Bars that draw continuously, with the provider "shell" and a clock that stands."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import uuid
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Optional

import documents
import harness
from fake_clock import FakeClock, wait_until

# A Tuesday at noon, and what is shown then: both countdowns change at the full minute.
NOON = datetime(2026, 1, 6, 12, 0, 0, tzinfo=timezone.utc)
MARK = "USAGELINE_TEST_RUN"

# Prints what answer() has stored, but waits for the gate to open, if there is one.
SHELL = """
echo asked >>"$HOME/asked"
test ! -p "$HOME/gate" || read -r _ <"$HOME/gate"
cat "$HOME/answer"
grep -qv '"error"' "$HOME/answer"
"""


def time_text(**ahead: float) -> str:
    return (NOON + timedelta(**ahead)).strftime("%Y-%m-%dT%H:%M:%SZ")


def usage(percent: float = 42, **resets: float) -> dict[str, Any]:
    """A snapshot of a 5-hour window that resets so long after noon (by default 2 h)."""
    window = documents.window(
        id="session",
        label="5-hour",
        usedPercent=percent,
        used=2 * percent,
        minutes=300,
        resetsAt=time_text(**(resets or {"hours": 2})),
    )
    return documents.snapshot(windows=[window])


def children_of(process: int) -> list[int]:
    path = Path(f"/proc/{process}/task/{process}/children")
    return [int(child) for child in path.read_text().split()]


class Bar:
    """A program that draws continuously, and what it has drawn."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines = harness.Lines(process.stdout)

    def next(self) -> str:
        line = self.lines.next()
        assert line is not None, "the output has ended"
        return line

    def json(self) -> Any:
        return json.loads(self.next())

    def until(self, line: str) -> None:
        """Reads lines up to this one, with or without the mark of a refresh: while the clock
        stands, the second of two refreshes has none."""
        seen = [self.next()]
        while seen[-1].replace(" ↻", "") != line:
            assert len(seen) < 20, f"{seen} and no {line}"
            seen.append(self.next())

    def until_class(self, name: str) -> Any:
        """The same for a line of Waybar with this class first."""
        line = self.json()
        while line["class"][0] != name:
            line = self.json()
        return line

    def children(self) -> list[int]:
        return children_of(self.process.pid)

    def type(self, text: str) -> None:
        """Writes on its standard input."""
        assert self.process.stdin
        self.process.stdin.write(text)
        self.process.stdin.flush()

    def end(self) -> None:
        """Reads the rest of the lines, until the output ends."""
        assert self.lines.next() is None, "a line more than there should be"
        self.process.wait(10)


class WatchTest(harness.TestCase):
    """At noon the provider has answered 42 %."""

    def setUp(self) -> None:
        self.home = documents.shell_home(self.enter(harness.Home()), SHELL)
        self.clock = FakeClock(self.home.root, NOON.timestamp())
        self.mark = uuid.uuid4().hex
        self.env: dict[str, Optional[str]] = {
            **self.clock.environment(harness.FAKE_CLOCK),
            MARK: self.mark,
            "NO_COLOR": "1",
        }
        self.answer(usage())
        self.addCleanup(self.kill_all)

    def answer(self, document: Any) -> None:
        documents.answer(self.home, document)

    @property
    def asked(self) -> int:
        return documents.times_asked(self.home)

    def run_program(self, *args: str, **env: Optional[str]) -> harness.Result:
        return self.home.run(*args, env={**self.env, **env})

    def refresh(self) -> None:
        """Refreshes from outside, as another bar would."""
        self.assertEqual(self.run_program("refresh").status, 0)

    def start(
        self,
        *args: str,
        bar: str = "polybar",
        env: Optional[dict[str, Optional[str]]] = None,
        **options: Any,
    ) -> Bar:
        command = (bar, "--watch", *args)
        return Bar(self.home.start(*command, env={**self.env, **(env or {})}, **options))

    def start_fresh(self, *args: str, first: Optional[str] = None, **options: Any) -> Bar:
        """Starts a bar whose store is fresh, and reads its first line."""
        self.refresh()
        bar = self.start(*args, **options)
        line = bar.next()
        if first is not None:
            self.assertEqual(line, first)
        return bar

    def settle(self, bar: Bar) -> None:
        """Waits until it has done everything that is due, with its refresh."""
        self.clock.settle(bar.process)
        wait_until(lambda: not bar.children(), "the end of a refresh")
        self.clock.settle(bar.process)

    def advance(self, bar: Bar, **time: float) -> None:
        self.clock.advance(timedelta(**time).total_seconds())
        self.settle(bar)

    def assert_silent(self, bar: Bar) -> None:
        """Asserts that no line has come since the last one: the next is one that it requests."""
        self.settle(bar)
        self.run_program("show", "toggle", "--bar", "polybar")
        self.run_program("show", "toggle", "--bar", "waybar")
        self.assertIn("left", bar.next())
        self.run_program("show", "reset", "--bar", "polybar")
        self.run_program("show", "reset", "--bar", "waybar")
        bar.next()

    def close_gate(self) -> None:
        """From now on the provider does not answer before open_gate()."""
        os.mkfifo(self.home.home / "gate")

    def open_gate(self) -> None:
        with (self.home.home / "gate").open("w") as gate:
            gate.write("go\n")
        (self.home.home / "gate").unlink()

    def wait_until_asked(self, times: int) -> None:
        wait_until(lambda: self.asked >= times, f"{times} questions to the provider")

    def alive(self) -> set[int]:
        """All processes that this test has started, also those with another parent now."""
        needle = f"{MARK}={self.mark}".encode()
        found = set()
        for folder in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if folder.name.isdigit() and needle in (folder / "environ").read_bytes():
                    found.add(int(folder.name))
        return found

    def wait_until_gone(self) -> None:
        wait_until(lambda: not self.alive(), "the end of all processes")

    def kill_all(self) -> None:
        for process in self.alive():
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
