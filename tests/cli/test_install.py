"""What cmake --install installs: all that it should, hardened, and in a folder that may be moved."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))
import harness

# Where this build has its providers, in its prefix: systems without libexec have another folder.
PLUGINS = os.environ.get("USAGELINE_LIBEXECDIR", "libexec/usageline")
PROMISED = {
    "bin/usageline",
    f"{PLUGINS}/usageline-provider-kimi",
    f"{PLUGINS}/usageline-provider-demo",
    "share/man/man1/usageline.1",
    "share/man/man1/usageline-waybar.1",
    "share/man/man1/usageline-i3blocks.1",
    "share/man/man1/usageline-polybar.1",
    "share/man/man5/usageline-config.5",
    "share/bash-completion/completions/usageline",
    "share/zsh/site-functions/_usageline",
    "share/fish/vendor_completions.d/usageline.fish",
    "share/usageline/snapshot.schema.json",
    "share/usageline/config.schema.json",
    "share/usageline/theme.schema.json",
    "share/usageline/themes/nord.json",
    "share/doc/usageline/examples/usageline/config.jsonc",
    "share/doc/usageline/examples/waybar/config.jsonc",
    "share/doc/usageline/examples/waybar/style.css",
    "share/doc/usageline/examples/i3blocks/config",
    "share/doc/usageline/examples/polybar/config.ini",
    "share/doc/usageline/examples/usageline-provider-example",
}
# Not in a build without GIO.
if os.environ.get("USAGELINE_HAS_NOTIFY") != "0":
    PROMISED.add(f"{PLUGINS}/usageline-notify")
# What drawing may load except the C library. Each library costs time before main.
LIGHT = {"libglib-2.0.so", "libyajl.so", "libc.so", "libm.so"}
SANITIZERS = {"libasan.so", "libubsan.so", "libtsan.so"}


def readelf(option: str, program: Path) -> str:
    """What readelf says of a program; the test is skipped if there is none."""
    try:
        command = ["readelf", option, "--wide", str(program)]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout
    except FileNotFoundError:
        harness.skip("readelf is not installed")


def needed(program: Path) -> set[str]:
    """The libraries that a program names, without their versions and without sanitizers."""
    names = re.findall(r"\(NEEDED\).*\[(.+?\.so)[^]]*\]", readelf("--dynamic", program))
    return set(names) - SANITIZERS


class InstallTest(harness.TestCase):
    def setUp(self) -> None:
        self.home = self.enter(harness.Home())
        self.prefix = self.home.root / "prefix"
        build = os.environ["PROJECT_BINARY_DIR"]
        command = [os.environ.get("CMAKE_COMMAND", "cmake"), "--install", build]
        done = subprocess.run(
            [*command, "--prefix", str(self.prefix)], capture_output=True, text=True, check=False
        )
        self.assertEqual(done.returncode, 0, done.stderr)

    def files(self) -> set[str]:
        return {str(path.relative_to(self.prefix)) for path in harness.walk_files(self.prefix)}

    def programs(self) -> list[Path]:
        return [self.prefix / name for name in sorted(PROMISED) if not name.startswith("share/")]

    def assert_draws(self, program: Path) -> None:
        env = {"USAGELINE_PLUGIN_DIR": None}
        shutil.rmtree(self.home.cache, ignore_errors=True)
        line = self.home.run("waybar", "--provider", "demo", program=program, env=env).json()
        self.assertEqual(line["class"][1:], ["fresh", "demo"])
        told = self.home.run("config", "providers", program=program, env=env).stdout
        place = program.resolve().parents[1] / PLUGINS / "usageline-provider-kimi"
        self.assertIn(str(place), told)

    def test_all_that_was_promised_is_there_and_all_else_is_documentation(self) -> None:
        self.assertEqual(PROMISED - self.files(), set())
        more = {name for name in self.files() - PROMISED if not name.startswith("share/")}
        self.assertEqual(more, set())

    def test_it_runs_where_it_is_and_where_it_is_moved_to(self) -> None:
        self.assert_draws(self.prefix / "bin/usageline")
        moved = self.home.root / "opt" / "my software"
        moved.parent.mkdir()
        self.prefix.rename(moved)
        self.assert_draws(moved / "bin/usageline")
        link = self.home.root / "usageline"
        link.symlink_to(moved / "bin/usageline")
        self.assert_draws(link)

    def test_the_example_configuration_is_valid(self) -> None:
        example = self.prefix / "share/doc/usageline/examples/usageline/config.jsonc"
        env = {"USAGELINE_CONFIG": str(example)}
        result = self.home.run("config", "validate", env=env)
        self.assertEqual(result, harness.Result(0, f"{example} is valid.\n", ""))

    def test_no_path_of_the_build_is_in_what_is_installed(self) -> None:
        build = os.environ["PROJECT_BINARY_DIR"].encode()
        for name in self.files():
            if name.startswith("share/"):
                self.assertNotIn(build, (self.prefix / name).read_bytes(), name)
        for program in self.programs():
            self.assertNotRegex(readelf("--dynamic", program), "R(UN)?PATH")

    def test_drawing_loads_no_library_that_is_heavy(self) -> None:
        self.assertEqual(needed(self.prefix / "bin/usageline") - LIGHT, set())
        demo = self.prefix / f"{PLUGINS}/usageline-provider-demo"
        self.assertEqual(needed(demo) - LIGHT, set())
        kimi = self.prefix / f"{PLUGINS}/usageline-provider-kimi"
        self.assertIn("libcurl.so", needed(kimi))

    def test_programs_are_hardened(self) -> None:
        for program in self.programs():
            with self.subTest(program.name):
                self.assertRegex(readelf("--file-header", program), r"Type: +DYN")
                dynamic = readelf("--dynamic", program)
                self.assertRegex(dynamic, r"BIND_NOW|Flags:.*NOW")
                self.assertRegex(dynamic, r"Flags:.*PIE")
                headers = readelf("--program-headers", program)
                self.assertIn("GNU_RELRO", headers)
                self.assertRegex(headers, r"GNU_STACK .* RW +0x")
                self.assertIn("__stack_chk_fail", readelf("--dyn-syms", program))

    def test_a_release_checks_its_buffers(self) -> None:
        cache = Path(os.environ["PROJECT_BINARY_DIR"], "CMakeCache.txt").read_text("utf-8")
        if not re.search(r"^CMAKE_BUILD_TYPE:\w+=Release$", cache, re.MULTILINE):
            self.skipTest("not a release")  # FORTIFY needs optimisation
        self.assertRegex(readelf("--dyn-syms", self.programs()[0]), r"__\w+_chk@")


if __name__ == "__main__":
    harness.main()
