"""What the tests of usageline-provider-kimi against the fake Kimi share."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, Dict, Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))
import harness  # noqa: E402
from fake_kimi import KEY, FakeKimi  # noqa: E402

PATH = "/coding/v1/usages"
ROUTE = ("api.kimi.com", "GET", PATH)
OTHER = "proxy.example.com"


class KimiTestCase(harness.TestCase):
    def setUp(self) -> None:
        self.kimi = self.enter(FakeKimi())
        self.home = self.enter(harness.Home())

    def environment(self, **extra: Optional[str]) -> Dict[str, Optional[str]]:
        return {**self.kimi.environment, "KIMI_CODE_API_KEY": KEY, **extra}

    def run_provider(self, *args: str, **env: Optional[str]) -> harness.Result:
        result = self.home.run(
            *args, program=harness.provider("kimi"), env=self.environment(**env)
        )
        harness.assert_no_secret(result, KEY)
        self.assertEqual(result.stderr, "")
        self.assertEqual(result.stdout.count("\n"), 1, "one document, and nothing else")
        return result

    def snapshot(self, *args: str, **env: Optional[str]) -> Any:
        result = self.run_provider(*args, **env)
        self.assertEqual(result.status, 0, result.stdout)
        return result.json()

    def error(self, kind: str, *parts: str, args: Any = (), **env: Optional[str]) -> Any:
        """The error, which has to be of this kind and to say all of these."""
        result = self.run_provider(*args, **env)
        self.assertEqual(result.status, 1, result.stdout)
        document = result.json()
        self.assertEqual((document["schema"], document["provider"]), (1, "kimi"))
        self.assertEqual(document["error"]["kind"], kind, document)
        for part in parts:
            self.assertIn(part, document["error"]["message"])
        return document["error"]
