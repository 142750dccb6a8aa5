"""What the tests with real browsers share: one visit per module, a copy for each test, a survey."""

from __future__ import annotations

import contextlib
import stat
import sys
import time
import unittest
from pathlib import Path
from typing import Any, Dict, Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import harness  # noqa: E402
from browsers import Browser, copy_profiles, wait_until, walk  # noqa: E402
from fake_kimi import OTHER_COOKIE, OTHER_ITEM, REFRESH_TOKEN, FakeKimi, Request  # noqa: E402

HOST = "www.kimi.com"


def survey(*folders: Path) -> dict[str, Any]:
    """All that lies in these folders, with what stat() says of it except the time of reading."""
    found = {}
    for folder in folders:
        for path in (folder, *folder.rglob("*")):
            status = path.lstat()
            is_file = stat.S_ISREG(status.st_mode)
            found[str(path)] = (
                stat.filemode(status.st_mode), status.st_ino, status.st_uid, status.st_size,
                status.st_mtime_ns, status.st_ctime_ns, path.read_bytes() if is_file else b"",
            )  # fmt: skip
    return found


def new_template() -> harness.Home:
    """A home whose profiles all tests of a module begin with; for setUpModule(), which fills it."""
    home = harness.Home()
    unittest.addModuleCleanup(home.__exit__, None, None, None)
    return home


class BrowserTestCase(harness.TestCase):
    """A person who has the profiles of TEMPLATE, and has not configured usageline."""

    TEMPLATE: Optional[harness.Home] = None

    def setUp(self) -> None:
        self.kimi = self.enter(FakeKimi())
        self.home = self.enter(harness.Home())
        self.secrets = {OTHER_COOKIE, OTHER_ITEM, REFRESH_TOKEN, self.kimi.token}
        if self.TEMPLATE:
            copy_profiles(self.TEMPLATE, self.home)

    def accept(self, token: str) -> None:
        """Makes this the one token that the service takes."""
        self.kimi.tokens = {token}
        self.secrets.add(token)

    def run_usageline(self, *args: str, **env: Optional[str]) -> harness.Result:
        variables: Dict[str, Optional[str]] = {**self.kimi.environment, **env}
        self.home.forget_asking()
        result = self.home.run(*args, env=variables)
        harness.assert_no_secret(result, *self.secrets)
        return result

    def ask(self, **env: Optional[str]) -> Any:
        """What comes of asking with the session of a browser."""
        result = self.run_usageline("usage", "--source", "web", "--format", "json", **env)
        (answer,) = result.json()
        self.assertEqual("error" in answer, result.status != 0, answer.get("error"))
        return answer

    def assert_asks_with(self, token: str, **env: Optional[str]) -> None:
        """Asks, and sees the token go to the one host that it belongs to."""
        self.kimi.requests.clear()
        self.kimi.tunnels.clear()
        self.accept(token)
        answer = self.ask(**env)
        self.assertNotIn("error", answer)
        self.assertGreater(answer["usage"]["primary"]["usedPercent"], 10)
        requests = self.of_usageline(self.kimi.requests)
        self.assertEqual({(r.scheme, r.host) for r in requests}, {("https", HOST)})
        for request in requests:
            self.assertEqual(request.headers.get_all("Authorization"), [f"Bearer {token}"])
            self.assertEqual(request.headers.get_all("Cookie"), [f"kimi-auth={token}"])
        tunnels = self.of_usageline(self.kimi.tunnels)
        self.assertEqual({tunnel.path for tunnel in tunnels}, {f"{HOST}:443"})
        for tunnel in tunnels:
            harness.assert_no_secret(str(tunnel.headers), *self.secrets)

    def of_usageline(self, requests: list[Request]) -> list[Request]:
        """Those that are not a browser's, which may come late from one that is frozen now."""
        return [r for r in requests if "Mozilla/" not in r.headers.get("User-Agent", "")]

    def error(self, *parts: str, **env: Optional[str]) -> str:
        """The message of the error, of kind auth, which has to say all of these."""
        answer = self.ask(**env)
        self.assertIn("error", answer, "it should have found nothing to ask with")
        self.assertEqual(answer["error"]["kind"], "auth", answer)
        for part in parts:
            self.assertIn(part.lower(), answer["error"]["message"].lower())
        self.assertEqual(self.of_usageline(self.kimi.requests), [], "nobody was to be asked")
        return answer["error"]["message"]

    def assert_untouched_by_asking(self, browser: Browser, token: str) -> None:
        """Asks with the token of the browser, whose files are after it what they were before."""
        before = survey(browser.folder)
        self.assert_asks_with(token)
        self.run_usageline("doctor")
        after = survey(browser.folder)
        self.assertEqual(sorted(after), sorted(before), "files came or went")
        changed = [name for name in before if before[name] != after[name]]
        self.assertEqual(changed, [])
        self.assert_nothing_left()

    def left_behind(self) -> list[Path]:
        """The copies of databases, and their folders, that lie where usageline may write.

        Where it stores nothing it may leave nothing but its own folder, which is empty.
        """
        found = []
        for folder in (self.home.runtime_dir, self.home.tmp):
            found += [path for path in walk(folder) if path != folder / "usageline"]
        for folder in (self.home.cache_home, self.home.data_home):
            for path in walk(folder):
                with contextlib.suppress(FileNotFoundError):
                    is_copy = path.is_file() and b"SQLite format 3" in path.read_bytes()
                    if is_copy or (path.is_dir() and path != folder / "usageline"):
                        found.append(path)
        return found

    def assert_nothing_left(self) -> None:
        self.assertEqual(self.left_behind(), [])
        for folder in (self.home.cache_home, self.home.data_home):
            harness.assert_no_secret(folder, *self.secrets)


def wait_until_over(moment: float) -> None:
    """Waits for a moment that is close (seconds since 1970), as a clock of whole seconds has it."""
    assert wait_until(lambda: time.time() > moment + 1, 10), "that is not close"


def trace(
    case: BrowserTestCase, options: tuple[str, ...], command: tuple[str, ...]
) -> tuple[harness.Result, list[str]]:
    """Runs a command under strace. Gives what came of it, and the lines of the trace."""
    log = case.home.root / "trace"
    log.unlink(missing_ok=True)
    # Looking for leaks is impossible under strace, and is not what this is about.
    env = {**case.kimi.environment, "ASAN_OPTIONS": "detect_leaks=0"}
    result = case.home.run(
        "-f", "-qq", "-s", "4096", "-o", log, *options, "--", *command, env=env, program="strace"
    )
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
    if not lines:
        harness.skip(f"strace does not work here: {result.stderr}")
    return result, lines
