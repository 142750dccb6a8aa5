"""The example configurations that we ship, in the real bars: what their users see."""

import shutil
import unittest

from bar_case import LETTERS, STALE, WAYBAR_BACKGROUND, BarCase
from bar_case import I3blocksCase, PersistCase, PolybarCase, WaybarCase, harness, mix
from bars import NEAR, ROOT, SEVERITIES, WaybarInLabwc
from plan import SESSION, Plan
from png import colour
from words import BAR_HEIGHT

ACCENT = colour("#7aa2f7")  # of the tooltip's title


class DrawTest(BarCase):
    """What holds for each bar."""

    WORDS = ("Kimi", "38%", "74%", "73%", "left")

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

    def test_the_words_are_the_right_ones(self) -> None:
        with self.showing_plan() as bar:
            picture = self.read(bar, f"{SESSION}%", SEVERITIES["warning"])
        expected = {"Kimi": self.ink("warning"), "38%": self.ink("warning", "ok")}
        for word, rgb in expected.items():
            self.assertTrue(self.words.find(word, picture, rgb), f"nowhere does it say {word}")
        wrong = self.words.find("73%", picture, SEVERITIES["warning"])
        self.assertFalse(wrong, "somewhere it says 73%")


class WaybarTest(DrawTest, WaybarCase, unittest.TestCase):
    def test_the_tooltip_comes_up(self) -> None:
        with self.showing_plan() as bar:
            before = self.drawn(bar, "warning")
            bar.hover(*self.place(before, SEVERITIES["warning"]))
            below = (0, BAR_HEIGHT, before.width, before.height - BAR_HEIGHT)
            after = bar.wait_for(
                lambda seen: seen.count_colour(ACCENT, NEAR, below) >= LETTERS, "its tooltip"
            )
        box = after.crop(below).changed(before.crop(below))
        assert box is not None  # the title is there
        self.assertGreater(box[2], 300, "narrower than a row")
        self.assertGreater(box[3], 100, "lower than a title, six lines and the age")
        for state in ("ok", "warning"):
            length = after.longest_run(SEVERITIES[state], NEAR, below)
            self.assertGreater(length, 30, f"the gauge in the colour of {state} has seams")

    @unittest.skipUnless(shutil.which("labwc"), "Debian 12 has no labwc")
    def test_another_compositor(self) -> None:
        with self.environment("ok") as environment:
            Plan(environment)
            self.configure(None)
            example = ROOT / "waybar/example"
            files = example / "config.jsonc", environment, self.folder, example / "style.css"
            with WaybarInLabwc(*files) as bar:
                place = self.place(self.drawn(bar, "warning"), SEVERITIES["warning"])
                bar.click(2, *place)
                self.read(bar, "left", self.ink("warning"))

    def test_an_old_number_is_dimmed(self) -> None:
        faded = [mix(rgb, WAYBAR_BACKGROUND, STALE) for rgb in SEVERITIES.values()]
        with self.running("stale") as bar:
            picture = bar.wait_for(
                lambda seen: any(seen.count_colour(rgb, NEAR) >= LETTERS for rgb in faded),
                "a dimmed line",
            )
            for state, rgb in SEVERITIES.items():
                self.assertLess(picture.count_colour(rgb, NEAR), LETTERS, f"{state}, undimmed")


class I3blocksTest(DrawTest, I3blocksCase, unittest.TestCase):
    pass


class PersistTest(DrawTest, PersistCase, unittest.TestCase):
    pass


class PolybarTest(DrawTest, PolybarCase, unittest.TestCase):
    def test_no_tag_is_refused(self) -> None:
        for state in SEVERITIES:
            with self.subTest(state=state), self.running(state) as bar:
                self.drawn(bar, state)
                self.assertNotIn("error", bar.log)
                self.assertNotIn("Dropping unmatched character", bar.log)


if __name__ == "__main__":
    harness.main()
