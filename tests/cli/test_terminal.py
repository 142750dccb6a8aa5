"""What people read in a terminal fits into it, from 30 columns on."""

from __future__ import annotations

import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import harness  # noqa: E402


class TerminalTest(harness.TestCase):
    def setUp(self) -> None:
        self.home = self.enter(harness.Home())

    def lines(self, columns: int, *args: str) -> list[str]:
        """What a terminal of so many columns gets, without colours."""
        _, text = self.home.run_on_terminal(*args, columns=columns)
        return re.sub(r"\x1b\[[0-9;]*m", "", text).rstrip("\n").split("\n")

    def assert_fits(self, columns: int, *args: str) -> list[str]:
        lines = self.lines(columns, *args)
        self.assertGreater(len(lines), 1, lines)
        for line in lines:
            if "/" not in line:  # a path is not cut
                self.assertLessEqual(len(line), max(columns, 30), line)
        return lines

    def test_usage_fits(self) -> None:
        for columns in (20, 30, 45, 60):
            with self.subTest(columns):
                self.assert_fits(columns, "usage", "--provider", "demo")
                self.assert_fits(columns, "usage", "--provider", "kimi")

    def test_what_goes_on_stands_below_its_column(self) -> None:
        lines = self.assert_fits(30, "usage", "--provider", "demo")
        at = next(i for i, line in enumerate(lines) if line.startswith("Weekly "))
        self.assertEqual(lines[at].index("━"), len(lines[at + 1]) - len(lines[at + 1].lstrip()))

    def test_nothing_is_wrapped_twice(self) -> None:
        lines = self.assert_fits(60, "usage", "--provider", "kimi")
        self.assertIn("  1. an API key, the only one that does not run out:", lines)

    def test_doctor_fits(self) -> None:
        for columns in (30, 80):
            with self.subTest(columns):
                self.assert_fits(columns, "doctor")

    def test_errors_fit(self) -> None:
        self.assert_fits(30, "refresh", "--provider", "nowhere")
        self.assert_fits(30, "config", "enable", "nowhere")

    def test_a_pipe_gets_whole_lines(self) -> None:
        result = self.home.run("refresh", "--provider", "nowhere")
        self.assertEqual(len(result.stderr.splitlines()), 1)


if __name__ == "__main__":
    harness.main()
