"""The Debian package, before it is installed."""

from __future__ import annotations

import gzip
import os
import re
import struct
import subprocess
import tarfile
from pathlib import Path

import packages
from packages import DATE, harness, run


class DebianPackageTest(harness.TestCase):
    package: Path  # made once, because that takes seconds

    @classmethod
    def setUpClass(cls) -> None:
        home = harness.Home()
        cls.addClassCleanup(home.__exit__, None, None, None)
        cls.package = packages.debian_package(home.root)

    def setUp(self) -> None:
        self.home = self.enter(harness.Home())
        self.folder = self.home.root / "packed"
        self.folder.mkdir()

    def unpack(self, package: Path) -> tuple[Path, list[tarfile.TarInfo]]:
        tree, archive = self.folder / "tree", self.folder / "data.tar"
        with archive.open("wb") as out:
            subprocess.run(["dpkg-deb", "--fsys-tarfile", package], stdout=out, check=True)
        with tarfile.open(archive) as data:
            data.extractall(tree)
            return tree, data.getmembers()

    def test_it_names_what_it_needs(self) -> None:
        fields = packages.fields(run("dpkg-deb", "--field", self.package))
        self.assertEqual(fields["Package"], "usageline")
        self.assertTrue(fields["Version"].startswith(packages.project.version() + "-"))
        needed = set(re.findall(r"[\w.+-]+(?= \(|,|$)", fields["Depends"]))
        for name in ("ca-certificates", "libc6", "libyajl2"):
            self.assertIn(name, needed)
        self.assertRegex(fields["Depends"], r"\blibglib2\.0-0(t64)? \(>= ")
        self.assertRegex(fields["Depends"], r"\blibcurl4(t64)? \(>= ")
        self.assertIn("xdg-utils", fields["Recommends"])
        for bar in ("waybar", "i3blocks", "polybar"):
            self.assertIn(bar, fields["Enhances"])

    def test_files_belong_to_root_whoever_packs_them(self) -> None:
        tree, members = self.unpack(packages.debian_package(self.folder, umask=0o077))
        for member in members:
            self.assertEqual((member.uid, member.gid, member.mtime), (0, 0, DATE), member.name)
            folder = member.isdir() or (tree / member.name).read_bytes()[:2] in (b"#!", b"\x7fE")
            self.assertEqual(member.mode, 0o755 if folder else 0o644, member.name)

    def test_no_folder_of_the_machine_that_built_it_is_in_it(self) -> None:
        tree, _ = self.unpack(self.package)
        for path in harness.walk_files(tree):
            for folder in (packages.ROOT, packages.BUILD):
                self.assertNotIn(str(folder).encode(), path.read_bytes(), path.name)

    def test_documents_follow_the_policy_of_debian(self) -> None:
        tree, _ = self.unpack(self.package)
        documents = tree / "usr/share/doc/usageline"
        terms = re.sub(r"\s+", " ", packages.project.text("LICENSE").split("\n\n", 2)[2])
        shown = re.sub(r"\n \.?", " ", (documents / "copyright").read_text("utf-8"))
        self.assertIn(terms.strip(), re.sub(r"\s+", " ", shown))
        log = gzip.decompress((documents / "changelog.Debian.gz").read_bytes()).decode()
        self.assertRegex(log, rf"^usageline \({packages.project.version()}-\d+\) ")
        self.assertIn("Sun, 09 Sep 2001 01:46:40 +0000", log)
        log = gzip.decompress((documents / "changelog.gz").read_bytes()).decode()
        self.assertEqual(log, packages.project.text("CHANGELOG.md"))
        for page in packages.MANUAL:
            packed = (tree / "usr/share/man" / f"{page}.gz").read_bytes()
            self.assertEqual(struct.unpack("<I", packed[4:8]), (0,), "a time is in it")
            name = page.split("/")[1]
            self.assertEqual(gzip.decompress(packed).decode(), packages.project.text(f"docs/{name}"))

    def test_making_it_twice_gives_the_same_bytes(self) -> None:
        again = packages.debian_package(self.folder)
        self.assertEqual(again.read_bytes(), self.package.read_bytes())

    def test_lintian_reports_nothing(self) -> None:
        lintian = harness.only_version("lintian", "2.116")
        command = [lintian, "--fail-on", "warning,error", str(self.package)]
        if os.geteuid() == 0:
            command.insert(1, "--allow-root")
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        self.assertEqual((done.returncode, done.stdout), (0, ""), done.stderr)


if __name__ == "__main__":
    harness.main()
