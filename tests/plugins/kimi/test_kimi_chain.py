#!/usr/bin/env python3
"""The order of the sources: which are used, when the next one is, which error is reported."""

from __future__ import annotations

import json
import time
from typing import Any, Callable, Dict, List, Optional, Tuple

from kimi_case import CLI_TOKEN, KEY, PATH, WEB, WEB_STATS_PATH, WEB_USAGES_PATH, KimiTestCase, harness
from fake_kimi import Behaviour, Request, make_jwt
from messages import Answer, json_answer

SOURCES = ("api-key", "cli", "manual-token", "environment-token")
ABSENT, EXPIRED = "absent", "expired"

# How a service can answer the credential of a source.
ANSWERS: Dict[str, Callable[[str], Answer]] = {
    "refused": lambda name: json_answer({"message": f"words to {name}"}, 401),
    "forbidden": lambda name: json_answer({"message": f"words to {name}"}, 403),
    "failing": lambda name: json_answer({"message": f"words to {name}"}, 503),
    "missing": lambda name: json_answer({"message": f"words to {name}"}, 404),
    "odd": lambda name: json_answer({"words": name}),
    "page": lambda name: json_answer("<html>log in</html>"),
    "limited": lambda name: Answer(
        429, json.dumps({"message": f"words to {name}"}).encode(), {"Retry-After": "77"}
    ),
    "silent": lambda name: Answer(behaviour=Behaviour.CLOSE),
}

# The state of each source in their order; the initials of those whose credential is sent; the
# source that works, or the kind of the error and parts of its message.
Outcome = Tuple[str, ...]
ROWS: List[Tuple[Tuple[str, ...], str, Outcome]] = [
    (("good", "good", "good", "good"), "a", ("api-key",)),
    ((ABSENT, "good", "good", "good"), "c", ("cli",)),
    ((ABSENT, ABSENT, "good", "good"), "m", ("manual-token",)),
    ((ABSENT, ABSENT, ABSENT, "good"), "e", ("environment-token",)),
    ((ABSENT, ABSENT, ABSENT, ABSENT), "", ("auth", "Not signed in to Kimi Code")),
    # Failures after which the next source is tried.
    (("refused", "good", "good", "good"), "ac", ("cli",)),
    (("forbidden", "good", "good", "good"), "ac", ("cli",)),
    (("failing", "good", "good", "good"), "ac", ("cli",)),
    (("missing", "good", "good", "good"), "ac", ("cli",)),
    (("odd", "good", "good", "good"), "ac", ("cli",)),
    (("page", "good", "good", "good"), "ac", ("cli",)),
    ((ABSENT, EXPIRED, "good", "good"), "m", ("manual-token",)),
    ((ABSENT, "refused", EXPIRED, "good"), "ce", ("environment-token",)),
    ((ABSENT, ABSENT, "forbidden", "good"), "me", ("environment-token",)),
    (("refused", "failing", "odd", "good"), "acme", ("environment-token",)),
    # Failures that end the run.
    (("silent", "good", "good", "good"), "a", ("network", "api.kimi.com")),
    ((ABSENT, "silent", "good", "good"), "c", ("network", "api.kimi.com")),
    ((ABSENT, ABSENT, "silent", "good"), "m", ("network", "www.kimi.com")),
    (("limited", "good", "good", "good"), "a", ("rate-limited", "words to api-key")),
    # The error is that of the first source with a credential.
    # (A session whose statistics were refused beside another credential is not tried again.)
    (("refused", "refused", "refused", "refused"), "acm?e",
     ("auth", "API key is invalid or expired", "words to api-key")),
    ((ABSENT, "refused", "refused", "refused"), "cm?e",
     ("auth", "token of Kimi's client is refused", "words to cli")),
    ((ABSENT, ABSENT, "refused", "refused"), "me",
     ("auth", "web session's token is invalid or expired", "words to manual-token")),
    ((ABSENT, ABSENT, ABSENT, "forbidden"), "e",
     ("auth", "web session's token is invalid or expired", "words to environment-token")),
    (("forbidden", "refused", ABSENT, ABSENT), "ac", ("server", "words to api-key")),
    (("failing", "refused", ABSENT, EXPIRED), "ac", ("server", "words to api-key")),
    (("odd", ABSENT, "refused", ABSENT), "am?", ("payload", "Failed to parse")),
    ((ABSENT, EXPIRED, "refused", ABSENT), "m", ("auth", "token of Kimi's client", "has run out")),
    ((ABSENT, EXPIRED, EXPIRED, EXPIRED), "", ("auth", "token of Kimi's client", "has run out")),
    ((ABSENT, ABSENT, EXPIRED, "failing"), "e", ("auth", "invalid or expired", "config.json")),
    (("refused", "silent", "good", "good"), "ac", ("auth", "words to api-key")),
    (("refused", "limited", "good", "good"), "ac", ("auth", "words to api-key")),
]  # fmt: skip


class Chain(KimiTestCase):
    def setUp(self) -> None:
        super().setUp()
        ahead = int(time.time()) + 3600
        self.secrets = dict(zip(SOURCES, (KEY, CLI_TOKEN, make_jwt({"exp": ahead, "n": 1}),
                                          make_jwt({"exp": ahead, "n": 2}))))  # fmt: skip
        self.kimi.tokens.update(self.secrets.values())
        self.states: Dict[str, str] = {}
        self.kimi.route("api.kimi.com", "GET", PATH, self.answer)
        self.kimi.route(WEB, "POST", WEB_USAGES_PATH, self.answer)
        self.kimi.route(WEB, "POST", WEB_STATS_PATH, self.answer)

    def source(self, request: Request) -> str:
        """The source whose credential came with a request."""
        bearer = request.headers["Authorization"].partition(" ")[2]
        return next(name for name, secret in self.secrets.items() if secret == bearer)

    def answer(self, request: Request) -> Answer:
        name = self.source(request)
        if self.states[name] == "good":
            good = {PATH: self.kimi.usage, WEB_USAGES_PATH: self.kimi.web_usage}
            return json_answer(good.get(request.path, self.kimi.web_stats))
        return ANSWERS[self.states[name]](name)

    def asked_sources(self) -> List[str]:
        """In their order, without the statistics, which may come at any time."""
        paths = (PATH, WEB_USAGES_PATH)
        return [self.source(one) for one in self.requests if one.path in paths]

    def prepare(self, *states: str) -> Dict[str, Optional[str]]:
        """Puts the sources into these states; returns the variables for that."""
        self.states = dict(zip(SOURCES, states))
        self.home = self.enter(harness.Home())
        self.kimi.requests.clear()
        env: Dict[str, Optional[str]] = {"KIMI_CODE_API_KEY": None}
        expired = make_jwt({"exp": 1})
        if self.states["api-key"] != ABSENT:
            env["KIMI_CODE_API_KEY"] = KEY
        if self.states["cli"] != ABSENT:
            self.sign_in_cli(1 if self.states["cli"] == EXPIRED else None)
        for name in ("manual-token", "environment-token"):
            state = self.states[name]
            token = expired if state == EXPIRED else self.secrets[name]
            if state != ABSENT and name == "manual-token":
                self.home.config({"providers": [{"id": "kimi", "cookieHeader": token}]})
            elif state != ABSENT:
                env["KIMI_AUTH_TOKEN"] = token
        return env

    def test_table(self) -> None:
        for states, asked, outcome in ROWS:
            with self.subTest(states=states):
                self.check(states, asked, outcome)

    def check(self, states: Tuple[str, ...], asked: str, outcome: Outcome) -> None:
        result = self.run_provider(**self.prepare(*states))
        harness.assert_no_secret(result, *self.secrets.values())
        self.assertRegex("".join(name[0] for name in self.asked_sources()), f"^{asked}$")
        document = result.json()
        if len(outcome) == 1:
            self.assertEqual((result.status, document.get("source")), (0, outcome[0]), document)
            return
        self.assertEqual((result.status, document["error"]["kind"]), (1, outcome[0]), document)
        for part in outcome[1:]:
            self.assertIn(part, document["error"]["message"])
        self.assertEqual(document["error"].get("retryAfter"),
                         77 if outcome[0] == "rate-limited" else None)  # fmt: skip

    def test_one_mode_alone(self) -> None:
        """Whose credentials each mode sends if all are good, and if all are refused."""
        for mode, good, refused in (("api", "a", "a"), ("cli", "c", "c"), ("web", "m", "me")):
            env = self.prepare("good", "good", "good", "good")
            self.run_provider("--source", mode, **env)
            self.assertEqual("".join(name[0] for name in self.asked_sources()), good)
            env = self.prepare("refused", "refused", "refused", "refused")
            error = self.error("auth", args=("--source", mode), **env)
            self.assertEqual("".join(name[0] for name in self.asked_sources()), refused)
            self.assertIn(f"words to {self.asked_sources()[0]}", error["message"])

    def test_one_mode_that_has_nothing(self) -> None:
        """The other sources are not used, and the message names only the ways for this mode."""
        ways = {"api": "set-api-key", "cli": "sign in with Kimi's own client", "web": "set-cookie"}
        for mode, way in ways.items():
            states = ["good"] * 4
            for number, source_mode in enumerate(("api", "cli", "web", "web")):
                if source_mode == mode:
                    states[number] = ABSENT
            env = self.prepare(*states)
            self.error("auth", "Not signed in to Kimi Code", way, args=("--source", mode), **env)
            self.assertEqual(self.requests, [])

    def test_diagnosis(self) -> None:
        """The source that is tried first is marked as used."""
        for states, used in ((("good",) * 4, "api-key"), ((ABSENT, "good", "good", ABSENT), "cli"),
                             ((ABSENT, EXPIRED, EXPIRED, "good"), "environment-token"),
                             ((ABSENT, EXPIRED, ABSENT, ABSENT), None)):  # fmt: skip
            env = self.prepare(*states)
            result = self.run_provider("--diagnose", **env)
            harness.assert_no_secret(result, *self.secrets.values())
            sources: List[Any] = result.json()
            self.assertEqual([one["source"] for one in sources],
                             [*SOURCES[:2], "other-tools", *SOURCES[2:], "desktop-app", "browser"])  # fmt: skip
            self.assertEqual([one["mode"] for one in sources],
                             ["api", "cli", "api"] + ["web"] * 4)  # fmt: skip
            own = [one for one in sources if one["source"] in SOURCES]
            for one, state in zip(own, states):
                self.assertEqual(one["present"], state != ABSENT)
                self.assertEqual(one["used"], one["source"] == used)
                why = {ABSENT: "not set", EXPIRED: "expired|run out"}.get(state, "found in")
                self.assertRegex(one["why"], why)
        self.assertEqual(self.kimi.connects, [])


if __name__ == "__main__":
    harness.main()
