"""The source archive: the same bytes for the same sources, and it builds without git."""

from __future__ import annotations

import tarfile
import unittest
from pathlib import Path

import packages
from packages import CMAKE, DATE, NAME, ROOT, harness, run


class SourceTest(harness.TestCase):
    def setUp(self) -> None:
        self.home = self.enter(harness.Home())
        self.archive = packages.source_archive(self.home.root)

    def test_it_has_the_sources_and_nothing_of_who_packed_it(self) -> None:
        with tarfile.open(self.archive) as archive:
            members = archive.getmembers()
        names = {member.name for member in members}
        for name in ("CMakeLists.txt", "LICENSE", "bootstrap.sh", "tests/house/project.py"):
            self.assertIn(f"{NAME}/{name}", names)
        for member in members:
            self.assertRegex(member.name, rf"^{NAME}/")
            self.assertNotRegex(member.name, r"/(\.git|build[^/]*|__pycache__)/")
            self.assertEqual((member.uid, member.gid, member.mtime), (0, 0, DATE), member.name)
            self.assertIn(member.mode, (0o644, 0o755), member.name)

    def test_the_target_dist_makes_the_same(self) -> None:
        environment = {"SOURCE_DATE_EPOCH": str(DATE)}
        run(CMAKE, "--build", packages.BUILD, "--target", "dist", env=environment, umask=0o077)
        made = packages.BUILD / f"{NAME}.tar.gz"
        self.assertEqual(made.read_bytes(), self.archive.read_bytes())

    def test_it_packs_itself_again(self) -> None:
        tree = self.unpack()
        (tree / "build" / "junk").mkdir(parents=True)
        (tree / "build" / "junk" / "file").write_text("of a build", "utf-8")
        again = self.home.root / "again.tar.gz"
        define = ("-D", f"NAME={NAME}", "-D", f"OUTPUT={again}")
        run(CMAKE, *define, "-P", tree / "cmake/Dist.cmake", env={"SOURCE_DATE_EPOCH": str(DATE)})
        self.assertEqual(again.read_bytes(), self.archive.read_bytes())

    @unittest.skipUnless((ROOT / ".git").exists(), "these sources are not in git")
    def test_without_a_date_it_bears_that_of_the_commit(self) -> None:
        output = self.home.root / "dated.tar.gz"
        define = ("-D", f"NAME={NAME}", "-D", f"OUTPUT={output}")
        run(CMAKE, *define, "-P", ROOT / "cmake/Dist.cmake", env={"SOURCE_DATE_EPOCH": ""})
        committed = run("git", "-C", ROOT, "log", "-1", "--format=%ct")
        with tarfile.open(output) as archive:
            self.assertEqual({member.mtime for member in archive}, {int(committed)})

    def test_it_builds_and_runs_without_git(self) -> None:
        tree = self.unpack()
        build = self.home.root / "build of it"
        run(CMAKE, "-S", tree, "-B", build, "-DBUILD_TESTING=OFF")
        targets = ("usageline", "usageline-provider-demo")
        run(CMAKE, "--build", build, "--parallel", "2", "--target", *targets)
        program = build / "bin" / "usageline"
        env = {"USAGELINE_PLUGIN_DIR": None}
        told = self.home.run("--version", program=program, env=env).stdout
        self.assertIn(packages.project.version(), told)
        line = self.home.run("waybar", "--provider", "demo", program=program, env=env).json()
        self.assertEqual(line["class"][1:], ["fresh", "demo"])

    def unpack(self) -> Path:
        with tarfile.open(self.archive) as archive:
            archive.extractall(self.home.root)
        return self.home.root / NAME


if __name__ == "__main__":
    harness.main()
