"""cppcheck finds nothing in the programs."""

import os
import subprocess
import sys
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import harness  # noqa: E402
from project import ROOT, sources  # noqa: E402

# GLib's and our own macros that it can't read a source without.
DEFINES = (
    "_GNU_SOURCE",
    'G_LOG_DOMAIN=""',
    "G_GNUC_PRINTF(format,first)=",
    "G_DEFINE_QUARK(name,function)=",
)
SUPPRESSED = {
    "variableScope": "variables of a function are declared at its top",
    "constParameterCallback": "a callback has the type that its library wants",
    "varFuncNullUB": "GLib runs only where NULL is a pointer",
    "unusedStructMember": "a member of a union may only be there for its size",
    "readdirCalled": "readdir_r is deprecated",
    "getpwuidCalled": "the programs that call it have one thread",
    "missingIncludeSystem": "it knows the libraries by --library",
}


class Cppcheck(unittest.TestCase):
    def test_finds_nothing(self) -> None:
        program = harness.only_version("cppcheck", "2.10")
        command = [
            program,
            "--quiet",
            "--error-exitcode=1",
            "--enable=warning,style,performance,portability",
            "--library=gtk,posix,libcurl,openssl,sqlite3",
            "--std=c11",
            "--inline-suppr",
            f"-j{os.cpu_count()}",
            f"-I{ROOT}",
            *(f"-D{define}" for define in DEFINES),
            *(f"--suppress={name}" for name in SUPPRESSED),
            *map(str, sources(suffixes=(".c",))),
        ]
        result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        self.assertEqual(result.returncode, 0, "\n" + result.stderr)


if __name__ == "__main__":
    harness.main()
