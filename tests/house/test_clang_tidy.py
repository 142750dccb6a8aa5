"""clang-tidy finds nothing in the programs; .clang-tidy tells which checks it runs."""

import os
import subprocess
import sys
import unittest
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import harness  # noqa: E402
from project import ROOT, sources  # noqa: E402


class ClangTidy(unittest.TestCase):
    def test_finds_nothing(self) -> None:
        program = harness.only_version("clang-tidy", "14")
        command = [program, "--quiet", "-p", os.environ["PROJECT_BINARY_DIR"]]

        def check(path: Path) -> tuple[int, str]:
            result = subprocess.run(
                [*command, str(path)], cwd=ROOT, capture_output=True, text=True, check=False
            )
            return result.returncode, result.stdout or result.stderr

        paths = sorted(sources(suffixes=(".c",)), key=lambda path: -path.stat().st_size)
        with ThreadPoolExecutor(os.cpu_count()) as workers:
            findings = [text for status, text in workers.map(check, paths) if status != 0]
        if findings:
            self.fail("\n" + "\n".join(findings))


if __name__ == "__main__":
    harness.main()
