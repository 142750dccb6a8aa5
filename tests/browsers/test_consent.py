"""cookieSource "off" and "manual" mean it: strace sees no file or folder of a browser touched."""

from __future__ import annotations

import re
import shutil
import sys
from pathlib import Path
from typing import Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import harness  # noqa: E402
from browser_case import BrowserTestCase, new_template, trace  # noqa: E402
from browsers import Chromium, need  # noqa: E402
from fake_kimi import FakeKimi  # noqa: E402

# A folder of this name in a path is a browser's; see plugins/browsers.
FOLDERS = {
    "chromium", "google-chrome", "google-chrome-beta", "google-chrome-unstable", "microsoft-edge",
    "BraveSoftware", "vivaldi", "opera", "thorium", "net.imput.helium", "kimi-desktop", "mozilla",
    ".mozilla", "librewolf", ".librewolf", "floorp", ".floorp", "waterfox", ".waterfox", "zen",
    ".zen", ".var", "snap", "keyrings", "kwalletrc",
}  # fmt: skip
COMMANDS = (
    ("usage", "--source", "web"),
    ("usage",),
    ("refresh",),
    ("waybar",),
    ("doctor",),
    ("config", "browsers"),
)

template: Optional[harness.Home] = None
token = ""


def setUpModule() -> None:
    global template, token
    need("strace", *Chromium.PROGRAMS)
    template = new_template()
    with FakeKimi() as kimi:
        token = kimi.token
        Chromium(template).sign_in(kimi)


class ConsentTest(BrowserTestCase):
    def setUp(self) -> None:
        self.TEMPLATE = template
        super().setUp()
        self.accept(token)

    def touched(self, *command: str) -> set[str]:
        """The browsers' folders that the command names to the kernel, as they stand in FOLDERS."""
        program = str(harness.PROGRAM)
        shutil.rmtree(self.home.cache, ignore_errors=True)  # what is stored need not be asked for
        result, lines = trace(self, ("-e", "trace=%file"), (program, *command))
        harness.assert_no_secret(result, *self.secrets)
        text = "\n".join(lines)
        if command[0] != "config":
            self.assertIn("usageline-provider-kimi", text, "the witness sees no provider")
        paths = re.findall(r'"((?:[^"\\]|\\.)*)"', text)
        # With coverage, a program writes its counts beside its objects, plugins/browsers/too.
        touched = (path for path in paths if not path.endswith(".gcda"))
        return {part for path in touched for part in path.split("/")} & FOLDERS

    def allow(self, policy: str, **settings: str) -> None:
        self.home.config({"providers": [{"id": "kimi", "cookieSource": policy, **settings}]})

    def test_the_witness_sees_what_is_touched_when_allowed(self) -> None:
        for policy in ("", "auto"):
            with self.subTest(policy):
                if policy:
                    self.allow(policy)
                self.assertGreaterEqual(
                    self.touched(*COMMANDS[0]), {"chromium", "google-chrome", "mozilla", ".var"}
                )

    def test_off(self) -> None:
        self.allow("off")
        for command in COMMANDS:
            with self.subTest(command):
                self.assertEqual(self.touched(*command), set())

    def test_manual_without_a_cookie(self) -> None:
        self.allow("manual")
        for command in COMMANDS:
            with self.subTest(command):
                self.assertEqual(self.touched(*command), set())

    def test_manual_with_a_cookie(self) -> None:
        self.allow("manual", cookieHeader=f"kimi-auth={self.kimi.token}")
        self.kimi.tokens = {self.kimi.token}
        for command in COMMANDS:
            with self.subTest(command):
                self.assertEqual(self.touched(*command), set())
        self.assert_asks_with(self.kimi.token)

    def test_another_kind_of_credential_is_asked_for(self) -> None:
        for kind in ("api", "cli"):
            with self.subTest(kind):
                self.assertEqual(self.touched("usage", "--source", kind), set())


if __name__ == "__main__":
    harness.main()
