"""usageline BAR --watch on a machine that sleeps, whose clock is set, and whose network goes."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import documents
import harness
from fake_clock import wait_until
from watch_case import Bar, WatchTest, children_of, usage

HURRY = 5  # seconds within which it is asked after a resume


def unshare(*what: str) -> list[str]:
    """The beginning of a command that runs in namespaces of its own; skips where none may be."""
    command = ["unshare", "--user", "--map-root-user", *what]
    if not shutil.which("unshare"):
        harness.skip("unshare is not installed")
    if subprocess.run([*command, "true"], capture_output=True, check=False).returncode != 0:
        harness.skip("namespaces of one's own are not allowed here")
    return command


class ClockTest(WatchTest):
    def test_after_a_suspend_it_is_asked_soon(self) -> None:
        bar = self.start_fresh(first="Shell 5h 42% · 2h")
        self.answer(usage(43))
        self.clock.suspend(3600)
        self.assertEqual(bar.next(), "Shell 5h 42% · 1h")
        self.settle(bar)
        self.assertEqual(self.asked, 1, "the network has had no moment to come back")
        self.advance(bar, seconds=HURRY)
        self.assertEqual(self.asked, 2)
        bar.until("Shell 5h 43% · 59m")

    def test_after_a_suspend_a_failure_counts_no_more(self) -> None:
        self.answer(documents.error("network"))
        bar = self.start()
        bar.until("Shell ! offline")
        for _ in range(3):
            self.advance(bar, minutes=10)
        asked = self.asked
        self.answer(usage())
        self.clock.suspend(1)
        self.clock.suspend(30)
        self.settle(bar)
        self.advance(bar, seconds=HURRY)
        self.assertEqual(self.asked, asked + 1)

    def test_a_clock_that_is_set_is_seen_at_once(self) -> None:
        self.home.config({"providers": [{"id": "shell"}], "refreshInterval": 86400})
        bar = self.start_fresh("--format", "{session_reset}", first="2h")
        self.clock.set(1800)
        self.assertEqual(bar.next(), "1h 30m")
        self.settle(bar)
        self.clock.set(-600)
        self.assertEqual(bar.next(), "1h 40m")
        self.settle(bar)
        self.assertEqual(self.asked, 1)

    def test_a_clock_that_is_set_back_by_years_does_not_freeze_the_line(self) -> None:
        bar = self.start_fresh(bar="waybar")
        self.answer(usage(43, hours=-24 * 365))
        self.clock.set(-86400 * 365)
        self.settle(bar)
        self.advance(bar, seconds=HURRY)
        self.assertEqual(self.asked, 2)
        line = bar.json()
        while "43%" not in line["text"]:
            line = bar.json()
        self.assertEqual(line["class"], ["ok", "fresh", "shell"])
        self.answer(usage(44))
        self.clock.set(86400 * 365)
        self.settle(bar)
        self.advance(bar, seconds=HURRY)
        self.assertEqual(self.asked, 3)

    def test_another_time_zone_is_seen_at_once(self) -> None:
        self.set_zone("UTC")
        command = self.in_zone_folder()
        self.refresh()
        bar = self.start_in(command)
        self.assertIn("14:00", bar.json()["tooltip"])
        self.settle(bar)
        self.set_zone("Asia/Tokyo")
        self.assertIn("23:00", bar.json()["tooltip"])

    def set_zone(self, zone: str) -> None:
        """Sets the machine's time zone as timedated does it: by exchanging a link."""
        target = Path("/usr/share/zoneinfo", zone)
        if not target.exists():
            harness.skip("the time zones are not installed")
        folder = self.home.root / "etc"
        if not folder.exists():
            shutil.copytree("/etc", folder, symlinks=True, ignore=all_but_a_few)
            (folder / "localtime").unlink(missing_ok=True)
        (folder / "localtime.new").symlink_to(target)
        (folder / "localtime.new").rename(folder / "localtime")

    def in_zone_folder(self) -> list[str]:
        mount = f'mount --bind "{self.home.root}/etc" /etc && exec "$@"'
        command = [*unshare("--mount"), "sh", "-c", mount, "sh"]
        if subprocess.run([*command, "true"], capture_output=True, check=False).returncode != 0:
            harness.skip("nothing may be mounted here")
        return command

    def start_in(self, command: list[str]) -> Bar:
        arguments = (*command[1:], harness.PROGRAM, "waybar", "--watch")
        env = {**self.env, "TZ": None}
        return Bar(self.home.start(*arguments, program=command[0], env=env))


def all_but_a_few(folder: str, names: list[str]) -> list[str]:
    """All but what a program needs to start."""
    return [name for name in names if name not in ("ld.so.cache", "passwd", "nsswitch.conf")]


class Member:
    """A process that somebody else has started, as far as a clock looks at it."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.process = self

    def poll(self) -> Optional[int]:
        return None if Path(f"/proc/{self.pid}").exists() else 0

    def children(self) -> list[int]:
        return children_of(self.pid)


class NetworkTest(WatchTest):
    def test_a_network_that_comes_back_is_tried_soon(self) -> None:
        if not shutil.which("ip"):
            harness.skip("ip is not installed")
        command = [*unshare("--net"), "sh", "-c"]
        self.answer(documents.error("network"))
        script = '"$@" & echo; while read -r command; do $command; done; wait'
        # The bar and who gives it a network share a namespace; its lines come on stdout.
        keeper = self.home.start(
            *command[1:], script, "sh", harness.PROGRAM, "polybar", "--watch",
            program=command[0], env=self.env, stdin=subprocess.PIPE,
        )
        lines = harness.Lines(keeper.stdout)
        while lines.next() != "Shell ! offline":
            pass
        bar = Member(children_of(keeper.pid)[0])
        self.settle(bar)
        self.advance(bar, seconds=11)
        self.assertEqual(self.asked, 1)
        self.answer(usage())
        before = self.clock.wakeups(bar.process)
        keeper.stdin.write("ip link set lo up\n")
        keeper.stdin.flush()
        wait_until(lambda: self.clock.wakeups(bar.process) > before, "news of the network")
        self.settle(bar)
        self.assertEqual(self.asked, 1, "the network is not yet what it will be")
        self.advance(bar, seconds=HURRY)
        self.assertEqual(self.asked, 2)
        self.assertEqual(lines.next(), "Shell 5h 42% · 1h 59m")


if __name__ == "__main__":
    harness.main()
