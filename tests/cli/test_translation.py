"""What people read in Chinese, and that nothing else changes with the language."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import documents  # noqa: E402
import harness  # noqa: E402
import locales  # noqa: E402
from fake_clock import FakeClock  # noqa: E402

ENGLISH: tuple[dict[str, str], ...] = (
    {"LC_ALL": "C.UTF-8"},
    {"LC_ALL": "C", "LANGUAGE": "zh_CN"} if locales.IS_GNU else {"LC_ALL": "C"},
    {"LC_ALL": "xx_XX.UTF-8"},
)
NOW = 1_767_698_328  # Tuesday, 2026-01-06T11:18:48Z
HOUR, DAY = 3600, 86400
WINDOWS = [
    documents.window(label="每周", usedPercent=10, used=None, resetsAt="2026-01-09T15:23:00Z"),
    documents.window(
        id="session", label="5 小时", usedPercent=70, minutes=300, resetsAt="2026-01-06T13:33:20Z"
    ),
    documents.window(
        id="monthly", label="每月套餐", usedPercent=100, used=None, minutes=None,
        resetsAt="2026-02-16T00:00:00Z",
    ),
]
HAN = re.compile("[\u4e00-\u9fff]")
# Replaces the program that speaks D-Bus.
NOTIFIER = '#!/bin/sh\ncat >>"$HOME/shown"\n'


def columns(text: str) -> int:
    """In a font of fixed width."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


class TranslationTest(harness.TestCase):
    def setUp(self) -> None:
        catalogue = harness.PROGRAM.parent / "../share/locale/zh_CN/LC_MESSAGES/usageline.mo"
        if not catalogue.exists():
            harness.skip("the translations were not built: msgfmt is not installed")
        self.home = documents.shell_home(self.enter(harness.Home()))
        self.clock = FakeClock(self.home.root, NOW)
        self.chinese = locales.speaking(self.home.root, "zh_CN")
        self.language = self.chinese
        self.give(windows=WINDOWS)

    def give(self, fetched: int = 0, **changes: Any) -> None:
        """Sets the provider's answer, asked so many seconds ago."""
        documents.answer(self.home, documents.snapshot(**changes))
        self.clock.set(-fetched)
        self.assertEqual(self.run_program("refresh").status, 0)
        self.clock.set(fetched)

    def run_program(self, *args: str) -> harness.Result:
        environment = self.clock.environment(harness.FAKE_CLOCK)
        return self.home.run(*args, env={**environment, **self.language})

    def line(self, *args: str) -> Any:
        result = self.run_program("waybar", *args)
        self.assertEqual(result.stderr, "")
        return result.json()


class LineTest(TranslationTest):
    def test_the_line(self) -> None:
        line = self.line()
        self.assertEqual(line["text"], "Shell 10% · 5小时 70% · 每月 100% · 40天12小时")
        self.assertEqual(line["class"], ["exhausted", "fresh", "shell"])
        self.assertEqual((line["alt"], line["percentage"]), ("exhausted", 100))

    def test_what_is_left(self) -> None:
        text = self.line("--remaining")["text"]
        self.assertEqual(text, "Shell 剩余 90% · 5小时 30% · 每月 0% · 40天12小时")

    def test_the_tooltip(self) -> None:
        self.give(fetched=125, windows=WINDOWS, source="api-key")
        rows = re.sub("<[^>]*>|&[^;]*;", "", self.line()["tooltip"]).split("\n")
        rows = [row.replace("\u00a0", " ") for row in rows if row != " "]
        self.assertRegex(rows[1], r"^每周 .* 10%$")
        self.assertRegex(rows[2], r"^[ \u3000]+周五 15:23 重置，还有3天4小时$")
        self.assertRegex(rows[3], r"^5 小时 .* 70%  84/200$")
        self.assertRegex(rows[4], r"^[ \u3000]+13:33 重置，还有2小时14分$")
        self.assertRegex(rows[5], r"^[ \u3000]+超前 1\d 个百分点 · 1小时\d+分后用完$")
        self.assertRegex(rows[6], r"^每月套餐 .* 100%$")
        self.assertRegex(rows[7], r"^[ \u3000]+2月16日 重置，还有40天12小时$")
        self.assertEqual(rows[8], "2 分钟前更新 · api-key")

    def test_templates_say_times_in_it(self) -> None:
        template = "{weekly_reset} {weekly_reset_at} {session_reset:s} {age} {weekly_pct} {state}"
        text = self.line("--format", template)["text"]
        self.assertEqual(text, "3天4小时 周五 15:23 2小时14分 刚刚 10 fresh")

    def test_an_error(self) -> None:
        line = self.run_program("waybar", "--format", "{weekly_pt}")
        self.assertIn("Shell ! 检查配置", line.stdout)
        self.assertIn("第 1 个字符处：未知的占位符 {weekly_pt}；是否想写 {weekly_pct}？", line.stderr)
        self.assertEqual(line.json()["class"], ["error", "config", "shell"])


class ColumnsTest(TranslationTest):
    """What stands in columns, in the font of a terminal."""

    def assert_one_column(self, rows: list[str], mark: str) -> None:
        self.assertGreater(len(rows), 1)
        self.assertEqual(len({columns(row[: row.index(mark)]) for row in rows}), 1, rows)

    def test_usage(self) -> None:
        for remaining in (False, True):
            self.home.config({"providers": [{"id": "shell"}], "remaining": remaining})
            output = self.run_program("usage").stdout
            rows = [row for row in output.splitlines() if "━" in row or "─" in row]
            gauges = [row.replace("─", "━") for row in rows]
            self.assertEqual(len(rows), 3, output)
            self.assert_one_column(gauges, "━")
            self.assert_one_column(rows, "%")

    def test_each_row_has_as_many_wide_characters(self) -> None:
        """Because two fonts are rarely equally wide, or one half as wide as the other."""
        rows = self.run_program("usage").stdout.splitlines()
        wide = [sum(columns(c) == 2 for c in row.split("━")[0]) for row in rows if "━" in row or "─" in row]
        self.assertEqual(wide, [4, 4, 4])

    def test_help(self) -> None:
        output = self.run_program("usage", "--help").stdout
        rows = [re.sub("(?<=[^ ])  +(?=[^ ])", lambda gap: gap[0][:-1] + "@", row)
                for row in output.splitlines() if row.startswith("  -")]
        self.assert_one_column(rows, "@")

    def test_themes(self) -> None:
        rows = self.run_program("theme", "list").stdout.splitlines()
        self.assert_one_column([row for row in rows if "色  " in row], "色")


class CommandTest(TranslationTest):
    def test_help(self) -> None:
        for args in (["--help"], ["usage", "--help"], ["config", "--help"], ["theme", "-h"]):
            result = self.run_program(*args)
            self.assertEqual(result.status, 0)
            self.assertTrue(result.stdout.startswith("用法："), result.stdout)
            for word in ("Usage", "Options", "Application"):
                self.assertNotIn(word, result.stdout)
        self.assertIn("--provider=ID ", self.run_program("usage", "--help").stdout)
        self.assertIn("\n  show [名称] ", self.run_program("theme", "--help").stdout)
        self.assertIn("为 Waybar 输出一行 JSON", self.run_program("--help").stdout)

    def test_errors(self) -> None:
        result = self.run_program("nonsense")
        self.assertTrue(result.stderr.startswith("usageline: 没有“nonsense”这个命令\n用法："))
        result = self.run_program("config", "enable", "nonsense")
        self.assertIn("没有提供方“nonsense”：", result.stderr)

    def test_doctor(self) -> None:
        output = self.run_program("doctor").stdout
        self.assertTrue(output.startswith("配置\n"), output)
        self.assertIn("\n缓存\n  ✓ ", output)
        self.assertIn("上次刷新成功（刚刚）", output)
        document = self.run_program("doctor", "--json").json()
        self.assertEqual(document["findings"][0]["section"], "configuration")

    def test_what_scripts_read_stays(self) -> None:
        commands = ("config providers", "config dump", "config path", "theme css", "--version")
        for args in map(str.split, commands):
            self.language = self.chinese
            chinese = self.run_program(*args).stdout
            self.language = ENGLISH[0]
            self.assertEqual(self.run_program(*args).stdout, chinese)
            self.assertNotRegex(chinese, HAN)

    def test_json_has_the_same_numbers_and_words(self) -> None:
        answers = []
        for language in (self.chinese, ENGLISH[0]):
            self.language = language
            document = self.run_program("usage", "--format", "json").json()
            summaries = [pace.pop("summary") for pace in document[0]["pace"].values()]
            answers.append((document, summaries))
        (chinese, summaries), (english, words) = answers
        self.assertEqual(chinese, english)
        self.assertRegex(summaries[0], r"^盈余 4\d% \| 应已用 ")
        self.assertRegex(words[0], r"^4\d% in reserve \| Expected ")


class NotificationTest(TranslationTest):
    def shown(self, percent: float) -> list[Any]:
        window = documents.window(
            label="每周", usedPercent=percent, resetsAt="2026-01-09T15:23:00Z"
        )
        shown = self.home.home / "shown"
        shown.write_text("", "utf-8")
        self.give(windows=[window])
        return [json.loads(text) for text in shown.read_text("utf-8").splitlines()]

    def test_a_threshold_and_the_reset(self) -> None:
        notifier = self.home.plugin("other", "true").with_name("usageline-notify")
        notifier.unlink(missing_ok=True)
        notifier.write_text(NOTIFIER)
        notifier.chmod(0o755)
        self.home.config({"notifications": True, "providers": [{"id": "shell"}]})
        self.assertEqual(self.shown(50), [])
        (crossed,) = self.shown(90)
        self.assertEqual(crossed["summary"], "Shell：额度“每周”已用 90%")
        self.assertEqual(crossed["body"], "3天4小时后重置（周五 15:23）。")
        self.assertEqual((crossed["id"], crossed["urgency"]), ("shell-weekly", "normal"))
        (exhausted,) = self.shown(100)
        self.assertEqual(exhausted["summary"], "Shell：额度“每周”已用完")
        (reset,) = self.shown(0)
        self.assertEqual(reset["summary"], "Shell：额度“每周”已重置")


class LanguageTest(TranslationTest):
    def test_other_languages_are_english(self) -> None:
        chosen = ("en_US:zh_CN", "xx") if locales.IS_GNU else ()
        for language in (*ENGLISH, *({**self.chinese, "LANGUAGE": name} for name in chosen)):
            self.language = language
            line = self.line()
            self.assertEqual(line["text"], "Shell 10% · 5h 70% · month 100% · 40d 12h", language)
            self.assertTrue(self.run_program("--help").stdout.startswith("Usage: "))

    def test_plural_forms(self) -> None:
        ages = {
            60: ("1 min ago", "1 分钟前"),
            2 * 60: ("2 min ago", "2 分钟前"),
            HOUR: ("1 h ago", "1 小时前"),
            2 * DAY: ("2 days ago", "2 天前"),
        }
        for age, words in ages.items():
            self.give(fetched=age, windows=WINDOWS)
            (self.home.home / "answer").unlink()
            for language, word in zip((ENGLISH[0], self.chinese), words):
                self.language = language
                self.assertEqual(self.line("--format", "{age}")["text"], word)


if __name__ == "__main__":
    harness.main()
