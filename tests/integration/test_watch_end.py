"""usageline BAR --watch ends with its bar and leaves nothing; what else is killed, it survives."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import harness
from fake_clock import wait_until
from watch_case import Bar, WatchTest


class EndTest(WatchTest):
    def start_hanging(self) -> Bar:
        """A bar whose provider does not answer."""
        asked = self.asked
        self.close_gate()
        bar = self.start()
        bar.next()
        self.wait_until_asked(asked + 1)
        return bar

    def start_on_pipe(self) -> tuple[subprocess.Popen[str], int]:
        reader, writer = os.pipe()
        process = self.home.start("polybar", "--watch", env=self.env, stdout=writer)
        os.close(writer)
        self.assertIn(b"Shell", os.read(reader, 100))
        return process, reader

    def test_it_ends_when_nobody_reads_it(self) -> None:
        self.refresh()
        process, reader = self.start_on_pipe()
        self.clock.settle(process)
        os.close(reader)
        process.wait(10)
        self.wait_until_gone()

    def test_it_ends_when_nobody_reads_it_and_a_refresh_hangs(self) -> None:
        self.close_gate()
        process, reader = self.start_on_pipe()
        self.wait_until_asked(1)
        os.close(reader)
        process.wait(10)
        self.wait_until_gone()

    def test_it_ends_with_its_parent(self) -> None:
        keeper = 'import subprocess, sys; subprocess.Popen(sys.argv[1:]); sys.stdin.read()'
        command = ("-c", keeper, str(harness.PROGRAM), "polybar", "--watch")
        self.close_gate()
        parent = self.home.start(
            *command, program=sys.executable, env={**self.env, "LD_PRELOAD": None},
            stdin=subprocess.PIPE,
        )
        harness.Lines(parent.stdout).next()
        self.wait_until_asked(1)
        parent.kill()
        self.wait_until_gone()

    def test_nothing_is_left_of_a_refresh_that_hangs(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGKILL):
            with self.subTest(number):
                bar = self.start_hanging()
                bar.process.send_signal(number)
                bar.process.wait(10)
                self.wait_until_gone()
                (self.home.home / "gate").unlink()
                self.clock.advance(60)

    def test_nothing_is_left_of_what_the_provider_has_started(self) -> None:
        self.home.plugin("shell", 'echo asked >>"$HOME/asked"; sh -c "read -r _ <$HOME/gate; :"; :')
        bar = self.start_hanging()
        bar.process.terminate()
        bar.process.wait(10)
        self.wait_until_gone()

    def test_a_refresh_that_is_killed_is_made_again(self) -> None:
        bar = self.start_hanging()
        (refresh,) = bar.children()
        os.kill(refresh, signal.SIGKILL)
        self.settle(bar)
        (self.home.home / "gate").unlink()
        asked = self.asked
        self.assertEqual(asked, 1)
        self.advance(bar, seconds=5)
        self.assertEqual(self.asked, asked, "too soon")
        self.advance(bar, seconds=10)
        bar.until("Shell 5h 42% · 1h 59m")

    def test_no_corpses_are_kept(self) -> None:
        bar = self.start_fresh()
        self.settle(bar)
        for _ in range(5):  # the last one is refused, which a process of its own says
            bar.process.send_signal(signal.SIGUSR1)
            self.settle(bar)
        wait_until(lambda: self.alive() == {bar.process.pid}, "the end of all other processes")
        self.assertEqual(bar.children(), [])


if __name__ == "__main__":
    harness.main()
