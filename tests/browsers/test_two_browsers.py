"""Signed in with Chromium and with Firefox: which session counts, and what is reported of both."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import harness  # noqa: E402
from browser_case import BrowserTestCase, new_template  # noqa: E402
from browsers import Chromium, Firefox, need  # noqa: E402
from fake_kimi import FakeKimi, make_jwt  # noqa: E402

template: Optional[harness.Home] = None
of_chromium = of_firefox = ""


def setUpModule() -> None:
    """Firefox is the one that was used last."""
    global template, of_chromium, of_firefox
    need(*Chromium.PROGRAMS, *Firefox.PROGRAMS)
    template = new_template()
    with FakeKimi() as kimi:
        of_chromium = kimi.token
        Chromium(template).sign_in(kimi)
        of_firefox = kimi.token = f"{kimi.token}firefox"
        Firefox(template).sign_in(kimi)


class TwoBrowsersTest(BrowserTestCase):
    def setUp(self) -> None:
        self.TEMPLATE = template
        super().setUp()
        self.secrets |= {of_chromium, of_firefox}

    def configure(self, **settings: object) -> None:
        self.home.config({"providers": [{"id": "kimi", **settings}]})

    def test_the_session_used_last_counts(self) -> None:
        self.assert_asks_with(of_firefox)
        self.kimi.token = f"{self.kimi.token}again"
        Chromium(self.home).sign_in(self.kimi)
        self.assert_asks_with(self.kimi.token)

    def test_the_order_can_be_set(self) -> None:
        self.configure(browsers=["chromium"])
        self.assert_asks_with(of_chromium)
        self.configure(browsers=["chromium", "firefox"])
        self.assert_asks_with(of_chromium)
        self.configure(browsers=["firefox", "chromium"])
        self.assert_asks_with(of_firefox)

    def test_a_browser_that_is_not_asked_for_is_not_used(self) -> None:
        self.configure(browsers=["vivaldi"])
        self.error()

    def test_each_report_names_both_and_no_value(self) -> None:
        """run_usageline() checks the latter."""
        self.accept(of_firefox)
        outputs = {
            "doctor": self.run_usageline("doctor").stdout,
            "doctor --json": self.run_usageline("doctor", "--json").stdout,
            "config browsers": self.run_usageline("config", "browsers").stdout,
            "usage --verbose": self.run_usageline("usage", "--source", "web", "--verbose").stderr,
        }
        diagnosis = self.home.run(
            "--diagnose", program=harness.provider("kimi"), env=dict(self.kimi.environment)
        )
        harness.assert_no_secret(diagnosis, *self.secrets)
        self.assertIn("firefox", diagnosis.stdout)
        for name, text in outputs.items():
            with self.subTest(name):
                for part in ("chromium", "default", "firefox"):
                    self.assertIn(part, text.lower())

    def test_what_was_refused_is_not_the_end(self) -> None:
        """The service takes the older session alone."""
        self.accept(of_chromium)
        answer = self.ask()
        self.assertNotIn("error", answer)

    def test_the_store_remembers_no_value(self) -> None:
        self.accept(of_firefox)
        for _ in range(2):
            self.assertEqual(self.run_usageline("refresh").status, 0)
        self.assert_nothing_left()


if __name__ == "__main__":
    harness.main()
