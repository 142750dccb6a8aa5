"""A real Firefox, ended and running: usageline finds the session that it has with the fake Kimi."""

from __future__ import annotations

import sys
import time
from pathlib import Path
from typing import Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import harness  # noqa: E402
from browser_case import BrowserTestCase, new_template, wait_until_over  # noqa: E402
from browsers import Firefox, need  # noqa: E402
from fake_kimi import FakeKimi  # noqa: E402

template: Optional[harness.Home] = None
token = ""


def setUpModule() -> None:
    global template, token
    need(*Firefox.PROGRAMS)
    template = new_template()
    with FakeKimi() as kimi:
        token = kimi.token
        Firefox(template).sign_in(kimi)


class FirefoxTest(BrowserTestCase):
    def setUp(self) -> None:
        self.TEMPLATE = template
        super().setUp()
        self.firefox = Firefox(self.home)

    def expiry(self) -> float:
        """When the session ends, in seconds since 1970."""
        (expiry,) = (row[3] for row in self.firefox.cookies() if row[1] == "kimi-auth")
        return expiry / 1000

    def test_the_store_is_as_documented(self) -> None:
        found = {(host, name): value for host, name, value, _ in self.firefox.cookies()}
        self.assertEqual(found["www.kimi.com", "kimi-auth"], token)
        self.assertIn(("www.kimi.com", "theme"), found)
        self.assertAlmostEqual(self.expiry(), time.time() + 30 * 86400, delta=120)

    def test_the_session_is_found(self) -> None:
        self.assert_asks_with(token)

    def test_the_session_is_found_where_older_versions_keep_it(self) -> None:
        old = self.home.home / ".mozilla" / "firefox"
        old.parent.mkdir()
        self.firefox.folder.rename(old)
        self.assertEqual(self.firefox.folder, old)
        self.assert_asks_with(token)

    def test_nothing_changes_in_the_folder(self) -> None:
        self.assert_untouched_by_asking(self.firefox, token)

    def test_a_running_one_has_the_session_in_its_log(self) -> None:
        """The newest token is in the WAL alone, and is found without a change to any file."""
        self.kimi.token = f"{self.kimi.token}newer"
        with self.firefox.running(self.kimi):
            self.assertNotIn(self.kimi.token.encode(), self.firefox.store.read_bytes())
            self.assert_untouched_by_asking(self.firefox, self.kimi.token)

    def test_a_session_that_has_expired_is_none(self) -> None:
        self.kimi.session_lifetime = 1
        with self.firefox.running(self.kimi):
            wait_until_over(self.expiry())
            self.kimi.requests.clear()
            self.error()
            self.assertIn("expired", self.run_usageline("doctor").stdout)


if __name__ == "__main__":
    harness.main()
