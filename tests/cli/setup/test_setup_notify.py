"""The last step of `usageline setup`: it offers notifications and may make a configuration."""

from __future__ import annotations

import json
import os
import resource
from pathlib import Path

from setup_case import SetupCase

import harness

QUESTION = "Tell you by a desktop notification when a threshold is crossed? [y/N]"
HOW = "To be told by a desktop notification"
SETTING = '"notifications": true'


class Notify(SetupCase):
    bar = "i3blocks"

    def setUp(self) -> None:
        super().setUp()
        self.bar_config = self.write(
            self.home.config_home / "i3blocks" / "config", b"[time]\ncommand=date\n"
        )
        self.config = self.home.config_home / "usageline" / "config.json"
        self.notifier = self.write(
            self.home.data_home / "usageline" / "plugins" / "usageline-notify", b"#!/bin/sh\n"
        )
        self.notifier.chmod(0o755)

    def effective(self) -> bool:
        return bool(self.home.run("config", "dump").json()["notifications"])


class Asking(Notify):
    def test_yes_makes_a_configuration(self) -> None:
        for answer in ("y\n", "Y\n", " yes, I would like that\n"):
            status, output = self.answer("y\n", answer)
            self.assertEqual(status, 0, output)
            self.assertIn(QUESTION, output)
            self.assertIn(f"{self.config} is made.\n", output)
            self.assertTrue(output.rstrip().endswith(f"{self.config} is made."), output)
            self.assertEqual(harness.mode(self.config), 0o600)
            self.assertEqual(harness.mode(self.config.parent), 0o700)
            self.assertTrue(self.effective())
            self.assertTrue(self.config.read_text().startswith("// "))
            self.assertEqual(self.home.run("config", "validate").status, 0)
            self.setup_bar("--undo", "--yes")
            self.config.parent.rmdir()

    def test_no_and_the_end_of_input_do_nothing(self) -> None:
        for answer in ("n\n", "\n", "never\n", "\x04", "y\x04\x04"):
            status, output = self.answer("y\n", answer)
            self.assertEqual(status, 0, output)
            self.assertIn(QUESTION, output)
            self.assertEqual(list(self.state())[1:], ["i3blocks/config.usageline-backup"])
            self.setup_bar("--undo", "--yes")

    def test_the_rest_of_an_answer_is_dropped(self) -> None:
        status, output = self.answer(f"y{' ' * 14}y\n", "\n")
        self.assertEqual(status, 0, output)
        self.assertFalse(self.config.exists())

    def test_it_does_not_ask_if_the_module_is_refused(self) -> None:
        self.assertNotIn("notification", self.answer("n\n")[1])

    def test_it_asks_too_if_the_module_is_there_already(self) -> None:
        self.setup_bar("--yes")
        status, output = self.answer("y\n")
        self.assertEqual((status, self.effective()), (0, True), output)

    def test_a_setting_is_not_asked_for_again(self) -> None:
        for value in (True, False):
            self.home.config({"notifications": value})
            self.assertNotIn("notification", self.answer("y\n")[1])
            self.setup_bar("--undo", "--yes")

    def test_a_configuration_of_the_user_is_never_touched(self) -> None:
        for text in ('// mine\n{\n    "theme": "nord"\n}\n', "{ }"):
            self.home.config(text)
            status, output = self.answer("y\n", "y\n")
            self.assertEqual(status, 0, output)
            self.assertEqual(self.config.read_text(), text)
            self.assertIn(str(self.config), output)
            line = output.rstrip().splitlines()[-1].strip()
            self.assertTrue(line.startswith(SETTING))
            self.home.config(text.replace("{", "{" + line, 1))
            self.assertTrue(self.effective(), line)
            self.setup_bar("--undo", "--yes")
            self.assertTrue(self.effective(), "undo has taken what the user wrote")

    def test_a_dangling_link_is_not_touched(self) -> None:
        self.config.parent.mkdir()
        self.config.symlink_to("nowhere")
        status, output = self.answer("y\n")
        self.assertEqual(status, 0, output)
        self.assertNotIn(QUESTION, output)
        self.assertEqual(os.readlink(self.config), "nowhere")
        self.assertFalse(self.config.exists())

    def test_nothing_is_said_about_a_broken_configuration(self) -> None:
        self.home.config("{")
        self.assertNotIn("notification", self.answer("y\n")[1])

    def test_without_a_program_to_show_them_none_are_offered(self) -> None:
        self.notifier.unlink()
        empty = self.home.root / "empty"
        empty.mkdir()
        shown = self.home.run(
            "setup", "i3blocks", "-n",
            env={"USAGELINE_PLUGIN_DIR": str(empty)}, program=self.copy_of_program(),
        )  # fmt: skip
        self.assertIn("+[usageline]", shown.stdout)
        self.assertNotIn("notification", shown.stdout)

    def copy_of_program(self) -> Path:
        """A copy that does not find the installed plug-ins."""
        path = self.home.root / "bin" / "usageline"
        self.write(path, harness.PROGRAM.read_bytes()).chmod(0o755)
        return path

    def test_a_folder_that_can_not_be_made(self) -> None:
        self.config.parent.write_text("a file")
        status, output = self.answer("y\n", "y\n")
        self.assertEqual(status, 0, output)
        self.assertIn("can't be made", output)
        self.assertIn(f"{{{SETTING}}}", output)

    def test_half_a_configuration_is_removed(self) -> None:
        process, control = self.start_on_terminal()
        self.read_until(control, "[y/N]")
        os.write(control, b"y\n")
        self.read_until(control, QUESTION)
        resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (9, 9))
        os.write(control, b"y\n")
        self.assertIn("can't be made", self.read_until(control, "never said"))
        self.assertEqual(process.wait(10), 0)
        self.assertFalse(self.config.exists())


class Telling(Notify):
    def test_without_a_question_it_prints_how(self) -> None:
        for args, status in (((), 1), (("--dry-run",), 0), (("--yes",), 0), (("--yes",), 0)):
            result = self.setup_bar(*args, status=status)
            told = [line for line in result.stdout.splitlines() if line.startswith(HOW)]
            self.assertEqual(told, [f"{HOW} when a threshold is crossed, set {SETTING} in "
                                    f"{self.config}"], args)
            self.assertFalse(self.config.exists())

    def test_on_a_terminal_yes_and_dry_run_ask_nothing(self) -> None:
        for arg in ("--dry-run", "--yes"):
            status, output = self.answer(args=(arg,))
            self.assertEqual(status, 0, output)
            self.assertIn(HOW, output)
            self.assertNotIn("[y/N]", output)
            self.assertFalse(self.config.exists())

    def test_undo_does_not_mention_it(self) -> None:
        self.setup_bar("--yes")
        for args, status in ((("--undo",), 1), (("--undo", "-n"), 0), (("--undo", "--yes"), 0)):
            self.assertNotIn("notification", self.setup_bar(*args, status=status).stdout)


class Undo(Notify):
    def setUp(self) -> None:
        super().setUp()
        self.before = self.state()
        self.assertEqual(self.answer("y\n", "y\n")[0], 0)
        self.assertTrue(self.config.exists())

    def test_a_configuration_made_by_setup_is_deleted(self) -> None:
        shown = self.setup_bar("--undo", "--dry-run")
        self.assertIn(f"--- {self.config}\n+++ /dev/null\n", shown.stdout)
        self.assertTrue(self.config.exists())
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.state(), self.before)
        self.assertIn("nothing of setup", self.setup_bar("--undo", "--yes").stdout)

    def test_a_changed_configuration_stays(self) -> None:
        text = self.config.read_text() + "\n"
        self.config.write_text(text)
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.config.read_text(), text)

    def test_a_configuration_that_can_not_be_deleted_stays_alone(self) -> None:
        self.config.chmod(0o400)
        self.setup_bar("--undo", "--yes")
        self.assertTrue(self.config.exists())
        self.assertNotIn(b"usageline", self.bar_config.read_bytes())

    def test_it_stays_for_another_bar(self) -> None:
        polybar = self.write(
            self.home.config_home / "polybar" / "config.ini", b"[bar/a]\nmodules-right = date\n"
        )
        self.assertEqual(self.home.run("setup", "polybar", "--yes").status, 0)
        self.setup_bar("--undo", "--yes")
        self.assertTrue(self.config.exists())
        self.assertEqual(self.home.run("setup", "polybar", "--undo", "--yes").status, 0)
        self.assertFalse(self.config.exists())
        self.assertNotIn("usageline", polybar.read_text())

    def test_only_the_named_file_counts(self) -> None:
        named = self.home.home / "mine.json"
        env = {"USAGELINE_CONFIG": str(named)}
        named.write_bytes(self.config.read_bytes())
        self.assertEqual(
            self.home.run("setup", "i3blocks", "--undo", "--yes", env=env).status, 0
        )
        self.assertFalse(named.exists())
        self.assertTrue(json.loads(self.config.read_text().split("\n", 1)[1])["notifications"])


if __name__ == "__main__":
    harness.main()
