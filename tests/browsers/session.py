"""A desktop session's part in a browser's secrets: its bus, a real GNOME keyring, a fake KWallet.

    with Session(folder) as session, Keyring(session, folder / "keyrings"):
        chromium.visit(..., session.environment)

The bus starts no service by itself, so what a test did not start is not there.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import List, Optional, Type

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bars"))
from display import Running, wait_until  # noqa: E402

PASSWORD = "the user's login password"
BUS_PROGRAMS = ("dbus-daemon", "dbus-monitor", "dbus-send")
KEYRING_PROGRAMS = (*BUS_PROGRAMS, "gnome-keyring-daemon", "secret-tool")

_BUS = """<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class Session(Running):
    """A session bus of its own, and a witness of what is said on it."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.address = ""
        self._witness = folder / "bus.log"

    @property
    def environment(self) -> dict[str, str]:
        return {"DBUS_SESSION_BUS_ADDRESS": self.address}

    def _start(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        config = self.folder / "bus.conf"
        config.write_text(_BUS.format(folder=self.folder), encoding="utf-8")
        answer, question = os.pipe()
        command = ["dbus-daemon", f"--config-file={config}", "--nofork"]
        command += [f"--print-address={question}"]
        with os.fdopen(answer, encoding="utf-8") as lines:
            with os.fdopen(question, "wb"):
                log = self.folder / "dbus-daemon.log"
                self.processes.start(command, os.environ, log, (question,))
            self.address = lines.readline().strip()  # empty if it died
        if not self.address:
            raise RuntimeError(f"dbus-daemon did not start: {log.read_text(errors='replace')}")
        command = ["dbus-monitor", "--address", self.address]
        self.processes.start(command, os.environ, self._witness)
        # It prints what it hears once it listens: ask until it hears us.
        self.calls()

    def calls(self) -> list[str]:
        """The members of all method calls so far, such as "org.freedesktop.DBus.Hello"."""
        mark = f"/mark/n{os.urandom(8).hex()}"
        if not wait_until(lambda: self._said(mark)):
            raise RuntimeError(f"dbus-monitor hears nothing: {self._log()}")
        found = []
        whole, _, _ = self._log().rpartition("\n")  # the last line may still be written
        for line in whole.splitlines():
            words = dict(word.split("=", 1) for word in line.split() if "=" in word)
            if line.startswith("method call"):
                found.append(f"{words['interface'].rstrip(';')}.{words['member']}")
        return found

    def heard(self) -> str:
        """All messages so far, as dbus-monitor prints them."""
        self.calls()
        return self._log()

    def _said(self, mark: str) -> bool:
        """Sends a signal that changes nothing, and gives whether the witness heard one."""
        command = ["dbus-send", f"--bus={self.address}", "--type=signal", mark, "mark.Mark.Mark"]
        subprocess.run(command, check=True, timeout=20)
        return mark in self._log()

    def _log(self) -> str:
        return self._witness.read_text(encoding="utf-8", errors="replace")

    def has(self, name: str) -> bool:
        """Whether somebody owns that name on the bus."""
        command = ["dbus-send", f"--bus={self.address}", "--print-reply"]
        command += ["--dest=org.freedesktop.DBus", "/", "org.freedesktop.DBus.NameHasOwner"]
        command += [f"string:{name}"]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=20)
        return "boolean true" in done.stdout

    def wait_for(self, name: str) -> None:
        if not wait_until(lambda: self.has(name)):
            raise RuntimeError(f"nobody came for {name}")


class Keyring:
    """A real GNOME keyring on a session's bus, whose files are in a folder that may be kept.

    Locked, it is one that exists already and was made with PASSWORD.
    """

    SERVICE = "org.freedesktop.secrets"

    def __init__(self, session: Session, data: Path, locked: bool = False) -> None:
        self._session = session
        self._data = data
        self._locked = locked

    def __enter__(self) -> Keyring:
        self._data.mkdir(mode=0o700, parents=True, exist_ok=True)
        control = self._session.folder / "keyring-control"
        control.mkdir(mode=0o700, exist_ok=True)
        environment = {
            **os.environ,
            **self._session.environment,
            "HOME": str(self._data),
            "XDG_DATA_HOME": str(self._data),
            "XDG_RUNTIME_DIR": str(control),
        }
        # The password comes from stdin, which Processes.start() keeps closed.
        unlock = f"printf %s {_quoted(PASSWORD)} | " if not self._locked else ""
        command = f"{unlock}exec gnome-keyring-daemon --foreground --components=secrets"
        command += f" --control-directory={_quoted(str(control))}"
        command += " --unlock" if not self._locked else ""
        log = self._session.folder / "keyring.log"
        self._session.processes.start(["sh", "-c", command], environment, log)
        self._session.wait_for(self.SERVICE)
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        """The session ends it."""

    def lookup(self, *attributes: str) -> str:
        """The secret with these attributes, given as name, value, …"""
        done = subprocess.run(
            ["secret-tool", "lookup", *attributes],
            env={**os.environ, **self._session.environment},
            capture_output=True, text=True, check=False, timeout=20,
        )  # fmt: skip
        return done.stdout

    def store(self, secret: str, *attributes: str) -> None:
        """Keeps a secret as Chromium does."""
        schema = ("xdg:schema", "chrome_libsecret_os_crypt_password_v2")
        label = "--label=Chromium Safe Storage"
        subprocess.run(
            ["secret-tool", "store", label, *attributes, *schema],
            env={**os.environ, **self._session.environment},
            input=secret, text=True, check=True, timeout=20,
        )  # fmt: skip

    def clear(self, *attributes: str) -> None:
        subprocess.run(
            ["secret-tool", "clear", *attributes],
            env={**os.environ, **self._session.environment},
            check=True, timeout=20,
        )  # fmt: skip


class KWallet:
    """The fake of KWallet's service. Of a closed wallet, open() never answers: that is the dialog.

    entries are (folder, key) → password; options are those of fake_kwallet.c.
    """

    def __init__(
        self,
        session: Session,
        entries: Optional[dict[tuple[str, str], str]] = None,
        name: str = "org.kde.kwalletd6",
        options: tuple[str, ...] = (),
    ) -> None:
        self._session = session
        self._name = name
        self._command: List[str] = [str(program()), "--name", name, *options]
        for (folder, key), password in (entries or {}).items():
            self._command += ["--entry", folder, key, password]

    def __enter__(self) -> KWallet:
        environment = {**os.environ, **self._session.environment}
        log = self._session.folder / "kwallet.log"
        self._session.processes.start(self._command, environment, log)
        self._session.wait_for(self._name)
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        """The session ends it."""

    def read(self, folder: str, key: str) -> str:
        """The password of an entry, "" if there is none; as long as the wallet is open."""
        application = ("string:test",)
        (handle,) = self._call("open", "string:kdewallet", "int64:0", *application)
        where = (f"int32:{handle}", f"string:{folder}", f"string:{key}")
        return " ".join(self._call("readPassword", *where, *application))

    def _call(self, method: str, *arguments: str) -> list[str]:
        """The words of what a method gives."""
        command = ["dbus-send", f"--bus={self._session.address}", "--print-reply=literal"]
        command += [f"--dest={self._name}", f"/modules/{self._name.rpartition('.')[2]}"]
        command += [f"org.kde.KWallet.{method}", *arguments]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=20)
        return done.stdout.replace("int32", "").split()


def program() -> Path:
    """The built fake of KWallet, which CTest names."""
    return Path(os.environ.get("USAGELINE_FAKE_KWALLET") or "fake-kwallet")


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"
