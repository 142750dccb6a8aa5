#!/usr/bin/env python3
"""Reports which lines of the programs the tests have run, by folder.

    tests/support/coverage.py [--build build-coverage] [--minimum PERCENT] [--missed]

The build is one of the preset `coverage` whose tests have been run. --missed lists the lines that
no test has run; a total below the minimum is a failure. Lines that run only in a process which is
killed or ends by _exit() count as missed. Needs gcov, which comes with gcc.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections import defaultdict
from pathlib import Path
from typing import Iterator

PROJECT = Path(__file__).resolve().parents[2]
FOLDERS = ("common", "waybar", "i3blocks", "polybar", "cli", "plugins")

Counts = dict[int, int]  # how often each line that can run was run


def read_reports(build: Path) -> Iterator[dict]:
    """gcov's report on each object of the programs, also on those that never ran."""
    notes = [str(path) for folder in FOLDERS for path in sorted((build / folder).rglob("*.gcno"))]
    if not notes:
        sys.exit(f"{build} has no object that counts: build with `--preset coverage`")
    command = ["gcov", "--json-format", "--stdout", *notes]
    output = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=True)
    for line in output.stdout.splitlines():
        yield json.loads(line)


def count_lines(build: Path) -> dict[str, Counts]:
    """Counts by source, relative to the project; a header's lines count once for all its users."""
    sources: dict[str, Counts] = defaultdict(lambda: defaultdict(int))
    for report in read_reports(build):
        for entry in report["files"]:
            path = Path(report["current_working_directory"], entry["file"]).resolve()
            if path.is_relative_to(PROJECT):
                counts = sources[str(path.relative_to(PROJECT))]
                for line in entry["lines"]:
                    counts[line["line_number"]] += line["count"]
    return sources


def print_folders(sources: dict[str, Counts]) -> float:
    """Prints a row for each folder and one for all; returns the percentage of all."""
    folders: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for name, counts in sources.items():
        for row in (str(Path(name).parent), "all"):
            folders[row][0] += sum(1 for count in counts.values() if count)
            folders[row][1] += len(counts)
    for row, (ran, lines) in sorted(folders.items(), key=lambda item: (item[0] == "all", item[0])):
        print(f"{row:<28} {100 * ran / lines:6.1f} %  {ran:>5} of {lines:>5} lines")
    ran, lines = folders["all"]
    return 100 * ran / lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, default=PROJECT / "build-coverage")
    parser.add_argument("--minimum", type=float, default=0)
    parser.add_argument("--missed", action="store_true")
    arguments = parser.parse_args()
    sources = count_lines(arguments.build)
    if arguments.missed:
        for name, counts in sorted(sources.items()):
            for line in sorted(line for line, count in counts.items() if not count):
                print(f"{name}:{line}")
    percent = print_folders(sources)
    if percent < arguments.minimum:
        print(f"fewer lines than {arguments.minimum:g} % were run", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
