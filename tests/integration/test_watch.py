"""usageline BAR --watch: which lines it prints, and when."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import documents
import harness
from watch_case import Bar, WatchTest, time_text, usage

FIRST = "Shell 5h 42% · 2h"


class LineTest(WatchTest):
    def test_the_first_line_comes_at_once_and_the_next_when_the_provider_has_answered(self) -> None:
        self.close_gate()
        bar = self.start()
        self.assertEqual(bar.next(), "Shell …")
        self.open_gate()
        self.assertEqual(bar.next(), FIRST)

    def test_a_fresh_store_is_drawn_without_a_question(self) -> None:
        bar = self.start_fresh(first=FIRST)
        self.settle(bar)
        self.assertEqual(self.asked, 1)

    def test_old_numbers_are_drawn_while_new_ones_are_on_their_way(self) -> None:
        self.refresh()
        self.clock.advance(20 * 60)
        self.close_gate()
        self.answer(usage(43))
        bar = self.start(bar="waybar")
        line = bar.json()
        self.assertEqual((line["text"], line["class"][1]), ("Shell 5h 42% · 1h 40m", "stale"))
        self.open_gate()
        line = bar.json()
        self.assertEqual((line["text"], line["class"][1]), ("Shell 5h 43% · 1h 40m", "fresh"))

    def test_numbers_stay_fresh_while_their_refresh_is_on_its_way(self) -> None:
        bar = self.start_fresh(bar="waybar")
        self.close_gate()
        self.clock.advance(305)
        self.wait_until_asked(2)
        line = bar.json()
        self.assertEqual((line["text"], line["class"][1]), ("Shell 5h 42% · 1h 54m", "fresh"))
        self.answer(usage(43))
        self.open_gate()
        line = bar.json()
        self.assertEqual((line["text"], line["class"][1]), ("Shell 5h 43% · 1h 54m", "fresh"))

    def test_numbers_are_stale_when_their_refresh_hangs(self) -> None:
        bar = self.start_fresh(bar="waybar")
        self.close_gate()
        self.clock.advance(305)
        self.wait_until_asked(2)
        self.assertEqual(bar.json()["class"], ["ok", "fresh", "shell"])
        self.clock.advance(20)
        line = bar.json()
        self.assertEqual(line["class"], ["ok", "stale", "internal", "shell"])
        self.assertIn("did not answer in time", documents.plain(line["tooltip"]))

    def test_the_minutes_of_a_countdown_tick(self) -> None:
        bar = self.start_fresh("--format", "{session_reset}", first="2h")
        lines = []
        for _ in range(4):
            self.advance(bar, seconds=self.clock.rings_in(bar.process))
            lines.append(bar.next())
        self.assertEqual(lines, ["1h 59m", "1h 58m", "1h 57m", "1h 56m"])
        self.assert_no_wakeup_within_a_minute(bar)

    def assert_no_wakeup_within_a_minute(self, bar: Bar) -> None:
        before = self.clock.wakeups(bar.process)
        self.advance(bar, seconds=20)
        self.advance(bar, seconds=20)
        self.assertEqual(self.clock.wakeups(bar.process), before)

    def test_the_hours_of_a_countdown_of_days_tick(self) -> None:
        self.home.config({"providers": [{"id": "shell"}], "refreshInterval": 86400})
        self.answer(usage(days=2, hours=3))
        bar = self.start_fresh("--format", "{session_reset}", first="2d 3h")
        self.assertEqual(round(self.clock.rings_in(bar.process)), 1)
        self.advance(bar, seconds=1)
        self.assertEqual(bar.next(), "2d 2h")
        self.assertEqual(round(self.clock.rings_in(bar.process)), 3600)
        self.advance(bar, hours=1)
        self.assertEqual(bar.next(), "2d 1h")

    def test_seconds_that_nobody_sees_wake_nobody(self) -> None:
        self.answer(usage(seconds=59))
        bar = self.start_fresh("--format", "{session_reset}", first="<1m")
        self.assertGreater(self.clock.rings_in(bar.process), 30)

    def test_nothing_is_printed_twice(self) -> None:
        bar = self.start_fresh("--format", "{session_pct}", first="42")
        for _ in range(5):
            self.advance(bar, minutes=6)
        self.assertEqual(self.asked, 6)
        self.answer(usage(43))
        self.refresh()
        bar.until("43")

    def test_a_refresh_of_somebody_else_is_drawn(self) -> None:
        bar = self.start_fresh(first=FIRST)
        self.answer(usage(77))
        self.refresh()
        bar.until("Shell 5h 77% · 2h")
        self.assertEqual(self.asked, 2)

    def test_many_bars_ask_once(self) -> None:
        bars = [self.start() for _ in range(4)]
        for bar in bars:
            while bar.next() != FIRST:
                pass
            self.settle(bar)
        self.assertEqual(self.asked, 1)
        self.clock.advance(310)
        for bar in bars:
            self.settle(bar)
            self.assertEqual(bar.next(), "Shell 5h 42% · 1h 54m")
        self.assertEqual(self.asked, 2)

    def test_numbers_are_asked_for_anew_at_a_reset(self) -> None:
        self.answer(usage(minutes=2))
        bar = self.start_fresh(first="Shell 5h 42% · 2m")
        self.answer(usage(0, hours=5, minutes=2))
        self.advance(bar, seconds=123)
        while (line := bar.next()) != "Shell 5h 0% · 4h 59m":
            self.assertIn("5h –", line)
        self.assertEqual(self.asked, 2)


class NothingTest(WatchTest):
    """There is nothing to draw, or something is wrong."""

    def test_no_provider_hides_the_module_until_one_is_enabled(self) -> None:
        hidden = {"waybar": '{"text":""}', "i3blocks": " ", "polybar": ""}
        enabled = {"providers": [{"id": "shell"}]}
        for name, line in hidden.items():
            with self.subTest(name):
                self.home.config({"providers": [{"id": "shell", "enabled": False}]})
                bar = self.start(bar=name)
                self.assertEqual(bar.next(), line)
                self.settle(bar)
                self.home.config(enabled)
                self.assertIn("Shell", bar.next())
                self.settle(bar)
                bar.process.kill()
        self.assertEqual(self.asked, 1)

    def test_a_broken_configuration_is_told_and_nobody_is_asked(self) -> None:
        self.home.config('{"providers": [')
        bar = self.start(bar="waybar")
        self.assertEqual(bar.json()["class"][:2], ["error", "config"])
        self.settle(bar)
        self.assertFalse(self.home.cache.exists(), "a provider that nobody named was asked")
        self.home.config({"providers": [{"id": "shell"}]})
        self.assertEqual((bar.until_class("ok")["text"], self.asked), (FIRST, 1))

    def test_a_failure_is_told_and_repeated_no_sooner_than_it_may_be(self) -> None:
        self.answer(documents.error("server"))
        bar = self.start(bar="waybar")
        self.assertEqual(bar.until_class("error")["class"], ["error", "server", "shell"])
        self.settle(bar)
        for _ in range(10):
            self.advance(bar, seconds=2)
        self.assertEqual(self.asked, 1)
        self.advance(bar, seconds=15)
        self.assertEqual(self.asked, 2)

    def test_a_problem_that_the_user_mends_is_gone_soon(self) -> None:
        problem = documents.error("auth", watch=[str(self.home.home / "key")])
        self.answer(problem)
        bar = self.start(bar="waybar")
        bar.until_class("error")
        self.settle(bar)
        self.answer(usage())
        (self.home.home / "key").write_text("good")
        self.settle(bar)
        self.advance(bar, seconds=4)
        self.assertEqual(bar.until_class("ok")["class"], ["ok", "fresh", "shell"])

    def test_a_credential_that_is_renewed_is_no_alarm_and_is_noticed_at_once(self) -> None:
        key = self.home.home / "key"
        expired = documents.error(
            "auth", "run <kimi>", watch=[str(key)], expiredAt=time_text(minutes=4)
        )
        bar = self.start_fresh(bar="waybar")
        key.write_text("old")
        self.answer(expired)
        self.advance(bar, minutes=6)
        line = bar.until_class("ok")
        while "run" not in line["tooltip"]:
            line = bar.json()
        self.assertEqual(line["class"], ["ok", "stale", "shell"])
        self.assertEqual((line["alt"], line["text"]), ("stale", "Shell 5h 42% · 1h 54m"))
        self.assertIn("no new numbers since 12:04:", line["tooltip"])
        self.assertIn("run &lt;kimi&gt;", line["tooltip"])
        self.assertEqual(self.asked, 2)
        self.advance(bar, seconds=30)
        self.assertEqual(self.asked, 2)
        self.answer(usage(43))
        key.write_text("renewed")
        self.settle(bar)
        self.advance(bar, seconds=4)
        while line["class"] != ["ok", "fresh", "shell"]:
            line = bar.json()
        self.assertEqual((line["text"][:12], self.asked), ("Shell 5h 43%", 3))

    def test_a_credential_that_is_renewed_is_no_alarm_without_numbers(self) -> None:
        self.answer(documents.error("auth", "run kimi", expiredAt=time_text(minutes=-4)))
        bar = self.start(bar="waybar")
        line = bar.json()
        while "run" not in line["tooltip"]:
            self.assertEqual(line["class"], ["loading", "shell"])
            line = bar.json()
        self.assertEqual((line["text"], line["class"]), ("Shell –", ["loading", "shell"]))

    def test_a_provider_that_is_killed_is_told_and_asked_again(self) -> None:
        self.home.plugin("shell", 'echo asked >>"$HOME/asked"; kill -9 $$')
        bar = self.start(bar="waybar")
        self.assertEqual(bar.until_class("error")["class"], ["error", "internal", "shell"])
        self.settle(bar)
        self.home.plugin("shell", 'cat "$HOME/answer"')
        self.advance(bar, seconds=34)
        self.assertEqual(bar.until_class("ok")["class"], ["ok", "fresh", "shell"])

    def test_where_nothing_can_be_kept_nobody_is_asked_and_it_is_told(self) -> None:
        for folder in (self.home.cache_home, self.home.runtime_dir, self.home.tmp):
            folder.rmdir()
            folder.write_text("no folder")
        bar = self.start(bar="waybar")
        self.assertEqual(bar.until_class("error")["class"], ["error", "internal", "shell"])
        before = self.clock.wakeups(bar.process)
        for _ in range(5):
            self.advance(bar, seconds=61)
        self.assertEqual(self.asked, 0)
        self.assertLess(self.clock.wakeups(bar.process) - before, 16)
        self.home.tmp.unlink()
        self.home.tmp.mkdir(0o700)
        self.advance(bar, seconds=61)
        bar.until_class("ok")
        self.assertEqual(self.asked, 1)


if __name__ == "__main__":
    harness.main()
