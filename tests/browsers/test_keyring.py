"""A real Chromium with its password in a real GNOME keyring: open, locked, silent, empty, gone."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import time
from pathlib import Path
from typing import Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import harness  # noqa: E402
from browser_case import BrowserTestCase, new_template  # noqa: E402
from browsers import Chromium, decrypt, need  # noqa: E402
from fake_kimi import FakeKimi  # noqa: E402
from session import KEYRING_PROGRAMS, Keyring, Session  # noqa: E402

ATTRIBUTES = ("application", "chromium")
PATIENCE = 3.0  # seconds for a whole run; the keyring's share is two

template: Optional[harness.Home] = None
token = password = ""


def setUpModule() -> None:
    global template, token, password
    need(*Chromium.PROGRAMS, *KEYRING_PROGRAMS)
    template = new_template()
    with FakeKimi() as kimi, Session(template.root / "session") as session:
        token = kimi.token
        with Keyring(session, template.root / "keyrings") as keyring:
            Chromium(template, "gnome-libsecret", session.environment).sign_in(kimi)
            password = keyring.lookup(*ATTRIBUTES)


class KeyringTest(BrowserTestCase):
    def setUp(self) -> None:
        assert template
        self.TEMPLATE = template
        super().setUp()
        self.secrets |= {token, password}
        self.session = self.enter(Session(self.home.root / "session"))
        shutil.copytree(template.root / "keyrings", self.home.root / "keyrings")

    def keyring(self, locked: bool = False) -> Keyring:
        return self.enter(Keyring(self.session, self.home.root / "keyrings", locked))

    def error_in_time(self, *parts: str) -> str:
        """The error comes soon, and nobody was asked for a password."""
        before = time.monotonic()
        message = self.error(*parts, **self.session.environment)
        self.assertLess(time.monotonic() - before, PATIENCE)
        self.assert_no_prompt()
        return message

    def assert_no_prompt(self) -> None:
        asked = [call for call in self.session.calls() if "Prompt" in call]
        self.assertEqual(asked, [])

    def test_the_store_is_as_documented(self) -> None:
        blobs = {name: blob for _, name, _, blob, _ in Chromium(self.home).cookies()}
        self.assertEqual(blobs["kimi-auth"][:3], b"v11")
        self.assertEqual(decrypt("www.kimi.com", blobs["kimi-auth"], password), token)

    def test_an_open_keyring_gives_the_password(self) -> None:
        self.keyring()
        self.assert_asks_with(token, **self.session.environment)
        self.assert_no_prompt()
        self.assert_nothing_left()

    def test_a_locked_keyring_is_reported_soon_and_opens_no_dialog(self) -> None:
        self.keyring(locked=True)
        self.error_in_time("locked", "keyring", "login")

    def test_the_doctor_reports_a_locked_keyring(self) -> None:
        self.keyring(locked=True)
        result = self.run_usageline("doctor", **self.session.environment)
        self.assertIn("locked", result.stdout)
        self.assert_no_prompt()

    def test_a_bar_is_drawn_soon_with_a_locked_keyring(self) -> None:
        self.keyring(locked=True)
        before = time.monotonic()
        line = self.run_usageline("waybar", **self.session.environment).json()
        self.assertLess(time.monotonic() - before, PATIENCE)
        self.assertIn("locked", line["tooltip"])
        self.assert_no_prompt()

    def test_a_keyring_that_does_not_answer_costs_two_seconds(self) -> None:
        self.keyring()
        for pid in self.session.processes.named("gnome-keyring-daemon"):
            os.kill(pid, signal.SIGSTOP)
        try:
            self.error_in_time("keyring")
        finally:
            for pid in self.session.processes.alive():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)

    def test_a_keyring_without_the_password_is_reported(self) -> None:
        self.keyring().clear(*ATTRIBUTES)
        self.error_in_time("chromium")

    def test_a_wrong_password_differs_from_a_missing_one(self) -> None:
        keyring = self.keyring()
        keyring.clear(*ATTRIBUTES)
        missing = self.error_in_time("chromium")
        keyring.store("another password", *ATTRIBUTES)
        self.assertNotEqual(self.error_in_time("chromium"), missing)

    def test_a_session_without_a_keyring_is_reported(self) -> None:
        self.error_in_time("keyring")

    def test_no_session_bus_is_reported(self) -> None:
        before = time.monotonic()
        self.error("keyring")
        self.assertLess(time.monotonic() - before, PATIENCE)

    def test_a_locked_keyring_does_not_hide_another_browser(self) -> None:
        """A second one, which needs no keyring."""
        self.keyring(locked=True)
        other = self.enter(harness.Home())
        Chromium(other).sign_in(self.kimi)
        shutil.copytree(Chromium(other).folder, self.home.config_home / "google-chrome")
        self.assert_asks_with(self.kimi.token, **self.session.environment)
        self.assert_no_prompt()


if __name__ == "__main__":
    harness.main()
