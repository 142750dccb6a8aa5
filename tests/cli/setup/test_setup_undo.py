"""`usageline setup --undo`: it takes out what setup has added, and loses nothing."""

from __future__ import annotations

import os
import re
import struct
from pathlib import Path

from setup_case import BACKUP, SetupCase, Waybar

import harness

CONFIG = b"# mine\n[disk]\ncommand=df\n\n[time]\ncommand=date\n"
BLOCK = b"[usageline]\ncommand=usageline i3blocks\ninterval=60\n\n"
CHANGED = CONFIG.replace(b"[time]", BLOCK + b"[time]")
ACCESS_LIST = "system.posix_acl_access"
# The owner, the user 1234, the group, the mask, others: see acl(5) and <linux/posix_acl_xattr.h>.
ENTRIES = ((1, 6, -1), (2, 4, 1234), (4, 4, -1), (16, 4, -1), (32, 0, -1))


class I3blocks(SetupCase):
    bar = "i3blocks"

    def setUp(self) -> None:
        super().setUp()
        self.config = self.write(self.home.config_home / "i3blocks" / "config", CONFIG)
        self.backup = Path(f"{self.config}{BACKUP}")
        self.undone = Path(f"{self.config}.usageline-undone")


class Undo(I3blocks):
    def edit(self, old: bytes, new: bytes) -> bytes:
        """Changes the file as an editor would; returns what it has then."""
        text = self.config.read_bytes()
        self.assertEqual(text.count(old), 1)
        self.config.write_bytes(text.replace(old, new))
        return self.config.read_bytes()

    def test_later_changes_of_the_user_stay(self) -> None:
        self.setup_bar("--yes")
        later = self.config.read_bytes() + b"\n[mail]\ncommand=mail-count\n"
        self.config.write_bytes(later.replace(b"interval=60", b"interval=60\ncolor=#fff"))
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.config.read_bytes(), CONFIG + b"\n[mail]\ncommand=mail-count\n")
        self.assertEqual(self.backup.read_bytes(), CONFIG)

    def test_a_copy_of_the_system_file_with_changes_of_the_user_stays(self) -> None:
        self.config.unlink()
        self.write(self.system / "i3blocks" / "config", CONFIG)
        self.setup_bar("--yes")
        self.config.write_bytes(self.config.read_bytes() + b"\n[mail]\ncommand=mail-count\n")
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.config.read_bytes(), CONFIG + b"\n[mail]\ncommand=mail-count\n")

    def test_what_setup_has_not_added_stays(self) -> None:
        text = b"[usageline]\ncommand=usageline i3blocks\ninterval=30\n"
        self.config.write_bytes(text)
        result = self.setup_bar("--undo", "--yes")
        self.assertIn("nothing of setup", result.stdout)
        self.assertEqual(self.state(), {"i3blocks/config": text})

    def test_undo_asks_too(self) -> None:
        self.setup_bar("--yes")
        result = self.setup_bar("--undo", status=1)
        self.assertIn("-[usageline]\n", result.stdout)
        self.assertEqual(self.config.read_bytes(), CHANGED)
        self.setup_bar("--undo", "--dry-run")
        self.assertEqual(self.config.read_bytes(), CHANGED)

    def test_changed_white_space_stays(self) -> None:
        for old, new in (
            (b"command=date", b"command=  date"),
            (b"command=df\n", b"command=df \t\n"),
            (b"command=df\n\n", b"command=df\n\n\n\n"),
            (b"\n\n[time]", b"\n\n\n[time]"),
            (b"command=date\n", b"command=date\n\n"),
            (b"command=date\n", b"command=date"),
        ):
            with self.subTest(new):
                self.config.write_bytes(CONFIG)
                self.setup_bar("--yes")
                changed = self.edit(old, new)
                self.setup_bar("--undo", "--yes")
                self.assertEqual(self.config.read_bytes(), changed.replace(BLOCK, b""))
                self.assertFalse(self.undone.exists())
                self.backup.unlink()

    def test_line_breaks_that_an_editor_has_changed_stay(self) -> None:
        self.setup_bar("--yes")
        self.config.write_bytes(self.config.read_bytes().replace(b"\n", b"\r\n"))
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.config.read_bytes(), CONFIG.replace(b"\n", b"\r\n"))

    def test_changes_in_the_block_are_kept_in_a_copy(self) -> None:
        for changes in (1, 2):
            self.setup_bar("--yes")
            self.config.chmod(0o600)
            changed = self.edit(b"interval=60", b"interval=%d" % changes)
            copy = Path(f"{self.undone}.2") if changes == 2 else self.undone
            self.assertIn(f" {copy}", self.setup_bar("--undo", "--yes").stdout)
            self.assertEqual(self.config.read_bytes(), CONFIG)
            self.assertEqual(copy.read_bytes(), changed)
            self.assertEqual(harness.mode(copy), 0o600)
            self.assertFalse(self.backup.exists())

    def test_a_copy_does_not_count_as_a_use(self) -> None:
        self.setup_bar("--yes")
        self.edit(b"interval=60", b"interval=9")
        self.setup_bar("--undo", "--yes")
        self.assertIn("without usageline yet: usageline setup i3blocks",
                      self.home.run("setup").stdout)

    def test_a_copy_of_the_changes_is_no_backup(self) -> None:
        self.setup_bar("--yes")
        changed = self.edit(b"interval=60", b"interval=9")
        self.setup_bar("--undo", "--yes")
        self.config.write_bytes(changed)
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.config.read_bytes(), changed, "the user has put it there")

    def test_a_block_that_has_been_moved_is_removed(self) -> None:
        self.setup_bar("--yes")
        self.config.write_bytes(CONFIG + b"\n" + BLOCK.rstrip() + b"\n")
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.config.read_bytes(), CONFIG)

    def test_a_block_that_has_been_taken_out_by_hand_is_added_again(self) -> None:
        self.setup_bar("--yes")
        self.config.write_bytes(CONFIG.replace(b"df", b"df -h"))
        before = self.config.read_bytes()
        self.setup_bar("--yes")
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.config.read_bytes(), before)

    def test_a_file_that_would_become_too_large_is_left_alone(self) -> None:
        self.config.write_bytes(b"#" * 1_048_560 + b"\n" + b"[a]\n")
        before = self.state()
        self.assertIn("too large", self.setup_bar("--yes", status=1).stderr)
        self.assertEqual(self.state(), before)


class OfTheSystem(SetupCase):
    """A file that setup has made of the system's, which the bar reads if there is none."""

    bar = "i3blocks"

    def setUp(self) -> None:
        super().setUp()
        self.config = self.home.config_home / "i3blocks" / "config"
        self.original = self.write(self.system / "i3blocks" / "config", CONFIG)

    def test_it_goes(self) -> None:
        self.setup_bar("--yes")
        self.assertEqual(self.config.read_bytes(), CHANGED)
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.state(), {})

    def test_it_goes_after_an_update_of_the_system(self) -> None:
        self.setup_bar("--yes")
        self.original.write_bytes(CONFIG + b"# of the next version\n")
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.state(), {})

    def test_it_goes_after_a_second_setup(self) -> None:
        self.setup_bar("--yes")
        self.config.write_bytes(CONFIG)
        self.setup_bar("--yes")
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.state(), {})

    def test_it_stays_with_changes_of_the_user(self) -> None:
        for changed in (CHANGED + b"# mine\n", CHANGED.replace(b"=date", b"= date")):
            self.setup_bar("--yes")
            self.config.write_bytes(changed)
            self.setup_bar("--undo", "--yes")
            self.assertEqual(self.state(), {"i3blocks/config": changed.replace(BLOCK, b"")})
            self.config.unlink()

    def test_changes_in_the_block_are_kept_in_a_copy(self) -> None:
        self.setup_bar("--yes")
        changed = CHANGED.replace(b"interval=60", b"interval=5")
        self.config.write_bytes(changed)
        self.assertIn("deleted", self.setup_bar("--undo", "--yes").stdout)
        self.assertEqual(self.state(), {"i3blocks/config.usageline-undone": changed})

    def test_a_file_of_the_user_with_the_same_text_stays(self) -> None:
        self.write(self.config, CONFIG)
        self.setup_bar("--yes")
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.state(), {"i3blocks/config": CONFIG})

    def test_nobody_else_can_read_more_than_the_original(self) -> None:
        self.original.chmod(0o640)
        self.setup_bar("--yes")
        for path in self.config.parent.iterdir():
            self.assertEqual(harness.mode(path), 0o600, path)


class OfWaybar(Waybar):
    def test_changes_in_the_module_are_kept_in_a_copy(self) -> None:
        self.write(self.config, b'{"modules-right": ["clock"]}\n')
        before = self.state()
        self.setup_bar("--yes")
        changed = self.config.read_bytes().replace(
            b'"return-type": "json"', b'"return-type": "json", "max-length": 40'
        )
        self.config.write_bytes(changed)
        self.setup_bar("--undo", "--yes")
        after = self.state()
        self.assertEqual(after.pop("waybar/config.usageline-undone"), changed)
        self.assertEqual(after, before)

    def test_a_module_that_is_only_written_otherwise_needs_no_copy(self) -> None:
        self.write(self.config, b'{"modules-right": ["clock"]}\n')
        self.setup_bar("--yes")
        text = self.config.read_bytes()
        self.config.write_bytes(text.replace(b'": ', b'" : '))
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.config.read_bytes(), b'{"modules-right" : ["clock"]}\n')
        self.assertFalse(Path(f"{self.config}.usageline-undone").exists())

    def test_nothing_stays_after_a_second_setup(self) -> None:
        before = b'{\n  "modules-right": ["cpu", "clock"],\n  "cpu": {}\n}\n'
        for part in (rb'"custom/usageline", ', rb'(?s),\s*"custom/usageline": \{.*?\n\s*\}'):
            with self.subTest(part):
                self.write(self.config, before)
                self.setup_bar("--yes")
                text, count = re.subn(part, b"", self.config.read_bytes())
                self.assertEqual(count, 1, text)
                self.config.write_bytes(text)
                self.setup_bar("--yes")
                self.assertIn("as it was", self.setup_bar("--undo", "--yes").stdout)
                self.assertEqual(self.config.read_bytes(), before)

    def test_a_comma_at_the_end_of_a_line_stays(self) -> None:
        for text in (b'{"modules-right": ["cpu"],\n}\n', b'{"modules-right": ["cpu"], // last\n}\n'):
            self.write(self.config, text)
            before = self.state()
            self.setup_bar("--yes")
            self.setup_bar("--undo", "--yes")
            self.assertEqual(self.state(), before)


class OfPolybar(SetupCase):
    bar = "polybar"
    TEXT = b"[bar/a]\nmodules-left = x\nmodules-right =  cpu  date\n\n[module/cpu]\ntype = internal/cpu\n"

    def setUp(self) -> None:
        super().setUp()
        self.config = self.write(self.home.config_home / "polybar" / "config.ini", self.TEXT)
        self.setup_bar("--yes")
        self.changed = self.config.read_bytes()

    def edit(self, old: bytes, new: bytes) -> None:
        self.assertEqual(self.changed.count(old), 1)
        self.changed = self.changed.replace(old, new)
        self.config.write_bytes(self.changed)

    def assert_undone(self, expected: bytes) -> None:
        self.setup_bar("--undo", "--yes")
        self.assertEqual(self.config.read_bytes(), expected)

    def test_changed_lists_stay(self) -> None:
        self.edit(b"=  cpu  usageline date", b"=   usageline cpu wlan    date ")
        self.assert_undone(self.TEXT.replace(b"=  cpu  date", b"=   cpu wlan    date "))

    def test_a_module_that_is_in_another_list_now_is_removed_there(self) -> None:
        self.edit(b"usageline date", b"date")
        self.edit(b"modules-left = x", b"modules-left = x usageline")
        self.assert_undone(self.TEXT)

    def test_nothing_stays_after_a_second_setup(self) -> None:
        added = self.changed
        definition = added[added.index(b"\n\n[module/usageline]") :].rstrip(b"\n")
        for part in (b" usageline", definition):
            with self.subTest(part):
                self.config.write_bytes(added.replace(part, b"", 1))
                self.setup_bar("--yes")
                self.assert_undone(self.TEXT)
                self.setup_bar("--yes")

    def test_the_users_own_definition_stays_after_a_second_setup(self) -> None:
        self.setup_bar("--undo", "--yes")
        own = self.TEXT + b"\n[module/usageline]\ntype = custom/script\nexec = mine\n"
        self.config.write_bytes(own)
        self.setup_bar("--yes")
        self.config.write_bytes(self.config.read_bytes().replace(b" usageline", b""))
        self.setup_bar("--yes")
        self.assert_undone(own)

    def test_changes_in_the_module_are_kept_in_a_copy(self) -> None:
        self.edit(b"interval = 5", b"interval = 7\nformat-prefix = K")
        self.assert_undone(self.TEXT)
        copy = Path(f"{self.config}.usageline-undone")
        self.assertEqual(copy.read_bytes(), self.changed)

    def test_a_changed_module_below_stays(self) -> None:
        self.config.write_bytes(self.changed + b"\n\n; mine\n[module/wlan]\ntype = internal/network\n")
        self.assert_undone(self.TEXT + b"\n\n; mine\n[module/wlan]\ntype = internal/network\n")


class Attributes(I3blocks):
    def test_group_and_attributes_stay_and_the_copy_has_them(self) -> None:
        attributes = {
            "user.note": b"mine",
            ACCESS_LIST: struct.pack("<I", 2)
            + b"".join(struct.pack("<HHi", *entry) for entry in ENTRIES),
        }
        os.chown(self.config, -1, os.getgroups()[-1] if os.getgroups() else -1)
        for name, value in attributes.items():
            try:
                os.setxattr(self.config, name, value)
            except OSError:
                harness.skip(f"the file system has no {name}")
        group = self.config.stat().st_gid
        for args in (("--yes",), ("--undo", "--yes")):
            self.setup_bar(*args)
            for path in self.config.parent.iterdir():
                self.assertEqual(harness.mode(path), 0o640)
                self.assertEqual(path.stat().st_gid, group)
                for name, value in attributes.items():
                    self.assertEqual(os.getxattr(path, name), value, path)


if __name__ == "__main__":
    harness.main()
