"""rpmbuild builds packaging/rpm, without checking that its dependencies are installed as RPMs."""

from __future__ import annotations

import packages
from packages import CMAKE, ROOT, harness, run

# What Fedora's and openSUSE's macros do, for systems that have rpmbuild alone.
MACROS = {
    "cmake": f"{CMAKE} -S . -B made -DCMAKE_INSTALL_PREFIX=/usr -DCMAKE_BUILD_TYPE=Release",
    "cmake_build": f"{CMAKE} --build made --parallel 2",
    "cmake_install": f"DESTDIR=%{{buildroot}} {CMAKE} --install made",
    "ctest": "true",
}


class RpmTest(harness.TestCase):
    def test_it_builds_a_package_with_all_files(self) -> None:
        packages.need("rpmbuild", "rpm")
        root = self.enter(harness.Home()).root
        (root / "SOURCES").mkdir()
        packages.source_archive(root / "SOURCES")
        defines = [f"--define=_topdir {root}"]
        for name, value in MACROS.items():
            if run("rpm", "--eval", f"%{{?{name}}}").strip() == "":
                defines.append(f"--define={name} {value}")
        # Sources of a build in a home folder would be named in its debugging information.
        defines.append("--define=debug_package %{nil}")
        spec = ROOT / "packaging/rpm/usageline.spec"
        run("rpmbuild", "-bb", "--nodeps", *defines, spec, cwd=root)
        (package,) = root.glob("RPMS/*/usageline-[0-9]*.rpm")
        files = run("rpm", "-qpl", package).splitlines()
        for name in (
            *("/usr/bin/usageline", "/usr/share/zsh/site-functions/_usageline"),
            *("/usr/libexec/usageline/usageline-provider-kimi", "/usr/share/usageline/config.schema.json"),
        ):
            self.assertIn(name, files)
        self.assertTrue(any(name.startswith("/usr/share/man/man1/usageline.1") for name in files))
        needed = run("rpm", "-qp", "--requires", package)
        self.assertIn("libcurl.so.4", needed)
        self.assertIn("ca-certificates", needed)
        self.assertIn("xdg-utils", run("rpm", "-qp", "--recommends", package))


if __name__ == "__main__":
    harness.main()
