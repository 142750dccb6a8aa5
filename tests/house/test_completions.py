"""What bash, zsh and fish complete: all commands and options, providers, and values."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import harness  # noqa: E402
import project  # noqa: E402
from project import ROOT  # noqa: E402

FOLDER = ROOT / "data" / "completions"
VALUES = {
    "--source": ("auto", "api", "cli", "web"),
    "--format": ("text", "json"),
    "--state": (
        *("ok", "warning", "critical", "exhausted", "stale", "auth", "config", "plan", "network"),
        *("rate-limited", "server", "payload", "internal", "cycle"),
    ),
}
BARS = {"waybar", "i3blocks", "polybar"}
STEPS = {"next", "previous", "toggle", "reset"}

# Completes the last of its arguments, as bash does after a Tab.
BASH = """
source "$1"; shift
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_usageline
printf '%s\\n' "${COMPREPLY[@]}"
"""


class CompletionTest(harness.TestCase):
    def setUp(self) -> None:
        self.home = self.enter(harness.Home())
        self.commands = project.commands(self.home)

    def shell(self, name: str, *arguments: str) -> str:
        """What a shell prints in which usageline can be found."""
        program = shutil.which(name)
        if not program:
            harness.skip(f"needs {name}")
        path = f"{harness.PROGRAM.parent}:/usr/bin:/bin"
        result = self.home.run(*arguments, program=program, env={"PATH": path})
        self.assertEqual((result.status, result.stderr), (0, ""))
        return result.stdout


class Bash(CompletionTest):
    def complete(self, *words: str) -> list[str]:
        file = str(FOLDER / "usageline.bash")
        return self.shell("bash", "-c", BASH, "bash", file, "usageline", *words).split()

    def test_commands(self) -> None:
        for command in self.commands:
            *before, last = command.split()
            self.assertIn(last, self.complete(*before, ""))
            self.assertEqual(self.complete(*before, last), [last])

    def test_options(self) -> None:
        for command, options in self.commands.items():
            offered = self.complete(*command.split(), "--")
            for option in options:
                self.assertIn(f"--{option.long}", offered, command)
            self.assertIn("--help", offered, command)

    def test_no_option_is_made_up(self) -> None:
        for command, options in self.commands.items():
            known = {f"--{option.long}" for option in options} | {"--help"}
            self.assertLessEqual(set(self.complete(*command.split(), "--")), known, command)

    def test_providers(self) -> None:
        self.home.plugin("mine", "exit 1")
        for before in (
            ("waybar", "--provider"),
            ("waybar", "-p"),
            ("waybar", "--icon", "x", "--provider", "="),
            ("refresh", "--provider"),
            ("config", "set-api-key", "--provider"),
            ("config", "enable"),
        ):
            offered = self.complete(*before, "")
            self.assertLessEqual({"demo", "kimi", "mine"}, set(offered), before)
        self.assertEqual(self.complete("polybar", "--provider", "=", "ki"), ["kimi"])
        self.assertEqual(self.complete("usage", "--provider", "a"), ["all"])

    def test_themes(self) -> None:
        for command in ("show", "css"):
            offered = self.complete("theme", command, "")
            self.assertLessEqual({"default", "nord", "pywal", "tokyo-night-day"}, set(offered))
        self.assertEqual(self.complete("theme", "css", "dra"), ["dracula"])

    def test_values(self) -> None:
        for option, values in VALUES.items():
            self.assertEqual(self.complete("usage", option, ""), list(values))
            self.assertEqual(self.complete("usage", option, "="), list(values))

    def test_bars(self) -> None:
        for before in ("--bar", "-b"):
            for command in ("details", "open", "refresh", "show"):
                self.assertEqual(set(self.complete(command, before, "")), BARS)

    def test_steps(self) -> None:
        self.assertLessEqual(STEPS, set(self.complete("show", "")))
        self.assertEqual(self.complete("show", "n"), ["next"])

    def test_a_text_of_the_user_is_not_guessed(self) -> None:
        for option in ("--format", "--short-format", "--icon", "-t", "--instance"):
            self.assertEqual(self.complete("waybar", option, ""), [])
        self.assertEqual(self.complete("config", "set-api-key", "--api-key", ""), [])


class Zsh(CompletionTest):
    def test_all_options_and_values_are_there(self) -> None:
        text = (FOLDER / "_usageline").read_text("utf-8")
        for command, options in self.commands.items():
            self.assertRegex(text, rf"'{command.split()[-1]}:")
            for option in options:
                self.assertRegex(text, rf"--{option.long}[=\[}}]", command)
                if option.short:
                    self.assertRegex(text, rf"{{-{option.short}\+?,--{option.long}\b")
        for values in (*VALUES.values(), ("next", "previous", "toggle", "reset")):
            self.assertIn(f"({' '.join(values)})", text)

    def test_zsh_understands_it(self) -> None:
        self.shell("zsh", "-n", str(FOLDER / "_usageline"))


class Fish(CompletionTest):
    def complete(self, line: str) -> list[str]:
        script = f'source "{FOLDER}/usageline.fish"; complete -C "{line}"'
        return re.findall(r"^[^\t\n]+", self.shell("fish", "--no-config", "-c", script), re.M)

    def test_all_options_are_there(self) -> None:
        text = (FOLDER / "usageline.fish").read_text("utf-8")
        for command, options in self.commands.items():
            self.assertRegex(text, rf" -a {command.split()[-1]} ")
            for option in options:
                short = f"-s {option.short} " if option.short else ""
                self.assertIn(f" {short}-l {option.long} ", text, command)

    def test_fish_offers_them(self) -> None:
        for command, options in self.commands.items():
            offered = self.complete(f"usageline {command} --")
            for option in options:
                self.assertIn(f"--{option.long}", offered, command)

    def test_fish_offers_providers_and_values(self) -> None:
        self.assertEqual(set(self.complete("usageline waybar -p ")), {"demo", "kimi"})
        self.assertEqual(set(self.complete("usageline usage -p ")), {"all", "demo", "kimi"})
        self.assertEqual(set(self.complete("usageline config enable ")), {"demo", "kimi"})
        for command in ("details", "open", "refresh", "show"):
            self.assertEqual(set(self.complete(f"usageline {command} --bar ")), BARS)
        self.assertLessEqual(STEPS, set(self.complete("usageline show ")))
        for option, values in VALUES.items():
            self.assertEqual(set(self.complete(f"usageline usage {option} ")), set(values))


class Values(harness.TestCase):
    def test_they_are_those_that_the_program_takes(self) -> None:
        home = self.enter(harness.Home())
        for option, values in VALUES.items():
            for value, wrong in (*((one, False) for one in values), ("none", True)):
                result = home.run("usage", "--provider", "demo", option, value)
                self.assertEqual(result.status == 2, wrong, f"{option} {value}")


if __name__ == "__main__":
    harness.main()
