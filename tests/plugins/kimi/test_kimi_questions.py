#!/usr/bin/env python3
"""usageline-provider-kimi's other questions: what it is, and what it would do and why."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402

KEY = "sk-kimi-0123456789abcdef"


class Questions(harness.TestCase):
    def setUp(self) -> None:
        self.home = self.enter(harness.Home())

    def ask(self, *args: str, **env: Optional[str]) -> harness.Result:
        result = self.home.run(*args, program=harness.provider("kimi"), env=env)
        harness.assert_no_secret(result, KEY)
        return result

    def diagnose(self, *args: str, **env: Optional[str]) -> Any:
        result = self.ask("--diagnose", *args, **env)
        self.assertEqual((result.status, result.stderr), (0, ""))
        source = result.json()[0]
        self.assertEqual((source["source"], source["mode"]), ("api-key", "api"))
        return source["present"], source["used"], source["why"]

    def test_describe(self) -> None:
        result = self.ask("--describe")
        self.assertEqual((result.status, result.stderr), (0, ""))
        description = result.json()
        self.assertEqual(description["schema"], 1)
        self.assertEqual((description["id"], description["name"]), ("kimi", "Kimi Code"))
        self.assertEqual(description["dashboard"], "https://www.kimi.com/code/console")
        settings = {setting["name"]: setting for setting in description["settings"]}
        self.assertEqual(settings["source"]["values"], ["auto", "api", "cli", "web"])
        self.assertEqual(settings["source"]["default"], "auto")
        self.assertEqual(settings["source"]["option"], "--source")
        self.assertEqual(settings["region"]["values"], ["cn", "global"])
        self.assertTrue(settings["apiKey"]["secret"])
        self.assertNotIn("values", settings["enterpriseHost"])
        variables = {variable["name"]: variable for variable in description["environment"]}
        self.assertTrue(variables["KIMI_CODE_API_KEY"]["secret"])
        self.assertIn("KIMI_CODE_BASE_URL", variables)
        self.assertIn("USAGELINE_CA_FILE", variables)
        for item in (*settings.values(), *variables.values()):
            self.assertGreater(len(item["about"]), 10)

    def test_diagnose_nothing(self) -> None:
        self.assertEqual(self.diagnose(), (False, False, "not set"))

    def test_diagnose_environment(self) -> None:
        expected = (True, True, "found in KIMI_CODE_API_KEY; tried first")
        self.assertEqual(self.diagnose(KIMI_CODE_API_KEY=KEY), expected)

    def test_diagnose_configuration(self) -> None:
        path = self.home.config({"providers": [{"id": "kimi", "apiKey": KEY}]})
        expected = (True, True, f"found in {path}; tried first")
        self.assertEqual(self.diagnose(KIMI_CODE_API_KEY="other"), expected)

    def test_diagnose_another_source(self) -> None:
        expected = (True, False, 'the source is set to "web"')
        self.assertEqual(self.diagnose("--source", "web", KIMI_CODE_API_KEY=KEY), expected)

    def test_diagnose_wrong_setting(self) -> None:
        """No source is searched, because the setting may be the one that excludes it."""
        present, used, why = self.diagnose("--source", "psychic", KIMI_CODE_API_KEY=KEY)
        self.assertEqual((present, used), (False, False))
        self.assertIn("psychic", why)
        present, used, why = self.diagnose("--cookieSource", "always", KIMI_CODE_API_KEY=KEY)
        self.assertEqual((present, used), (False, False))
        self.assertIn("always", why)

    def test_diagnose_unusable_key(self) -> None:
        present, used, why = self.diagnose(KIMI_CODE_API_KEY="sk key")
        self.assertEqual((present, used), (True, False))
        self.assertIn("KIMI_CODE_API_KEY", why)

    def test_diagnose_unreadable_file(self) -> None:
        path = self.home.config("{")
        present, used, why = self.diagnose()
        self.assertEqual((present, used), (False, False))
        self.assertIn(str(path), why)

    def test_help(self) -> None:
        result = self.ask("--help")
        self.assertEqual((result.status, result.stderr), (0, ""))
        for option in ("--describe", "--diagnose", "--version", "--source", "--region"):
            self.assertIn(option, result.stdout)
        self.assertNotIn("--apiKey", result.stdout)

    def test_version(self) -> None:
        self.assertRegex(self.ask("--version").stdout, r"^usageline-provider-kimi \d+\.\d+\.\d+\n$")

    def test_wrong_arguments(self) -> None:
        for args in (("--nonsense",), ("now",), ("--source",), ("--apiKey", KEY), ("-x",)):
            result = self.ask(*args)
            self.assertEqual((result.status, result.stdout), (2, ""), args)
            self.assertIn("--help", result.stderr)

    def test_full_disk(self) -> None:
        """A document that can't be written is a failure."""
        with open("/dev/full", "wb") as full:
            process = self.home.start(
                "--describe", program=harness.provider("kimi"), stdout=full, text=None
            )
            self.assertEqual(process.wait(10), 1)


if __name__ == "__main__":
    harness.main()
