"""A store that is broken, foreign, full or missing: a line is drawn, and requests stay few."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from typing import Callable

sys.path.insert(0, str(Path(__file__).resolve().parent))
from kimi_home import KimiTest, harness

import documents

Breaker = Callable[[Path], object]

BROKEN: dict[str, Breaker] = {
    "empty": lambda path: path.write_bytes(b""),
    "binary": lambda path: path.write_bytes(os.urandom(4096)),
    "huge": lambda path: path.write_bytes(b"[" + b"1," * 1_000_000 + b"1]"),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[:30]),
    "of another type": lambda path: path.write_text("[1, 2]"),
    "null": lambda path: path.write_text("null"),
    "of a later schema": lambda path: path.write_text(
        json.dumps({**json.loads(path.read_text()), "schema": 2})
    ),
    "of another provider": lambda path: path.write_text(
        json.dumps({**documents.snapshot(), "provider": "other"})
    ),
    "a link to nowhere": lambda path: (path.unlink(), path.symlink_to("/dev/null/x")),
    "a FIFO": lambda path: (path.unlink(), os.mkfifo(path)),
}


class BrokenStoreTest(KimiTest):
    def test_a_snapshot_that_cannot_be_read_is_fetched_again(self) -> None:
        path = self.home.cache / "kimi.json"
        for name, spoil in BROKEN.items():
            with self.subTest(name):
                shutil.rmtree(self.home.cache, ignore_errors=True)
                good = self.draw()
                before = self.asked
                spoil(path)
                (self.home.cache / "kimi.state.json").unlink()
                self.assertEqual((self.draw(), self.asked), (good, before + 1))
                self.assertEqual(self.home.snapshot()["schema"], 1)

    def test_a_state_that_cannot_be_read_binds_nobody_and_is_replaced(self) -> None:
        path = self.home.cache / "kimi.state.json"
        for name, spoil in BROKEN.items():
            if name == "of another provider":
                continue  # the state's file name says enough
            with self.subTest(name):
                shutil.rmtree(self.home.cache, ignore_errors=True)
                good = self.draw()
                before = self.asked
                self.make_old()
                binding = {"notBefore": documents.time_text(hours=1)}
                self.edit("kimi.state.json", lambda state: {**state, **binding})
                spoil(path)
                self.assertEqual((self.draw(), self.asked), (good, before + 1))
                self.assertEqual(self.home.state()["failures"], 0)

    def test_a_folder_in_a_files_place_is_worked_around(self) -> None:
        (self.home.cache / "kimi.json").mkdir(parents=True)
        (self.home.cache / "kimi.state.json").mkdir()
        for _ in range(3):
            self.assertEqual(self.draw()["class"], ["warning", "fresh", "kimi"])
        self.assertEqual(self.asked, 1)

    def test_what_a_killed_process_left_is_no_hindrance(self) -> None:
        self.home.cache.mkdir(mode=0o700)
        (self.home.cache / "kimi.json.tmp").write_text('{"schema":1,"prov')
        (self.home.cache / "kimi.state.json.tmp").symlink_to("/dev/null/x")
        self.draw()
        self.assertEqual((self.draw()["class"], self.asked), (["warning", "fresh", "kimi"], 1))

    def test_others_cannot_read_it(self) -> None:
        bar = self.home.start("waybar", env=self.env, umask=0)
        bar.communicate(timeout=30)
        self.assertEqual(harness.mode(self.home.cache), 0o700)
        for path in harness.walk_files(self.home.cache):
            self.assertEqual(harness.mode(path), 0o600, path)


class NoCacheTest(KimiTest):
    def setUp(self) -> None:
        super().setUp()
        # Not even root can make a folder below a regular file.
        self.blocked = self.home.root / "file"
        self.blocked.write_text("not a folder")
        self.env["XDG_CACHE_HOME"] = str(self.blocked / "cache")

    def test_without_a_cache_folder_twenty_lines_make_one_request(self) -> None:
        for _ in range(20):
            self.assertEqual(self.draw()["class"], ["warning", "fresh", "kimi"])
        self.assertEqual(self.asked, 1)
        told = self.run_program("waybar", "--verbose").stderr
        self.assertIn(f"can't store in {self.blocked}/cache/usageline", told)
        self.assertIn(f"the store is {self.home.runtime_dir}/usageline\n", told)

    def test_without_a_runtime_folder_the_temporary_one_serves(self) -> None:
        self.env["XDG_RUNTIME_DIR"] = str(self.blocked / "run")
        for _ in range(20):
            self.draw()
        self.assertEqual(self.asked, 1)
        folder = self.home.tmp / f"usageline-{os.geteuid()}"
        self.assertEqual(harness.mode(folder), 0o700)
        self.assertIn(f"the store is {folder}\n", self.run_program("refresh", "--verbose").stderr)

    def test_the_folder_of_somebody_else_is_not_believed(self) -> None:
        if os.geteuid() != 0:
            harness.skip("only root can give a folder to somebody else")
        self.draw()
        self.fail_with(500)
        os.chown(self.home.runtime_dir / "usageline", 65534, 65534)
        line = self.draw()
        self.assertEqual((line["class"], self.asked), (["error", "server", "kimi"], 2))

    def test_a_failure_is_shared_there_too(self) -> None:
        self.fail_with(500)
        for _ in range(5):
            self.assertEqual(self.draw()["class"], ["error", "server", "kimi"])
        self.assertEqual(self.asked, 1)

    def test_what_is_stored_elsewhere_ends_when_the_cache_is_back(self) -> None:
        self.draw()
        self.env["XDG_CACHE_HOME"] = str(self.home.cache_home)
        self.assertEqual((self.draw()["class"][1], self.asked), ("fresh", 1))
        self.assertEqual(self.run_program("refresh").status, 0)
        names = sorted(path.name for path in self.home.cache.glob("*.json"))
        self.assertEqual(names, ["kimi.json", "kimi.memory.json", "kimi.state.json"])
        self.assertEqual(list(self.home.runtime_dir.glob("usageline/*.json")), [])

    def test_where_nothing_can_be_stored_nothing_is_asked(self) -> None:
        self.env.update(XDG_RUNTIME_DIR=str(self.blocked), TMPDIR=str(self.blocked))
        for _ in range(5):
            line = self.draw()
            self.assertEqual(line["class"], ["error", "internal", "kimi"])
            self.assertIn(f"{self.blocked}", documents.plain(line["tooltip"]))
        refresh = self.run_program("refresh")
        self.assertEqual((refresh.status, self.asked), (1, 0))
        self.assertIn("can't be made", refresh.stderr)


class FullDiskTest(harness.TestCase):
    """On a file system of 64 KiB, mounted in a namespace of its own."""

    PREPARE = 'mount -t tmpfs -o size=64k,mode=0700 tmpfs "$XDG_CACHE_HOME" || exit 99\n'
    FILL = 'cat /dev/zero >"$XDG_CACHE_HOME/filler" 2>&-\n'

    def run_on_small_disk(self, home: harness.Home, script: str) -> list[str]:
        """Runs a shell script there; $U is usageline. Returns the lines that it prints."""
        try:
            result = home.run(
                *("-m" if os.geteuid() == 0 else "-rm", "sh", "-c", self.PREPARE + script),
                program="unshare",
                env={"U": str(harness.PROGRAM)},
                timeout=60,
            )
        except FileNotFoundError:
            harness.skip("unshare is not installed")
        if result.status == 99 or "unshare" in result.stderr:
            harness.skip(f"no file system can be mounted: {result.stderr}")
        return result.stdout.splitlines()

    def setUp(self) -> None:
        self.home = documents.shell_home(self.enter(harness.Home()))
        documents.answer(self.home, documents.snapshot())

    def test_on_a_full_disk_twenty_lines_make_one_request(self) -> None:
        script = f'{self.FILL} for i in 1 2 3 4 5 6 7 8 9 10; do "$U" waybar; "$U" waybar; done'
        lines = [json.loads(line) for line in self.run_on_small_disk(self.home, script)]
        self.assertEqual([line["class"] for line in lines], [["ok", "fresh", "shell"]] * 20)
        self.assertEqual(documents.times_asked(self.home), 1)

    def test_the_last_good_snapshot_outlives_a_full_disk(self) -> None:
        script = f"""
            "$U" refresh || exit
            {self.FILL}
            echo '{{"schema":1}}' >"$HOME/answer"
            "$U" refresh
            "$U" waybar
            cat "$XDG_CACHE_HOME/usageline/shell.json"
        """
        line, stored = map(json.loads, self.run_on_small_disk(self.home, script))
        self.assertEqual(line["class"], ["ok", "stale", "payload", "shell"])
        self.assertEqual(stored["windows"][0]["usedPercent"], 42)

    def test_a_disk_that_fills_up_during_a_failing_fetch_makes_no_storm(self) -> None:
        # The beginning of the attempt fits on the disk, its end does not; then a day passes.
        self.home.plugin("shell", f"{self.FILL} {documents.ANSWERING}")
        documents.answer(self.home, documents.error("server"))
        script = f"""
            "$U" waybar
            rm "$XDG_CACHE_HOME/filler"
            day=$(date -u -d yesterday +%F)
            sed -i "s/\\"at\\":\\"[0-9-]*/\\"at\\":\\"$day/" \
                "$XDG_CACHE_HOME"/usageline/*.state.json "$XDG_RUNTIME_DIR"/usageline/*.state.json
            {self.FILL}
            "$U" waybar; "$U" waybar; "$U" waybar
        """
        lines = [json.loads(line) for line in self.run_on_small_disk(self.home, script)]
        self.assertEqual([line["class"] for line in lines], [["error", "server", "shell"]] * 4)
        self.assertEqual(documents.times_asked(self.home), 1)


if __name__ == "__main__":
    harness.main()
