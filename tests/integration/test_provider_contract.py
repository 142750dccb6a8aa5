"""Whatever a provider does, its failure is reported, and the last good snapshot stays."""

from __future__ import annotations

import json
import os
import select
import shutil
import signal
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import documents
import harness
from documents import snapshot, window

EXAMPLE = Path(__file__).resolve().parents[2] / "docs/examples/usageline-provider-example"
HANG = "tail -f /dev/null"


def with_window(**changes: Any) -> dict[str, Any]:
    return snapshot(windows=[window(**changes)])


# Documents that can't be understood: name, document, what the message contains.
UNREADABLE: list[tuple[str, Any, str]] = [
    ("a number as a string", with_window(usedPercent="42"), '"usedPercent" must be a number'),
    ("a string as a number", with_window(label=5), '"label" must be a string'),
    ("windows in an object", snapshot(windows={"weekly": 1}), '"windows" must be an array'),
    ("a window that is a number", snapshot(windows=[42]), "windows[0] must be an object"),
    ("an array instead of an object", [snapshot()], "not an object"),
    ("a string instead of an object", '"42 %"', "not an object"),
    ("1e308 percent", with_window(usedPercent=1e308), "1e+308, which is not within"),
    ("a number beyond all", json.dumps(snapshot()).replace("84", "1e999"), "must be a number"),
    ("NaN", with_window(usedPercent=float("nan")), "line 1: "),
    ("Infinity", with_window(limit=float("inf")), "line 1: "),
    ("a negative limit", with_window(limit=-5), '"limit" is -5, which is not within'),
    ("a negative percentage", with_window(usedPercent=-0.5), '"usedPercent" is -0.5'),
    ("10,000 windows", snapshot(windows=[{"id": f"w{n}"} for n in range(10000)]), "10000 win"),
    ("a window twice", snapshot(windows=[window(), window()]), 'window "weekly" is there twice'),
    ("no window", snapshot(windows=[]), '"windows" is missing or empty'),
    ("a window without id", snapshot(windows=[{"usedPercent": 1}]), '"id" is missing'),
    ("nesting without end", "[" * 100000, "nested too deeply"),
    ("an escape sequence", with_window(label="\x1b[31mred"), '"label" holds control characters'),
    ("a line break", snapshot(plan="Pro\nroot"), '"plan" holds control characters'),
    ("text turned around", snapshot(name="abc\u202edef"), '"name" holds control characters'),
    ("a NUL", with_window(unit="re\0quests"), "NUL"),
    ("a control character as it is", json.dumps(snapshot()).replace("Shell", "Sh\x07ell"), "line"),
    ("broken UTF-8", json.dumps(snapshot()).encode().replace(b"Shell", b"Sh\xff\xfe"), "line 1: "),
    ("the year 9999", with_window(resetsAt="9999-12-31T23:59:59Z"), '"resetsAt" must be a time'),
    ("no such day", with_window(resetsAt="2026-02-30T00:00:00Z"), '"resetsAt" must be a time'),
    ("seconds instead of a time", snapshot(fetchedAt=1767693600), '"fetchedAt" must be a time'),
    ("an id without end", with_window(id="x" * 65), "longer than 64 characters"),
    ("a web page", "<!DOCTYPE html><title>Sign in to the network</title>", "line 1: "),
    ("half a document", json.dumps(snapshot())[:40], "premature EOF"),
    ("two documents", json.dumps(snapshot()) * 2, "trailing garbage"),
    ("no schema", {"provider": "shell", "windows": [window()]}, '"schema" is missing'),
    ("a later schema", snapshot(schema=2), "but this usageline knows 1: update it"),
    ("another provider's", snapshot(provider="kimi"), '"provider" must be "shell"'),
    ("a script as link", snapshot(dashboard="javascript:alert(1)"), "must begin with https://"),
    ("an unknown error", documents.error("tired"), "none of those that there are"),
    ("an error without kind", {**snapshot(), "error": {"message": "x"}}, "none of those"),
]

# Providers that fail as programs: name, script, what the message contains.
FAILING: list[tuple[str, str, str]] = [
    ("silence", "exit 0", "said nothing and ended with status 0"),
    ("silence and an error", "exit 1", "said nothing and ended with status 1"),
    ("a crash", "kill -SEGV $$", "was ended by signal 11"),
    ("a crash after half a document", 'head -c 40 "$HOME/answer"; kill -ABRT $$', "by signal 6"),
    ("a kill after the document", 'cat "$HOME/answer"; kill -KILL $$', "was ended by signal 9"),
    ("a snapshot with status 1", 'cat "$HOME/answer"; exit 1', "but ended with status 1"),
    ("a snapshot with status 3", 'cat "$HOME/answer"; exit 3', "failed and ended with status 3"),
    ("50 MB", "head -c 50000000 /dev/zero", "printed more than is allowed"),
    ("output without end", "exec cat /dev/zero", "printed more than is allowed"),
    ("no interpreter", "#!/dev/null/x", "usageline-provider-shell"),
]


def ignore_dead_children() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)


class Alive:
    """A FIFO that processes hold open as long as they live, which tells when all have ended."""

    def __init__(self, test: harness.TestCase, path: Path) -> None:
        os.mkfifo(path)
        self._fd = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        test.addCleanup(os.close, self._fd)

    def has_ended(self, timeout: float = 10) -> bool:
        """Waits until a process has opened it and none has it open any more."""
        poll = select.poll()
        poll.register(self._fd, 0)  # the hang-up alone
        return bool(poll.poll(timeout * 1000))


class ContractTest(harness.TestCase):
    def setUp(self) -> None:
        self.home = documents.shell_home(self.enter(harness.Home()))

    def fetch_good(self) -> bytes:
        self.home.plugin("shell", documents.ANSWERING)
        documents.answer(self.home, snapshot())
        result = self.home.run("refresh")
        self.assertEqual((result.status, result.stderr), (0, ""))
        return self.snapshot_file.read_bytes()

    @property
    def snapshot_file(self) -> Path:
        return self.home.cache / "shell.json"

    def assert_told(self, kind: str, words: str) -> None:
        """The refresh fails and says why, the state keeps it, the bar shows it and the last good
        snapshot."""
        before = self.snapshot_file.read_bytes()
        self.home.forget_asking()
        result = self.home.run("refresh")
        self.assertEqual(result.status, 1)
        self.assertIn(words, result.stderr)
        told = self.home.state("shell")["error"]
        self.assertEqual(told["kind"], kind)
        self.assertIn(words, told["message"])
        self.assertEqual(self.snapshot_file.read_bytes(), before)
        line = self.home.run("waybar").json()
        self.assertIn("Shell 42%", line["text"])
        self.assertEqual(line["class"], ["ok", "stale", kind, "shell"])
        self.assertIn(" ".join(words.split()), documents.plain(line["tooltip"]))

    def assert_told_without_snapshot(self, kind: str, hint: str) -> None:
        shutil.rmtree(self.home.cache)
        line = self.home.run("waybar").json()
        self.assertEqual(line["class"], ["error", kind, "shell"])
        self.assertEqual(line["text"], f"Shell ! {hint}")
        block = self.home.run("i3blocks")
        self.assertEqual((block.status, block.stdout.split("\n")[0]), (0, f"Shell ! {hint}"))
        self.assertIn(f"! {hint}", self.home.run("polybar").stdout)

    def test_a_document_that_is_not_understood_is_a_payload_error(self) -> None:
        self.fetch_good()
        for name, document, words in UNREADABLE:
            with self.subTest(name):
                documents.answer(self.home, document)
                self.assert_told("payload", words)

    def test_a_provider_that_fails_is_an_internal_error(self) -> None:
        self.fetch_good()
        for name, script, words in FAILING:
            with self.subTest(name):
                self.home.plugin("shell", script)
                self.assert_told("internal", words)

    def test_without_a_snapshot_the_line_says_that_it_failed(self) -> None:
        self.fetch_good()
        documents.answer(self.home, "{")
        self.assert_told_without_snapshot("payload", "bad answer")
        self.home.plugin("shell", "kill -SEGV $$")
        self.assert_told_without_snapshot("internal", "failed")

    def test_a_good_answer_ends_the_error(self) -> None:
        self.fetch_good()
        documents.answer(self.home, "{")
        self.home.run("refresh")
        self.fetch_good()
        self.assertNotIn("error", self.home.state("shell"))
        self.assertEqual(self.home.run("waybar").json()["class"], ["ok", "fresh", "shell"])

    def test_an_error_of_the_provider_is_passed_on(self) -> None:
        self.fetch_good()
        for kind in ("auth", "config", "plan", "network", "server", "payload", "internal"):
            with self.subTest(kind):
                documents.answer(self.home, documents.error(kind, f"a {kind} <b>problem</b>"))
                self.assert_told(kind, f"a {kind} <b>problem</b>")

    def test_a_credential_that_is_renewed_fails_a_refresh_only_without_numbers(self) -> None:
        expired = documents.error("auth", "run kimi", expiredAt=documents.time_text(minutes=-1))
        documents.answer(self.home, expired)
        self.assertEqual(self.home.run("refresh"), harness.Result(1, "", "usageline: run kimi\n"))
        self.fetch_good()
        documents.answer(self.home, expired)
        self.assertEqual(self.home.run("refresh"), harness.Result(0, "", "usageline: run kimi\n"))

    def test_only_a_credential_can_have_run_out(self) -> None:
        more = {"expiredAt": documents.time_text(minutes=-1)}
        documents.answer(self.home, documents.error("server", **more))
        self.home.run("refresh")
        self.assertNotIn("expiredAt", self.home.state("shell")["error"])
        self.assertEqual(self.home.run("waybar").json()["class"], ["error", "server", "shell"])

    def test_control_characters_of_a_message_do_not_reach_the_terminal(self) -> None:
        documents.answer(self.home, documents.error("server", "a\x1b]0;title\x07b" + "c" * 5000))
        result = self.home.run("refresh")
        self.assertIn("a ]0;title b", result.stderr)
        self.assertNotIn("\x1b", result.stderr)
        self.assertLess(len(result.stderr), 1200)

    def test_a_wait_without_end_is_cut_to_a_day(self) -> None:
        documents.answer(self.home, documents.error("rate-limited", retryAfter=1e300))
        self.home.run("refresh")
        until = self.home.state("shell")["serviceUntil"]
        self.assertGreater(until, documents.time_text(hours=23.9))
        self.assertLess(until, documents.time_text(hours=24.1))

    def test_what_it_writes_to_stderr_is_for_verbose_alone(self) -> None:
        documents.answer(self.home, snapshot())
        self.home.plugin("shell", f"yes noise | head -c 5000000 >&2; {documents.ANSWERING}")
        self.assertEqual(self.home.run("refresh"), harness.Result(0, "", ""))
        self.assertIn("noise", self.home.run("refresh", "--verbose").stderr)

    def test_it_gets_no_input(self) -> None:
        documents.answer(self.home, snapshot())
        self.home.plugin("shell", '[ -z "$(cat)" ] && cat "$HOME/answer"')
        self.assertEqual(self.home.run("refresh", stdin="something to read").status, 0)

    def test_a_bar_that_ignores_dead_children_changes_nothing(self) -> None:
        self.fetch_good()
        self.home.plugin("shell", "exec >&-; kill -SEGV $$")
        process = self.home.start("refresh", preexec_fn=ignore_dead_children)
        self.assertIn("was ended by signal 11", process.communicate(timeout=30)[1])
        self.assertEqual(process.returncode, 1)

    def test_what_it_leaves_behind_is_ended(self) -> None:
        documents.answer(self.home, snapshot())
        alive = Alive(self, self.home.home / "alive")
        leave = f'exec 9>"$HOME/alive"; (trap "" TERM HUP; {HANG}) >/dev/null 2>&1 &'
        self.home.plugin("shell", f"{leave}\n{documents.ANSWERING}")
        self.assertEqual(self.home.run("refresh").status, 0)
        self.assertTrue(alive.has_ended())

    def test_the_example_of_the_documentation_works(self) -> None:
        text = EXAMPLE.read_text(encoding="utf-8")
        self.assertLessEqual(len(text.splitlines()), 20)
        self.home.plugin("example", text)
        self.home.config({"providers": [{"id": "example"}]})
        self.assertEqual(self.home.run("refresh"), harness.Result(0, "", ""))
        stored = self.home.snapshot("example")
        self.assertEqual(stored["windows"][0]["id"], "home")
        self.assertRegex(self.home.run("waybar").json()["text"], r"^Example Home \d+%$")
        self.home.run("refresh", env={"HOME": "/dev/null/x"})
        self.assertEqual(self.home.state("example")["error"]["kind"], "config")


class DeadlineTest(harness.TestCase):
    """One test, because each of these takes the whole deadline."""

    LATE = {
        # name: script after the FIFO is open, what the message contains
        "hangs": (HANG, "did not answer in time"),
        "never-ends": (f'cat "$HOME/answer"; exec >/dev/null; {HANG}', "did not end in time"),
    }

    def begin(self, script: str, *command: str, **settings: Any) -> tuple[harness.Home, Any, Alive]:
        home = self.enter(harness.Home())
        documents.shell_home(home, f'exec 9>"$HOME/alive"\n{script}', **settings)
        documents.answer(home, snapshot())
        alive = Alive(self, home.home / "alive")
        return home, home.start(*command), alive

    def test_what_it_leaves_behind_keeps_nobody_waiting(self) -> None:
        home, process, alive = self.begin(f'{HANG} & cat "$HOME/answer"', "refresh")
        self.assertEqual(process.communicate(timeout=10)[1], "")
        self.assertEqual(process.returncode, 0)
        self.assertTrue(alive.has_ended())
        self.assertIsNotNone(home.snapshot("shell"))

    def test_a_provider_that_takes_too_long_is_ended_with_all_that_it_started(self) -> None:
        late = {name: self.begin(script, "refresh") for name, (script, _) in self.LATE.items()}
        home, draw, alive = self.begin(HANG, "waybar", maxWait=0)
        line = json.loads(draw.communicate(timeout=10)[0])
        self.assertEqual(line["class"], ["loading", "shell"])
        self.assertFalse(alive.has_ended(0))
        self.assertTrue(alive.has_ended(40))
        for name, (script, words) in self.LATE.items():
            with self.subTest(name):
                home, process, alive = late[name]
                self.assertIn(words, process.communicate(timeout=40)[1])
                self.assertTrue(alive.has_ended())
                self.assertIn(words, home.state("shell")["error"]["message"])
                line = home.run("waybar").json()
                self.assertEqual(line["class"], ["error", "internal", "shell"])


if __name__ == "__main__":
    harness.main()
