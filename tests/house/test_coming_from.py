"""docs/coming-from.md: what it says a thing is called in usageline is what it is called."""

import re
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import harness  # noqa: E402
import project  # noqa: E402

PAGE = "docs/coming-from.md"
CLASSES = ("ok", "warning", "critical", "exhausted")


def names() -> list[str]:
    """What stands as code in the last column of its tables, which is that of usageline."""
    rows = re.findall(r"^\| .* \| (.*) \|$", project.text(PAGE), re.MULTILINE)
    return [name for row in rows for name in re.findall(r"`([^`]+)`", row)]


class ComingFrom(harness.TestCase):
    def setUp(self) -> None:
        self.home = self.enter(harness.Home())
        self.commands = {
            name: {option.long for option in options} | {"help"}
            for name, options in project.commands(self.home).items()
        }
        self.manual = "".join(
            path.read_text("utf-8").replace(r"\-", "-").replace(r"\(ti", "~")
            for path in (project.ROOT / "docs").glob("*.[157]")
        )
        output = self.home.run("usage", "--provider", "demo", "--format", "json").json()
        self.usage = output[0]

    def test_all_names_are_there(self) -> None:
        checks = (
            (r"usageline .*", self.check_command),
            (r"--[a-z-]+", self.check_option),
            (r"{.*}", self.check_template),
            (r'".*', self.check_settings),
            (r"\.[a-z]+", self.check_class),
            (r"[A-Z_]+|~/.*", self.check_in_manual),
            (r"(usage|pace)\..*", self.check_field),
        )
        found = names()
        self.assertGreater(len(found), 100)
        for name in found:
            with self.subTest(name):
                if name == "providers[]":
                    continue
                check = next((one for form, one in checks if re.fullmatch(form, name)), None)
                assert check, "of no form that is known"
                check(name)

    def check_command(self, text: str) -> None:
        words = text.split()[1:]
        name = " ".join(words[:2]) if words[0] == "config" else words[0]
        self.assertIn(name, self.commands)
        for option in re.findall(r"--([a-z-]+)", text):
            self.assertIn(option, self.commands[name])

    def check_option(self, option: str) -> None:
        self.assertTrue(any(option[2:] in options for options in self.commands.values()))

    def check_template(self, template: str) -> None:
        result = self.home.run("waybar", "--provider", "demo", "--format", template)
        self.assertEqual((result.status, result.stderr), (0, ""))

    def check_settings(self, text: str) -> None:
        path = self.home.config("{" + text + "}")
        result = self.home.run("config", "validate")
        *warnings, verdict = result.stdout.splitlines()
        self.assertEqual((result.status, verdict), (0, f"{path} is valid."))
        for warning in warnings:  # of a theme that another program makes
            self.assertRegex(warning, '^warning: .*"theme": .* is not there')

    def check_class(self, name: str) -> None:
        self.assertIn(name[1:], CLASSES)
        self.assertIn(f"#custom-usageline{name} ", project.text("waybar/example/style.css"))

    def check_in_manual(self, name: str) -> None:
        self.assertIn(name, self.manual)

    def check_field(self, path: str) -> None:
        value: Any = self.usage
        for key in path.split("."):
            self.assertIn(key, value)
            value = value[key]


if __name__ == "__main__":
    harness.main()
