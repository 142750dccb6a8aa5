#!/usr/bin/env python3
"""Web sessions: where a token comes from, what is sent with it, and the membership statistics."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import threading
import time
import unittest
from typing import Any, Dict, List, Optional

from kimi_case import KEY, OTHER, PATH, WEB, WEB_STATS_PATH, WEB_USAGES_PATH, KimiTestCase, harness
from fake_kimi import Request, make_jwt, web_token
from messages import Answer, json_answer

USAGES = (WEB, "POST", WEB_USAGES_PATH)
STATS = (WEB, "POST", WEB_STATS_PATH)
BOTH = ["stats www.kimi.com", "web www.kimi.com"]
INVALID = "web session's token is invalid or expired"
SET_COOKIE = "usageline config set-cookie --provider kimi --stdin"
PATIENCE = 2  # seconds by which the statistics may be later than the usage


class WebTestCase(KimiTestCase):
    def environment(self, **extra: Optional[str]) -> Dict[str, Optional[str]]:
        return super().environment(**{"KIMI_CODE_API_KEY": None, **extra})

    def configure(self, **settings: str) -> Any:
        return self.home.config({"providers": [{"id": "kimi", **settings}]})

    def store(self, **secrets: str) -> Any:
        path = self.home.data_home / "usageline" / "credentials.json"
        path.parent.mkdir(mode=0o700)
        path.write_text(json.dumps({"providers": [{"id": "kimi", **secrets}]}))
        return path

    def expired(self) -> str:
        return make_jwt({"exp": int(time.time()) - 1})


class WhereItComesFrom(WebTestCase):
    def test_configuration(self) -> None:
        self.configure(cookieHeader=f"Cookie: a=b; kimi-auth={self.kimi.token}; c=d")
        snapshot = self.snapshot()
        self.assertEqual(snapshot["source"], "manual-token")
        self.assertEqual(snapshot["dashboard"], "https://www.kimi.com/code/console")
        self.assertNotIn("plan", snapshot)
        self.assertEqual(self.asked(), BOTH)

    def test_its_expiry_is_in_the_snapshot(self) -> None:
        for claims, expected in (({}, None), ({"exp": 4000000000}, "2096-10-02T07:06:40Z")):
            token = make_jwt(claims)
            self.kimi.tokens.add(token)
            snapshot = self.snapshot(KIMI_AUTH_TOKEN=token)
            self.assertEqual(snapshot.get("credentialExpiresAt"), expected)

    def test_stored(self) -> None:
        self.store(cookieHeader=self.kimi.token)
        self.assertEqual(self.snapshot()["source"], "manual-token")

    def test_configuration_wins_over_what_is_stored(self) -> None:
        self.store(cookieHeader=make_jwt({"sub": "stored"}))
        self.configure(cookieHeader=self.kimi.token)
        self.snapshot()

    def test_all_forms_of_pasted_text(self) -> None:
        token = self.kimi.token
        for text in (token, f' "{token}" ', f"kimi-auth={token}", f"cookie: x=y;kimi-auth={token}",
                     f"curl 'https://www.kimi.com/' -H 'cookie: a=b; kimi-auth={token}'",
                     f"curl 'https://www.kimi.com/' -b 'kimi-auth={token}; c=d'",
                     f"other-kimi-auth={make_jwt({})}; kimi-auth={token}"):  # fmt: skip
            for variable in ("KIMI_MANUAL_COOKIE", "KIMI_AUTH_TOKEN"):
                self.assertEqual(self.snapshot(**{variable: text})["source"], "environment-token")

    def test_variables(self) -> None:
        """Each is used, and wins over the ones after it."""
        names = ("KIMI_MANUAL_COOKIE", "kimi_manual_cookie", "KIMI_AUTH_TOKEN", "kimi_auth_token")
        for number, name in enumerate(names):
            wrong = make_jwt({"sub": "wrong"})
            self.snapshot(**{name: self.kimi.token, **dict.fromkeys(names[number + 1 :], wrong)})
        self.assertEqual(self.asked(), sorted(BOTH * 4))

    def test_the_next_variable_after_a_useless_one(self) -> None:
        for text in ("no token", self.expired(), " "):
            self.snapshot(KIMI_MANUAL_COOKIE=text, KIMI_AUTH_TOKEN=self.kimi.token)
        self.error("auth", "KIMI_MANUAL_COOKIE", "no Kimi auth token",
                   KIMI_MANUAL_COOKIE="no token", kimi_auth_token=self.expired())  # fmt: skip

    def test_no_token_in_it(self) -> None:
        for text in ("nonsense", KEY, "not-kimi-auth=" + make_jwt({}), "kimi-auth=gone"):
            error = self.error("auth", "KIMI_AUTH_TOKEN", "kimi-auth", KIMI_AUTH_TOKEN=text)
            self.assertNotIn(text, error["message"])
        self.assertEqual(self.kimi.connects, [])

    def test_header_injection(self) -> None:
        token = self.kimi.token
        for text in (f"kimi-auth={token}\r\nX-Evil: 1", f"{token}\nX-Evil: 1"):
            self.snapshot(KIMI_AUTH_TOKEN=text)
        self.assertEqual([one for one in self.requests if "X-Evil" in one.headers], [])

    def test_token_that_is_no_jwt(self) -> None:
        self.kimi.tokens.add("0123456789abcdef0123")
        self.snapshot(KIMI_AUTH_TOKEN="kimi-auth=0123456789abcdef0123")

    def test_expired_is_not_sent(self) -> None:
        self.error("auth", INVALID, "KIMI_AUTH_TOKEN", "sign in again", "set-api-key",
                   KIMI_AUTH_TOKEN=self.expired())  # fmt: skip
        path = self.configure(cookieHeader=self.expired())
        error = self.error("auth", INVALID, str(path), "replace it by a new one")
        self.assertNotIn(SET_COOKIE, error["message"], "what is stored would not be looked at")
        self.assertEqual(self.kimi.connects, [])


class WhatIsSent(WebTestCase):
    def headers(self, *args: str, **env: Optional[str]) -> Any:
        """Those of GetUsages, which must be the same for the statistics."""
        self.kimi.requests.clear()
        self.snapshot(*args, **{"KIMI_AUTH_TOKEN": self.kimi.token, **env})
        first, second = (
            {name: value for name, value in request.headers.items() if name != "Content-Length"}
            for request in self.requests
        )
        self.assertEqual(first, second)
        return self.requests[0].headers

    def test_headers(self) -> None:
        """In addition to those that the fake requires."""
        headers = self.headers(TZ="Asia/Shanghai")
        self.assertEqual(headers.get_all("Cookie"), [f"kimi-auth={self.kimi.token}"])
        self.assertEqual(headers.get_all("Authorization"), [f"Bearer {self.kimi.token}"])
        self.assertEqual(headers["x-language"], "en-US")
        self.assertEqual(headers["r-timezone"], "Asia/Shanghai")
        self.assertEqual(headers["x-msh-device-id"], "7400000000000000001")
        self.assertEqual(headers["x-msh-session-id"], "1730000000000000001")
        self.assertEqual(headers["x-traffic-id"], "fake-user")
        self.assertRegex(headers["User-Agent"], r"^usageline/\d+\.\d+\.\d+$")

    def test_time_zones(self) -> None:
        for zone, expected in ((":America/New_York", "America/New_York"), ("UTC", "UTC"),
                               ("Etc/GMT+5", "Etc/GMT+5"), ("", "UTC"),
                               ("CET-1CEST,M3.5.0,M10.5.0/3", "UTC"), ("<+08>-8", "UTC"),
                               ("/usr/share/zoneinfo/Europe/Berlin", "UTC"),
                               ("Europe/Berlin\r\nX-Evil: 1", "UTC")):  # fmt: skip
            self.assertEqual(self.headers(TZ=zone)["r-timezone"], expected, zone)

    def test_claims_that_are_no_header(self) -> None:
        self.kimi.token = make_jwt({"device_id": "a\r\nX-Evil: 1", "ssid": 7, "sub": ["x"]})
        self.kimi.tokens = {self.kimi.token}
        headers = self.headers()
        self.assertEqual(headers["x-msh-session-id"], "7")
        for name in ("x-msh-device-id", "x-traffic-id", "X-Evil"):
            self.assertNotIn(name, headers)

    def test_global_region(self) -> None:
        self.kimi.token = web_token("kimi.ai")
        self.kimi.tokens.add(self.kimi.token)
        headers = self.headers()
        self.assertEqual(headers["Origin"], "https://www.kimi.ai")
        self.assertEqual(self.asked(), ["stats www.kimi.ai", "web www.kimi.ai"])

    def test_the_proxy_learns_nothing(self) -> None:
        self.headers()
        for tunnel in self.kimi.tunnels:
            harness.assert_no_secret(str(tunnel.headers), self.kimi.token)


class Refusals(WebTestCase):
    def refuse(self, *parts: str, kind: str = "auth") -> Any:
        return self.error(kind, *parts, KIMI_AUTH_TOKEN=self.kimi.token)

    def test_token(self) -> None:
        self.kimi.tokens.clear()
        self.refuse(INVALID, "HTTP 401", "The token is invalid or has expired.", "KIMI_AUTH_TOKEN",
                    "sign in again", "set-api-key")  # fmt: skip

    def test_forbidden(self) -> None:
        self.kimi.answer(*USAGES, status=403, body={"code": "permission_denied"})
        self.refuse(INVALID, "HTTP 403", "permission_denied")

    def test_echoed_token(self) -> None:
        def echo(request: Request) -> Answer:
            return json_answer({"message": f"bad {request.headers['Cookie']}"}, 401)

        self.kimi.route(*USAGES, echo)
        message = self.refuse(INVALID)["message"]
        self.assertNotIn(self.kimi.token[:20], message, "not even its beginning")

    def test_others(self) -> None:
        self.kimi.answer(*STATS, status=500)
        for status, kind in ((400, "server"), (429, "rate-limited"), (500, "server")):
            self.kimi.answer(*USAGES, status=status, body={"code": 3, "details": "of the gateway"})
            self.refuse("of the gateway", "www.kimi.com", kind=kind)

    def test_other_scope(self) -> None:
        self.kimi.web_usage = {"usages": [{"scope": "FEATURE_CHAT", "detail": {"limit": "1"}}]}
        self.kimi.answer(*STATS, status=500)
        self.refuse("Failed to parse Kimi usage data", "FEATURE_CODING", kind="payload")

    def test_a_refusal_decides_at_once(self) -> None:
        """The provider does not wait for the statistics, which are refused as well."""
        self.kimi.answer(*STATS, behaviour="hang")
        for status in (401, 403):
            self.kimi.answer(*USAGES, status=status)
            begin = time.monotonic()
            self.refuse(INVALID)
            self.assertLess(time.monotonic() - begin, PATIENCE)
            self.forget()

    def test_statistics_that_hang_beside_a_failure(self) -> None:
        self.kimi.answer(*STATS, behaviour="hang")
        for failure in ({"status": 500},):
            self.kimi.answer(*USAGES, **failure)  # type: ignore[arg-type]
            begin = time.monotonic()
            self.assertEqual(self.run_provider(KIMI_AUTH_TOKEN=self.kimi.token).status, 1)
            self.assertLess(time.monotonic() - begin, 12)

    def test_statistics_are_an_answer_of_their_own(self) -> None:
        for failure in ({"status": 404}, {"status": 500}, {"behaviour": "close"}, {"body": "?"},
                        {"body": {"usages": [{"scope": "FEATURE_CHAT"}]}}):  # fmt: skip
            self.kimi.answer(*USAGES, **failure)  # type: ignore[arg-type]
            windows = self.windows(KIMI_AUTH_TOKEN=self.kimi.token)
            self.assertEqual(windows["monthly"], 41, failure)

    def test_statistics_that_are_refused_first_do_not_decide(self) -> None:
        """Both are refused; the next token is tried whichever answer comes first."""
        refused, good = web_token(sub="a"), web_token(sub="b")
        self.kimi.tokens = {good}
        said = threading.Event()

        def usages(request: Request) -> Answer:
            is_good = request.headers["Authorization"] == f"Bearer {good}"
            said.wait(0 if is_good else 10)
            return json_answer(self.kimi.web_usage if is_good else {}, 200 if is_good else 401)

        def stats(request: Request) -> Answer:
            said.set()
            return json_answer({}, 401)

        self.kimi.route(*USAGES, usages)
        self.kimi.route(*STATS, stats)
        snapshot = self.snapshot(KIMI_MANUAL_COOKIE=refused, KIMI_AUTH_TOKEN=good)
        self.assertEqual(snapshot["source"], "environment-token")

    def test_a_token_of_another_site_is_not_sent(self) -> None:
        for audience in (["kimi.com.evil.example"], "example.com", [7], {"kimi.com": 1}):
            token = make_jwt({"exp": int(time.time()) + 900, "aud": audience})
            self.error("auth", "another site than Kimi's", KIMI_AUTH_TOKEN=token)
        self.assertEqual(self.kimi.connects, [])

    def test_half_an_answer_is_not_a_missing_plan(self) -> None:
        self.kimi.web_usage = {}
        self.kimi.answer(*STATS, status=503)
        self.refuse("HTTP 503", kind="server")
        self.kimi.answer(*STATS, body={})
        self.refuse("no Kimi Code plan", kind="plan")

    def test_no_network_is_reported_after_an_earlier_refusal(self) -> None:
        refused = web_token(sub="a")
        self.error("auth", KIMI_MANUAL_COOKIE=refused)
        env = {"KIMI_MANUAL_COOKIE": refused, "KIMI_AUTH_TOKEN": self.kimi.token}
        self.kimi.break_host(WEB, "connect_refused")
        self.error("network", WEB, **env)
        self.kimi.break_host(WEB, None)
        self.kimi.answer(*USAGES, status=429, headers={"Retry-After": "77"})
        self.kimi.answer(*STATS, status=429)
        self.assertEqual(self.error("rate-limited", **env)["retryAfter"], 77)

    def test_statistics_of_another_account_are_left_alone(self) -> None:
        client = web_token(sub="one")
        self.sign_in_cli(token=client)
        self.windows(KIMI_AUTH_TOKEN=web_token(sub="two"))
        self.assertEqual(self.asked(), ["code api.kimi.com"])

    def test_refused_is_not_sent_again(self) -> None:
        self.kimi.tokens.clear()
        self.refuse(INVALID, "HTTP 401")
        sent = len(self.kimi.requests)
        self.refuse(INVALID, "HTTP 401 at", "not sent again until it changes")
        self.assertEqual(len(self.kimi.requests), sent)
        self.kimi.token = web_token(sub="another")
        self.kimi.tokens.add(self.kimi.token)
        self.snapshot(KIMI_AUTH_TOKEN=self.kimi.token)


@unittest.skipIf(os.environ.get("USAGELINE_TEST_NO_BROWSERS"), "this build has no browsers")
class BrowsersOfTheOtherSite(WebTestCase):
    def sign_in_firefox(self) -> str:
        """A cookie of kimi.ai in a profile of Firefox."""
        token = web_token("kimi.ai")
        self.kimi.tokens.add(token)
        profile = self.home.home / ".mozilla" / "firefox" / "abcd.default"
        profile.mkdir(parents=True)
        with sqlite3.connect(profile / "cookies.sqlite") as store:
            store.execute("CREATE TABLE moz_cookies (name, value, host, expiry, lastAccessed,"
                          " creationTime, originAttributes)")  # fmt: skip
            store.execute("INSERT INTO moz_cookies VALUES ('kimi-auth', ?, 'www.kimi.ai', ?, 1, 1, '')",
                          (token, int(time.time() + 600) * 1000))  # fmt: skip
        store.close()
        return token

    def test_goes_home(self) -> None:
        token = self.sign_in_firefox()
        self.assertEqual(self.snapshot()["source"], "browser")
        self.assertEqual(self.asked(), ["stats www.kimi.ai", "web www.kimi.ai"])
        self.assertEqual(self.requests[0].headers["Authorization"], f"Bearer {token}")

    def test_is_named_if_the_region_is_set(self) -> None:
        self.sign_in_firefox()
        self.configure(region="cn")
        self.error("auth", "Not signed in", "www.kimi.ai", 'set "region" to "global"')
        self.assertEqual(self.kimi.connects, [])
        places = next(one["places"] for one in self.run_provider("--diagnose").json()
                      if one["source"] == "browser")  # fmt: skip
        self.assertIn("global", str(places))


class Statistics(WebTestCase):
    def start(self, *args: str, **env: Optional[str]) -> "subprocess.Popen[str]":
        return self.home.start(
            *args, program=harness.provider("kimi"), env=self.environment(**env)
        )

    def finish(self, process: "subprocess.Popen[str]") -> List[str]:
        """The windows of its snapshot."""
        stdout, _ = process.communicate(timeout=20)
        self.assertEqual(process.returncode, 0, stdout)
        return [window["id"] for window in json.loads(stdout)["windows"]]

    def test_what_they_add(self) -> None:
        windows = self.snapshot(KIMI_AUTH_TOKEN=self.kimi.token)["windows"]
        used = {window["id"]: window["usedPercent"] for window in windows}
        self.assertEqual(used, {"weekly": 10.45, "session": 69.5, "monthly": 41})
        shares = [{"id": "code", "label": "Code", "percent": 28}]
        self.assertEqual([window.get("shares") for window in windows], [None, None, shares])

    def test_asked_at_the_same_time(self) -> None:
        self.kimi.hold(WEB)
        process = self.start(KIMI_AUTH_TOKEN=self.kimi.token)
        self.kimi.wait_for_requests(3)  # the third is for the plan
        self.assertEqual(self.asked(), BOTH)
        self.kimi.release(WEB)
        self.assertIn("monthly", self.finish(process))

    def test_asked_at_the_same_time_as_the_code_api(self) -> None:
        self.kimi.hold(WEB)
        self.kimi.hold("api.kimi.com")
        process = self.start(KIMI_AUTH_TOKEN=self.kimi.token, KIMI_CODE_API_KEY=KEY)
        self.kimi.wait_for_requests(3)  # the third is for the plan
        self.assertEqual(self.asked(), ["code api.kimi.com", "stats www.kimi.com"])
        self.kimi.release("api.kimi.com")
        self.kimi.release(WEB)
        self.assertIn("monthly", self.finish(process))

    def test_later_than_the_answer(self) -> None:
        answered = threading.Event()

        def usages(_request: Request) -> Answer:
            answered.set()
            return json_answer(self.kimi.web_usage)

        def stats(_request: Request) -> Answer:
            answered.wait(10)
            return json_answer(self.kimi.web_stats)

        self.kimi.route(*USAGES, usages)
        self.kimi.route(*STATS, stats)
        self.assertIn("monthly", self.windows(KIMI_AUTH_TOKEN=self.kimi.token))

    def test_patience_has_an_end(self) -> None:
        """All at the same time, because each takes as long as the patience."""
        self.kimi.answer(*STATS, behaviour="hang")
        self.kimi.answer("www.kimi.ai", "POST", WEB_STATS_PATH, behaviour="slow_body")
        begin = time.monotonic()
        started = [
            self.start(KIMI_AUTH_TOKEN=self.kimi.token),
            self.start("--region", "global", KIMI_AUTH_TOKEN=self.kimi.token),
            self.start(KIMI_AUTH_TOKEN=self.kimi.token, KIMI_CODE_API_KEY=KEY),
        ]
        for process in started:
            self.assertEqual(self.finish(process), ["weekly", "session"])
            self.assertGreater(time.monotonic() - begin, PATIENCE)
        self.assertLess(time.monotonic() - begin, PATIENCE + 2)

    def test_failures_cost_nothing(self) -> None:
        begin = time.monotonic()
        elsewhere = {"Location": "https://a.example.com"}
        for failure in ({"status": 500}, {"status": 401}, {"status": 302, "headers": elsewhere},
                        {"status": 429, "headers": {"Retry-After": "99"}}, {"body": "garbage"}, {"body": "[]"}, {"body": "null"}, {"body": ""},
                        {"behaviour": "close"}, {"behaviour": "reset"}, {"behaviour": "garbage"},
                        {"behaviour": "html"}, {"behaviour": "huge"},
                        {"behaviour": "truncate"}):  # fmt: skip
            self.kimi.answer(*STATS, **failure)  # type: ignore[arg-type]
            windows = self.windows(KIMI_AUTH_TOKEN=self.kimi.token)
            self.assertEqual(list(windows), ["weekly", "session"], failure)
        self.assertLess(time.monotonic() - begin, 14 * PATIENCE / 2)

    def test_unreachable(self) -> None:
        for breakage in ("untrusted_certificate", "unknown_host", "connect_refused"):
            self.kimi.break_host(WEB, breakage)
            windows = self.windows(KIMI_AUTH_TOKEN=self.kimi.token, KIMI_CODE_API_KEY=KEY)
            self.assertEqual(list(windows), ["weekly", "session"], breakage)


class BesideAnotherCredential(WebTestCase):
    def test_api_key(self) -> None:
        snapshot = self.snapshot(KIMI_CODE_API_KEY=KEY, KIMI_AUTH_TOKEN=self.kimi.token)
        self.assertEqual(snapshot["source"], "api-key")
        self.assertEqual(len(snapshot["windows"]), 3)
        self.assertEqual(self.asked(), ["code api.kimi.com", "stats www.kimi.com"])

    def test_each_stays_with_its_host(self) -> None:
        self.kimi.add_host(OTHER)
        self.kimi.answer(OTHER, "GET", PATH, body=self.kimi.usage)
        for base in (None, f"https://{OTHER}"):
            self.kimi.requests.clear()
            self.snapshot(KIMI_CODE_API_KEY=KEY, KIMI_AUTH_TOKEN=self.kimi.token,
                          KIMI_CODE_BASE_URL=base)  # fmt: skip
            for request in self.requests:
                foreign = KEY if request.host == WEB else self.kimi.token
                harness.assert_no_secret(str(request.headers), foreign)
        self.assertEqual(self.asked(), ["code proxy.example.com", "stats www.kimi.com"])

    def test_expired_token(self) -> None:
        windows = self.windows(KIMI_CODE_API_KEY=KEY, KIMI_AUTH_TOKEN=self.expired())
        self.assertEqual(len(windows), 2)
        self.assertEqual(self.asked(), ["code api.kimi.com"])

    def test_the_next_token_after_an_expired_one(self) -> None:
        self.store(cookieHeader=self.expired())
        windows = self.windows(KIMI_CODE_API_KEY=KEY, KIMI_AUTH_TOKEN=self.kimi.token)
        self.assertEqual(windows["monthly"], 41)

    def test_one_source_only(self) -> None:
        self.snapshot("--source", "api", KIMI_CODE_API_KEY=KEY, KIMI_AUTH_TOKEN=self.kimi.token)
        self.assertEqual(self.asked(), ["code api.kimi.com"])


class CookieSource(WebTestCase):
    def test_off(self) -> None:
        self.configure(cookieSource="off", cookieHeader=self.kimi.token)
        self.error("auth", "Not signed in", 'Not used: pasted token (cookieSource is "off")')
        self.error("auth", "Not signed in", 'cookieSource is "off"', args=("--source", "web"))
        self.assertEqual(self.kimi.connects, [])

    def test_off_beside_another_credential(self) -> None:
        self.configure(cookieSource="off", cookieHeader=self.kimi.token)
        self.snapshot(KIMI_CODE_API_KEY=KEY, KIMI_AUTH_TOKEN=self.kimi.token)
        self.assertEqual(self.asked(), ["code api.kimi.com"])

    def test_off_leaves_the_environment(self) -> None:
        """Somebody who sets the variable wants it to be used."""
        self.configure(cookieSource="off")
        self.assertEqual(
            self.snapshot(KIMI_AUTH_TOKEN=self.kimi.token)["source"], "environment-token"
        )

    def test_manual_and_auto(self) -> None:
        for policy in ("manual", "auto"):
            self.configure(cookieSource=policy, cookieHeader=self.kimi.token)
            self.assertEqual(self.snapshot()["source"], "manual-token")
            self.assertEqual(len(self.windows(KIMI_CODE_API_KEY=KEY)), 3)

    def test_as_an_option(self) -> None:
        self.configure(cookieHeader=self.kimi.token)
        self.error("auth", "Not signed in", args=("--cookieSource", "off"))

    def test_unknown(self) -> None:
        path = self.configure(cookieSource="always")
        self.error("config", '"cookieSource"', "always", "auto, manual, off", str(path),
                   KIMI_CODE_API_KEY=KEY)  # fmt: skip
        self.assertEqual(self.kimi.connects, [])


if __name__ == "__main__":
    harness.main()
