"""`usageline setup` beside other writers, interrupted, and repeated."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from setup_case import NAME, Waybar

import harness


class Together(Waybar):
    def setUp(self) -> None:
        super().setUp()
        self.home.config({"notifications": False})
        self.write(self.config, b'{"modules-right": ["clock"]}\n')
        self.before = self.state()

    def test_an_edit_before_the_answer_counts(self) -> None:
        later = b'{"modules-right": ["clock", "tray"]}\n'
        for path in (self.config, self.style, self.folder / "usageline.css"):
            with self.subTest(path.name):
                process, control = self.start_on_terminal()
                self.read_until(control, "[y/N]")
                path.write_bytes(later)
                edited = self.state()
                os.write(control, b"y\n")
                output = self.read_until(control, "never said")
                self.assertEqual(process.wait(10), 1, output)
                self.assertIn(f"{path}: has changed meanwhile", output)
                self.assertEqual(self.state(), edited)
                self.restore()

    def restore(self) -> None:
        for name in self.state():
            (self.home.config_home / name).unlink()
        for name, content in self.before.items():
            self.write(self.home.config_home / name, content)

    def test_only_one_of_two_at_once_changes_files(self) -> None:
        self.setup_bar("--yes")
        wanted = self.state()
        self.setup_bar("--undo", "--yes")
        for _ in range(5):
            both = [self.start_on_terminal() for _ in range(2)]
            for _, control in both:
                self.read_until(control, "[y/N]")
            for _, control in both:
                os.write(control, b"y\n")
            outputs = [self.read_until(control, "never said") for _, control in both]
            self.assertEqual(sorted(process.wait(10) for process, _ in both), [0, 1], outputs)
            self.assertIn("has changed meanwhile", "".join(outputs))
            self.assertEqual(self.state(), wanted)
            self.setup_bar("--undo", "--yes")
            self.assertEqual(self.state(), self.before)

    def test_an_interrupt_at_the_question_changes_nothing(self) -> None:
        process, control = self.start_on_terminal()
        self.read_until(control, "[y/N]")
        os.write(control, b"\x03")
        self.assertEqual(process.wait(10), -signal.SIGINT)
        self.assertEqual(self.state(), self.before)

    def test_a_second_undo_does_nothing(self) -> None:
        self.setup_bar("--yes")
        self.setup_bar("--undo", "--yes")
        for _ in range(2):
            self.assertIn("nothing of setup", self.setup_bar("--undo", "--yes").stdout)
            self.assertEqual(self.state(), self.before)

    def test_a_chain_of_links_is_followed(self) -> None:
        target = self.write(self.home.home / "dot files" / "bar", self.config.read_bytes())
        middle = self.home.home / "middle"
        middle.symlink_to(Path("dot files", "bar"))
        self.config.unlink()
        self.config.symlink_to(os.path.relpath(middle, self.folder))
        self.setup_bar("--yes")
        self.assertTrue(self.config.is_symlink() and middle.is_symlink())
        self.assertIn(NAME.encode(), target.read_bytes())
        self.setup_bar("--undo", "--yes")
        self.assertEqual(list(self.state(target.parent)), ["bar"])

    def test_it_reports_a_link_to_itself(self) -> None:
        self.config.unlink()
        self.config.symlink_to(self.config.name)
        self.assertNotEqual(self.setup_bar("-c", str(self.config), status=1).stderr, "")
        self.assertTrue(self.config.is_symlink())


if __name__ == "__main__":
    harness.main()
