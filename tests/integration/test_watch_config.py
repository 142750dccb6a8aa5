"""usageline BAR --watch while its configuration, its store or its folders change."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import harness
from watch_case import Bar, WatchTest, usage


def config(icon: str, **more: Any) -> str:
    return json.dumps({"providers": [{"id": "shell"}], "icon": icon, **more})


class ConfigTest(WatchTest):
    def start_bar(self) -> Bar:
        """With a fresh store and what is configured now."""
        bar = self.start_fresh("--short-format", "")
        self.settle(bar)
        return bar

    def assert_follows(self, bar: Bar, icon: str) -> None:
        self.assertEqual(bar.next(), f"{icon} 5h 42% · 2h")
        self.settle(bar)

    @property
    def file(self) -> Path:
        return self.home.config_home / "usageline" / "config.json"

    def replace(self, icon: str, file: Path) -> None:
        """As an editor does it that wants to lose nothing."""
        other = file.with_name("other.tmp")
        other.write_text(config(icon))
        other.rename(file)

    def test_a_file_that_is_written_in_place_or_replaced(self) -> None:
        bar = self.start_bar()
        self.file.write_text(config("A"))
        self.assert_follows(bar, "A")
        self.replace("B", self.file)
        self.assert_follows(bar, "B")
        self.replace("C", self.file)
        self.assert_follows(bar, "C")

    def test_a_link_whose_target_changes(self) -> None:
        dotfiles = self.home.home / "dotfiles"
        (dotfiles / "bars").mkdir(parents=True)
        target = dotfiles / "bars" / "usageline.json"
        target.write_text(config("A"))
        self.file.unlink()
        # By two links and a relative one, as those who keep dotfiles have it.
        (dotfiles / "current").symlink_to("bars")
        self.file.symlink_to(dotfiles / "current" / "usageline.json")
        bar = self.start_bar()
        target.write_text(config("B"))
        self.assert_follows(bar, "B")
        self.replace("C", target)
        self.assert_follows(bar, "C")
        (dotfiles / "others").mkdir()
        (dotfiles / "others" / "usageline.json").write_text(config("D"))
        self.settle(bar)
        (dotfiles / "next").symlink_to("others")
        (dotfiles / "next").rename(dotfiles / "current")
        self.assert_follows(bar, "D")

    def test_a_folder_that_is_a_link_to_another_one(self) -> None:
        folders = [self.home.home / name for name in "AB"]
        for folder in folders:
            folder.mkdir()
            (folder / "config.json").write_text(config(folder.name))
        shutil.rmtree(self.file.parent)
        self.file.parent.symlink_to(folders[0])
        bar = self.start_bar()
        link = self.home.config_home / "next"
        link.symlink_to(folders[1])
        link.rename(self.file.parent)
        self.assert_follows(bar, "B")

    def test_a_file_that_comes_and_goes(self) -> None:
        self.refresh()
        self.file.unlink()
        bar = self.start("--provider", "shell")
        self.assert_follows(bar, "Shell")
        ready = self.home.home / "ready.json"
        ready.write_text(config("A"))
        self.file.symlink_to(ready)
        self.assert_follows(bar, "A")
        self.file.unlink()
        self.assert_follows(bar, "Shell")
        os.link(ready, self.file)
        self.assert_follows(bar, "A")

    def test_a_file_in_folders_that_come_and_go(self) -> None:
        self.refresh()
        shutil.rmtree(self.home.config_home)
        bar = self.start("--provider", "shell")
        self.assert_follows(bar, "Shell")
        for icon in "AB":
            self.file.parent.mkdir(parents=True)
            self.settle(bar)
            self.file.write_text(config(icon))
            self.assert_follows(bar, icon)
            shutil.rmtree(self.home.config_home)
            self.assert_follows(bar, "Shell")
        ready = self.home.root / "ready"
        (ready / "usageline").mkdir(parents=True)
        (ready / "usageline" / "config.json").write_text(config("C"))
        ready.rename(self.home.config_home)
        self.assert_follows(bar, "C")

    def test_a_relative_name_in_a_folder_that_has_gone(self) -> None:
        self.refresh()
        env = {**self.env, "USAGELINE_CONFIG": "config.json"}
        gone = self.home.root / "gone"
        gone.mkdir()
        script = 'rmdir "$PWD"; exec "$@"'
        command = ("-c", script, "sh", str(harness.PROGRAM), "polybar", "--watch")
        process = self.home.start(*command, "--provider=shell", program="sh", env=env, cwd=gone)
        bar = Bar(process)
        self.assertEqual(bar.next(), "Shell 5h 42% · 2h")
        self.settle(bar)

    def test_a_hangup_reads_it_again(self) -> None:
        bar = self.start_bar()
        self.settle(bar)
        before = self.clock.wakeups(bar.process)
        bar.process.send_signal(signal.SIGHUP)
        self.settle(bar)
        self.assertEqual(self.clock.wakeups(bar.process), before + 1)

    def test_other_files_in_the_same_folders_change_nothing(self) -> None:
        bar = self.start_bar()
        for name in ("config.json.swp", "4913", "config.json~"):
            (self.file.parent / name).write_text("{")
        self.assert_silent(bar)

    def test_a_file_that_is_broken_for_a_while(self) -> None:
        bar = self.start_bar()
        self.replace_text("{")
        self.assertIn("! check config", bar.next())
        self.settle(bar)
        self.replace("A", self.file)
        self.assert_follows(bar, "A")

    def replace_text(self, text: str) -> None:
        other = self.file.with_name("other.tmp")
        other.write_text(text)
        other.rename(self.file)


class StoreTest(WatchTest):
    def test_a_folder_that_is_removed_comes_back(self) -> None:
        bar = self.start_fresh()
        self.settle(bar)
        self.home.cache.rename(self.home.root / "gone")  # at once, for it is made anew at once
        self.answer(usage(43))
        while self.asked < 2:
            self.advance(bar, seconds=2)
        bar.until("Shell 5h 43% · 1h 59m")
        self.answer(usage(44))
        self.refresh()
        bar.until("Shell 5h 44% · 1h 59m")

    def test_a_whole_cache_that_is_removed_comes_back(self) -> None:
        bar = self.start_fresh()
        self.settle(bar)
        self.home.cache_home.rename(self.home.root / "gone")
        self.answer(usage(43))
        while self.asked < 2:
            self.advance(bar, seconds=2)
        bar.until("Shell 5h 43% · 1h 59m")

    def test_rubbish_in_it_is_replaced(self) -> None:
        bar = self.start_fresh("--format", "{session_pct}", first="42")
        self.settle(bar)
        for name in ("shell.json", "shell.state.json", "bars.view.json"):
            (self.home.cache / name).write_text('{"schema": 1, "choices": 3, "at": []')
        self.answer(usage(43))
        while self.asked < 2:
            self.advance(bar, seconds=2)
        bar.until("43")


if __name__ == "__main__":
    harness.main()
