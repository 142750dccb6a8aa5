"""The documentation in Chinese: it has all that the one in English has, and man can show it."""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import harness  # noqa: E402
import project  # noqa: E402
import test_manual  # noqa: E402
from project import ROOT  # noqa: E402

FOLDER = "zh_CN"
PAGES = tuple(name for name in test_manual.PAGES if name != "usageline-provider.7")
README, CHINESE_README = "README.md", "README.zh_CN.md"
CJK = "\u4e00-\u9fff"
MARKS = "、，；：。！？（）“”"

# Tags that are words, not names: of the clicks, and of what stands for something else.
WORDS = re.compile(r"^\.\w+ (?:left|middle|right|wheel|\"the name of a placeholder\"|[%s]+)$" % CJK)

# A table of words and numbers, not code.
PROSE = re.compile(r"^(.*?)  +(\d+)(?: (?:to|至) (\d+))?$", re.M)

# troff 1.22.4 never ends at some widths if a long row of Latin words has no place to break at.
WIDTHS = range(40, 101, 20)
SECONDS = 60
LINTERS = (
    ("groff", "-man", "-mzh", "-Kutf8", "-Tutf8", "-ww", "-z"),
    ("man", "--warnings", "-E", "UTF-8", "-l"),
    ("mandoc", "-T", "lint", "-W", "warning"),
)
# What groff 1.23 and newer say about a line without spaces.
UNADJUSTED = re.compile(rb"^troff:.* warning \[.*\]: cannot adjust line(; underset by \d+n)?\n", re.M)


def page(name: str) -> str:
    """The text of a page, without roff's markup."""
    return test_manual.page(name).replace(r"\:", "")


def code(text: str) -> list[str]:
    """What a page shows as it is."""
    return re.findall(r"^\.EX\n(.*?)^\.EE$", text, re.M | re.S)


def prose(text: str) -> str:
    """A page without what it shows as it is."""
    return re.sub(r"^\.EX\n.*?^\.EE$", "", text, flags=re.M | re.S)


def is_words(block: str) -> bool:
    return all(PROSE.match(line) for line in block.splitlines())


def tags(text: str) -> list[str]:
    """What .TP and .TQ begin with; of a setting's values, the numbers and names alone."""
    found = []
    for tag in re.findall(r"^\.T[PQ]\n(.*)$", text, re.M):
        name, *values = re.split(r' ?" ?[(（]', tag, maxsplit=1)
        known = re.findall(r'#\w+|\d+|"\w+"|\b(?:true|false)\b', values[0]) if values else []
        found.append("a word" if WORDS.match(tag) else " ".join([name, *known]))
    return found


def readme(name: str) -> tuple[str, list[str]]:
    """A README without its code, and its code."""
    fence = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$", re.M | re.S)
    text = project.text(name)
    return fence.sub("", text), ["".join(block) for block in fence.findall(text)]


class Manual(harness.TestCase):
    def test_sections_are_the_same(self) -> None:
        for name in PAGES:
            with self.subTest(name):
                english, chinese = (
                    re.findall(r"^\.(S[HS]) (.*)$", page(path), re.M)
                    for path in (name, f"{FOLDER}/{name}")
                )
                self.assertEqual([kind for kind, _ in chinese], [kind for kind, _ in english])
                for (_, title), (_, original) in zip(chinese, english):
                    if not re.search(f"[{CJK}]", title):  # the name of a command or a setting
                        self.assertEqual(title, original)

    def test_what_is_described_is_the_same(self) -> None:
        for name in PAGES:
            with self.subTest(name):
                template = name == "usageline-template.7"
                english, chinese = (tags(page(path)) for path in (name, f"{FOLDER}/{name}"))
                self.assertEqual(len(chinese), len(english))
                for one, other in zip(chinese, english):
                    if not (template and one.startswith(".BI {?")):
                        self.assertEqual(one, other)

    def test_names_are_the_same(self) -> None:
        names = {
            "options": r"(?<![\w-])--[a-z][a-z-]+",
            "variables": r"\b[A-Z]+(?:_[A-Z]+)+\b|\bMONITOR\b|\bSIG\w+",
            "placeholders": r"{\w+(?::\w+)?}",
            "commands": r"\busageline (?:config |theme )?[a-z][a-z0-9-]+",
            "pages": r"\b[a-z0-9-]+ ?\(\d\)",
            "addresses": r"https?://\S+?(?=[\s\"]|$)|\b(?:www|api)\.kimi\.\w+",
            "files": r"[$~][\w/.-]*[\w/]",
        }
        for name in PAGES:
            english, chinese = (
                test_manual.words(prose(page(path))) for path in (name, f"{FOLDER}/{name}")
            )
            for what, pattern in names.items():
                with self.subTest(page=name, names=what):
                    there = {found.replace(" (", "(") for found in re.findall(pattern, chinese)}
                    wanted = {found.replace(" (", "(") for found in re.findall(pattern, english)}
                    if what == "commands":  # "usageline is", "usageline setup"
                        wanted = {found for found in wanted if found in there or "config" in found}
                    self.assertEqual(there, wanted)

    def test_examples_are_the_same(self) -> None:
        for name in PAGES:
            with self.subTest(name):
                texts = [project.text(f"docs/{path}") for path in (name, f"{FOLDER}/{name}")]
                english, chinese = (code(text) for text in texts)
                self.assertEqual(len(chinese), len(english))
                for one, other in zip(chinese, english):
                    if is_words(other):
                        self.assertEqual(
                            [row[1:] for row in PROSE.findall(one)],
                            [row[1:] for row in PROSE.findall(other)],
                        )
                    else:
                        self.assertEqual(one, other)
                inline = re.compile(r'^(?:Example:|示例：)\n(\.B .*)$', re.M)
                self.assertEqual(*(inline.findall(text) for text in reversed(texts)))

    def test_pages_of_bars_agree_on_what_they_share(self) -> None:
        shared = re.compile(r"^\.SH 选项\n.*?(?=^\.B --short-format)|"
                            r"^\.B --window-format.*?(?=^\.BR -t)|^\.BR -i ,.*?^\.BR -h ,|"
                            r"^\.SH 连续模式\n.*?^状态栏结束时它也随之结束，退出状态为 0。|"
                            r"^\.B SIGUSR1\n.*?(?=^\.SH)", re.M | re.S)
        first, *others = (
            shared.findall(page(f"{FOLDER}/{name}")) for name in test_manual.BAR_PAGES.values()
        )
        self.assertEqual(len(first), 5)
        for other in others:
            self.assertEqual(other, first)

    def test_the_head_is_the_same(self) -> None:
        for name in PAGES:
            english, chinese = (page(path).split("\n", 1)[0] for path in (name, f"{FOLDER}/{name}"))
            self.assertEqual(chinese.rsplit('"', 2)[0], english.rsplit('"', 2)[0])

    def test_all_pages_are_installed(self) -> None:
        there = sorted(path.name for path in (ROOT / "docs" / FOLDER).glob("*.[0-9]"))
        self.assertEqual(there, sorted(PAGES))
        installed = re.findall(rf"{FOLDER}/(usageline\S*\.\d)", project.text("docs/CMakeLists.txt"))
        self.assertEqual(sorted(installed), sorted(PAGES))

    def test_lines_can_break_before_latin_words(self) -> None:
        after = re.compile(rf"[{MARKS}](?=[^{CJK}{MARKS}])(?!\\:)(?<!（)(?<!“)")
        for name in PAGES:
            text = prose(project.text(f"docs/{FOLDER}/{name}"))
            for line in (one for one in text.splitlines() if not one.startswith(".")):
                self.assertIsNone(after.search(line), f"{name}: {line}")


class Lint(harness.TestCase):
    def lint(self, command: list[str], path: Path) -> None:
        result = subprocess.run(
            [*command, path],
            env=os.environ | {"MANROFFOPT": "-mzh"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if command[0] == "mandoc" else subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=SECONDS,
            check=False,
        )
        findings = UNADJUSTED.sub(b"", result.stderr) + (result.stdout or b"")
        self.assertEqual(findings, b"")
        self.assertEqual(result.returncode, 0)

    def test_the_pages_are_written_without_a_fault(self) -> None:
        there = [linter for linter in LINTERS if shutil.which(linter[0])]
        for linter in there:
            for name in PAGES:
                with self.subTest(linter=linter[0], page=name):
                    self.lint([*linter], ROOT / "docs" / FOLDER / name)
        if len(there) < len(LINTERS):
            missing = [linter[0] for linter in LINTERS if linter not in there]
            harness.skip(f"needs {', '.join(missing)}")

    def test_they_can_be_shown_at_any_width(self) -> None:
        if not shutil.which("groff"):
            harness.skip("needs groff")
        for name in PAGES:
            for width in WIDTHS:
                with self.subTest(page=name, width=width):
                    self.lint(
                        ["groff", "-man", "-mzh", "-Kutf8", "-Tutf8", "-Wbreak", "-z", f"-rLL={width}n"],
                        ROOT / "docs" / FOLDER / name,
                    )

    def test_whatis_knows_them(self) -> None:
        if not shutil.which("lexgrog"):
            harness.skip("needs lexgrog")
        for name in PAGES:
            result = subprocess.run(
                ["lexgrog", ROOT / "docs" / FOLDER / name],
                env=os.environ | {"LC_ALL": "C.UTF-8"},
                capture_output=True,
                text=True,
                check=False,
            )
            self.assertRegex(result.stdout, f': "{name[:-2]} - .*[{CJK}]')


class Readme(harness.TestCase):
    def setUp(self) -> None:
        self.english, self.english_code = readme(README)
        self.chinese, self.chinese_code = readme(CHINESE_README)

    def test_the_two_link_to_each_other(self) -> None:
        self.assertIn(f"\nEnglish | [简体中文]({CHINESE_README})\n", self.english)
        self.assertIn(f"\n[English]({README}) | 简体中文\n", self.chinese)

    def test_headings_lists_and_tables_are_the_same(self) -> None:
        english, chinese = (
            re.findall(r"^(#+|-|\d+\.|!\[|\||\*\*(?=\w))", text, re.M)
            for text in (self.english, self.chinese)
        )
        self.assertEqual(chinese, english)

    def test_code_is_the_same(self) -> None:
        self.assertEqual(self.chinese_code, self.english_code)

    def test_names_are_the_same(self) -> None:
        english, chinese = (
            {" ".join(name.split()) for name in re.findall(r"`([^`]+)`", text)}
            for text in (self.english, self.chinese)
        )
        self.assertEqual(chinese, english)

    def test_links_are_the_same(self) -> None:
        english, chinese = (
            Counter(re.findall(r"\]\(([^)]+)\)", text)) for text in (self.english, self.chinese)
        )
        self.assertEqual(english.pop(CHINESE_README), chinese.pop(README))
        self.assertEqual(chinese, english)


if __name__ == "__main__":
    harness.main()
