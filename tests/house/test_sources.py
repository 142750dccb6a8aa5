"""The house rules that a program can check; CONTRIBUTING.md explains them."""

import re
import subprocess
import sys
import unittest
from collections import defaultdict
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Iterator

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import harness  # noqa: E402
from project import PROGRAM_FOLDERS, PROVIDERS, ROOT, sources  # noqa: E402

BARS = ("waybar", "i3blocks", "polybar")
MAX_FILE, MAX_FUNCTION = 400, 50  # lines

# Each room, with the rooms that its sources may include, as well as those that these stand on.
CORE = ("base", "usage", "draw", "config", "setup")  # each stands on those before it
STANDS_ON = {
    **{f"common/{room}": {f"common/{below}" for below in CORE[:i]} for i, room in enumerate(CORE)},
    **{f"{bar}/setup": {"common/setup"} for bar in BARS},
    **{bar: {f"{bar}/setup"} for bar in BARS},
    "cli/base": set(BARS),
    "cli/usage": {"cli/base"},
    "cli/draw": {"cli/base"},
    "cli/config": {"cli/base"},
    "cli/doctor": {"cli/base"},
    "cli/setup": {"cli/base"},
    "cli": {"cli/usage", "cli/draw"},
    "plugins/support": {"common/config"},
    "plugins/browsers/store": {"plugins/support"},
    "plugins/browsers/keyring": {"plugins/browsers/store"},
    "plugins/browsers/chromium": {"plugins/browsers/keyring"},
    "plugins/browsers/firefox": {"plugins/browsers/store"},
    "plugins/browsers": {"plugins/browsers/chromium", "plugins/browsers/firefox"},
    "plugins/notify": {"plugins/support"},
    **{f"plugins/{name}": {"plugins/browsers"} for name in PROVIDERS},
    "plugins/kimi/answer": {"common/usage"},
    "plugins/kimi/credential": {"plugins/kimi/answer", "plugins/support"},
    "plugins/kimi/source": {"plugins/kimi/credential", "plugins/browsers"},
}
STANDS_ON["plugins/kimi"].add("plugins/kimi/source")
# Sources that may ask the environment themselves; the others get it (cli/base/context.h).
ASK_ENVIRONMENT = {
    "common/base/i18n.c",  # as gettext does
    "common/base/paths.c",
    "common/setup/place.c",  # where a bar looks for its configuration
    "common/usage/fingerprint.c",  # what a provider inherits
    "plugins/notify/shown.c",
    "polybar/setup/polybar_files.c",  # what Polybar puts into names of files
}
GETENV = {"getenv", "secure_getenv", "g_getenv", "g_listenv"}
HEAVY = ("curl/", "sqlite3", "libsecret/", "gio/", "openssl/", "leveldb/", "snappy")


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def includes(path: Path, marks: str) -> list[str]:
    """The files that a source includes between these marks, '""' or '<>'."""
    return re.findall(
        rf"^#\s*include {marks[0]}([^{marks[1]}]+)", path.read_text("utf-8"), re.MULTILINE
    )


def below(room: str) -> set[str]:
    """All rooms that a room stands on, directly or not."""
    return set().union(*({near} | below(near) for near in STANDS_ON[room]))


def module(name: str) -> str:
    """The module that a source belongs to."""
    return re.sub(r"(_internal)?\.[ch]$", "", name)


def literals(path: Path) -> Iterator[str]:
    """The string literals of a source, except in includes and comments."""
    source = re.sub(r"/\*.*?\*/|^#\s*include.*?$", "", path.read_text("utf-8"), flags=re.S | re.M)
    yield from re.findall(r'"((?:[^"\\\n]|\\.)*)"', source)


def without_comments(path: Path) -> str:
    return re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)


def identifiers(path: Path) -> Iterator[str]:
    """The names in a source, without those in its strings, includes and comments."""
    source = path.read_text("utf-8")
    source = re.sub(r"/\*.*?\*/|^#\s*include.*?$", "", source, flags=re.S | re.M)
    yield from re.findall(r"[A-Za-z_]\w*", re.sub(r'"(?:[^"\\\n]|\\.)*"', "", source))


def functions(path: Path) -> Iterator[tuple[int, int]]:
    """The line and the number of lines of each function's body."""
    begin = 0
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if line == "{":
            begin = number
        elif line == "}" and begin:
            yield begin, number - begin + 1
            begin = 0


class Sources(unittest.TestCase):
    def test_files_are_short(self) -> None:
        for path in sources(*PROGRAM_FOLDERS, "tests"):
            lines = len(path.read_text("utf-8").splitlines())
            self.assertLess(lines, MAX_FILE, name_of(path))

    def test_functions_are_short(self) -> None:
        seen = 0
        for path in sources():
            for line, length in functions(path):
                seen += 1
                self.assertLess(length, MAX_FUNCTION, f"{name_of(path)}:{line}")
        self.assertGreater(seen, 100)

    def test_headers_begin_with_what_they_are_for(self) -> None:
        for path in sources(suffixes=(".h",)):
            self.assertTrue(path.read_text("utf-8").startswith("/* "), name_of(path))

    def test_arrows_go_one_way(self) -> None:
        seen = set()
        for path in sources():
            room = str(path.parent.relative_to(ROOT))
            self.assertIn(room, STANDS_ON, "a room without a row")
            seen.add(room)
            for included in includes(path, '""'):
                self.assertIn(str(Path(included).parent), {room} | below(room), name_of(path))
        self.assertEqual(seen, set(STANDS_ON), "rooms without sources")

    def test_modules_do_not_go_in_circles(self) -> None:
        """A module is its header and its source, with an internal header if it has one."""
        graph = defaultdict(set)
        for path in sources():
            graph[module(name_of(path))] |= {module(name) for name in includes(path, '""')}
        order = TopologicalSorter({name: near - {name} for name, near in graph.items()})
        try:
            order.prepare()
        except CycleError as error:
            self.fail(" → ".join(error.args[1]))

    def test_few_ask_the_environment(self) -> None:
        asking = {name_of(path) for path in sources() if GETENV & set(identifiers(path))}
        self.assertEqual(asking, ASK_ENVIRONMENT)

    def test_tags_are_unique(self) -> None:
        """One can search for `struct x {` and find one."""
        seen: dict[str, str] = {}
        for path in sources():
            for tag in re.findall(r"\b(?:struct|enum|union) (\w+) \{", without_comments(path)):
                if tag in seen:
                    self.fail(f"{tag} is in {seen[tag]} and in {name_of(path)}")
                seen[tag] = name_of(path)
        self.assertGreater(len(seen), 100)

    def test_static_functions_have_names_of_more_than_one_word(self) -> None:
        """One can search for them, too: a module, then what it does."""
        seen = 0
        static = re.compile(r"^static\b[^;={}()]*?\b(\w+)\(", re.MULTILINE)
        for path in sources(suffixes=(".c",)):
            for name in static.findall(without_comments(path)):
                seen += 1
                self.assertIn("_", name, name_of(path))
        self.assertGreater(seen, 500)

    def test_drawing_needs_no_heavy_library(self) -> None:
        for path in sources("common", *BARS, "cli"):
            for included in includes(path, "<>"):
                self.assertFalse(included.startswith(HEAVY), f"{name_of(path)}: {included}")

    def test_the_core_knows_no_bar_and_no_provider(self) -> None:
        self._assert_silent_of((*BARS, *PROVIDERS), "common")

    def test_the_core_has_no_name_of_a_bar(self) -> None:
        for path in sources("common"):
            for name in identifiers(path):
                for bar in BARS:
                    self.assertNotIn(bar, name.lower(), name_of(path))

    def test_adapters_know_no_provider(self) -> None:
        self._assert_silent_of(PROVIDERS, *BARS)

    def test_providers_know_no_bar(self) -> None:
        self._assert_silent_of(BARS, "plugins")

    def _assert_silent_of(self, names: tuple[str, ...], *folders: str) -> None:
        for path in sources(*folders):
            for literal in literals(path):
                for name in names:
                    self.assertNotRegex(literal.lower(), rf"\b{name}\b", name_of(path))

    def test_nothing_is_left_to_be_done(self) -> None:
        marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
        for path in project_files():
            try:
                found = marks.search(path.read_text("utf-8"))
            except UnicodeDecodeError:
                continue
            self.assertIsNone(found, name_of(path))

    def test_clang_format_has_nothing_to_change(self) -> None:
        program = harness.only_version("clang-format", "14")
        result = subprocess.run(
            [program, "--dry-run", "-Werror", *sources(*PROGRAM_FOLDERS, "tests")],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        self.assertEqual(result.returncode, 0, result.stderr)


def project_files() -> Iterator[Path]:
    """All files except those of builds and of tools."""
    for top in sorted(ROOT.iterdir()):
        if top.name.startswith((".", "build")):
            continue
        for path in sorted(top.rglob("*")) if top.is_dir() else [top]:
            if path.is_file() and "__pycache__" not in path.parts:
                yield path


if __name__ == "__main__":
    harness.main()
