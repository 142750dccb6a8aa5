"""The example configurations that we ship, in the real bars: what a user sees after copying them.

CTest names the programs: USAGELINE_PROGRAM (usageline) and USAGELINE_TEST_PLUGIN_DIR (the folder
with usageline-provider-demo). A bar that is not installed is skipped.
"""

import contextlib
import sys
import tempfile
import unittest
from pathlib import Path
from typing import Iterator, Tuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import harness  # noqa: E402
from bars import NEAR, SEVERITIES, Bar  # noqa: E402
from bars import demo_environment, example, missing, show_plan  # noqa: E402
from display import wait_until  # noqa: E402
from png import Colour, Png, colour  # noqa: E402
from words import Words  # noqa: E402

CONSOLE = "https://www.kimi.com/code/console"
LETTERS = 20  # fewer pixels than that are no line of text
PLAN = "plan"  # of picture_provider.py: 74% of the session, which is a warning
DIGITS = 5  # fewer pixels than that are no number
BACKGROUND, OPACITY = colour("#1a1b26"), 0.6  # of waybar/example/style.css


def mix(over: Colour, under: Colour, opacity: float) -> Colour:
    """The colour of something that lets its background through."""
    red, green, blue = (round(a * opacity + b * (1 - opacity)) for a, b in zip(over, under))
    return red, green, blue


class BarTest:
    """What holds for each bar. The classes below say which one."""

    BAR = ""
    WHOLE_LINE = True  # in one colour; else each number has that of its own severity
    ENOUGH = LETTERS  # pixels of a colour, for it to be there

    def setUp(self) -> None:
        lacking = missing(self.BAR)
        if lacking:
            harness.skip(f"{self.BAR} needs {', '.join(lacking)}")

    def test_each_severity_has_its_own_colour(self) -> None:
        for state, rgb in SEVERITIES.items():
            with self.subTest(state=state), self.running(state) as bar:
                picture = self.drawn(bar, state)
                states = list(SEVERITIES)
                others = states if self.WHOLE_LINE else states[states.index(state) + 1 :]
                counts = {
                    other: picture.count_colour(SEVERITIES[other], NEAR)
                    for other in others
                    if other != state
                }
                for other, count in counts.items():
                    self.assertLess(count, self.ENOUGH, f"also drawn as {other}: {counts}")

    def test_the_number_is_the_right_one(self) -> None:
        with self.running(PLAN) as bar:
            picture = self.drawn(bar, "warning")
            words = Words.drawn_by(self.BAR, ["74%", "73%"], self.folder / "words")
        rgb = SEVERITIES["warning"]
        self.assertTrue(words.find("74%", picture, rgb), "nowhere does it say 74%")
        self.assertFalse(words.find("73%", picture, rgb), "somewhere it says 73%")

    @contextlib.contextmanager
    def running(self, state: str) -> Iterator[Bar]:
        """The bar, started with the demo provider in that state, or with what PLAN shows."""
        with tempfile.TemporaryDirectory(prefix="usageline-") as temporary:
            self.folder = Path(temporary)
            self.folder.chmod(0o755)
            environment = demo_environment(
                harness.PROGRAM, self.folder, state, harness.PLUGIN_DIR
            )
            if state == PLAN:
                show_plan(environment)
            with example(self.BAR, environment, self.folder) as bar:
                yield bar

    def drawn(self, bar: Bar, state: str) -> Png:
        """The picture once the state's colour has come, as letters and not as a speck."""
        rgb = SEVERITIES[state]
        return bar.wait_for(lambda seen: seen.count_colour(rgb, NEAR) >= self.ENOUGH, state)


class ClickTest(BarTest):
    """For the bars whose example configuration says what clicks do."""

    def test_a_left_click_opens_the_console(self) -> None:
        with self.running("ok") as bar:
            bar.click(1, *self.place(bar, "ok"))
            opened = self.folder / "opened"
            self.assertTrue(wait_until(opened.exists), f"nothing was opened\n{bar.log}")
            self.assertTrue(wait_until(lambda: opened.read_text() == CONSOLE + "\n"))

    def test_a_right_click_fetches(self) -> None:
        with self.running("ok") as bar:
            place = self.place(bar, "ok")
            (snapshot,) = self.folder.glob("cache/usageline/demo.json")
            before = snapshot.stat().st_mtime_ns
            bar.click(3, *place)
            self.assertTrue(
                wait_until(lambda: snapshot.stat().st_mtime_ns != before),
                f"the snapshot is still the old one\n{bar.log}",
            )

    def place(self, bar: Bar, state: str) -> Tuple[int, int]:
        """The middle of usageline's text."""
        box = self.drawn(bar, state).where(SEVERITIES[state], NEAR)
        assert box is not None  # drawn() saw it
        return box[0] + box[2] // 2, box[1] + box[3] // 2


class WaybarTest(ClickTest, unittest.TestCase):
    """Waybar 0.9 and newer, in Sway."""

    BAR = "waybar"

    def test_the_tooltip_comes_up(self) -> None:
        with self.running("warning") as bar:
            before = self.drawn(bar, "warning")
            bar.hover(*self.place(bar, "warning"))
            below = (0, 40, before.width, before.height - 40)
            after = bar.wait_for(lambda seen: seen.differs(before, below), "its tooltip")
            box = after.crop(below).changed(before.crop(below))
            assert box is not None  # differs() said so
            self.assertGreater(box[2], 100, "narrower than a line of text")
            self.assertGreater(box[3], 40, "lower than three lines of text")


    def test_an_old_number_is_dimmed(self) -> None:
        faded = [mix(rgb, BACKGROUND, OPACITY) for rgb in SEVERITIES.values()]
        with self.running("stale") as bar:
            picture = bar.wait_for(
                lambda seen: any(seen.count_colour(rgb, NEAR) >= LETTERS for rgb in faded),
                "a dimmed line",
            )
            for state, rgb in SEVERITIES.items():
                self.assertLess(picture.count_colour(rgb, NEAR), LETTERS, f"{state}, undimmed")


class I3blocksTest(BarTest, unittest.TestCase):
    """i3blocks in i3's bar."""

    BAR = "i3blocks"


class PolybarTest(ClickTest, unittest.TestCase):
    """Polybar 3.6 and newer, without a window manager."""

    BAR = "polybar"
    WHOLE_LINE = False
    ENOUGH = DIGITS

    def test_no_tag_is_refused(self) -> None:
        for state in SEVERITIES:
            with self.subTest(state=state), self.running(state) as bar:
                self.drawn(bar, state)
                self.assertNotIn("error", bar.log)
                self.assertNotIn("Dropping unmatched character", bar.log)


if __name__ == "__main__":
    harness.main()
