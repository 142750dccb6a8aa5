#!/usr/bin/env python3
"""The login of Kimi's own client: which token is used, where it goes, what is left alone."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path
from typing import Any, Callable, Dict, Optional, Tuple

from kimi_case import CLI_TOKEN, KEY, REFRESH_TOKEN, KimiTestCase, harness
from fake_kimi import make_jwt, web_token

OFF = ("KIMI_CODE_BASE_URL", "KIMI_CODE_OAUTH_HOST", "KIMI_OAUTH_HOST")
SIGN_IN = "sign in with Kimi's client"
AI_SLOT = "kimi-code-env-0e4f99c69cc27850"


class CliTestCase(KimiTestCase):
    def environment(self, **extra: Optional[str]) -> Dict[str, Optional[str]]:
        return super().environment(**{"KIMI_CODE_API_KEY": None, **extra})

    def bearer(self) -> str:
        (request,) = self.requests
        return str(request.headers["Authorization"])


class TheToken(CliTestCase):
    def used(self, expires_at: Any) -> bool:
        """Whether a token with this expiry is sent; if not, the error must say what to do."""
        with harness.Home() as self.home:
            self.kimi.requests.clear()
            self.sign_in_cli(expires_at)
            if self.run_provider().status == 0:
                self.assertEqual(self.bearer(), f"Bearer {CLI_TOKEN}")
                return True
            self.error("auth", "has run out", "Run any `kimi` command", "set-api-key")
            self.assertEqual(self.kimi.connects, [])
            return False

    def test_fresh(self) -> None:
        self.sign_in_cli()
        snapshot = self.snapshot()
        self.assertEqual(snapshot["source"], "cli")
        self.assertEqual(snapshot["windows"][0]["used"], 214)
        self.assertEqual(self.asked(), ["code api.kimi.com"])
        self.assertEqual(self.bearer(), f"Bearer {CLI_TOKEN}")

    def test_expiry_far_enough_away(self) -> None:
        for expires_at in (time.time() + 20, str(int(time.time()) + 90), f"{time.time() + 90:.3f}",
                           (time.time() + 90) * 1000, str(int(time.time() + 90) * 1000),
                           4e9, 9e15):  # fmt: skip
            self.assertTrue(self.used(expires_at), expires_at)

    def test_expiry_too_near(self) -> None:
        for expires_at in (time.time() + 8, str(int(time.time()) + 5), time.time() - 1,
                           (time.time() + 5) * 1000, 0, -1, 1, "", "soon", "0x7fffffff", "nan",
                           [], {"a": 1}, True):  # fmt: skip
            self.assertFalse(self.used(expires_at), expires_at)

    def test_quotes_and_spaces_are_stripped(self) -> None:
        self.sign_in_cli(token=f' "{CLI_TOKEN}"\n')
        self.kimi.keys.add(CLI_TOKEN)
        self.snapshot()
        self.assertEqual(self.bearer(), f"Bearer {CLI_TOKEN}")

    def test_header_injection(self) -> None:
        self.sign_in_cli(token=f"{CLI_TOKEN}\r\nX-Evil: 1")
        self.error("auth", "no usable token", SIGN_IN)
        self.assertEqual(self.kimi.connects, [])

    def test_api_key_comes_first(self) -> None:
        self.sign_in_cli()
        self.assertEqual(self.snapshot(KIMI_CODE_API_KEY=KEY)["source"], "api-key")
        self.assertEqual(self.bearer(), f"Bearer {KEY}")

    def test_refused(self) -> None:
        home = self.sign_in_cli()
        self.kimi.keys.clear()
        self.error("auth", "the token of Kimi's client is refused", SIGN_IN, str(home),
                   "invalid or may have expired")  # fmt: skip


class TheFiles(CliTestCase):
    def state(self, folder: Path) -> Dict[str, Tuple[bytes, int, int]]:
        return {
            str(path): (path.read_bytes(), path.stat().st_mtime_ns, path.stat().st_mode)
            for path in harness.walk_files(folder)
        }

    def test_none(self) -> None:
        self.error("auth", "Not signed in to Kimi Code")
        (self.home.home / ".kimi-code").mkdir()
        self.error("auth", "Not signed in to Kimi Code")
        self.error("auth", "Not signed in to Kimi Code", "sign in", args=("--source", "cli"))

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
            before = self.state(home)
            self.run_provider()
            self.run_provider("--diagnose")
            self.assertEqual(self.state(home), before)
        self.assertEqual(self.asked(), ["code api.kimi.com"] * 2)
        for request in (*self.requests, *self.kimi.tunnels):
            sent = f"{request.path} {request.headers} {request.body!r}"
            harness.assert_no_secret(sent, REFRESH_TOKEN)

    def test_named_folder(self) -> None:
        named = self.sign_in_cli(folder="elsewhere")
        self.error("auth", "Not signed in")
        self.snapshot(KIMI_CODE_HOME=str(named))
        self.sign_in_cli(expires_at=1)
        self.snapshot(KIMI_CODE_HOME=str(named))

    def test_named_folder_of_an_older_client(self) -> None:
        named = self.sign_in_cli(folder="elsewhere")
        self.snapshot(KIMI_SHARE_DIR=str(named))

    def test_folder_of_an_older_client(self) -> None:
        self.sign_in_cli(folder=".kimi")
        self.assertEqual(self.snapshot()["source"], "cli")

    def test_newer_client_comes_first(self) -> None:
        self.sign_in_cli()
        self.sign_in_cli(folder=".kimi", token="older-token-0123456789")
        self.snapshot()
        self.assertEqual(self.bearer(), f"Bearer {CLI_TOKEN}")

    def test_older_client_is_left_alone_beside_a_newer_one(self) -> None:
        home = self.sign_in_cli(expires_at=1)
        self.sign_in_cli(folder=".kimi", token="older-token-0123456789")
        self.error("auth", "has run out")
        self.assertEqual(self.kimi.connects, [])
        self.assertTrue(home.is_dir())

    def test_signed_out(self) -> None:
        """The client leaves its file without a token, which is not an expired token."""
        self.sign_in_cli(expires_at=0, token="")
        error = self.error("auth", "is signed out", SIGN_IN)
        self.assertNotIn("expiredAt", error)

    def test_run_out_is_no_alarm(self) -> None:
        """The error says since when, and watches the file that the client renews."""
        home = self.sign_in_cli(expires_at=int(time.time()) - 60)
        error = self.error("auth", "Run any `kimi` command")
        self.assertRegex(error["expiredAt"], r"^20\d\d-.*Z$")
        self.assertEqual(error["watch"][0], str(home / "credentials" / "kimi-code.json"))

    def test_unreadable(self) -> None:
        home = self.sign_in_cli()
        file = home / "credentials" / "kimi-code.json"
        for text in ("", "{", "[]", "null", "7", '{"access_token":7,"expires_at":4e9}',
                     '{"access_token":"","expires_at":4e9}', '{"expires_at":4e9}', "\0",
                     "[" * 10000, '{"a":"' + "x" * 70000 + '"}'):  # fmt: skip
            file.write_text(text)
            self.error("auth", str(file), SIGN_IN)
        file.write_bytes(b"\xff\xfe{}")
        self.error("auth", str(file), SIGN_IN)
        file.unlink()
        file.mkdir()
        self.error("auth", "not a regular file", SIGN_IN)
        file.rmdir()
        os.mkfifo(file)  # nobody writes to it, so reading it would never end
        self.error("auth", "not a regular file", SIGN_IN)
        self.assertEqual(self.kimi.connects, [])

    def test_the_next_source_after_an_unreadable_file(self) -> None:
        home = self.sign_in_cli()
        (home / "credentials" / "kimi-code.json").write_text("{")
        self.assertEqual(
            self.snapshot(KIMI_AUTH_TOKEN=self.kimi.token)["source"], "environment-token"
        )


def toml(**members: str) -> str:
    """The table about its login that the client writes."""
    base = members.get("base_url", "https://api.kimi.com/coding/v1")
    lines = [
        'default_model = "kimi-code/k3"',
        '[providers."managed:kimi-code"]',
        f'base_url = "{base}"',
        '[providers."managed:kimi-code".oauth]',
        *(f'{name} = "{value}"' for name, value in members.items() if name != "base_url"),
    ]
    return "\n".join(lines) + "\n"


AI = {"base_url": "https://api.kimi.ai/coding/v1", "key": f"oauth/{AI_SLOT}", "storage": "file",
      "oauth_host": "https://auth.kimi.ai"}  # fmt: skip


class WhereItGoes(CliTestCase):
    def prepare(self, config: Optional[str] = None, region: Optional[str] = None) -> Path:
        """Signs the client in to both sites; returns its folder."""
        self.home = self.enter(harness.Home())
        self.kimi.requests.clear()
        home = self.sign_in_cli(token="token-of-kimi-com")
        self.sign_in_cli(token="token-of-kimi-ai", slot=AI_SLOT)
        if region is not None:
            (home / "region").write_text(region)
        if config is not None:
            (home / "config.toml").write_text(config)
        return home

    def sent(self, config: Optional[str] = None, region: Optional[str] = None) -> Tuple[str, str]:
        """The host of the only request, and the token that it got."""
        self.prepare(config, region)
        dashboard = self.snapshot()["dashboard"]
        (request,) = self.requests
        site = request.host.rpartition(".")[2]
        self.assertEqual(site, dashboard.split("/")[2].rpartition(".")[2])
        for other in self.kimi.requests:
            self.assertEqual(other.host, request.host)
        return request.host, str(request.headers["Authorization"]).partition(" ")[2]

    COM = ("api.kimi.com", "token-of-kimi-com")
    GLOBAL = ("api.kimi.ai", "token-of-kimi-ai")

    def test_slot_and_host_that_its_configuration_names(self) -> None:
        self.assertEqual(self.sent(toml(**AI)), self.GLOBAL)
        self.assertEqual(self.sent(toml(key="oauth/kimi-code", storage="file")), self.COM)
        self.assertEqual(self.sent(toml(base_url=AI["base_url"], key=AI_SLOT)), self.GLOBAL)

    def test_region_counts_only_without_a_table(self) -> None:
        self.assertEqual(self.sent(toml(key="oauth/kimi-code"), region="global"), self.COM)
        self.assertEqual(self.sent(region="global"), self.GLOBAL)
        self.assertEqual(self.sent('[providers.other]\nbase_url = "x"\n', " global\n"), self.GLOBAL)
        for region in ("mainland-cn", "cn", "", "globally", "\0global"):
            self.assertEqual(self.sent(region=region), self.COM, region)
        self.assertEqual(self.sent(), self.COM)

    def test_any_other_configuration_is_ignored(self) -> None:
        for text in ("", "= = =", "\0", '# [providers."managed:kimi-code"]\n', "[" * 9999,
                     'x = """\n[providers."managed:kimi-code"]\nbase_url = "https://a.b"\n"""'):
            self.assertEqual(self.sent(text), self.COM, text[:40])  # fmt: skip

    def test_what_is_not_sent(self) -> None:
        """Another host, the slot of another site, a path in place of a name, a keyring."""
        evil = "https://api.kimi.com.evil.example/coding/v1"
        for config, words in (
            (toml(base_url=evil, key="oauth/kimi-code"), "names another host than Kimi's"),
            (toml(base_url="http://api.kimi.com/coding/v1"), "names another host than Kimi's"),
            (toml(base_url="https://u@api.kimi.com/"), "names another host than Kimi's"),
            (toml(base_url=AI["base_url"], key="oauth/kimi-code"), "another site"),
            (toml(key=f"oauth/{AI_SLOT}"), "another site"),
            (toml(key="oauth/../../secret"), "not a plain name"),
            (toml(key="/etc/passwd"), "not a plain name"),
            (toml(key="oauth/"), "not a plain name"),
            (toml(key="oauth/kimi-code", storage="keyring"), "keyring"),
        ):
            self.prepare(config)
            self.error("auth", "the login of Kimi's client is not used", words)
            self.assertEqual(self.kimi.connects, [], config)

    def test_token_of_another_site_than_its_slot(self) -> None:
        self.prepare(toml(key="oauth/kimi-code"))
        claims = {"aud": ["kimi.ai"], "exp": int(time.time()) + 600}
        self.sign_in_cli(token=make_jwt(claims))
        self.error("auth", "belongs to kimi.ai")
        self.assertEqual(self.kimi.connects, [])

    def test_our_own_settings_do_not_move_it(self) -> None:
        self.sign_in_cli()
        settings = {"region": "global", "enterpriseHost": "https://proxy.example.com"}
        self.home.config({"providers": [{"id": "kimi", **settings}]})
        self.snapshot()
        self.assertEqual(set(self.kimi.connects), {"api.kimi.com:443"})

    def test_not_used_beside_another_host(self) -> None:
        self.sign_in_cli()
        for variable in OFF:
            env = {variable: "https://proxy.example.com"}
            self.error("auth", "Not signed in", f"Not used: Kimi's client ({variable} names", **env)
            self.error("auth", variable, args=("--source", "cli"), **env)
        self.assertEqual(self.kimi.connects, [])
        self.snapshot(**dict.fromkeys(OFF, ""))

    def test_its_own_host_in_a_variable(self) -> None:
        self.sign_in_cli()
        self.snapshot(KIMI_CODE_OAUTH_HOST="https://auth.kimi.com",
                      KIMI_OAUTH_HOST="auth.kimi.com")  # fmt: skip
        self.snapshot(KIMI_CODE_BASE_URL="https://api.kimi.com/coding/v1")

    def test_redirect(self) -> None:
        self.sign_in_cli()
        self.kimi.add_host("proxy.example.com")
        self.kimi.answer("api.kimi.com", "GET", "/coding/v1/usages", behaviour="redirect",
                         headers={"Location": "https://proxy.example.com/"})  # fmt: skip
        self.error("server", "redirect refused")
        self.assertEqual(set(self.kimi.connects), {"api.kimi.com:443"})


class TheHeaders(CliTestCase):
    def headers(self) -> Any:
        self.kimi.requests.clear()
        self.snapshot()
        (request,) = self.requests
        for name, value in request.headers.items():
            self.assertTrue(value.isascii() and value.isprintable(), name)
        return request.headers

    def test_what_is_sent(self) -> None:
        """Nothing about this machine: the client sends no X-Msh-* here either."""
        home = self.sign_in_cli()
        (home / "device_id").write_text("0123-abcd")
        headers = self.headers()
        self.assertRegex(headers["User-Agent"], r"^usageline/\d+\.\d+\.\d+$")
        self.assertEqual([name for name in headers if name.lower().startswith("x-msh")], [])
        self.assertNotIn("Cookie", headers)


class BesideAWebToken(CliTestCase):
    def test_statistics(self) -> None:
        self.sign_in_cli()
        windows = self.windows(KIMI_AUTH_TOKEN=self.kimi.token)
        self.assertEqual(windows["monthly"], 41)
        self.assertEqual(self.asked(), ["code api.kimi.com", "stats www.kimi.com"])
        for request in self.requests:
            secret = self.kimi.token if request.host == "api.kimi.com" else CLI_TOKEN
            harness.assert_no_secret(str(request.headers), secret)

    def test_not_those_of_another_site(self) -> None:
        (self.sign_in_cli(slot=AI_SLOT) / "region").write_text("global")
        self.snapshot(KIMI_AUTH_TOKEN=self.kimi.token)
        self.assertEqual(self.asked(), ["code api.kimi.ai"])

    def test_those_of_the_same_site(self) -> None:
        (self.sign_in_cli(slot=AI_SLOT) / "region").write_text("global")
        token = web_token("kimi.ai")
        self.kimi.tokens.add(token)
        self.windows(KIMI_AUTH_TOKEN=token)
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
        self.assertIn("for when the ones before fail", why)
        present, used, why = self.diagnose(KIMI_OAUTH_HOST="https://a.b")
        self.assertEqual((present, used), (False, False))
        self.assertIn("KIMI_OAUTH_HOST names another host", why)
        content = json.loads(file.read_text())
        file.write_text(json.dumps({**content, "expires_at": 1}))
        present, used, why = self.diagnose()
        self.assertEqual((present, used), (True, False))
        self.assertIn("has run out", why)
        self.assertEqual(self.kimi.connects, [])


if __name__ == "__main__":
    harness.main()
