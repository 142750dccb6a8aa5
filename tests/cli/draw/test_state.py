"""--state: what a provider pretends, to style a bar with, and what that leaves alone."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import documents
import harness
from fake_clock import FakeClock
from watch_case import NOON, Bar

STATES = ("ok", "warning", "critical", "exhausted", "stale", "auth", "config", "plan", "network",
          "rate-limited", "server", "payload", "internal")
GOOD = STATES[:4]
DEMO = ("--provider", "demo", "--state")


def classes(state: str) -> list[str]:
    """The first classes of Waybar's line in this state."""
    if state in GOOD:
        return [state, "fresh"]
    return ["ok", "stale"] if state == "stale" else ["error", state]


class StateTest(harness.TestCase):
    def setUp(self) -> None:
        self.home = self.enter(harness.Home())
        self.clock = FakeClock(self.home.root, NOON.timestamp())
        self.env = self.clock.environment(harness.FAKE_CLOCK)

    def run_program(self, *args: str) -> harness.Result:
        return self.home.run(*args, env=self.env)

    def line(self, state: str) -> Any:
        result = self.run_program("waybar", *DEMO, state)
        self.assertEqual((result.status, result.stderr), (0, ""))
        return result.json()

    def test_each_state(self) -> None:
        for state in STATES:
            self.assertEqual(self.line(state)["class"][:2], classes(state))

    def test_each_command_takes_it(self) -> None:
        self.assertIn("! sign in", self.run_program("i3blocks", *DEMO, "auth").stdout)
        self.assertIn("! sign in", self.run_program("polybar", *DEMO, "auth").stdout)
        usage = self.run_program("usage", *DEMO, "exhausted")
        self.assertRegex(usage.stdout, r"5-hour .* 100%")

    def test_a_cycle_goes_through_all_one_after_another(self) -> None:
        seen = []
        for _ in range(len(STATES) + 1):
            seen.append(self.line("cycle")["class"][:2])
            self.clock.advance(5)
        first = seen.index(["ok", "fresh"]) % len(STATES)
        self.assertEqual(seen[first:-1] + seen[:first], [classes(state) for state in STATES])
        self.assertEqual(seen[-1], seen[0])

    def test_a_continuous_line_follows_the_cycle(self) -> None:
        bar = Bar(self.home.start("waybar", "--watch", *DEMO, "cycle", env=self.env))
        for _ in range(3):
            self.assertEqual(bar.json()["class"], self.line("cycle")["class"])
            self.clock.settle(bar.process)
            self.clock.advance(5)

    def test_nothing_is_stored(self) -> None:
        for state in ("critical", "rate-limited", "cycle"):
            self.line(state)
            self.run_program("usage", *DEMO, state)
        self.assertEqual(list(self.home.cache.glob("*")) if self.home.cache.exists() else [], [])

    def test_what_is_stored_is_left_alone(self) -> None:
        self.assertEqual(self.run_program("refresh", "--provider", "demo").status, 0)
        stored = {path: path.read_bytes() for path in self.home.cache.glob("demo*.json")}
        self.line("rate-limited")
        self.line("critical")
        self.assertEqual({path: path.read_bytes() for path in stored}, stored)
        line = self.run_program("waybar", "--provider", "demo").json()
        self.assertEqual(line["class"], ["ok", "fresh", "demo"])

    def test_clicks_change_nothing_and_are_not_drawn(self) -> None:
        line = ("i3blocks", "--provider", "demo", "--state", "critical")
        drawn = self.home.run(*line).stdout
        for button in ("2", "4"):
            self.assertEqual(self.home.run(*line, env={"BLOCK_BUTTON": button}).stdout, drawn)
        self.assertEqual(list(self.home.cache.glob("*view*")), [])
        self.home.run("usage", "--provider", "demo")
        self.home.run("show", "next", "--bar", "i3blocks")
        self.assertEqual(self.home.run(*line).stdout, drawn)

    def test_an_unknown_state_is_an_error_that_lists_those_that_exist(self) -> None:
        for command in ("waybar", "i3blocks", "polybar", "usage"):
            result = self.run_program(command, *DEMO, "criticl")
            self.assertEqual(result.status, 2)
            self.assertIn(f"one of {', '.join(STATES)}, cycle", result.stderr)
            self.assertEqual(command == "usage", "! check config" not in result.stdout)

    def test_a_provider_without_states(self) -> None:
        documents.shell_home(self.home)
        for provider in ((), ("--provider", "shell"), ("--provider", "none")):
            result = self.run_program("waybar", *provider, "--state", "ok")
            self.assertEqual(result.status, 2)
            self.assertIn(" ! ", result.json()["text"])
        self.home.plugin("shell", "echo '{}'")
        result = self.run_program("usage", "--state", "ok")
        self.assertEqual(result.status, 2)
        self.assertIn('"shell" has no states', result.stderr)


if __name__ == "__main__":
    harness.main()
