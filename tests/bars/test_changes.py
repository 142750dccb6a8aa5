"""The real bars show changes of the store and of the configuration."""

import os
import signal
import unittest

from bar_case import BarCase, I3blocksCase, PersistCase, PolybarCase, WaybarCase, harness
from bars import SEVERITIES, Bar
from plan import SESSION
from words import BAR_HEIGHT

LATER = 95  # percent of the session: critical
WHEEL_LEFT = 6  # a button of X11
MISTAKE = '{"refreshInterval": "often"}'


class ChangeTest(BarCase):
    """Each bar draws the change by itself, unless look() is needed."""

    WORDS = (f"{SESSION}%", f"{LATER}%", "left", "config")

    def test_a_refresh_in_a_terminal_shows_up(self) -> None:
        with self.showing_plan() as bar:
            self.plan.use_up(LATER)
            self.assertEqual(bar.run("usageline", "refresh"), 0, bar.log)
            self.look(bar)
            self.read(bar, f"{LATER}%", SEVERITIES["critical"])
            self.assertEqual(self.plan.asked, 2)

    def test_a_changed_configuration_shows_up(self) -> None:
        with self.showing_plan() as bar:
            self.configure({"remaining": True})
            self.look(bar)
            self.read(bar, "left", self.ink("warning"))
            self.configure(MISTAKE)
            self.look(bar)
            self.read(bar, "config", SEVERITIES["exhausted"])  # which has the colour of errors
            self.configure(None)
            self.look(bar)
            self.read(bar, f"{SESSION}%", SEVERITIES["warning"])
            self.assertEqual(self.plan.asked, 1)

    def look(self, bar: Bar) -> None:
        """Makes the bar draw again, if it does not do so by itself."""


class WaybarTest(ChangeTest, WaybarCase, unittest.TestCase):
    def test_two_outputs_make_one_request(self) -> None:
        with self.showing_plan(outputs=2) as bar:
            assert hasattr(bar, "outputs")  # it is Waybar
            strips = [(left, top, width, BAR_HEIGHT) for left, top, width, _ in bar.outputs]

            def is_on_both(word: str, severity: str) -> None:
                rgb, words = SEVERITIES[severity], self.words
                bar.wait_for(
                    lambda seen: all(words.find(word, seen, rgb, strip) for strip in strips),
                    f"{word} on both outputs",
                )

            is_on_both(f"{SESSION}%", "warning")
            self.assertEqual(len(self.watchers(bar)), 2)
            self.assertEqual(self.plan.asked, 1)
            self.plan.use_up(LATER)
            os.kill(self.watchers(bar)[0], signal.SIGUSR1)
            is_on_both(f"{LATER}%", "critical")
            self.assertEqual(self.plan.asked, 2)


class I3blocksTest(ChangeTest, I3blocksCase, unittest.TestCase):
    def look(self, bar: Bar) -> None:
        """Saves waiting for a minute: any click draws again, and this one does nothing else."""
        picture = bar.picture()
        shown = [rgb for rgb in SEVERITIES.values() if picture.count_colour(rgb) >= self.ENOUGH]
        bar.click(WHEEL_LEFT, *self.place(picture, shown[0]))


class PersistTest(ChangeTest, PersistCase, unittest.TestCase):
    def test_a_click_does_no_harm(self) -> None:
        """i3blocks 1.4 passes no clicks to such a block; with 1.5, the click refreshes."""
        with self.showing_plan() as bar:
            before = self.watchers(bar)
            for button in (2, 3):
                bar.click(button, *self.place(bar.picture(), SEVERITIES["warning"]))
            self.plan.use_up(LATER)
            self.assertEqual(bar.run("usageline", "refresh"), 0, bar.log)
            self.drawn(bar, "critical")
            self.assertEqual(self.watchers(bar), before)


class PolybarTest(ChangeTest, PolybarCase, unittest.TestCase):
    pass


if __name__ == "__main__":
    harness.main()
