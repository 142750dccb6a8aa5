"""Mistyped commands, options and names: what the user may have meant."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import harness  # noqa: E402


class MistakesTest(harness.TestCase):
    def setUp(self) -> None:
        self.home = self.enter(harness.Home())

    def assert_refused(self, *args: str, words: str) -> harness.Result:
        result = self.home.run(*args)
        self.assertNotEqual(result.status, 0, result)
        self.assertEqual(result.stderr.splitlines()[0], f"usageline: {words}")
        return result

    def test_a_near_word_is_suggested(self) -> None:
        for args, words in (
            (("wabar",), 'there is no command "wabar"; did you mean "waybar"?'),
            (("WAYBAR",), 'there is no command "WAYBAR"; did you mean "waybar"?'),
            (("theme", "shwo"), 'there is no command "theme shwo"; did you mean "show"?'),
            (("help", "usge"), 'there is no command "usge"; did you mean "usage"?'),
            (("config", "dmp"), 'there is no command "config dmp"; did you mean "dump"?'),
            (("usage", "--sorce", "web"), 'there is no option --sorce; did you mean --source?'),
            (("doctor", "--jsn"), 'there is no option --jsn; did you mean --json?'),
            (("waybar", "--json"), "there is no option --json"),
            (("waybar", "-w=no"), "-w takes no value"),
            (("refresh", "-p", "kimmi"), 'there is no provider "kimmi"; did you mean "kimi"?'),
            (("config", "enable", "kimmi"), 'there is no provider "kimmi"; did you mean "kimi"?'),
        ):
            with self.subTest(args):
                result = self.assert_refused(*args, words=words)
                self.assertNotIn("Usage:", result.stderr)

    def test_a_far_word_gets_the_help(self) -> None:
        result = self.assert_refused("nonsense", words='there is no command "nonsense"')
        self.assertIn("Usage: usageline COMMAND", result.stderr)
        result = self.assert_refused("config", "xyzzy", words='there is no command "config xyzzy"')
        self.assertIn("Usage: usageline config", result.stderr)

    def test_a_value_of_an_option_may_look_like_one(self) -> None:
        result = self.home.run("polybar", "--provider", "demo", "--format", "--remaning")
        self.assertEqual((result.status, result.stdout.strip()), (0, "--remaning"))

    def test_what_a_short_list_allows_is_listed(self) -> None:
        self.assert_refused(
            "usage", "--format", "jsn", words='--format takes one of text, json, not "jsn"'
        )

    def test_help_is_that_of_the_command(self) -> None:
        self.assertEqual(self.home.run("help", "usage"), self.home.run("usage", "--help"))
        self.assertEqual(self.home.run("help"), self.home.run("--help"))


if __name__ == "__main__":
    harness.main()
