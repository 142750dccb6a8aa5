"""A changed setting is seen at once; neither that nor any click is a way to hammer the service."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
from kimi_home import KEY, KimiTest, harness

OTHER_KEY = "sk-kimi-other"


def with_key(key: str, **settings: Any) -> dict[str, Any]:
    return {"providers": [{"id": "kimi", "apiKey": key}], **settings}


class SettingsTest(KimiTest):
    """The key is in the configuration, and numbers are stored that were fetched with it."""

    def setUp(self) -> None:
        super().setUp()
        del self.env["KIMI_CODE_API_KEY"]
        self.kimi.keys = {KEY, OTHER_KEY}
        self.home.config(with_key(KEY))
        self.draw()
        self.assertEqual(self.asked, 1)

    def assert_asked_again(self) -> None:
        before = self.asked
        self.assertEqual(self.draw()["class"], ["warning", "fresh", "kimi"])
        self.draw()
        self.assertEqual(self.asked, before + 1)

    def assert_not_asked_again(self) -> None:
        before = self.asked
        self.draw()
        self.assertEqual(self.asked, before)

    def test_another_key_in_the_configuration(self) -> None:
        self.home.config(with_key(OTHER_KEY))
        self.assert_asked_again()

    def test_another_stored_key(self) -> None:
        self.home.config({})
        command = ("config", "set-api-key", "--provider", "kimi", "--stdin")
        for key in (KEY, OTHER_KEY):
            self.assertEqual(self.home.run(*command, stdin=f"{key}\n").status, 0)
            self.assert_asked_again()

    def test_another_source(self) -> None:
        document = with_key(KEY)
        document["providers"][0]["source"] = "api"
        self.home.config(document)
        self.assert_asked_again()

    def test_there_and_back_is_two_changes(self) -> None:
        for key in (OTHER_KEY, KEY):
            self.home.config(with_key(key))
            self.assert_asked_again()

    def test_what_does_not_concern_the_provider_changes_nothing(self) -> None:
        document = with_key(KEY, icon="K", thresholds={"warning": 50})
        document["providers"].append({"id": "demo", "state": "critical"})
        self.home.config(document)
        self.assert_not_asked_again()

    def test_a_store_of_an_older_version_stays_valid(self) -> None:
        self.edit("kimi.json", lambda stored: {n: v for n, v in stored.items() if n != "settings"})
        self.home.config(with_key(OTHER_KEY))
        self.assert_not_asked_again()

    def test_numbers_of_other_settings_are_stale_while_there_are_no_new_ones(self) -> None:
        self.home.config(with_key("sk-kimi-wrong"))
        line = self.draw()
        self.assertEqual(line["class"], ["warning", "stale", "auth", "kimi"])
        self.let_time_pass(seconds=60)
        self.draw()
        self.assertEqual(self.asked, 2)

    def test_a_change_does_not_end_a_wait_of_the_service(self) -> None:
        self.fail_with(429, Retry_After="300")
        self.run_program("refresh")
        self.home.config(with_key(OTHER_KEY))
        self.assert_not_asked_again()

    def test_changes_without_end_are_not_a_way_to_hammer_the_service(self) -> None:
        for number in range(40):
            self.home.config(with_key((KEY, OTHER_KEY)[number % 2]))
            self.draw()
        self.assertLessEqual(self.asked, 5)

    def test_the_fingerprint_does_not_hold_the_key(self) -> None:
        harness.assert_no_secret(self.home.cache, KEY)


class ForcedTest(KimiTest):
    def test_forty_refreshes_are_at_most_five_requests(self) -> None:
        results = [self.run_program("refresh") for _ in range(40)]
        self.assertEqual(self.asked, 5)
        self.assertEqual({(result.status, result.stdout) for result in results[:5]}, {(0, "")})
        for result in results[5:]:
            self.assertEqual((result.status, result.stdout), (1, "Kimi 10% · 5h 70% · 2h 33m\n"))
            self.assertRegex(result.stderr, r"may be asked again in (2m|1m|\d+s)\n\Z")
        self.assertEqual(self.draw()["class"], ["warning", "fresh", "kimi"])

    def test_clicks_on_a_bar_and_questions_for_one_source_count_as_well(self) -> None:
        for _ in range(10):
            self.home.run("i3blocks", env={**self.env, "BLOCK_BUTTON": "3"})
            self.run_program("usage", "--source", "api")
        self.assertLessEqual(self.asked, 5)
        refused = self.run_program("usage", "--source", "api")
        self.assertEqual(refused.status, 1)
        self.assertIn("nothing was asked", refused.stdout)

    def test_one_more_is_allowed_after_a_while(self) -> None:
        for _ in range(6):
            self.run_program("refresh")
        self.let_time_pass(seconds=121)
        self.assertEqual([self.run_program("refresh").status for _ in range(2)], [0, 1])
        self.assertEqual(self.asked, 6)

    def test_a_refresh_in_its_turn_costs_nothing(self) -> None:
        for _ in range(12):
            self.assertEqual(self.run_program("refresh").status, 0)
            self.let_time_pass(seconds=301)
        self.assertEqual(self.asked, 12)


if __name__ == "__main__":
    harness.main()
