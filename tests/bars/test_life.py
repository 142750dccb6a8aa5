"""usageline in the real bars is killed, reloaded, and ends with the bar."""

import os
import signal
import unittest
from typing import List

from bar_case import BarCase, I3blocksCase, PersistCase, PolybarCase, WaybarCase, harness
from bars import SEVERITIES, Bar
from display import wait_until
from plan import SESSION, Plan

LATER = 95  # percent of the session: critical
RELOADS = 10
RESTART = 5  # seconds after which the examples start it again
SLOWLY = 10  # seconds more, for starting and drawing on a busy machine


class LifeTest(BarCase):
    """What holds for each bar."""

    WORDS = (f"{SESSION}%", f"{LATER}%")

    def test_reloading_ten_times_leaves_nothing_behind(self) -> None:
        expected = 1 if self.IS_WATCHING else 0
        with self.showing_plan() as bar:
            for _ in range(RELOADS):
                before = self.generation(bar)
                bar.reload()
                anew = wait_until(lambda: self.is_anew(bar, before))
                self.assertTrue(anew, f"{bar.helpers()} after a reload, {before} before\n{bar.log}")
            self.read(bar, f"{SESSION}%", SEVERITIES["warning"])
            settled = wait_until(lambda: len(bar.helpers()) == expected)
            self.assertTrue(settled, f"{bar.helpers()} are left of {RELOADS} reloads")
            self.assertEqual(bar.helpers(name=Plan.PROGRAM), [])
            self.assertEqual(self.plan.asked, 1, "a reload asked the service")

    def test_nothing_outlives_the_bar(self) -> None:
        for number in (signal.SIGTERM, signal.SIGKILL):
            with self.subTest(signal=number.name), self.showing_plan() as bar:
                self.let_it_ask(bar)
                bar.send_signal(number)
                names = ("usageline", Plan.PROGRAM, "sh")  # the last would start it again
                gone = wait_until(lambda: not any(bar.helpers(name=name) for name in names))
                left = {name: bar.helpers(name=name) for name in names}
                self.assertTrue(gone, f"{left} live on after {number.name}")

    def let_it_ask(self, bar: Bar) -> None:
        """Brings it into the middle of a refresh that ends with the bar."""

    def generation(self, bar: Bar) -> List[int]:
        """The processes that a reload replaces."""
        return self.watchers(bar)

    def is_anew(self, bar: Bar, before: List[int]) -> bool:
        after = self.generation(bar)
        return len(after) == 1 and after != before


class WatchTest(LifeTest):
    """For the examples in which usageline runs as long as the bar."""

    def test_it_comes_back_when_it_was_killed(self) -> None:
        with self.showing_plan() as bar:
            bar.display.processes.kill(self.watchers(bar))
            self.plan.use_up(LATER)
            self.assertEqual(bar.run("usageline", "refresh"), 0)
            self.read(bar, f"{LATER}%", SEVERITIES["critical"], RESTART + SLOWLY)
            self.assertEqual(len(self.watchers(bar)), 1)

    def test_it_survives_its_refresh(self) -> None:
        with self.showing_plan() as bar:
            (watcher,) = self.watchers(bar)
            self.let_it_ask(bar)
            bar.display.processes.kill([pid for pid in bar.helpers() if pid != watcher])
            self.assertTrue(wait_until(lambda: not bar.helpers(name=Plan.PROGRAM)))
            self.assert_goes_on(bar, watcher)

    def test_it_survives_the_provider(self) -> None:
        with self.showing_plan() as bar:
            (watcher,) = self.watchers(bar)
            self.let_it_ask(bar)
            bar.display.processes.kill(bar.helpers(name=Plan.PROGRAM))
            self.assert_goes_on(bar, watcher)

    def let_it_ask(self, bar: Bar) -> None:
        self.plan.hold()
        os.kill(self.watchers(bar)[0], signal.SIGUSR1)
        asking = wait_until(lambda: bar.helpers(name=Plan.PROGRAM))
        self.assertTrue(asking, f"the provider was not started\n{bar.log}")

    def assert_goes_on(self, bar: Bar, watcher: int) -> None:
        """It still shows its number, and then the next one."""
        shown = [SEVERITIES["warning"], self.dimmed("warning")]
        number = f"{SESSION}%"
        bar.wait_for(
            lambda seen: any(self.words.find(number, seen, rgb) for rgb in shown), number
        )
        self.plan.release()
        self.plan.use_up(LATER)
        os.kill(watcher, signal.SIGUSR1)
        self.read(bar, f"{LATER}%", SEVERITIES["critical"])
        self.assertEqual(self.watchers(bar), [watcher])


class WaybarTest(WatchTest, WaybarCase, unittest.TestCase):
    pass


class I3blocksTest(LifeTest, I3blocksCase, unittest.TestCase):
    def generation(self, bar: Bar) -> List[int]:
        return bar.helpers(name="i3blocks")


class PersistTest(WatchTest, PersistCase, unittest.TestCase):
    pass


class PolybarTest(WatchTest, PolybarCase, unittest.TestCase):
    pass


if __name__ == "__main__":
    harness.main()
