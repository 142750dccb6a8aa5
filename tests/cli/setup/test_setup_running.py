"""`usageline setup` and `doctor` with bars that run: their command lines and environments count."""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

from running_case import CONFIG, RULES, Running

import harness


class CommandLine(Running):
    def test_the_file_of_a_running_bar_is_changed(self) -> None:
        path = self.own("one")
        for args in (("-c", "bars/one"), ("-cbars/one",), ("-c=bars/one",),
                     ("--config", str(path)), (f"--config={path}",)):
            process = self.start_bar(*args)
            shown = self.setup_bar("--dry-run").stdout
            self.assertIn(f"waybar runs with {path}.\n", shown, args)
            self.assertIn(f"+++ {path}\n", shown, args)
            process.communicate("\n", timeout=10)

    def test_a_file_that_is_not_there_is_named(self) -> None:
        missing = self.home.home / "bars" / "gone"
        self.start_bar("-c", str(missing))
        said = f"waybar runs with {missing}, which is not there"
        self.assertEqual(self.findings().get(said), "bad")
        self.assertIn(f"{said}.\n", self.home.run("setup").stdout)
        self.assertIn(f"{said}.\n", self.setup_bar("--yes", status=1).stdout)

    def test_the_rules_go_into_its_style_sheet(self) -> None:
        path, style = self.own("one"), self.own("look.css", RULES)
        self.own("style-dark.css", RULES)
        before = self.state(self.home.home)
        for args in (("-s", "bars/look.css"), (f"--style={style}",)):
            process = self.start_bar("-c", str(path), *args)
            self.setup_bar("--yes")
            self.assertTrue(style.read_bytes().startswith(b'@import url("usageline.css");'), args)
            self.assertEqual(style.with_name("style-dark.css").read_bytes(), RULES)
            self.assertEqual(self.style.read_bytes(), RULES)
            self.setup_bar("--undo", "--yes")
            self.assertEqual(self.state(self.home.home), before)
            process.communicate("\n", timeout=10)

    def test_without_one_the_style_sheet_is_where_waybar_looks(self) -> None:
        path, beside = self.own("one"), self.own("style.css", RULES)
        self.start_bar("-c", str(path))
        self.setup_bar("--yes")
        self.assertEqual(beside.read_bytes(), RULES)
        self.assertIn(b"usageline.css", self.style.read_bytes())

    def test_a_wrapped_program_is_a_bar(self) -> None:
        path = self.own("one")
        self.start_bar("-c", str(path), name=".waybar-wrapped")
        self.assertIn(f"+++ {path}\n", self.setup_bar("--dry-run").stdout)

    def test_a_program_with_a_similar_name_is_none(self) -> None:
        self.write(self.config, CONFIG)
        for name in ("waybar2", "mywaybar", ".waybar-wrappe"):
            self.start_bar("-c", str(self.own("one")), name=name)
        self.assertIn(f"+++ {self.config}\n", self.setup_bar("--dry-run").stdout)

    def test_the_environment_of_a_running_bar_counts(self) -> None:
        self.write(self.config, CONFIG)
        folder = self.home.home / "other"
        path = self.write(folder / "waybar" / "config.jsonc", CONFIG)
        style = self.write(folder / "waybar" / "style.css", RULES)
        self.start_bar(env={"XDG_CONFIG_HOME": str(folder)})
        self.setup_bar("--yes")
        self.assertIn(b"custom/usageline", path.read_bytes())
        self.assertIn(b"usageline.css", style.read_bytes())
        self.assertEqual(self.config.read_bytes(), CONFIG)
        self.assertEqual(self.findings()[f"waybar: usageline is in {path}"], "good")

    def test_the_environment_of_a_running_bar_leads_to_what_it_includes(self) -> None:
        folder = self.home.home / "other place"
        path = self.own("one", b'{"include": ["left.jsonc", "$PARTS/right.jsonc"]}\n')
        self.write(folder / "waybar" / "left.jsonc", b"{}\n")
        right = self.write(folder / "parts" / "right.jsonc", CONFIG)
        self.start_bar(
            "-c", str(path), env={"XDG_CONFIG_HOME": str(folder), "PARTS": str(folder / "parts")}
        )
        self.assertIn(f"+++ {right}\n", self.setup_bar("--dry-run").stdout)

    def test_polybar_includes_what_its_environment_says(self) -> None:
        self.bar = "polybar"
        modules = self.own("modules.ini", b"[bar/main]\nmodules-right = date\n")
        config = self.own("config.ini", b"include-file = $BARS/modules.ini\n")
        before = self.state(self.home.home)
        self.start_bar("-c", str(config), "main", name="polybar", env={"BARS": str(modules.parent)})
        self.setup_bar("--yes")
        self.assertIn(b"modules-right = usageline date\n", modules.read_bytes())
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.state(self.home.home), before)

    def test_a_bar_of_another_user_is_none_of_ours(self) -> None:
        if os.geteuid() != 0:
            harness.skip("needs a process of another user")
        self.write(self.config, CONFIG)
        path = self.own("one")
        for folder in (self.home.root, self.home.home):
            folder.chmod(0o755)
        self.start_bar("-c", str(path), preexec_fn=lambda: os.setuid(65534))
        self.assertIn(f"+++ {self.config}\n", self.setup_bar("--dry-run").stdout)


class Several(Running):
    def setUp(self) -> None:
        super().setUp()
        self.write(self.config, CONFIG)
        self.top, self.bottom = self.own("top"), self.own("bottom bar")
        self.start_bar("-c", str(self.top))
        self.start_bar("-c", str(self.bottom))
        self.start_bar("-c", str(self.bottom))

    def test_without_a_choice_all_are_listed_and_none_is_changed(self) -> None:
        before = self.state(self.home.root)
        for args in (("--yes",), ("--undo", "--yes"), ("--dry-run",)):
            result = self.setup_bar(*args, status=1)
            self.assertIn("--all", result.stdout)
            self.assertEqual(result.stdout.count(f"{self.top}: "), 1)
            self.assertIn(f": usageline setup waybar --config {self.top}\n", result.stdout)
            self.assertIn(f": usageline setup waybar --config '{self.bottom}'\n", result.stdout)
            self.assertNotIn(str(self.config), result.stdout)
        self.assertEqual(self.state(self.home.root), before)

    def test_one_can_be_chosen(self) -> None:
        self.setup_bar("--config", str(self.top), "--yes")
        self.assertIn(b"custom/usageline", self.top.read_bytes())
        self.assertEqual(self.bottom.read_bytes(), CONFIG)
        self.assertRegex(self.home.run("setup").stdout,
                         rf"(?m)^{self.top}: .*, running, has a configuration, with usageline")

    def test_all_can_be_chosen_and_undone(self) -> None:
        before = self.state(self.home.home)
        self.setup_bar("--all", "--yes")
        for path in (self.top, self.bottom):
            self.assertIn(b"custom/usageline", path.read_bytes())
        self.assertEqual(self.config.read_bytes(), CONFIG)
        again = self.setup_bar("--all", "--yes").stdout
        self.assertEqual(again.count("already"), 2)
        self.setup_bar("--all", "--undo", "--yes")
        self.assertEqual(self.state(self.home.home), before)

    def test_the_default_file_is_one_of_them(self) -> None:
        self.start_bar()
        self.assertIn(f"--config {self.config}\n", self.setup_bar(status=1).stdout)
        self.setup_bar("-c", str(self.config), "--yes")
        self.assertIn(b"custom/usageline", self.config.read_bytes())

    def test_all_and_one_exclude_each_other(self) -> None:
        result = self.setup_bar("--all", "--config", str(self.top), status=2)
        self.assertIn("--config", result.stderr)


class Programs(Running):
    """A bar that finds no usageline, as one that a display manager starts."""

    POOR = {"PATH": "/nowhere:bin"}
    CONFIGURATIONS = {
        "waybar": ("config", CONFIG),
        "i3blocks": ("config", b"[time]\ncommand=date\n"),
        "polybar": ("config.ini", b"[bar/main]\nmodules-right = date\n"),
    }

    def calls(self, content: bytes) -> set[str]:
        """How the commands call usageline."""
        text = content.decode().replace("usageline date", "")  # a list of modules
        return set(re.findall(r"""(?<=[ "=])[\w./-]*usageline(?= [a-z>])""", text))

    def test_its_commands_get_the_path(self) -> None:
        for bar, (name, content) in self.CONFIGURATIONS.items():
            self.bar = bar
            path = self.write(self.home.config_home / bar / name, content)
            process = self.start_bar(name=bar, env=self.POOR)
            before = self.state()
            shown = self.setup_bar("--yes").stdout
            self.assertIn(f"The PATH of {bar} lacks usageline", shown)
            self.assertEqual(self.calls(path.read_bytes()), {str(harness.PROGRAM)}, bar)
            self.assertIn("already", self.setup_bar("--yes").stdout)
            self.setup_bar("--undo", "--yes")
            self.assertEqual(self.state(), before)
            process.communicate("\n", timeout=10)

    def test_one_that_finds_it_calls_it_by_name(self) -> None:
        programs = self.home.root / "bin"
        self.write(programs / "usageline", b"").chmod(0o755)
        for bar, (name, content) in self.CONFIGURATIONS.items():
            self.bar = bar
            path = self.write(self.home.config_home / bar / name, content)
            process = self.start_bar(name=bar, env={"PATH": f"/nowhere:{programs}"})
            self.assertNotIn("PATH", self.setup_bar("--yes").stdout)
            self.assertEqual(self.calls(path.read_bytes()), {"usageline"}, bar)
            process.communicate("\n", timeout=10)

    def test_undo_knows_them_without_a_copy(self) -> None:
        self.write(self.config, CONFIG)
        self.start_bar(env=self.POOR)
        self.setup_bar("--yes")
        self.config.with_name("config.usageline-backup").unlink()
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.config.read_bytes(), CONFIG)

    def test_the_lines_to_paste_have_the_path(self) -> None:
        self.write(self.config, b"{")
        self.start_bar(env=self.POOR)
        shown = self.setup_bar("--yes", status=1).stdout
        self.assertIn(f'"on-click": "{harness.PROGRAM} open --bar waybar"', shown)

    def test_a_link_of_the_users_own_path_is_preferred(self) -> None:
        self.write(self.config, CONFIG)
        self.start_bar(env=self.POOR)
        programs = self.home.root / "profile"
        programs.mkdir()
        (programs / "usageline").symlink_to(harness.PROGRAM)
        self.home.run("setup", "waybar", "--yes", env={"PATH": str(programs)})
        self.assertEqual(self.calls(self.config.read_bytes()), {f"{programs}/usageline"})

    def test_a_path_with_spaces_is_not_written(self) -> None:
        self.write(self.config, CONFIG)
        self.start_bar(env=self.POOR)
        programs = self.home.root / "my programs"
        programs.mkdir()
        (programs / "usageline").symlink_to(harness.PROGRAM)
        shown = self.home.run("setup", "waybar", "--yes", env={"PATH": str(programs)}).stdout
        self.assertIn("link it into a folder of that PATH", shown)
        self.assertEqual(self.calls(self.config.read_bytes()), {"usageline"})

    def test_doctor_says_so(self) -> None:
        self.write(self.config, CONFIG)
        self.setup_bar("--yes")
        process = self.start_bar(env=self.POOR)
        lacking = "waybar runs with a PATH that lacks usageline"
        said = {text: status for text, status in self.findings().items() if lacking in text}
        self.assertEqual(list(said.values()), ["bad"])
        self.assertIn("see `usageline doctor`", self.setup_bar("--yes").stdout)
        self.assertIn(f"write {harness.PROGRAM} into the commands in {self.config}", list(said)[0])
        self.setup_bar("--undo", "--yes")
        said = {text: status for text, status in self.findings().items() if lacking in text}
        self.assertEqual(list(said.values()), ["note"])
        self.setup_bar("--yes")
        self.assertFalse([text for text in self.findings() if lacking in text])
        self.assertNotIn("usageline doctor", self.setup_bar("--yes").stdout)
        process.communicate("\n", timeout=10)


class Doctor(Running):
    def assert_no_module(self, bar: str, path: Path) -> None:
        if bar not in self.home.run("setup").stdout:
            self.start_bar("-c", str(path), name=bar)
        self.assertIn(f"{bar}: usageline is not in {path}", self.findings())
        self.assertRegex(self.home.run("setup").stdout, f"(?m)^{bar}: .*without usageline yet")

    def test_it_names_the_file_of_each_running_bar(self) -> None:
        top, bottom = self.own("top"), self.own("bottom")
        self.start_bar("-c", str(top))
        self.start_bar("-c", str(bottom))
        self.setup_bar("--config", str(top), "--yes")
        found = self.findings()
        self.assertEqual(found[f"waybar: usageline is in {top}"], "good")
        self.assertEqual(found[f"waybar: usageline is not in {bottom}"], "note")

    def test_it_names_no_style_sheet_and_no_copy(self) -> None:
        self.write(self.config, CONFIG)
        self.setup_bar("--yes")
        self.assertIn(f"waybar: usageline is in {self.config}", self.findings())
        self.write(self.config, CONFIG)  # the style sheet and the copy stay
        self.start_bar()
        self.assertIn(f"waybar: usageline is not in {self.config}", self.findings())
        self.assertIn("without usageline", self.home.run("setup").stdout)

    def test_it_names_the_included_file_that_has_the_module(self) -> None:
        modules = self.own("modules", b'{"custom/k": {"exec": "usageline waybar"}}\n')
        included = f'{{"include": "{modules}", "modules-right": ["custom/k"]}}\n'
        self.write(self.config, included.encode())
        self.assertIn(f"waybar: usageline is in {modules}", self.findings())

    def test_a_comment_is_no_module(self) -> None:
        self.write(self.config, b'{\n  // "exec": "usageline waybar"\n  "modules-right": []\n}\n')
        self.start_bar()
        self.assertIn(f"waybar: usageline is not in {self.config}", self.findings())

    def test_a_module_that_no_list_has_does_not_count(self) -> None:
        self.write(self.config, b'{\n"modules-right": [\n"custom/usageline",\n"clock"\n]}\n')
        self.setup_bar("--yes")
        text = self.config.read_bytes().replace(b'"custom/usageline",', b'// "custom/usageline",', 1)
        self.write(self.config, text)
        self.assert_no_module("waybar", self.config)

    def test_a_polybar_module_that_no_list_has_does_not_count(self) -> None:
        self.bar = "polybar"
        path = self.write(self.home.config_home / "polybar" / "config.ini",
                          b"[bar/a]\nmodules-right = date\n[bar/b]\nmodules-right = cpu\n")
        self.setup_bar("--yes")
        one_less = path.read_bytes().replace(b" = usageline date", b" = date")
        self.write(path, one_less)
        self.start_bar("-c", str(path), "b", name="polybar")
        self.assertIn(f"polybar: usageline is in {path}", self.findings())
        self.write(path, one_less.replace(b" = usageline cpu", b" = cpu"))
        self.assert_no_module("polybar", path)

    def test_a_script_that_draws_it_is_found(self) -> None:
        self.write(self.config, b'{"modules-right": ["custom/usageline"],\n'
                                b'"custom/usageline": {"exec": "my-script"}}\n')
        self.assertIn(f"waybar: usageline is in {self.config}", self.findings())

    def test_the_file_of_the_system_is_not_the_users(self) -> None:
        shutil.rmtree(self.folder)
        self.write(self.system / "i3blocks" / "config", b"[k]\ncommand=usageline i3blocks\n")
        found = self.findings(XDG_CONFIG_DIRS=str(self.system))
        claims = [text for text in found if text.startswith("i3blocks: usageline is in ")]
        self.assertEqual(claims, [])


if __name__ == "__main__":
    harness.main()
