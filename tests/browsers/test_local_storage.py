"""Real browsers, ended and running, whose page keeps its session in localStorage and no cookie."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import harness  # noqa: E402
from browser_case import BrowserTestCase, new_template  # noqa: E402
from browsers import Browser, Chromium, Firefox, need  # noqa: E402
from fake_kimi import OTHER_ITEM, REFRESH_TOKEN, FakeKimi  # noqa: E402


def keep_item(kimi: FakeKimi) -> str:
    """Lets the page keep its token in localStorage alone. Gives the token."""
    kimi.page_has_cookie, kimi.page_item = False, kimi.token
    return kimi.token


class Cases:
    """What holds for both families."""

    class LocalStorage(BrowserTestCase):
        KIND: type[Browser] = Browser
        token = ""

        @classmethod
        def setUpClass(cls) -> None:
            need(*cls.KIND.PROGRAMS)
            template = new_template()
            with FakeKimi() as kimi:
                cls.token = keep_item(kimi)
                cls.KIND(template).sign_in(kimi)
            cls.TEMPLATE = template

        def setUp(self) -> None:
            super().setUp()
            self.browser = self.KIND(self.home)

        def remembered(self) -> str:
            return (self.home.cache_home / "usageline" / "kimi.browser.sessions.json").read_text()

        def test_there_is_no_cookie_of_a_session(self) -> None:
            self.assertFalse([row for row in self.browser.cookies() if row[1] == "kimi-auth"])
            self.assertTrue(self.browser.has_item(self.token))

        def test_the_session_is_found(self) -> None:
            self.assert_asks_with(self.token)
            output = self.run_usageline("config", "browsers").stdout
            self.assertRegex(output, r"(?m): local storage of www\.kimi\.com: found")

        def test_nothing_changes_in_the_folder(self) -> None:
            self.assert_untouched_by_asking(self.browser, self.token)

        def test_nothing_is_remembered_but_where_it_is(self) -> None:
            self.assert_asks_with(self.token)
            self.assertIn("https://www.kimi.com", self.remembered())
            for secret in (self.token, REFRESH_TOKEN, OTHER_ITEM, *self.token.split(".")[1:]):
                self.assertNotIn(secret, self.remembered())

        def test_a_running_one_is_found_too(self) -> None:
            self.kimi.token = f"{self.kimi.token}newer"
            newer = keep_item(self.kimi)
            with self.browser.running(self.kimi):
                self.assert_untouched_by_asking(self.browser, newer)

        def test_a_cookie_with_another_token_beside_it(self) -> None:
            """Two sessions of one profile: the one that the service takes is used."""
            self.kimi.page_has_cookie, self.kimi.page_item = True, self.token
            self.kimi.token = f"{self.kimi.token}cookie"
            self.browser.sign_in(self.kimi)
            for token in (self.token, self.kimi.token):
                self.accept(token)
                for memory in self.home.cache.glob("kimi.*"):  # refused is refused
                    memory.unlink()
                self.assertNotIn("error", self.ask())
                accepted = self.of_usageline(self.kimi.requests)[-1]
                self.assertEqual(accepted.headers["Authorization"], f"Bearer {token}")


class ChromiumTest(Cases.LocalStorage):
    KIND = Chromium


class FirefoxTest(Cases.LocalStorage):
    KIND = Firefox


if __name__ == "__main__":
    harness.main()
