"""`usageline setup`: questions, copies, all or nothing, undo, and its output."""

from __future__ import annotations

import os
import re
import resource
import shlex
import subprocess
from pathlib import Path

from setup_case import BACKUP, SetupCase

import harness

CONFIG = b"# mine\n[disk]\ncommand=df\n\n[time]\ncommand=date\n"
BLOCK = b"[usageline]\ncommand=usageline i3blocks\ninterval=60\n\n"
CHANGED = CONFIG.replace(b"[time]", BLOCK + b"[time]")


def patch(text: str, diff: str) -> str:
    """Applies a unified diff, whose line numbers must fit."""
    old, new, at = text.splitlines(True), [], 0
    for line in diff.splitlines(True)[2:]:
        place = re.match(r"@@ -(\d+)", line)
        if place:
            new += old[at : int(place[1]) - 1]
            at = int(place[1]) - 1
            continue
        if line[0] in " -":
            assert old[at] == line[1:], line
            at += 1
        if line[0] in " +":
            new.append(line[1:])
    return "".join(new + old[at:])


class Setup(SetupCase):
    bar = "i3blocks"

    def setUp(self) -> None:
        super().setUp()
        self.config = self.write(self.home.config_home / "i3blocks" / "config", CONFIG)
        self.backup = Path(f"{self.config}{BACKUP}")


class Asking(Setup):
    def test_yes_changes_it(self) -> None:
        self.home.config({"notifications": False})
        status, output = self.answer("y\n")
        self.assertEqual(status, 0, output)
        self.assertIn("+[usageline]", output)
        self.assertEqual(self.config.read_bytes(), CHANGED)

    def test_anything_else_changes_nothing(self) -> None:
        for text in ("n\n", "\n", "\x04"):
            status, output = self.answer(text)
            self.assertEqual(status, 1, output)
            self.assertIn("Nothing has been changed", output)
            self.assertEqual(self.state(), {"i3blocks/config": CONFIG})

    def test_without_a_terminal_nothing_is_changed(self) -> None:
        result = self.setup_bar(status=1)
        self.assertIn("+[usageline]\n", result.stdout)
        self.assertIn("--yes", result.stdout)
        self.assertEqual(self.state(), {"i3blocks/config": CONFIG})

    def test_a_dry_run_only_shows(self) -> None:
        self.home.config({"notifications": False})
        before = self.state()
        result = self.setup_bar("--dry-run", "--yes")
        self.assertEqual(
            result.stdout,
            f"--- {self.config}\n+++ {self.config}\n@@ -2,5 +2,9 @@\n [disk]\n command=df\n \n"
            + "".join(f"+{line}\n" for line in BLOCK.decode().splitlines())
            + " [time]\n command=date\n",
        )
        self.assertEqual(self.state(), before)

    def test_the_diff_can_be_applied(self) -> None:
        diff = self.setup_bar("--dry-run").stdout
        self.assertEqual(patch(CONFIG.decode(), diff), CHANGED.decode())


class Copies(Setup):
    def test_a_copy_is_kept_with_the_mode_of_the_file(self) -> None:
        self.config.chmod(0o640)
        result = self.setup_bar("--yes")
        self.assertIn(str(self.backup), result.stdout)
        self.assertEqual(self.backup.read_bytes(), CONFIG)
        self.assertEqual((harness.mode(self.config), harness.mode(self.backup)), (0o640, 0o640))

    def test_an_earlier_copy_is_not_overwritten(self) -> None:
        self.backup.write_bytes(b"# of last year\n")
        self.setup_bar("--yes")
        self.assertEqual(self.backup.read_bytes(), b"# of last year\n")
        second = Path(f"{self.backup}.2")
        self.assertEqual(second.read_bytes(), CONFIG)
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.config.read_bytes(), CONFIG)
        self.assertEqual(self.backup.read_bytes(), b"# of last year\n")
        self.assertFalse(second.exists())

    def test_a_copy_with_the_same_text_is_used_again(self) -> None:
        self.backup.write_bytes(CONFIG)
        self.config.chmod(0o600)
        self.setup_bar("--yes")
        self.assertEqual(len(self.state()), 2)
        self.assertEqual(harness.mode(self.backup), 0o600)

    def test_a_link_stays_and_its_file_is_changed(self) -> None:
        target = self.write(self.home.home / "dotfiles" / "i3blocks", CONFIG)
        self.config.unlink()
        self.config.symlink_to(target)
        self.setup_bar("--yes")
        self.assertTrue(self.config.is_symlink())
        self.assertEqual(target.read_bytes(), CHANGED)
        self.assertEqual(Path(f"{target}{BACKUP}").read_bytes(), CONFIG)
        self.setup_bar("--undo", "--yes")
        self.assertTrue(self.config.is_symlink())
        self.assertEqual(self.state(target.parent), {"i3blocks": CONFIG})

    def test_a_link_to_nothing_is_left_alone(self) -> None:
        self.config.unlink()
        self.config.symlink_to("nowhere")
        self.write(self.system / "i3blocks" / "config", CONFIG)
        self.assertIn("symbolic link", self.setup_bar("--yes", status=1).stderr)
        self.assertTrue(self.config.is_symlink())

    def test_a_file_with_several_names_is_left_alone(self) -> None:
        os.link(self.config, self.home.home / "other")
        self.assertIn("hard links", self.setup_bar("--yes", status=1).stderr)
        self.assertEqual(self.config.read_bytes(), CONFIG)

    def test_a_read_only_folder_is_left_alone(self) -> None:
        self.config.parent.chmod(0o555)
        self.assertIn("can't be written", self.setup_bar("--yes", status=1).stderr)
        self.assertEqual(self.config.read_bytes(), CONFIG)

    def test_a_file_of_another_user_is_left_alone(self) -> None:
        if os.geteuid() == 0:
            os.chown(self.config, 65534, 65534)
        elif os.stat(os.__file__).st_uid != os.geteuid():
            self.config.unlink()
            self.config.symlink_to(os.__file__)
        else:
            harness.skip("needs a file of another user")
        before = self.config.read_bytes()
        self.assertIn("another user", self.setup_bar("--yes", status=1).stderr)
        self.assertEqual(self.config.read_bytes(), before)


class AllOrNothing(SetupCase):
    bar = "waybar"

    def setUp(self) -> None:
        super().setUp()
        self.folder = self.home.config_home / "waybar"
        self.config = self.write(self.folder / "config", b'{"modules-right": ["clock"]}\n')

    def test_written_files_are_taken_back_if_a_later_one_fails(self) -> None:
        self.write(self.folder / "style.css", b"* { color: red; }\n" * 1000)
        before = self.state()
        process = self.home.start(
            "setup",
            "waybar",
            "--yes",
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192)),
            stdout=subprocess.DEVNULL,
        )
        _, stderr = process.communicate(timeout=30)
        self.assertEqual(process.returncode, 1)
        self.assertIn("style.css", stderr)
        self.assertIn("all is as it was", stderr)
        self.assertEqual(self.state(), before)

    def test_nothing_is_written_if_one_file_can_not_be(self) -> None:
        style = self.write(self.folder / "style.css", b"* { color: red; }\n")
        style.chmod(0o444)
        before = self.state()
        self.assertIn(f"{style}: is left alone", self.setup_bar("--yes", status=1).stderr)
        self.assertEqual(self.state(), before)


class Words(Setup):
    def test_it_prints_how_to_reload_the_bar(self) -> None:
        self.assertIn("i3-msg restart", self.setup_bar("--yes").stdout)

    def test_it_reports_that_there_is_no_credential(self) -> None:
        result = self.setup_bar("--yes")
        self.assertIn("usageline doctor", result.stdout)
        self.assertIn("usageline config set-api-key --provider kimi --stdin", result.stdout)

    def test_it_does_not_report_a_credential(self) -> None:
        self.home.run("config", "set-api-key", "--stdin", stdin="sk-secret")
        result = self.setup_bar("--yes")
        self.assertNotIn("usageline doctor", result.stdout)
        harness.assert_no_secret(result, "sk-secret")

    def test_without_a_bar_it_lists_the_bars(self) -> None:
        programs = self.home.root / "bin"
        programs.mkdir()
        (programs / "polybar").write_text("#!/bin/sh\n")
        (programs / "polybar").chmod(0o755)
        env = {"PATH": str(programs)}
        result = self.home.run("setup", env=env)
        self.assertEqual(result.status, 0)
        self.assertRegex(result.stdout, r"(?m)^polybar: installed.*: usageline setup polybar$")
        line = "i3blocks: not installed, has a configuration, without usageline yet: usageline setup i3blocks"
        self.assertIn(f"{line}\n", result.stdout)
        self.setup_bar("--yes")
        line = "i3blocks: not installed, has a configuration, with usageline in it"
        self.assertIn(f"{line}\n", self.home.run("setup", env=env).stdout)

    def test_the_list_looks_at_the_configuration_of_a_running_bar(self) -> None:
        path = self.write(self.home.home / "bars" / "blocks", CONFIG)
        program = self.home.root / "i3blocks"
        program.write_text("#!/bin/sh\necho started\nread line\n")
        program.chmod(0o755)
        process = self.home.start("-c", "bars/blocks", program=program, stdin=subprocess.PIPE)
        self.assertEqual(harness.Lines(process.stdout).next(), "started")
        words = "running, has a configuration, %s usageline"
        self.assertIn(words % "without", self.home.run("setup").stdout)
        self.setup_bar("--yes")
        self.assertIn("usageline", path.read_text("utf-8"))
        self.assertIn(words % "with", self.home.run("setup").stdout)
        process.communicate("\n", timeout=10)

    def test_the_configuration_of_a_running_bar_is_changed(self) -> None:
        path = self.write(self.home.home / "bars" / "blocks", CONFIG)
        program = self.home.root / "i3blocks"
        program.write_text("#!/bin/sh\necho started\nread line\n")
        program.chmod(0o755)
        for args in (("-c", "bars/blocks"), (f"--config={path}",)):
            process = self.home.start(*args, program=program, stdin=subprocess.PIPE)
            self.assertEqual(harness.Lines(process.stdout).next(), "started")
            self.assertIn(f"+++ {path}\n", self.setup_bar("--dry-run").stdout)
            self.assertIn(f"+++ {self.config}\n",
                          self.setup_bar("--dry-run", "-c", str(self.config)).stdout)
            process.communicate("\n", timeout=10)
        self.assertIn(f"+++ {self.config}\n", self.setup_bar("--dry-run").stdout)

    def test_the_advised_undo_names_the_same_file(self) -> None:
        path = self.write(self.home.home / "my bars" / "blocks", CONFIG)
        shown = self.setup_bar("--config", "my bars/blocks", "--yes").stdout
        undo = re.search(r"To take it back: usageline (.*)", shown)
        self.assertIsNotNone(undo, shown)
        self.home.run(*shlex.split(undo[1]), "--yes")
        self.assertEqual(path.read_bytes(), CONFIG)
        self.assertIn("setup i3blocks --all --undo\n", self.setup_bar("--all", "--yes").stdout)
        self.setup_bar("--undo", "--yes")
        self.assertIn("setup i3blocks --undo\n", self.setup_bar("--yes").stdout)

    def test_options_without_a_bar_ask_for_its_name(self) -> None:
        for args in (("--undo",), ("--all",), ("--yes",), ("--force",), ("--dry-run",),
                     ("--config", str(self.config)), ("--position", "left")):
            result = self.home.run("setup", *args)
            self.assertEqual(result.status, 2, args)
            self.assertIn("name of a bar", result.stderr)

    def test_an_unknown_bar(self) -> None:
        result = self.home.run("setup", "xmobar")
        self.assertEqual(result.status, 2)
        self.assertIn('no bar "xmobar"', result.stderr)

    def test_a_wrong_command_line(self) -> None:
        for args in (("i3blocks", "polybar"), ("i3blocks", "--position", "top"),
                     ("i3blocks", "--position", "before:"), ("i3blocks", "--nonsense")):
            self.assertEqual(self.home.run("setup", *args).status, 2, args)
        self.assertEqual(self.state(), {"i3blocks/config": CONFIG})

    def test_no_configuration_at_all(self) -> None:
        result = self.setup_bar("--config", "nothing", "--yes", status=1)
        self.assertIn("there is no configuration", result.stderr)
        self.assertIn("[usageline]", result.stdout)


if __name__ == "__main__":
    harness.main()
