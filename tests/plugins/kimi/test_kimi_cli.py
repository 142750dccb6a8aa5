#!/usr/bin/env python3
"""The session of Kimi's own client: which token is used, where it goes, and what is left alone."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any, Callable, Dict, Optional, Tuple

from kimi_case import CLI_TOKEN, KEY, REFRESH_TOKEN, KimiTestCase, harness

OFF = ("KIMI_CODE_BASE_URL", "KIMI_CODE_OAUTH_HOST", "KIMI_OAUTH_HOST")
SIGN_IN_AGAIN = "sign in again with Kimi's own client"


class CliTestCase(KimiTestCase):
    def environment(self, **extra: Optional[str]) -> Dict[str, Optional[str]]:
        return super().environment(**{"KIMI_CODE_API_KEY": None, **extra})

    def bearer(self) -> str:
        (request,) = self.kimi.requests
        return str(request.headers["Authorization"])


class TheToken(CliTestCase):
    def used(self, expires_at: Any) -> bool:
        """Whether a token of this expiry is sent; if not, the error has to say what to do."""
        with harness.Home() as self.home:
            self.kimi.requests.clear()
            self.sign_in_cli(expires_at)
            if self.run_provider().status == 0:
                self.assertEqual(self.bearer(), f"Bearer {CLI_TOKEN}")
                return True
            self.error("auth", "has expired", SIGN_IN_AGAIN, "does not refresh")
            self.assertEqual(self.kimi.connects, [])
            return False

    def test_fresh(self) -> None:
        self.sign_in_cli()
        snapshot = self.snapshot()
        self.assertEqual(snapshot["source"], "cli")
        self.assertEqual(snapshot["windows"][0]["used"], 214)
        self.assertEqual(self.asked(), ["code api.kimi.com"])
        self.assertEqual(self.bearer(), f"Bearer {CLI_TOKEN}")

    def test_expiry_that_is_far_enough(self) -> None:
        for expires_at in (time.time() + 90, str(int(time.time()) + 90), f"{time.time() + 90:.3f}",
                           (time.time() + 90) * 1000, str(int(time.time() + 90) * 1000),
                           4e9, 9e15):  # fmt: skip
            self.assertTrue(self.used(expires_at), expires_at)

    def test_expiry_that_is_too_near(self) -> None:
        for expires_at in (time.time() + 59, str(int(time.time()) + 50), time.time() - 1,
                           (time.time() + 50) * 1000, 0, -1, 1, "", "soon", "0x7fffffff", "nan",
                           [], {"a": 1}, True):  # fmt: skip
            self.assertFalse(self.used(expires_at), expires_at)

    def test_quotes_and_spaces_are_stripped(self) -> None:
        self.sign_in_cli(token=f' "{CLI_TOKEN}"\n')
        self.kimi.keys.add(CLI_TOKEN)
        self.snapshot()
        self.assertEqual(self.bearer(), f"Bearer {CLI_TOKEN}")

    def test_header_injection(self) -> None:
        self.sign_in_cli(token=f"{CLI_TOKEN}\r\nX-Evil: 1")
        self.error("auth", "no usable token", SIGN_IN_AGAIN)
        self.assertEqual(self.kimi.connects, [])

    def test_api_key_comes_first(self) -> None:
        self.sign_in_cli()
        self.assertEqual(self.snapshot(KIMI_CODE_API_KEY=KEY)["source"], "api-key")
        self.assertEqual(self.bearer(), f"Bearer {KEY}")

    def test_refused(self) -> None:
        home = self.sign_in_cli()
        self.kimi.keys.clear()
        self.error("auth", "the token of Kimi's client is refused", SIGN_IN_AGAIN, str(home),
                   "invalid or may have expired")  # fmt: skip


class TheFiles(CliTestCase):
    def state(self, folder: Path) -> Dict[str, Tuple[bytes, int, int]]:
        return {
            str(path): (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_mode)
            for path in harness.walk_files(folder)
        }

    def test_none(self) -> None:
        self.error("auth", "Kimi auth token is missing")
        (self.home.home / ".kimi-code").mkdir()
        self.error("auth", "Kimi auth token is missing")
        self.error("auth", "Kimi auth token is missing", "sign in", args=("--source", "cli"))

    def test_nothing_is_written_and_the_refresh_token_stays(self) -> None:
        """Not even when the token is refused or has expired."""
        home = self.sign_in_cli()
        file = home / "credentials" / "kimi-code.json"
        expired = {**json.loads(file.read_text()), "expires_at": 1}
        situations: Tuple[Callable[[], Any], ...] = (
            lambda: None,
            self.kimi.keys.clear,
            lambda: file.write_text(json.dumps(expired)),
        )
        for make in situations:
            make()
            before = self.state(self.home.home)
            self.run_provider()
            self.run_provider("--diagnose")
            self.assertEqual(self.state(self.home.home), before)
        self.assertEqual(self.asked(), ["code api.kimi.com"] * 2)
        for request in (*self.kimi.requests, *self.kimi.tunnels):
            sent = f"{request.path} {request.headers} {request.body!r}"
            harness.assert_no_secret(sent, REFRESH_TOKEN)

    def test_named_folder(self) -> None:
        named = self.sign_in_cli(folder="elsewhere")
        self.error("auth", "missing")
        self.snapshot(KIMI_CODE_HOME=str(named))
        self.sign_in_cli(expires_at=1)
        self.snapshot(KIMI_CODE_HOME=str(named))

    def test_folder_of_an_older_client(self) -> None:
        self.sign_in_cli(folder=".kimi")
        self.assertEqual(self.snapshot()["source"], "cli")

    def test_newer_client_comes_first(self) -> None:
        self.sign_in_cli()
        self.sign_in_cli(folder=".kimi", token="older-token-0123456789")
        self.snapshot()
        self.assertEqual(self.bearer(), f"Bearer {CLI_TOKEN}")

    def test_older_client_if_the_newer_has_expired(self) -> None:
        home = self.sign_in_cli(expires_at=1)
        self.sign_in_cli(folder=".kimi", token="older-token-0123456789")
        self.snapshot()
        self.assertEqual(self.bearer(), "Bearer older-token-0123456789")
        self.kimi.keys.clear()
        (self.home.home / ".kimi" / "credentials" / "kimi-code.json").unlink()
        self.error("auth", str(home), "has expired")

    def test_unreadable(self) -> None:
        home = self.sign_in_cli()
        file = home / "credentials" / "kimi-code.json"
        for text in ("", "{", "[]", "null", "7", '{"access_token":7,"expires_at":4e9}',
                     '{"access_token":"","expires_at":4e9}', '{"expires_at":4e9}', "\0",
                     "[" * 10000, '{"a":"' + "x" * 70000 + '"}'):  # fmt: skip
            file.write_text(text)
            self.error("auth", str(file), SIGN_IN_AGAIN)
        file.write_bytes(b"\xff\xfe{}")
        self.error("auth", str(file), SIGN_IN_AGAIN)
        file.unlink()
        file.mkdir()
        self.error("auth", "not a regular file", SIGN_IN_AGAIN)
        file.rmdir()
        os.mkfifo(file)  # which nobody writes to: reading it would wait for ever
        self.error("auth", "not a regular file", SIGN_IN_AGAIN)
        self.assertEqual(self.kimi.connects, [])

    def test_unreadable_hands_on(self) -> None:
        home = self.sign_in_cli()
        (home / "credentials" / "kimi-code.json").write_text("{")
        self.assertEqual(
            self.snapshot(KIMI_AUTH_TOKEN=self.kimi.token)["source"], "environment-token"
        )


class WhereItGoes(CliTestCase):
    def host(self, region: Optional[str] = None, toml: Optional[str] = None) -> str:
        with harness.Home() as self.home:
            self.kimi.requests.clear()
            home = self.sign_in_cli()
            if region is not None:
                (home / "region").write_text(region)
            if toml is not None:
                (home / "config.toml").write_text(toml)
            dashboard = self.snapshot()["dashboard"]
            (request,) = self.kimi.requests
            self.assertEqual(request.host.rpartition(".")[2],
                             dashboard.split("/")[2].rpartition(".")[2])  # fmt: skip
            return request.host

    def test_region_file(self) -> None:
        self.assertEqual(self.host(region="global"), "api.kimi.ai")
        self.assertEqual(self.host(region=" global\n"), "api.kimi.ai")
        for region in ("cn", "", "globally", "GLOBAL?", "\0global"):
            self.assertEqual(self.host(region=region), "api.kimi.com", region)

    def test_host_in_its_configuration(self) -> None:
        for toml in ('oauthHost = "https://auth.kimi.ai"', "oauthHost='https://auth.kimi.ai/x'",
                     '[a]\n  oauth_host="auth.kimi.ai"', 'oauthHost = "https://kimi.ai"',
                     'oauth = { key = "#1", oauthHost = "https://auth.kimi.ai" } # note',
                     'x = 1\n"oauthHost" = "https://auth.kimi.ai:443"\n'):  # fmt: skip
            self.assertEqual(self.host(toml=toml), "api.kimi.ai", toml)

    def test_other_words_in_its_configuration(self) -> None:
        for toml in ('oauthHost = "https://auth.kimi.com"', '# oauthHost = "https://auth.kimi.ai"',
                     'oauthHost = "https://auth.kimi.com" # "https://auth.kimi.ai"',
                     'a = 1 # oauthHost = "https://auth.kimi.ai"', "oauthHost", "= = =",
                     'oauthHost = "https://auth.kimi.ai.example.com"', 'host = "auth.kimi.ai"',
                     'oauthHost = "https://notkimi.ai"', 'my_oauthHosts = "https://a.kimi.ai"',
                     "\0", ""):  # fmt: skip
            self.assertEqual(self.host(toml=toml), "api.kimi.com", toml)

    def test_either_is_enough(self) -> None:
        toml = 'oauthHost = "https://auth.kimi.ai"'
        self.assertEqual(self.host(region="cn", toml=toml), "api.kimi.ai")

    def test_our_own_settings_do_not_move_it(self) -> None:
        self.sign_in_cli()
        settings = {"region": "global", "enterpriseHost": "https://proxy.example.com"}
        self.home.config({"providers": [{"id": "kimi", **settings}]})
        self.snapshot()
        self.assertEqual(self.kimi.connects, ["api.kimi.com:443"])

    def test_not_used_beside_another_host(self) -> None:
        self.sign_in_cli()
        for variable in OFF:
            env = {variable: "https://proxy.example.com"}
            self.error("auth", "missing", f"Not used: cli ({variable} is set", **env)
            self.error("auth", variable, args=("--source", "cli"), **env)
        self.assertEqual(self.kimi.connects, [])
        self.snapshot(**dict.fromkeys(OFF, ""))

    def test_redirect(self) -> None:
        self.sign_in_cli()
        self.kimi.add_host("proxy.example.com")
        self.kimi.answer("api.kimi.com", "GET", "/coding/v1/usages", behaviour="redirect",
                         headers={"Location": "https://proxy.example.com/"})  # fmt: skip
        self.error("server", "redirect refused")
        self.assertEqual(self.kimi.connects, ["api.kimi.com:443"])


class TheHeaders(CliTestCase):
    def headers(self) -> Any:
        self.kimi.requests.clear()
        self.snapshot()
        (request,) = self.kimi.requests
        for name, value in request.headers.items():
            self.assertTrue(value.isascii() and value.isprintable(), name)
        return request.headers

    def test_what_is_told(self) -> None:
        self.sign_in_cli()
        headers = self.headers()
        system = os.uname()
        self.assertEqual(headers.get_all("X-Msh-Platform"), ["kimi_code_cli"])
        self.assertRegex(headers["X-Msh-Version"], r"^\d+\.\d+\.\d+$")
        self.assertRegex(headers["User-Agent"], r"^usageline/\d+\.\d+\.\d+$")
        self.assertEqual(headers["X-Msh-Device-Name"], system.nodename)
        self.assertEqual(headers["X-Msh-Device-Model"], f"{system.sysname} {system.machine}")
        self.assertEqual(headers["X-Msh-Os-Version"], system.release)
        self.assertNotIn("X-Msh-Device-Id", headers)
        self.assertNotIn("Cookie", headers)

    def test_device_id(self) -> None:
        home = self.sign_in_cli()
        for text, expected in ((" 0123-abcd\n", "0123-abcd"), ("", None), (" \n", None),
                               ("gerät\r\nX-Evil: 1", "ger??t??X-Evil: 1"),
                               ("x" * 129, None)):  # fmt: skip
            (home / "device_id").write_bytes(text.encode())
            headers = self.headers()
            self.assertEqual(headers["X-Msh-Device-Id"], expected)
            self.assertNotIn("X-Evil", headers)

    def test_only_with_this_token(self) -> None:
        self.sign_in_cli()
        self.snapshot(KIMI_CODE_API_KEY=KEY)
        (request,) = self.kimi.requests
        self.assertEqual([name for name in request.headers if name.startswith("X-Msh")], [])


class BesideAWebToken(CliTestCase):
    def test_statistics(self) -> None:
        self.sign_in_cli()
        windows = self.windows(KIMI_AUTH_TOKEN=self.kimi.token)
        self.assertEqual(windows["monthly"], 41)
        self.assertEqual(self.asked(), ["code api.kimi.com", "stats www.kimi.com"])
        for request in self.kimi.requests:
            secret = self.kimi.token if request.host == "api.kimi.com" else CLI_TOKEN
            harness.assert_no_secret(str(request.headers), secret)

    def test_not_those_of_another_site(self) -> None:
        (self.sign_in_cli() / "region").write_text("global")
        self.snapshot(KIMI_AUTH_TOKEN=self.kimi.token)
        self.assertEqual(self.asked(), ["code api.kimi.ai"])

    def test_those_of_the_same_site(self) -> None:
        (self.sign_in_cli() / "region").write_text("global")
        self.windows("--region", "global", KIMI_AUTH_TOKEN=self.kimi.token)
        self.assertEqual(self.asked(), ["code api.kimi.ai", "stats www.kimi.ai"])


class Diagnosis(CliTestCase):
    def diagnose(self, **env: Optional[str]) -> Tuple[bool, bool, str]:
        sources = {one["source"]: one for one in self.run_provider("--diagnose", **env).json()}
        cli = sources["cli"]
        return cli["present"], cli["used"], cli["why"]

    def test_each_situation(self) -> None:
        self.assertEqual(self.diagnose(), (False, False, "not set"))
        home = self.sign_in_cli()
        file = home / "credentials" / "kimi-code.json"
        self.assertEqual(self.diagnose(), (True, True, f"found in {file}; tried first"))
        present, used, why = self.diagnose(KIMI_CODE_API_KEY=KEY)
        self.assertEqual((present, used), (True, False))
        self.assertIn("for when the one before fails", why)
        present, used, why = self.diagnose(KIMI_OAUTH_HOST="https://a.b")
        self.assertEqual((present, used), (False, False))
        self.assertIn("KIMI_OAUTH_HOST is set", why)
        content = json.loads(file.read_text())
        file.write_text(json.dumps({**content, "expires_at": 1}))
        present, used, why = self.diagnose()
        self.assertEqual((present, used), (True, False))
        self.assertIn("has expired", why)
        self.assertEqual(self.kimi.connects, [])


if __name__ == "__main__":
    harness.main()
