"""When usageline asks the service, how often, and what it shows meanwhile."""

from __future__ import annotations

import json
import os
import sys
import time
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from kimi_home import FORM, HOST, PATH, KimiTest, harness

BARS = 50


def seconds_until(text: str) -> float:
    when = datetime.strptime(text, FORM).replace(tzinfo=timezone.utc)
    return (when - datetime.now(timezone.utc)).total_seconds()


class OneFetchTest(KimiTest):
    def draw_at_once(self, count: int) -> list[Any]:
        bars = [self.home.start("waybar", env=self.env) for _ in range(count)]
        return [json.loads(bar.communicate(timeout=60)[0]) for bar in bars]

    def test_many_bars_at_once_make_one_request_and_draw_the_same_line(self) -> None:
        self.home.config({"maxWait": 60})
        lines = self.draw_at_once(BARS)
        self.assertEqual(self.asked, 1)
        self.assertEqual(lines, [lines[0]] * BARS)
        self.assertEqual(lines[0]["class"], ["warning", "fresh", "kimi"])

    def test_many_bars_at_once_share_a_failure(self) -> None:
        self.home.config({"maxWait": 60})
        self.fail_with(503)
        lines = self.draw_at_once(10)
        self.assertEqual(self.asked, 1)
        self.assertEqual(lines, [lines[0]] * 10)
        self.assertEqual(lines[0]["class"], ["error", "server", "kimi"])
        self.assertEqual(self.home.state()["failures"], 1)

    def test_bars_that_come_while_one_fetches_wait_for_its_result(self) -> None:
        self.kimi.hold(HOST)
        first = self.home.start("waybar", env=self.env)
        self.kimi.wait_for_requests(1)
        others = [self.home.start("waybar", env=self.env) for _ in range(3)]
        self.kimi.release(HOST)
        lines = {bar.communicate(timeout=30)[0] for bar in (first, *others)}
        self.assertEqual((len(lines), self.asked), (1, 1))
        self.assertIn('"fresh"', lines.pop())


class FreshTest(KimiTest):
    def test_a_fresh_store_is_drawn_without_a_request(self) -> None:
        first = self.draw()
        self.assertRegex(first["text"], r"^Kimi 10% · 5h 70% · 2h 33m$")
        for bar in ("waybar", "i3blocks", "polybar"):
            self.assertIn("5h", self.run_program(bar).stdout)
        self.assertEqual(self.run_program("usage").status, 0)
        self.assertEqual((self.draw(), self.asked), (first, 1))

    def test_a_fresh_store_is_drawn_without_a_process_or_a_lock(self) -> None:
        self.draw()
        calls = "trace=?fork,?vfork,?clone,?clone3,flock,fcntl,fsync,?rename,?renameat,socket"
        log = self.home.root / "strace"
        # Leaks can't be searched for under strace, and a build that counts the lines which run locks
        # its files, unless they can't be opened.
        quiet = {"GCOV_PREFIX": "/dev/null", "GCOV_ERROR_FILE": "/dev/null"}
        env = {**self.env, **quiet, "ASAN_OPTIONS": "detect_leaks=0"}
        try:
            traced = ("-f", "-o", str(log), "-e", calls, "-e", "signal=none", harness.PROGRAM)
            result = self.home.run(*traced, "waybar", env=env, program="strace")
        except FileNotFoundError:
            harness.skip("strace is not installed")
        if result.status != 0:
            harness.skip(f"strace does not work here: {result.stderr}")
        self.assertIn('"fresh"', result.stdout)
        lines = log.read_text().splitlines()
        kept = [line for line in lines if "exited" not in line and "F_GETFD" not in line]
        self.assertEqual(kept, [])

    def test_the_interval_of_the_configuration_decides(self) -> None:
        self.home.config({"refreshInterval": 600})
        self.draw()
        self.let_time_pass(seconds=590)
        self.assertEqual((self.draw()["class"][1], self.asked), ("fresh", 1))
        self.let_time_pass(seconds=20)
        self.assertEqual((self.draw()["class"][1], self.asked), ("fresh", 2))

    def test_a_reset_that_has_passed_makes_it_too_old(self) -> None:
        self.draw()
        past = (datetime.now(timezone.utc) - timedelta(seconds=30)).strftime(FORM)
        self.let_time_pass(minutes=2)

        def pass_session(document: Any) -> Any:
            for window in document["windows"]:
                if window["id"] == "session":
                    window["resetsAt"] = past
            return document

        self.edit("kimi.json", pass_session)
        self.fail_with(500)
        line = self.draw()
        self.assertEqual(self.asked, 2)
        self.assertEqual(line["class"], ["ok", "stale", "server", "kimi"])
        self.assertNotIn("70%", line["text"])  # what was used since is not known
        self.assertIn("5h –", line["text"])


class MaxWaitTest(KimiTest):
    def test_at_the_deadline_the_last_snapshot_is_drawn_as_stale(self) -> None:
        self.home.config({"maxWait": 1})
        self.draw()
        self.make_old()
        self.kimi.hold(HOST)
        begin = time.monotonic()
        line = self.draw()
        took = time.monotonic() - begin
        self.assertGreaterEqual(took, 0.9)
        self.assertLess(took, 5)
        self.assertEqual(line["class"], ["warning", "stale", "kimi"])
        self.assertIn("70%", line["text"])
        self.assertIn("updated 1 h ago", line["tooltip"])
        self.kimi.wait_for_requests(2)
        self.kimi.release(HOST)
        self.wait_for_fetch()
        self.assertEqual((self.draw()["class"][1], self.asked), ("fresh", 2))

    def test_without_a_snapshot_it_is_loading_until_the_fetch_has_ended(self) -> None:
        self.home.config({"maxWait": 0})
        self.kimi.hold(HOST)
        self.assertEqual(self.draw()["class"], ["loading", "kimi"])
        self.kimi.wait_for_requests(1)
        self.assertEqual(self.draw()["text"], "Kimi …")
        self.kimi.release(HOST)
        self.wait_for_fetch()
        self.assertEqual((self.draw()["class"], self.asked), (["warning", "fresh", "kimi"], 1))

    def test_the_fetch_survives_the_end_of_its_bar(self) -> None:
        self.kimi.hold(HOST)
        bar = self.home.start("waybar", env=self.env)
        self.kimi.wait_for_requests(1)
        os.killpg(bar.pid, 9)  # what a bar does to its modules when it is reloaded
        self.kimi.release(HOST)
        self.wait_for_fetch()
        self.assertEqual((self.draw()["class"][1], self.asked), ("fresh", 1))


class FailureTest(KimiTest):
    def test_failures_are_not_repeated_by_any_bar_before_the_back_off_ends(self) -> None:
        self.fail_with(500)
        for bar in ("waybar", "i3blocks", "polybar", "waybar"):
            self.run_program(bar)
        self.run_program("usage")
        self.assertEqual(self.asked, 1)
        for failures, longest in ((1, 30), (2, 60), (3, 120)):
            state = self.home.state()
            self.assertEqual(state["failures"], failures)
            wait = seconds_until(state["notBefore"])
            self.assertLessEqual(wait, longest)
            self.assertGreater(wait, longest * 0.8 - 10)
            self.let_time_pass(seconds=longest + 1)
            self.draw()
            self.assertEqual(self.asked, failures + 1)

    def test_the_longest_wait_is_half_an_hour(self) -> None:
        self.fail_with(500)
        self.draw()
        self.edit("kimi.state.json", lambda state: {**state, "failures": 900})
        self.run_program("refresh")
        wait = seconds_until(self.home.state()["notBefore"])
        self.assertTrue(1400 < wait <= 1800, wait)

    def test_success_ends_the_back_off(self) -> None:
        self.kimi.answer(HOST, "GET", PATH, status=500, times=1)
        self.draw()
        self.assertEqual(self.run_program("refresh").status, 0)
        state = self.home.state()
        self.assertEqual(state["failures"], 0)
        self.assertFalse({"error", "notBefore"} & state.keys())
        self.assertEqual(self.draw()["class"], ["warning", "fresh", "kimi"])

    def test_a_click_asks_in_spite_of_the_back_off(self) -> None:
        self.fail_with(500)
        self.draw()
        self.assertEqual((self.run_program("refresh").status, self.asked), (1, 2))

    def test_retry_after_binds_bars_and_people(self) -> None:
        self.draw()
        self.fail_with(429, Retry_After="300")
        self.assertEqual(self.run_program("refresh").status, 1)
        self.assertEqual(self.draw()["class"], ["warning", "stale", "rate-limited", "kimi"])
        self.make_old()
        self.draw()
        again = self.run_program("refresh")
        self.assertEqual(again.status, 1)
        self.assertRegex(again.stderr, "asks to wait for another (5m|4m)")
        self.run_program("usage")
        self.run_program("usage", "--source", "api")
        self.assertEqual(self.asked, 2)
        self.let_time_pass(seconds=301)
        self.draw()
        self.assertEqual(self.asked, 3)


class FixingTest(KimiTest):
    def setUp(self) -> None:
        super().setUp()
        self.kimi.keys = {"sk-kimi-good"}
        self.assertEqual(self.draw()["class"], ["error", "auth", "kimi"])

    def assert_mended(self) -> None:
        self.assertEqual((self.draw()["class"], self.asked), (["warning", "fresh", "kimi"], 2))

    def test_what_only_the_user_can_fix_is_not_repeated(self) -> None:
        self.let_time_pass(minutes=14)
        self.assertEqual(self.draw()["text"], "Kimi ! sign in")
        self.env["UNRELATED"] = "1"
        self.draw()
        self.assertEqual(self.asked, 1)
        self.let_time_pass(minutes=2)
        self.draw()
        self.assertEqual(self.asked, 1, "a refused key is not sent again on the same day")
        self.let_time_pass(minutes=16)
        self.let_refusals_pass(days=1)
        self.draw()
        self.assertEqual(self.asked, 2)

    def test_a_stored_key_is_tried_at_once(self) -> None:
        del self.env["KIMI_CODE_API_KEY"]
        self.draw()
        self.assertEqual(self.asked, 1)
        command = ("config", "set-api-key", "--provider", "kimi", "--stdin")
        self.assertEqual(self.home.run(*command, stdin="sk-kimi-good\n").status, 0)
        self.assert_mended()

    def test_a_key_in_the_configuration_is_tried_at_once(self) -> None:
        self.home.config({"providers": [{"id": "kimi", "apiKey": "sk-kimi-good"}]})
        self.assert_mended()

    def test_a_key_in_the_environment_is_tried_at_once(self) -> None:
        self.env["KIMI_CODE_API_KEY"] = "sk-kimi-good"
        self.assert_mended()

    def test_a_wrong_change_is_tried_once(self) -> None:
        self.env["KIMI_CODE_API_KEY"] = "sk-kimi-wrong"
        for _ in range(3):
            self.assertEqual(self.draw()["class"], ["error", "auth", "kimi"])
        self.assertEqual(self.asked, 2)

    def test_the_fingerprint_does_not_hold_the_key(self) -> None:
        harness.assert_no_secret(self.home.cache, self.env["KIMI_CODE_API_KEY"])


class ClockTest(KimiTest):
    def test_a_clock_that_jumps_does_not_freeze_the_line(self) -> None:
        jumps = {"back by a day": -86400, "back by ten years": -3650 * 86400, "forth": 86400}
        for name, seconds in jumps.items():
            with self.subTest(name):
                self.draw()
                before = self.asked
                self.let_time_pass(seconds=seconds)
                self.assertEqual(self.draw()["class"], ["warning", "fresh", "kimi"])
                self.assertEqual(self.asked, before + 1)
                self.draw()
                self.assertEqual(self.asked, before + 1)

    def test_a_failure_from_the_future_does_not_bind(self) -> None:
        self.kimi.answer(HOST, "GET", PATH, status=429, times=1)
        self.draw()
        self.let_time_pass(days=-1)
        self.assertEqual((self.draw()["class"], self.asked), (["warning", "fresh", "kimi"], 2))


if __name__ == "__main__":
    harness.main()
