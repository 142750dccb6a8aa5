#!/usr/bin/env python3
"""Several requests at once (http_send): which responses are waited for, and for how long."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path
from typing import List, Tuple

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402
from fake_kimi import FakeKimi  # noqa: E402

ASK = sys.argv.pop(1)  # the program http-ask
SOON = 4  # seconds: half of what a request may take, and far more than the fake needs
LONG = 20000  # milliseconds of patience that no test uses up
HOSTS = ("api.kimi.com", "api.kimi.ai", "www.kimi.com")

Wanted = Tuple[str, int]  # "answer" or "extra", and the patience


class HttpSend(harness.TestCase):
    def setUp(self) -> None:
        self.kimi = self.enter(FakeKimi())
        self.home = self.enter(harness.Home())
        for host in HOSTS:
            self.kimi.answer(host, "GET", "/", body=f"from {host}")

    def start(self, *wanted: Wanted) -> subprocess.Popen[str]:
        """Sends the first request to the first host, and so on."""
        words = [
            word
            for (need, patience), host in zip(wanted, HOSTS)
            for word in (need, str(patience), f"https://{host}/")
        ]
        return self.home.start(
            str(self.kimi.ca_file), *words, program=Path(ASK), env=self.kimi.environment
        )

    def finish(self, asking: subprocess.Popen[str]) -> List[str]:
        stdout, stderr = asking.communicate(timeout=30)
        self.assertEqual((asking.returncode, stderr), (0, ""))
        return stdout.splitlines()

    def ask_soon(self, *wanted: Wanted) -> List[str]:
        """The results, which must come without waiting for a request that hangs."""
        begin = time.monotonic()
        results = self.finish(self.start(*wanted))
        self.assertLess(time.monotonic() - begin, SOON)
        return results

    def refuse(self, host: str, status: int) -> None:
        self.kimi.answer(host, "GET", "/", status=status, body="no")

    def hang(self, host: str) -> None:
        self.kimi.answer(host, "GET", "/", behaviour="hang")

    def test_all_answer(self) -> None:
        results = self.ask_soon(("answer", LONG), ("answer", LONG), ("extra", LONG))
        self.assertEqual(results, [f"200 from {host}" for host in HOSTS])
        self.assertEqual(len(self.kimi.requests), 3)

    def test_patience_waits_for_a_late_one(self) -> None:
        self.kimi.hold(HOSTS[1])
        asking = self.start(("answer", 0), ("extra", LONG))
        self.kimi.wait_for_requests(2)
        self.kimi.release(HOSTS[1])
        self.assertEqual(self.finish(asking), [f"200 from {host}" for host in HOSTS[:2]])

    def test_an_extra_costs_no_more_than_its_patience(self) -> None:
        self.hang(HOSTS[1])
        good, late = self.ask_soon(("answer", 0), ("extra", 300))
        self.assertEqual(good, "200 from api.kimi.com")
        self.assertEqual(
            late, "network api.kimi.ai: the answer took too long and was not waited for"
        )

    def test_each_has_a_patience_of_its_own(self) -> None:
        self.hang(HOSTS[1])
        self.kimi.hold(HOSTS[2])
        asking = self.start(("answer", 0), ("extra", 1), ("extra", LONG))
        self.kimi.wait_for_requests(3)
        self.kimi.release(HOSTS[2])
        good, hung, late = self.finish(asking)
        self.assertEqual((good, late), ("200 from api.kimi.com", "200 from www.kimi.com"))
        self.assertIn("not waited for", hung)

    def test_one_answer_hangs(self) -> None:
        self.hang(HOSTS[0])
        hung, good = self.ask_soon(("answer", 300), ("answer", 300))
        self.assertIn("not waited for", hung)
        self.assertEqual(good, "200 from api.kimi.ai")

    def test_one_answer_fails(self) -> None:
        """The other one may still come."""
        self.refuse(HOSTS[0], 500)
        self.kimi.hold(HOSTS[1])
        asking = self.start(("answer", LONG), ("answer", LONG))
        self.kimi.wait_for_requests(2)
        self.kimi.release(HOSTS[1])
        self.assertEqual(self.finish(asking), ["500 no", "200 from api.kimi.ai"])

    def test_all_answers_fail(self) -> None:
        """Nothing is worth waiting for, whatever the patience."""
        self.refuse(HOSTS[0], 500)
        self.refuse(HOSTS[1], 404)
        self.hang(HOSTS[2])
        broken, missing, hung = self.ask_soon(
            ("answer", LONG), ("answer", LONG), ("extra", LONG)
        )
        self.assertEqual((broken, missing), ("500 no", "404 no"))
        self.assertIn("not waited for", hung)

    def test_a_refusal_decides(self) -> None:
        """The others would be refused, too."""
        for status in (401, 403):
            self.refuse(HOSTS[0], status)
            self.hang(HOSTS[1])
            refused, hung = self.ask_soon(("answer", LONG), ("answer", LONG))
            self.assertEqual(refused, f"{status} no")
            self.assertIn("not waited for", hung)

    def test_a_refusal_of_an_extra_decides_nothing(self) -> None:
        self.refuse(HOSTS[1], 401)
        self.kimi.hold(HOSTS[0])
        asking = self.start(("answer", 0), ("extra", LONG))
        self.kimi.wait_for_requests(2)
        self.kimi.release(HOSTS[0])
        self.assertEqual(self.finish(asking), ["200 from api.kimi.com", "401 no"])

    def test_none_is_an_answer(self) -> None:
        self.refuse(HOSTS[0], 404)
        self.kimi.hold(HOSTS[1])
        asking = self.start(("extra", 0), ("extra", 0))
        self.kimi.wait_for_requests(2)
        self.kimi.release(HOSTS[1])
        self.assertEqual(self.finish(asking), ["404 no", "200 from api.kimi.ai"])

    def test_an_untrusted_host_costs_the_others_nothing(self) -> None:
        """Only this one is tried again with all that is trusted, while the others wait."""
        self.kimi.break_host(HOSTS[1], "untrusted_certificate")
        self.kimi.hold(HOSTS[0])
        asking = self.start(("answer", 0), ("answer", LONG))
        self.kimi.wait_for_requests(1)
        self.kimi.release(HOSTS[0])
        good, untrusted = self.finish(asking)
        self.assertEqual(good, "200 from api.kimi.com")
        self.assertIn("network api.kimi.ai: its certificate is not trusted", untrusted)
        self.assertEqual([request.host for request in self.kimi.requests], [HOSTS[0]])

    def test_an_answer_has_no_more_time_for_its_patience(self) -> None:
        self.hang(HOSTS[0])
        begin = time.monotonic()
        (late,) = self.finish(self.start(("answer", LONG)))
        self.assertIn("network api.kimi.com: no answer in time", late)
        self.assertLess(time.monotonic() - begin, 8 + 2)


if __name__ == "__main__":
    harness.main()
