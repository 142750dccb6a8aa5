"""A real Chromium whose password is in KWallet, played by a fake that Chromium takes for it."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import harness  # noqa: E402
from browser_case import BrowserTestCase, new_template  # noqa: E402
from browsers import Chromium, decrypt, need  # noqa: E402
from fake_kimi import FakeKimi  # noqa: E402
from session import BUS_PROGRAMS, KWallet, Session, program  # noqa: E402

ENTRY = ("Chromium Keys", "Chromium Safe Storage")
SERVICES = ("org.kde.kwalletd6", "org.kde.kwalletd5")
PATIENCE = 3.0  # seconds for a whole run; the wallet's share is two

template: Optional[harness.Home] = None
token = password = ""


def setUpModule() -> None:
    """Chromium finds an empty wallet, and writes its password there."""
    global template, token, password
    need(*Chromium.PROGRAMS, *BUS_PROGRAMS, str(program()))
    template = new_template()
    with FakeKimi() as kimi, Session(template.root / "session") as session:
        token = kimi.token
        with KWallet(session) as wallet:
            plasma = {"XDG_CURRENT_DESKTOP": "KDE", "KDE_SESSION_VERSION": "6"}
            Chromium(template, "kwallet6", {**session.environment, **plasma}).sign_in(kimi)
            password = wallet.read(*ENTRY)


class KWalletTest(BrowserTestCase):
    def setUp(self) -> None:
        self.TEMPLATE = template
        super().setUp()
        self.secrets |= {token, password}
        self.session = self.enter(Session(self.home.root / "session"))

    def wallet(self, *options: str, name: str = SERVICES[0], secret: str = "") -> None:
        entries = {ENTRY: secret or password}
        self.enter(KWallet(self.session, entries, name, options))

    def calls(self) -> list[str]:
        return [call.rpartition(".")[2] for call in self.session.calls() if "KWallet" in call]

    def error_in_time(self, *parts: str) -> None:
        before = time.monotonic()
        self.error(*parts, **self.session.environment)
        self.assertLess(time.monotonic() - before, PATIENCE)

    def test_the_store_is_as_documented(self) -> None:
        blobs = {name: blob for _, name, _, blob, _ in Chromium(self.home).cookies()}
        self.assertEqual(blobs["kimi-auth"][:3], b"v11")
        self.assertEqual(decrypt("www.kimi.com", blobs["kimi-auth"], password), token)

    def test_an_open_wallet_gives_the_password(self) -> None:
        for name in SERVICES:
            with self.subTest(name):
                self.session = self.enter(Session(self.home.root / name))
                self.wallet(name=name)
                self.assert_asks_with(token, **self.session.environment)
                self.assertIn("readPassword", self.calls())

    def test_nothing_is_written_to_the_wallet(self) -> None:
        self.wallet()
        self.assert_asks_with(token, **self.session.environment)
        self.run_usageline("doctor", **self.session.environment)
        self.assertEqual({"writePassword", "createFolder"} & set(self.calls()), set())

    def test_a_closed_wallet_is_reported_soon_and_opens_no_dialog(self) -> None:
        self.wallet("--closed")
        self.error_in_time("closed", "wallet")
        self.assertEqual({"open", "openAsync"} & set(self.calls()), set())

    def test_a_wallet_that_does_not_answer_costs_two_seconds(self) -> None:
        self.wallet("--silent")
        self.error_in_time("wallet")

    def test_a_wallet_that_is_turned_off_is_reported(self) -> None:
        self.wallet("--disabled")
        self.error_in_time("wallet")
        self.assertEqual({"open", "openAsync"} & set(self.calls()), set())

    def test_a_wrong_password_is_reported(self) -> None:
        self.wallet(secret="another password")
        self.error_in_time("chromium")


if __name__ == "__main__":
    harness.main()
