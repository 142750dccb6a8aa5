"""A click that can't do anything says so in a notification: nobody sees what a bar's commands print."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import documents
import harness
from fake_clock import wait_until

# Keeps its input for the test.
NOTIFY = '#!/bin/sh\ncat >"$HOME/whole" && mv "$HOME/whole" "$HOME/notified"\n'
NO_BROWSER = '#!/bin/sh\necho "no browser found" >&2; exit 3\n'
OFTEN = "may be asked again in"


class ClickErrorTest(harness.TestCase):
    def setUp(self) -> None:
        self.home = documents.shell_home(self.enter(harness.Home()))
        documents.answer(self.home, documents.snapshot(dashboard="https://shell.example/"))
        self.write(self.home.root / "plugins" / "usageline-notify", NOTIFY)

    def write(self, path: Path, script: str) -> None:
        path.write_text(script, encoding="utf-8")
        path.chmod(0o755)

    @property
    def notified(self) -> Any:
        """Waits for the notification and takes it away."""
        file = self.home.home / "notified"
        wait_until(file.exists, "a notification")
        shown = json.loads(file.read_text("utf-8"))
        file.unlink()
        self.assertEqual((shown["id"], shown["summary"]), ("click", "usageline"))
        return shown["body"]

    def assert_told(self, words: str, *args: str) -> None:
        result = self.home.run(*args)
        self.assertNotEqual(result.status, 0)
        self.assertIn(words, result.stderr)
        self.assertIn(words, self.notified)

    def refresh_too_often(self) -> None:
        for _ in range(5):
            self.assertEqual(self.home.run("refresh").status, 0)

    def test_nothing_else_to_show(self) -> None:
        for verb in ("next", "previous"):
            self.assert_told("nothing else to show", "show", verb, "--bar", "waybar")
        self.home.run("i3blocks", env={"BLOCK_BUTTON": "5"})
        self.assertIn("nothing else to show", self.notified)

    def test_a_refresh_that_is_not_allowed_yet(self) -> None:
        self.refresh_too_often()
        self.assert_told(OFTEN, "refresh", "--bar", "waybar")
        line = self.home.run("i3blocks", env={"BLOCK_BUTTON": "3"})
        self.assertEqual((line.status, line.stdout.split("\n")[0]), (0, "Shell 42% · 2d"))
        self.assertIn(OFTEN, self.notified)
        self.assertEqual(documents.times_asked(self.home), 5)

    def test_no_browser(self) -> None:
        tools = self.home.root / "bin"
        tools.mkdir()
        self.write(tools / "xdg-open", NO_BROWSER)
        env = {"PATH": f"{tools}:{os.environ['PATH']}"}
        result = self.home.run("open", "--bar", "waybar", env=env)
        self.assertEqual(result.status, 1)
        self.assertRegex(self.notified, "xdg-open failed; open it yourself: https://")
        self.home.run("i3blocks", env={**env, "BLOCK_BUTTON": "1"})
        self.assertIn("open it yourself", self.notified)

    def test_a_mistake_in_the_bar_s_configuration(self) -> None:
        self.assert_told("no bar", "open", "--bar", "xmobar")
        self.assert_told("say what to show", "show", "sideways", "--bar", "waybar")

    def test_without_a_bar_there_is_no_notification(self) -> None:
        self.refresh_too_often()
        self.write(self.home.root / "plugins" / "usageline-notify", '#!/bin/sh\ntouch "$HOME/notified"\n')
        self.assertIn(OFTEN, self.home.run("refresh").stderr)
        self.assertFalse((self.home.home / "notified").exists())


if __name__ == "__main__":
    harness.main()
