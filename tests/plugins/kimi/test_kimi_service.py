#!/usr/bin/env python3
"""usageline-provider-kimi and the Code API: what it sends, and what each answer becomes."""

from __future__ import annotations

import time
from email.utils import formatdate
from typing import Any

from kimi_case import KEY, OTHER, PATH, ROUTE, KimiTestCase, harness
from fake_kimi import Request
from messages import Answer, json_answer

MISSING = "Not signed in to Kimi Code"


class TheRequest(KimiTestCase):
    def test_snapshot(self) -> None:
        before = int(time.time())
        snapshot = self.snapshot()
        windows = {window["id"]: window for window in snapshot["windows"]}
        self.assertEqual(list(windows), ["weekly", "session"])
        self.assertEqual((windows["weekly"]["used"], windows["weekly"]["limit"]), (214, 2048))
        self.assertEqual(windows["session"]["usedPercent"], 69.5)
        self.assertEqual(windows["session"]["unit"], "requests")
        self.assertEqual(snapshot["source"], "api-key")
        self.assertEqual(snapshot["name"], "Kimi Code")
        self.assertEqual(snapshot["plan"], "Moderato")
        self.assertEqual(snapshot["dashboard"], "https://www.kimi.com/code/console")
        fetched = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(before))
        self.assertGreaterEqual(snapshot["fetchedAt"], fetched)

    def test_what_is_sent(self) -> None:
        self.snapshot()
        (request,) = self.requests
        self.assertEqual((request.host, request.method, request.path), ROUTE)
        headers = request.headers
        self.assertEqual(headers.get_all("Authorization"), [f"Bearer {KEY}"])
        self.assertEqual(headers.get_all("Accept"), ["application/json"])
        self.assertRegex(headers["User-Agent"], r"^usageline/\d+\.\d+\.\d+$")
        self.assertIn("gzip", headers["Accept-Encoding"])
        self.assertNotIn("Cookie", headers)
        self.assertEqual(request.body, b"")

    def test_the_proxy_learns_nothing(self) -> None:
        self.snapshot()
        self.assertTrue(self.kimi.tunnels)
        for tunnel in self.kimi.tunnels:
            self.assertNotIn("Authorization", tunnel.headers)
            self.assertNotIn(KEY, str(tunnel.headers))

    def test_gzip(self) -> None:
        self.kimi.answer(*ROUTE, body=self.kimi.usage, gzip=True)
        self.assertEqual(self.snapshot()["windows"][0]["used"], 214)


class TheKey(KimiTestCase):
    def test_none(self) -> None:
        error = self.error("auth", MISSING, KIMI_CODE_API_KEY=None)
        ways = ("usageline config set-api-key --provider kimi --stdin", "Kimi's own client",
                "kimi.ai in a browser", "usageline config set-cookie")  # fmt: skip
        places = [error["message"].index(way) for way in ways]
        self.assertEqual(places, sorted(places), "the API key first")
        self.assertEqual(self.kimi.connects, [])

    def test_key_of_another_product_is_not_used(self) -> None:
        other = KEY.replace("sk-kimi-", "sk-")
        self.error("auth", MISSING, KIMI_CODE_API_KEY=None, KIMI_API_KEY=other,
                   MOONSHOT_API_KEY=KEY)  # fmt: skip
        self.assertEqual(self.kimi.connects, [])

    def test_other_variable_is_used_if_it_has_a_kimi_code_key(self) -> None:
        self.snapshot(KIMI_CODE_API_KEY=None, KIMI_API_KEY=f" '{KEY}'")
        self.assertEqual(self.requests[0].headers["Authorization"], f"Bearer {KEY}")
        self.kimi.keys.add("sk-kimi-first")
        self.snapshot(KIMI_CODE_API_KEY="sk-kimi-first", KIMI_API_KEY=KEY)
        self.assertEqual(self.requests[1].headers["Authorization"], "Bearer sk-kimi-first")

    def test_quotes_and_spaces_are_stripped(self) -> None:
        for text in (f' "{KEY}" ', f"'{KEY}'\n", f"\t{KEY}"):
            self.snapshot(KIMI_CODE_API_KEY=text)
        self.assertEqual(len(self.requests), 3)

    def test_empty(self) -> None:
        for text in ("", "  ", '""'):
            self.error("auth", MISSING, KIMI_CODE_API_KEY=text)

    def test_header_injection(self) -> None:
        for text in (f"{KEY}\r\nX-Evil: 1", f"{KEY} x", f"{KEY}\x7f", f"{KEY}é"):
            self.error("auth", "KIMI_CODE_API_KEY", KIMI_CODE_API_KEY=text)
        self.assertEqual(self.kimi.connects, [])

    def test_configuration_wins_over_environment(self) -> None:
        self.kimi.keys = {"sk-configured"}
        self.home.config({"providers": [{"id": "kimi", "apiKey": "sk-configured"}]})
        self.snapshot()
        self.assertEqual(self.requests[0].headers["Authorization"], "Bearer sk-configured")

    def test_stored_key(self) -> None:
        folder = self.home.data_home / "usageline"
        folder.mkdir(mode=0o700)
        (folder / "credentials.json").write_text(
            '{"providers":[{"id":"other","apiKey":"no"},{"id":"kimi","apiKey":"%s"}]}' % KEY
        )
        self.snapshot(KIMI_CODE_API_KEY=None)

    def test_sources(self) -> None:
        self.assertEqual(self.snapshot("--source", "api")["source"], "api-key")
        self.assertEqual(self.snapshot("--source=auto")["source"], "api-key")
        for source in ("cli", "web"):
            self.error("auth", MISSING, args=("--source", source))
        self.home.config({"providers": [{"id": "kimi", "source": "web"}]})
        self.error("auth", MISSING)
        self.assertEqual(self.snapshot("--source", "api")["source"], "api-key")

    def test_unknown_source(self) -> None:
        self.error("config", "--source", "auto, api, cli, web", args=("--source", "psychic"))
        path = self.home.config({"providers": [{"id": "kimi", "source": "psychic"}]})
        self.error("config", '"source"', "auto, api, cli, web", str(path))

    def test_configuration_that_cannot_be_read(self) -> None:
        """It may name another host, so nothing is sent to the usual one."""
        path = self.home.config('{"providers": [{"id": "kimi", "enterpriseHost": "https://a.b"}')
        self.error("config", str(path))
        self.assertEqual(self.kimi.connects, [])

    def test_a_wrong_colour_does_not_matter(self) -> None:
        self.home.config({"colors": {"ok": "green"}})
        self.snapshot()


class Refusals(KimiTestCase):
    """Answers other than 200."""

    def refuse(self, status: int, body: Any = b"", **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.kimi.answer(*ROUTE, status=status, body=body, headers=named)

    def test_wrong_key(self) -> None:
        self.error("auth", "API key is invalid or expired", "https://www.kimi.com/code/console",
                   KIMI_CODE_API_KEY="sk-other-key-of-someone")  # fmt: skip
        self.assertEqual(len(self.requests), 1)

    def test_permission(self) -> None:
        self.refuse(403, {"error": {"message": "You have no permission for this."}})
        self.error("auth", "permission or quota denied", "You have no permission for this.")

    def test_quota(self) -> None:
        self.refuse(403, {"error": {"message": "Usage limit reached for 5-hour window"}})
        self.error("server", "permission or quota denied", "Usage limit reached for 5-hour window")

    def test_not_found(self) -> None:
        self.refuse(404)
        self.error("server", "HTTP 404")

    def test_too_many_requests(self) -> None:
        self.refuse(429, Retry_After="120")
        self.assertEqual(self.error("rate-limited")["retryAfter"], 120)

    def test_too_many_requests_until_a_date(self) -> None:
        """The date is by the service's clock, which may differ from ours by hours."""
        there = time.time() + 5 * 3600
        self.refuse(429, Date=formatdate(there, usegmt=True),
                    Retry_After=formatdate(there + 90, usegmt=True))  # fmt: skip
        self.assertEqual(self.error("rate-limited")["retryAfter"], 90)

    def test_too_many_requests_without_a_time(self) -> None:
        self.refuse(429, {"error": {"message": "slow down"}})
        self.assertNotIn("retryAfter", self.error("rate-limited", "slow down"))

    def test_failures_of_the_service(self) -> None:
        for status in (500, 502, 503, 504):
            self.refuse(status, "<html>nginx</html>")
            error = self.error("server", f"HTTP {status}", "api.kimi.com")
            self.assertNotIn("nginx", error["message"])

    def test_redirect(self) -> None:
        self.kimi.add_host(OTHER)
        for status in (301, 302, 303, 307, 308):
            self.kimi.answer(*ROUTE, status=status, behaviour="redirect",
                             headers={"Location": f"https://{OTHER}{PATH}"})  # fmt: skip
            self.error("server", "redirect refused", f"HTTP {status}")
        self.assertEqual({request.host for request in self.requests}, {"api.kimi.com"})
        self.assertEqual(set(self.kimi.connects), {"api.kimi.com:443"})

    def test_echoed_key(self) -> None:
        def echo(request: Request) -> Answer:
            return json_answer({"error": {"message": f"Bad: {request.headers['Authorization']}"}},
                               401)  # fmt: skip

        self.kimi.route(*ROUTE, echo)
        self.error("auth", "invalid or expired")  # which searches all output for the key

    def test_hostile_words(self) -> None:
        self.refuse(500, {"message": "a\n<b>\u001b[31m\u202e" + "x" * 5000})
        message = self.error("server")["message"]
        self.assertLess(len(message), 400)
        for character in "\n\u001b\u202e":
            self.assertNotIn(character, message)


class BadAnswers(KimiTestCase):
    """Answers with status 200 that can't be used."""

    def misbehave(self, behaviour: str) -> None:
        self.kimi.answer(*ROUTE, behaviour=behaviour)

    def test_truncated(self) -> None:
        self.misbehave("truncate")
        self.error("network", "broke off", "api.kimi.com")

    def test_reset(self) -> None:
        self.misbehave("reset")
        self.error("network", "cut", "api.kimi.com")

    def test_closed(self) -> None:
        self.misbehave("close")
        message = self.error("network")["message"]
        self.assertRegex(message, "closed without an answer|was cut")  # by libcurl's version

    def test_garbage(self) -> None:
        self.misbehave("garbage")
        self.error("payload", "not HTTP")

    def test_web_page(self) -> None:
        self.misbehave("html")
        self.error("payload", "a web page came instead")

    def test_too_large(self) -> None:
        for behaviour in ("huge", "gzip_bomb"):
            self.misbehave(behaviour)
            self.error("payload", "larger than 1 MiB")

    def test_exactly_one_mebibyte(self) -> None:
        body = '{"usage":{"limit":"100","used":"7"}}'
        for length in (1024 * 1024 - len(body), 1024 * 1024 - len(body) + 1):
            self.kimi.answer(*ROUTE, body=body + " " * length)
            if len(body) + length == 1024 * 1024:
                self.assertEqual(self.snapshot()["windows"][0]["usedPercent"], 7)
            else:
                self.error("payload", "larger than 1 MiB")

    def test_damaged_gzip(self) -> None:
        self.kimi.answer(*ROUTE, body=b"no gzip", headers={"Content-Encoding": "gzip"})
        self.error("payload", "damaged")

    def test_nothing_to_read(self) -> None:
        for body in ("", "[1]", '{"usage":', '{"usage":"many"}'):
            self.kimi.answer(*ROUTE, body=body)
            self.error("payload", "Failed to parse Kimi usage data", "format may have changed")

    def test_no_quota(self) -> None:
        for body in ("{}", '{"usages":{}}', '{"usage":{"limit":"0"}}'):
            self.kimi.answer(*ROUTE, body=body)
            self.error("plan", "no Kimi Code plan", "another account")


if __name__ == "__main__":
    harness.main()
