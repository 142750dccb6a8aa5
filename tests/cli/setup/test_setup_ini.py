"""`usageline setup i3blocks` and `polybar` with INI files as people write them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from typing import Any, Optional

from setup_case import DATA, SetupCase, variants

import harness

NAME = "usageline"


def sections(content: bytes) -> list[tuple[str, dict[str, str]]]:
    """The sections in their order; the first, "", has the lines before them."""
    found: list[tuple[str, dict[str, str]]] = [("", {})]
    for line in content.decode("utf-8-sig").splitlines():
        line = line.strip()
        if line.startswith("[") and line.endswith("]"):
            found.append((line[1:-1], {}))
        elif line and line[0] not in "#;":
            key, value = line.split("=", 1)
            found[-1][1][key.strip()] = value.strip()
    return found


def without(content: bytes, section: str) -> list[tuple[str, dict[str, str]]]:
    """The sections without what setup adds: this one, and the module's name in lists."""
    kept = []
    for name, keys in sections(content):
        cleaned = {
            key: " ".join(word for word in re.split(r'[\s"]+', value) if word not in ("", NAME))
            for key, value in keys.items()
            if value.split() != [NAME]
        }
        if name != section:
            kept.append((name, cleaned))
    return kept


class I3blocks(SetupCase):
    bar = "i3blocks"

    # Each file, and the blocks before and after the added one; "": the global properties.
    PLACES = {
        "distribution": ("battery", "time"),
        "no-clock": ("mail", None),
        "clock-first": ("", "date"),
        "globals-only": ("", None),
        "empty": ("", None),
        "pango": ("wifi", "clock"),
        "tight": ("battery", "calendar"),
        "two-empty-lines": ("power", "day"),
        "commented-out": ("disk", "date_time"),
        "json": ("temperature", None),
        "tabs-and-spaces": ("ram", "time"),
        "clicks": ("key", "clock"),
    }
    # The options that the command gets there.
    OPTIONS = {"pango": " --pango", "json": " --json --pango"}

    def setUp(self) -> None:
        super().setUp()
        self.config = self.home.config_home / "i3blocks" / "config"

    def neighbours(self) -> tuple[Optional[str], Optional[str]]:
        names = [name for name, _ in sections(self.config.read_bytes())]
        self.assertEqual(names.count(NAME), 1)
        i = names.index(NAME)
        return names[i - 1], names[i + 1] if i + 1 < len(names) else None

    def test_every_data_file_is_used(self) -> None:
        self.assertEqual({path.stem for path in (DATA / "i3blocks").iterdir()}, set(self.PLACES))

    def test_each_file_is_changed_and_restored(self) -> None:
        for name, expected in self.PLACES.items():
            content = (DATA / "i3blocks" / f"{name}.conf").read_bytes()
            for variant, text in variants(content):
                with self.subTest(name, variant=variant):
                    self.write(self.config, text)
                    written = self.assert_added_and_undone(self.config)
                    if text.strip(b"\xef\xbb\xbf\r\n"):
                        self.assert_only_added(text, written)
                    self.assertEqual(without(written, NAME), without(text, NAME))
                    self.write(self.config, written)
                    self.assertEqual(self.neighbours(), expected)
                    self.assertEqual(
                        dict(sections(written))[NAME],
                        {
                            "command": "usageline i3blocks" + self.OPTIONS.get(name, ""),
                            "interval": "60",
                        },
                    )

    def test_a_comment_stays_with_its_block(self) -> None:
        self.write(self.config, (DATA / "i3blocks" / "distribution.conf").read_bytes())
        self.setup_bar("--yes")
        self.assertIn("interval=60\n\n# Day and hour\n#\n[time]\n", self.config.read_text())

    def test_there_are_as_many_empty_lines_as_in_the_rest(self) -> None:
        for name, expected in (
            ("tight", b"interval=30\n[usageline]\ncommand=usageline i3blocks\ninterval=60\n[calen"),
            ("two-empty-lines", b"\n\n\n[usageline]\ncommand=usageline i3blocks\ninterval=60\n\n\n#"),
            ("pango", b"\n\n[usageline]\ncommand=usageline i3blocks --pango\ninterval=60\n\n[clock]"),
        ):
            with self.subTest(name):
                self.write(self.config, (DATA / "i3blocks" / f"{name}.conf").read_bytes())
                self.setup_bar("--yes")
                self.assertIn(expected, self.config.read_bytes())
                self.setup_bar("--undo", "--yes")

    def test_comments_at_the_end_of_a_block_stay_in_it(self) -> None:
        self.write(self.config, (DATA / "i3blocks" / "commented-out.conf").read_bytes())
        self.setup_bar("--yes", "--position", "after:disk")
        self.assertIn(b"#label=/\n\n[usageline]\n", self.config.read_bytes())

    def test_the_positions(self) -> None:
        content = (DATA / "i3blocks" / "distribution.conf").read_bytes()
        for position, expected in (
            ("left", ("", "volume")),
            ("right", ("time", None)),
            ("before:wifi", ("iface", "wifi")),
            ("after:cpu_usage", ("cpu_usage", "battery")),
        ):
            with self.subTest(position):
                self.write(self.config, content)
                written = self.assert_added_and_undone(self.config, "--position", position)
                self.write(self.config, written)
                self.assertEqual(self.neighbours(), expected)

    def test_another_block_that_draws_usageline_is_enough(self) -> None:
        text = b"[kimi]\ncommand=usageline i3blocks --icon K\ninterval=60\n"
        self.write(self.config, text)
        self.assertIn("already", self.setup_bar("--yes").stdout)
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.config.read_bytes(), text)

    def test_the_first_place_counts(self) -> None:
        text = b"[time]\ncommand=date\n"
        system = self.write(self.system / "i3blocks" / "config", text)
        self.assertIn(f"+++ {self.config}\n", self.setup_bar("--dry-run").stdout)
        for path in (self.home.home / ".i3blocks.conf", self.config):
            self.write(path, text)
            self.assertIn(f"--- {path}\n", self.setup_bar("--dry-run").stdout)
        self.assertEqual(system.read_bytes(), text)

    def test_the_system_file_is_copied_and_stays(self) -> None:
        text = (DATA / "i3blocks" / "distribution.conf").read_bytes()
        system = self.write(self.system / "i3blocks" / "config", text)
        result = self.setup_bar("--yes")
        self.assertIn("--- /dev/null\n", result.stdout)
        self.assertEqual(system.read_bytes(), text)
        self.assert_only_added(text, self.config.read_bytes())
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.state(), {})

    def drawn(self) -> dict[str, Any]:
        """Returns what the real i3blocks makes of our block."""
        program = shutil.which("i3blocks")
        if not program:
            harness.skip("needs i3blocks")
        path = f"{harness.PROGRAM.parent}:{os.environ['PATH']}"
        process = self.home.start(program=program, env={"PATH": path})
        lines = harness.Lines(process.stdout)
        while True:
            line = lines.next()
            self.assertIsNotNone(line, "i3blocks has ended")
            line = (line or "").strip(",")
            blocks = json.loads(line) if line.startswith("[{") else []
            for block in blocks:
                if block.get("name") == NAME and block.get("full_text"):
                    return block

    def test_i3blocks_reads_it(self) -> None:
        self.write(self.config, b"[mail]\ncommand=echo 7\ninterval=once\n")
        self.home.config({"providers": [{"id": "demo"}]})
        self.setup_bar("--yes")
        self.assertNotIn("<", self.drawn()["full_text"])

    def test_i3blocks_gets_markup_if_all_blocks_have_it(self) -> None:
        self.write(self.config, (DATA / "i3blocks" / "pango.conf").read_bytes())
        self.home.config({"providers": [{"id": "demo"}]})
        self.setup_bar("--yes")
        block = self.drawn()
        self.assertEqual(block["markup"], "pango")
        self.assertIn("<span", block["full_text"])


class Polybar(SetupCase):
    bar = "polybar"

    # Each file, and the lists that the module is added to.
    LISTS = {
        "debian": {
            "bar/example": "filesystem pulseaudio xkeyboard memory cpu wlan eth usageline date"
        },
        "several-bars": {
            "bar/base": "alsa usageline date",
            "bar/right": "cpu   memory     usageline date  tray",
        },
        "spread": {"layout": '"usageline wlan cpu"', "bar/small": "xwindow usageline"},
        "no-lists": {"bar/plain": "usageline"},
        "tight": {"bar/top": "usageline date"},
        "separators": {"bar/top": "sep cpu sep memory sep battery sep usageline powermenu"},
        "modules-first": {"bar/main": "net usageline date"},
        "inherited": {"section/base": "usageline volume keyboard"},
        "own-reference": {"bar/a": "wlan   usageline battery", "bar/b": "cpu usageline clock"},
        "quotes": {"bar/panel": '"usageline tray"'},
        "left-only": {"bar/left": "i3   title usageline"},
    }

    def setUp(self) -> None:
        super().setUp()
        self.config = self.home.config_home / "polybar" / "config.ini"

    def lists(self, content: bytes) -> dict[str, str]:
        return {
            name: value
            for name, keys in sections(content)
            for key, value in keys.items()
            if key != "type" and NAME in re.split(r'[\s"]+', value) and name != f"module/{NAME}"
        }

    def test_every_data_file_is_used(self) -> None:
        self.assertEqual({path.stem for path in (DATA / "polybar").iterdir()}, set(self.LISTS))

    def test_each_file_is_changed_and_restored(self) -> None:
        for name, expected in self.LISTS.items():
            content = (DATA / "polybar" / f"{name}.ini").read_bytes()
            for variant, text in variants(content):
                with self.subTest(name, variant=variant):
                    self.write(self.config, text)
                    written = self.assert_added_and_undone(self.config)
                    self.assert_only_added(text, written)
                    self.assertEqual(self.lists(written), expected)
                    section = f"module/{NAME}"
                    self.assertEqual(without(written, section), without(text, section))
                    module = dict(sections(written))[section]
                    self.assertTrue(module["exec"].endswith("exec usageline polybar --watch"))

    def test_the_positions(self) -> None:
        content = (DATA / "polybar" / "debian.ini").read_bytes()
        for position, expected in (
            ("left", "xworkspaces xwindow usageline"),
            ("before:xwindow", "xworkspaces usageline xwindow"),
            ("after:cpu", "filesystem pulseaudio xkeyboard memory cpu usageline wlan eth date"),
        ):
            with self.subTest(position):
                self.write(self.config, content)
                written = self.assert_added_and_undone(self.config, "--position", position)
                self.assertEqual(self.lists(written), {"bar/example": expected})

    def test_included_files_are_changed_where_they_are(self) -> None:
        folder = self.config.parent
        self.write(self.config, b"[x]\ninclude-file = bars.ini\ninclude-file = $FOLDER/mod.ini\n")
        bars = self.write(folder / "bars.ini", b"[bar/a]\nmodules-right = date\n")
        modules = self.write(folder / "mod.ini", b"[module/date]\ntype = internal/date\n")
        before = self.state()
        env = {"FOLDER": str(folder)}
        for args in (("--yes",), ("--undo", "--yes")):
            result = self.home.run("setup", "polybar", *args, env=env)
            self.assertEqual(result.status, 0, result.stderr)
            if args == ("--yes",):
                self.assertEqual(bars.read_bytes(), b"[bar/a]\nmodules-right = usageline date\n")
                self.assertIn(b"[module/usageline]", modules.read_bytes())
        self.assertEqual(self.state(), before)

    def test_no_copy_is_kept_in_an_include_directory(self) -> None:
        folder = self.config.parent
        self.write(self.config, b"[bar/a]\nmodules-right = date\n[x]\ninclude-directory = mod\n")
        self.write(folder / "mod" / "date.ini", b"[module/date]\ntype = internal/date\n")
        self.assert_added_and_undone(self.config)
        self.setup_bar("--yes")
        self.assertEqual(list(self.state(folder / "mod")), ["date.ini"])
        self.write(self.config, b"[x]\ninclude-directory = mod\n")
        self.write(folder / "mod" / "bar.ini", b"[bar/a]\nmodules-right = date\n")
        self.assertIn("include-directory", self.setup_bar("--yes", status=1).stderr)

    def test_what_a_configuration_asks_for_is_bounded(self) -> None:
        folder = self.config.parent
        for i in range(6):
            self.write(folder / f"{i}.ini", b"#" * 1_000_000)
        includes = b"".join(b"include-file = %d.ini\n" % i for i in range(6))
        for text in (
            b"[bar/a]\ninherit = " + b"bar/a " * 8 + b"\n",
            b"[bar/a]\nmodules-right = date\n[x]\n" + includes,
            b"[bar/%d]\nmodules-right = date\n" * 20000 % tuple(range(20000)),
        ):
            with self.subTest(text[:40]):
                self.write(self.config, text)
                before = self.state()
                result = self.setup_bar("--yes", status=1)
                self.assertIn("is more than setup reads", " ".join(result.stderr.split()))
                self.assertEqual(self.state(), before)

    def test_undo_works_beside_a_similar_name(self) -> None:
        self.write(
            self.config,
            b"[bar/a]\nmodules-right = my-usageline date\n[module/my-usageline]\ntype = x\n",
        )
        self.assert_added_and_undone(self.config)

    def test_undo_works_beside_other_mentions_of_the_list(self) -> None:
        for line in (b"; modules-right = date", b"modules-right-old = date", b"x = modules-right"):
            with self.subTest(line):
                self.write(self.config, b"[bar/a]\nwidth = 100%\n" + line + b"\n")
                self.assert_added_and_undone(self.config)

    def test_a_list_from_elsewhere_is_left_alone(self) -> None:
        self.write(self.config, b"[bar/a]\nmodules-right = ${env:MODULES}\n")
        before = self.state()
        result = self.setup_bar("--yes", status=1)
        self.assertIn('"modules-right" in [bar/a] comes from outside', result.stderr)
        self.assertIn("[module/usageline]", result.stdout)
        self.assertEqual(self.state(), before)

    def test_a_module_of_another_name_is_enough(self) -> None:
        text = b"[bar/a]\nmodules-right = kimi\n[module/kimi]\nexec = usageline polybar\n"
        self.write(self.config, text)
        self.assertIn("already", self.setup_bar("--yes").stdout)
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.config.read_bytes(), text)

    def test_a_configuration_without_a_bar_is_left_alone(self) -> None:
        for text in (b"", b"[colors]\nred = #f00\n"):
            self.write(self.config, text)
            self.assertIn("describes no bar", self.setup_bar("--yes", status=1).stderr)
            self.assertEqual(self.config.read_bytes(), text)

    def test_the_first_place_counts(self) -> None:
        text = b"[bar/a]\nmodules-right = date\n"
        self.write(self.system / "polybar" / "config.ini", text)
        self.assertIn(f"+++ {self.config}\n", self.setup_bar("--dry-run").stdout)
        for path in (
            self.home.home / ".config" / "polybar" / "config",
            self.config,
            self.config.with_name("config"),
        ):
            self.write(path, text)
            self.assertIn(f"--- {path}\n", self.setup_bar("--dry-run").stdout)

    def test_polybar_reads_it(self) -> None:
        programs = [shutil.which(name) for name in ("polybar", "Xvfb")]
        if None in programs:
            harness.skip("needs polybar and Xvfb")
        self.write(self.config, (DATA / "polybar" / "spread.ini").read_bytes())
        self.setup_bar("--yes")
        read_end, write_end = os.pipe()
        self.home.start(
            "-displayfd", str(write_end), "-nolisten", "tcp",
            program=programs[1], pass_fds=(write_end,), stderr=subprocess.DEVNULL,
        )
        os.close(write_end)
        with open(read_end, encoding="ascii") as pipe:
            display = f":{pipe.readline().strip()}"
        for bar, key, expected in (
            ("main", "modules-right", "usageline wlan cpu"),
            ("small", "modules-center", "xwindow usageline"),
        ):
            result = self.home.run(
                f"--config={self.config}", f"--dump={key}", bar,
                program=programs[0], env={"DISPLAY": display},
            )
            self.assertEqual(result.stdout.strip(), expected, result.stderr)


if __name__ == "__main__":
    harness.main()
