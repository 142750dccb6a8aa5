"""The files for other systems' packages name CMake's version, options and libraries."""

import re
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import harness  # noqa: E402
import project  # noqa: E402

PKGBUILD = "packaging/arch/PKGBUILD"
SPEC = "packaging/rpm/usageline.spec"
NIX = "packaging/nix/package.nix"
EBUILD = f"packaging/gentoo/usageline-{project.version()}.ebuild"
OPTIONAL = {"BROWSERS", "KEYRING", "LEVELDB", "NOTIFICATIONS", "SNAPPY"}
BUILDING = {"COVERAGE", "HARDENING", "STATIC", "WERROR"}  # how it is built, not what

# What each system calls a module of pkg-config. GIO comes with GLib, except in the RPM, which asks
# for modules by their own names.
CALLED = {
    "glib-2.0": {PKGBUILD: "glib2", EBUILD: "dev-libs/glib", NIX: "glib"},
    "gio-2.0": {PKGBUILD: "glib2", EBUILD: "dev-libs/glib", NIX: "glib"},
    "yajl": {PKGBUILD: "yajl", EBUILD: "dev-libs/yajl", NIX: "yajl"},
    "libcurl": {PKGBUILD: "curl", EBUILD: "net-misc/curl", NIX: "curl"},
    "sqlite3": {PKGBUILD: "sqlite", EBUILD: "dev-db/sqlite", NIX: "sqlite"},
    "libcrypto": {PKGBUILD: "openssl", EBUILD: "dev-libs/openssl", NIX: "openssl"},
    "libsecret-1": {PKGBUILD: "libsecret", EBUILD: "app-crypt/libsecret", NIX: "libsecret"},
}

# Libraries that CMake finds itself, because not all systems have them in pkg-config.
FOUND = {
    "leveldb": {PKGBUILD: "leveldb", EBUILD: "dev-libs/leveldb", NIX: "leveldb"},
    "snappy": {PKGBUILD: "snappy", EBUILD: "app-arch/snappy", NIX: "snappy"},
}


def modules() -> dict[str, str]:
    """The modules that CMake asks pkg-config for, with the oldest version that it accepts."""
    found = {}
    for path in (project.ROOT / "CMakeLists.txt", *project.ROOT.glob("plugins/**/CMakeLists.txt")):
        found.update(
            re.findall(r"pkg_check_modules\(.* ([\w.-]+)>=([\d.]+)\)", path.read_text("utf-8"))
        )
    return found


def listed(text: str, begin: str, end: str) -> set[str]:
    """The words of a list in a file, without its comments."""
    inner = re.search(rf"^\s*{begin}(.*?){end}", text, re.DOTALL | re.MULTILINE)
    assert inner, begin
    return set(re.sub(r"#.*", "", inner[1]).split())


class Packages(harness.TestCase):
    def test_each_names_the_version(self) -> None:
        version = re.escape(project.version())
        self.assertRegex(project.text(PKGBUILD), rf"(?m)^pkgver={version}$")
        self.assertRegex(project.text(SPEC), rf"(?m)^Version: +{version}$")
        self.assertRegex(project.text(NIX), rf'(?m)^  version = "{version}";$')
        ebuilds = [path.name for path in (project.ROOT / "packaging/gentoo").iterdir()]
        self.assertEqual(ebuilds, [Path(EBUILD).name])

    def test_each_has_the_same_description(self) -> None:
        described = re.search(r'DESCRIPTION "([^"]+)"\)', project.text("CMakeLists.txt"))
        assert described
        for name in (PKGBUILD, SPEC, NIX, EBUILD, "flake.nix"):
            self.assertIn(described[1], project.text(name), name)

    def test_each_has_all_options_and_no_other(self) -> None:
        known = set(re.findall(r"^option\(USAGELINE_(\w+)", project.text("CMakeLists.txt"), re.M))
        self.assertLessEqual(OPTIONAL, known)
        self.assertEqual(known - OPTIONAL, BUILDING, "a part of the packages?")
        for name in (PKGBUILD, SPEC, NIX, EBUILD):
            named = set(re.findall(r"-D ?USAGELINE_(\w+)=", project.text(name)))
            self.assertEqual(named, OPTIONAL | {"STATIC"}, name)
            self.assertIn("USAGELINE_STATIC=OFF", project.text(name), name)
        for option in OPTIONAL:
            self.assertIn(f"%bcond_without {option.lower()}", project.text(SPEC))
            self.assertIn(f"with{option.capitalize()} ? true", project.text(NIX))
            self.assertRegex(project.text(EBUILD), rf'IUSE=".*\+{option.lower()}\b')

    def test_each_names_all_libraries_and_no_other(self) -> None:
        self.assertEqual(set(modules()), set(CALLED))
        cmake = project.text("plugins/browsers/CMakeLists.txt")
        self.assertEqual(set(re.findall(r"find_library\(\w+ (\w+)\)", cmake)), set(FOUND))
        names = {
            path: {called[path] for called in (*CALLED.values(), *FOUND.values())}
            for path in (PKGBUILD, NIX, EBUILD)
        }
        arch = listed(project.text(PKGBUILD), r"depends=\(", r"^\)")
        self.assertEqual(arch - {"glibc", "ca-certificates"}, names[PKGBUILD])
        ebuild = listed(project.text(EBUILD), 'DEPEND="', '^"')
        atoms = {re.sub(r"^>=|(-[\d.]+)?(:.*)?$", "", word) for word in ebuild if "/" in word}
        self.assertEqual(atoms, names[EBUILD])
        nix = listed(project.text(NIX), r"buildInputs = \[", ";")
        self.assertEqual({word for word in nix if re.fullmatch(r"[a-z\d]+", word)}, names[NIX])
        spec = re.findall(r"^BuildRequires: +pkgconfig\(([^)]+)\)", project.text(SPEC), re.M)
        self.assertEqual(set(spec), set(CALLED))
        for library in FOUND:
            self.assertIn(f"BuildRequires:  {library}-devel\n", project.text(SPEC))

    def test_versions_of_libraries_are_those_of_cmake(self) -> None:
        for module, version in modules().items():
            self.assertIn(f"pkgconfig({module}) >= {version}\n", project.text(SPEC))
            self.assertRegex(project.text(EBUILD), rf">={CALLED[module][EBUILD]}-{version}[\s:]")

    def test_the_shells_of_systems_can_read_them(self) -> None:
        for name in (PKGBUILD, EBUILD):
            command = ["bash", "-n", project.ROOT / name]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            self.assertEqual((done.returncode, done.stderr), (0, ""), name)


if __name__ == "__main__":
    harness.main()
