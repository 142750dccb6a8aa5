"""What the tests of the example configurations share: starting a bar, and finding words in it.

CTest gives the programs: USAGELINE_PROGRAM (usageline) and USAGELINE_TEST_PLUGIN_DIR (the folder
with the providers). A bar that is not installed is skipped.
"""

import contextlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Sequence, Tuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import harness  # noqa: E402
from bars import NEAR, SEVERITIES, Bar, demo_environment, example, missing  # noqa: E402
from plan import Plan  # noqa: E402
from png import Colour, Png, colour  # noqa: E402
from words import BAR_HEIGHT, Words  # noqa: E402

LETTERS = 20  # fewer pixels than that are no line of text
DIGITS = 5  # fewer pixels than that are no number
DIM = colour("#7982a9")  # of usageline itself
WAYBAR_BACKGROUND = colour("#1a1b26")  # of waybar/example/style.css
STALE, REFRESHING = 0.6, 0.8  # opacities, also from there


def mix(over: Colour, under: Colour, opacity: float) -> Colour:
    """The colour of something translucent on its background."""
    red, green, blue = (round(a * opacity + b * (1 - opacity)) for a, b in zip(over, under))
    return red, green, blue


class BarCase:
    """One bar with its example: the classes below choose the bar, their subclasses add tests."""

    BAR = ""
    EXAMPLE: Optional[str] = None  # the file, where there are several
    WHOLE_LINE = True  # in one colour; else each number has that of its own severity
    TEXT: Optional[Colour] = None  # of the words; None: that of the line's severity
    ENOUGH = LETTERS  # pixels of a colour, for it to be there
    IS_WATCHING = True  # usageline lives as long as the bar
    WORDS: Sequence[str] = ()  # that a test of the class looks for

    _drawings: Dict[Tuple[str, Tuple[str, ...]], Words] = {}

    def setUp(self) -> None:
        lacking = missing(self.BAR)
        if lacking:
            harness.skip(f"{self.BAR} needs {', '.join(lacking)}")

    @contextlib.contextmanager
    def running(self, state: Optional[str], **options: Any) -> Iterator[Bar]:
        """The bar, started with the demo provider in that state, or with nothing set up at all."""
        with self.environment(state or "ok") as environment:
            if not state:
                self.configure(None)
            with self._example(environment, options) as bar:
                yield bar

    @contextlib.contextmanager
    def showing_plan(self, config: Any = None, **options: Any) -> Iterator[Bar]:
        """The bar, which has drawn self.plan; config is usageline's own."""
        with self.environment("ok") as environment:
            self.plan = Plan(environment)
            self.configure(config)
            with self._example(environment, options) as bar:
                self.drawn(bar, "warning")
                yield bar

    def configure(self, config: Any) -> None:
        """Writes usageline's configuration (text as it is, all else as JSON), or removes it."""
        path = self.folder / "config" / "usageline" / "config.json"
        text = config if isinstance(config, str) else json.dumps(config)
        if config is None:
            path.unlink(missing_ok=True)
        else:
            path.write_text(text)

    @contextlib.contextmanager
    def environment(self, state: str) -> Iterator[Dict[str, str]]:
        with tempfile.TemporaryDirectory(prefix="usageline-") as temporary:
            self.folder = Path(temporary)
            self.folder.chmod(0o755)
            yield demo_environment(harness.PROGRAM, self.folder, state, harness.PLUGIN_DIR)

    def _example(self, environment: Dict[str, str], options: Dict[str, Any]) -> Bar:
        return example(self.BAR, environment, self.folder, self.EXAMPLE, **options)

    def drawn(self, bar: Bar, state: str) -> Png:
        """Waits for the state's colour in as many pixels as letters have; returns the picture."""
        rgb = SEVERITIES[state]
        return bar.wait_for(lambda seen: seen.count_colour(rgb, NEAR) >= self.ENOUGH, state)

    def ink(self, line: str, number: Optional[str] = None) -> Colour:
        """The colour of a word in a line of that severity, or of a number of that severity."""
        if number and not self.WHOLE_LINE:
            return SEVERITIES[number]
        return self.TEXT or SEVERITIES[line]

    def dimmed(self, severity: str) -> Colour:
        """The colour of an old number."""
        return SEVERITIES[severity]

    @property
    def words(self) -> Words:
        """WORDS as the bar draws them."""
        key = (self.BAR, tuple(self.WORDS))
        if key not in self._drawings:
            with tempfile.TemporaryDirectory(prefix="usageline-") as temporary:
                Path(temporary).chmod(0o755)
                folder = Path(temporary) / "words"
                self._drawings[key] = Words.drawn_by(self.BAR, self.WORDS, folder)
        return self._drawings[key]

    def read(self, bar: Bar, word: str, rgb: Colour, timeout: float = 20.0) -> Png:
        """Waits until the word is drawn in that colour, and returns the picture."""
        words = self.words
        return bar.wait_for(lambda seen: bool(words.find(word, seen, rgb)), f'"{word}"', timeout)

    def place(self, picture: Png, rgb: Colour) -> Tuple[int, int]:
        """The middle of what the bar draws in that colour."""
        box = picture.where(rgb, NEAR, (0, 0, picture.width, BAR_HEIGHT))
        if box is None:
            raise AssertionError(f"nothing is drawn in {rgb}")
        return box[0] + box[2] // 2, box[1] + box[3] // 2

    def watchers(self, bar: Bar) -> List[int]:
        """The processes of usageline that the bar has started and that run as long as it does."""
        found = bar.helpers("--watch")
        return [pid for pid in found if parent_of(pid) not in found]


def parent_of(pid: int) -> Optional[int]:
    """The process that started it; None if it has ended."""
    try:
        after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2]
    except (FileNotFoundError, ProcessLookupError):
        return None
    return int(after_name.split()[1])


class WaybarCase(BarCase):
    """Waybar 0.9 and newer, in Sway."""

    BAR = "waybar"

    def dimmed(self, severity: str) -> Colour:
        return mix(SEVERITIES[severity], WAYBAR_BACKGROUND, STALE)


class I3blocksCase(BarCase):
    """i3blocks in i3's bar, which runs usageline for each line."""

    BAR = "i3blocks"
    IS_WATCHING = False


class PersistCase(BarCase):
    """i3blocks with a persistent block."""

    BAR = "i3blocks"
    EXAMPLE = "persist"
    WHOLE_LINE = False


class PolybarCase(BarCase):
    """Polybar 3.6 and newer, without a window manager."""

    BAR = "polybar"
    WHOLE_LINE = False
    TEXT = colour("#c0caf5")
    ENOUGH = DIGITS
