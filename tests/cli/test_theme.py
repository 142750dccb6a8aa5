"""Themes: what bars draw with them, what `usageline theme` prints, and how changes are followed."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any, Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import documents
import harness

THEMES = Path(__file__).resolve().parents[2] / "data" / "themes"
NORD = json.loads((THEMES / "nord.json").read_text("utf-8"))
COLORS = ("background", "text", *NORD["colors"])


class ThemeTest(harness.TestCase):
    def setUp(self) -> None:
        self.home = documents.shell_home(self.enter(harness.Home()))
        documents.answer(self.home, documents.snapshot())

    def configure(self, **settings: Any) -> None:
        self.home.config({"providers": [{"id": "shell"}], **settings})

    def colors(self, bar: str = "polybar", **env: Optional[str]) -> set[str]:
        """All that are in the line."""
        result = self.home.run(bar, env=env)
        self.assertEqual((result.status, result.stderr), (0, ""))
        return set(re.findall(r"#[0-9a-fA-F]{6}", result.stdout))

    def pywal(self, **colors: str) -> None:
        path = self.home.cache_home / "wal" / "colors.json"
        path.parent.mkdir(exist_ok=True)
        special = {"background": "#000000", "foreground": "#eeeeee"}
        path.write_text(json.dumps({"special": special, "colors": colors}), "utf-8")


class DrawTest(ThemeTest):
    def test_a_bar_has_the_colors_of_its_theme(self) -> None:
        plain = self.colors()
        self.configure(theme="nord")
        self.assertNotEqual(self.colors(), plain)
        self.assertLessEqual(self.colors(), set(NORD["colors"].values()))
        self.configure(theme="dracula", bars={"polybar": {"theme": "nord"}})
        self.assertLessEqual(self.colors(), set(NORD["colors"].values()))
        self.configure(theme="nord", bars={"polybar": {"theme": "default"}})
        self.assertEqual(self.colors(), plain)

    def test_single_colors_override_the_theme(self) -> None:
        everything = {role: "#123456" for role in NORD["colors"]}
        self.configure(theme="nord", colors=everything)
        self.assertEqual(self.colors(), {"#123456"})

    def test_no_color_overrides_all(self) -> None:
        self.configure(theme="nord", bars={"waybar": {"inlineColors": True}})
        for bar in ("waybar", "i3blocks", "polybar"):
            self.assertNotEqual(self.colors(bar), set())
            self.assertEqual(self.colors(bar, NO_COLOR="1"), set())

    def test_waybar_colors_its_text_where_that_is_wanted(self) -> None:
        self.configure(theme="nord")
        self.assertNotIn("<span", self.home.run("waybar").json()["text"])
        self.configure(theme="nord", bars={"waybar": {"inlineColors": True}})
        self.assertIn(NORD["colors"]["ok"], self.home.run("waybar").json()["text"])

    def test_a_theme_of_the_desktop_is_followed(self) -> None:
        self.configure(theme="pywal")
        built_in = self.colors()
        self.pywal(color2="#00aa00")
        self.assertIn("#00aa00", self.colors())
        self.pywal(color2="#00bb00")
        self.assertIn("#00bb00", self.colors())
        (self.home.cache_home / "wal" / "colors.json").unlink()
        self.assertEqual(self.colors(), built_in)
        told = self.home.run("config", "validate")
        self.assertEqual(told.status, 0)
        self.assertRegex(told.stdout, r'warning: .*"theme": .*/wal/colors.json is not there')

    def test_a_bar_that_draws_continuously_follows_it_at_once(self) -> None:
        self.configure(theme="pywal")
        self.pywal(color2="#00aa00")
        self.assertEqual(self.home.run("refresh").status, 0)
        process = self.home.start("polybar", "--watch", stdout=subprocess.PIPE)
        lines = harness.Lines(process.stdout)
        self.assertIn("#00aa00", lines.next() or "")
        self.pywal(color2="#00bb00")
        self.assertIn("#00bb00", lines.next() or "")

    def test_an_unknown_theme_is_reported_in_the_bar(self) -> None:
        self.configure(theme="drakula")
        self.assertIn("check config", self.home.run("polybar").stdout)
        told = self.home.run("config", "validate")
        self.assertEqual(told.status, 1)
        self.assertIn('"theme": there is no theme "drakula"; did you mean "dracula"?', told.stdout)
        tooltip = documents.plain(self.home.run("waybar").json()["tooltip"])
        self.assertIn("did you mean", tooltip)

    def test_a_provider_needs_no_theme(self) -> None:
        self.configure(theme="nrd")
        demo = harness.provider("demo")
        self.assertNotIn("error", self.home.run(program=demo).json())

    def test_icons(self) -> None:
        for settings, begin in (
            ({"icons": "emoji"}, "📊 "),
            ({"icons": "nerd"}, "\U000f04c5 "),
            ({"icons": "words"}, "Shell "),
            ({"icons": "nerd", "bars": {"i3blocks": {"icons": "emoji"}}}, "📊 "),
            ({"icons": "nerd", "icon": "K"}, "K "),
        ):
            self.configure(**settings)
            self.assertTrue(self.home.run("i3blocks").stdout.startswith(begin), settings)
        self.assertTrue(self.home.run("i3blocks", "--icon", "X").stdout.startswith("X "))


class CommandTest(ThemeTest):
    def theme(self, *args: str) -> harness.Result:
        return self.home.run("theme", *args)

    def test_list_has_all_and_marks_the_one_in_use(self) -> None:
        own = self.home.config_home / "usageline" / "themes" / "mine.json"
        own.parent.mkdir(parents=True)
        for name in ("mine", "default", "pywal", "omarchy"):
            own.with_stem(name).write_text(json.dumps({**NORD, "name": "My own"}), "utf-8")
        self.configure(theme="nord")
        lines = self.theme("list").stdout.splitlines()
        names = [line.split()[0] for line in lines]
        sets = sorted([path.stem for path in THEMES.iterdir()] + ["mine"])
        self.assertEqual(names, ["default", *sets, "pywal", "omarchy"])
        self.assertEqual([line for line in lines if "(in use)" in line],
                         ["nord                  dark   Nord (in use)"])
        self.assertIn("mine                  dark   My own", lines)

    def in_use(self, **settings: Any) -> list[str]:
        self.configure(**settings)
        lines = self.theme("list").stdout.splitlines()
        return [f"{line.split()[0]} {line[line.index('('):]}" for line in lines if "(in use" in line]

    def test_list_marks_what_each_bar_uses(self) -> None:
        mine = self.home.root / "mine.json"
        mine.write_text(json.dumps(NORD), "utf-8")
        nord, path = {"theme": "nord"}, {"theme": str(mine)}
        self.assertEqual(self.in_use(), ["default (in use)"])
        self.assertEqual(self.in_use(bars={"waybar": nord}), ["default (in use)", "nord (in use: waybar)"])
        self.assertEqual(self.in_use(bars={"waybar": nord, "polybar": nord}),
                         ["default (in use)", "nord (in use: waybar, polybar)"])
        self.assertEqual(self.in_use(**nord, bars={"waybar": nord, "i3blocks": {"theme": "default"}}),
                         ["default (in use: i3blocks)", "nord (in use)"])
        self.assertEqual(self.in_use(**nord, bars={"waybar": path, "polybar": path}),
                         [f"{mine} (in use: waybar, polybar)", "nord (in use)"])

    def test_show_prints_all_colors(self) -> None:
        for args in (("nord",), ()):
            self.configure(theme="nord")
            text = self.theme("show", *args).stdout
            self.assertIn("Nord, for dark bars", text)
            found = dict(re.findall(r"^  (\w+) +(#\w{6})", text, re.MULTILINE))
            wanted = {"background": NORD["background"], "text": NORD["text"], **NORD["colors"]}
            self.assertEqual(found, wanted)
            self.assertNotIn("\033", text)

    def test_show_has_the_user_s_colors_where_none_is_named(self) -> None:
        self.configure(theme="nord", colors={"ok": "#123456"})
        self.assertIn("#123456", self.theme("show").stdout)
        self.assertNotIn("#123456", self.theme("show", "nord").stdout)

    def on_a_terminal(self, *args: str, **env: str) -> str:
        status, text = self.home.run_on_terminal("theme", *args, **env)
        self.assertEqual(status, 0, text)
        return text

    def test_show_has_swatches_on_a_terminal(self) -> None:
        show = ("show", "nord")
        self.assertEqual(self.on_a_terminal(*show).count("\033[38;2;"), len(COLORS))
        self.assertNotIn("\033", self.on_a_terminal(*show, NO_COLOR="1"))
        self.assertNotIn("\033", self.on_a_terminal(*show, TERM="dumb"))

    def test_list_has_swatches_on_a_terminal(self) -> None:
        colors = [NORD["background"], *list(NORD["colors"].values())[:4]]
        parts = [";".join(str(part) for part in bytes.fromhex(color[1:])) for color in colors]
        swatches = "".join(f"\033[38;2;{part}m██\033[0m" for part in parts)
        text = self.on_a_terminal("list")
        self.assertIn(f"nord                  dark   {swatches}  Nord\n", text)
        self.assertIn(f"pywal                 -      {' ' * 12}", text)
        plain = self.theme("list").stdout
        self.assertEqual(re.sub(r"(\033\S+m██\033\[0m){5}  |(?<=-      ) {12}", "", text), plain)
        self.assertEqual(self.on_a_terminal("list", NO_COLOR="1"), plain)

    def test_css_names_all_colors_and_styles_all_classes(self) -> None:
        self.configure(theme="dracula", bars={"waybar": {"theme": "nord"}}, colors={"dim": "#aaaaaa"})
        css = self.theme("css").stdout
        found = dict(re.findall(r"^@define-color usageline_(\w+) +(#\w{6});$", css, re.MULTILINE))
        wanted = {"background": NORD["background"], "text": NORD["text"], **NORD["colors"]}
        self.assertEqual(found, {**wanted, "dim": "#aaaaaa"})
        self.assertEqual(set(re.findall(r"@usageline_(\w+)", css)) - set(found), set())
        for name in ("ok", "warning", "critical", "exhausted", "stale", "loading", "error", "refreshing"):
            self.assertRegex(css, rf"(?m)^#custom-usageline\.{name} ")
        self.assertEqual(self.theme("css", "nord").stdout.count(NORD["colors"]["dim"]), 1)

    def test_a_title_can_not_leave_its_comment(self) -> None:
        path = self.home.home / "evil.json"
        path.write_text(json.dumps({**NORD, "name": "x */ * { color: red }"}), "utf-8")
        comments = [self.theme("css", name).stdout.count("*/") for name in (str(path), "nord")]
        self.assertEqual(comments[0], comments[1])

    def test_what_is_wrong_is_reported(self) -> None:
        for args, status in (
            ((), 2),
            (("paint",), 2),
            (("list", "nord"), 2),
            (("css", "nord", "dracula"), 2),
            (("show", "nrd"), 1),
            (("css", "/nowhere"), 1),
        ):
            result = self.theme(*args)
            self.assertEqual((result.status, result.stdout), (status, ""), args)
            self.assertNotEqual(result.stderr, "")
        self.configure(theme="nrd")
        self.assertEqual(self.theme("show").status, 1)
        self.assertEqual(self.theme("show", "nord").status, 0)

    def test_help(self) -> None:
        for args in ((), ("list",), ("show",), ("css",)):
            result = self.theme(*args, "--help")
            self.assertEqual((result.status, result.stderr), (0, ""))
            self.assertTrue(result.stdout.startswith("Usage: usageline theme"))


if __name__ == "__main__":
    harness.main()
