"""usageline-notify with a real server: what is shown, and which notification replaces which."""

from __future__ import annotations

import html
import json
import sys
import time
from pathlib import Path
from typing import Any, Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402
from notification_server import NotificationServer  # noqa: E402

HOSTILE = 'a & <b>b</b> "c" \'d\' <img src="file:///etc/passwd"/> &amp; \x07\u202e\nsecond'
CLEAN = HOSTILE.replace("\x07", " ").replace("\u202e", " ")


class ServerTest(harness.TestCase):
    def setUp(self) -> None:
        self.home = self.enter(harness.Home())

    def serve(self, **options: str) -> NotificationServer:
        server = NotificationServer(self.home.root / "session", **options)
        self.server = self.enter(server)
        return server

    def run_notify(self, **document: Any) -> harness.Result:
        env: dict[str, Optional[str]] = {**self.server.environment}
        text = json.dumps({"id": "test", "summary": "Title", **document})
        program = harness.PLUGIN_DIR / "usageline-notify"
        return self.home.run(program=program, stdin=text, env=env)

    def notify(self, **document: Any) -> None:
        self.assertEqual(self.run_notify(**document), harness.Result(0, "", ""))

    @property
    def memory(self) -> Path:
        return self.home.runtime_dir / "usageline" / "notifications.shown.json"


class ShownTest(ServerTest):
    def test_all_of_it_is_shown(self) -> None:
        server = self.serve()
        self.notify(body="Text", timeout=7000)
        (shown,) = server.shown()
        self.assertEqual(
            (shown["appname"], shown["summary"], shown["body"], shown["timeout"]),
            ("usageline", "Title", "Text", 7_000_000),
        )

    def test_the_server_decides_how_long(self) -> None:
        server = self.serve()
        self.notify()
        self.notify(id="other", urgency="critical")
        normal, critical = server.shown()
        self.assertEqual((normal["timeout"], normal["body"]), (10_000_000, ""))
        self.assertEqual(critical["timeout"], 0)  # dunst's own: until it is clicked

    def test_the_hints(self) -> None:
        server = self.serve()
        for number, urgency in enumerate(("low", "normal", "critical")):
            self.notify(id=f"id-{number}", urgency=urgency)
        heard = " ".join(server.session.heard().split())
        for number in range(3):
            self.assertIn(f'"urgency" variant byte {number} )', heard)
            for hint in ("x-canonical-private-synchronous", "x-dunst-stack-tag"):
                self.assertIn(f'"{hint}" variant string "id-{number}"', heard)

    def test_text_is_escaped_for_a_server_that_knows_markup(self) -> None:
        server = self.serve()
        self.notify(summary=HOSTILE, body=HOSTILE)
        (shown,) = server.shown()
        self.assertEqual(shown["summary"], CLEAN.replace("\n", " "))
        self.assertEqual(html.unescape(shown["body"]), CLEAN)
        for character in "<>\"'":
            self.assertNotIn(character, shown["body"])

    def test_text_stays_as_it_is_for_one_that_does_not(self) -> None:
        server = self.serve(markup="no")
        self.notify(body=HOSTILE)
        heard = server.session.heard()
        self.assertIn("a & <b>b</b>", heard)
        self.assertNotIn("&lt;", heard)
        self.assertEqual(len(server.shown()), 1)

    def test_a_long_text_is_cut(self) -> None:
        server = self.serve()
        self.notify(summary="t" * 300, body="x" * 60000)
        (shown,) = server.shown()
        self.assertEqual(shown["summary"], "t" * 200 + "…")
        self.assertEqual(shown["body"], "x" * 4000 + "…")


class ReplacedTest(ServerTest):
    def numbers(self) -> Any:
        return json.loads(self.memory.read_text("utf-8"))["numbers"]

    def replaced(self) -> list[str]:
        """The numbers that usageline has asked the server to replace; 0: none."""
        heard = " ".join(self.server.session.heard().split())
        return [part.split()[0] for part in heard.split('string "usageline" uint32 ')[1:]]

    def test_the_one_with_the_same_id_is_replaced(self) -> None:
        server = self.serve()
        for text in ("one", "two", "three"):
            self.notify(body=text)
        self.notify(id="other", body="beside it")
        number = str(self.numbers()["test"])
        self.assertEqual(self.replaced(), ["0", number, number, "0"])
        self.assertEqual([one["body"] for one in server.shown()], ["three", "beside it"])

    def test_what_is_remembered_is_private(self) -> None:
        self.serve()
        self.notify()
        self.assertEqual(harness.mode(self.memory), 0o600)
        self.assertEqual(harness.mode(self.memory.parent), 0o700)
        self.assertEqual(list(harness.walk_files(self.home.cache_home)), [])

    def test_it_is_remembered_without_a_runtime_folder(self) -> None:
        self.serve()
        self.home.runtime_dir = self.home.root / "a file"
        self.home.runtime_dir.touch()
        self.notify()
        self.notify()
        number = json.loads((self.home.cache / "notifications.shown.json").read_text("utf-8"))
        self.assertEqual(self.replaced(), ["0", str(number["numbers"]["test"])])

    def test_another_server_has_other_numbers(self) -> None:
        server = self.serve()
        self.notify(body="one")
        server.stop()
        server.start()
        self.notify(body="two")
        self.assertEqual(self.replaced(), ["0", "0"])

    def test_a_broken_memory_is_replaced(self) -> None:
        self.serve()
        self.notify()
        good = json.loads(self.memory.read_text("utf-8"))
        bad: Any
        for bad in ("", "[]", "{", {**good, "numbers": {"test": -1}}, {**good, "numbers": []},
                    {**good, "numbers": {"test": 1e12}}, {**good, "server": ":1.0"}):  # fmt: skip
            with self.subTest(bad):
                self.memory.write_text(bad if isinstance(bad, str) else json.dumps(bad), "utf-8")
                before = len(self.replaced())
                self.notify()
                self.assertEqual(self.replaced()[before:], ["0"])
                self.assertEqual(set(self.numbers()), {"test"})

    def test_the_oldest_are_forgotten(self) -> None:
        self.serve()
        for number in range(66):
            self.notify(id=f"n{number}")
        self.assertEqual(list(self.numbers())[0], "n65")
        self.assertEqual(len(self.numbers()), 64)


class NobodyTest(ServerTest):
    def assert_nobody(self, part: str) -> None:
        result = self.run_notify()
        self.assertEqual((result.status, result.stdout), (3, ""))
        self.assertRegex(result.stderr, r"\Ausageline-notify: no notification server [^\n]+\n\Z")
        self.assertIn(part, result.stderr)

    def test_there_is_no_server(self) -> None:
        server = self.serve()
        server.stop()
        self.assert_nobody("not provided by any .service files")

    def test_the_server_hangs(self) -> None:
        server = self.serve()
        with server.hanging():
            begin = time.monotonic()
            self.assert_nobody("Timeout was reached")
            self.assertTrue(1.5 < time.monotonic() - begin < 5)


if __name__ == "__main__":
    harness.main()
