"""What `usageline doctor` reports, and its exit status."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))

import documents  # noqa: E402
import harness  # noqa: E402
from fake_kimi import KEY, FakeKimi  # noqa: E402
from messages import Answer  # noqa: E402


class DoctorTest(harness.TestCase):
    def setUp(self) -> None:
        self.kimi = self.enter(FakeKimi())
        self.home = self.enter(harness.Home())

    def examine(self, **variables: str) -> tuple[int, dict[str, list[dict[str, Any]]]]:
        """The exit status, and the findings by section."""
        result = self.home.run("doctor", "--json", env={**self.kimi.environment, **variables})
        document = result.json()
        self.assertEqual(document["healthy"], result.status == 0)
        sections: dict[str, list[dict[str, Any]]] = {}
        for finding in document["findings"]:
            sections.setdefault(finding["section"], []).append(finding)
        harness.assert_no_secret(result, KEY)
        return result.status, sections

    def assert_finds(self, findings: list[dict[str, Any]], status: str, part: str) -> None:
        self.assertTrue(
            any(f["status"] == status and part in f["text"] for f in findings),
            f"no {status} finding says {part!r}: {findings}",
        )

    def test_all_is_well_with_a_key(self) -> None:
        status, found = self.examine(KIMI_CODE_API_KEY=KEY)
        self.assertEqual(status, 0)
        self.assert_finds(found["sources"], "good", "API key: found in KIMI_CODE_API_KEY; tried first")
        self.assert_finds(found["network"], "good", "api.kimi.com answers")
        self.assert_finds(found["store"], "good", "can be written")

    def test_no_credential_is_unhealthy_and_names_the_way(self) -> None:
        status, found = self.examine()
        self.assertEqual(status, 1)
        self.assert_finds(found["sources"], "bad", "usageline config set-api-key --provider kimi")

    def test_no_credential_is_sent_to_find_out(self) -> None:
        self.examine(KIMI_CODE_API_KEY=KEY)
        self.assertTrue(self.kimi.requests)
        for request in self.kimi.requests:
            self.assertNotIn("Authorization", request.headers)
            self.assertNotIn("Cookie", request.headers)

    def test_a_wrong_setting_is_reported_with_its_line(self) -> None:
        path = self.home.config('{\n"refreshInterval": 1}')
        status, found = self.examine(KIMI_CODE_API_KEY=KEY)
        self.assertEqual(status, 1)
        self.assert_finds(found["configuration"], "bad", f"{path}:2: ")

    def test_credentials_that_others_can_read_are_reported(self) -> None:
        self.home.run("config", "set-api-key", "--stdin", stdin=KEY)
        path = self.home.data_home / "usageline" / "credentials.json"
        os.chmod(path, 0o644)
        status, found = self.examine()
        self.assertEqual(status, 1)
        self.assert_finds(found["configuration"], "bad", f"chmod 600 {path}")

    def test_a_certificate_that_is_not_trusted_is_reported(self) -> None:
        self.kimi.break_host("api.kimi.com", "untrusted_certificate")
        status, found = self.examine(KIMI_CODE_API_KEY=KEY)
        self.assertEqual(status, 1)
        self.assert_finds(found["network"], "bad", "certificate is not trusted")

    def test_a_clock_that_is_wrong_is_reported(self) -> None:
        hour_ago = time.strftime("%a, %d %b %Y %H:%M:%S GMT", time.gmtime(time.time() - 3600))
        self.kimi.route(
            "api.kimi.com", "GET", "/", lambda _: Answer(status=404, headers={"Date": hour_ago})
        )
        status, found = self.examine(KIMI_CODE_API_KEY=KEY)
        self.assertEqual(status, 1)
        self.assert_finds(found["network"], "bad", "s ahead of that of api.kimi.com")

    def test_an_address_that_is_refused_is_reported(self) -> None:
        status, found = self.examine(
            KIMI_CODE_API_KEY=KEY, KIMI_CODE_BASE_URL="http://proxy.example.com"
        )
        self.assertEqual(status, 1)
        self.assert_finds(found["sources"], "note", "it must begin with https://")

    def test_a_provider_that_does_not_run_is_reported(self) -> None:
        for script in ("exit 127", "kill -SEGV $$", "echo nonsense"):
            self.home.plugin("kimi", script)
            status, found = self.examine(KIMI_CODE_API_KEY=KEY)
            self.assertEqual(status, 1, script)
            self.assertTrue(any(f["status"] == "bad" for f in found["provider"]), script)

    def test_damaged_credentials_are_reported(self) -> None:
        self.home.run("config", "set-api-key", "--stdin", stdin=KEY)
        path = self.home.data_home / "usageline" / "credentials.json"
        path.write_text("{")
        status, found = self.examine(KIMI_CODE_API_KEY=KEY)
        self.assertEqual(status, 1)
        self.assert_finds(found["configuration"], "bad", "move it away")

    def test_a_failure_before_a_new_key_is_an_old_story(self) -> None:
        self.home.run("refresh", env=self.kimi.environment)
        self.home.run("config", "set-api-key", "--stdin", stdin=KEY)
        status, found = self.examine()
        self.assertEqual(status, 0)
        self.assert_finds(found["store"], "note", "the next line asks again")

    def test_a_refusal_is_reported(self) -> None:
        self.home.run("refresh", env={**self.kimi.environment, "KIMI_CODE_API_KEY": "sk-wrong"})
        status, found = self.examine(KIMI_CODE_API_KEY="sk-wrong")
        self.assertEqual(status, 1)
        self.assert_finds(found["store"], "bad", "the API key is invalid or expired")

    def diagnose(self, sources: list[dict[str, Any]], **more: Any) -> dict[str, list[dict[str, Any]]]:
        """The findings with a provider that reports these sources."""
        script = f"""case $1 in --diagnose) echo '{json.dumps(sources)}';; --*) exit 2;;
            *) {documents.ANSWERING};; esac"""
        documents.shell_home(self.home, script)
        documents.answer(self.home, more.get("answer", documents.snapshot()))
        self.home.run("refresh")
        return self.examine()[1]

    def test_each_place_of_a_source_is_reported_below_it(self) -> None:
        places = [
            {"label": "EXAMPLE_TOKEN", "words": "expired", "used": False},
            {"label": "~/.example\x1b[1m", "words": "found", "why": "of 2 hosts", "used": True},
        ]
        source = {"source": "token", "label": "Token", "present": True, "used": True, "why": "found"}
        found = self.diagnose([{**source, "places": places}, {"source": "other", "present": False}])
        (token, other) = (finding["text"] for finding in found["sources"][:2])
        lines = token.split("\n")
        self.assertEqual(lines[:2], ["Token: found", "  EXAMPLE_TOKEN: expired"])
        self.assertRegex(lines[2], r"^  ~/\.example.*: found: of 2 hosts \(the first to be used\)$")
        self.assertNotIn("\x1b", token)
        self.assertEqual(other, "other: not there")

    def test_limits_that_all_read_0_are_remarked(self) -> None:
        zero = documents.window(usedPercent=0, used=None)
        remark = "every limit reads 0 %"
        for windows, is_remarked in (
            ([zero, {"id": "session"}], True),
            ([zero, {"id": "session", "usedPercent": 0.5}], False),
            ([{"id": "session"}], False),
        ):
            found = self.diagnose([], answer=documents.snapshot(windows=windows))
            texts = [finding["text"] for finding in found["store"] if finding["status"] == "note"]
            self.assertEqual(any(remark in text for text in texts), is_remarked, windows)

    def test_a_credential_that_is_renewed_is_nothing_wrong(self) -> None:
        problem = documents.error("auth", "run kimi", expiredAt=documents.time_text(minutes=-5))
        found = self.diagnose([{"source": "cli", "present": True, "used": False}], answer=problem)
        for section in ("sources", "store"):
            for finding in found[section]:
                self.assertNotEqual(finding["status"], "bad", finding)
        self.assert_finds(found["store"], "note", "ran out 5 min ago: run kimi")

    def test_a_bar_that_has_usageline_is_reported(self) -> None:
        folder = self.home.config_home / "waybar"
        folder.mkdir(parents=True)
        config = folder / "config.jsonc"
        config.write_text(
            '{"modules-left": ["custom/k"], "custom/k": {"exec": "usageline waybar"}}'
        )
        _, found = self.examine(KIMI_CODE_API_KEY=KEY)
        self.assert_finds(found["bars"], "good", f"waybar: usageline is in {config}")

    def test_a_store_that_can_not_be_written_is_reported(self) -> None:
        blocked = self.home.root / "file"
        blocked.write_text("")
        status, found = self.examine(KIMI_CODE_API_KEY=KEY, XDG_CACHE_HOME=str(blocked))
        self.assertEqual(status, 1)
        self.assert_finds(found["store"], "bad", str(blocked))

    def test_the_address_that_would_be_asked_is_the_one_that_is_tried(self) -> None:
        self.kimi.add_host("proxy.example.com")
        self.examine(KIMI_CODE_API_KEY=KEY, KIMI_CODE_BASE_URL="https://proxy.example.com/kimi")
        self.assertEqual({request.host for request in self.kimi.requests}, {"proxy.example.com"})

    def test_no_provider_is_reported(self) -> None:
        self.home.config({"providers": []})
        status, found = self.examine()
        self.assertEqual(status, 1)
        self.assert_finds(found["provider"], "bad", "usageline config providers")

    def test_the_text_for_people_ends_with_a_verdict(self) -> None:
        environment = {**self.kimi.environment, "KIMI_CODE_API_KEY": KEY}
        result = self.home.run("doctor", env=environment)
        self.assertEqual((result.status, result.stderr), (0, ""))
        self.assertTrue(result.stdout.endswith("All is well.\n"))
        self.assertNotIn("\033", result.stdout)


if __name__ == "__main__":
    harness.main()
