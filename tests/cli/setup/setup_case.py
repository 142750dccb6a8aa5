"""What the tests of `usageline setup` share: a home with a bar's files, and checks of them."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import subprocess
import sys
import termios
from pathlib import Path
from typing import Any, Iterator, Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))

import harness  # noqa: E402

DATA = Path(__file__).resolve().parents[2] / "data" / "setup"
BACKUP = ".usageline-backup"
NAME = "custom/usageline"  # of the module of Waybar
BOM = b"\xef\xbb\xbf"

# A string, or a comment, or a comma before a closing bracket, or white space.
_TOKEN = re.compile(r'("(?:[^"\\]|\\.)*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
_NUMBER = re.compile(r'("(?:[^"\\]|\\.)*")|[-+]?[\d.][\d.eE+-]*', re.DOTALL)
_LAST_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[\]}])', re.DOTALL)


def parse_jsonc(content: bytes) -> Any:
    """Parses JSON as Waybar does, of what the tests have: comments, commas at the end, tabs in
    strings, numbers such as 030, any text behind it."""
    text = content.decode("utf-8-sig")
    text = _TOKEN.sub(lambda match: match[1] or " ", text)
    text = _NUMBER.sub(lambda match: match[1] or str(float(match[0])), text)
    text = text.replace("\\x", "\\u00")
    text = _LAST_COMMA.sub(lambda match: match[1] or "", text).lstrip()
    return json.JSONDecoder(strict=False).raw_decode(text)[0]


def variants(content: bytes) -> Iterator[tuple[str, bytes]]:
    """The same file as other editors would write it."""
    yield "as it is", content
    yield "CRLF", content.replace(b"\n", b"\r\n")
    yield "no final newline", content.rstrip(b"\n")
    yield "BOM", BOM + content
    yield "tabs", re.sub(rb"(?m)^( {4})+", lambda m: b"\t" * (len(m[0]) // 4), content)


class SetupCase(harness.TestCase):
    bar = ""

    def setUp(self) -> None:
        self.home = self.enter(harness.Home())
        self.system = self.home.root / "system"  # $XDG_CONFIG_DIRS
        self.system.mkdir()

    def setup_bar(self, *args: str, status: Optional[int] = 0) -> harness.Result:
        result = self.home.run(
            "setup", self.bar, *args, env={"XDG_CONFIG_DIRS": str(self.system)}
        )
        if status is not None:
            self.assertEqual(result.status, status, result.stdout + result.stderr)
        return result

    def start_on_terminal(self, *args: str) -> tuple[subprocess.Popen[str], int]:
        """Returns the process and the other end of its terminal."""
        control, terminal = pty.openpty()
        self.addCleanup(os.close, control)
        process = self.home.start(
            "setup", self.bar, *args,
            env={"XDG_CONFIG_DIRS": str(self.system)},
            stdin=terminal, stdout=terminal, stderr=subprocess.STDOUT,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )  # fmt: skip
        os.close(terminal)
        return process, control

    def read_until(self, control: int, part: str) -> str:
        """Returns the output up to this part, or to its end."""
        output = b""
        while part.encode() not in output:
            if not select.select([control], [], [], 10)[0]:
                raise AssertionError(f"it says no more: {output!r}")
            try:
                output += os.read(control, 65536)
            except OSError:
                break  # the other end is closed
        return output.decode().replace("\r\n", "\n")

    def answer(self, *typed: str, args: tuple[str, ...] = ()) -> tuple[int, str]:
        """Runs setup in a terminal and types each of these when it asks."""
        process, control = self.start_on_terminal(*args)
        output = ""
        for text in typed:
            output += self.read_until(control, "[y/N]")
            os.write(control, text.encode())
        output += self.read_until(control, "never said")
        return process.wait(10), output

    def write(self, path: Path, content: bytes) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    def state(self, folder: Optional[Path] = None) -> dict[str, bytes]:
        """Returns all files of the configuration, or of another folder, by name."""
        top = folder or self.home.config_home
        return {
            str(path.relative_to(top)): path.read_bytes() for path in harness.walk_files(top)
        }

    def assert_only_added(self, before: bytes, after: bytes) -> None:
        """Asserts that every byte of `before` is still there, in the same order."""
        rest = iter(after)
        missing = next((i for i, byte in enumerate(before) if byte not in rest), None)
        self.assertIsNone(missing, f"lost: {before[missing or 0 :][:60]!r}")
        if b"\n" in before:
            self.assertEqual(b"\r\n" in before, b"\r\n" in after)
            self.assertEqual(before.count(b"\r\n") == before.count(b"\n"),
                             after.count(b"\r\n") == after.count(b"\n"))
        self.assertEqual(before.endswith(b"\n") or not before, after.endswith(b"\n"))

    def assert_added_and_undone(self, path: Path, *args: str) -> bytes:
        """Sets up twice, the second time without effect, and undoes it; returns what was written."""
        before = self.state()
        shown = self.setup_bar(*args, "--dry-run")
        self.assertIn(f"+++ {path}", shown.stdout)
        self.assertEqual(self.state(), before, "a dry run has changed something")
        self.setup_bar(*args, "--yes")
        after = self.state()
        written = path.read_bytes()
        again = self.setup_bar(*args, "--yes")
        self.assertIn("already", again.stdout)
        self.assertEqual(self.state(), after, "the second time has changed something")
        backup = path.with_name(path.name + BACKUP)
        self.assertEqual(backup.read_bytes(), before[str(path.relative_to(self.home.config_home))])
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.state(), before)
        return written


class Waybar(SetupCase):
    bar = "waybar"

    def setUp(self) -> None:
        super().setUp()
        self.folder = self.home.config_home / "waybar"
        self.config = self.folder / "config"
        self.style = self.write(self.folder / "style.css", b"* { color: red; }\n")
