"""The real browsers, signed in to the fake Kimi as a person is to the real one.

    Chromium(home).sign_in(kimi)             # visits the page and ends: the cookie is on the disk
    with Firefox(home).running(kimi):        # visits the page and stays, frozen

Each browser lives in a harness.Home, in the folders that it would choose itself. copy_profiles()
gives another home the same profiles, so that one visit serves many tests.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Callable, ContextManager, Iterator, Mapping, Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bars"))
import harness  # noqa: E402
from display import Processes, missing_programs, wait_until  # noqa: E402
from fake_kimi import FakeKimi  # noqa: E402

PAGE = "https://www.kimi.com/"
_VISIT_WITHIN = 60  # seconds; a visit takes two, or four with Firefox
_STOPS_WITHIN = 1.0  # seconds, or not at all


def need(*programs: str) -> None:
    """Skips the test where one of these is not installed."""
    lacking = missing_programs(programs)
    if lacking:
        harness.skip(f"needs {', '.join(lacking)}")


def copy_profiles(source: harness.Home, target: harness.Home) -> None:
    """Gives target all that the browsers of source have; times are kept."""
    for old, new in ((source.home, target.home), (source.config_home, target.config_home)):
        shutil.copytree(old, new, symlinks=True, dirs_exist_ok=True)


def walk(folder: Path) -> Iterator[Path]:
    """All that lies below a folder, while somebody may be removing from it: rglob fails then."""
    for parent, folders, files in os.walk(folder):
        yield from (Path(parent, name) for name in (*folders, *files))


def read_store(store: Path, query: str) -> list[Any]:
    """The rows of a browser's database, read from a copy with its WAL: the original stays as it is.

    Empty as long as the store has no such table.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / store.name
        for suffix in ("", "-wal"):
            with contextlib.suppress(FileNotFoundError):
                shutil.copyfile(f"{store}{suffix}", f"{copy}{suffix}")
        with contextlib.closing(sqlite3.connect(copy)) as database:
            with contextlib.suppress(sqlite3.DatabaseError):
                return database.execute(query).fetchall()
    return []


def decrypt(host: str, encrypted: bytes, password: str) -> str:
    """The value of a cookie of Chromium's (v10, v11), which openssl decrypts with this password.

    AssertionError if that can't be done. It is how database version 24 has it: a hash comes first.
    """
    key = hashlib.pbkdf2_hmac("sha1", password.encode(), b"saltysalt", 1, 16)
    done = subprocess.run(
        ["openssl", "enc", "-d", "-aes-128-cbc", "-K", key.hex(), "-iv", (b" " * 16).hex()],
        input=encrypted[3:], capture_output=True, check=False, timeout=20,
    )  # fmt: skip
    digest = hashlib.sha256(host.encode()).digest()
    if done.returncode != 0 or not done.stdout.startswith(digest):
        raise AssertionError(f"{encrypted[:3]!r}: another password, or another cipher")
    return done.stdout[len(digest) :].decode()


class Browser:
    """One browser of one user; environment comes on top of the home's."""

    PROGRAMS: tuple[str, ...] = ()

    def __init__(
        self, home: harness.Home, environment: Optional[Mapping[str, str]] = None
    ) -> None:
        self.home = home
        self._environment = environment or {}

    def _variables(self) -> dict[str, str]:
        """The home's, but what the browser leaves about is not among what usageline does."""
        names = ("cache", "data", "run", "tmp")
        own = {name: self.home.root / f"of-browsers-{name}" for name in names}
        for folder in own.values():
            folder.mkdir(mode=0o700, exist_ok=True)
        none = {name: None for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS")}
        return self.home.environment(
            **{
                **none,
                "XDG_CACHE_HOME": str(own["cache"]),
                "XDG_DATA_HOME": str(own["data"]),
                "XDG_RUNTIME_DIR": str(own["run"]),
                "TMPDIR": str(own["tmp"]),
                # There is no such bus: that of whoever runs the tests is not to be talked to.
                "DBUS_SESSION_BUS_ADDRESS": "unix:path=/nonexistent",
                **self._environment,
            }
        )

    @property
    def folder(self) -> Path:
        """The one that holds all profiles."""
        raise NotImplementedError

    @property
    def store(self) -> Path:
        """The database of the profile's cookies."""
        raise NotImplementedError

    def cookies(self) -> list[Any]:
        """Those that are on the disk: the host, the name, then what the browser has of it."""
        raise NotImplementedError

    def has_item(self, token: str) -> bool:
        """Whether this token is on the disk as the page's item of localStorage."""
        raise NotImplementedError

    def has_session(self, kimi: FakeKimi) -> bool:
        """Whether all that the page leaves of a session is on the disk."""
        is_kept = any(name == "kimi-auth" for _, name, *_ in self.cookies())
        return (is_kept or not kimi.page_has_cookie) and (
            kimi.page_item is None or self.has_item(kimi.page_item)
        )

    def sign_in(self, kimi: FakeKimi, page: str = PAGE) -> None:
        """Opens the page and ends, which writes down what it left."""
        raise NotImplementedError

    def running(self, kimi: FakeKimi) -> ContextManager[None]:
        """Has the page open, and is frozen once the cookie is on the disk."""
        raise NotImplementedError

    @contextlib.contextmanager
    def _started(self, command: list[str]) -> Iterator[_Family]:
        processes = Processes()
        family = _Family(processes, processes.start(command, self._variables(), self._log))
        try:
            yield family
        finally:
            family.signal(signal.SIGKILL)  # frozen ones heed no other
            processes.stop()

    def _run(self, command: list[str]) -> None:
        """Runs the browser until it has ended by itself, with all that it had started."""
        with self._started(command) as family:
            try:
                status = family.head.wait(_VISIT_WITHIN)
            except subprocess.TimeoutExpired:
                status = None
            if status != 0 or not wait_until(lambda: not family.threads()):
                raise AssertionError(f"{command[0]} did not end well ({status}):\n{self._output}")

    @property
    def _log(self) -> Path:
        return self.home.root / f"{type(self).__name__}.log"

    @property
    def _output(self) -> str:
        return self._log.read_text(encoding="utf-8", errors="replace")[-2000:]

    @contextlib.contextmanager
    def _frozen(self, command: list[str], ready: Callable[[], bool]) -> Iterator[None]:
        """Starts the browser, and stops its time when it is ready and not in the midst of writing.

        Frozen it keeps its locks, its WAL and its files as they are, and no test has to hurry.
        """

        def frozen() -> bool:
            family.signal(signal.SIGSTOP)
            # Who has just started another waits for it, and does not stop before it runs on.
            if wait_until(lambda: family.threads() == {"T"}, _STOPS_WITHIN) and ready():
                return True
            family.signal(signal.SIGCONT)
            return False

        with self._started(command) as family:
            if not wait_until(ready, _VISIT_WITHIN) or not wait_until(frozen, _VISIT_WITHIN):
                raise AssertionError(f"{command[0]} did not keep the session:\n{self._output}")
            yield


class _Family:
    """A browser's process and all that it has started.

    Chromium writes its title over its environment, so the mark there finds only some;
    the others are in the process group of the first.
    """

    def __init__(self, processes: Processes, head: subprocess.Popen) -> None:
        self.head = head
        self._processes = processes

    def _members(self) -> set[int]:
        found = self._processes.alive()
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                    state, _, group = _stat(entry / "stat")[:3]
                    if int(group) == self.head.pid and state not in "ZX":
                        found.add(int(entry.name))
        return found

    def signal(self, number: signal.Signals) -> None:
        for pid in self._members():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)

    def threads(self) -> set[str]:
        """The states of all their threads; a signal is sent sooner than it is obeyed."""
        found = set()
        for pid in self._members():
            threads: list[Path] = []
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                threads += Path(f"/proc/{pid}/task").iterdir()
            for thread in threads:  # one that ends meanwhile must not hide those after it
                with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                    found.add(_stat(thread / "stat")[0])
        return found - {"Z", "X"}


def _stat(path: Path) -> list[str]:
    """The fields of a process or a thread after its name: state, parent, group, …"""
    return path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()


class Chromium(Browser):
    """Its data is in $XDG_CONFIG_HOME/chromium; password_store is "basic" or that of a keyring."""

    PROGRAMS = ("chromium",)
    _COOKIES = "SELECT host_key, name, value, encrypted_value, expires_utc FROM cookies"

    def __init__(
        self,
        home: harness.Home,
        password_store: str = "basic",
        environment: Optional[Mapping[str, str]] = None,
    ) -> None:
        super().__init__(home, environment)
        self._password_store = password_store

    @property
    def folder(self) -> Path:
        return self.home.config_home / "chromium"

    @property
    def store(self) -> Path:
        return self.folder / "Default" / "Cookies"

    def cookies(self) -> list[Any]:
        """(host, name, plain value, encrypted value, expiry) of each that is on the disk."""
        return read_store(self.store, self._COOKIES)

    @property
    def items(self) -> Path:
        """The folder of localStorage."""
        return self.folder / "Default" / "Local Storage" / "leveldb"

    def has_item(self, token: str) -> bool:
        found = False
        for path in walk(self.items):
            with contextlib.suppress(FileNotFoundError):
                found = found or (path.name[0] == "0" and token.encode() in path.read_bytes())
        return found

    def _command(self, kimi: FakeKimi, *more: str) -> list[str]:
        return [
            "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic",
            "--disable-dev-shm-usage", "--disable-breakpad", "--disable-crash-reporter",
            "--disable-background-networking", "--disable-component-update", "--disable-sync",
            "--disable-extensions", "--no-first-run", "--no-default-browser-check",
            f"--user-data-dir={self.folder}", f"--password-store={self._password_store}",
            f"--proxy-server=127.0.0.1:{kimi.proxy_port}", "--ignore-certificate-errors", *more,
        ]  # fmt: skip

    def sign_in(self, kimi: FakeKimi, page: str = PAGE) -> None:
        self._run(self._command(kimi, "--dump-dom", page))
        if not self.has_session(kimi):
            raise AssertionError(f"Chromium kept no session:\n{self._output}")

    @contextlib.contextmanager
    def running(self, kimi: FakeKimi) -> Iterator[None]:
        """Signed in before, it has the page open; frozen once the page was asked with the cookie.

        That cookie is on the disk: Chromium writes down new ones only after half a minute. Without
        one it is frozen once the page's item is on the disk.
        """
        before = len(kimi.requests)

        def asked() -> bool:
            if not kimi.page_has_cookie:
                return self.has_session(kimi)
            return any(
                request.path == "/" and "kimi-auth=" in request.headers.get("Cookie", "")
                for request in list(kimi.requests)[before:]
            ) and bool(self.cookies())

        with self._frozen(self._command(kimi, "--remote-debugging-port=0", PAGE), asked):
            yield


class Firefox(Browser):
    """Its profiles are where it puts them itself, in a home that had none before."""

    PROGRAMS = ("firefox-esr", "certutil")
    _COOKIES = "SELECT host, name, value, expiry FROM moz_cookies"
    _PREFERENCES = {
        "app.normandy.enabled": False,
        "app.update.enabled": False,
        "browser.shell.checkDefaultBrowser": False,
        "browser.startup.homepage": "about:blank",
        "datareporting.policy.dataSubmissionEnabled": False,
        "network.captive-portal-service.enabled": False,
        "network.connectivity-service.enabled": False,
        "network.proxy.type": 1,
        "network.proxy.http": "127.0.0.1",
        "network.proxy.ssl": "127.0.0.1",
        "network.trr.mode": 5,
        "services.settings.server": "",
        "toolkit.telemetry.enabled": False,
    }

    def __init__(
        self, home: harness.Home, environment: Optional[Mapping[str, str]] = None
    ) -> None:
        super().__init__(home, environment)
        self._profile: Optional[Path] = None

    @property
    def folder(self) -> Path:
        found = self._lists()
        if len(found) != 1:
            raise AssertionError(f"one profiles.ini is what Firefox should make: {found}")
        return found[0].parent

    def _lists(self) -> list[Path]:
        """The lists of profiles that there are."""
        places = (self.home.home, self.home.config_home)
        return [path for place in places for path in walk(place) if path.name == "profiles.ini"]

    @property
    def profile(self) -> Path:
        # A running Firefox may be writing the list again: once known, the profile stays where it is.
        if not self._profile or not self._profile.is_dir():
            text = (self.folder / "profiles.ini").read_text()
            path = re.search(r"^Path=(.*)$", text, re.MULTILINE)
            assert path, text
            self._profile = self.folder / path[1]
        return self._profile

    @property
    def store(self) -> Path:
        return self.profile / "cookies.sqlite"

    def cookies(self) -> list[Any]:
        """(host, name, value, expiry) of each that is on the disk, in the WAL or not."""
        return read_store(self.store, self._COOKIES)

    @property
    def items(self) -> Path:
        """The database of the page's localStorage."""
        return self.profile / "storage" / "default" / "https+++www.kimi.com" / "ls" / "data.sqlite"

    def has_item(self, token: str) -> bool:
        """It is compressed, so only its length shows that it is this one."""
        rows = read_store(self.items, "SELECT utf16_length FROM data WHERE key = 'access_token'")
        return rows == [(len(token),)]

    def _prepare(self, kimi: FakeKimi) -> None:
        """Makes a profile that trusts the fake's CA; one that is there is led to this fake."""
        if not self._lists():
            self._run(["firefox-esr", "--headless", "-CreateProfile", "default-esr"])
            database = ("-d", f"sql:{self.profile}")
            ca = ("-n", "fake-kimi", "-t", "C,,", "-i", str(kimi.ca_file))
            for arguments in (("-N", *database, "--empty-password"), ("-A", *database, *ca)):
                subprocess.run(["certutil", *arguments], check=True, timeout=20)
        ports = {
            "network.proxy.http_port": kimi.proxy_port,
            "network.proxy.ssl_port": kimi.proxy_port,
        }
        lines = (
            f'user_pref("{name}", {json.dumps(value)});\n'
            for name, value in {**self._PREFERENCES, **ports}.items()
        )
        (self.profile / "user.js").write_text("".join(lines), encoding="utf-8")

    def _command(self, *more: str) -> list[str]:
        return ["firefox-esr", "--headless", "--no-remote", "--profile", str(self.profile), *more]

    def sign_in(self, kimi: FakeKimi, page: str = PAGE) -> None:
        """Opens the page, takes its picture and ends, which is how a headless Firefox ends."""
        self._prepare(kimi)
        self._run(self._command("--screenshot", str(self.home.root / "page.png"), page))
        if not self.has_session(kimi):
            raise AssertionError(f"Firefox kept no session:\n{self._output}")

    @contextlib.contextmanager
    def running(self, kimi: FakeKimi) -> Iterator[None]:
        """Has the page open; frozen once this fake's token is in the store or its WAL."""

        def kept() -> bool:
            is_kept = any(row[2] == kimi.token for row in self.cookies())
            return self.has_session(kimi) and (is_kept or not kimi.page_has_cookie)

        self._prepare(kimi)
        with self._frozen(self._command(PAGE), kept):
            yield
