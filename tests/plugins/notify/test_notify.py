"""usageline-notify without a notification server: it fails quickly, quietly and safely."""

from __future__ import annotations

import json
import os
import socket
import sys
import time
from pathlib import Path
from typing import Any, Dict, Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

GOOD = {"id": "test", "summary": "Title", "body": "Text", "urgency": "low", "timeout": 5000}
NO_SERVER = 3


class NotifyTest(harness.TestCase):
    def setUp(self) -> None:
        self.home = self.enter(harness.Home())

    def notify(self, document: Any, *args: str, **env: Optional[str]) -> harness.Result:
        text = document if isinstance(document, str) else json.dumps(document)
        program = harness.PLUGIN_DIR / "usageline-notify"
        result = self.home.run(*args, program=program, stdin=text, env=env)
        self.assertEqual(result.stdout if not args else "", "")
        return result

    def assert_one_line(self, result: harness.Result, status: int, part: str) -> None:
        self.assertEqual(result.status, status, result.stderr)
        self.assertRegex(result.stderr, r"\Ausageline-notify: [^\n]+\n\Z")
        self.assertIn(part, result.stderr)


class NoBusTest(NotifyTest):
    def assert_no_bus(self, **env: Optional[str]) -> None:
        """Also asserts that no bus was started, which would need dbus-launch."""
        folder = self.home.root / "bin"
        folder.mkdir(exist_ok=True)
        launcher = folder / "dbus-launch"
        launcher.write_text(f"#!/bin/sh\ntouch {self.home.root}/launched\n", encoding="utf-8")
        launcher.chmod(0o755)
        path = f"{folder}:{os.environ['PATH']}"
        begin = time.monotonic()
        result = self.notify(GOOD, PATH=path, DISPLAY=":0", **env)
        self.assertLess(time.monotonic() - begin, 1.5)
        self.assert_one_line(result, NO_SERVER, "the session bus can't be reached")
        self.assertFalse((self.home.root / "launched").exists())

    def test_there_is_no_address(self) -> None:
        self.assert_no_bus()
        self.assert_no_bus(XDG_RUNTIME_DIR=None)

    def test_the_address_leads_nowhere(self) -> None:
        self.assert_no_bus(DBUS_SESSION_BUS_ADDRESS=f"unix:path={self.home.root}/none")

    def test_the_address_is_nonsense(self) -> None:
        self.assert_no_bus(DBUS_SESSION_BUS_ADDRESS="nonsense")

    def test_the_address_would_start_one(self) -> None:
        self.assert_no_bus(DBUS_SESSION_BUS_ADDRESS="autolaunch:")
        self.assert_no_bus(DBUS_SESSION_BUS_ADDRESS="unix:path=/none;autolaunch:")

    def test_something_else_is_in_its_place(self) -> None:
        (self.home.runtime_dir / "bus").write_text("no socket", encoding="utf-8")
        self.assert_no_bus()

    def test_nobody_is_behind_the_socket(self) -> None:
        with socket.socket(socket.AF_UNIX) as bus:
            bus.bind(str(self.home.runtime_dir / "bus"))
            self.assert_no_bus()

    def test_the_bus_says_nothing(self) -> None:
        with socket.socket(socket.AF_UNIX) as bus:
            bus.bind(str(self.home.runtime_dir / "bus"))
            bus.listen()
            begin = time.monotonic()
            result = self.notify(GOOD)
        self.assertTrue(1.5 < time.monotonic() - begin < 5)
        self.assert_one_line(result, NO_SERVER, "it does not answer")

    def test_nothing_is_left_behind(self) -> None:
        self.assert_no_bus()
        self.assertEqual(list(harness.walk_files(self.home.runtime_dir)), [])
        self.assertEqual(list(harness.walk_files(self.home.cache_home)), [])


class InputTest(NotifyTest):
    def assert_refused(self, document: Any, part: str) -> None:
        self.assert_one_line(self.notify(document), 1, part)

    def change(self, **changes: Any) -> Dict[str, Any]:
        return {**GOOD, **changes}

    def test_what_is_no_notification(self) -> None:
        for document in ("", "{", "[]", "null", '"text"', "{} {}", '{"id":"a\\u0000"}', "\x1b[2J"):
            with self.subTest(document):
                self.assert_refused(document, "this is no notification")
        self.assert_refused("[" * 5000, "this is no notification")

    def test_each_value_is_checked(self) -> None:
        for name, values in {
            "id": (None, "", 1, "a b", "../x", "ä", "x" * 65, []),
            "summary": (None, "", 1, {}),
            "body": (1, [], True),
            "urgency": ("", "urgent", 1, []),
            "timeout": (0, -1, 86400001, 1e300, "1", []),
        }.items():
            for value in values:
                with self.subTest(name=name, value=value):
                    self.assert_refused(self.change(**{name: value}), f'"{name}" must be')

    def test_what_can_be_left_out(self) -> None:
        for document in (
            {"id": "a", "summary": "b"},
            self.change(more="to come"),
            self.change(timeout=86400000, id="x" * 64),
        ):
            self.assert_one_line(self.notify(document), NO_SERVER, "session bus")

    def test_how_much_is_read(self) -> None:
        frame = len(json.dumps(self.change(body="")))
        just = self.change(body="x" * (64 * 1024 - frame))
        self.assert_one_line(self.notify(just), NO_SERVER, "session bus")
        self.assert_refused(json.dumps(just) + " ", "more than 65536 bytes")

    def test_text_in_arguments_is_refused(self) -> None:
        result = self.notify(GOOD, "Title")
        self.assertEqual((result.status, result.stdout), (2, ""))
        self.assertIn("Usage:", result.stderr)
        self.assertRegex(self.notify(GOOD, "--version").stdout, r"^usageline-notify \d")

    def test_an_input_without_end_is_not_awaited_for_ever(self) -> None:
        program = harness.PLUGIN_DIR / "usageline-notify"
        process = self.home.start(program=program, stdin=-1)
        self.assertEqual(process.wait(12), NO_SERVER)
        assert process.stderr
        self.assertEqual(process.stderr.read(), "usageline-notify: it took too long\n")


if __name__ == "__main__":
    harness.main()
