"""An X display without a screen, and the processes that run on it.

Everything started here is stopped here: by process group, and after that by a mark in the
environment, because window managers start their children in sessions of their own.
"""

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import time
import uuid
from pathlib import Path
from types import TracebackType
from typing import Callable, Dict, List, Mapping, Optional, Sequence, Set, Tuple, Type, TypeVar

from png import Png

MARK = "USAGELINE_TEST_RUN"
PR_SET_CHILD_SUBREAPER = 36
COMM_LENGTH = 15  # what the kernel keeps of a program's name
T = TypeVar("T")
R = TypeVar("R", bound="Running")


def wait_until(ask: Callable[[], T], timeout: float = 20.0, every: float = 0.05) -> Optional[T]:
    """Asks until the answer is true, and returns it; None after timeout seconds.

    Polling is right in this one place: a real bar does not report when it has drawn.
    """
    end = time.monotonic() + timeout
    while True:
        answer = ask()
        if answer:
            return answer
        if time.monotonic() >= end:
            return None
        time.sleep(every)


def missing_programs(names: Sequence[str]) -> List[str]:
    """Those of the programs that are not installed."""
    return [name for name in names if shutil.which(name) is None]


class Processes:
    """Processes that belong together, and end together with all that they started."""

    def __init__(self) -> None:
        self.mark = uuid.uuid4().hex
        self._started: List[subprocess.Popen] = []
        # Orphans become our children, so that stop() can reap them: some containers have no init.
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)

    def start(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        log: Path,
        pass_fds: Tuple[int, ...] = (),
    ) -> subprocess.Popen:
        """Starts a command in a process group of its own; both its outputs go to log."""
        with log.open("ab") as output:
            process = subprocess.Popen(
                list(command),
                env={**environment, MARK: self.mark},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                pass_fds=pass_fds,
            )
        self._started.append(process)
        return process

    def alive(self) -> Set[int]:
        """All running processes with the mark, also those with another parent now."""
        found = set()
        needle = f"{MARK}={self.mark}".encode()
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit():
                with contextlib.suppress(OSError):
                    if needle in (entry / "environ").read_bytes().split(b"\0"):
                        found.add(int(entry.name))
        return found

    def named(self, name: str, *arguments: str) -> List[int]:
        """Those alive that run the program of that name, with all of these arguments."""
        found = []
        for pid in sorted(self.alive()):
            with contextlib.suppress(OSError):
                process = Path(f"/proc/{pid}")
                given = (process / "cmdline").read_text(errors="replace").split("\0")
                if (process / "comm").read_text().rstrip("\n") == name[:COMM_LENGTH]:
                    if set(arguments) <= set(given):
                        found.append(pid)
        return found

    def kill(self, pids: Sequence[int], number: signal.Signals = signal.SIGKILL) -> None:
        """Sends them a signal that ends them, and waits until they are gone."""
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
        if not wait_until(lambda: not self.alive() & set(pids)):
            raise AssertionError(f"alive after {number.name}: {self.alive() & set(pids)}")

    def stop(self, patience: float = 5.0) -> None:
        """Ends the processes, the latest first, then kills those that are left."""
        family = self.alive()
        for process in reversed(self._started):
            _signal_group(process.pid, signal.SIGTERM)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(patience)
        wait_until(lambda: not self.alive(), patience)
        family |= self.alive()
        for pid in self.alive():
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        for process in self._started:
            _signal_group(process.pid, signal.SIGKILL)
            process.wait()
        orphans = family - {process.pid for process in self._started}
        wait_until(lambda: all([_is_gone(pid) for pid in orphans]), patience)
        self._started.clear()


def _signal_group(group: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(group, number)


def _is_gone(pid: int) -> bool:
    """Whether a process has ended; reaps it if it was our child."""
    with contextlib.suppress(ChildProcessError):
        os.waitpid(pid, os.WNOHANG)
    return not Path(f"/proc/{pid}").exists()


class Running:
    """A context manager: _start() begins it, and its end stops all processes that it started."""

    def __init__(self) -> None:
        self.processes = Processes()

    def __enter__(self: R) -> R:
        try:
            self._start()
        except BaseException:
            self.processes.stop()
            raise
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.processes.stop()

    def _start(self) -> None:
        raise NotImplementedError


class Display(Running):
    """Xvfb on a free display number, of a size in pixels, and a mouse on it."""

    PROGRAMS = ("Xvfb", "xdotool", "scrot")

    def __init__(self, folder: Path, width: int = 1000, height: int = 320) -> None:
        super().__init__()
        self.width = width
        self.height = height
        self.environment: Dict[str, str] = {}
        self._folder = folder

    def _start(self) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        log = self._folder / "xvfb.log"
        answer, question = os.pipe()
        screen = f"{self.width}x{self.height}x24"
        command = ["Xvfb", "-displayfd", str(question), "-screen", "0", screen]
        command += ["-nolisten", "tcp", "-noreset"]
        with os.fdopen(answer) as lines:
            with os.fdopen(question, "wb"):
                self.processes.start(command, os.environ, log, (question,))
            number = lines.readline().strip()  # empty if Xvfb died
        if not number.isdigit():
            raise RuntimeError(f"Xvfb did not start: {log.read_text(errors='replace')}")
        self.environment = {**os.environ, "DISPLAY": f":{number}"}
        self.environment.pop("XAUTHORITY", None)

    def screenshot(self, path: Optional[Path] = None) -> Png:
        """What the screen shows now, without the pointer; also left in path, if given."""
        target = path or self._folder / "screen.png"
        self.run("scrot", "--overwrite", "--quality", "1", str(target))
        return Png.read(target)

    def move(self, x: int, y: int) -> None:
        """Moves the pointer there."""
        self.run("xdotool", "mousemove", str(x), str(y))

    def click(self, button: int, x: int, y: int) -> None:
        """Presses and releases a button there (1 left, 2 middle, 3 right)."""
        self.move(x, y)
        self.run("xdotool", "click", str(button))

    def windows(self) -> List[str]:
        """The ids of the windows on the screen, the oldest first."""
        found = self.run("xdotool", "search", "--maxdepth", "1", "--onlyvisible", "--name", ".*")
        _root, *windows = sorted(found.split(), key=int)
        return windows

    def place_window(self, window: str, x: int, y: int) -> None:
        """Moves a window, where no window manager does."""
        self.run("xdotool", "windowmove", "--sync", window, str(x), str(y))

    def run(self, *command: str) -> str:
        """Runs a program on the display to its end; gives what it wrote."""
        done = subprocess.run(
            command, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
            timeout=20, check=False,
        )
        output = done.stdout.decode(errors="replace")
        if done.returncode != 0:
            raise RuntimeError(f"{command[0]}: {output.strip()}")
        return output
