"""The commands that setup writes and the examples have, run as a bar runs them: the module says in
the bar that usageline is gone, and draws again once it is back.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
from pathlib import Path
from typing import Callable

from setup_case import SetupCase, parse_jsonc

import harness

ROOT = Path(__file__).resolve().parents[3]
MESSAGE = "usageline ! not found"
# Says how long it would sleep, and does so until there is a line to read.
SLEEP = '#!/bin/sh\necho "sleep $1"\nread line\n'
DRAWS = '#!/bin/sh\necho "drawn by $*"\nread line\n'


class Commands(SetupCase):
    def setUp(self) -> None:
        super().setUp()
        self.programs = self.home.root / "bin"
        self.install("sleep", SLEEP)

    def install(self, name: str, text: str) -> Path:
        path = self.programs / name
        self.write(path, text.encode())
        path.chmod(0o755)
        return path

    def start_command(self, command: str) -> subprocess.Popen[str]:
        return self.home.start(
            "-c", command, program="/bin/sh", env={"PATH": str(self.programs)},
            stdin=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def go_on(self, process: subprocess.Popen[str]) -> None:
        """Ends a sleep, or what draws."""
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()

    def written(self, bar: str, name: str, content: bytes) -> bytes:
        """What setup makes of this configuration."""
        self.bar = bar
        path = self.write(self.home.config_home / bar / name, content)
        self.setup_bar("--yes")
        return path.read_bytes()

    def value(self, content: bytes, key: str) -> str:
        """The value of this key in an INI file."""
        lines = content.decode().splitlines()
        return next(line.partition("=")[2].strip() for line in lines if line.startswith(key))

    def assert_loop_says_so(self, command: str, read: Callable[[str], str]) -> None:
        process = self.start_command(command)
        lines = harness.Lines(process.stdout)
        for next_mode in (0o644, 0o755):  # without execute permission it can't be run either
            self.assertEqual(read(lines.next() or ""), MESSAGE)
            self.assertEqual(lines.next(), "sleep 60")
            self.install("usageline", DRAWS).chmod(next_mode)
            self.go_on(process)
            self.assertEqual(lines.next(), "sleep 5")
            self.go_on(process)
        self.assertIn("--watch", lines.next() or "")
        self.go_on(process)
        self.assertEqual(process.wait(10), 0)

    def test_waybar(self) -> None:
        content = self.written("waybar", "config", b'{"modules-right": ["clock"]}\n')
        for text in (content, (ROOT / "waybar/example/config.jsonc").read_bytes()):
            command = parse_jsonc(text)["custom/usageline"]["exec"]
            self.assert_loop_says_so(command, lambda line: json.loads(line)["text"])
            (self.programs / "usageline").unlink()

    def test_a_program_that_was_killed_is_not_said_to_be_gone(self) -> None:
        command = parse_jsonc((ROOT / "waybar/example/config.jsonc").read_bytes())
        self.install("usageline", "#!/bin/sh\necho $$\nread line\n")
        process = self.start_command(command["custom/usageline"]["exec"])
        lines = harness.Lines(process.stdout)
        os.kill(int(lines.next() or ""), signal.SIGKILL)
        self.assertEqual(lines.next(), "sleep 5")

    def test_i3blocks(self) -> None:
        command = self.value((ROOT / "i3blocks/example/persist").read_bytes(), "command")
        self.assert_loop_says_so(command, lambda line: json.loads(line)["full_text"])

    def test_polybar(self) -> None:
        """Polybar itself runs the command again."""
        content = self.written("polybar", "config.ini", b"[bar/main]\nmodules-right = date\n")
        for text in (content, (ROOT / "polybar/example/config.ini").read_bytes()):
            command = self.value(text, "exec")
            process = self.start_command(command)
            lines = harness.Lines(process.stdout)
            self.assertEqual(lines.next(), MESSAGE)
            self.assertEqual(lines.next(), "sleep 60")
            self.go_on(process)
            self.assertIsNone(lines.next())
            self.install("usageline", DRAWS)
            process = self.start_command(command)
            self.assertEqual(harness.Lines(process.stdout).next(), "drawn by polybar --watch")
            (self.programs / "usageline").unlink()


if __name__ == "__main__":
    harness.main()
