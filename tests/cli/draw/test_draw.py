"""usageline waybar, i3blocks, polybar: what they print and their exit status, whatever is wrong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Callable, Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import documents
import harness

BARS = ("waybar", "i3blocks", "polybar")


def text_of(bar: str, stdout: str) -> str:
    """The text that the bar shows for this output, which must have the form that the bar reads."""
    if bar == "waybar":
        assert stdout.count("\n") == 1 and stdout.endswith("\n"), stdout
        line = json.loads(stdout)
        assert {"text", "alt", "tooltip", "class"} <= line.keys(), stdout
        return str(line["text"])
    lines = stdout.split("\n")
    if bar == "i3blocks":
        assert len(lines) == 4 and lines[3] == "", stdout
        return lines[0]
    assert len(lines) == 2 and lines[1] == "", stdout
    text = lines[0]
    while "%{" in text:
        tag = text[text.index("%{") : text.index("}", text.index("%{")) + 1]
        text = text.replace(tag, "", 1)
    return text.replace("%%", "%")


class DrawTest(harness.TestCase):
    def setUp(self) -> None:
        self.home = documents.shell_home(self.enter(harness.Home()))
        documents.answer(self.home, documents.snapshot())

    def give(self, **window: Any) -> None:
        documents.answer(self.home, documents.snapshot(windows=[documents.window(**window)]))
        self.home.forget_asking()
        self.assertEqual(self.home.run("refresh").status, 0)

    def texts(self, *options: str, status: int = 0, **run: Any) -> set[str]:
        """What the three bars show with these options."""
        texts = set()
        for bar in BARS:
            result = self.home.run(bar, *options, **run)
            self.assertEqual((bar, result.status), (bar, status))
            texts.add(text_of(bar, result.stdout))
        return texts

    def tooltip(self, *options: str, **run: Any) -> str:
        return documents.plain(self.home.run("waybar", *options, **run).json()["tooltip"])


class OptionTest(DrawTest):
    def test_a_good_line_is_the_same_text_in_each_bar(self) -> None:
        self.assertEqual(self.texts(), {"Shell 42% · 2d"})

    def test_a_wrong_option_is_reported_on_stderr_and_in_the_bar(self) -> None:
        wrong = {
            ("--nope",): "there is no option --nope",
            ("-9",): "there is no option -9",
            ("--watch=no",): "--watch takes no value",
            ("--remaining=false",): "--remaining takes no value; its opposite is --used",
            ("--format",): "--format lacks its value",
            ("-p",): "-p lacks its value",
            ("extra",): 'unexpected argument "extra"',
            ("--format", "{weekly}"): "unknown placeholder {weekly}",
            ("--tooltip-format", "{week_pct}"): "unknown placeholder {week_pct}",
            ("--format", "{weekly_pct"): "a { without its } at character 1",
            ("--format", "5 }"): "a } without its { at character 3",
        }
        for options, words in wrong.items():
            with self.subTest(options):
                for bar in BARS:
                    result = self.home.run(bar, *options)
                    self.assertEqual(result.status, 2)
                    self.assertIn(words, result.stderr)
                    self.assertIn(f"usageline {bar} --help", result.stderr)
                    self.assertIn("! check config", text_of(bar, result.stdout))
                self.assertIn(words, self.tooltip(*options))
        self.assertEqual(documents.times_asked(self.home), 0)

    def test_a_mistake_in_a_format_is_pointed_at(self) -> None:
        told = self.home.run("polybar", "--format", "{icon} {sesion_pct}").stderr
        self.assertIn("did you mean {session_pct}?\n  {icon} {sesion_pct}\n         ^\n", told)

    def test_an_option_of_another_bar_is_wrong(self) -> None:
        self.assertEqual(self.home.run("waybar", "--json").status, 2)
        self.assertEqual(self.home.run("polybar", "--no-urgent").status, 2)

    def test_an_unknown_command_is_seen_in_the_bar(self) -> None:
        result = self.home.run("wayber")
        self.assertEqual((result.status, result.stdout), (2, "usageline ! unknown command\n"))
        self.assertIn('there is no command "wayber"', result.stderr)

    def test_without_a_command_the_help_is_on_stderr(self) -> None:
        result = self.home.run()
        self.assertEqual((result.status, result.stdout), (2, ""))
        self.assertIn("Usage: usageline COMMAND", result.stderr)

    def test_help_and_version(self) -> None:
        for args in (["--help"], ["-h"], ["help"], *([bar, "--help"] for bar in BARS)):
            result = self.home.run(*args)
            self.assertEqual((result.status, result.stderr), (0, ""), args)
            self.assertIn("Usage:", result.stdout)
            self.assertNotIn("\033", result.stdout)
        self.assertRegex(self.home.run("--version").stdout, r"\Ausageline \d+\.\d+\.\d+\n\Z")

    def test_the_command_line_overrides_the_bar_and_that_the_general_settings(self) -> None:
        everywhere = {"format": "all {top_pct}", "tooltipFormat": "all", "icon": "A"}
        bars = {"waybar": {"format": "bar {icon}", "tooltipFormat": "bar", "icon": "B"}}
        documents.shell_home(self.home, **everywhere, bars=bars)
        self.assertEqual(self.texts(), {"bar B", "all 42"})
        self.assertEqual(self.tooltip(), "bar")
        options = ("--format", "own {icon}", "--tooltip-format", "own", "--icon", "O")
        self.assertEqual(self.texts(*options), {"own O"})
        self.assertEqual(self.tooltip(*options), "own")

    def test_a_format_is_filled_in(self) -> None:
        fields = "{name}|{plan}|{weekly_pct}|{weekly_left_pct}|{weekly_used}/{weekly_limit}"
        more = "|{top_reset}|{session_pct}|{{}}"
        filled = "Shell|–|42|58|84/200|2d|–|{}"
        self.assertEqual(self.texts("--format", fields + more), {filled})

    def test_text_from_outside_cannot_inject_markup(self) -> None:
        nasty = "<b>&%{A1:reboot:}"
        documents.answer(self.home, documents.snapshot(plan=nasty))
        line = self.home.run("waybar", "--format", "{plan}", "--icon", nasty).json()
        self.assertEqual(documents.plain(line["text"]), nasty)
        self.assertNotIn("<b>&", line["text"])
        self.assertNotIn("%{A1", self.home.run("polybar", "--format", "{plan}").stdout)

    def test_non_ascii_options_are_taken_in_any_locale(self) -> None:
        for locale in ("C", "C.UTF-8", "de_DE.UTF-8", "de_DE.ISO-8859-1", "ja_JP.eucJP"):
            env = {"LC_ALL": locale}
            texts = self.texts("--icon", "月", "--format", "{icon} · {weekly_pct} % ü", env=env)
            self.assertEqual(texts, {"月 · 42 % ü"}, locale)

    def test_a_locale_changes_nothing(self) -> None:
        self.give(usedPercent=42.5, used=1234567, limit=2345678)
        plain = self.home.run("waybar")
        fields = ("--format", "json", "--pretty")
        usage = self.home.run("usage", *fields)
        self.assertIn("42.5", usage.stdout)
        for locale in ("de_DE.UTF-8", "ar_EG.UTF-8", "tr_TR.UTF-8"):
            env = {"LC_ALL": locale, "LANGUAGE": locale[:2]}
            self.assertEqual(self.home.run("waybar", env=env), plain)
            self.assertEqual(self.home.run("usage", *fields, env=env), usage)

    def test_invalid_utf8_in_options_is_shown_as_well_as_can_be(self) -> None:
        self.assertEqual(self.texts("--format", "\udcff{top_pct}"), {"\ufffd42"})
        self.assertEqual(self.texts("--icon", "\udcfe", "--format", "{icon}"), {"\ufffd"})
        self.assertEqual(self.texts("--provider", "\udcff"), {"Kimi ! check config"})

    def test_a_huge_or_binary_format_is_one_line(self) -> None:
        most, dirty = "x" * 4096, "\x01\x1b[2J\r\n\t%{{F-}}\\n"
        for text, status in ((most, 0), (f"{most}x", 2), ("}" * 100_000, 2), (dirty, 0)):
            for bar in BARS:
                result = self.home.run(bar, "--format", text)
                self.assertEqual(result.status, status)
                shown = text_of(bar, result.stdout)
                self.assertEqual("check config" in shown, status != 0)
                self.assertFalse(any(ord(c) < 32 or c == "\x7f" for c in shown), shown[:80])

    def test_no_color_takes_the_colours_away(self) -> None:
        self.give(usedPercent=95)
        for bar in BARS:
            colored = self.home.run(bar, env={"NO_COLOR": ""}).stdout
            plain = self.home.run(bar, env={"NO_COLOR": "1"}).stdout
            self.assertIn("#", colored)
            self.assertNotIn("#", plain)
            self.assertEqual(text_of(bar, colored), text_of(bar, plain))


class ConfigurationTest(DrawTest):
    def test_a_broken_configuration_is_reported_with_file_and_line(self) -> None:
        path = self.home.config('{\n  "providers": [\n    {"id": "shell",}\n  ]\n}')
        self.assertEqual(self.texts(), {"Kimi ! check config"})
        self.assertIn(f"{path}:3: ", self.tooltip())
        path = self.home.config('{\n"refreshInterval": "soon", "providers": [{"id": "shell"}]}')
        self.assertIn(f'{path}:2: "refreshInterval" must be a number', self.tooltip())
        self.assertEqual(documents.times_asked(self.home), 0)

    def test_a_configuration_that_is_no_file_is_reported(self) -> None:
        for path, words in (("/", "not a regular file"), ("/dev/zero", "not a regular file")):
            env = {"USAGELINE_CONFIG": path}
            self.assertIn(words, self.tooltip(env=env))
            self.assertEqual(self.texts(env=env), {"Kimi ! check config"})

    def test_no_provider_enabled_is_empty_output(self) -> None:
        for providers in ([], [{"id": "shell", "enabled": False}]):
            self.home.config({"providers": providers})
            for bar in BARS:
                self.assertEqual(self.home.run(bar), harness.Result(0, "", ""))

    def test_a_provider_that_is_not_there(self) -> None:
        self.assertEqual(self.texts("--provider", "nobody"), {"Nobody ! check config"})
        self.assertIn('there is no provider "nobody"', self.tooltip("--provider", "nobody"))

    def test_a_path_is_no_provider(self) -> None:
        for name in ("../shell", "/bin/sh", "a/b", "", ".", "-", "x" * 1000, "Shell", "a b"):
            self.assertEqual(self.texts(f"--provider={name}"), {"Kimi ! check config"}, name)
            self.assertIn("can't be the id of a provider", self.tooltip(f"--provider={name}"))
        self.assertEqual(list(self.home.cache_home.rglob("*.json")), [])


class UrgentTest(DrawTest):
    def status(self, *options: str, **settings: Any) -> int:
        documents.shell_home(self.home, **settings)
        return self.home.run("i3blocks", *options).status

    def test_an_exhausted_plan_is_urgent_unless_somebody_says_otherwise(self) -> None:
        self.give(usedPercent=100)
        self.assertEqual(self.status(), 33)
        self.assertEqual(self.status("--no-urgent"), 0)
        self.assertEqual(self.status(bars={"i3blocks": {"urgent": False}}), 0)
        self.assertEqual(self.status(bars={"i3blocks": {"urgent": True}}), 33)

    def test_json_says_it_instead_of_the_status(self) -> None:
        self.give(usedPercent=130)
        result = self.home.run("i3blocks", "--json")
        self.assertEqual((result.status, result.json()["urgent"]), (0, True))
        self.assertFalse(self.home.run("i3blocks", "--json", "--no-urgent").json()["urgent"])

    def test_nothing_else_is_urgent(self) -> None:
        self.give(usedPercent=99.9)
        self.assertEqual(self.status(), 0)
        documents.answer(self.home, documents.error("auth"))
        self.home.run("refresh")
        self.assertEqual(self.status(), 0)


class SurroundingsTest(DrawTest):
    """Odd bars, sessions and machines."""

    def draw_with(
        self, close: tuple[int, ...] = (), stdout: Any = subprocess.PIPE, **env: Optional[str]
    ) -> tuple[int, str, str]:
        def close_streams() -> None:
            for stream in close:
                os.close(stream)

        process = self.home.start("waybar", env=env, stdout=stdout, preexec_fn=close_streams)
        out, err = process.communicate(timeout=30)
        return process.returncode, out or "", err

    def assert_drawn(self, drawn: Any, words: str = "Shell 42%") -> None:
        self.assertEqual((drawn[0], drawn[2]), (0, ""))
        self.assertIn(words, json.loads(drawn[1])["text"])

    def test_streams_that_are_closed_do_not_hinder_the_fetch(self) -> None:
        for close in ((0,), (1,), (2,), (0, 1), (0, 2), (1, 2), (0, 1, 2)):
            with self.subTest(close):
                (self.home.cache / "shell.json").unlink(missing_ok=True)
                (self.home.cache / "shell.state.json").unlink(missing_ok=True)
                status, out, err = self.draw_with(close=close)
                self.assertEqual((status, err), (0, ""))
                self.assertEqual("42%" in out, 1 not in close)
                self.assertEqual(self.home.snapshot("shell")["windows"][0]["usedPercent"], 42)

    def test_a_full_stdout_is_the_bars_problem(self) -> None:
        with open("/dev/full", "w", encoding="utf-8") as full:
            self.assertEqual(self.draw_with(stdout=full)[0], 0)

    def test_without_a_home(self) -> None:
        self.assert_drawn(self.draw_with())
        self.assert_drawn(self.draw_with(HOME=None))

    def test_without_any_variable_it_still_ends_well(self) -> None:
        nothing: dict[str, Optional[str]] = dict.fromkeys(self.home.environment())
        kept = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
        nothing.update(kept, HOME=f"{self.home.root}/nowhere", TMPDIR=str(self.home.tmp))
        result = self.home.run("waybar", "--provider", "none", env=nothing)
        self.assertEqual((result.status, result.stderr), (0, ""))
        self.assertEqual(result.json()["text"], "None ! check config")

    def test_folders_that_are_relative_or_empty_are_ignored(self) -> None:
        relative: Callable[[], Any] = lambda: self.draw_with(
            XDG_CACHE_HOME="cache", XDG_RUNTIME_DIR="", XDG_DATA_HOME="."
        )
        self.assert_drawn(relative())
        self.assertEqual(harness.mode(self.home.home / ".cache/usageline"), 0o700)
        self.assertFalse((self.home.home / "cache").exists())

    def test_where_everything_is_read_only_the_line_says_so(self) -> None:
        blocked = self.home.root / "file"
        blocked.touch()
        names = ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "XDG_DATA_HOME")
        drawn = self.draw_with(**dict.fromkeys(names, f"{blocked}/x"))
        self.assert_drawn(drawn, "Shell ! failed")
        self.assertIn(str(blocked), json.loads(drawn[1])["tooltip"])

    def test_a_good_snapshot_is_drawn_where_nothing_can_be_written_any_more(self) -> None:
        self.assert_drawn(self.draw_with())
        blocked = self.home.root / "file"
        blocked.touch()
        self.assert_drawn(self.draw_with(XDG_RUNTIME_DIR=f"{blocked}/x", TMPDIR=f"{blocked}/x"))


if __name__ == "__main__":
    harness.main()
