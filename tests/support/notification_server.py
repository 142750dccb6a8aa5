"""A real notification server, dunst, on a session bus and a screen of its own.

    with NotificationServer(folder) as server:
        home.run("details", env=server.environment)
        server.shown()
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Any, Dict, List, Optional, Type

_TESTS = Path(__file__).resolve().parents[1]
sys.path += [str(_TESTS / "bars"), str(_TESTS / "browsers")]
import harness  # noqa: E402
from display import Display, missing_programs, wait_until  # noqa: E402
from session import BUS_PROGRAMS, Session  # noqa: E402

PROGRAMS = (*BUS_PROGRAMS, "Xvfb", "dunst", "dunstctl")
NAME = "org.freedesktop.Notifications"


class NotificationServer:
    """Skips the test if it can't be started; markup is dunst's setting of that name."""

    def __init__(self, folder: Path, markup: str = "full") -> None:
        missing = missing_programs(PROGRAMS)
        if missing:
            harness.skip(f"needs {', '.join(missing)}")
        self._folder = folder
        self._markup = markup
        self._stack = contextlib.ExitStack()
        self._server: Optional[subprocess.Popen] = None

    def __enter__(self) -> NotificationServer:
        with contextlib.ExitStack() as stack:
            self.session = stack.enter_context(Session(self._folder))
            self._display = stack.enter_context(Display(self._folder))
            self.start()
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self._stack.close()

    @property
    def environment(self) -> Dict[str, str]:
        return self.session.environment

    def start(self) -> None:
        """Starts dunst, which the constructor has done once."""
        config = self._folder / "dunstrc"
        config.write_text(f"[global]\nmarkup = {self._markup}\n", encoding="utf-8")
        environment = {**self._display.environment, **self.environment, "HOME": str(self._folder)}
        command = ["dunst", "-config", str(config)]
        log = self._folder / "dunst.log"
        self._server = self.session.processes.start(command, environment, log)
        self.session.wait_for(NAME)

    def stop(self) -> None:
        """Ends dunst, and waits until its name is free."""
        assert self._server
        self._server.terminate()
        self._server.wait(20)
        if not wait_until(lambda: not self.session.has(NAME)):
            raise RuntimeError("dunst has ended and has kept its name")

    @contextlib.contextmanager
    def hanging(self) -> Any:
        """Stops dunst for the time of the context."""
        assert self._server
        os.kill(self._server.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self._server.pid, signal.SIGCONT)

    def shown(self) -> List[Dict[str, Any]]:
        """Closes all notifications; returns all that were ever closed, the oldest first."""
        self._control("close-all")
        history = json.loads(self._control("history"))
        found = [
            {name: value["data"] for name, value in entry.items()} for entry in history["data"][0]
        ]
        return sorted(found, key=lambda entry: entry["timestamp"])

    def _control(self, command: str) -> str:
        done = subprocess.run(
            ["dunstctl", command], env={**os.environ, **self.environment},
            stdout=subprocess.PIPE, encoding="utf-8", check=True, timeout=20,
        )  # fmt: skip
        return done.stdout
