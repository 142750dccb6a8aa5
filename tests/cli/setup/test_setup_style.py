"""`usageline setup waybar`: the style sheet with the colours of the theme."""

from __future__ import annotations

import json
import re
from pathlib import Path

from setup_case import DATA, NAME, Waybar

import harness


class Style(Waybar):
    def setUp(self) -> None:
        super().setUp()
        self.write(self.config, b'{"modules-right": ["clock"]}\n')

    def test_the_import_is_the_first_rule(self) -> None:
        self.setup_bar("--yes")
        self.assertEqual(
            self.style.read_bytes(), b'@import url("usageline.css");\n* { color: red; }\n'
        )
        self.assertIn("#custom-usageline.critical", (self.folder / "usageline.css").read_text())

    def test_the_import_is_behind_a_charset(self) -> None:
        content = (DATA / "waybar" / "charset.css").read_bytes()
        self.style.write_bytes(content)
        self.assert_added_and_undone(self.style)
        self.setup_bar("--yes")
        lines = self.style.read_text().splitlines()
        self.assertEqual(lines[1], '@import url("usageline.css");')
        self.assert_only_added(content, self.style.read_bytes())

    def test_it_names_the_list_of_selectors_that_modules_share(self) -> None:
        self.style.write_bytes((DATA / "waybar" / "debian.css").read_bytes())
        result = self.setup_bar("--yes")
        found = re.findall(r"^(.*/style\.css):(\d+)$", result.stdout, re.M)
        self.assertEqual([path for path, _ in found], [str(self.style)])
        line = self.style.read_text().splitlines()[int(found[0][1]) - 1]
        self.assertEqual(line, "#clock,")

    def test_it_names_no_list_where_there_is_none(self) -> None:
        for text in (
            "#clock, #cpu { padding: 0; }\n",
            "#a, #b, #c { color: red; }\n#a { padding: 0; }\n",
            "/* #a, #b, #c { padding: 0; } */\n",
            "@define-color x #111111;\n@define-color y #222222;\n#a, #b { padding: 0; }\n",
            "#a, #b, #c",
            "#a, #b, #c { padding: 0; } /*",
            "#a, #b, /* #c, #d",
        ):
            self.style.write_text(text)
            stdout = self.setup_bar("--yes").stdout
            has_list = text.startswith("#a, #b, #c { padding")
            self.assertEqual(f"{self.style}:2\n" in stdout, has_list, text)
            self.setup_bar("--undo", "--yes")

    def test_rules_of_the_user_are_enough(self) -> None:
        self.style.write_text("#custom-usageline { color: blue; }\n")
        self.setup_bar("--yes")
        self.assertNotIn("@import", self.style.read_text())
        self.assertFalse((self.folder / "usageline.css").exists())

    def test_a_comment_is_no_rule(self) -> None:
        for text in (
            b"/* #custom-usageline { color: blue; } */\n* { color: red; }\n",
            b'* { color: red; }\n/* @import url("usageline.css"); of old */\n',
        ):
            self.style.write_bytes(text)
            self.assert_added_and_undone(self.style)
            self.setup_bar("--yes")
            self.assertTrue(self.style.read_bytes().startswith(b"@import url("))
            self.setup_bar("--undo", "--yes")

    def test_the_sheets_for_light_and_dark_import_it_too(self) -> None:
        dark = self.write(self.folder / "style-dark.css", b"* { color: white; }\n")
        before = self.state()
        self.setup_bar("--yes")
        self.assertIn(b"@import", dark.read_bytes())
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.state(), before)

    def test_without_a_sheet_one_is_made_that_hides_none(self) -> None:
        self.style.unlink()
        before = self.state()
        self.setup_bar("--yes")
        default = Path("/etc/xdg/waybar/style.css")
        expected = default.read_bytes() if default.exists() else b""
        self.assertEqual(
            self.style.read_bytes(), b'@import url("usageline.css");\n' + expected
        )
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.state(), before)

    def test_colours_that_the_user_has_changed_stay(self) -> None:
        self.setup_bar("--yes")
        rules = self.folder / "usageline.css"
        rules.write_text("#custom-usageline { color: pink; }\n")
        result = self.setup_bar("--undo", "--yes")
        self.assertIn(f"{rules} has been changed, so it stays", result.stdout)
        self.assertIn("pink", rules.read_text())

    def test_rules_are_beside_a_sheet_that_is_a_link(self) -> None:
        sheet = self.write(self.home.home / "dotfiles" / "style.css", b"* { color: red; }\n")
        self.style.unlink()
        self.style.symlink_to(sheet)
        self.setup_bar("--yes")
        self.assertTrue(self.style.is_symlink())
        self.assertIn(b"@import", sheet.read_bytes())
        self.assertTrue((self.folder / "usageline.css").is_file())


class Colors(Waybar):
    def setUp(self) -> None:
        super().setUp()
        self.write(self.config, b'{"modules-right": ["clock"]}\n')
        self.rules = self.folder / "usageline.css"

    def assert_as_theme_css(self) -> str:
        css = self.rules.read_text()
        self.assertEqual(css, self.home.run("theme", "css").stdout)
        return css

    def test_without_a_theme_only_what_matters_is_coloured(self) -> None:
        self.setup_bar("--yes")
        css = self.assert_as_theme_css()
        self.assertIn("usageline_warning    #e0af68;", css)
        self.assertRegex(css, r"(?m)^#custom-usageline +\{ padding: 0 10px; \}$")
        for quiet in (".ok", "tooltip"):
            self.assertNotIn(quiet, css)

    def test_the_theme_of_the_bar_is_used(self) -> None:
        bars = {"waybar": {"theme": "nord"}}
        for settings, title, color in (
            ({"theme": "dracula"}, "Dracula", "#ff79c6"),
            ({"theme": "dracula", "bars": bars}, "Nord", "#123456"),
        ):
            self.home.config({**settings, "colors": {"accent": color}})
            before = self.state()
            result = self.setup_bar("--yes")
            self.assertNotIn("theme css", result.stdout)
            css = self.assert_as_theme_css()
            self.assertIn(f"usageline, {title};", css)
            self.assertIn(f"usageline_accent     {color};", css)
            self.assertIn("#custom-usageline.ok ", css)
            self.assertRegex(css, r"(?m)^#custom-usageline +\{ padding: 0 10px; color: ")
            self.assertIn("tooltip {", css)
            self.setup_bar("--undo", "--yes")
            self.assertEqual(self.state(), before)

    def test_undo_knows_the_colours_of_another_theme(self) -> None:
        self.home.config({"theme": "nord"})
        self.setup_bar("--yes")
        self.home.config({"theme": "dracula"})
        self.setup_bar("--undo", "--yes")
        self.assertFalse(self.rules.exists())

    def test_a_sheet_with_one_changed_colour_stays(self) -> None:
        self.setup_bar("--yes")
        self.rules.write_text(self.rules.read_text().replace("#e0af68", "#e0af69"))
        self.assertIn("so it stays", self.setup_bar("--undo", "--yes").stdout)
        self.assertIn("#e0af69", self.rules.read_text())

    def test_it_prints_how_to_renew_colours_that_change(self) -> None:
        self.folder = self.folder.with_name("my$bar")
        config = self.write(self.folder / "config", b'{"modules-right": ["clock"]}\n')
        self.write(self.folder / "style.css", b"* { color: red; }\n")
        self.rules = self.folder / "usageline.css"
        self.home.config({"theme": "pywal"})
        wal = self.home.cache_home / "wal" / "colors.json"
        special = {"background": "#000000", "foreground": "#eeeeee"}
        for color in ("#00aa00", "#00bb00"):
            colors = {"special": special, "colors": {"color2": color}}
            self.write(wal, json.dumps(colors).encode())
            result = self.setup_bar("--config", str(config), "--yes")
            if color == "#00aa00":
                self.assertIn(f"usageline theme css > '{self.rules}'\n", result.stdout)
                self.assertIn(color, self.assert_as_theme_css())
        self.assertNotIn(color, self.rules.read_text(), "it is the user's by now")

    def test_it_reports_a_missing_theme(self) -> None:
        self.home.config({"theme": "pywal"})
        result = self.setup_bar("--yes")
        self.assertIn("wal/colors.json is not there", result.stderr)
        self.assertIn("#e0af68", self.rules.read_text())

    def test_coloured_text_gets_no_rules(self) -> None:
        self.home.config({"theme": "nord", "bars": {"waybar": {"inlineColors": True}}})
        before = self.style.read_bytes()
        self.setup_bar("--yes")
        self.assertIn(NAME.encode(), self.config.read_bytes())
        self.assertEqual(self.style.read_bytes(), before)
        self.assertFalse(self.rules.exists())


if __name__ == "__main__":
    harness.main()
