#!/usr/bin/env python3
"""What `usageline BAR --watch` costs in a simulated week.

    benchmarks/watch.py [--build build] [--bar BAR] [--days 7] [--check] [--json FILE]

It runs on the clock of tests/support/fake_clock.c: when the program sleeps, the time passes at
once, and it does all that it would do in that time: each tick, each refresh by the demo provider.
--check fails if it wakes more than twice a minute or needs too much memory.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Callable

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT / "tests" / "support"))

from fake_clock import FakeClock  # noqa: E402

BARS = ("waybar", "i3blocks", "polybar")
BEGIN = 1767700800  # 2026-01-06T12:00:00Z
DAY = 86400
MINUTES_OF_A_DAY = DAY / 60

MAX_WAKEUPS = 2.0  # per minute
MAX_PRIVATE = 3 * 1024  # KiB
MAX_GROWTH = 64  # KiB between the end of the first day (or quarter, if that is less) and the end


def make_environment(home: Path, plugins: Path, clock: dict[str, str]) -> dict[str, str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "TZ": "UTC"}
    for variable in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"):
        folder = home / variable
        folder.mkdir()
        environment[variable] = str(folder)
    return {**environment, "USAGELINE_PLUGIN_DIR": str(plugins), **clock}


def memory_of(process: subprocess.Popen[str]) -> dict[str, int]:
    """KiB."""
    folder = Path("/proc", str(process.pid))
    text = (folder / "status").read_text() + (folder / "smaps_rollup").read_text()

    def kib(name: str) -> int:
        return sum(int(n) for n in re.findall(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE))

    # What it has in common with a refresh that it has just forked is its own as well.
    dirty = kib("Private_Dirty") + kib("Shared_Dirty")
    return {"private": dirty + kib("Private_Clean"), "dirty": dirty, "peak": kib("VmHWM")}


class Counter:
    """Reads an output, so that its writer is not blocked, and counts the lines."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout
        self.lines = 0
        self._stream = process.stdout
        self._thread = threading.Thread(target=self._read)
        self._thread.start()

    def _read(self) -> None:
        for _ in self._stream:
            self.lines += 1

    def finish(self) -> int:
        self._thread.join()
        return self.lines


def measure_bar(build: Path, library: Path, bar: str, days: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        clock = FakeClock(home, BEGIN)
        environment = make_environment(
            home, build / "libexec" / "usageline", clock.environment(library))
        command = [str(build / "bin" / "usageline"), bar, "--watch", "--provider", "demo",
                   "--format", "{session_pct}% {session_reset}"]
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        counter = Counter(process)
        try:
            clock.settle(process)
            begin = min(DAY, days * DAY / 4)
            clock.hurry(process, begin)
            first = memory_of(process)
            clock.hurry(process, days * DAY - begin)
            last = memory_of(process)
            wakeups = clock.wakeups(process)
        finally:
            process.kill()
            process.wait()
        return {
            "wakeups_per_minute": round(wakeups / (days * MINUTES_OF_A_DAY), 2),
            "lines_per_day": round(counter.finish() / days),
            "private_kib_before": first["private"],
            "private_kib": last["private"],
            "growth_kib": last["dirty"] - first["dirty"],
            "peak_kib": last["peak"],
        }


def print_costs(bar: str, result: dict[str, float], days: int) -> None:
    first = "day 1" if days >= 4 else "the first quarter"
    rows = [
        ("wake-ups per minute", f"{result['wakeups_per_minute']:.2f}", f"goal: {MAX_WAKEUPS:.0f}"),
        ("lines per day", f"{result['lines_per_day']:.0f}", ""),
        ("its own memory", f"{result['private_kib']:.0f}",
         f"KiB at the end of day {days} (goal: {MAX_PRIVATE}); "
         f"{result['private_kib_before']:.0f} at the end of {first}"),
        ("growth", f"{result['growth_kib']:.0f}", f"KiB since {first} (goal: {MAX_GROWTH})"),
        ("peak memory", f"{result['peak_kib']:.0f}", "KiB, with what it shares with others"),
    ]
    for what, value, detail in rows:
        print(f"{bar + ': ' + what:<30} {value:>8}   {detail}")


def complaints(bar: str, result: dict[str, float]) -> list[str]:
    limits = [
        ("wakeups_per_minute", MAX_WAKEUPS),
        ("private_kib", MAX_PRIVATE),
        ("growth_kib", MAX_GROWTH),
    ]
    found = [
        f"{bar}: {name} is {result[name]}, more than {limit}"
        for name, limit in limits
        if result[name] > limit
    ]
    # A line a minute: with fewer, it has slept through some.
    if result["lines_per_day"] < 0.9 * MINUTES_OF_A_DAY:
        found.append(f"{bar}: only {result['lines_per_day']} lines a day")
    return found


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, default=PROJECT / "build")
    parser.add_argument("--bar", choices=BARS, help="of this one alone")
    parser.add_argument("--days", type=int, default=7)
    parser.add_argument("--check", action="store_true", help="fail if a limit is exceeded")
    parser.add_argument("--json", type=Path, help="write the results here too")
    return parser.parse_args()


def main(measure: Callable[[Path, Path, str, int], dict[str, float]] = measure_bar) -> int:
    arguments = parse_arguments()
    library = arguments.build / "tests" / "libfake-clock.so"
    if not library.exists():
        sys.exit(f"there is no {library}: build with BUILD_TESTING=ON")
    results = {}
    for bar in (arguments.bar,) if arguments.bar else BARS:
        results[bar] = measure(arguments.build.resolve(), library.resolve(), bar, arguments.days)
        print_costs(bar, results[bar], arguments.days)
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=2) + "\n")
    wrong = [text for bar, result in results.items() for text in complaints(bar, result)]
    for text in wrong if arguments.check else []:
        print(text, file=sys.stderr)
    return 1 if arguments.check and wrong else 0


if __name__ == "__main__":
    sys.exit(main())
