"""What clicks and the wheel do in the real bars with the example configurations."""

import unittest
from typing import Tuple

from bar_case import DIM, REFRESHING, WAYBAR_BACKGROUND, BarCase
from bar_case import I3blocksCase, PersistCase, PolybarCase, WaybarCase, harness, mix
from bars import SEVERITIES, I3WithI3blocks
from display import wait_until
from png import Colour, Png
from words import BAR_HEIGHT

CONSOLE = "https://www.kimi.com/code/console"
MARK = "↻"
LATER = 95  # percent of the session: critical
TWO_PROVIDERS = {
    "providers": [{"id": "kimi", "enabled": True}, {"id": "demo", "enabled": True, "state": "ok"}]
}
WINDOWS = (("Weekly", "38%", "ok"), ("5-hour", "74%", "warning"), ("Monthly", "41%", "ok"))
LEFT, MIDDLE, RIGHT = 1, 2, 3


class ClickTest(BarCase):
    """For each bar whose example handles clicks."""

    WORDS = ("Kimi", "Demo", "38%", "74%", "95%", "41%", "62%", "26%", "left",
             "Weekly", "5-hour", "Monthly", MARK)

    def test_left_opens_the_console(self) -> None:
        with self.running(None) as bar:
            bar.click(LEFT, *self.place(self.drawn(bar, "exhausted"), SEVERITIES["exhausted"]))
            opened = self.folder / "opened"
            self.assertTrue(wait_until(opened.exists), f"nothing was opened\n{bar.log}")
            self.assertTrue(wait_until(lambda: opened.read_text() == CONSOLE + "\n"))

    def test_right_refreshes(self) -> None:
        with self.showing_plan(notifications=True) as bar:
            self.plan.use_up(LATER)
            bar.click(RIGHT, *self.place(bar.picture(), SEVERITIES["warning"]))
            self.read(bar, f"{LATER}%", SEVERITIES["critical"])
            self.assertEqual(self.plan.asked, 2)

    def test_middle_toggles_used_and_left(self) -> None:
        with self.showing_plan() as bar:
            used = self.read(bar, "74%", SEVERITIES["warning"])
            bar.click(MIDDLE, *self.place(used, SEVERITIES["warning"]))
            left = self.read(bar, "left", self.ink("warning"))
            self.assert_says(left, ("62%", "ok"), ("26%", "warning"))
            bar.click(MIDDLE, *self.place(left, SEVERITIES["warning"]))
            again = self.read(bar, "74%", SEVERITIES["warning"])
            self.assertFalse(self.words.find("left", again, self.ink("warning")))
            self.assertEqual(self.plan.asked, 1, "a click on what is shown asked the service")

    def test_the_wheel_goes_through_the_windows_and_comes_round(self) -> None:
        with self.showing_plan() as bar:
            first = self.read(bar, "38%", self.ink("warning", "ok"))
            x, y = self.place(first, SEVERITIES["warning"])
            for label, percent, severity in WINDOWS:
                bar.scroll("down", x, y)
                picture = self.read(bar, label, self.ink(severity))
                self.assertTrue(self.words.find(percent, picture, SEVERITIES[severity]), percent)
            bar.scroll("down", x, y)
            last = self.read(bar, "38%", self.ink("warning", "ok"))
            self.assert_says(last, ("38%", "ok"), ("74%", "warning"))
            bar.scroll("up", x, y)
            self.read(bar, "Monthly", self.ink("ok"))

    def test_the_wheel_goes_through_the_providers(self) -> None:
        with self.showing_plan(TWO_PROVIDERS) as bar:
            x, y = self.place(bar.picture(), SEVERITIES["warning"])
            bar.scroll("up", x, y)
            self.read(bar, "Demo", self.ink("ok"))
            for label, _, _ in WINDOWS:
                bar.scroll("down", x, y)
                self.read(bar, label, self.ink("ok"))
            bar.scroll("down", x, y)
            self.read(bar, "Kimi", self.ink("warning"))

    def assert_says(self, picture: Png, *numbers: Tuple[str, str]) -> None:
        for number, severity in numbers:
            found = self.words.find(number, picture, self.ink("warning", severity))
            self.assertTrue(found, f"nowhere does it say {number}")


class MarkTest(ClickTest):
    """For the bars in which usageline runs all the time: it shows a mark while it refreshes."""

    def test_a_refresh_is_seen_as_long_as_it_goes_on(self) -> None:
        with self.showing_plan() as bar:
            before = self.read(bar, "74%", SEVERITIES["warning"])
            self.plan.use_up(LATER)
            self.plan.hold()
            bar.click(RIGHT, *self.place(before, SEVERITIES["warning"]))
            self.read(bar, MARK, self.mark_ink("warning"))
            self.plan.release()
            self.read(bar, f"{LATER}%", SEVERITIES["critical"])
            ink = self.mark_ink("critical")
            bar.wait_for(lambda seen: not self.words.find(MARK, seen, ink), "it without the mark")

    def mark_ink(self, severity: str) -> Colour:
        raise NotImplementedError


class DetailsTest(ClickTest):
    """For the bars that have no tooltip."""

    def test_right_shows_the_details(self) -> None:
        with self.showing_plan(notifications=True) as bar:
            before = bar.picture()
            self.plan.use_up(LATER)
            bar.click(RIGHT, *self.place(before, SEVERITIES["warning"]))
            assert bar.notifications is not None  # asked for
            seen = wait_until(bar.notifications.seen)
            self.assertTrue(seen, f"no notification came\n{bar.log}")
            ((summary, body),) = seen
            self.assertEqual(summary, "Kimi Code · Moderato")
            for part in ("Weekly", "38%", f"{LATER}%", "190/200", "Monthly", "updated just now"):
                self.assertIn(part, body)
            below = (0, 100, before.width, before.height - 100)
            bar.wait_for(lambda picture: picture.differs(before, below), "the notification")


class WaybarTest(MarkTest, WaybarCase, unittest.TestCase):
    def mark_ink(self, severity: str) -> Colour:
        return mix(SEVERITIES[severity], WAYBAR_BACKGROUND, REFRESHING)


    def test_a_click_shows_on_all_outputs(self) -> None:
        """Waybar names the output to the command of exec, but up to 0.15 not to those of clicks."""
        with self.showing_plan(outputs=2) as bar:
            assert hasattr(bar, "outputs")  # it is Waybar
            strips = [(left, top, width, BAR_HEIGHT) for left, top, width, _ in bar.outputs]

            def is_on_both(word: str) -> None:
                rgb, words = self.ink("warning"), self.words
                bar.wait_for(
                    lambda seen: all(words.find(word, seen, rgb, strip) for strip in strips),
                    f"{word} on both outputs",
                )

            is_on_both("74%")
            bar.click(MIDDLE, *self.place(bar.picture(), SEVERITIES["warning"]))
            is_on_both("left")


class I3blocksTest(DetailsTest, I3blocksCase, unittest.TestCase):
    pass


class PersistTest(MarkTest, DetailsTest, PersistCase, unittest.TestCase):
    def setUp(self) -> None:
        super().setUp()
        if I3WithI3blocks.version() < (1, 5):
            self.skipTest("i3blocks 1.4 reports no clicks to such a block")

    def mark_ink(self, severity: str) -> Colour:
        return DIM


class PolybarTest(MarkTest, DetailsTest, PolybarCase, unittest.TestCase):
    def mark_ink(self, severity: str) -> Colour:
        return DIM


if __name__ == "__main__":
    harness.main()
