#!/usr/bin/env python3
"""The plan's name: where it comes from, how often it is asked for, and what is not read."""

from __future__ import annotations

import json
import time
from datetime import datetime, timedelta, timezone
from typing import Any, Callable, Dict, List, Optional, Tuple

from kimi_case import KEY, PLAN_PATHS, WEB, KimiTestCase, harness
from endpoints import CODE_ME_PATH, WEB_PLAN_PATH
from fake_kimi import web_token
from payloads import load

ME = ("api.kimi.com", "GET", CODE_ME_PATH)
FORM = "%Y-%m-%dT%H:%M:%SZ"


class Plan(KimiTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.kimi.me = load("me-pro.json")

    @property
    def memory(self) -> Any:
        return json.loads((self.home.cache / "kimi.memory.json").read_text("utf-8"))

    def asked_for_plan(self) -> int:
        return sum(request.path in PLAN_PATHS for request in self.kimi.requests)

    def let_a_day_pass(self) -> None:
        document = self.memory
        for entry in document["plans"]:
            then = datetime.strptime(entry["at"], FORM) - timedelta(days=1)
            entry["at"] = then.strftime(FORM)
        (self.home.cache / "kimi.memory.json").write_text(json.dumps(document))

    def test_requests_of_a_day(self) -> None:
        """The usage each time, the plan once."""
        for _ in range(96):
            self.assertEqual(self.snapshot()["plan"], "Pro")
        self.assertEqual(self.asked_for_plan(), 1)
        self.assertEqual(len(self.kimi.requests), 96 + 1)
        self.let_a_day_pass()
        self.kimi.me = load("me-allegro.json")
        self.assertEqual(self.snapshot()["plan"], "Allegro")
        self.snapshot()
        self.assertEqual(self.asked_for_plan(), 2)

    def test_each_credential_has_its_own(self) -> None:
        self.kimi.keys.add("sk-kimi-another")
        self.snapshot()
        self.snapshot(KIMI_CODE_API_KEY="sk-kimi-another")
        self.snapshot()
        self.assertEqual(self.asked_for_plan(), 2)

    def test_new_tokens_of_one_account_are_one(self) -> None:
        self.kimi.subscription = {"subscription": {"goods": {"title": "Max"}}}
        for number in range(3):
            token = web_token(exp=int(time.time()) + 600 + number)
            self.kimi.tokens.add(token)
            env = {"KIMI_CODE_API_KEY": None, "KIMI_AUTH_TOKEN": token}
            self.assertEqual(self.snapshot(**env)["plan"], "Max")
        self.assertEqual(self.asked_for_plan(), 1)

    def test_its_failure_costs_nothing(self) -> None:
        failures: Tuple[Dict[str, Any], ...] = (
            {"status": 404}, {"status": 500}, {"status": 401}, {"body": "?"}, {"body": "[]"},
            {"behaviour": "close"}, {"behaviour": "huge"}, {"behaviour": "hang"},
            {"body": {"user_level_name": 7}},
        )  # fmt: skip
        for failure in failures:
            self.kimi.answer(*ME, **failure)
            begin = time.monotonic()
            self.assertEqual(self.snapshot()["windows"][0]["used"], 214, failure)
            self.assertLess(time.monotonic() - begin, 3, failure)
            self.snapshot()
            self.assertEqual(self.asked_for_plan(), 1, failure)
            self.kimi.requests.clear()
            self.forget()

    def test_asked_again_after_a_run_without_a_network(self) -> None:
        """If nothing was reached at all, the next run asks for it again."""
        self.kimi.break_host("api.kimi.com", "connect_refused")
        self.error("network")
        self.kimi.break_host("api.kimi.com", None)
        self.assertEqual(self.snapshot()["plan"], "Pro")

    def test_markup_and_controls_in_it(self) -> None:
        self.kimi.me = {"user_level_name": "<b>Pro</b>\n\x1b[31m\u202e" + "x" * 500}
        plan = self.snapshot().get("plan", "")
        self.assertLessEqual(len(plan), 64)
        self.assertTrue(plan.isprintable(), plan)

    def test_nothing_personal_is_stored_or_printed(self) -> None:
        personal = ("user-id-0123", "me@example.com", "Nick Name")
        self.kimi.me = {"user_level_name": "Pro", "user_id": personal[0], "email": personal[1],
                        "nickname": personal[2]}  # fmt: skip
        harness.assert_no_secret(self.run_provider(), *personal)
        for path in harness.walk_files(self.home.root):
            text = path.read_bytes().decode("utf-8", "replace")
            harness.assert_no_secret(text, *personal, KEY)

    def test_another_level_in_the_usage_is_another_plan(self) -> None:
        """After a change of the plan the old name is not shown."""
        def usage(level: str) -> Any:
            return {**self.kimi.usage, "user": {"membership": {"level": level}}}  # type: ignore

        self.kimi.me = {"user_level_name": "Moderato"}
        self.kimi.usage = usage("LEVEL_BASIC")
        self.assertEqual(self.snapshot()["plan"], "Moderato")
        self.kimi.me = {"user_level_name": "Vivace"}
        self.kimi.usage = usage("LEVEL_STANDARD")
        self.assertEqual(self.snapshot()["plan"], "Vivace")
        self.assertEqual(self.snapshot()["plan"], "Vivace")
        self.assertEqual(self.asked_for_plan(), 2)


if __name__ == "__main__":
    harness.main()
