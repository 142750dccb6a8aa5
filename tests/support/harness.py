"""What all integration tests share: a home of their own, running the program, skipping, main().

A test file begins with

    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
    import harness
    from fake_kimi import FakeKimi

and ends with `if __name__ == "__main__": harness.main()`.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import pty
import queue
import re
import shutil
import signal
import stat
import struct
import subprocess
import sys
import tempfile
import termios
import threading
import unittest
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import IO, Any, ContextManager, Iterator, Mapping
from typing import NoReturn, Optional, TypeVar, Union

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "fake_kimi"))

_SKIPPED = 77  # CTest's SKIP_RETURN_CODE
_PROVIDER_PREFIX = "usageline-provider-"
# How sanitizers report and where libraries are depends on the build, not on the user.
_KEPT_VARIABLES = (
    "PATH",
    "ASAN_OPTIONS",
    "UBSAN_OPTIONS",
    "LSAN_OPTIONS",
    "TSAN_OPTIONS",
    "LD_LIBRARY_PATH",
)
_BUILT = {
    "PROGRAM": "USAGELINE_PROGRAM",
    "PLUGIN_DIR": "USAGELINE_TEST_PLUGIN_DIR",
    "FAKE_CLOCK": "USAGELINE_FAKE_CLOCK_LIBRARY",
}

PROGRAM: Path
PLUGIN_DIR: Path
FAKE_CLOCK: Path

_T = TypeVar("_T")


def __getattr__(name: str) -> Path:
    """PROGRAM and the like, looked up late because not every test needs a build."""
    if name not in _BUILT:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    variable = _BUILT[name]
    if not os.environ.get(variable):
        raise RuntimeError(f"{variable} is not set: run the tests by ctest, or set it yourself")
    path = Path(os.environ[variable]).resolve()
    if not path.exists():
        raise RuntimeError(f"{variable}: there is no {path}: build usageline first")
    return path


def _built(name: str) -> Path:
    return getattr(sys.modules[__name__], name)


def provider(name: str) -> Path:
    """The built executable of a provider, for tests which run it by hand."""
    return _built("PLUGIN_DIR") / f"{_PROVIDER_PREFIX}{name}"


@dataclass(frozen=True)
class Result:
    """How a program ended; status is negative for a signal, as in subprocess."""

    status: int
    stdout: str
    stderr: str

    def json(self) -> Any:
        return json.loads(self.stdout)


class Home:
    """A user who has never run usageline: private folders and a clean environment.

    Its end as a context kills what start() started and removes the folders.
    """

    def __init__(self) -> None:
        self.root = Path(tempfile.mkdtemp(prefix="usageline-test-")).resolve()
        self.home = self._folder("home")
        self.config_home = self._folder("config")
        self.cache_home = self._folder("cache")
        self.data_home = self._folder("data")
        self.runtime_dir = self._folder("runtime")
        self.tmp = self._folder("tmp")
        self._plugins: Optional[Path] = None
        self._processes: list[subprocess.Popen[str]] = []

    def _folder(self, name: str) -> Path:
        folder = self.root / name
        folder.mkdir(mode=0o700)
        return folder

    def __enter__(self) -> Home:
        return self

    def __exit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        for process in self._processes:
            _kill_group(process)
            for stream in (process.stdin, process.stdout, process.stderr):
                if stream is not None:
                    with contextlib.suppress(BrokenPipeError):
                        stream.close()
        _remove(self.root)

    def environment(self, **extra: Optional[str]) -> dict[str, str]:
        """This user's variables and nothing of the caller's, then extra; None takes one away."""
        variables: dict[str, Optional[str]] = {
            **{name: os.environ.get(name) for name in _KEPT_VARIABLES},
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "HOME": str(self.home),
            "TMPDIR": str(self.tmp),
            "XDG_CONFIG_HOME": str(self.config_home),
            "XDG_CACHE_HOME": str(self.cache_home),
            "XDG_DATA_HOME": str(self.data_home),
            "XDG_RUNTIME_DIR": str(self.runtime_dir),
            "USAGELINE_PLUGIN_DIR": str(self._plugins or _built("PLUGIN_DIR")),
            **extra,
        }
        return {name: value for name, value in variables.items() if value is not None}

    def forget_asking(self) -> None:
        """Lets the services be asked at once, however often that was done before."""
        for path in self.cache.glob("*.state.json"):
            state = json.loads(path.read_text(encoding="utf-8"))
            state.pop("earlyUntil", None)
            path.write_text(json.dumps(state), encoding="utf-8")

    def run(
        self,
        *args: Union[str, Path],
        env: Optional[Mapping[str, Optional[str]]] = None,
        stdin: Optional[str] = None,
        timeout: float = 30,
        program: Union[str, Path, None] = None,
    ) -> Result:
        """Runs usageline, or program, to its end; env comes on top of environment().

        Without stdin there is none to read. A run that takes too long is killed with its children.
        """
        with self._popen(args, env, program, stdin=subprocess.PIPE) as process:
            try:
                stdout, stderr = process.communicate(stdin, timeout)
            except BaseException:
                _kill_group(process)
                raise
        return Result(process.returncode, stdout, stderr)

    def start(
        self,
        *args: Union[str, Path],
        env: Optional[Mapping[str, Optional[str]]] = None,
        program: Union[str, Path, None] = None,
        **options: Any,
    ) -> subprocess.Popen[str]:
        """Starts usageline, or program, for a test to watch; options are those of Popen."""
        process = self._popen(args, env, program, **{"stdin": subprocess.DEVNULL, **options})
        self._processes.append(process)
        return process

    def run_on_terminal(self, *args: str, columns: int = 0, **env: str) -> tuple[int, str]:
        """The exit status, and what a terminal gets that shows colours; 0 columns: it can't say."""
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        terminal = {"TERM": "xterm-256color", **env}
        process = self.start(*args, env=terminal, stdout=theirs, stderr=theirs)
        os.close(theirs)
        output = b""
        with contextlib.suppress(OSError):  # the end of a terminal
            while data := os.read(ours, 4096):
                output += data
        os.close(ours)
        return process.wait(10), output.decode("utf-8").replace("\r\n", "\n")

    def _popen(
        self,
        args: Any,
        env: Optional[Mapping[str, Optional[str]]],
        program: Union[str, Path, None],
        **options: Any,
    ) -> subprocess.Popen[str]:
        settings: dict[str, Any] = {
            "env": self.environment(**(env or {})),
            "cwd": self.home,
            "stdout": subprocess.PIPE,
            "stderr": subprocess.PIPE,
            "encoding": "utf-8",
            "errors": "strict",
            "start_new_session": True,  # so that children can be killed with it
            **options,
        }
        return subprocess.Popen([program or _built("PROGRAM"), *args], **settings)

    def config(self, content: Union[str, Mapping[str, Any]]) -> Path:
        """Writes the configuration file: text as it is, anything else as JSON."""
        path = self.config_home / "usageline" / "config.json"
        path.parent.mkdir(mode=0o700, exist_ok=True)
        text = content if isinstance(content, str) else json.dumps(content, indent=2)
        path.write_text(text, encoding="utf-8")
        return path

    def plugin(self, provider: str, shell_text: str) -> Path:
        """Adds a provider, written in shell, to the built ones, or replaces one."""
        if self._plugins is None:
            self._plugins = self._folder("plugins")
            for built in _built("PLUGIN_DIR").glob(f"{_PROVIDER_PREFIX}*"):
                (self._plugins / built.name).symlink_to(built)
        path = self._plugins / f"{_PROVIDER_PREFIX}{provider}"
        if path.is_symlink():
            path.unlink()  # writing would go through it, into the build
        start = "" if shell_text.startswith("#!") else "#!/bin/sh\n"
        path.write_text(f"{start}{shell_text}\n", encoding="utf-8")
        path.chmod(0o755)
        return path

    @property
    def cache(self) -> Path:
        """The store's folder, which need not exist yet."""
        return self.cache_home / "usageline"

    def snapshot(self, provider: str = "kimi") -> Any:
        """The last good snapshot of the store; None if there is none."""
        return _read_json(self.cache / f"{provider}.json")

    def state(self, provider: str = "kimi") -> Any:
        """The last attempt in the store; None if there was none."""
        return _read_json(self.cache / f"{provider}.state.json")


class TestCase(unittest.TestCase):
    """A TestCase with Python 3.11's enterContext(), for older versions."""

    def enter(self, manager: ContextManager[_T]) -> _T:
        value = manager.__enter__()
        self.addCleanup(manager.__exit__, None, None, None)
        return value


class Lines:
    """The lines of a running program's output, each awaited with a timeout."""

    def __init__(self, stream: Optional[IO[str]]) -> None:
        assert stream is not None
        self._queue: queue.Queue[Optional[str]] = queue.Queue()
        # A descriptor of its own, which stays open while the thread reads.
        lines = open(os.dup(stream.fileno()), encoding="utf-8", errors="strict")
        threading.Thread(target=self._read, args=(lines,), daemon=True).start()

    def _read(self, lines: IO[str]) -> None:
        try:
            with lines:
                for line in lines:
                    self._queue.put(line.rstrip("\n"))
        finally:
            self._queue.put(None)

    def next(self, timeout: float = 10) -> Optional[str]:
        """The next line without its end; None when the output has ended."""
        try:
            return self._queue.get(timeout=timeout)
        except queue.Empty:
            raise AssertionError(f"no line came within {timeout} s") from None


def _kill_group(process: subprocess.Popen[str]) -> None:
    """Ends a process and the children in its group. Once it is reaped, its id may be reused."""
    if process.returncode is None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _remove(root: Path) -> None:
    """Removes a folder, also where a test took away the right to look into some part of it."""
    root.chmod(0o700)
    for parent, names, _ in os.walk(root):
        for path in (Path(parent, name) for name in names):
            if not path.is_symlink():
                with contextlib.suppress(FileNotFoundError):
                    path.chmod(0o700)
    # A fetch in the background may still write here; such files may stay.
    shutil.rmtree(root, ignore_errors=True)


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None


def _walk(folder: Path) -> Iterator[Path]:
    """All that lies below a folder, folders before what is in them; follows no symbolic link.

    A folder in it may vanish meanwhile: a fetch in the background may be at work.
    """
    for path in sorted(folder.iterdir()):
        yield path
        if path.is_dir() and not path.is_symlink():
            with contextlib.suppress(FileNotFoundError):
                yield from _walk(path)


def walk_files(folder: Path) -> Iterator[Path]:
    """All regular files below a folder."""
    return (path for path in _walk(folder) if path.is_file() and not path.is_symlink())


def mode(path: Path) -> int:
    """The permission bits of a path itself, such as 0o600."""
    return stat.S_IMODE(path.lstat().st_mode)


def assert_no_secret(where: Union[Result, str, bytes, Path], *secrets: str) -> None:
    """Fails if an output, a text, a file, or any file below a folder holds one of the secrets.

    The message shows neither the secret nor what surrounds it.
    """
    for name, content in _contents(where):
        for number, secret in enumerate(secrets, 1):
            if not secret:
                raise ValueError("an empty secret is in every text")
            if secret.encode("utf-8") in content:
                raise AssertionError(f"secret {number} of {len(secrets)} stands in {name}")


def _contents(where: Union[Result, str, bytes, Path]) -> Iterator[tuple[str, bytes]]:
    if isinstance(where, Result):
        yield "stdout", where.stdout.encode("utf-8")
        yield "stderr", where.stderr.encode("utf-8")
    elif isinstance(where, Path) and where.is_dir():
        for path in walk_files(where):
            with contextlib.suppress(FileNotFoundError):
                yield str(path), path.read_bytes()
    elif isinstance(where, Path):
        yield str(where), where.read_bytes()
    else:
        yield "the text", where.encode("utf-8") if isinstance(where, str) else where


def skip(reason: str) -> NoReturn:
    """Skips a test whose external program is missing; fails it where none may be skipped."""
    if os.environ.get("USAGELINE_TEST_NO_SKIP"):
        raise AssertionError(f"may not be skipped here: {reason}")
    print(f"skipped: {reason}", file=sys.stderr)
    raise unittest.SkipTest(reason)


def only_version(program: str, version: str) -> str:
    """The path of a program whose findings depend on its version, such as a linter.

    Skips the test with any other version, even where no test may be skipped.
    """
    path = shutil.which(program)
    if not path:
        skip(f"needs {program}")
    output = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"\bv?(\d+(\.\d+)+)", output)
    if not found:
        raise AssertionError(f"{program} --version tells no version: {output}")
    if not f"{found[1]}.".startswith(f"{version}."):
        reason = f"needs {program} {version}, and this is {found[1]}"
        print(f"skipped: {reason}", file=sys.stderr)
        raise unittest.SkipTest(reason)
    return path


class _TestResult(unittest.TextTestResult):
    """Counts the tests that passed; unittest counts those that began."""

    passed = 0

    def addSuccess(self, test: unittest.TestCase) -> None:
        super().addSuccess(test)
        self.passed += 1


class _Runner(unittest.TextTestRunner):
    resultclass = _TestResult


def main() -> NoReturn:
    """Runs the tests of the calling script: 0 if they pass, 77 if all of them were skipped.

    That no test ran is a failure: a renamed class or a wrong filter must not look like success.
    """
    result = unittest.main(module="__main__", testRunner=_Runner, exit=False).result
    assert isinstance(result, _TestResult)
    if not result.wasSuccessful():
        sys.exit(1)
    if result.passed:
        sys.exit(0)
    if result.skipped:
        sys.exit(_SKIPPED)
    sys.exit("no test ran")
