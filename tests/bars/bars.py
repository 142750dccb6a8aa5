"""The real bars on a virtual display: Waybar in Sway, i3bar with i3blocks, Polybar.

    with Polybar(config, {"PATH": ..., "XDG_CONFIG_HOME": ...}, folder) as bar:
        picture = bar.wait_for(lambda picture: picture.has_colour(YELLOW))

The bar's configuration is used as it is; the rest (Sway, i3, fonts, background) comes from here.
The bar gets only environment and what a session needs (DISPLAY, HOME, XDG_RUNTIME_DIR, …), so the
user's own configuration plays no part.
"""

import json
import os
import pwd
import shutil
import signal
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any, Callable, Dict, List, Mapping, Optional, Sequence, Tuple, Type

from display import Display, missing_programs, wait_until
from notifications import Notifications
from png import Png, colour

ROOT = Path(__file__).resolve().parents[2]
BACKGROUND = "#16161e"
SIZE = (1000, 320)
SEVERITIES = {  # the colours of the examples and of usageline itself
    "ok": colour("#9ece6a"),
    "warning": colour("#e0af68"),
    "critical": colour("#ff9e64"),
    "exhausted": colour("#f7768e"),
}
# How sanitizers report and where libraries are depends on the build.
BUILD_VARIABLES = ("ASAN_OPTIONS", "UBSAN_OPTIONS", "LSAN_OPTIONS", "LD_LIBRARY_PATH")
NEAR = 8  # how far a channel may be off: the edges of letters are blended
ORDINARY_USER = "nobody"
WHEEL = {"up": 4, "down": 5}  # X11 has its notches as buttons


class Bar:
    """What the three have in common. A bar draws at the top of a display of its own."""

    NAME = ""
    PROGRAMS: Tuple[str, ...] = ()
    AS_ORDINARY_USER = False

    def __init__(
        self,
        config: Path,
        environment: Mapping[str, str],
        folder: Path,
        size: Tuple[int, int] = SIZE,
        notifications: bool = False,
    ) -> None:
        self.config = config
        self.folder = folder
        self.display = Display(folder / "display", *size)
        self.notifications = Notifications(folder / "notifications") if notifications else None
        self._given = dict(environment)
        self._log = folder / "log" / "bar.log"

    def __enter__(self) -> "Bar":
        self.display.__enter__()
        try:
            self._log.parent.mkdir(parents=True, exist_ok=True)
            self._log.touch()
            environment = self._environment()
            if self.notifications:
                self._start(self.notifications.command(), environment)
                if not wait_until(self.notifications.socket.exists):
                    raise AssertionError(f"no bus for notifications:\n{self.log}")
            self._process = self._start(self._command(), environment)
            self._arrange()
        except BaseException:
            self.display.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: Optional[Type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.display.__exit__(kind, error, trace)

    @property
    def log(self) -> str:
        """What the bar (and what surrounds it) wrote to stdout and stderr so far."""
        return self._log.read_text(errors="replace")

    def picture(self) -> Png:
        """What the display shows now."""
        return self.display.screenshot()

    def wait_for(self, good: Callable[[Png], bool], what: str, timeout: float = 20.0) -> Png:
        """Waits for a picture that is good and stays the same; `what` describes it in a failure."""

        def settled() -> Optional[Png]:
            if self._process.poll() is not None:
                raise AssertionError(f"{self.NAME} ended before it drew {what}:\n{self.log}")
            first = self.picture()
            return first if good(first) and not first.differs(self.picture()) else None

        picture = wait_until(settled, timeout)
        if picture is None:
            raise AssertionError(f"{self.NAME} did not draw {what} in {timeout:g} s:\n{self.log}")
        return picture

    def hover(self, x: int, y: int) -> None:
        """Moves the pointer there; its last small step is a motion inside the bar."""
        self.display.move(x - 2, y)
        self.display.move(x, y)

    def click(self, button: int, x: int, y: int) -> None:
        """Clicks there: 1 left, 2 middle, 3 right."""
        self.display.click(button, x, y)

    def scroll(self, direction: str, x: int, y: int) -> None:
        """Turns the wheel there by one notch, "up" or "down"."""
        self.display.click(WHEEL[direction], x, y)

    def helpers(self, *arguments: str, name: str = "usageline") -> List[int]:
        """The living processes of a program that the bar runs, with all of these arguments."""
        return self.display.processes.named(name, *arguments)

    def send_signal(self, number: signal.Signals) -> None:
        """Sends a signal to the bar itself, but not to its children."""
        for pid in self.display.processes.named(self.NAME):
            os.kill(pid, number)

    def reload(self) -> None:
        """Has the bar read its configuration again, in its own way; returns before that is done."""
        raise NotImplementedError

    def run(self, *command: str) -> int:
        """Runs a program as the bar's user would in a terminal, and returns its status."""
        given = self._as_user(command)
        return self.display.processes.start(given, self._environment(), self._log).wait(20)

    def _command(self) -> List[str]:
        raise NotImplementedError

    def _start(self, command: List[str], environment: Mapping[str, str]) -> subprocess.Popen:
        if self._drops_privileges():
            _give_to_ordinary_user(self.folder)
        return self.display.processes.start(self._as_user(command), environment, self._log)

    def _as_user(self, command: Sequence[str]) -> List[str]:
        return [*(_change_user() if self._drops_privileges() else []), *command]

    def _arrange(self) -> None:
        """Does what is needed once the bar has been started."""

    def _environment(self) -> Dict[str, str]:
        home = self.folder / "session"
        runtime = self.folder / "run"
        for path in (home, runtime):
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return {
            "HOME": str(home),
            "LANG": "C.UTF-8",
            "XDG_RUNTIME_DIR": str(runtime),
            "DISPLAY": self.display.environment["DISPLAY"],
            "NO_AT_BRIDGE": "1",  # GTK would start the accessibility bus
            "GSETTINGS_BACKEND": "memory",
            **(self.notifications.environment if self.notifications else {}),
            **self._given,
        }

    def _drops_privileges(self) -> bool:
        return self.AS_ORDINARY_USER and os.geteuid() == 0


class WaybarInSway(Bar):
    """Waybar in a Sway that is a window of the X display, so that there is a pointer.

    Sway refuses to run as root; root runs both as an ordinary user, who is then given folder.
    Several outputs, each of that size, are as many windows, one below the other.
    """

    NAME = "waybar"
    PROGRAMS = ("sway", "swaybg", "waybar", "dbus-run-session", *Display.PROGRAMS)
    AS_ORDINARY_USER = True

    def __init__(
        self,
        config: Path,
        environment: Mapping[str, str],
        folder: Path,
        style: Optional[Path] = None,
        size: Tuple[int, int] = SIZE,
        notifications: bool = False,
        outputs: int = 1,
    ) -> None:
        width, height = size
        screen = (width, height * outputs)
        super().__init__(config, environment, folder, screen, notifications)
        self.style = style
        self.outputs = [(0, height * number, width, height) for number in range(outputs)]

    def reload(self) -> None:
        self.send_signal(signal.SIGUSR2)

    def _environment(self) -> Dict[str, str]:
        wlroots = {"BACKENDS": "x11", "RENDERER": "pixman", "X11_OUTPUTS": len(self.outputs)}
        chosen = {f"WLR_{name}": str(value) for name, value in wlroots.items()}
        return {**super()._environment(), **chosen}

    def _arrange(self) -> None:
        if len(self.outputs) == 1:
            return
        if not wait_until(lambda: len(self.display.windows()) == len(self.outputs)):
            raise AssertionError(f"Sway opened {len(self.display.windows())} windows:\n{self.log}")
        for window, (left, top, _, _) in zip(self.display.windows(), self.outputs):
            self.display.place_window(window, left, top)

    def _command(self) -> List[str]:
        config = _copy(self.config, self.folder / "session" / "config.jsonc")
        style = _copy(self.style, self.folder / "session" / "style.css") if self.style else None
        waybar = f"waybar -c '{config}'" + (f" -s '{style}'" if style else "")
        bus = [] if self.notifications else ["dbus-run-session", "--"]
        return [*bus, *self._compositor(waybar)]

    def _compositor(self, waybar: str) -> List[str]:
        sway = self.folder / "session" / "sway"
        lines = (
            "xwayland disable",
            *(f"output X11-{number} mode --custom {box[2]}x{box[3]}"
              for number, box in enumerate(self.outputs, 1)),
            f"output * background {BACKGROUND} solid_color",
            f"exec exec {waybar}",
        )
        sway.write_text("".join(line + "\n" for line in lines))
        return ["sway", "-c", str(sway)]


class WaybarInLabwc(WaybarInSway):
    """The same in a compositor that stacks windows, and of which Waybar asks no workspaces."""

    PROGRAMS = ("labwc", "waybar", "dbus-run-session", *Display.PROGRAMS)

    def _compositor(self, waybar: str) -> List[str]:
        settings = self.folder / "session" / "labwc"
        settings.mkdir()
        return ["labwc", "-C", str(settings), "-s", waybar]


class I3WithI3blocks(Bar):
    """i3, whose bar runs i3blocks. config is the configuration of i3blocks."""

    NAME = "i3blocks"
    PROGRAMS = ("i3", "i3bar", "i3blocks", "i3-msg", "bash", "grep", *Display.PROGRAMS)

    @staticmethod
    def version() -> Tuple[int, ...]:
        """Of the i3blocks that is installed, such as (1, 5)."""
        done = subprocess.run(["i3blocks", "-V"], capture_output=True, text=True, check=True)
        return tuple(map(int, done.stdout.split()[1].split(".")))

    def reload(self) -> None:
        """i3's own `reload` leaves i3blocks alone."""
        self.display.run("i3-msg", "-s", str(self._socket), "restart")

    @property
    def _socket(self) -> Path:
        return self.folder / "run" / "i3.socket"

    def _command(self) -> List[str]:
        config = self.folder / "session" / "i3"
        # i3bar writes a click and the end of its line one after the other, and i3blocks 1.5 forgets
        # the click if it reads it in between.
        command = f"exec i3blocks -c '{self.config.resolve()}'"
        if self.version() > (1, 4):
            command = f'exec bash -c "{command} < <(exec grep --line-buffered ^)"'
        config.write_text(
            f"""# i3 config file (v4)
ipc-socket {self._socket}
font pango:DejaVu Sans 10
bar {{
    position top
    font pango:DejaVu Sans 10
    padding 2px 6px
    separator_symbol "·"
    status_command {command}
    colors {{
        background #1a1b26
        statusline #c0caf5
        separator #565f89
        focused_workspace #292e42 #292e42 #7aa2f7
        urgent_workspace #f7768e #f7768e #1a1b26
    }}
}}
"""
        )
        return ["i3", "-c", str(config)]


class Polybar(Bar):
    """Polybar without a window manager; it draws the bar called main."""

    NAME = "polybar"
    PROGRAMS = ("polybar", *Display.PROGRAMS)

    def reload(self) -> None:
        self.send_signal(signal.SIGUSR1)

    def _command(self) -> List[str]:
        return ["polybar", "--config=" + str(self.config.resolve()), "main"]


BARS: Dict[str, Type[Bar]] = {bar.NAME: bar for bar in (WaybarInSway, I3WithI3blocks, Polybar)}


def example(
    bar: str,
    environment: Mapping[str, str],
    folder: Path,
    name: Optional[str] = None,
    **options: Any,
) -> Bar:
    """The bar with the example configuration that we ship, ready for `with`.

    name is that of the file, if there are several. options are those of the bar's own class: size,
    notifications, and outputs for Waybar.
    """
    shipped = ROOT / bar / "example"
    if bar == "waybar":
        style = shipped / "style.css"
        return WaybarInSway(shipped / "config.jsonc", environment, folder, style, **options)
    if bar == "i3blocks":
        return I3WithI3blocks(shipped / (name or "config"), environment, folder, **options)
    return Polybar(shipped / "config.ini", environment, folder, **options)


def missing(bar: str) -> List[str]:
    """The programs that the bar needs here and that are not installed."""
    kind = BARS[bar]
    extra = ("setpriv",) if kind.AS_ORDINARY_USER and os.geteuid() == 0 else ()
    return missing_programs((*kind.PROGRAMS, *extra))


def demo_environment(
    program: Path, folder: Path, state: str, providers: Optional[Path] = None
) -> Dict[str, str]:
    """An environment in which a bar finds usageline, showing the demo provider in that state.

    The programs are copied into folder, because an ordinary user may not get to where they were
    built. A stand-in for xdg-open writes the address that it is given into folder/opened.
    """
    programs = folder / "bin"
    plugins = folder / "plugins"
    settings = folder / "config" / "usageline"
    for path in (programs, plugins, settings, folder / "cache", folder / "data"):
        path.mkdir(parents=True)
    shutil.copy(program, programs / "usageline")
    for plugin in providers.glob("usageline-*") if providers else ():
        if os.access(plugin, os.X_OK):
            shutil.copy(plugin, plugins)
    browser = programs / "xdg-open"
    browser.write_text(f"#!/bin/sh\necho \"$1\" >> '{folder / 'opened'}'\n")
    browser.chmod(0o755)
    demo = {"id": "demo", "enabled": True, "state": state}
    (settings / "config.json").write_text(json.dumps({"providers": [demo]}))
    build = {name: os.environ[name] for name in BUILD_VARIABLES if name in os.environ}
    return {
        **build,
        "PATH": f"{programs}:{os.environ.get('PATH', os.defpath)}",
        "USAGELINE_PLUGIN_DIR": str(plugins),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "XDG_CACHE_HOME": str(folder / "cache"),
        "XDG_DATA_HOME": str(folder / "data"),
    }


def _copy(source: Path, target: Path) -> Path:
    shutil.copyfile(source, target)
    return target


def _give_to_ordinary_user(folder: Path) -> None:
    """Makes folder and all in it the ordinary user's own."""
    user = pwd.getpwnam(ORDINARY_USER)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user.pw_uid, user.pw_gid, follow_symlinks=False)
    for path in folder.resolve().parents:
        if not path.stat().st_mode & 0o001:
            raise RuntimeError(f"{path}: the user {ORDINARY_USER} cannot enter it")


def _change_user() -> List[str]:
    """The beginning of a command that root runs as the ordinary user."""
    user = pwd.getpwnam(ORDINARY_USER)
    return ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups", "--"]
