"""usageline open: which page is opened, by what, and which never is."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, Optional

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import documents  # noqa: E402
import harness  # noqa: E402

PAGE = "https://shell.example/plan?a=1&b=(2)#here"
OTHER = "https://described.example/"
# Writes down how it was called and where it runs, and then into a FIFO that it has done so.
OPENER = """#!/bin/sh
streams=$(readlink /proc/$$/fd/0 /proc/$$/fd/1 /proc/$$/fd/2)
session=$(ps -o sid= -p $$ | tr -d ' ')
{
    echo "$(basename "$0") $*"
    [ "$session" = $$ ] && echo leader
    echo "$streams"
} >>"$HOME/opened"
echo noise; echo noise >&2
echo done >"$HOME/fifo"
"""
# A provider that answers, and describes itself.
PROVIDER = f"""if [ "$1" = --describe ]; then
    echo described >>"$HOME/described"; cat "$HOME/description"
else {documents.ANSWERING}; fi"""


class OpenTest(harness.TestCase):
    def setUp(self) -> None:
        self.home = documents.shell_home(self.enter(harness.Home()), PROVIDER)
        self.bin = self.home.root / "bin"
        self.bin.mkdir()
        os.mkfifo(self.home.home / "fifo")
        self.describe(f'{{"dashboard":"{OTHER}"}}')

    def describe(self, text: str) -> None:
        (self.home.home / "description").write_text(text, encoding="utf-8")

    def give(self, **changes: Any) -> None:
        documents.answer(self.home, documents.snapshot(**changes))
        self.assertEqual(self.home.run("refresh").status, 0)

    def opener(self, name: str, script: str = OPENER) -> None:
        path = self.bin / name
        path.write_text(script, encoding="utf-8")
        path.chmod(0o755)

    def open(self, *args: str, path: Optional[str] = None) -> harness.Result:
        """With no opener except those of the test; what the provider needs is linked."""
        for tool in ("sh", "cat", "ps", "tr", "basename", "readlink"):
            link = self.bin / tool
            if not link.exists():
                found = next(
                    Path(folder, tool)
                    for folder in ("/usr/bin", "/bin")
                    if Path(folder, tool).exists()
                )
                link.symlink_to(found)
        return self.home.run("open", *args, env={"PATH": path or str(self.bin)})

    def opened(self) -> list[str]:
        """The lines that the opener has written."""
        with (self.home.home / "fifo").open(encoding="utf-8") as fifo:
            self.assertEqual(fifo.read(), "done\n")
        return (self.home.home / "opened").read_text("utf-8").splitlines()

    def assert_fails(self, result: harness.Result, part: str) -> None:
        self.assertEqual((result.status, result.stdout), (1, ""))
        self.assertRegex(result.stderr, r"\Ausageline: [^\n]+\n\Z")
        self.assertIn(part, result.stderr)
        self.assertFalse((self.home.home / "opened").exists())


class PageTest(OpenTest):
    def printed(self, *args: str) -> str:
        result = self.open("--print", *args)
        self.assertEqual((result.status, result.stderr), (0, ""))
        return result.stdout

    def test_the_stored_snapshot_comes_first(self) -> None:
        self.give(dashboard=PAGE)
        self.assertEqual(self.printed(), f"{PAGE}\n")
        self.assertFalse((self.home.home / "described").exists())

    def test_without_a_snapshot_the_provider_is_asked(self) -> None:
        self.assertEqual(self.printed(), f"{OTHER}\n")
        self.give()
        self.assertEqual(self.printed(), f"{OTHER}\n")
        self.assertEqual(documents.times_asked(self.home), 1)

    def test_each_provider_has_its_own(self) -> None:
        self.assertEqual(self.printed("--provider", "kimi"), "https://www.kimi.com/code/console\n")

    def test_printing_needs_no_opener_and_opens_nothing(self) -> None:
        self.printed()
        self.opener("xdg-open")
        self.printed("--provider", "kimi")
        self.open()
        self.assertEqual(self.opened()[::5], [f"xdg-open {OTHER}"])

    def test_only_the_web_is_opened(self) -> None:
        for page in (
            *("http://a.example/", "file:///etc/passwd", "javascript:alert(1)", "HTTPS:a", ""),
            *("https://", "https:///x", "https://user:pass@a.example/", "https://user@a.example/"),
            *("https://a.example/ b", "https://a.example/\\u0022", "https://a.example/`id`"),
            *("https://a.example/\\n", "https://a.example/ä", "-https://a.example", "--help"),
            *("https://a.example/%zz", "https://a.example/\\u202e", "https://a.example:x/"),
        ):
            with self.subTest(page):
                self.describe(f'{{"dashboard":"{page}"}}')
                self.assert_fails(self.open("--print"), 'provider "shell"')

    def test_a_stored_page_is_not_trusted_either(self) -> None:
        self.give(dashboard="https://user:pass@a.example/")
        result = self.open("--print")
        self.assert_fails(result, "is not opened")
        self.assertNotIn("pass@", result.stderr)

    def test_a_provider_that_names_none(self) -> None:
        for text in ("{}", "[]", '{"dashboard":1}'):
            self.describe(text)
            self.assert_fails(self.open(), 'provider "shell" names no page')
        self.describe("nonsense")
        self.assert_fails(self.open(), "line 1")
        self.assert_fails(self.open("--provider", "none"), 'no provider "none"')


class OpenerTest(OpenTest):
    def test_xdg_open_comes_first(self) -> None:
        self.give(dashboard=PAGE)
        self.opener("gio")
        self.opener("xdg-open")
        self.assertEqual(self.open(), harness.Result(0, "", ""))
        self.assertEqual(self.opened()[0], f"xdg-open {PAGE}")

    def test_gio_serves_as_well(self) -> None:
        self.opener("gio")
        self.assertEqual(self.open(), harness.Result(0, "", ""))
        self.assertEqual(self.opened()[0], f"gio open {OTHER}")

    def test_it_runs_in_a_session_of_its_own(self) -> None:
        self.opener("xdg-open")
        self.open()
        self.assertEqual(self.opened()[1:], ["leader", "/dev/null", "/dev/null", "/dev/null"])

    def test_nobody_waits_for_it(self) -> None:
        self.opener("xdg-open", '#!/bin/sh\nread line <"$HOME/fifo"\necho "$line" >"$HOME/fifo"\n')
        self.assertEqual(self.open(), harness.Result(0, "", ""))  # and it still runs
        (self.home.home / "fifo").write_text("end\n", encoding="utf-8")
        self.assertEqual((self.home.home / "fifo").read_text("utf-8"), "end\n")

    def test_without_one_the_address_is_printed(self) -> None:
        self.assert_fails(self.open(), f"open it yourself: {OTHER}")

    def test_one_that_can_not_be_started(self) -> None:
        self.opener("xdg-open", "#!/none/such\n")
        self.assert_fails(self.open(), f"open it yourself: {OTHER}")


class ArgumentsTest(OpenTest):
    def test_wrong_ones(self) -> None:
        for args in (("more",), ("--provider", "../x"), ("--nonsense",)):
            with self.subTest(args):
                result = self.open(*args)
                self.assertEqual((result.status, result.stdout), (2, ""))
                self.assertIn(args[-1].lstrip("-"), result.stderr)

    def test_no_provider_is_enabled(self) -> None:
        self.home.config({"providers": [{"id": "shell", "enabled": False}]})
        self.assert_fails(self.open(), "no provider is enabled")


if __name__ == "__main__":
    harness.main()
