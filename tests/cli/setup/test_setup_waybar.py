"""`usageline setup waybar` with configurations as people write them."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from setup_case import BACKUP, DATA, NAME, Waybar, parse_jsonc, variants

import harness

LISTS = ("modules-right", "modules-center", "modules-left")

# Each file, and the neighbours of the added module: (list, before, after).
PLACES = {
    "debian": [("modules-right", "sway/language", "battery")],
    "several-bars": [("modules-right", "memory", "clock"), ("modules-right", "network", "tray"),
                     ("modules-center", "clock", None)],
    "trailing-commas": [("modules-right", None, "pulseaudio")],
    "tabs": [("modules-right", "custom/vpn", "battery")],
    "one-line": [("modules-right", "cpu", "clock")],
    "comments-in-list": [("modules-right", None, "pulseaudio")],
    "no-lists": [("modules-right", None, None)],
    "left-alone": [("modules-left", "sway/mode", None)],
    "own-definition": [("modules-right", "custom/mail", "clock")],
    "comma-first": [("modules-right", "backlight", "clock#date")],
    "empty-lists": [("modules-right", None, None)],
    "nothing": [("modules-right", None, None)],
    "groups": [("modules-right", "group/hardware", "group/power")],
    "trailing-text": [("modules-right", "network", "clock")],
    "tabs-in-strings": [("modules-right", "custom/mail", "battery")],
    "odd-numbers": [("modules-right", None, "memory")],
    "center-only": [("modules-center", "mpris", None)],
    "named-bars": [("modules-right", "wireplumber", "custom/notification"),
                   ("modules-right", None, "clock#short"), ("modules-center", "wlr/taskbar", None)],
    "comments-in-odd-places": [("modules-right", "cpu", "clock")],
    "drawer": [("modules-right", "group/hardware", "tray")],
    "twice": [("modules-right", "cpu", "clock")],
    "glyphs": [("modules-right", "pulseaudio", "battery")],
    "crowded": [("modules-right", "network", "battery")],
    "right-is-empty": [("modules-right", None, None)],
}


def bars(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def places(value: Any) -> list[tuple[str, Any, Any]]:
    found = []
    for bar in bars(value):
        for name in LISTS:
            modules = [None, *bar.get(name, []), None]
            for i, module in enumerate(modules):
                if module == NAME:
                    found.append((name, modules[i - 1], modules[i + 1]))
    return found


def without_module(value: Any) -> Any:
    """The configuration without what setup adds, and without empty lists."""
    if isinstance(value, list):
        return [without_module(one) for one in value if one != NAME]
    if isinstance(value, dict):
        return {
            key: without_module(one)
            for key, one in value.items()
            if key != NAME and one not in ([], [NAME])
        }
    return value


class Shapes(Waybar):
    def test_every_data_file_is_used(self) -> None:
        self.assertEqual({path.stem for path in (DATA / "waybar").glob("*.jsonc")}, set(PLACES))

    def test_each_file_is_changed_and_restored(self) -> None:
        for name, expected in PLACES.items():
            content = (DATA / "waybar" / f"{name}.jsonc").read_bytes()
            for variant, text in variants(content):
                with self.subTest(name, variant=variant):
                    self.write(self.config, text)
                    written = self.assert_added_and_undone(self.config)
                    self.assert_only_added(text, written)
                    value = parse_jsonc(written)
                    self.assertEqual(places(value), expected)
                    before = without_module(parse_jsonc(text))
                    self.assertEqual(without_module(value), before)
                    self.assertEqual(
                        [NAME in bar for bar in bars(value)], [True] * len(bars(value))
                    )

    def test_the_lines_look_like_those_around_them(self) -> None:
        self.write(self.config, (DATA / "waybar" / "tabs.jsonc").read_bytes())
        self.setup_bar("--yes")
        text = self.config.read_text()
        self.assertIn('\t\t"custom/vpn",\n\t\t"custom/usageline",\n\t\t"battery",\n', text)
        self.assertIn('\t},\n\t"custom/usageline": {\n\t\t"exec": "until usageline waybar', text)

    def test_one_line_stays_one_line(self) -> None:
        self.write(self.config, (DATA / "waybar" / "one-line.jsonc").read_bytes())
        self.setup_bar("--yes")
        self.assertEqual(self.config.read_text().count("\n"), 1)

    def test_a_definition_of_the_user_stays_after_undo(self) -> None:
        self.write(self.config, (DATA / "waybar" / "own-definition.jsonc").read_bytes())
        self.setup_bar("--yes")
        value = parse_jsonc(self.config.read_bytes())
        self.assertEqual(value[NAME]["interval"], 30)

    def test_a_module_of_another_name_is_enough(self) -> None:
        text = b'{"modules-left": ["custom/kimi"], "custom/kimi": {"exec": "usageline waybar"}}\n'
        self.write(self.config, text)
        for args in (("--yes",), ("--undo", "--yes")):
            self.setup_bar(*args)
            self.assertEqual(self.config.read_bytes(), text)

    def test_undo_ignores_comments_and_other_values(self) -> None:
        for text in (
            b'// "custom/usageline": {}, as of May\n{"modules-right": ["cpu"]}\n',
            b'{"modules-right": ["cpu" /* "custom/usageline" */ ]}\n',
            b'{"modules-right": ["cpu" // "custom/usageline"\n], "clock": {},}\n',
            b'{"modules-right": ["cpu"]}\n"custom/usageline": {}\n',
            b'{"clock": {"format": "\\"modules-right\\": []"}}\n',
            b'{\n  // "modules-right": ["cpu"]\n}\n',
            b'{"custom/x": {"modules-right": "custom/usageline"}}\n',
            b'{"modules-left": ["cpu"], "modules-left": ["clock"]}\n',
        ):
            with self.subTest(text):
                self.write(self.config, text)
                written = self.assert_added_and_undone(self.config)
                self.assertEqual(len(places(parse_jsonc(written))), 1)

    def test_the_positions(self) -> None:
        content = (DATA / "waybar" / "debian.jsonc").read_bytes()
        for position, expected in (
            ("left", ("modules-left", "custom/media", None)),
            ("center", ("modules-center", "sway/window", None)),
            ("before:mpd", ("modules-right", None, "mpd")),
            ("after:tray", ("modules-right", "tray", None)),
            ("after:sway/mode", ("modules-left", "sway/mode", "sway/scratchpad")),
        ):
            with self.subTest(position):
                self.write(self.config, content)
                written = self.assert_added_and_undone(self.config, "--position", position)
                self.assertEqual(places(parse_jsonc(written)), [expected])

    def test_a_place_within_a_group(self) -> None:
        self.write(self.config, (DATA / "waybar" / "groups.jsonc").read_bytes())
        written = self.assert_added_and_undone(self.config, "--position", "after:cpu")
        group = parse_jsonc(written)["group/hardware"]
        self.assertEqual(group["modules"], ["cpu", NAME, "memory"])

    def test_a_missing_position_changes_nothing(self) -> None:
        self.write(self.config, (DATA / "waybar" / "debian.jsonc").read_bytes())
        before = self.state()
        result = self.setup_bar("--position", "before:nothing", "--yes", status=1)
        self.assertIn('"nothing"', result.stderr)
        self.assertEqual(self.state(), before)


class Refusals(Waybar):
    def assert_refused(self, content: bytes, part: str) -> None:
        self.write(self.config, content)
        before = self.state()
        result = self.setup_bar("--yes", status=1)
        self.assertIn(part, result.stderr)
        self.assertIn('"exec": "until usageline waybar', result.stdout, "no lines to paste")
        self.assertEqual(self.state(), before)

    def test_what_is_no_json_is_left_alone(self) -> None:
        for content in (
            b'{\n  "modules-right": ["cpu" "clock"]\n}\n',
            b'{\n  "modules-right": ["cpu"\n',
            b'{"modules-right": ["cpu}\n',
            b'{"a": 1 /* no end',
            b'{"a": 1,, "modules-right": []}',
            b"",
            b"// nothing but a comment\n",
            b'{"modules-right": ["cpu", // the last\n]}',
            b'{"modules-right": [], "clock": {"format": "\\ud83d"}}',
            b"[" * 100000,
            b'{"a":' * 5000,
        ):
            with self.subTest(content[:40]):
                self.assert_refused(content, f"{self.config}: line ")

    def test_it_says_which_comment_waybar_can_not_read(self) -> None:
        for content in (b'{"modules-right": ["cpu", // the last\n]}', b'{"modules-right": [ // none\n]}'):
            self.assert_refused(content, "line 2: Waybar can't read a comment")

    def test_what_describes_no_bar_is_left_alone(self) -> None:
        for content in (b'"a text"', b"[]", b"[1, 2]"):
            self.assert_refused(content, "describes no bar")

    def test_a_list_that_is_none_is_left_alone(self) -> None:
        self.assert_refused(b'{"modules-right": "cpu"}', "is not a list")

    def test_a_huge_file_is_left_alone(self) -> None:
        self.assert_refused(b'{"a": "' + b"x" * 10_000_000 + b'"}', "is larger than")

    def test_a_file_with_nul_is_left_alone(self) -> None:
        for content in (b'{"a": 1}\0', '{"modules-right": []}'.encode("utf-16")):
            self.assert_refused(content, "NUL")

    def test_a_read_only_file_is_left_alone(self) -> None:
        self.write(self.config, b'{"modules-right": []}')
        self.config.chmod(0o444)
        result = self.setup_bar("--yes", status=1)
        self.assertIn("read-only", result.stderr)
        self.assertEqual(self.config.read_bytes(), b'{"modules-right": []}')

    def test_a_link_into_a_read_only_store_is_left_alone(self) -> None:
        store = self.write(self.home.root / "store" / "config", b'{"modules-right": []}')
        self.folder.mkdir(exist_ok=True)
        self.config.symlink_to(store)
        store.parent.chmod(0o555)
        result = self.setup_bar("--yes", status=1)
        self.assertIn(str(store), result.stderr)
        self.assertTrue(self.config.is_symlink())


class Places(Waybar):
    def test_the_first_place_counts(self) -> None:
        text = b'{"modules-right": ["clock"]}\n'
        last_first = [
            self.home.home / "waybar" / "config",
            self.home.home / ".config" / "waybar" / "config",
            self.folder / "config.jsonc",
            self.folder / "config",
        ]
        for path in last_first:
            self.write(path, text)
            shown = self.setup_bar("--dry-run")
            self.assertIn(f"+++ {path}\n", shown.stdout)

    def test_a_file_that_is_named(self) -> None:
        path = self.write(self.home.home / "bar.json", b'{"modules-right": ["clock"]}\n')
        self.setup_bar("--config", "bar.json", "--yes")
        self.assertIn(NAME.encode(), path.read_bytes())
        self.assertTrue(Path(f"{path}{BACKUP}").exists())

    def test_the_default_of_the_system_is_copied(self) -> None:
        names = ("config.jsonc", "config")  # of Waybar 0.11 and newer, and of older ones
        defaults = [Path("/etc/xdg/waybar", name) for name in names]
        default = next(filter(Path.exists, defaults), None)
        if default is None:
            harness.skip(f"needs {defaults[0]}")
        self.style.unlink()
        os.rmdir(self.folder)
        result = self.setup_bar("--yes")
        self.assertIn("--- /dev/null\n", result.stdout)
        copied = self.folder / default.name
        self.assert_only_added(default.read_bytes(), copied.read_bytes())
        self.assertIn("already", self.setup_bar("--yes").stdout)
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.state(), {})


if __name__ == "__main__":
    harness.main()
