#!/usr/bin/env python3
"""Providers speak Chinese to people whose language it is, but not to programs."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path
from typing import Any, Dict, List, Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
sys.path.insert(0, str(Path(__file__).resolve().parent / "kimi"))
import locales  # noqa: E402
from kimi_case import KEY, ROUTE, KimiTestCase, harness  # noqa: E402

CONSOLE = "https://www.kimi.com/code/console"
# The members of documents that people read.
FOR_PEOPLE = ("label", "sourceLabel", "message", "why", "words", "about")
LIMITS: List[Dict[str, Any]] = [
    {"window": {"duration": duration, "timeUnit": unit}, "detail": {"limit": 10, "used": 1}}
    for duration, unit in ((5, "HOUR"), (2, "DAY"), (3, "HOUR"), (7, "MINUTE"))
]
USAGES = {
    "usage": {"limit": 100, "used": 10},
    "limits": [*LIMITS, {"limit": 5, "used": 1}],
    "usages": {"limit_month_total": {"used_ratio": 0.3}, "limit_month_code": {"used_ratio": 0.2}},
    "boosterWallet": {"balance": {"amount": "100000000", "amountLeft": "50000000"}},
}


def without_words(document: Any) -> Any:
    """The document as programs read it."""
    if isinstance(document, list):
        return [without_words(item) for item in document]
    if not isinstance(document, dict):
        return document
    return {key: key if key in FOR_PEOPLE else without_words(value)
            for key, value in document.items() if key not in ("fetchedAt", "resetsAt")}  # fmt: skip


class ChineseCase(KimiTestCase):
    def setUp(self) -> None:
        super().setUp()
        self.chinese = locales.speaking(self.home.root, "zh_CN")

    def environment(self, **extra: Optional[str]) -> Dict[str, Optional[str]]:
        return super().environment(**{**self.chinese, **extra})

    def both(self, *args: str, program: str = "kimi", **env: Optional[str]) -> Any:
        """The document in Chinese, which must be the English one except for its words."""
        documents = []
        for language in ("en", "zh_CN"):
            shutil.rmtree(self.home.cache, ignore_errors=True)  # with what is remembered about browsers
            variables = self.environment(**{**env, "LANGUAGE": language})
            result = self.home.run(*args, program=harness.provider(program), env=variables)
            harness.assert_no_secret(result.stderr, KEY)  # what was tried
            documents.append(result.json())
        self.assertEqual(without_words(documents[0]), without_words(documents[1]))
        self.assertNotEqual(*documents)
        return documents[1]


class Usage(ChineseCase):
    def test_windows(self) -> None:
        self.kimi.answer(*ROUTE, body=USAGES)
        document = self.both()
        labels = {window["id"]: window["label"] for window in document["windows"]}
        expected = {"weekly": "每周", "session": "5 小时", "monthly": "每月",
                    "window_2d": "2 天", "window_3h": "3 小时",
                    "window_7m": "7 分钟"}  # fmt: skip
        other = [label for id, label in labels.items() if id.startswith("window_other")]
        self.assertEqual({id: labels[id] for id in expected}, expected)
        self.assertEqual(other, ["其他额度"])
        self.assertEqual([balance["label"] for balance in document["balances"]], ["加油包"])

    def test_requests_are_the_same(self) -> None:
        self.both()
        english, chinese = self.requests
        self.assertEqual(sorted(english.headers.items()), sorted(chinese.headers.items()))

    def test_other_languages_are_english(self) -> None:
        for language in ("", "en", "eo"):
            windows = self.snapshot(LANGUAGE=language)["windows"]
            self.assertEqual([window["label"] for window in windows], ["Weekly", "5-hour"])


class Errors(ChineseCase):
    def message(self, kind: str, **env: Optional[str]) -> str:
        error = self.both(**env)["error"]
        self.assertEqual(error["kind"], kind)
        return error["message"]

    def test_refused_key(self) -> None:
        self.kimi.answer(*ROUTE, status=401, body={"error": {"message": "Bad key."}})
        self.assertEqual(
            self.message("auth"),
            "api.kimi.com：API 密钥无效或已过期（HTTP 401：“Bad key.”），来自 KIMI_CODE_API_KEY；"
            "请用 `usageline config set-api-key --provider kimi --stdin` 保存另一个密钥"
            f"（不能用 Moonshot 开放平台或另一区域的密钥）；可在控制台创建：{CONSOLE}",
        )

    def test_refused_key_of_the_configuration(self) -> None:
        key = "sk-other-key-of-someone"
        path = self.home.config({"providers": [{"id": "kimi", "apiKey": key}]})
        message = self.message("auth")
        self.assertIn(f"，来自 {path}；请更换", message)

    def test_too_many_requests(self) -> None:
        self.kimi.answer(*ROUTE, status=429, headers={"Retry-After": "90"})
        expected = "api.kimi.com：请求过于频繁（HTTP 429）；usageline 会等待后重试"
        self.assertEqual(self.message("rate-limited"), expected)

    def test_nothing_there(self) -> None:
        lines = self.message("auth", KIMI_CODE_API_KEY=None).splitlines()
        self.assertEqual(lines[0], "尚未登录 Kimi Code。以下任选其一：")
        self.assertEqual(lines[1], "  1. API 密钥，唯一不会过期的凭据：")
        self.assertEqual(lines[2], "     usageline config set-api-key --provider kimi --stdin")
        self.assertTrue(lines[3].startswith("  2. 用 Kimi 官方客户端登录"), lines[3])

    def test_no_token(self) -> None:
        message = self.message("auth", KIMI_CODE_API_KEY=None, KIMI_AUTH_TOKEN="nonsense")
        self.assertTrue(message.startswith("KIMI_AUTH_TOKEN 中没有 Kimi 令牌："), message)

    def test_no_such_host(self) -> None:
        message = self.message("network", HTTPS_PROXY="", https_proxy="",
                               KIMI_CODE_BASE_URL="https://nowhere.invalid")  # fmt: skip
        self.assertEqual(message, "nowhere.invalid：找不到该域名；请检查网络连接")

    def test_untrusted_certificate(self) -> None:
        self.kimi.break_host("api.kimi.com", "untrusted_certificate")
        message = self.message("network")
        self.assertRegex(message, r"^api\.kimi\.com：证书不受信任（.+）；如果网络中有会解密 TLS 的代理")

    def test_proxy_that_refuses(self) -> None:
        self.kimi.break_host("api.kimi.com", "unknown_host")
        expected = "api.kimi.com：代理拒绝了连接（HTTP 502）；请检查 HTTPS_PROXY 和 NO_PROXY"
        self.assertEqual(self.message("network"), expected)

    def test_wrong_setting(self) -> None:
        path = self.home.config({"providers": [{"id": "kimi", "region": "moon"}]})
        expected = f"{path} 中提供方“kimi”的“region”：不能为“moon”；可以是 cn, global"
        self.assertEqual(self.message("config"), expected)

    def test_answer_without_windows(self) -> None:
        self.kimi.answer(*ROUTE, body={"usage": {"percent": 3}, "limits": []})
        self.assertIn("（“usage”为 对象，“limits”为空）。格式可能有变", self.message("payload"))


class Questions(ChineseCase):
    def whys(self, *args: str, **env: Optional[str]) -> Dict[str, str]:
        return {source["source"]: source["why"] for source in self.both("--diagnose", *args, **env)}

    def test_diagnose(self) -> None:
        self.sign_in_cli()
        whys = self.whys()
        self.assertEqual(whys["api-key"], "位于 KIMI_CODE_API_KEY；最先尝试")
        self.assertRegex(whys["cli"], r"^位于 /.*/kimi-code\.json；前面的都失败时使用$")
        self.assertEqual(whys["browser"], "未设置")

    def test_diagnose_what_is_off(self) -> None:
        whys = self.whys("--source", "api", "--cookieSource", "off", KIMI_OAUTH_HOST="a.example")
        self.assertEqual(whys["cli"], "KIMI_OAUTH_HOST 指向其他主机，令牌属于那里")
        self.assertEqual(whys["browser"], "cookieSource 设为“off”")

    def test_browsers(self) -> None:
        profile = self.home.home / ".mozilla" / "firefox" / "abcd.default"
        profile.mkdir(parents=True)
        (profile / "cookies.sqlite").write_bytes(b"no database, but of this length" * 100)
        entry = self.both("--browsers")[0]
        self.assertEqual(entry["label"], "Firefox, abcd.default")
        self.assertEqual(entry["outcome"], "unreadable")
        self.assertEqual(entry["words"], "无法读取")
        self.assertRegex(entry["why"], r"^它已损坏（SQLite：.+）$")
        message = self.error("auth", args=("--source", "web"))["message"]
        self.assertRegex(message, r"\n  Firefox, abcd\.default：无法读取：它已损坏（SQLite：.+）")

    def test_probe(self) -> None:
        entry = self.both("--probe", HTTPS_PROXY="", https_proxy="",
                          KIMI_CODE_BASE_URL="https://nowhere.invalid")[0]  # fmt: skip
        self.assertEqual(entry["why"], "nowhere.invalid：找不到该域名；请检查网络连接")

    def test_describe(self) -> None:
        description = self.both("--describe")
        for item in (description, *description["settings"], *description["environment"]):
            self.assertRegex(item["about"], "[\u4e00-\u9fff]", item)

    def test_help(self) -> None:
        for name in ("kimi", "demo"):
            result = self.home.run("--help", program=harness.provider(name), env=self.chinese)
            self.assertIn("以 JSON 输出", result.stdout)
            for line in result.stdout.splitlines():
                if re.match(r" +--", line):
                    self.assertRegex(line, "[\u4e00-\u9fff]")

    def test_wrong_arguments(self) -> None:
        result = self.home.run("now", program=harness.provider("kimi"), env=self.chinese)
        expected = "usageline-provider-kimi: “now”不是可用的选项；用 --help 查看选项\n"
        self.assertEqual((result.status, result.stderr), (2, expected))


class Others(ChineseCase):
    def test_demo(self) -> None:
        labels = [window["label"] for window in self.both(program="demo")["windows"]]
        self.assertEqual(labels, ["每周", "5 小时", "每月"])
        error = self.both("--state", "auth", program="demo")["error"]
        self.assertEqual(error["kind"], "auth")
        self.assertIn("“auth”类错误就是这个样子", error["message"])

    def test_notify(self) -> None:
        program = harness.PLUGIN_DIR / "usageline-notify"
        if not program.exists():
            self.skipTest("built without notifications")
        note = json.dumps({"id": "test", "summary": "Title"})
        result = self.home.run(program=program, stdin=note, env=self.chinese)
        expected = "usageline-notify: 无法连接会话总线：不存在\n"
        self.assertEqual((result.status, result.stderr), (3, expected))


if __name__ == "__main__":
    harness.main()
