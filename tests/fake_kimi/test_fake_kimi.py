#!/usr/bin/env python3
"""The fake itself, as curl sees it: tests against a fake that accepts too much prove nothing."""

from __future__ import annotations

import base64
import json
import os
import shutil
import socket
import ssl
import subprocess
import sys
import threading
from datetime import datetime, timezone
from pathlib import Path
from typing import Any, Sequence

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import harness  # noqa: E402
from certificates import Certificates  # noqa: E402
from fake_kimi import KEY, OTHER_COOKIE, OTHER_ITEM, REFRESH_TOKEN  # noqa: E402
from fake_kimi import FakeKimi, future_counts, make_jwt, web_token  # noqa: E402
from payloads import load  # noqa: E402

USAGES = "https://api.kimi.com/coding/v1/usages"
ROUTE = ("api.kimi.com", "GET", "/coding/v1/usages")
GET_USAGES = "/apiv2/kimi.gateway.billing.v1.BillingService/GetUsages"
GET_STATS = "/apiv2/kimi.gateway.membership.v2.MembershipService/GetSubscriptionStats"
GET_PLAN = "/apiv2/kimi.gateway.membership.v2.MembershipService/GetSubscription"
ME = "https://api.kimi.com/coding/v1/me"

# Exit statuses of curl.
PARTIAL, TIMED_OUT, TLS_FAILED, NOTHING_CAME, RECEIVE_FAILED = 18, 28, 35, 52, 56
REFUSED = (RECEIVE_FAILED, 7)  # by the proxy: until curl 8.14 or so, and since
NOT_TRUSTED, WEIRD_ANSWER = 60, 1


def patience(curl_statuses: Sequence[int]) -> tuple[str, ...]:
    """curl's options for a failure: a short time limit only if the limit has to end it."""
    return ("-m", "1") if TIMED_OUT in curl_statuses else ()


class FakeTestCase(harness.TestCase):
    def setUp(self) -> None:
        if shutil.which("curl") is None:
            harness.skip("curl is not installed")
        self.kimi = self.enter(FakeKimi())

    def environment(self) -> dict[str, str]:
        return {"PATH": os.environ["PATH"], **self.kimi.environment}

    def command(self, *args: str) -> tuple[str, ...]:
        return ("curl", "-q", "-sS", "-m", "10", "--cacert", str(self.kimi.ca_file), *args)

    def curl(self, *args: str) -> harness.Result:
        done = subprocess.run(
            self.command(*args), env=self.environment(), capture_output=True, text=True, check=False
        )
        return harness.Result(done.returncode, done.stdout, done.stderr)

    def ask(self, *args: str, key: str = KEY) -> harness.Result:
        return self.curl("-H", f"Authorization: Bearer {key}", *args, USAGES)

    def status(self, *args: str) -> int:
        return int(self.curl("-o", os.devnull, "-w", "%{http_code}", *args).stdout)


class CodeApi(FakeTestCase):
    def test_right_key(self) -> None:
        usage = self.ask().json()
        self.assertEqual(usage["usage"]["used"], "214")
        reset = datetime.fromisoformat(usage["limits"][0]["detail"]["resetTime"][:19] + "+00:00")
        self.assertGreater(reset, datetime.now(timezone.utc))
        (request,) = self.kimi.requests
        self.assertEqual((request.host, request.method, request.path), ROUTE)
        self.assertEqual(request.headers["AUTHORIZATION"], f"Bearer {KEY}")
        self.assertEqual(self.kimi.connects, ["api.kimi.com:443"])
        self.assertNotIn("authorization", self.kimi.tunnels[0].headers)

    def test_wrong_key(self) -> None:
        answer = self.ask("-w", "%{http_code}", key="sk-other")
        self.assertTrue(answer.stdout.endswith("401"), answer.stdout)
        self.assertIn("The API Key appears to be invalid", answer.stdout)
        self.assertEqual(self.status(USAGES), 401)

    def test_other_paths_and_methods(self) -> None:
        self.assertEqual(self.status("https://api.kimi.com/coding/v1/usage"), 404)
        self.assertEqual(self.status("-X", "POST", USAGES), 405)

    def test_usage_can_be_changed(self) -> None:
        self.kimi.usage = {"usage": {"limit": "10", "used": "9"}}
        self.kimi.keys = {"sk-new"}
        self.assertEqual(self.ask(key="sk-new").json()["usage"]["used"], "9")

    def test_last_route_wins_and_falls_back(self) -> None:
        self.kimi.answer(*ROUTE, body="second")
        self.kimi.answer(*ROUTE, status=429, headers={"Retry-After": "7"}, times=1)
        self.assertIn("Retry-After: 7", self.ask("-i").stdout)
        self.assertEqual(self.ask().stdout, "second")

    def test_connection_is_kept(self) -> None:
        self.curl("-H", f"Authorization: Bearer {KEY}", USAGES, USAGES)
        self.assertEqual(len(self.kimi.requests), 2)
        self.assertEqual(len(self.kimi.connects), 1)

    def test_without_the_proxy(self) -> None:
        there = f"api.kimi.ai:443:127.0.0.1:{self.kimi.https_port}"
        url = "https://api.kimi.ai/coding/v1/usages"
        self.assertEqual(self.status("--noproxy", "*", "--connect-to", there, url), 401)
        self.assertEqual(self.kimi.connects, [])

    def test_request_for_another_host(self) -> None:
        self.assertEqual(self.status("-H", "Host: www.kimi.com", USAGES), 421)
        self.assertEqual(self.kimi.requests[0].host, "api.kimi.com")


    def test_me(self) -> None:
        bearer = ("-H", f"Authorization: Bearer {KEY}")
        self.assertEqual(self.status(*bearer, ME), 404)
        for name, plan in (("me-pro.json", "Pro"), ("me-allegro.json", "Allegro")):
            self.kimi.me = load(name)
            for url in (ME, ME.replace(".com", ".ai")):
                self.assertEqual(self.curl(*bearer, url).json()["user_level_name"], plan)
        self.assertEqual(self.status(ME), 401)
        self.assertEqual(self.status(*bearer, "-X", "POST", ME), 405)

    def test_nothing_about_the_machine_is_accepted(self) -> None:
        self.kimi.me = load("me-pro.json")
        for url in (USAGES, ME):
            for header in ("X-Msh-Platform: kimi_code_cli", "x-msh-device-id: 1"):
                bearer = ("-H", f"Authorization: Bearer {KEY}")
                answer = self.curl(*bearer, "-H", header, "-w", "%{http_code}", url).stdout
                self.assertTrue(answer.endswith("400"), answer)
                self.assertIn(f"header {header.partition(':')[0]}", answer)

    def test_keys_of_one_site(self) -> None:
        self.kimi.me = load("me-pro.json")
        self.kimi.ai_keys = {"sk-kimi-ai"}
        for url in (USAGES, ME):
            for key, site, status in ((KEY, "com", 200), ("sk-kimi-ai", "com", 401),
                                      (KEY, "ai", 401), ("sk-kimi-ai", "ai", 200)):  # fmt: skip
                there = url.replace(".com", f".{site}")
                self.assertEqual(self.status("-H", f"Authorization: Bearer {key}", there), status)
        hosts = [request.host for request in self.kimi.requests]
        self.assertEqual(hosts, ["api.kimi.com", "api.kimi.com", "api.kimi.ai", "api.kimi.ai"] * 2)


class Failures(FakeTestCase):
    def expect(self, behaviour: str, *curl_statuses: int) -> None:
        self.kimi.answer(*ROUTE, behaviour=behaviour)
        self.assertIn(self.ask(*patience(curl_statuses)).status, curl_statuses)
        self.assertEqual(len(self.kimi.requests), 1)

    def test_hang(self) -> None:
        self.expect("hang", TIMED_OUT)

    def test_slow_body(self) -> None:
        self.expect("slow_body", TIMED_OUT)

    def test_truncate(self) -> None:
        self.expect("truncate", PARTIAL)

    def test_reset(self) -> None:
        self.expect("reset", RECEIVE_FAILED)

    def test_close(self) -> None:
        self.expect("close", NOTHING_CAME, RECEIVE_FAILED)

    def test_garbage(self) -> None:
        self.expect("garbage", WEIRD_ANSWER)

    def test_huge(self) -> None:
        self.kimi.answer(*ROUTE, behaviour="huge")
        with subprocess.Popen(
            self.command(USAGES), env=self.environment(), stdout=subprocess.PIPE
        ) as curl:
            assert curl.stdout is not None
            self.assertEqual(len(curl.stdout.read(3_000_000)), 3_000_000)
            curl.kill()

    def test_gzip_bomb(self) -> None:
        self.kimi.answer(*ROUTE, behaviour="gzip_bomb")
        packed = self.ask("-o", os.devnull, "-w", "%{size_download}").stdout
        self.assertLess(int(packed), 1_000_000)
        whole = self.ask("--compressed").stdout
        self.assertGreater(len(whole), 50_000_000)
        self.assertEqual(json.loads(whole)["usage"]["used"], "214")

    def test_html(self) -> None:
        self.kimi.answer(*ROUTE, behaviour="html")
        answer = self.ask("-i").stdout
        self.assertIn("200 OK", answer)
        self.assertIn("text/html", answer)

    def test_redirect(self) -> None:
        self.kimi.add_host("proxy.example.com")
        elsewhere = "https://proxy.example.com/there"
        self.kimi.answer(*ROUTE, behaviour="redirect", headers={"Location": elsewhere})
        self.assertEqual(self.status(USAGES), 302)
        self.assertEqual(self.status("-L", USAGES), 404)
        self.assertEqual(self.kimi.requests[-1].host, "proxy.example.com")
        with self.assertRaises(ValueError):
            self.kimi.answer(*ROUTE, behaviour="redirect")

    def test_gzip(self) -> None:
        self.kimi.answer(*ROUTE, body={"fine": True}, gzip=True)
        self.assertEqual(self.ask("--compressed").json(), {"fine": True})
        self.assertIn("Content-Encoding: gzip", self.ask("-D", "-", "-o", os.devnull).stdout)


class BrokenHosts(FakeTestCase):
    def expect(self, breakage: str, *curl_statuses: int) -> None:
        self.kimi.break_host("api.kimi.com", breakage)
        self.assertIn(self.ask(*patience(curl_statuses)).status, curl_statuses)
        self.assertEqual(self.kimi.requests, [])
        self.assertEqual(self.kimi.connects, ["api.kimi.com:443"])
        self.assertEqual(self.status("https://api.kimi.ai/"), 404)  # the others still work
        self.kimi.break_host("api.kimi.com", None)
        self.assertEqual(self.ask().status, 0)

    def test_untrusted_certificate(self) -> None:
        self.expect("untrusted_certificate", NOT_TRUSTED)

    def test_wrong_host_certificate(self) -> None:
        self.expect("wrong_host_certificate", NOT_TRUSTED)

    def test_tls11(self) -> None:
        self.expect("tls11", TLS_FAILED)

    def test_tls11_is_spoken(self) -> None:
        self.kimi.break_host("api.kimi.com", "tls11")
        old = ("--tls-max", "1.1", "--tlsv1.0", "--ciphers", "DEFAULT:@SECLEVEL=0")
        self.assertEqual(self.ask(*old).status, 0)

    def test_unknown_host(self) -> None:
        self.expect("unknown_host", *REFUSED)

    def test_connect_refused(self) -> None:
        self.expect("connect_refused", *REFUSED)

    def test_connect_hang(self) -> None:
        self.expect("connect_hang", TIMED_OUT)


class TheProxy(FakeTestCase):
    def test_unknown_host(self) -> None:
        answer = self.curl("https://example.org/")
        self.assertIn(answer.status, REFUSED)
        self.assertIn("502", answer.stderr)
        self.curl("https://api.kimi.com:8443/")
        self.assertEqual(self.kimi.connects, ["example.org:443", "api.kimi.com:8443"])
        self.assertEqual(self.kimi.requests, [])

    def test_added_host(self) -> None:
        self.kimi.add_host("proxy.example.com", 8443)
        self.kimi.answer("proxy.example.com", "GET", "/kimi", body="here")
        self.assertEqual(self.curl("https://proxy.example.com:8443/kimi?q").stdout, "here")
        self.assertEqual(self.kimi.requests[0].path, "/kimi?q")

    def test_plain_http(self) -> None:
        proxy = self.kimi.environment["HTTPS_PROXY"]
        self.assertEqual(self.status("-x", proxy, "http://api.kimi.com/coding/v1/usages"), 405)
        (request,) = self.kimi.requests
        self.assertEqual((request.scheme, request.host), ("http", "api.kimi.com"))
        self.assertEqual(request.path, "/coding/v1/usages")


class WebSession(FakeTestCase):
    def call(self, path: str, body: str, host: str = "www.kimi.com", **changed: str) -> Any:
        """The status and the answer of a good call in which some headers are changed."""
        headers = {
            "authorization": f"Bearer {self.kimi.token}",
            "cookie": f"kimi-auth={self.kimi.token}",
            "content-type": "application/json",
            "connect-protocol-version": "1",
            "origin": f"https://{host}",
            "referer": f"https://{host}/code/console",
            "x-msh-platform": "web",
            **{name.replace("_", "-"): value for name, value in changed.items()},
        }
        args = [word for pair in headers.items() for word in ("-H", ": ".join(pair))]
        done = self.curl(*args, "-d", body, "-w", "\n%{http_code}", f"https://{host}{path}")
        text, _, status = done.stdout.rpartition("\n")
        return int(status), json.loads(text)

    def usages(self, host: str = "www.kimi.com", **changed: str) -> Any:
        return self.call(GET_USAGES, '{"scope":["FEATURE_CODING"]}', host, **changed)

    def test_good_calls(self) -> None:
        for host in ("www.kimi.com", "www.kimi.ai"):
            with self.subTest(host):
                status, answer = self.usages(host)
                self.assertEqual(status, 200)
                self.assertEqual(answer["usages"][0]["detail"]["used"], "214")
                status, answer = self.call(GET_STATS, "{}", host)
                self.assertEqual(status, 200)
                self.assertEqual(answer["subscriptionBalance"]["amountUsedRatio"], 0.41)

    def test_plan(self) -> None:
        for host in ("www.kimi.com", "www.kimi.ai"):
            with self.subTest(host):
                self.kimi.subscription = None
                self.assertEqual(self.call(GET_PLAN, "{}", host)[0], 404)
                self.kimi.subscription = {"subscription": {"goods": {"title": "Pro"}}}
                status, answer = self.call(GET_PLAN, "{}", host)
                self.assertEqual(status, 200)
                self.assertEqual(answer["subscription"]["goods"]["title"], "Pro")
                self.assertEqual(self.call(GET_PLAN, "{}", host, origin="null")[0], 400)

    def test_each_header_matters(self) -> None:
        wrong = {
            "content_type": "text/plain",
            "connect_protocol_version": "2",
            "origin": "https://kimi.com",
            "referer": "https://www.kimi.com/",
            "x_msh_platform": "ios",
            "cookie": "kimi-auth=another",
        }
        for name, value in wrong.items():
            with self.subTest(name):
                status, answer = self.usages(**{name: value})
                self.assertEqual(status, 400)
                self.assertIn(f"header {name.replace('_', '-')}", answer["message"].lower())

    def test_body_matters(self) -> None:
        for path, body in ((GET_USAGES, "{}"), (GET_STATS, '{"a":1}'), (GET_STATS, "{"),
                           (GET_PLAN, "[]")):  # fmt: skip
            with self.subTest(path=path, body=body):
                status, answer = self.call(path, body)
                self.assertEqual(status, 400)
                self.assertIn("body", answer["message"])

    def test_unknown_token(self) -> None:
        other = make_jwt({"sub": "somebody"})
        changed = {"authorization": f"Bearer {other}", "cookie": f"kimi-auth={other}"}
        self.assertEqual(self.usages(**changed)[0], 401)
        self.kimi.tokens.add(other)
        self.assertEqual(self.usages(**changed)[0], 200)

    def test_tokens_of_one_site(self) -> None:
        token = web_token("kimi.ai")
        self.kimi.ai_tokens = {token}
        self.kimi.subscription = {}
        others = {"authorization": f"Bearer {token}", "cookie": f"kimi-auth={token}"}
        for path, body in ((GET_USAGES, '{"scope":["FEATURE_CODING"]}'), (GET_STATS, "{}"),
                           (GET_PLAN, "{}")):  # fmt: skip
            with self.subTest(path):
                self.assertEqual(self.call(path, body)[0], 200)
                self.assertEqual(self.call(path, body, **others)[0], 401)
                self.assertEqual(self.call(path, body, "www.kimi.ai")[0], 401)
                self.assertEqual(self.call(path, body, "www.kimi.ai", **others)[0], 200)

    def test_the_page_signs_in(self) -> None:
        self.kimi.session_lifetime = 60
        head = self.curl("-D", "-", "-o", os.devnull, "https://www.kimi.com/").stdout
        cookies = [line for line in head.splitlines() if line.startswith("Set-Cookie: ")]
        self.assertEqual(len(cookies), 2)
        self.assertIn(f"kimi-auth={self.kimi.token}; Path=/; Secure; HttpOnly;", cookies[0])
        self.assertIn("Max-Age=60", cookies[0])
        self.assertIn(f"theme={OTHER_COOKIE};", cookies[1])

    def test_the_page_signs_in_by_local_storage(self) -> None:
        self.kimi.page_has_cookie, self.kimi.page_item = False, "a.token.here"
        page = self.curl("-D", "-", "https://www.kimi.com/").stdout
        self.assertNotIn("kimi-auth", page)
        self.assertIn("localStorage.setItem('access_token', 'a.token.here');", page)
        self.assertIn(f"'refresh_token', '{REFRESH_TOKEN}'", page)
        self.assertIn(f"'theme', '{OTHER_ITEM}'", page)

    def test_method_matters(self) -> None:
        self.assertEqual(self.status(f"https://www.kimi.com{GET_USAGES}"), 405)


class ManyAtOnce(FakeTestCase):
    COUNT = 120

    def test_parallel_requests_are_recorded_once_each(self) -> None:
        """All are held until the last one has come, so there are that many connections at once."""
        self.kimi.hold("api.kimi.com")
        many = ("--parallel", "--parallel-immediate", "--parallel-max", str(self.COUNT))
        target = ("-o", os.devnull, "-w", "%{http_code}\n", f"{USAGES}?n=[1-{self.COUNT}]")
        command = self.command(*many, "-H", f"Authorization: Bearer {KEY}", *target)
        with subprocess.Popen(
            command,
            env=self.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # older versions of curl draw progress here in spite of -s
            text=True,
        ) as curl:
            self.kimi.wait_for_requests(self.COUNT)
            self.kimi.answer(*ROUTE, status=204)  # a request that was not held has got a 200 by now
            self.kimi.release("api.kimi.com")
            answers = curl.communicate()[0].split()
        self.assertEqual(answers, ["204"] * self.COUNT)
        paths = sorted(request.path for request in self.kimi.requests)
        expected = sorted(f"{ROUTE[2]}?n={n}" for n in range(1, self.COUNT + 1))
        self.assertEqual(paths, expected)
        self.assertEqual(len(self.kimi.connects), self.COUNT)

    def test_waiting_has_an_end(self) -> None:
        with self.assertRaisesRegex(AssertionError, "0 of 1 requests"):
            self.kimi.wait_for_requests(1, timeout=0.01)


class Ending(harness.TestCase):
    def connect(self, kimi: FakeKimi) -> socket.socket:
        """A TLS connection without the proxy, on which a request was sent."""
        context = ssl.create_default_context(cafile=str(kimi.ca_file))
        raw = socket.create_connection(("127.0.0.1", kimi.https_port))
        tls = context.wrap_socket(raw, server_hostname="api.kimi.com")
        self.addCleanup(tls.close)
        tls.sendall(b"GET /coding/v1/usages HTTP/1.1\r\nHost: api.kimi.com\r\n\r\n")
        return tls

    def test_no_thread_outlives_the_fake(self) -> None:
        before = threading.active_count()
        with FakeKimi() as kimi:
            kimi.answer(*ROUTE, behaviour="hang", times=1)
            self.connect(kimi)  # hangs
            kimi.wait_for_requests(1)
            kimi.hold("api.kimi.com")
            self.connect(kimi)  # is held
            kimi.wait_for_requests(2)
            silent = socket.create_connection(("127.0.0.1", kimi.https_port))
            self.addCleanup(silent.close)
        self.assertEqual(threading.active_count(), before)

    def test_faults_of_the_fake_are_reported(self) -> None:
        def broken(_request: Any) -> Any:
            raise KeyError("a fault")

        with self.assertRaisesRegex(AssertionError, "a fault"):
            with FakeKimi() as kimi:
                kimi.route(*ROUTE, broken)
                self.assertEqual(self.connect(kimi).recv(1), b"")


class Helpers(harness.TestCase):
    def test_future_counts(self) -> None:
        counts = future_counts(datetime(2030, 1, 1, tzinfo=timezone.utc))
        self.assertEqual(counts["usage"]["resetTime"], "2030-01-04T04:23:13.716839300Z")
        self.assertEqual(
            counts["limits"][0]["detail"]["resetTime"], "2030-01-01T02:33:02.717479433Z"
        )

    def test_make_jwt(self) -> None:
        token = make_jwt({"sub": "x"})
        self.assertEqual(token.split(".")[:2], [
            "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9", "eyJzdWIiOiJ4In0"
        ])  # fmt: skip

    def test_web_token(self) -> None:
        def claims(token: str) -> Any:
            part = token.split(".")[1]
            return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))

        found = claims(web_token("kimi.ai", typ="refresh", ssid=None))
        self.assertEqual((found["aud"], found["typ"]), (["kimi.ai"], "refresh"))
        self.assertGreater(found["exp"], datetime.now().timestamp())
        self.assertNotIn("ssid", found)
        found = claims(self.enter(FakeKimi()).token)
        self.assertEqual((found["aud"], found["typ"]), (["kimi.com"], "access"))
        self.assertLessEqual({"sub", "ssid", "device_id"}, set(found))

    def test_certificates_are_shared(self) -> None:
        """Processes that begin at the same time share one CA, which has signed all certificates."""
        folder = self.enter(harness.Home()).tmp / "ca"
        start = "import sys; sys.path.insert(0, sys.argv[1]); import certificates as c, pathlib;"
        make = "print(c.Certificates(pathlib.Path(sys.argv[2])).leaf(['a.example']))"
        command = (sys.executable, "-c", start + make, str(Path(__file__).parent), str(folder))
        started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(6)]
        leaves = {process.communicate()[0].strip() for process in started}
        self.assertEqual([process.returncode for process in started], [0] * 6)
        self.assertEqual(len(leaves), 1)
        authority = Certificates(folder).authority_file
        verify = ("openssl", "verify", "-CAfile", str(authority), leaves.pop())
        self.assertEqual(subprocess.run(verify, capture_output=True, check=False).returncode, 0)
        self.assertEqual([path.name for path in folder.iterdir()], ["trusted"])


class CommandLine(FakeTestCase):
    def test_runs_a_command_and_masks_credentials(self) -> None:
        script = 'curl -q -sS --cacert "$USAGELINE_CA_FILE" -H "Authorization: Bearer $K" ' + USAGES
        program = str(Path(__file__).with_name("fake_kimi.py"))
        shell = ("sh", "-c", f'K="$KIMI_CODE_API_KEY"; {script}; exit 3')
        payload = str(Path(__file__).parents[1] / "data" / "payloads" / "code-pools.json")
        done = subprocess.run(
            (sys.executable, program, "--payload", payload, "--", *shell),
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertEqual(json.loads(done.stdout)["usages"]["limit_5h"]["used_ratio"], 0.3)
        self.assertIn(f"GET {USAGES}", done.stderr)
        self.assertIn("Authorization: Bearer ***", done.stderr)
        harness.assert_no_secret(done.stderr, KEY)

    def test_serves_until_interrupted(self) -> None:
        program = str(Path(__file__).with_name("fake_kimi.py"))
        with subprocess.Popen(
            (sys.executable, program), stdout=subprocess.PIPE, text=True
        ) as served:
            lines = harness.Lines(served.stdout)
            names = [(lines.next() or "").partition("=")[0] for _ in range(6)]
            served.terminate()
            self.assertIsNone(lines.next())
        self.assertEqual(served.returncode, 0)
        self.assertIn("export HTTPS_PROXY", names)
        self.assertIn("export KIMI_CODE_API_KEY", names)


if __name__ == "__main__":
    harness.main()
