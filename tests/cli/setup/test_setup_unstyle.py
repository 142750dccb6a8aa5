"""`usageline setup waybar --undo`: no style sheet is left with an import of one that is gone."""

from __future__ import annotations

from pathlib import Path

from running_case import CONFIG, RULES, Running
from setup_case import BACKUP, NAME, parse_jsonc

import harness

IMPORT = b'@import url("usageline.css");\n'


class Unstyle(Running):
    def setUp(self) -> None:
        super().setUp()
        self.write(self.config, CONFIG)
        self.rules = self.folder / "usageline.css"

    def undo(self, *args: str) -> str:
        return self.setup_bar("--undo", "--yes", *args).stdout


class Spellings(Unstyle):
    def test_an_import_is_removed_in_every_spelling(self) -> None:
        before = self.state()
        for spelling in (
            b"@import 'usageline.css';", b'@import "usageline.css";',
            b"@import url(usageline.css);", b'@import url("./usageline.css");',
            b"@import url( 'usageline.css' ) ;", b'@IMPORT/* ours */URL(".//usageline.css");',
            b"@import url(usageline.css);\n@import 'usageline.css';",
        ):
            with self.subTest(spelling):
                self.setup_bar("--yes")
                self.style.write_bytes(spelling + b"\n" + RULES)
                self.undo()
                self.assertEqual(self.state(), before)

    def test_an_import_that_cannot_be_removed_keeps_the_rules(self) -> None:
        for line in (
            f"@import url(file://{self.rules});", "@import '../waybar/usageline.css';",
            "@import 'usageline.css' {}",
        ):
            with self.subTest(line):
                self.setup_bar("--yes")
                text = line.encode() + b"\n" + RULES
                self.style.write_bytes(text)
                self.assertIn(f"{self.rules} stays, because {self.style} imports it", self.undo())
                self.assertEqual(self.style.read_bytes(), text)
                self.assertTrue(self.rules.exists())
                self.style.write_bytes(RULES)

    def test_comments_strings_and_other_sheets_are_no_import(self) -> None:
        text = (b"/* @import 'usageline.css'; */\n@import 'my-usageline.css';\n"
                b"a { content: \"@import 'usageline.css';\"; }\n")
        self.setup_bar("--yes")
        self.style.write_bytes(IMPORT + text)
        self.undo()
        self.assertEqual(self.style.read_bytes(), text)
        self.assertFalse(self.rules.exists())

    def test_an_import_from_before_setup_stays_with_the_rules(self) -> None:
        text = b"@import 'usageline.css';\n" + RULES
        self.style.write_bytes(text)
        self.write(self.folder / f"style.css{BACKUP}", text)
        self.rules.write_text(self.home.run("theme", "css").stdout)
        self.setup_bar("--yes")
        self.assertIn("imports it", self.undo())
        self.assertEqual(self.style.read_bytes(), text)
        self.assertTrue(self.rules.exists())


class Links(Unstyle):
    def link(self, name: str, target: Path) -> None:
        (self.folder / name).unlink(missing_ok=True)
        (self.folder / name).symlink_to(target)

    def test_a_sheet_with_several_names_gets_one_import(self) -> None:
        for name in ("style-dark.css", "style-light.css"):
            self.link(name, Path("style.css"))
        before = self.state()
        self.setup_bar("--yes")
        self.assertEqual(self.style.read_bytes(), IMPORT + RULES)
        self.undo()
        self.assertEqual(self.state(), before)

    def test_two_imports_of_an_earlier_setup_are_removed(self) -> None:
        before = self.state()
        self.setup_bar("--yes")
        self.style.write_bytes(IMPORT + IMPORT + RULES)
        self.undo()
        self.assertEqual(self.state(), before)

    def test_the_sheet_of_another_theme_is_restored(self) -> None:
        for folder in (self.folder, self.home.home / "themes"):
            one, other = (self.write(folder / name, RULES) for name in ("a.css", "b.css"))
            before = self.state(self.home.home)
            self.link("style.css", one)
            self.setup_bar("--yes")
            self.link("style.css", other)
            self.undo()
            self.assertEqual(one.read_bytes(), RULES)
            self.link("style.css", one)
            self.undo()
            self.assertEqual(self.state(self.home.home), before)
            one.unlink()
            other.unlink()

    def test_what_another_theme_imports_stays(self) -> None:
        one = self.write(self.home.home / "themes" / "a.css", RULES)
        other = self.write(self.home.home / "themes" / "b.css", RULES)
        self.link("style.css", one)
        self.setup_bar("--yes")
        one.with_name(f"a.css{BACKUP}").unlink()
        self.link("style.css", other)
        self.assertIn(f"{self.rules} stays, because {one} imports it", self.undo())
        self.assertTrue(self.rules.exists())


class Sheets(Unstyle):
    def test_a_sheet_that_is_gone_leaves_no_rules(self) -> None:
        self.setup_bar("--yes")
        self.style.unlink()
        copy = self.folder / f"style.css{BACKUP}"
        self.assertIn(f"a copy of it stays: {copy}\n", self.undo())
        self.assertEqual(self.state(self.folder), {"config": CONFIG, copy.name: RULES})

    def test_the_sheet_of_a_bar_that_has_stopped_is_restored(self) -> None:
        self.write(self.folder / "mine.css", RULES)
        before = self.state()
        process = self.start_bar("-s", str(self.folder / "mine.css"))
        self.setup_bar("--yes")
        self.assertIn(IMPORT, self.state()["waybar/mine.css"])
        process.communicate("\n", timeout=10)
        self.undo()
        self.assertEqual(self.state(), before)


class Others(Unstyle):
    def setUp(self) -> None:
        super().setUp()
        self.top, self.bottom = self.own("top.json"), self.own("bottom.json")
        self.look, self.other = self.own("top.css", RULES), self.own("bottom.css", RULES)
        self.rules = self.top.with_name("usageline.css")

    def start(self, config: Path, style: Path) -> None:
        self.start_bar("-c", str(config), "-s", str(style))

    def test_undo_of_one_bar_keeps_what_another_imports(self) -> None:
        before = self.state(self.home.home)
        self.start(self.top, self.look)
        self.start(self.bottom, self.other)
        self.setup_bar("--all", "--yes")
        output = self.undo("--config", str(self.top))
        self.assertIn(f"{self.rules} stays, because {self.other} imports it", output)
        self.assertEqual(self.look.read_bytes(), RULES)
        self.assertEqual(self.other.read_bytes(), IMPORT + RULES)
        self.assertTrue(self.rules.exists())
        self.undo("--config", str(self.bottom))
        self.assertEqual(self.state(self.home.home), before)

    def test_one_configuration_with_two_sheets_is_restored(self) -> None:
        before = self.state(self.home.home)
        self.start(self.top, self.look)
        self.start(self.top, self.other)
        for args in (("--all",), ("--config", str(self.top))):
            self.setup_bar("--all", "--yes")
            self.assertIn(IMPORT, self.look.read_bytes())
            self.assertIn(IMPORT, self.other.read_bytes())
            self.undo(*args)
            self.assertEqual(self.state(self.home.home), before)

    def test_a_sheet_that_bars_share_stays_until_the_last(self) -> None:
        far = self.own("far/bottom.json")
        before = self.state(self.home.home)
        for style, args in ((self.style, ()), (self.look, ("-s", str(self.look)))):
            for bottom in (self.bottom, far):
                bars = [self.start_bar("-c", str(path), *args) for path in (self.top, bottom)]
                self.setup_bar("--all", "--yes")
                self.assertIn(f"because {bottom} has usageline too",
                              self.undo("--config", str(self.top)))
                self.assertEqual(style.read_bytes(), IMPORT + RULES)
                self.undo("--config", str(bottom))
                self.assertEqual(self.state(self.home.home), before)
                for bar in bars:
                    bar.communicate("\n", timeout=10)

    def test_a_sheet_stays_for_a_bar_beside_that_does_not_run(self) -> None:
        self.write(self.config, CONFIG)
        self.setup_bar("--yes")
        second = self.write(self.folder / "second.json", CONFIG)
        self.setup_bar("--config", str(second), "--yes")
        self.assertIn(f"because {self.config} has usageline too",
                      self.undo("--config", str(second)))
        self.assertEqual(self.style.read_bytes(), IMPORT + RULES)

    def test_a_definition_that_another_bar_needs_stays(self) -> None:
        shared = self.own("shared.json", b'{\n  "clock": {"interval": 1}\n}\n')
        for path in (self.top, self.bottom):
            path.write_text(f'{{"include": "{shared}", "modules-right": ["clock"]}}\n')
        before = self.state(self.home.home)
        self.start_bar("-c", str(self.top))
        self.start_bar("-c", str(self.bottom))
        self.setup_bar("--all", "--yes")
        self.assertIn(NAME, parse_jsonc(shared.read_bytes()))
        self.assertIn(f"The module in {shared} stays, because {self.bottom} needs it",
                      self.undo("--config", str(self.top)))
        self.assertIn(NAME, parse_jsonc(shared.read_bytes()))
        self.assertNotIn(NAME.encode(), self.top.read_bytes())
        self.undo("--config", str(self.bottom))
        self.assertEqual(self.state(self.home.home), before)


if __name__ == "__main__":
    harness.main()
