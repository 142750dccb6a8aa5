"""The manual pages: they are complete, and groff and mandoc find no fault in them."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import harness  # noqa: E402
import project  # noqa: E402
from project import ROOT  # noqa: E402

BARS = ("waybar", "i3blocks", "polybar")
BAR_PAGES = {bar: f"usageline-{bar}.1" for bar in BARS}
PAGES = (
    "usageline.1",
    *BAR_PAGES.values(),
    *("usageline-config.5", "usageline-provider.7", "usageline-template.7"),
)
SHOWN = (
    *("waybar/example/config.jsonc", "waybar/example/style.css"),
    *("i3blocks/example/config", "i3blocks/example/persist", "polybar/example/config.ini"),
)
MARKS = (
    *((r"\-", "-"), (r"\~", " "), (r"\(dq", '"'), (r"\(aq", "'"), (r"\(rs", "\\")),
    *((r"\(ti", "~"), (r"\(ga", "`"), (r"\(ha", "^"), (r"\e", "\\")),
)

# Programs that report faults in a page, and print nothing about a good one.
LINTERS = (
    ("groff", "-man", "-Tutf8", "-ww", "-z"),
    ("man", "--warnings", "-E", "UTF-8", "-l"),
    ("mandoc", "-T", "lint", "-W", "warning"),
)


def page(name: str) -> str:
    """The text of a page, without roff's markup."""
    source = re.sub(r"\\f[BIRP]", "", project.text(f"docs/{name}"))
    for mark, meaning in MARKS:
        source = source.replace(mark, meaning)
    return source


def examples(name: str) -> list[tuple[str, str]]:
    """What a page shows, each with the file that it is taken from."""
    shown = re.compile(r'^\.\\" example: (\S+)\n\.in \+4n\n\.EX\n(.*?)^\.EE$', re.M | re.S)
    return shown.findall(page(name))


def bare(code: str, path: str) -> str:
    """Its lines, without comments and what is around them; colours of CSS by their value."""
    names = dict(re.findall(r"@define-color (\w+) +(#\w+)", project.text(path)))
    code = re.sub(r"@(\w+)(?=[ ;])", lambda found: names.get(found[1], found[0]), code)
    code = re.sub(r"(?ms)^/\*.*?\*/$", "", code)
    comment = "/*" if path.endswith(".css") else ("//", "#", ";")
    lines = (line.strip() for line in code.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith(comment))


def words(text: str) -> str:
    """The text on one line."""
    return " ".join(re.sub(r"^\.\w+", "", text, flags=re.MULTILINE).split())


class Manual(harness.TestCase):
    def setUp(self) -> None:
        self.home = self.enter(harness.Home())

    def assert_found(self, pattern: str, text: str) -> None:
        """Unlike assertRegex, without the whole page in its message."""
        self.assertTrue(re.search(pattern, text, re.MULTILINE), f"there is no {pattern}")

    def test_all_commands_and_options_are_there(self) -> None:
        main = page("usageline.1")
        for command, options in project.commands(self.home).items():
            self.assertIn(command, main)
            text = page(BAR_PAGES[command]) if command in BARS else main
            for option in options:
                short = rf"-{option.short} ,\s+" if option.short else ""
                self.assert_found(rf"^\.BR? .*{short}--{option.long}\b", text)

    def test_no_option_is_made_up(self) -> None:
        commands = project.commands(self.home)
        known = {option.long for options in commands.values() for option in options}
        for name in ("usageline.1", *BAR_PAGES.values()):
            for option in re.findall(r"^\.BR? (?:-\w ,\s+)?--([a-z-]+)", page(name), re.M):
                self.assertIn(option, known | {"describe", "diagnose"}, name)

    def test_pages_of_bars_agree_on_what_they_share(self) -> None:
        shared = re.compile(r"^\.SH OPTIONS\n.*?(?=^\.B --short-format)|"
                            r"^\.B --window-format.*?(?=^\.BR -t)|^\.BR -i ,.*?^\.BR -h ,|"
                            r"^\.SH CONTINUOUS MODE\n.*?^It ends, with status 0|"
                            r"^\.B SIGUSR1\n.*?(?=^\.SH)", re.M | re.S)
        first, *others = (shared.findall(page(name)) for name in BAR_PAGES.values())
        self.assertEqual(len(first), 5)
        for other in others:
            self.assertEqual(other, first)

    def test_examples_are_those_of_the_bars(self) -> None:
        shown = [example for name in BAR_PAGES.values() for example in examples(name)]
        self.assertEqual(tuple(path for path, _ in shown), SHOWN)
        for path, code in shown:
            self.assertIn(bare(code, path), bare(project.text(path), path), path)

    def test_pages_refer_to_pages_that_are_there(self) -> None:
        for name in PAGES:
            for other, section in re.findall(r"\b(usageline(?:-[a-z0-9]+)?) ?\((\d)\)", page(name)):
                self.assertIn(f"{other}.{section}", PAGES, name)

    def test_all_placeholders_are_there(self) -> None:
        text = page("usageline-template.7")
        for placeholder in project.placeholders(self.home):
            name = re.sub(r"^{session(_\w+)}$", r"\1", placeholder)
            self.assert_found(rf"^\.B {re.escape(name)}$", text)

    def test_all_variables_are_there(self) -> None:
        text = "\n".join(page(name) for name in ("usageline.1", *BAR_PAGES.values()))
        used = set()
        for path in project.sources(suffixes=(".c",)):
            source = path.read_text("utf-8")
            used |= set(re.findall(r'(?:g_getenv\(|g_environ_getenv\([\w>-]+, |xdg_folder\(|xdg_base\()"(\w+)"', source))
            used |= set(re.findall(r'#define \w+_VARIABLE\s+"(\w+)"', source))
            for names in re.findall(r"_variables\[\] = {(.*?)}", source):
                used |= set(re.findall(r'"(\w+)"', names))
        for provider in project.PROVIDERS:
            description = project.description(self.home, provider)
            used |= {variable["name"] for variable in description["environment"]}
        self.assertIn("USAGELINE_CONFIG", used)
        self.assertIn("KIMI_CODE_API_KEY", used)
        self.assertIn("WAYBAR_OUTPUT_NAME", used)
        for variable in used:
            self.assert_found(rf"^\.BR? .*\b{variable}\b", text)

    def test_all_settings_are_there(self) -> None:
        text = page("usageline-config.5")
        for setting in project.settings("settings") + project.settings("bar_settings"):
            entry = re.search(rf"(?m)^\.BR? {setting.key}\b.*$", text)
            self.assertIsNotNone(entry, setting.key)
            if entry and setting.bounds:
                self.assertIn("{:g} to {:g}".format(*setting.bounds), entry[0])

    def test_all_settings_of_providers_are_there(self) -> None:
        text = page("usageline-config.5")
        for provider in project.PROVIDERS:
            for setting in project.description(self.home, provider)["settings"]:
                name = setting["name"]
                entry = re.search(rf"(?ms)^\.BR {name}\b.*?(?=^\.TP|^\.PP|^\.SS)", text)
                self.assertIsNotNone(entry, name)
                for value in setting.get("values", ()) if entry else ():
                    self.assertRegex(entry[0] if entry else "", rf"\b{value}\b", name)

    def test_the_limits_of_providers_are_those_of_the_core(self) -> None:
        answer = project.defines("common/usage/answer.c")
        shared = project.defines("common/usage/answer.h")
        self.assertEqual(shared["ANSWER_MAX_BYTES"], "(1024 * 1024)")
        self.assertEqual(shared["ANSWER_MAX_RETRY"], "(24 * 60 * 60)")
        seconds = int(project.defines("common/usage/provider.h")["PROVIDER_DEADLINE"]) // 1000
        for text, characters in (
            (words(page("usageline-provider.7")), "up to {} characters"),
            (words(project.text("docs/providers.md")), "≤ {}"),
        ):
            self.assertIn("1 MiB", text)
            self.assertIn(f"{seconds} seconds", text)
            self.assertIn(f"1 to {shared['ANSWER_MAX_WINDOWS']} objects", text)
            self.assertIn(characters.format(answer["MAX_LABEL"]), text)
            self.assertIn(characters.format(answer["MAX_URL"]), text)
            self.assertIn(f"{answer['MAX_MESSAGE']} characters", text)
            self.assertIn(f"0 to {float(answer['MAX_PERCENT']):.0f}", text)
            self.assertIn(f"0 to {answer['MAX_COUNT']}", text)

    def test_all_kinds_of_errors_are_there(self) -> None:
        kinds = re.findall(r'\] = "([a-z-]+)"', project.text("common/base/error.c"))
        self.assertIn("rate-limited", kinds)
        for kind in kinds:
            self.assert_found(rf"^\.BR? {kind}\b", page("usageline.1"))
            self.assert_found(rf"^\.BR? {kind}\b", page("usageline-provider.7"))
            self.assertIn(f"| `{kind}` |", project.text("docs/providers.md"))

    def test_the_version_is_that_of_the_project(self) -> None:
        for name in PAGES:
            self.assertIn(f'"usageline {project.version()}"', page(name).splitlines()[0])


class Lint(harness.TestCase):
    def test_the_pages_are_written_without_a_fault(self) -> None:
        there = [linter for linter in LINTERS if shutil.which(linter[0])]
        for linter in there:
            for name in PAGES:
                with self.subTest(linter=linter[0], page=name):
                    result = subprocess.run(
                        [*linter, ROOT / "docs" / name],
                        stdin=subprocess.DEVNULL,
                        stdout=subprocess.PIPE if linter[0] == "mandoc" else subprocess.DEVNULL,
                        stderr=subprocess.PIPE,
                        check=False,
                    )
                    self.assertEqual(result.stderr + (result.stdout or b""), b"")
                    self.assertEqual(result.returncode, 0)
        if len(there) < len(LINTERS):
            missing = [linter[0] for linter in LINTERS if linter not in there]
            harness.skip(f"needs {', '.join(missing)}")


if __name__ == "__main__":
    harness.main()
