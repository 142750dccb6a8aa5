"""usageline BAR --watch and whoever clicks on it: signals, lines on stdin, `usageline show`."""

from __future__ import annotations

import array
import fcntl
import json
import os
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import documents
import harness
from fake_clock import wait_until
from watch_case import Bar, WatchTest, time_text, usage

LINE = "Shell 5h 42% · 2h"
LEFT, MIDDLE, RIGHT, UP, DOWN = range(1, 6)


def unread(bar: Bar) -> int:
    """How many bytes of its standard input a process has left unread."""
    size = array.array("i", [0])
    fcntl.ioctl(bar.process.stdin, termios.FIONREAD, size)
    return size[0]


class SignalTest(WatchTest):
    def test_a_signal_refreshes_with_a_mark_that_comes_and_goes(self) -> None:
        bar = self.start_fresh(bar="waybar")
        self.settle(bar)
        self.close_gate()
        self.answer(usage(43))
        bar.process.send_signal(signal.SIGUSR1)
        line = bar.json()
        self.assertEqual(line["class"], ["ok", "fresh", "refreshing", "shell"])
        self.assertEqual(documents.plain(line["text"]), f"{LINE} ↻")
        self.wait_until_asked(2)
        self.open_gate()
        line = bar.json()
        self.assertEqual(line["class"], ["ok", "fresh", "refreshing", "shell"])
        self.assertIn("43%", line["text"])
        self.settle(bar)
        self.advance(bar, seconds=1)
        self.advance(bar, seconds=1)  # the mark may have been put there after the line
        while "↻" in (line := bar.json())["text"]:
            pass
        self.assertEqual(line["text"], "Shell 5h 43% · 1h 59m")
        self.assertEqual(line["class"], ["ok", "fresh", "shell"])
        self.assertEqual(self.asked, 2)

    def test_who_asks_again_meanwhile_is_answered_once(self) -> None:
        bar = self.start_fresh()
        self.settle(bar)
        self.close_gate()
        bar.process.send_signal(signal.SIGUSR1)
        self.wait_until_asked(2)
        for _ in range(3):
            bar.process.send_signal(signal.SIGUSR1)
            self.clock.settle(bar.process)
        self.open_gate()
        self.settle(bar)
        self.assertEqual(self.asked, 2)

    def test_a_signal_for_all_that_is_called_so_does_not_end_the_refresh(self) -> None:
        bar = self.start_fresh()
        self.settle(bar)
        self.close_gate()
        self.answer(usage(43))
        bar.process.send_signal(signal.SIGUSR1)
        self.wait_until_asked(2)
        (refresh,) = bar.children()
        for number in (signal.SIGUSR1, signal.SIGHUP):  # as pkill does it
            os.kill(refresh, number)
        self.open_gate()
        bar.until("Shell 5h 43% · 2h")

    def test_the_mark_of_a_refresh_that_was_killed_goes(self) -> None:
        bar = self.start_fresh(first=LINE)
        self.settle(bar)
        self.close_gate()
        refresh = self.home.start("refresh", env=self.env)
        self.assertEqual(bar.next(), f"{LINE} ↻")
        self.wait_until_asked(2)
        os.killpg(refresh.pid, signal.SIGKILL)
        for process in self.alive() - {bar.process.pid}:
            os.kill(process, signal.SIGKILL)
        self.settle(bar)
        self.clock.advance(16)
        self.assertEqual(bar.next(), "Shell 5h 42% · 1h 59m")

    def test_retry_after_is_obeyed(self) -> None:
        bar = self.start_fresh()
        self.settle(bar)
        self.answer(documents.error("rate-limited", retryAfter=100))
        bar.process.send_signal(signal.SIGUSR1)
        self.wait_until_asked(2)
        self.settle(bar)
        for _ in range(3):
            bar.process.send_signal(signal.SIGUSR1)
            self.settle(bar)
        self.assertEqual(self.asked, 2)


    def test_one_that_is_not_allowed_yet_is_refused_in_a_notification(self) -> None:
        told = self.home.home / "told"
        notifier = self.home.root / "plugins" / "usageline-notify"
        notifier.write_text('#!/bin/sh\ncat >"$HOME/t" && mv "$HOME/t" "$HOME/told"\n', "utf-8")
        notifier.chmod(0o755)
        for _ in range(5):
            self.refresh()
        bar = self.start()
        self.assertEqual(bar.next(), LINE)
        self.settle(bar)
        for _ in range(2):
            bar.process.send_signal(signal.SIGUSR1)
            wait_until(told.exists, "a notification")
            self.assertIn("may be asked again in 2m", told.read_text("utf-8"))
            told.unlink()
            self.settle(bar)
        self.assertEqual(self.asked, 5)
        self.answer(usage(43))
        self.clock.advance(301)
        bar.until("Shell 5h 43% · 1h 54m")


class ShowTest(WatchTest):
    def setUp(self) -> None:
        super().setUp()
        weekly = documents.window(usedPercent=12, used=24, resetsAt=time_text(days=3))
        self.answer(documents.snapshot(windows=[weekly, *usage()["windows"]]))

    def show(self, *args: str) -> None:
        result = self.run_program("show", *args)
        self.assertEqual((result.status, result.stdout, result.stderr), (0, "", ""))

    def test_the_bar_follows(self) -> None:
        bar = self.start_fresh(first="Shell 12% · 5h 42% · 2h")
        lines = []
        for verb in ("next", "next", "next", "previous", "toggle", "reset"):
            self.settle(bar)
            self.show(verb, "--bar", "polybar")
            lines.append(bar.next())
        self.assertEqual(
            lines,
            [
                "Shell Weekly 12% · 3d",
                "Shell 5-hour 42% · 2h",
                "Shell 12% · 5h 42% · 2h",
                "Shell 5-hour 42% · 2h",
                "Shell 5-hour 58% left · 2h",
                "Shell 12% · 5h 42% · 2h",
            ],
        )
        self.assertEqual(self.asked, 1)

    def test_instances_are_apart(self) -> None:
        one = self.start_fresh(env={"MONITOR": "DP-1"})
        other = self.start(env={"MONITOR": "DP-2"})
        other.next()
        self.show("next", "--bar", "polybar", "--instance", "DP-2")
        self.assertEqual(other.next(), "Shell Weekly 12% · 3d")
        self.show("toggle", "--bar", "polybar")
        self.assertEqual(one.next(), "Shell 88% · 5h 58% left · 2h")
        self.assertEqual(other.next(), "Shell 88% · 5h 58% left · 2h")

    def test_no_turn_of_the_wheel_is_lost(self) -> None:
        bar = self.start_fresh()
        command = ("show", "next", "--bar", "polybar")
        turns = [self.home.start(*command, env=self.env) for _ in range(7)]
        for turn in turns:
            self.assertEqual(turn.wait(20), 0)
        self.settle(bar)
        self.show("toggle", "--bar", "polybar")
        bar.until("Shell Weekly 88% left · 3d")


class ButtonTest(WatchTest):
    """Lines on standard input, as i3blocks writes them with interval=persist."""

    def setUp(self) -> None:
        super().setUp()
        (self.home.root / "bin").mkdir()
        self.env["PATH"] = f"{self.home.root}/bin:{os.environ['PATH']}"

    def start_block(self, *args: str) -> Bar:
        self.env["BLOCK_INTERVAL"] = "persist"
        bar = self.start_fresh(*args, bar="i3blocks", stdin=subprocess.PIPE)
        self.settle(bar)
        return bar

    def test_the_first_line_waits_until_i3blocks_listens(self) -> None:
        """i3blocks 1.5 would miss it, and be one line behind from then on."""
        began = time.monotonic()
        self.start_block()
        self.assertGreaterEqual(time.monotonic() - began, 0.3)

    def test_the_middle_button_and_the_wheel(self) -> None:
        bar = self.start_block()
        self.assertEqual(self.press(bar, str(MIDDLE)), "Shell 5h 58% left · 2h")
        self.assertEqual(self.press(bar, str(UP)), "Shell 5-hour 58% left · 2h")
        self.assertEqual(self.press(bar, json.dumps({"button": DOWN})), "Shell 5h 58% left · 2h")

    def press(self, bar: Bar, line: str) -> str:
        bar.type(line + "\n")
        return bar.next()

    def test_the_right_button_refreshes(self) -> None:
        bar = self.start_block()
        self.answer(usage(43))
        bar.type('{"full_text": "x", "button": 3}\n')
        bar.until("Shell 5h 43% · 2h")
        self.assertEqual(self.asked, 2)

    def test_rubbish_does_no_harm(self) -> None:
        bar = self.start_block()
        for number in ("", "0", "-1", "1e99", "nan"):
            bar.type(number + "\n")
        for rubbish in ("{}", "[2]", '{"button": "2"}', "\0", "\x1b[A"):
            bar.type(rubbish + "\n")
        bar.type("2" * 100_000 + "\n")
        bar.type('{"x": "' + "y" * 100_000 + '", "button": 2}\n')
        self.settle(bar)
        self.assertEqual(self.press(bar, str(MIDDLE)), "Shell 5h 58% left · 2h")

    def test_a_line_may_come_in_pieces(self) -> None:
        bar = self.start_block()
        for piece in ('{"but', 'ton"', ": 2"):
            bar.type(piece)
            self.settle(bar)
        self.assertEqual(self.press(bar, "}"), "Shell 5h 58% left · 2h")

    def test_the_end_of_it_is_not_the_end_of_the_bar(self) -> None:
        bar = self.start_block()
        bar.process.stdin.close()
        self.settle(bar)
        before = self.clock.wakeups(bar.process)
        self.settle(bar)
        self.assertEqual(self.clock.wakeups(bar.process), before)
        self.answer(usage(43))
        self.refresh()
        bar.until("Shell 5h 43% · 2h")

    def test_who_is_not_told_leaves_it_alone(self) -> None:
        """i3blocks 1.4 hands its own input down, with the clicks on all its blocks."""
        for name in ("polybar", "i3blocks"):
            with self.subTest(name):
                bar = self.start(bar=name, stdin=subprocess.PIPE)
                bar.next()
                bar.type("2\n" * 10)
                self.settle(bar)
                self.assertEqual(unread(bar), 20)


if __name__ == "__main__":
    harness.main()
