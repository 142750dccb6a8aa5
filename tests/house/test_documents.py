"""README and examples: what they show exists and works."""

import json
import re
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import harness  # noqa: E402
import project  # noqa: E402
from json_schema import accepts  # noqa: E402
from project import ROOT  # noqa: E402

PAGES = (
    *("README.md", "README.zh_CN.md", "CONTRIBUTING.md", "CHANGELOG.md"),
    *("docs/browsers.md", "docs/coming-from.md", "docs/politeness.md", "docs/providers.md"),
    "docs/themes.md",
    "packaging/README.md",
)
EXAMPLES = ("waybar/example/config.jsonc", "i3blocks/example/config", "polybar/example/config.ini")
EXAMPLE_PROVIDER = "docs/examples/usageline-provider-example"
SYSTEMS = {
    "Debian": "apt-get",
    "Arch": "pacman",
    "Fedora": "dnf",
    "openSUSE": "zypper",
    "Alpine": "apk",
}


def blocks(page: str, language: str) -> list[str]:
    """What a page shows as code of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```", project.text(page), re.MULTILINE | re.DOTALL)


def bare(code: str) -> list[str]:
    """Its lines, without comments and without what is around them."""
    lines = (line.strip() for line in code.splitlines())
    return [line for line in lines if line and not line.startswith(("//", "#", ";"))]


class Pages(harness.TestCase):
    def test_links_lead_somewhere(self) -> None:
        for page in PAGES:
            for target in re.findall(r"\]\((?!https://)([^)#]+)", project.text(page)):
                self.assertTrue(((ROOT / page).parent / target).exists(), f"{page}: {target}")

    def test_the_house_on_one_page_names_what_is_there(self) -> None:
        """Each folder, file and function that CONTRIBUTING.md names."""
        page = project.text("CONTRIBUTING.md")
        terms = set(re.findall(r"`([^`\n]+)`", page)) - {"module_verb_object", "_new", "_free"}
        code = "".join(project.text(str(path)) for path in project.sources())
        for term in sorted(terms):
            if "/" in term and re.fullmatch(r"[\w./-]+", term) and not term.startswith("BAR"):
                found = (ROOT / term).exists() or any(ROOT.glob(f"*/*/{term}"))
                self.assertTrue(found, term)
            elif re.fullmatch(r"[a-z]+_[a-z_]+|struct \w+", term):
                self.assertRegex(code, rf"\b{term}\b", term)

    def test_snippets_are_those_of_the_examples(self) -> None:
        snippets = [
            code
            for language in ("jsonc", "ini")
            for code in blocks("README.md", language)
            if re.search(r"usageline (waybar|i3blocks|polybar)", code)
        ]
        self.assertEqual(len(snippets), len(EXAMPLES))
        for snippet, example in zip(snippets, EXAMPLES):
            inner = "\n".join(bare(snippet))
            self.assertIn(inner, "\n".join(bare(project.text(example))), example)

    def test_templates_are_those_of_the_manual(self) -> None:
        manual = project.text("docs/usageline-template.7")
        for mark, meaning in ((r"\(ua", "↑"), (r"\[u2586]", "▆"), (r"\[u2581]", "▁")):
            manual = manual.replace(mark, meaning)
        rows = re.findall(r"^\| `({[^`]*)` \| `([^`]*)` \|$", project.text("README.md"), re.M)
        self.assertEqual(len(rows), 3)
        for template, drawn in rows:
            self.assertIn(f"\n{template}  \\(->  {drawn}\n", manual)

    def test_the_provider_in_the_page_is_the_one_that_is_tested(self) -> None:
        self.assertIn(project.text(EXAMPLE_PROVIDER), blocks("docs/providers.md", "sh"))

    def test_the_answers_in_the_page_are_good(self) -> None:
        schema = json.loads(project.text("data/snapshot.schema.json"))
        shown = [json.loads(code) for code in blocks("docs/providers.md", "json")]
        answers = [one for one in shown if "windows" in one or "error" in one]
        self.assertEqual(len(answers), 2)
        for answer in answers:
            self.assertTrue(accepts(schema, answer), answer)

    def test_packages_are_those_of_bootstrap(self) -> None:
        readme, script = project.text("README.md"), project.text("bootstrap.sh")
        for system, manager in SYSTEMS.items():
            row = re.search(rf"^\| {system}[^|]*\| `([^`]+)`", readme, re.MULTILINE)
            known = re.search(rf"{manager}:build\) echo (.*?);;", script, re.DOTALL)
            assert row and known, system
            self.assertLessEqual(set(row[1].split()), set(known[1].split()), system)

    def test_how_often_a_service_is_asked_is_what_is_tested(self) -> None:
        tested = re.findall(r"(\d+), (\d+)},$", project.text("tests/common/usage/test_politeness.c"), re.M)
        self.assertGreater(len(tested), 10)
        rates = [low if low == high else f"{low} to {high}" for low, high in tested]
        page = project.text("docs/politeness.md")
        self.assertEqual(re.findall(r"^\| [^|]+ \| (\d[^|]*?) \|$", page, re.M), rates)
        manual = re.search(r"hour, by two bars.*?^\.EX\n(.*?)^\.EE", project.text("docs/usageline.1"), re.M | re.S)
        assert manual
        self.assertEqual(re.findall(r"  (\d+(?: to \d+)?)$", manual[1], re.M), rates)

    def test_the_changelog_has_this_version(self) -> None:
        self.assertIn(f"## [{project.version()}]", project.text("CHANGELOG.md"))


class Browsers(harness.TestCase):
    """The manual names each browser that is searched, and its folders."""

    def test_all_browsers_and_their_folders_are_in_the_manual(self) -> None:
        manual = project.text("docs/usageline-config.5").replace("\\-", "-")
        readme = project.text("README.md")
        found = 0
        for family in ("chromium", "firefox"):
            source = project.text(f"plugins/browsers/{family}/{family}.c")
            table = re.search(r"browsers\[\] = {(.*?)^};", source, re.DOTALL | re.MULTILINE)
            assert table, family
            for row in re.findall(r'{("[^{}]*?(?:NULL|\))\s*)}', table[1]):
                names = re.findall(r'"([^"]+)"', re.sub(r"NAMES\([^)]*\)", "", row))
                browser, name, *folders = names
                self.assertRegex(manual, rf"(?m)^\.B {browser}$")
                self.assertIn(re.sub(r"^(Google|Microsoft|Ungoogled) | (Beta|Dev)$", "", name).split()[0], readme)
                for folder in folders:
                    self.assertIn(folder, manual, browser)
                found += 1
        self.assertEqual(found, 22)


class Configuration(harness.TestCase):
    EXAMPLE = "data/examples/config.jsonc"

    def setUp(self) -> None:
        self.home = self.enter(harness.Home())

    def assert_valid(self, text: str) -> None:
        path = self.home.config(text)
        result = self.home.run("config", "validate")
        self.assertEqual((result.status, result.stdout), (0, f"{path} is valid.\n"))

    def test_the_example_is_valid(self) -> None:
        self.assert_valid(project.text(self.EXAMPLE))

    def test_the_example_has_all_settings_at_their_defaults(self) -> None:
        defaults = self.home.run("config", "dump").json()
        example = project.without_comments(project.text(self.EXAMPLE))
        for setting in project.settings("settings"):
            there, value = example, defaults
            if setting.holder:
                there, value = there[setting.holder], value[setting.holder]
            self.assertEqual(there[setting.key], value[setting.key], setting.key)
        known = {setting.key for setting in project.settings("bar_settings")}
        shown = {key for bar in example["bars"].values() for key in bar}
        self.assertEqual(shown, known)

    def test_the_example_has_the_settings_of_providers_at_their_defaults(self) -> None:
        example = project.without_comments(project.text(self.EXAMPLE))
        for entry in example["providers"]:
            for setting in project.description(self.home, entry["id"])["settings"]:
                if not setting.get("secret"):  # a key does not belong there
                    value = entry[setting["name"]]
                    shown = str(value).lower() if isinstance(value, bool) else value
                    self.assertEqual(shown, setting.get("default"))

    def test_it_draws_the_same_line_as_without_it(self) -> None:
        before = self.home.run("waybar")
        self.home.config(project.text(self.EXAMPLE))
        self.assertEqual(self.home.run("waybar"), before)

    def test_the_configurations_in_the_readme_are_valid(self) -> None:
        shown = [code for code in blocks("README.md", "jsonc") if code.startswith("// ~/")]
        shown += re.findall(r"`({\"providers\".*?})`", project.text("README.md"))
        self.assertEqual(len(shown), 2)
        for text in shown:
            with self.subTest(text):
                self.assert_valid(text)


if __name__ == "__main__":
    harness.main()
