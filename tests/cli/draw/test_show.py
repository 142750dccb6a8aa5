"""usageline show, and the buttons that i3blocks passes to a block's command in its environment."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import documents
import harness

INSTANCES = {
    "waybar": ["WAYBAR_OUTPUT_NAME"],
    "i3blocks": ["BLOCK_INSTANCE", "instance"],
    "polybar": ["MONITOR"],
}
WHOLE = "Shell 42% · 5h 7% · 2d"
WEEKLY = "Shell Weekly 42% · 2d"
SESSION = "Shell 5-hour 7% · 2d"


class ShowTest(harness.TestCase):
    def setUp(self) -> None:
        self.home = documents.shell_home(self.enter(harness.Home()))
        session = documents.window(id="session", label="5-hour", usedPercent=7, used=14)
        self.give(documents.window(), session)

    def give(self, *windows: Any) -> None:
        documents.answer(self.home, documents.snapshot(windows=list(windows)))
        self.assertEqual(self.home.run("refresh").status, 0)

    def show(self, *args: str, bar: str = "waybar", **env: Optional[str]) -> None:
        result = self.home.run("show", *args, "--bar", bar, env=env)
        self.assertEqual((result.status, result.stdout, result.stderr), (0, "", ""))

    def line(self, *args: str, bar: str = "waybar", **env: Optional[str]) -> str:
        result = self.home.run(bar, *args, env={"NO_COLOR": "1", **env})
        self.assertEqual((result.status, result.stderr), (0, ""))
        return str(result.json()["text"]) if bar == "waybar" else result.stdout.split("\n")[0]

    @property
    def file(self) -> Path:
        return self.home.cache / "bars.view.json"


class CircleTest(ShowTest):
    def test_round_and_back(self) -> None:
        for verb, lines in (
            ("next", [WEEKLY, SESSION, WHOLE, WEEKLY]),
            ("previous", [WHOLE, SESSION, WEEKLY, WHOLE]),
        ):
            for line in lines:
                self.show(verb)
                self.assertEqual(self.line(), line)

    def test_all_providers_that_are_enabled_and_there(self) -> None:
        ids = ("shell", "missing", "demo")
        self.home.config({"providers": [{"id": name} for name in ids]})
        lines = []
        for _ in range(5):
            self.show("next")
            lines.append(self.line())
        self.assertEqual(lines[:2], [WEEKLY, SESSION])
        self.assertTrue(lines[2].startswith("Demo "), lines)
        self.assertTrue(lines[3].startswith("Demo Weekly "), lines)
        self.assertTrue(lines[4].startswith("Demo 5-hour "), lines)

    def test_only_the_provider_that_the_bar_shows(self) -> None:
        self.home.config({"providers": [{"id": "demo"}, {"id": "shell"}]})
        for line in (WEEKLY, SESSION, WHOLE):
            self.show("next", "--provider", "shell")
            self.assertEqual(self.line("--provider", "shell"), line)

    def test_toggle_and_reset(self) -> None:
        self.show("toggle")
        self.assertEqual(self.line(), "Shell 58% · 5h 93% left · 2d")
        self.assertEqual(self.line("--remaining"), WHOLE)
        self.show("next")
        self.assertEqual(self.line(), "Shell Weekly 58% left · 2d")
        self.show("reset")
        self.assertEqual(self.line(), WHOLE)

    def test_instances(self) -> None:
        for bar, variables in INSTANCES.items():
            for variable in variables:
                with self.subTest(variable):
                    self.show("reset", bar=bar)
                    self.show("next", bar=bar, **{variable: "DP-1"})
                    self.assertEqual(self.line(bar=bar, **{variable: "DP-1"}), WEEKLY)
                    self.assertEqual(self.line("--instance", "DP-1", bar=bar), WEEKLY)
                    self.assertEqual(self.line(bar=bar, **{variable: "DP-2"}), WHOLE)
                    self.assertEqual(self.line(bar=bar), WHOLE)
                    self.show("next", "--instance", "DP-2", bar=bar, **{variable: "DP-1"})
                    self.assertEqual(self.line(bar=bar, **{variable: "DP-2"}), WEEKLY)
                    self.show("reset", bar=bar)
                    self.assertEqual(self.line(bar=bar, **{variable: "DP-1"}), WHOLE)


class HarmTest(ShowTest):
    def choose(self, **choice: Any) -> None:
        document = {"schema": 1, "choices": [{"bar": "waybar", "instance": "", **choice}]}
        self.file.write_text(json.dumps(document))

    def test_a_window_that_has_gone(self) -> None:
        self.choose(window="monthly")
        self.assertEqual(self.line(), WHOLE)
        self.show("next")
        self.assertEqual(self.line(), WEEKLY)
        self.give(documents.window(id="session", label="5-hour", usedPercent=7))
        self.assertEqual(self.line(), "Shell 5h 7% · 2d")

    def test_a_provider_that_has_gone(self) -> None:
        self.home.config({"providers": [{"id": "shell"}, {"id": "off", "enabled": False},
                                        {"id": "removed"}]})
        for provider in ("off", "removed", "unknown", "../shell", ""):
            with self.subTest(provider):
                self.choose(provider=provider)
                self.assertEqual(self.line(), WHOLE)
                self.show("next")
                self.assertEqual(self.line(), WEEKLY)

    def test_rubbish(self) -> None:
        for text in ("", "{", "[]", "3", '{"choices": "no"}', '{"choices": [[], 3, null]}',
                     " " * 10_000_000, "\0", "[" * 100_000):
            with self.subTest(text[:30]):
                self.file.write_text(text)
                self.assertEqual(self.line(), WHOLE)
                self.show("next")
                self.assertEqual(self.line(), WEEKLY)

    def test_values_of_wrong_types(self) -> None:
        self.choose(provider=3, window=["weekly"], flipped="yes")
        self.assertEqual(self.line(), WHOLE)
        self.choose(window="w" * 50_000, flipped=None)
        self.assertEqual(self.line(), WHOLE)

    def test_wrong_arguments_are_reported(self) -> None:
        for arguments in (
            ("next",),
            ("next", "--bar", "xmobar"),
            ("--bar", "waybar"),
            ("sideways", "--bar", "waybar"),
            ("next", "next", "--bar", "waybar"),
            ("next", "--bar", "waybar", "--provider", "../x"),
            ("next", "--bar", "waybar", "--instance", "x" * 100_000),
        ):
            with self.subTest(arguments[:4]):
                result = self.home.run("show", *arguments)
                self.assertEqual((result.status, result.stdout), (2, ""))
                self.assertIn("usageline: ", result.stderr)
        self.assertEqual(self.line(), WHOLE)

    def test_nothing_is_enabled(self) -> None:
        self.home.config({"providers": [{"id": "shell", "enabled": False}]})
        result = self.home.run("show", "next", "--bar", "waybar")
        self.assertEqual(result.status, 2)
        self.assertIn("no provider is enabled", result.stderr)


class ButtonTest(ShowTest):
    """A block without interval=persist: i3blocks runs its command anew for a click."""

    def click(self, button: str, variable: str = "BLOCK_BUTTON") -> str:
        result = self.home.run("i3blocks", env={"NO_COLOR": "1", variable: button})
        self.assertEqual((result.status, result.stderr), (0, ""))
        return result.stdout.split("\n")[0]

    def test_the_wheel_and_the_middle_button(self) -> None:
        for variable in ("BLOCK_BUTTON", "button"):
            self.assertEqual(self.click("5", variable), WEEKLY)
            self.assertEqual(self.click("4", variable), WHOLE)
            self.assertEqual(self.click("2", variable), "Shell 58% · 5h 93% left · 2d")
            self.assertEqual(self.click("2", variable), WHOLE)
        self.assertEqual(documents.times_asked(self.home), 1)

    def test_the_right_button_refreshes(self) -> None:
        self.click("3")
        self.assertEqual(documents.times_asked(self.home), 2)

    def test_other_buttons_and_rubbish(self) -> None:
        for button in ("", "0", "8", "-1", "x", "99999999999999999999"):
            self.assertEqual(self.click(button), WHOLE)
        self.assertEqual(documents.times_asked(self.home), 1)


if __name__ == "__main__":
    harness.main()
