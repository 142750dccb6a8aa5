"""What the tests of `usageline setup` with bars that run share: stand-ins for them."""

from __future__ import annotations

import subprocess
from pathlib import Path
from typing import Any, Optional

from setup_case import Waybar

import harness

CONFIG = b'{"modules-right": ["clock"]}\n'
RULES = b"* { color: red; }\n"
STAND_IN = "#!/bin/sh\necho started\nread line\n"


class Running(Waybar):
    def start_bar(
        self, *args: str, name: str = "waybar", env: Optional[dict[str, str]] = None, **options: Any
    ) -> subprocess.Popen[str]:
        """Starts a stand-in for a bar, which lives until its standard input ends."""
        program = self.home.root / name
        program.write_text(STAND_IN)
        program.chmod(0o755)
        process = self.home.start(
            *args, program=program, env=env, stdin=subprocess.PIPE, **options
        )
        self.assertEqual(harness.Lines(process.stdout).next(), "started")
        return process

    def own(self, name: str, content: bytes = CONFIG) -> Path:
        return self.write(self.home.home / "bars" / name, content)

    def findings(self, **env: str) -> dict[str, str]:
        """What doctor finds about bars, with its status."""
        found = self.home.run("doctor", "--json", env=env).json()["findings"]
        return {item["text"]: item["status"] for item in found if item["section"] == "bars"}
