"""A real Chromium without a keyring: usageline finds the session that it has with the fake Kimi."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import sys
import time
from pathlib import Path
from typing import Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import harness  # noqa: E402
from browser_case import BrowserTestCase, new_template, wait_until_over  # noqa: E402
from browsers import Chromium, decrypt, need  # noqa: E402
from fake_kimi import Behaviour, FakeKimi, make_jwt  # noqa: E402

OTHER = "www.other.example.com"
FOREIGN = make_jwt({"iss": "another site", "exp": int(time.time()) + 86400})

template: Optional[harness.Home] = None
token = ""


def setUpModule() -> None:
    """Signs in to a site that has a cookie of the same name, which leads to Kimi's page."""
    global template, token
    need(*Chromium.PROGRAMS)
    template = new_template()
    with FakeKimi() as kimi:
        token = kimi.token
        kimi.add_host(OTHER)
        kimi.answer(
            OTHER, "GET", "/", behaviour=Behaviour.REDIRECT,
            headers={
                "Location": "https://www.kimi.com/",
                "Set-Cookie": f"kimi-auth={FOREIGN}; Secure; Max-Age=86400",
            },
        )  # fmt: skip
        Chromium(template).sign_in(kimi, f"https://{OTHER}/")


class ChromiumTest(BrowserTestCase):
    def setUp(self) -> None:
        self.TEMPLATE = template
        super().setUp()
        self.secrets.add(FOREIGN)
        self.chromium = Chromium(self.home)

    def test_the_store_is_as_documented(self) -> None:
        found = {(host, name): (value, blob) for host, name, value, blob, _ in
                 self.chromium.cookies()}  # fmt: skip
        self.assertEqual(set(found), {
            ("www.kimi.com", "kimi-auth"), ("www.kimi.com", "theme"), (OTHER, "kimi-auth"),
        })  # fmt: skip
        value, blob = found["www.kimi.com", "kimi-auth"]
        self.assertEqual((value, blob[:3]), ("", b"v10"))
        self.assertEqual(decrypt("www.kimi.com", blob, "peanuts"), token)

    def test_the_session_is_found(self) -> None:
        self.assert_asks_with(token)

    def test_the_session_is_found_by_a_bar(self) -> None:
        self.accept(token)
        line = self.run_usageline("waybar").json()
        self.assertIn("10", line["text"])
        self.assertNotIn("error", line["class"])
        self.assert_nothing_left()

    def test_somebody_who_signs_in_need_not_wait(self) -> None:
        """The bar has said that it has nothing; then the browser gets a session."""
        signed_in = self.chromium.store.read_bytes()
        with contextlib.closing(sqlite3.connect(self.chromium.store)) as database:
            database.execute("DELETE FROM cookies")
            database.commit()
        self.assertIn("auth", self.run_usageline("waybar").json()["class"])
        self.accept(token)
        self.chromium.store.write_bytes(signed_in)
        self.assertNotIn("error", self.run_usageline("waybar").json()["class"])

    def test_nothing_changes_in_the_folder(self) -> None:
        self.assert_untouched_by_asking(self.chromium, token)

    def test_nothing_changes_while_it_runs(self) -> None:
        with self.chromium.running(self.kimi):
            self.assert_untouched_by_asking(self.chromium, token)

    def test_all_profiles_are_looked_at(self) -> None:
        self.chromium.store.parent.rename(self.chromium.folder / "Profile 7")
        self.assert_asks_with(token)

    def test_an_electron_program_has_its_store_at_the_top(self) -> None:
        for place in ("Cookies", "Network/Cookies"):
            with self.subTest(place):
                folder = self.home.config_home / "kimi-desktop"
                shutil.rmtree(folder, ignore_errors=True)
                (folder / place).parent.mkdir(parents=True)
                shutil.copy2(self.template_store, folder / place)
                shutil.rmtree(self.chromium.folder, ignore_errors=True)
                self.assert_asks_with(token)

    @property
    def template_store(self) -> Path:
        assert template
        return Chromium(template).store

    def test_a_session_of_another_site_is_none(self) -> None:
        """The cookie of the same name must neither be tried nor be reported as the session."""
        home = self.enter(harness.Home())
        self.kimi.add_host(OTHER)
        self.kimi.answer(OTHER, "GET", "/", headers={
            "Content-Type": "text/html", "Set-Cookie": f"kimi-auth={FOREIGN}; Max-Age=86400",
        })  # fmt: skip
        Chromium(home).sign_in(self.kimi, f"https://{OTHER}/")
        self.kimi.requests.clear()
        self.home = home
        self.error("no session")

    def test_a_session_that_has_expired_is_none(self) -> None:
        home = self.enter(harness.Home())
        self.kimi.session_lifetime = 1
        chromium = Chromium(home)
        chromium.sign_in(self.kimi)
        (expiry,) = (row[4] for row in chromium.cookies() if row[1] == "kimi-auth")
        wait_until_over(expiry / 1e6 - 11644473600)  # from 1601 to 1970
        self.kimi.requests.clear()
        self.home = home
        self.error()
        self.assertIn("expired", self.run_usageline("doctor").stdout)


if __name__ == "__main__":
    harness.main()
