"""usageline config: what it stores, what it leaves alone, and how it reports mistakes."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness

KEY = "sk-kimi-0123456789abcdef"
TOKEN = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1In0.c2lnbmF0dXJl"
COMMANDS = ("set-api-key", "set-cookie", "unset", "validate", "dump", "path", "providers", "enable", "disable")


class ConfigTest(harness.TestCase):
    def setUp(self) -> None:
        self.home = self.enter(harness.Home())

    @property
    def credentials(self) -> Path:
        return self.home.data_home / "usageline" / "credentials.json"

    def config(self, *args: str, stdin: Optional[str] = None) -> harness.Result:
        return self.home.run("config", *args, stdin=stdin)

    def set_key(self, key: str, provider: str = "kimi") -> harness.Result:
        return self.config("set-api-key", "--provider", provider, "--stdin", stdin=key)

    def stored(self) -> Any:
        return json.loads(self.credentials.read_text(encoding="utf-8"))

    def store(self, content: Any) -> None:
        self.credentials.parent.mkdir(mode=0o700, exist_ok=True)
        text = content if isinstance(content, str) else json.dumps(content)
        self.credentials.write_text(text, encoding="utf-8")


class SetApiKeyTest(ConfigTest):
    def test_what_people_paste_along_is_taken_off(self) -> None:
        for around in ("{}", "{}\n", "  {}\r\n", '"{}"\n', "'{}'", "\t\n {}\n\n"):
            self.config("unset", "--provider", "kimi")
            result = self.set_key(around.format(KEY))
            self.assertEqual((result.status, result.stderr), (0, ""))
            self.assertEqual(self.stored(), {"providers": [{"id": "kimi", "apiKey": KEY}]})

    def test_the_key_is_nowhere_in_the_output(self) -> None:
        harness.assert_no_secret(self.set_key(KEY), KEY)
        harness.assert_no_secret(self.config("set-api-key", "--api-key", KEY), KEY)
        harness.assert_no_secret(self.config("set-api-key", "--stdin", KEY), KEY)
        harness.assert_no_secret(self.config("set-api-key", KEY), KEY)
        harness.assert_no_secret(self.config("unset"), KEY)

    def test_a_key_as_an_argument_works_and_is_warned_of(self) -> None:
        result = self.config("set-api-key", "--provider", "kimi", "--api-key", KEY)
        self.assertEqual(result.status, 0)
        self.assertIn("warning: other users of this machine can see", result.stderr)
        self.assertEqual(self.stored()["providers"][0]["apiKey"], KEY)

    def test_what_is_no_key_is_refused_and_changes_nothing(self) -> None:
        self.set_key(KEY)
        before = self.credentials.read_bytes()
        for text in ("", "\n", '""', " ' ' ", f"{KEY} {KEY}", f"{KEY}\n{KEY}", "x" * 100_000, "ключ", f"{KEY}\x01"):
            result = self.set_key(text)
            self.assertEqual((result.status, result.stdout), (1, ""))
            self.assertIn("nothing was changed", result.stderr)
            self.assertEqual(self.credentials.read_bytes(), before)

    def test_a_provider_that_is_not_there_is_refused(self) -> None:
        for name, words in (("kimmi", 'did you mean "kimi"?'), ("nothing-like-it", "nothing was changed")):
            result = self.set_key(KEY, name)
            self.assertEqual((result.status, result.stdout), (1, ""))
            self.assertIn(words, result.stderr)
        self.assertFalse(self.credentials.exists())

    def test_the_command_line_must_name_one_way(self) -> None:
        for args in ((), ("--stdin", "--api-key", KEY), ("--stdin", "extra"), ("--stdin", "--no")):
            result = self.config("set-api-key", *args, stdin=KEY)
            self.assertEqual((result.status, result.stdout), (2, ""), args)
            self.assertIn("usageline: ", result.stderr)
        self.assertEqual(self.set_key(KEY, "../kimi").status, 2)
        self.assertFalse(self.credentials.exists())

    def test_without_a_provider_it_is_for_the_enabled_one(self) -> None:
        self.home.config({"providers": [{"id": "demo"}]})
        self.assertEqual(self.config("set-api-key", "--stdin", stdin=KEY).status, 0)
        self.assertEqual(self.stored()["providers"][0]["id"], "demo")

    def test_everything_else_in_the_file_stays(self) -> None:
        rest = {"id": "other", "apiKey": "other-key", "list": [1, 2.50, None, {"a": True}]}
        mine = {"id": "kimi", "cookieHeader": "a=b", "note": "ü\n", "big": 12345678901234567890}
        self.store({"version": 3, "later": {"x": []}, "providers": [rest, mine]})
        self.assertEqual(self.set_key(KEY).status, 0)
        stored = self.stored()
        self.assertEqual((stored["version"], stored["later"]), (3, {"x": []}))
        providers = {entry["id"]: entry for entry in stored["providers"]}
        self.assertEqual(providers, {"other": rest, "kimi": {**mine, "apiKey": KEY}})

    def test_a_file_that_is_not_understood_is_left_alone(self) -> None:
        for broken in ("{", "[1]", "[]", '"x"', '{"providers": {"kimi": 1}}', "\0\1", "[" * 1000):
            self.store(broken)
            for result in (self.set_key(KEY), self.config("unset", "--provider", "kimi")):
                self.assertEqual((result.status, result.stdout), (1, ""), broken)
                self.assertIn(f"nothing was changed: {self.credentials}: ", result.stderr)
                self.assertEqual(self.credentials.read_text(), broken)

    def test_others_can_read_neither_file_nor_folder_whatever_the_umask(self) -> None:
        for mask in (0o000, 0o277):
            command = ("config", "set-api-key", "--api-key", KEY + str(mask))
            self.assertEqual(self.home.start(*command, umask=mask).wait(30), 0)
            self.assertEqual(harness.mode(self.credentials), 0o600)
            self.assertEqual(harness.mode(self.credentials.parent), 0o700)

    def test_a_folder_that_others_can_read_is_made_private(self) -> None:
        self.store({})
        self.credentials.parent.chmod(0o755)
        self.credentials.chmod(0o644)
        self.set_key(KEY)
        self.assertEqual(harness.mode(self.credentials), 0o600)
        self.assertEqual(harness.mode(self.credentials.parent), 0o700)

    def test_two_at_once_lose_nothing(self) -> None:
        names = [f"p{number}" for number in range(10)]
        for name in names:
            self.home.plugin(name, "exit 1")
        command = ("config", "set-api-key", "--api-key", KEY, "--provider")
        processes = [self.home.start(*command, name) for name in names]
        self.assertEqual([process.wait(30) for process in processes], [0] * 10)
        self.assertEqual({entry["id"] for entry in self.stored()["providers"]}, set(names))

    def test_unset_removes_the_secrets_of_one_provider_alone(self) -> None:
        mine, other = {"id": "kimi", "note": 1, "apiKey": 5}, {"id": "b", "apiKey": "c"}
        self.store({"providers": [mine, other]})
        self.assertIn("Removed", self.config("unset", "--provider", "kimi").stdout)
        self.assertCountEqual(self.stored()["providers"], [{"id": "kimi", "note": 1}, other])
        again = self.config("unset", "--provider", "kimi")
        self.assertEqual((again.status, again.stdout), (0, "Nothing was stored for kimi.\n"))


# A file's text, the line of the mistake, and the message.
MISTAKES: list[tuple[str, int, str]] = [
    ('{\n"refreshInterval": 60\n"maxWait": 1}', 3, "after key and value, inside map"),
    ('{\n"refreshInterval": "60"}', 2, '"refreshInterval" must be a number from 30 to 86400'),
    ('{\n"refreshInterval": 29}', 2, '"refreshInterval" must be a number from 30 to 86400'),
    ('{\n"maxWait": 1.5}', 2, '"maxWait" must be a whole number from 0 to 60'),
    ('{\n"maxWait": -1}', 2, '"maxWait" must be a number from 0 to 60'),
    ('{\n"icon": 5}', 2, '"icon" must be a string'),
    ('{\n"format": "{nope}"}', 2, "unknown placeholder {nope} at character 1; usageline-template(7)"),
    ('{\n"tooltipFormat": "{"}', 2, "write {{ or }} for a brace itself"),
    ('{\n"thresholds": 70}', 2, '"thresholds" must be an object'),
    ('{"thresholds": {\n"warning": 101}}', 2, '"warning" must be a number from 0 to 100'),
    ('{\n"thresholds": {"warning": 95}}', 2, '"warning" (95) must not be above "critical" (90)'),
    ('{"colors": {\n"ok": "green"}}', 2, 'must be a colour such as "#e0af68"'),
    ('{"network": {\n"caFile": true}}', 2, '"caFile" must be a string'),
    ('{\n"bars": []}', 2, '"bars" must be an object'),
    ('{"bars": {\n"waybar": 1}}', 2, '"waybar" must be an object'),
    ('{"bars": {"i3blocks": {\n"urgent": "no"}}}', 2, '"urgent" must be true or false'),
    ('{\n"providers": {}}', 2, '"providers" must be an array'),
    ('{"providers": [\n"kimi"]}', 2, 'each of "providers" must be an object with an "id"'),
    ('{"providers": [\n{"id": "../x"}]}', 2, 'each of "providers" must be an object with an "id"'),
    ('{"providers": [{"id": "kimi",\n"enabled": "yes"}]}', 2, '"enabled" must be true or false'),
    ('{"providers": [{"id": "kimi",\n"apiKey": 1}]}', 2, '"apiKey" must be a string'),
    ("[]", 1, "must be an object"),
]

# The text of a file that works, and the warning.
WARNINGS: list[tuple[str, str]] = [
    ('{\n"refreshIntervall": 60}', ':2: "refreshIntervall" is not a setting that usageline knows'),
    ('{"colors": {\n"blue": "#0000ff"}}', ':2: "blue" is not a setting'),
    ('{"bars": {"waybar": {\n"fromat": ""}}}', ':2: "fromat" is not a setting'),
    ('{"bars": {"wayber": {}}}', 'there is no bar "wayber"; known are waybar'),
    ('{"providers": [{"id": "kimi"},\n{"id": "kimi"}]}', ':2: provider "kimi" is there twice'),
    ('{"providers": [{"id": "claude"}]}', "`usageline config disable claude`"),
    ('{"providers": [{"id": "demo", "stat": "ok"}]}', '"demo" has no setting "stat"'),
    ('{"providers": [{"id": "kimi", "tokenAccounts": {}}]}', '"kimi" has no setting "tokenAccounts"'),
    ('{"providers": [{"id": "kimi", "sourc": {"a": {}}}]}', '"kimi" has no setting "sourc"'),
    ('{"network": {"caFile": "/dev/null/x"}}', '"network.caFile": /dev/null/x can\'t be read'),
]


class SetCookieTest(ConfigTest):
    def set_cookie(self, pasted: str) -> harness.Result:
        return self.config("set-cookie", "--provider", "kimi", "--stdin", stdin=pasted)

    def test_of_what_is_pasted_one_cookie_alone_is_stored(self) -> None:
        for pasted in (
            TOKEN,
            f" '{TOKEN}'\n",
            f"kimi-auth={TOKEN}",
            f"Cookie: theme=dark; kimi-auth={TOKEN}; other=private",
            f"curl 'https://www.kimi.com/' -H 'cookie: other=private; kimi-auth={TOKEN}' --compressed",
            f"curl https://www.kimi.com/ \\\n  -b 'kimi-auth={TOKEN}; other=private'",
            f"Authorization: Bearer {TOKEN}",
            f"curl https://www.kimi.com/x -H 'authorization: Bearer {TOKEN}' -d '{{}}'",
            f"access_token={TOKEN}",
            f'{{"refresh_token": "private", "access_token": "{TOKEN}"}}',
            f'{{"data": {{"access_token": "{TOKEN}", "n": 1}}}}',
            f"kimi-auth\t{TOKEN}\twww.kimi.com\t/\t2026-12-01T00:00:00.000Z\t512\t\tMedium\n",
            f".kimi.com\tTRUE\t/\tTRUE\t1796000000\tkimi-auth\t{TOKEN}\n",
            f"# Netscape HTTP Cookie File\n.a.b\tTRUE\t/\tTRUE\t0\tother\tprivate\n"
            f".kimi.com\tTRUE\t/\tTRUE\t1796000000\tkimi-auth\t{TOKEN}\n",
            f'[{{"name": "other", "value": "private"}}, {{"name": "kimi-auth", "value": "{TOKEN}"}}]',
        ):
            self.config("unset", "--provider", "kimi")
            result = self.set_cookie(pasted)
            self.assertEqual((result.status, result.stderr), (0, ""), pasted)
            cookie = f"kimi-auth={TOKEN}"
            self.assertEqual(self.stored(), {"providers": [{"id": "kimi", "cookieHeader": cookie}]})
            harness.assert_no_secret(result, TOKEN)

    def test_what_holds_no_such_cookie_is_refused_and_changes_nothing(self) -> None:
        for pasted in ("", "Cookie: other=private; theme=dark", "kimi-auth=", "not kimi-auth: x", "word",
                       f"refresh_token={TOKEN}", f'{{"refresh_token": "{TOKEN}"}}', f"x={TOKEN}"):
            result = self.set_cookie(pasted)
            self.assertEqual((result.status, result.stdout), (1, ""), pasted)
            self.assertIn("kimi-auth", result.stderr)
            self.assertNotIn("private", result.stderr)
            self.assertFalse(self.credentials.exists())

    def test_a_provider_without_cookies_takes_none(self) -> None:
        result = self.config("set-cookie", "--provider", "demo", "--stdin", stdin=TOKEN)
        self.assertEqual(result.status, 1)
        self.assertIn("takes no cookie", result.stderr)

    def test_it_comes_from_standard_input_alone(self) -> None:
        for args in ([], [TOKEN], ["--stdin", TOKEN]):
            result = self.config("set-cookie", *args, stdin="")
            self.assertEqual((result.status, result.stdout), (2, ""))
            harness.assert_no_secret(result, TOKEN)

    def test_unset_forgets_it(self) -> None:
        self.set_cookie(TOKEN)
        self.config("unset", "--provider", "kimi")
        self.assertNotIn(TOKEN, self.credentials.read_text(encoding="utf-8"))


class ValidateTest(ConfigTest):
    def test_each_mistake_is_reported_with_file_line_and_remedy(self) -> None:
        for content, line, words in MISTAKES:
            with self.subTest(content):
                path = self.home.config(content)
                result = self.config("validate")
                self.assertEqual((result.status, result.stderr), (1, ""))
                first = result.stdout.splitlines()[0]
                self.assertTrue(first.startswith(f"error: {path}:{line}: "), result.stdout)
                self.assertIn(words, result.stdout)
                self.assertNotIn("is valid", result.stdout)

    def test_what_is_odd_but_works_is_a_warning(self) -> None:
        for content, words in WARNINGS:
            with self.subTest(content):
                path = self.home.config(content)
                result = self.config("validate")
                self.assertEqual((result.status, result.stderr), (0, ""))
                self.assertIn(f"warning: {path}", result.stdout)
                self.assertIn(words, result.stdout)
                self.assertIn(f"{path} is valid.\n", result.stdout)

    def test_a_value_that_the_provider_refuses_is_a_mistake(self) -> None:
        path = self.home.config({"providers": [{"id": "kimi", "region": "mars"}]})
        result = self.config("validate")
        self.assertEqual((result.status, result.stderr), (1, ""))
        self.assertEqual(
            result.stdout,
            f'error: {path}: provider "kimi": "region" is "mars"; it can be cn, global\n',
        )

    def test_the_remedy_for_a_provider_that_is_not_installed_works(self) -> None:
        kimi = {"id": "kimi", "enabled": True}
        path = self.home.config({"providers": [{"id": "codex", "enabled": True}, kimi]})
        self.assertIn(f'set "enabled": false for it in {path}\n', self.config("validate").stdout)
        valid = harness.Result(0, f"{path} is valid.\n", "")
        self.home.config({"providers": [{"id": "codex", "enabled": False}, kimi]})
        self.assertEqual(self.config("validate"), valid)
        self.home.config({"providers": [{"id": "codex"}, kimi]})
        self.assertIn("`usageline config disable codex`", self.config("validate").stdout)
        self.assertEqual(self.config("disable", "codex").status, 0)
        self.assertEqual(self.config("validate"), valid)

    def test_that_all_enabled_providers_are_not_installed_is_reported(self) -> None:
        words = "no provider that is enabled is installed; installed: demo, kimi\n"
        for kimi, is_told in (({"enabled": False}, True), ({"enabled": True}, False), ({}, False)):
            self.home.config({"providers": [{"id": "codex"}, {"id": "claude"}, {"id": "kimi", **kimi}]})
            self.assertEqual(words in self.config("validate").stdout, is_told, kimi)
        self.home.config({"providers": [{"id": "codex", "enabled": True}]})
        self.assertIn(words, self.config("validate").stdout)
        self.assertIn("check config", self.home.run("waybar").stdout)
        self.assertEqual(self.config("enable", "kimi").status, 0)
        self.assertNotIn("check config", self.home.run("waybar").stdout)

    def test_all_mistakes_are_reported_at_once(self) -> None:
        self.home.config('{"maxWait": -1,\n"icon": 5,\n"nope": 1}')
        self.assertEqual(len(self.config("validate").stdout.splitlines()), 3)

    def test_comments_and_the_fields_of_codexbar_are_welcome(self) -> None:
        path = self.home.config(
            '// mine\n{ /* all */ "version": 1, "$schema": "x", "hooks": [],\n'
            '"providers": [{"id": "kimi", "enabled": true, "source": "auto", "cookieHeader": null,'
            '"cookieSource": "auto", "region": null, "workspaceID": "w"}]}'
        )
        self.assertEqual(self.config("validate"), harness.Result(0, f"{path} is valid.\n", ""))

    def test_without_a_file_the_defaults_hold(self) -> None:
        result = self.config("validate")
        self.assertEqual(result.status, 0)
        self.assertIn("is not there: the defaults hold", result.stdout)

    def test_a_secret_in_a_broken_file_is_not_shown(self) -> None:
        self.home.config(f'{{"providers": [{{"id": "kimi", "apiKey": "{KEY}" "x"}}]}}')
        harness.assert_no_secret(self.config("validate"), KEY)
        harness.assert_no_secret(self.home.run("waybar"), KEY)


class ShowTest(ConfigTest):
    def test_dump_shows_what_holds_without_secrets(self) -> None:
        secrets = {"apiKey": KEY, "cookieHeader": "kimi-auth=eyJhbGciOi", "secretKey": "half-key"}
        entry = {"id": "kimi", "region": "kimi.ai", **secrets}
        self.home.config({"maxWait": 3, "providers": [entry], "bars": {"waybar": {"icon": "K"}}})
        self.set_key("sk-kimi-stored")
        result = self.config("dump")
        harness.assert_no_secret(result, *secrets.values(), "sk-kimi-stored")
        shown = result.json()
        self.assertEqual((shown["maxWait"], shown["refreshInterval"]), (3, 300))
        self.assertEqual(shown["thresholds"], {"warning": 70, "critical": 90})
        self.assertEqual(shown["bars"]["waybar"]["icon"], "K")
        shown_entry = {**entry, **dict.fromkeys(secrets, "***"), "enabled": True}
        self.assertEqual(shown["providers"], [shown_entry])

    def test_what_dump_prints_is_a_good_configuration(self) -> None:
        self.home.config(self.config("dump").stdout)
        result = self.config("validate")
        self.assertEqual((result.status, result.stdout.count("\n")), (0, 1), result.stdout)

    def test_path_is_where_the_file_is_looked_for(self) -> None:
        default = self.home.config_home / "usageline" / "config.json"
        self.assertEqual(self.config("path").stdout, f"{default}\n")
        named = self.home.run("config", "path", env={"USAGELINE_CONFIG": "/etc/own.json"})
        self.assertEqual(named.stdout, "/etc/own.json\n")

    def test_providers_are_listed_with_state_and_place(self) -> None:
        self.home.plugin("own", "exit 1")
        self.home.config({"providers": [{"id": "demo"}, {"id": "gone"}]})
        rows = [line.split(None, 2) for line in self.config("providers").stdout.splitlines()]
        states = {row[0]: row[1] for row in rows}
        self.assertEqual(
            states, {"demo": "enabled", "gone": "enabled", "kimi": "disabled", "own": "disabled"}
        )
        self.assertIn(["gone", "enabled", "not installed"], rows)

    def test_help_of_each_command(self) -> None:
        for args in (["--help"], ["-h"], *([command, "--help"] for command in COMMANDS)):
            result = self.config(*args)
            self.assertEqual((result.status, result.stderr), (0, ""), args)
            self.assertIn("Usage:", result.stdout)

    def test_a_wrong_command_line_is_reported(self) -> None:
        for line in ("", "nope", "dump x", "path --x", "enable", "enable ../x", "unset x"):
            result = self.config(*line.split())
            self.assertEqual((result.status, result.stdout), (2, ""), line)
            self.assertIn("usage", result.stderr.lower())


class EnableTest(ConfigTest):
    def enabled(self) -> set[str]:
        lines = self.config("providers").stdout.splitlines()
        return {line.split()[0] for line in lines if line.split()[1] == "enabled"}

    def test_enable_and_disable_choose_what_is_drawn(self) -> None:
        self.assertEqual(self.enabled(), {"kimi"})
        self.assertEqual(self.config("enable", "demo").status, 0)
        self.assertEqual(self.config("disable", "kimi").status, 0)
        self.assertEqual(self.enabled(), {"demo"})
        self.assertIn("Demo", self.home.run("waybar").json()["text"])
        self.assertEqual(self.config("disable", "--provider", "demo").status, 0)
        self.assertEqual(self.home.run("waybar"), harness.Result(0, "", ""))

    def test_the_configuration_file_is_never_written(self) -> None:
        path = self.home.config('// my own\n{"providers": [{"id": "demo"}]}')
        before = (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino)
        self.config("enable", "kimi")
        self.config("disable", "demo")
        self.set_key(KEY)
        self.config("unset", "--provider", "kimi")
        self.home.run("waybar")
        self.assertEqual(before, (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_ino))
        self.assertEqual(list(path.parent.iterdir()), [path])
        self.assertEqual(self.enabled(), {"kimi"})

    def test_what_the_file_says_has_to_be_changed_there(self) -> None:
        path = self.home.config({"providers": [{"id": "demo", "enabled": False}]})
        result = self.config("enable", "demo")
        self.assertEqual(result.status, 1)
        self.assertIn(f'{path} says "enabled": false for demo; change it there', result.stderr)

    def test_what_is_not_there_cannot_be_enabled(self) -> None:
        result = self.config("enable", "nobody")
        self.assertEqual(result.status, 1)
        self.assertIn('there is no provider "nobody"', result.stderr)


if __name__ == "__main__":
    harness.main()
