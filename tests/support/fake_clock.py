"""The test's side of fake_clock.c: a clock that the test moves, lets sleep and sets."""

from __future__ import annotations

import mmap
import os
import struct
import subprocess
import time
from pathlib import Path
from typing import Callable, Optional

# As in struct page.
_FIELDS = ("stands", "advanced", "slept", "set", "changes", "hurries_until", "sleepers")
_SLEEPER = ("process", "wakeups", "looked", "target")
_MAX_SLEEPERS = 16
_SIZE = 8 * (len(_FIELDS) + _MAX_SLEEPERS * len(_SLEEPER))
_SECOND = 1_000_000

PATIENCE = 20.0


def wait_until(ask: Callable[[], bool], what: str, patience: float = PATIENCE) -> None:
    """Asks every millisecond, because nothing reports changes of memory and /proc."""
    end = time.monotonic() + patience
    while not ask():
        if time.monotonic() >= end:
            raise AssertionError(f"in vain waited for: {what}")
        time.sleep(0.001)


class FakeClock:
    """A clock in a file; programs that run in its environment() use it."""

    def __init__(self, folder: Path, stands: float = 0) -> None:
        """`stands`: seconds since 1970 at which it stands until it is moved; 0: it runs."""
        self._path = folder / "clock"
        with self._path.open("w+b") as file:
            file.truncate(_SIZE)
            self._page = mmap.mmap(file.fileno(), _SIZE)
        self._put("stands", int(stands * _SECOND))

    def environment(self, library: Path) -> dict[str, str]:
        """The variables for a program; a sanitizer's library may be loaded second."""
        options = [os.environ.get("ASAN_OPTIONS"), "verify_asan_link_order=0"]
        return {
            "LD_PRELOAD": str(library),
            "USAGELINE_FAKE_CLOCK": str(self._path),
            "ASAN_OPTIONS": ":".join(filter(None, options)),
        }

    def _get(self, field: str) -> int:
        return self._at(_FIELDS.index(field))

    def _at(self, index: int) -> int:
        return int(struct.unpack_from("q", self._page, 8 * index)[0])

    def _put(self, field: str, value: int) -> None:
        struct.pack_into("q", self._page, 8 * _FIELDS.index(field), value)

    def _add(self, field: str, seconds: float) -> None:
        self._put(field, self._get(field) + int(seconds * _SECOND))
        self._put("changes", self._get("changes") + 1)

    def now(self) -> float:
        """Seconds since 1970 by the wall clock."""
        return self._wall() / _SECOND

    def _wall(self) -> int:
        real = self._get("stands") or int(time.time() * _SECOND)
        return real + sum(self._get(field) for field in ("advanced", "slept", "set"))

    def advance(self, seconds: float) -> None:
        """Lets time pass."""
        self._add("advanced", seconds)

    def suspend(self, seconds: float) -> None:
        """Lets the machine sleep for so long, and wake."""
        self._add("slept", seconds)

    def set(self, seconds: float) -> None:
        """Sets the clock forward or back."""
        self._add("set", seconds)

    def hurry(self, process: subprocess.Popen[str], seconds: float, patience: float = 600) -> None:
        """Lets so much time pass as fast as the process can follow."""
        end = self._get("advanced") + int(seconds * _SECOND)
        self._put("hurries_until", end)
        wait_until(
            lambda: self._get("advanced") >= end or process.poll() is not None,
            "the end of the time that is to pass",
            patience,
        )
        self.settle(process)

    def _sleeper(self, process: subprocess.Popen[str], field: str) -> Optional[int]:
        for number in range(min(self._get("sleepers"), _MAX_SLEEPERS)):
            first = len(_FIELDS) + number * len(_SLEEPER)
            if self._at(first) == process.pid:
                return self._at(first + _SLEEPER.index(field))
        return None

    def settle(self, process: subprocess.Popen[str]) -> None:
        """Waits until the process has done everything that is due, and sleeps."""
        self._put("changes", self._get("changes") + 1)
        changes = self._get("changes")
        wait_until(
            lambda: self._sleeper(process, "looked") == changes or process.poll() is not None,
            "a process that has gone to sleep",
        )
        assert process.poll() is None, f"the process ended with {process.returncode}"

    def wakeups(self, process: subprocess.Popen[str]) -> int:
        return self._sleeper(process, "wakeups") or 0

    def rings_in(self, process: subprocess.Popen[str]) -> float:
        """Seconds until the process wakes by itself."""
        self.settle(process)
        target = self._sleeper(process, "target")
        assert target
        return (target - self._wall()) / _SECOND
