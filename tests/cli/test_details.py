"""usageline details: the tooltip as a notification, or on stdout where none can be shown."""

from __future__ import annotations

import html
import json
import os
import re
import sys
from pathlib import Path
from typing import Any, Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import documents  # noqa: E402
import harness  # noqa: E402
from notification_server import NotificationServer  # noqa: E402

# Keeps its input and how it was called, for the test.
NOTIFY = '#!/bin/sh\necho "$# $0" >"$HOME/called"; cat >"$HOME/notified"\n'
NO_SERVER = 3


def words(text: str) -> list[str]:
    """The words of a text, without gauges and the spaces between columns."""
    return re.findall(r"[^\s·━─]+", text)


class DetailsTest(harness.TestCase):
    def setUp(self) -> None:
        self.home = documents.shell_home(self.enter(harness.Home()))
        documents.answer(self.home, documents.snapshot(plan="Moderato", source="api-key"))

    def notifier(self, script: str = NOTIFY) -> None:
        path = self.home.root / "plugins" / "usageline-notify"
        path.write_text(script, encoding="utf-8")
        path.chmod(0o755)

    def details(self, *args: str, **env: Optional[str]) -> harness.Result:
        return self.home.run("details", *args, env=env)

    def notified(self, *args: str) -> Any:
        """Runs details, which prints nothing; gives what the notifier gets."""
        self.assertEqual(self.details(*args), harness.Result(0, "", ""))
        return json.loads((self.home.home / "notified").read_text("utf-8"))


class NotifiedTest(DetailsTest):
    def setUp(self) -> None:
        super().setUp()
        self.notifier()

    def test_the_title_and_the_rest(self) -> None:
        shown = self.notified()
        body = shown.pop("body")
        expected = {"id": "details", "summary": "Shell · Moderato", "urgency": "normal"}
        self.assertEqual(shown, expected)
        self.assertRegex(body, r"^Weekly 42% · 84/200 · resets .*, in .*\nupdated just now · api-key$")
        self.assertEqual(words(f"{shown['summary']} {body}"), words(self.home.run("usage").stdout))
        self.assertEqual((self.home.home / "called").read_text("utf-8")[:2], "0 ")

    def test_it_asks_only_if_the_numbers_are_too_old(self) -> None:
        self.notified()
        self.notified()
        self.assertEqual(documents.times_asked(self.home), 1)

    def test_a_right_click_on_a_block_shows_it(self) -> None:
        os.mkfifo(self.home.home / "fifo")
        self.notifier(NOTIFY + 'echo done >"$HOME/fifo"\n')
        for variable in ("BLOCK_BUTTON", "button"):
            line = self.home.run("i3blocks", env={variable: "3"})
            self.assertEqual(line.stdout.splitlines()[1], "Shell 42%")
            self.assertEqual((self.home.home / "fifo").read_text("utf-8"), "done\n")
            shown = json.loads((self.home.home / "notified").read_text("utf-8"))
            self.assertTrue(shown["id"].startswith("details"))

    def test_a_bar_has_a_notification_of_its_own(self) -> None:
        self.assertEqual(self.notified("--bar", "polybar")["id"], "details-polybar")
        self.assertEqual(self.notified("-b", "i3blocks")["id"], "details-i3blocks")

    def test_the_tooltip_is_that_of_the_configuration(self) -> None:
        bars = {"polybar": {"tooltipFormat": "{icon}\\n<{weekly_pct}>", "icon": "P"}}
        settings = {"tooltipFormat": "T {name}\\nx", "bars": bars}
        self.home.config({"providers": [{"id": "shell"}], **settings})
        shown = self.notified("--bar", "polybar")
        self.assertEqual((shown["summary"], shown["body"]), ("P", "<42>"))
        for args in ((), ("--bar", "i3blocks")):
            shown = self.notified(*args)
            self.assertEqual((shown["summary"], shown["body"]), ("T Shell", "x"))

    def test_an_empty_tooltip_still_has_a_title(self) -> None:
        self.home.config({"providers": [{"id": "shell"}], "tooltipFormat": " "})
        shown = self.notified()
        self.assertEqual((shown["summary"], shown.get("body")), ("shell", None))

    def test_an_error_is_shown(self) -> None:
        documents.answer(self.home, documents.error("auth", "sign in & again"))
        self.assertIn("sign in & again", self.notified()["body"])
        self.home.config("{")
        self.assertIn("config.json:1:", self.notified()["body"])

    def test_another_provider(self) -> None:
        self.assertEqual(self.notified("--provider", "demo")["summary"], "Demo · Demo")


class NotShownTest(DetailsTest):
    def assert_printed(self, result: harness.Result, reason: str) -> None:
        self.assertEqual(result.status, 1)
        self.assertEqual(words(result.stdout), words(self.home.run("usage").stdout))
        self.assertRegex(result.stderr, r"\Ausageline: no notification can be shown: [^\n]+\n\Z")
        self.assertIn(reason, result.stderr)

    def test_no_server_is_there(self) -> None:
        self.notifier("#!/bin/sh\necho 'usageline-notify: nobody is there' >&2; exit 3\n")
        self.assert_printed(self.details(), "shown: nobody is there")

    def test_it_refuses(self) -> None:
        self.notifier("#!/bin/sh\nexit 1\n")
        self.assert_printed(self.details(), "does not say why")

    def test_it_is_not_installed(self) -> None:
        prefix = self.home.root / "bin"
        prefix.mkdir()
        program = prefix / "usageline"
        program.write_bytes(harness.PROGRAM.read_bytes())
        program.chmod(0o755)
        result = self.home.run("details", program=program)
        self.assert_printed(result, "no executable usageline-notify in ")

    def test_wrong_arguments(self) -> None:
        for args in (("--bar", "dwm"), ("more",), ("--provider", "../x"), ("--nonsense",)):
            with self.subTest(args):
                result = self.details(*args)
                self.assertEqual((result.status, result.stdout), (2, ""))
                self.assertIn(args[-1].lstrip("-"), result.stderr)

    def test_no_provider_is_enabled(self) -> None:
        self.home.config({"providers": [{"id": "shell", "enabled": False}]})
        result = self.details()
        self.assertEqual((result.status, result.stdout), (1, ""))
        self.assertIn("no provider is enabled", result.stderr)


class RealTest(DetailsTest):
    def setUp(self) -> None:
        super().setUp()
        if not (harness.PLUGIN_DIR / "usageline-notify").exists():
            harness.skip("needs a build with GIO")

    def test_a_server_shows_the_latest_alone(self) -> None:
        folder = self.home.root / "session"
        with NotificationServer(folder) as server:
            for plan in ("One", "<b>Two & Three</b>"):
                documents.answer(self.home, documents.snapshot(plan=plan))
                self.home.run("refresh")
                result = self.details("--bar", "polybar", **server.environment)
                self.assertEqual(result, harness.Result(0, "", ""))
            (shown,) = server.shown()
        self.assertEqual(shown["summary"], "Shell · <b>Two & Three</b>")
        said = f"{shown['summary']} {html.unescape(shown['body'])}"
        self.assertEqual(words(said), words(self.home.run("usage").stdout))

    def test_without_a_bus_it_is_printed(self) -> None:
        result = self.details()
        self.assertEqual(result.status, 1)
        self.assertIn("the session bus can't be reached", result.stderr)
        self.assertIn("Weekly", result.stdout)


if __name__ == "__main__":
    harness.main()
