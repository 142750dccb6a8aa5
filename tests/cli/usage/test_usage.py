"""usageline usage: text for people, JSON in the shape of CodexBar's command line."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import documents
import harness
from fake_kimi import KEY, FakeKimi

WINDOWS = [
    documents.window(id="session", label="5-hour", usedPercent=95.5, minutes=300),
    documents.window(),
    documents.window(id="monthly", label="Monthly", usedPercent=7, used=None, minutes=None),
    documents.window(id="window_2h", label="2 hours", usedPercent=1.25, resetsAt=None),
]


class UsageTest(harness.TestCase):
    def setUp(self) -> None:
        self.home = documents.shell_home(self.enter(harness.Home()))
        self.give(documents.snapshot())

    def give(self, document: Any) -> None:
        documents.answer(self.home, document)
        self.home.run("refresh")

    def usage(self, *args: str, **run: Any) -> harness.Result:
        return self.home.run("usage", *args, **run)

    def json(self, *args: str) -> Any:
        result = self.usage("--format", "json", *args)
        self.assertEqual(result.stderr, "")
        return result.json()


class TextTest(UsageTest):
    def test_each_window_has_a_row(self) -> None:
        self.give(documents.snapshot(plan="Moderato", source="api-key", windows=WINDOWS))
        result = self.usage()
        self.assertEqual((result.status, result.stderr), (0, ""))
        rows = result.stdout.splitlines()
        self.assertEqual(rows[0], "Shell · Moderato")
        reset = r"^ {9}resets \w+ \d\d:\d\d, in 2d$"
        self.assertRegex(rows[1], r"^5-hour +\S{14} +96% +84/200$")
        self.assertRegex(rows[2], reset)
        self.assertRegex(rows[3], r"^Weekly +\S{14} +42% +84/200$")
        self.assertRegex(rows[4], reset)
        self.assertRegex(rows[5], r"^Monthly +\S{14} +7%$")
        self.assertRegex(rows[6], reset)
        self.assertRegex(rows[7], r"^2 hours +\S{14} +1% +84/200$")
        self.assertEqual(rows[8:], ["updated just now · api-key"])

    def test_what_is_left_if_the_configuration_says_so(self) -> None:
        self.give(documents.snapshot(windows=WINDOWS))
        self.home.config({"providers": [{"id": "shell"}], "remaining": True})
        rows = self.usage().stdout.splitlines()
        self.assertRegex(rows[3], r"^Weekly +\S{14} +58% left +116/200$")

    def test_colours_are_for_a_terminal_alone(self) -> None:
        self.give(documents.snapshot(windows=WINDOWS))
        self.assertNotIn("\033", self.usage().stdout)
        self.assertIn("\033[", self.on_a_terminal())
        self.assertNotIn("\033", self.on_a_terminal("--no-color"))
        self.assertNotIn("\033", self.on_a_terminal(NO_COLOR="1"))
        self.assertNotIn("\033", self.on_a_terminal(TERM="dumb"))
        self.assertNotIn("\033", self.on_a_terminal("--color=never"))
        self.assertIn("\033[", self.usage("--color", "always").stdout)

    def test_without_a_theme_the_colours_are_the_terminals_own(self) -> None:
        self.give(documents.snapshot(windows=WINDOWS))
        self.assertNotIn("\033[38;", self.usage("--color=always").stdout)
        for setting in ({"theme": "nord"}, {"colors": {"critical": "#112233"}}):
            self.home.config({"providers": [{"id": "shell"}], **setting})
            self.assertIn("\033[38;2;", self.usage("--color=always").stdout)

    def on_a_terminal(self, *args: str, **env: str) -> str:
        status, text = self.home.run_on_terminal("usage", *args, **env)
        self.assertEqual(status, 0, text)
        return text

    def test_an_error_is_printed_below_the_last_good_snapshot(self) -> None:
        self.give(documents.error("network", "no route to the service"))
        result = self.usage()
        self.assertEqual(result.status, 0)
        self.assertIn("42%", result.stdout)
        self.assertIn("the last refresh failed (just now):\nno route to the service", result.stdout)

    def test_without_a_snapshot_it_fails_with_the_reason(self) -> None:
        (self.home.cache / "shell.json").unlink()
        self.give(documents.error("auth", "the key is refused"))
        result = self.usage()
        self.assertEqual(result.status, 1)
        self.assertIn("the key is refused", result.stdout)

    def test_output_that_is_lost_is_an_error(self) -> None:
        with open("/dev/full", "w", encoding="utf-8") as full:
            process = self.home.start("usage", stdout=full)
            self.assertIn("can't be written: No space left", process.communicate(timeout=30)[1])
        self.assertEqual(process.returncode, 1)


class JsonTest(UsageTest):
    def test_the_windows_have_the_places_of_codexbar(self) -> None:
        self.give(documents.snapshot(plan="Moderato", source="api-key", windows=WINDOWS))
        (entry,) = self.json()
        self.assertEqual((entry["provider"], entry["source"]), ("shell", "api-key"))
        usage = entry["usage"]
        resets = WINDOWS[1]["resetsAt"]
        self.assertEqual(
            usage["primary"],
            {
                "usedPercent": 42,
                "windowMinutes": 10080,
                "resetsAt": resets,
                "resetDescription": "84/200 requests",
            },
        )
        self.assertEqual(usage["secondary"]["usedPercent"], 95.5)
        self.assertEqual(usage["secondary"]["windowMinutes"], 300)
        self.assertEqual(usage["tertiary"], {"usedPercent": 7, "resetsAt": WINDOWS[2]["resetsAt"]})
        (extra,) = usage["extraRateWindows"]
        self.assertEqual((extra["id"], extra["title"]), ("window_2h", "2 hours"))
        self.assertEqual(extra["window"]["usedPercent"], 1.25)
        self.assertNotIn("resetsAt", extra["window"])
        self.assertEqual(usage["identity"], {"providerID": "shell", "loginMethod": "Moderato"})
        self.assertEqual(usage["updatedAt"], self.home.snapshot("shell")["fetchedAt"])
        self.assertNotIn("error", entry)

    def test_the_pace_is_that_of_codexbar(self) -> None:
        self.give(documents.snapshot(windows=WINDOWS))
        (entry,) = self.json()
        self.assertEqual(
            entry["pace"],
            {
                "primary": {
                    "stage": "farBehind",
                    "deltaPercent": -29,
                    "expectedUsedPercent": 71,
                    "willLastToReset": True,
                    "summary": "29% in reserve | Expected 71% used | Lasts until reset",
                }
            },
        )

    def test_the_pace_includes_when_it_runs_out(self) -> None:
        soon = {**WINDOWS[1], "usedPercent": 90}
        extra = {**soon, "id": "window_7d"}
        self.give(documents.snapshot(windows=[soon, extra]))
        (entry,) = self.json()
        pace = entry["pace"]["primary"]
        self.assertEqual((pace["stage"], pace["willLastToReset"]), ("farAhead", False))
        # Five days for 90 %: 10 % are good for 13 h 20 min.
        self.assertAlmostEqual(pace["etaSeconds"], 48000, delta=300)
        self.assertRegex(pace["summary"], r"^19% in deficit .* \| Projected empty in 13h \d+m$")
        (other,) = entry["usage"]["extraRateWindows"]
        self.assertEqual(other["pace"]["stage"], "farAhead")

    def test_windows_that_are_not_there_are_null(self) -> None:
        usage = self.json()[0]["usage"]
        self.assertEqual((usage["secondary"], usage["tertiary"]), (None, None))
        self.assertEqual(usage["extraRateWindows"], [])

    def test_balances_are_printed(self) -> None:
        balance = {"id": "extra", "label": "Extra usage", "amount": 12.5, "currency": "USD"}
        self.give(documents.snapshot(balances=[balance]))
        (told,) = self.json()[0]["usage"]["balances"]
        self.assertEqual(told, {"title": balance.pop("label"), **balance})

    def test_a_balance_may_be_of_what_was_spent_alone(self) -> None:
        balance = {"id": "extra", "label": "Extra usage", "spent": 50.0, "cap": 200.0}
        self.give(documents.snapshot(balances=[balance]))
        self.assertIn("\nExtra usage: 50.00 of 200.00 spent this month\n", self.usage().stdout)
        (told,) = self.json()[0]["usage"]["balances"]
        self.assertEqual(told, {"title": balance.pop("label"), **balance})

    def test_shares_are_printed_in_their_window(self) -> None:
        share = {"id": "code", "label": "Code", "percent": 28.54}
        windows = [{**WINDOWS[2], "shares": [share]}, {**WINDOWS[3], "shares": [share]}]
        self.give(documents.snapshot(windows=windows))
        usage = self.json()[0]["usage"]
        told = [{"id": "code", "title": "Code", "usedPercent": 28.54}]
        self.assertEqual(usage["tertiary"]["shares"], told)
        self.assertEqual([extra["id"] for extra in usage["extraRateWindows"]], ["window_2h"])
        self.assertEqual(usage["extraRateWindows"][0]["window"]["shares"], told)

    def test_a_window_that_was_reset_since_has_no_numbers(self) -> None:
        share = {"id": "code", "percent": 5}
        over = documents.window(usedPercent=100, shares=[share])
        snapshot = {**documents.snapshot(windows=[over]), "fetchedAt": documents.time_text(hours=-2)}
        snapshot["windows"][0]["resetsAt"] = documents.time_text(hours=-1)
        (self.home.cache / "shell.json").write_text(json.dumps(snapshot), encoding="utf-8")
        documents.answer(self.home, documents.error("network"))
        (entry,) = self.json()
        resets = snapshot["windows"][0]["resetsAt"]
        self.assertEqual(entry["usage"]["primary"], {"windowMinutes": 10080, "resetsAt": resets})
        self.assertEqual(entry["pace"], {})

    def test_a_credential_that_is_renewed_is_printed_with_its_time(self) -> None:
        when = documents.time_text(minutes=-5)
        self.give(documents.error("auth", "run <kimi>", expiredAt=when))
        result = self.usage("--format", "json")
        self.assertEqual(result.status, 0)
        (entry,) = result.json()
        self.assertEqual((entry["error"]["kind"], entry["error"]["expiredAt"]), ("auth", when))
        text = self.usage()
        self.assertEqual((text.status, text.stderr), (0, ""))
        self.assertRegex(text.stdout, r"no new numbers since \d\d:\d\d:\nrun <kimi>\n$")

    def test_an_error_is_printed_beside_the_last_good_snapshot(self) -> None:
        self.give(documents.error("network", "no route"))
        (entry,) = self.json()
        self.assertEqual(entry["usage"]["primary"]["usedPercent"], 42)
        self.assertEqual(entry["error"], {"code": 1, "kind": "network", "message": "no route"})

    def test_without_a_snapshot_there_is_an_error_alone_and_status_1(self) -> None:
        (self.home.cache / "shell.json").unlink()
        self.give(documents.error("auth", "refused"))
        result = self.usage("--format", "json")
        self.assertEqual((result.status, result.stderr), (1, ""))
        (entry,) = result.json()
        self.assertEqual((entry["error"]["kind"], "usage" in entry), ("auth", False))

    def test_pretty_is_the_same_with_line_breaks(self) -> None:
        plain = self.usage("--format", "json").stdout
        pretty = self.usage("--format", "json", "--pretty").stdout
        self.assertEqual(json.loads(plain), json.loads(pretty))
        self.assertEqual(plain.count("\n"), 1)
        self.assertGreater(pretty.count("\n"), 10)
        self.assertTrue(pretty.endswith("]\n"))

    def test_all_providers_that_are_enabled(self) -> None:
        off = {"id": "kimi", "enabled": False}
        self.home.config({"providers": [{"id": "shell"}, {"id": "demo"}, off]})
        self.assertEqual([entry["provider"] for entry in self.json()], ["shell"])
        everything = self.json("--provider", "all")
        self.assertEqual([entry["provider"] for entry in everything], ["shell", "demo"])
        text = self.usage("--provider", "all").stdout
        self.assertIn("\n\nDemo", text)
        self.assertLess(text.index("Shell"), text.index("Demo"))

    def test_no_provider_is_an_empty_array(self) -> None:
        self.home.config({"providers": []})
        result = self.usage("--format", "json")
        self.assertEqual((result.status, result.json()), (1, []))
        self.assertIn("no provider is enabled", result.stderr)


class WrongTest(UsageTest):
    def test_a_wrong_command_line_is_reported(self) -> None:
        for args in (
            ["--format", "xml"],
            ["--source", "guess"],
            ["--provider", "../x"],
            ["--provider", ""],
            ["extra"],
            ["--nope"],
            ["--format"],
        ):
            result = self.usage(*args)
            self.assertEqual((result.status, result.stdout), (2, ""), args)
            self.assertIn("usageline: ", result.stderr)

    def test_a_broken_configuration_is_reported(self) -> None:
        path = self.home.config('{\n"maxWait": "x"}')
        result = self.usage()
        self.assertEqual(result.status, 1)
        self.assertIn(f"{path}:2: ", result.stdout.replace("\n", " "))
        entry = self.usage("--format", "json").json()[0]
        self.assertEqual((entry["provider"], entry["error"]["kind"]), ("kimi", "config"))
        self.assertIn(f"{path}:2: ", entry["error"]["message"])

    def test_a_provider_that_is_not_there(self) -> None:
        result = self.usage("--provider", "nobody", "--format", "json")
        self.assertEqual(result.status, 1)
        self.assertEqual(result.json()[0]["error"]["kind"], "config")

    def test_where_nothing_can_be_stored_it_says_so_beside_the_last_numbers(self) -> None:
        blocked = self.home.root / "file"
        blocked.touch()
        self.home.config({"providers": [{"id": "shell"}], "refreshInterval": 60})
        text = (self.home.cache / "shell.json").read_text("utf-8")
        fetched = documents.time_text(minutes=-30)
        snapshot = {**json.loads(text), "fetchedAt": fetched}
        state = {**self.home.state("shell"), "at": fetched}
        (self.home.cache / "shell.json").write_text(json.dumps(snapshot), "utf-8")
        (self.home.cache / "shell.state.json").write_text(json.dumps(state), "utf-8")
        for name in ("shell.lock", "shell.state.json.tmp"):
            (self.home.cache / name).unlink(missing_ok=True)
            (self.home.cache / name).mkdir()
        env = {"XDG_RUNTIME_DIR": f"{blocked}/x", "TMPDIR": f"{blocked}/x"}
        result = self.usage("--format", "json", env=env)
        (entry,) = result.json()
        self.assertEqual((result.status, entry["error"]["kind"]), (0, "internal"))
        self.assertIn("shell.lock", entry["error"]["message"])
        self.assertEqual(entry["usage"]["primary"]["usedPercent"], 42)
        self.assertEqual(self.home.state("shell"), state)

    def test_help(self) -> None:
        result = self.usage("--help")
        self.assertEqual((result.status, result.stderr), (0, ""))
        self.assertIn("--source", result.stdout)


class SourceTest(harness.TestCase):
    def setUp(self) -> None:
        self.kimi = self.enter(FakeKimi())
        self.home = self.enter(harness.Home())
        self.env = {**self.kimi.environment, "KIMI_CODE_API_KEY": KEY}

    def usage(self, *args: str) -> harness.Result:
        return self.home.run("usage", "--format", "json", *args, env=self.env)

    def asked(self) -> int:
        """How often the usage was requested."""
        return sum(one.path == "/coding/v1/usages" for one in self.kimi.requests)

    def test_a_named_source_is_asked_now_and_answers_this_question_alone(self) -> None:
        for count in (1, 2):
            result = self.usage("--source", "api")
            self.assertEqual((result.status, result.json()[0]["source"]), (0, "api-key"))
            self.assertEqual(self.asked(), count)
        self.assertIsNone(self.home.snapshot())
        self.usage()
        self.usage("--source", "auto")
        self.assertEqual(self.asked(), 3)

    def test_a_source_that_has_nothing_is_an_error(self) -> None:
        del self.env["KIMI_CODE_API_KEY"]
        result = self.usage("--source", "api")
        self.assertEqual((result.status, result.json()[0]["error"]["kind"]), (1, "auth"))

    def test_no_secret_is_shown_or_stored_whatever_happens(self) -> None:
        secret = "sk-kimi-refused-0123456789"
        self.env["KIMI_CODE_API_KEY"] = secret
        for args in (["--verbose"], ["--source", "api", "--verbose"], ["--pretty"]):
            harness.assert_no_secret(self.usage(*args), secret, KEY)
        for command in (["refresh", "--verbose"], ["waybar", "--verbose"], ["config", "dump"]):
            harness.assert_no_secret(self.home.run(*command, env=self.env), secret, KEY)
        self.env["KIMI_CODE_API_KEY"] = KEY
        self.assertEqual(self.usage("--verbose").status, 0)
        harness.assert_no_secret(self.home.root, secret, KEY)


if __name__ == "__main__":
    harness.main()
