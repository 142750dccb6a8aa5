"""Shared by the tests that run usageline-provider-kimi against the fake Kimi."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any, Dict, List, Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402
from endpoints import WEB_STATS_PATH, WEB_USAGES_PATH  # noqa: E402
from fake_kimi import KEY, FakeKimi  # noqa: E402

PATH = "/coding/v1/usages"
ROUTE = ("api.kimi.com", "GET", PATH)
WEB = "www.kimi.com"
OTHER = "proxy.example.com"

CLI_TOKEN = "cli-access-token-0123456789abcdef"
REFRESH_TOKEN = "cli-refresh-token-0123456789abcdef"
LABELS = ("API key", "Kimi's client", "key of another tool", "pasted token",
          "token in the environment", "Kimi's desktop app", "browser")  # fmt: skip
PLAN_PATHS = (
    "/coding/v1/me",
    "/apiv2/kimi.gateway.membership.v2.MembershipService/GetSubscription",
)
_PATHS = {PATH: "code", WEB_USAGES_PATH: "web", WEB_STATS_PATH: "stats"}


class KimiTestCase(harness.TestCase):
    def setUp(self) -> None:
        self.kimi = self.enter(FakeKimi())
        self.home = self.enter(harness.Home())

    @property
    def requests(self) -> List[Any]:
        """Those for the usage; test_kimi_plan.py tests those for the plan."""
        return [request for request in self.kimi.requests if request.path not in PLAN_PATHS]

    def forget(self) -> None:
        """Makes the provider forget plans and what was refused."""
        for path in self.home.cache.glob("kimi.memory.json"):
            path.unlink()

    def environment(self, **extra: Optional[str]) -> Dict[str, Optional[str]]:
        return {**self.kimi.environment, "KIMI_CODE_API_KEY": KEY, **extra}

    def run_provider(self, *args: str, **env: Optional[str]) -> harness.Result:
        result = self.home.run(
            *args, program=harness.provider("kimi"), env=self.environment(**env)
        )
        harness.assert_no_secret(result, KEY, self.kimi.token, CLI_TOKEN, REFRESH_TOKEN)
        for line in result.stderr.splitlines():
            self.assertRegex(line, "^(" + "|".join(LABELS) + "), .*: .+|^  |^Every limit reads 0")
        self.assertEqual(result.stdout.count("\n"), 1, "one document, and nothing else")
        return result

    def snapshot(self, *args: str, **env: Optional[str]) -> Any:
        result = self.run_provider(*args, **env)
        self.assertEqual(result.status, 0, result.stdout)
        return result.json()

    def error(self, kind: str, *parts: str, args: Any = (), **env: Optional[str]) -> Any:
        """The error, which must be of this kind and contain these parts."""
        result = self.run_provider(*args, **env)
        self.assertEqual(result.status, 1, result.stdout)
        document = result.json()
        self.assertEqual((document["schema"], document["provider"]), (1, "kimi"))
        self.assertEqual(document["error"]["kind"], kind, document)
        for part in parts:
            self.assertIn(part, document["error"]["message"])
        return document["error"]

    def windows(self, *args: str, **env: Optional[str]) -> Dict[str, Any]:
        """The used percentage of each window."""
        windows = self.snapshot(*args, **env)["windows"]
        return {window["id"]: window["usedPercent"] for window in windows}

    def asked(self) -> List[str]:
        """The requests, such as "code api.kimi.com", sorted."""
        return sorted(f"{_PATHS[request.path]} {request.host}" for request in self.requests)

    def sign_in_cli(
        self,
        expires_at: Any = None,
        folder: str = ".kimi-code",
        token: Any = CLI_TOKEN,
        slot: str = "kimi-code",
    ) -> Path:
        """Writes the files of Kimi's own client, with a token for an hour; returns its folder."""
        home = self.home.home / folder
        (home / "credentials").mkdir(mode=0o700, parents=True, exist_ok=True)
        content = {
            "access_token": token,
            "refresh_token": REFRESH_TOKEN,
            "expires_at": time.time() + 3600 if expires_at is None else expires_at,
        }
        (home / "credentials" / f"{slot}.json").write_text(json.dumps(content))
        self.kimi.keys.add(token)
        return home
