#!/usr/bin/env python3
"""Keys that other tools have: which are used, where they go, and which are left alone."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any, Dict, Optional

from kimi_case import CLI_TOKEN, KEY, KimiTestCase, harness
from fake_kimi import web_token

COM, AI = "sk-kimi-of-kimi-com-0123", "sk-kimi-of-kimi-ai-0123"


class OtherTools(KimiTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.kimi.keys |= {COM, AI}

    def environment(self, **extra: Optional[str]) -> Dict[str, Optional[str]]:
        return super().environment(**{"KIMI_CODE_API_KEY": None, **extra})

    def write(self, path: Path, content: Any) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content if isinstance(content, str) else json.dumps(content))
        return path

    def opencode(self, content: Any) -> Path:
        return self.write(self.home.data_home / "opencode" / "auth.json", content)

    def pi(self, content: Any) -> Path:
        return self.write(self.home.home / ".pi" / "agent" / "auth.json", content)

    def config(self, content: str) -> Path:
        return self.write(self.home.home / ".kimi-code" / "config.toml", content)

    def sent(self) -> Any:
        """The host of the only request, and the key that it got."""
        self.kimi.requests.clear()
        self.assertEqual(self.snapshot()["source"], "other-tools")
        (request,) = self.requests
        return request.host, str(request.headers["Authorization"]).partition(" ")[2]

    def test_opencode(self) -> None:
        for slot, host, key in (("kimi-for-coding", "api.kimi.com", COM),
                                ("kimi-code-plan-cn", "api.kimi.com", COM),
                                ("kimi-code-plan-global", "api.kimi.ai", AI)):  # fmt: skip
            self.opencode({slot: {"type": "api", "key": key}})
            self.assertEqual(self.sent(), (host, key))

    def test_configuration_of_the_client(self) -> None:
        self.config('[providers.mine]\nbase_url = "https://api.kimi.ai/coding/v1"\n'
                    f"api_key = '{AI}'\n")  # fmt: skip
        self.assertEqual(self.sent(), ("api.kimi.ai", AI))

    def test_pi(self) -> None:
        token = web_token("kimi.ai")
        self.kimi.keys.add(token)
        self.pi({"kimi-coding": {"access": token, "expires": (time.time() + 300) * 1000}})
        self.assertEqual(self.sent(), ("api.kimi.ai", token))

    def test_pi_that_has_run_out_is_no_alarm(self) -> None:
        path = self.pi({"kimi-coding": {"access": "token-0123", "expires": 1_700_000_000_000}})
        error = self.error("auth", "pi", "has run out")
        self.assertEqual(error["expiredAt"], "2023-11-14T22:13:20Z")
        self.assertIn(str(path), error["watch"])

    def test_own_key_and_client_come_first(self) -> None:
        self.opencode({"kimi-for-coding": {"type": "api", "key": COM}})
        self.assertEqual(self.snapshot(KIMI_CODE_API_KEY=KEY)["source"], "api-key")
        self.sign_in_cli()
        self.assertEqual(self.snapshot()["source"], "cli")
        for request in self.kimi.requests:
            harness.assert_no_secret(str(request.headers), COM)

    def test_not_in_the_place_of_a_key_that_fails(self) -> None:
        """It may belong to another account, whose numbers would come and go."""
        self.opencode({"kimi-for-coding": {"type": "api", "key": COM}})
        self.kimi.answer("api.kimi.com", "GET", "/coding/v1/usages", status=503)
        self.error("server", KIMI_CODE_API_KEY=KEY)
        for request in self.kimi.requests:
            harness.assert_no_secret(str(request.headers), COM)

    def test_controls_in_a_name(self) -> None:
        self.config('[providers."a\\u001b[31m\\nINJ"]\n'
                    'base_url = "https://api.kimi.com"\napi_key = "sk-kimi-refused"\n')  # fmt: skip
        result = self.run_provider()
        self.assertIn("INJ", result.stderr)
        self.assertNotIn("\x1b", result.stderr + result.stdout)

    def test_not_read_while_a_key_of_ones_own_works(self) -> None:
        path = self.opencode("{")
        before = path.stat().st_atime_ns
        os.utime(path, ns=(1, path.stat().st_mtime_ns))
        self.snapshot(KIMI_CODE_API_KEY=KEY)
        self.assertEqual(path.stat().st_atime_ns, 1)
        self.assertGreater(before, 1)

    def test_left_alone_if_the_user_says_so(self) -> None:
        self.opencode({"kimi-for-coding": {"type": "api", "key": COM}})
        self.home.config({"providers": [{"id": "kimi", "otherTools": False}]})
        self.error("auth", "Not used: key of another tool (otherTools is false)")
        self.assertEqual(self.kimi.connects, [])

    def test_what_is_no_key_of_kimi(self) -> None:
        for content in ("", "{", "[]", {"kimi-for-coding": "x"}, {"anthropic": {"key": COM}},
                        {"kimi-for-coding": {"type": "oauth", "key": COM}},
                        {"kimi-for-coding": {"type": "api", "key": "two words"}},
                        {"kimi-for-coding": {"type": "api", "key": 7}},
                        "[" * 100000, "x" * 300000):  # fmt: skip
            self.opencode(content)
            self.error("auth", "Not signed in")
        self.opencode("{}")
        for base in ("https://api.kimi.com.evil.example/coding/v1", "http://api.kimi.com/coding/v1",
                     "https://api.kimi.com:8443/", "https://x@api.kimi.com/", ""):  # fmt: skip
            self.config(f'[providers.a]\nbase_url = "{base}"\napi_key = "{COM}"\n')
            self.error("auth", "Not signed in")
        self.config('[providers.a]\nbase_url = "https://api.kimi.com/coding/v1"\napi_key = ""\n')
        self.error("auth", "Not signed in")
        self.assertEqual(self.kimi.connects, [])

    def test_a_fifo_does_not_hang(self) -> None:
        path = self.opencode("")
        path.unlink()
        os.mkfifo(path)
        self.error("auth", "Not signed in")


class Bounds(KimiTestCase):
    def environment(self, **extra: Optional[str]) -> Dict[str, Optional[str]]:
        return super().environment(**{"KIMI_CODE_API_KEY": None, **extra})

    def test_at_most_eight_requests_in_one_attempt(self) -> None:
        """Even with many credentials that are all refused."""
        slots = ("kimi-for-coding", "kimi-code-plan-cn", "kimi-code-plan-global")
        path = self.home.data_home / "opencode" / "auth.json"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(
            {slot: {"type": "api", "key": f"sk-kimi-{slot}"} for slot in slots}))  # fmt: skip
        self.sign_in_cli()
        self.kimi.keys.clear()
        self.kimi.tokens.clear()
        env = {name: web_token(sub=name) for name in
               ("KIMI_MANUAL_COOKIE", "kimi_manual_cookie", "KIMI_AUTH_TOKEN", "kimi_auth_token")}
        self.error("auth", "API key is invalid", KIMI_CODE_API_KEY=KEY, **env)
        self.assertLessEqual(len(self.kimi.requests), 8)
        first = len(self.kimi.requests)
        for _ in range(3):  # each attempt continues where the previous one ended
            self.error("auth", "API key is invalid", KIMI_CODE_API_KEY=KEY, **env)
        sent = [request.headers["Authorization"] for request in self.requests
                if request.path.endswith(("/usages", "/GetUsages"))]  # fmt: skip
        self.assertEqual(len(sent), len(set(sent)), "nothing that was refused is sent again")
        self.assertGreater(len(self.kimi.requests), first)
        self.assertNotIn(CLI_TOKEN, str(self.home.cache))


if __name__ == "__main__":
    harness.main()
