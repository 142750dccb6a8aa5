"""`usageline setup waybar` with configurations that include files, as Waybar includes them."""

from __future__ import annotations

import json
import shutil
from typing import Any

from setup_case import BACKUP, DATA, NAME, Waybar, parse_jsonc

import harness

FOLDER = DATA / "waybar-includes"
DEFINITION = f'"{NAME}": {{'
LISTS = ("modules-left", "modules-center", "modules-right")

# Each folder, and the lists that get the module, with that: (file, list, before, after). Behind
# them the file that gets the definition.
PLACES = {
    "list-in-a-file": ([("lists.jsonc", "modules-right", "network", "clock")], "config.jsonc"),
    "relative": (
        [("modules/list.jsonc", "modules-center", "clock", None)], "modules/clock.jsonc",
    ),
    "nested": ([("parts/right.jsonc", "modules-right", "backlight", "battery")], "modules.jsonc"),
    "pattern": ([("modules/layout.jsonc", "modules-right", "cpu", "battery")],
                "modules/battery.jsonc"),
    "pattern-of-copies": ([("config.jsonc", "modules-right", "cpu", "clock")], "config.jsonc"),
    "first-counts": ([("mine.jsonc", "modules-right", "memory", "tray")], "mine.jsonc"),
    "top-counts": ([("config.jsonc", "modules-right", "disk", "tray")], "default.jsonc"),
    "shared": ([("config", "modules-right", None, "clock"),
                ("shared.jsonc", "modules-right", "cpu", "clock")], "shared.jsonc"),
    "list-of-another-bar": ([("config.jsonc", "modules-left", "wlr/taskbar", None)],
                            "config.jsonc"),
}  # fmt: skip

# Each folder where nothing is changed, and the file that is named with what it says of it.
REFUSED = {
    "missing": ("config.jsonc", 'includes "not-there.jsonc", which is not found'),
    "shells-only": ("config.jsonc", 'includes "parts/{left,right}.jsonc", which is not found'),
    "no-list": ("config.jsonc", "neither it nor what it includes has a list"),
    "list-is-no-list": ("config.jsonc", "is not a list"),
    "list-in-a-pattern-of-copies": ("conf.d/10-lists", "is included by a pattern"),
}


def lists(value: Any) -> list[tuple[str, Any, Any]]:
    """The lists with the module: (list, before, after)."""
    found = []
    for bar in value if isinstance(value, list) else [value]:
        for name in LISTS:
            modules = [None, *(bar.get(name) or []), None]
            if NAME in modules:
                at = modules.index(NAME)
                found.append((name, modules[at - 1], modules[at + 1]))
    return found


class Shapes(Waybar):
    def use(self, name: str) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(FOLDER / name, self.folder)
        (self.folder / "style.css").write_bytes(b"* {}\n")

    def read(self) -> dict[str, Any]:
        """All files of the configuration that are JSON, by name."""
        return {
            name: parse_jsonc(content)
            for name, content in self.state(self.folder).items()
            if BACKUP not in name and not name.endswith((".css", ".txt"))
        }

    def test_every_folder_is_used(self) -> None:
        self.assertEqual({path.name for path in FOLDER.iterdir()}, {*PLACES, *REFUSED})

    def test_each_is_changed_where_it_counts_and_restored(self) -> None:
        for name, (expected, definition) in PLACES.items():
            with self.subTest(name):
                self.use(name)
                before = self.state()
                self.setup_bar("--yes")
                after = self.state()
                values = self.read()
                found = [(file, *one) for file in sorted(values) for one in lists(values[file])]
                self.assertEqual(found, expected)
                texts = {file: json.dumps(value) for file, value in values.items()}
                self.assertEqual([file for file in texts if DEFINITION in texts[file]], [definition])
                self.assertIn("already", self.setup_bar("--yes").stdout)
                self.assertEqual(self.state(), after)
                self.setup_bar("--undo", "--yes")
                self.assertEqual(self.state(), before)

    def test_each_that_might_hide_a_list_is_left_alone(self) -> None:
        for name, (file, message) in REFUSED.items():
            with self.subTest(name):
                self.use(name)
                before = self.state()
                result = self.setup_bar("--yes", status=1)
                self.assertIn(f"{self.folder / file}: ", result.stderr)
                self.assertIn(message, " ".join(result.stderr.split()))
                self.assertIn('"exec": "until usageline waybar', result.stdout, "no lines to paste")
                self.assertEqual(self.state(), before)


class Includes(Waybar):
    MODULES = b'{\n  "cpu": {"interval": 1},\n  "clock": {}\n}\n'

    def test_the_definition_is_added_to_the_others(self) -> None:
        modules = self.write(self.folder / "modules.jsonc", self.MODULES)
        self.write(
            self.config,
            b'{\n  "include": "$XDG_CONFIG_HOME/waybar/modules.jsonc",\n'
            b'  "modules-right": ["cpu", "clock"]\n}\n',
        )
        before = self.state()
        self.setup_bar("--yes")
        self.assertIn(NAME, parse_jsonc(modules.read_bytes()))
        self.assertEqual(list(parse_jsonc(self.config.read_bytes())), ["include", "modules-right"])
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.state(), before)

    def test_a_list_is_changed_where_it_is(self) -> None:
        lists = self.write(self.folder / "lists.jsonc", b'{"modules-right": ["cpu", "clock"]}\n')
        modules = self.write(self.folder / "modules.jsonc", self.MODULES)
        self.write(
            self.config,
            f'[{{"output": "A", "include": ["{lists}", "{modules}"]}},\n'
            f' {{"output": "B", "include": ["{lists}", "{modules}"]}}]\n'.encode(),
        )
        before = self.state()
        self.setup_bar("--yes")
        self.assertEqual(
            parse_jsonc(lists.read_bytes()), {"modules-right": ["cpu", NAME, "clock"]}
        )
        self.assertEqual(modules.read_bytes().count(NAME.encode()), 1)
        self.assertEqual(self.config.read_bytes(), before["waybar/config"])
        self.assertIn("already", self.setup_bar("--yes").stdout)
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.state(), before)

    def test_a_pattern_includes_all_files_that_match(self) -> None:
        home = self.home.home / "bar files"
        cpu = self.write(home / "a cpu.jsonc", b'{"cpu": {}}\n')
        lists = self.write(home / "b lists.jsonc", b'{"modules-left": ["cpu", "clock"]}\n')
        self.write(self.config, b'{"include": "~/bar\\\\ files/*.jsonc"}\n')
        before = self.state(), self.state(home)
        self.setup_bar("--yes")
        self.assertEqual(
            parse_jsonc(lists.read_bytes()), {"modules-left": ["cpu", "clock", NAME]}
        )
        self.assertIn(NAME, parse_jsonc(cpu.read_bytes()))
        self.setup_bar("--undo", "--yes")
        self.assertEqual((self.state(), self.state(home)), before)

    def test_an_included_file_that_is_no_json_is_an_error(self) -> None:
        broken = self.write(self.folder / "modules.jsonc", b'{"cpu": }')
        self.write(self.config, f'{{"include": "{broken}", "modules-left": []}}'.encode())
        before = self.state()
        self.assertIn(f"{broken}: line 1", self.setup_bar("--yes", status=1).stderr)
        self.assertEqual(self.state(), before)

    def test_files_that_include_each_other_are_refused(self) -> None:
        self.write(self.config, f'{{"include": "{self.config}"}}'.encode())
        self.assertIn("include each other", self.setup_bar("--yes", status=1).stderr)

    def test_undo_needs_no_file_that_is_gone(self) -> None:
        part = self.write(self.folder / "part.jsonc", b"{}")
        text = b'{"modules-right": ["clock"], "include": "part.jsonc"}'
        self.write(self.config, text)
        self.setup_bar("--yes")
        part.unlink()
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.config.read_bytes(), text)

    def test_a_relative_name_is_looked_for_in_the_folders_of_the_configuration(self) -> None:
        text = b'{"modules-right": ["clock"]}\n'
        self.write(self.config, b'{"include": "right.jsonc"}')
        home = self.home.home
        last_first = [
            home / "waybar" / "right.jsonc",
            home / ".config" / "waybar" / "right.jsonc",
            self.folder / "right.jsonc",
            home / "right.jsonc",  # where the bar is started
        ]
        for path in last_first:
            self.write(path, text)
            self.assertIn(f"+++ {path}\n", self.setup_bar("--dry-run").stdout)

    def test_a_name_is_read_as_a_shell_would_without_running_anything(self) -> None:
        home = self.home.home
        for name in ("a b.jsonc", "x*.jsonc", "$y.jsonc", "z1.jsonc", "[q].jsonc"):
            self.write(home / name, b'{"modules-right": ["clock"]}\n')
        for written, name in (
            (r"~/a\ b.jsonc", "a b.jsonc"),
            (r"'~/a b.jsonc'", None),
            (r"~/'a b'.jsonc", "a b.jsonc"),
            (r"$HOME/x\*.jsonc", "x*.jsonc"),
            (r"${HOME}/'$y.jsonc'", "$y.jsonc"),
            ('"$HOME/z1.jsonc"', "z1.jsonc"),
            (r"~/z?.jsonc", "z1.jsonc"),
            (r"~/[a-z][0-9].jsonc", "z1.jsonc"),
            (r"~/\[q].jsonc", "[q].jsonc"),
            ('"~/z1.jsonc"', None),
            ("$(touch ~/run)", None),
            ("`touch ~/run`", None),
            ("~/z1.jsonc; touch ~/run", None),
            ("${UNSET:-$HOME/z1.jsonc}", None),
            ("$UNSET", None),
            ("~/{z1,z2}.jsonc", None),
            ("", None),
        ):
            with self.subTest(written):
                self.write(self.config, json.dumps({"include": [written]}).encode())
                result = self.setup_bar("--dry-run", status=0 if name else 1)
                if name:
                    self.assertIn(f"+++ {home / name}\n", result.stdout)
                else:
                    self.assertIn("To do it by hand", result.stdout)
        self.assertFalse((home / "run").exists())

    def test_a_group_is_put_together_from_all_files(self) -> None:
        parts = self.write(
            self.folder / "parts.jsonc",
            b'{"group/a": {"modules": ["cpu", "disk"]}, "group/b": {"modules": ["load"]}}\n',
        )
        self.write(
            self.config,
            b'{"include": "parts.jsonc", "group/a": {"drawer": {}},\n'
            b' "group/b": {"modules": ["mpd"]}, "modules-left": ["group/a", "group/b"]}\n',
        )
        self.setup_bar("--yes", "--position", "after:cpu")
        self.assertEqual(
            parse_jsonc(parts.read_bytes())["group/a"]["modules"], ["cpu", NAME, "disk"]
        )
        self.setup_bar("--undo", "--yes")
        result = self.setup_bar("--yes", "--position", "before:load", status=1)
        self.assertIn('no list has the module "load"', " ".join(result.stderr.split()))


class Budget(Waybar):
    """What a configuration asks for is bounded, in files and in bytes."""

    def assert_too_much(self) -> None:
        before = self.state()
        result = self.setup_bar("--yes", status=1)
        self.assertIn("is more than setup reads", " ".join(result.stderr.split()))
        self.assertEqual(self.state(), before)

    def test_files_that_include_each_other_in_many_ways(self) -> None:
        names = [self.folder / f"{i}.jsonc" for i in range(15)]
        for path, below in zip(names, names[1:]):
            self.write(path, json.dumps({"include": [str(below)] * 4}).encode())
        self.write(names[-1], b"{}")
        text = {"modules-right": [], "include": str(names[0])}
        self.write(self.config, json.dumps(text).encode())
        self.assert_too_much()

    def test_a_pattern_for_all_that_is_there(self) -> None:
        names = [f"{i:02}" for i in range(41)]
        for one in names:
            for other in names:
                (self.home.home / "wide" / one / other).mkdir(parents=True)
        self.write(self.config, b'{"modules-right": [], "include": "~/wide/*/*/../../*/*/x"}')
        self.assert_too_much()

    def test_large_files(self) -> None:
        names = [self.folder / f"{i}.jsonc" for i in range(6)]
        for path in names:
            self.write(path, b'{"a": "' + b"x" * 1_000_000 + b'"}')
        text = {"modules-right": [], "include": [str(path) for path in names]}
        self.write(self.config, json.dumps(text).encode())
        self.assert_too_much()

    def test_many_bars(self) -> None:
        self.write(self.config, json.dumps([{"modules-right": []}] * 101).encode())
        before = self.state()
        self.assertIn("describes too many bars", self.setup_bar("--yes", status=1).stderr)
        self.assertEqual(self.state(), before)


if __name__ == "__main__":
    harness.main()
