"""The translations: each text for people is marked, and each language has it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Iterator

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import harness  # noqa: E402
from project import ROOT, sources  # noqa: E402

TEMPLATE = ROOT / "po" / "usageline.pot"
CATALOGUES = sorted((ROOT / "po").glob("*.po"))
FOLDERS = ("common", "cli", "waybar", "i3blocks", "polybar", "plugins")

# No text in these is for people.
WITHOUT_TEXTS = ("common/setup/diff.c", "common/draw/markup.c", "waybar/setup/waybar_css.c")
# Texts of several words that are the same in every language.
NO_TEXTS = (
    r"\[--",  # options
    r"(\\n)?[@#]\w|/\* ",  # style sheets
    r"(command|exec|[a-z]+-[a-z]+) ?= ?|(polybar-msg|usageline) \w+",  # of bars' configurations
    r"{ echo '",  # of a command there
    r"// Made by",  # of a configuration
    r"config \S+$",  # commands
    r"not installed$",  # in what scripts read
    r"Google Chrome|Microsoft Edge|Ungoogled Chromium|(Brave|Vivaldi) \w+$|Kimi Code$",  # names
    r"Local Storage/",  # a folder of browsers
    r"Prompt on Open$| Safe Storage$",  # of keyrings
    r"SELECT |PRAGMA |\) ORDER BY|host(_key)?, ",  # SQL
    r"-----BEGIN ",  # of certificates
    r": it took too long",  # in a signal handler, where nothing may be looked up
    r"one is that with a length$",  # for the compiler
)

_TOKEN = re.compile(r'/\*.*?\*/|//[^\n]*|"(?:\\.|[^"\\])*"|\'(?:\\.|[^\'\\])*\'', re.DOTALL)
_MARKED = re.compile(r'\b(?:_|N_|ngettext)\(\s*(?:"(?:\\.|[^"\\])*"[\s,]*)+')
_TEXT = re.compile(r'"(?:\\.|[^"\\])*"(?:\s*"(?:\\.|[^"\\])*")*')
_FORMAT = re.compile(r"%[-+ #0]*[\d.]*[a-zA-Z]*")
_WORDS = re.compile(r"[A-Za-z][a-z']*[,;:.]? +[\"`]?[A-Za-z]")
_HAN = "[\u4e00-\u9fff]"


@dataclass
class Entry:
    """One text of a catalogue."""

    keys: tuple[str, ...] = ()
    flags: frozenset[str] = frozenset()
    texts: list[str] = field(default_factory=list)


def _take_line(entry: Entry, line: str) -> None:
    word, quoted = line.split(" ", 1)
    text = quoted[1:-1]
    if word.startswith("msgid"):
        entry.keys += (text,)
    else:
        entry.texts.append(text)


def _more(entry: Entry, text: str) -> None:
    if entry.texts:
        entry.texts[-1] += text
    else:
        entry.keys = entry.keys[:-1] + (entry.keys[-1] + text,)


def entries(path: Path) -> dict[tuple[str, ...], Entry]:
    """The entries of a catalogue by their texts in the code, without the header."""
    found = {}
    for part in path.read_text("utf-8").split("\n\n"):
        entry = Entry()
        for line in part.splitlines():
            if line.startswith("#,"):
                entry.flags = frozenset(line[2:].replace(",", " ").split())
            elif line.startswith("msg"):
                _take_line(entry, line)
            elif line.startswith('"'):
                _more(entry, line[1:-1])
        if any(entry.keys):
            found[entry.keys] = entry
    return found


def without_comments(source: str) -> str:
    """The source; for each comment, include and character a space."""

    def keep(match: re.Match[str]) -> str:
        return match[0] if match[0].startswith('"') else " "

    return _TOKEN.sub(keep, re.sub(r"^#\s*include.*$", "", source, flags=re.MULTILINE))


def unmarked(path: Path) -> Iterator[str]:
    """The literals of several words that are not marked for translation."""
    source = _MARKED.sub(" ", without_comments(path.read_text("utf-8")))
    for match in _TEXT.finditer(source):
        text = re.sub(r'"\s*"', "", match[0])[1:-1]
        words = _FORMAT.sub("", text.replace("\\n", " "))
        if _WORDS.search(words) and not any(re.match(known, text) for known in NO_TEXTS):
            yield text


def need(*programs: str) -> None:
    for program in programs:
        if not shutil.which(program):
            harness.skip(f"{program} is not installed")


class TemplateTest(harness.TestCase):
    def test_it_has_all_texts_of_the_code(self) -> None:
        need("xgettext")
        with tempfile.TemporaryDirectory() as folder:
            fresh = Path(folder) / "usageline.pot"
            subprocess.run(["po/extract.sh", str(fresh)], cwd=ROOT, check=True)
            expected, found = entries(fresh), entries(TEMPLATE)
        self.assertGreater(len(expected), 300)
        self.assertEqual(found, expected, "run po/update.sh")


class CatalogueTest(harness.TestCase):
    def test_chinese_is_there(self) -> None:
        self.assertIn(ROOT / "po" / "zh_CN.po", CATALOGUES)

    def test_nothing_is_missing_or_doubtful(self) -> None:
        expected = entries(TEMPLATE)
        for catalogue in CATALOGUES:
            found = entries(catalogue)
            self.assertEqual(set(found), set(expected), f"{catalogue.name}: run po/update.sh")
            for keys, entry in found.items():
                self.assertNotIn("fuzzy", entry.flags, keys)
                self.assertTrue(entry.texts and all(entry.texts), keys)

    def test_formats_are_those_of_the_code(self) -> None:
        need("msgfmt")
        for catalogue in CATALOGUES:
            command = ["msgfmt", "--check", "--output-file=/dev/null", str(catalogue)]
            result = subprocess.run(command, capture_output=True, encoding="utf-8")
            self.assertEqual((result.returncode, result.stderr), (0, ""))

    def test_punctuation_between_chinese_is_chinese(self) -> None:
        for keys, entry in entries(ROOT / "po" / "zh_CN.po").items():
            for text in entry.texts:
                plain = _FORMAT.sub("", text)
                self.assertNotRegex(plain, rf"{_HAN} ?[,.!?:;()]+ ?(\\n)*{_HAN}", keys)
                self.assertNotRegex(plain, rf"{_HAN}[,.!?;]", keys)


class SourceTest(harness.TestCase):
    def test_what_people_read_is_marked(self) -> None:
        for path in sources(*FOLDERS, suffixes=(".c",)):
            if str(path.relative_to(ROOT)) not in WITHOUT_TEXTS:
                self.assertEqual(list(unmarked(path)), [], path)

    def test_the_search_finds_what_is_not_marked(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "sample.c"
            path.write_text('f(_("it is " /* so */ "marked"), "it is not marked");\n', "utf-8")
            self.assertEqual(list(unmarked(path)), ["it is not marked"])


if __name__ == "__main__":
    harness.main()
