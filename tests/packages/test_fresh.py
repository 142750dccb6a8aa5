"""The Debian package on a fresh system: it can be installed, run and removed."""

from __future__ import annotations

import json

import packages
from fresh import FreshSystem
from packages import harness

PLACES = (
    "/usr/bin/usageline",
    "/usr/libexec/usageline/usageline-provider-kimi",
    "/usr/libexec/usageline/usageline-provider-demo",
    *(f"/usr/share/man/{page}.gz" for page in packages.MANUAL),
    "/usr/share/bash-completion/completions/usageline",
    "/usr/share/zsh/vendor-completions/_usageline",
    "/usr/share/fish/vendor_completions.d/usageline.fish",
    "/usr/share/usageline/config.schema.json",
    "/usr/share/doc/usageline/copyright",
    "/usr/share/doc/usageline/examples/waybar/config.jsonc",
)


class FreshSystemTest(harness.TestCase):
    """One test, because installing takes most of the time."""

    def test_it_installs_runs_and_goes_away(self) -> None:
        home = self.enter(harness.Home())
        self.system = self.enter(FreshSystem())
        package = packages.debian_package(home.root)
        before = self.files()
        self.system.put(package, f"/tmp/{package.name}")
        # Recommended packages must not be needed, but all named ones must exist.
        self.system.run("apt-get", "install", "-qy", "--no-install-recommends", f"/tmp/{package.name}")
        self.assert_named_packages_exist()
        self.assert_all_is_in_its_place()
        self.assert_it_draws(home)
        self.assert_the_doctor_finds_what_can_be_found()
        self.system.run("apt-get", "remove", "-qy", "usageline")
        left = {name for name in self.files() - before if "usageline" in name}
        self.assertEqual(left, set())

    def files(self) -> set[str]:
        """All files of the system, except what drawing stores for its user."""
        skipped = ("/proc", "/sys", "/tmp", "/root/.cache", "/root/.config")
        prune = [word for place in skipped for word in ("-path", place, "-prune", "-o")]
        listed = self.system.run("find", "/", "-xdev", *prune, "-print").splitlines()
        return set(listed)

    def assert_named_packages_exist(self) -> None:
        shown = self.system.run("dpkg", "--status", "usageline")
        fields = packages.fields(shown)
        named = ", ".join(fields[name] for name in ("Recommends", "Suggests", "Enhances"))
        known = set(self.system.run("apt-cache", "pkgnames").split())
        for name in named.replace("|", ",").split(","):
            self.assertIn(name.strip(), known)

    def assert_all_is_in_its_place(self) -> None:
        installed = set(self.system.run("dpkg", "--listfiles", "usageline").splitlines())
        self.assertEqual(set(PLACES) - installed, set())
        self.assertEqual(set(PLACES) - self.files(), set())
        self.system.run("gzip", "--test", *(place for place in PLACES if place.endswith(".gz")))
        self.assertEqual({name for name in installed if "/local/" in name}, set())

    def assert_it_draws(self, home: harness.Home) -> None:
        version = packages.project.version()
        self.assertIn(version, self.system.run("usageline", "--version"))
        config = home.config({"providers": [{"id": "kimi", "enabled": False}, {"id": "demo"}]})
        self.system.put(config, "/root/.config/usageline/config.json")
        line = json.loads(self.system.run("usageline", "waybar"))
        self.assertEqual(line["class"][1:], ["fresh", "demo"])
        # The provider's libraries are all there.
        self.system.run("/usr/libexec/usageline/usageline-provider-kimi", "--describe")

    def assert_the_doctor_finds_what_can_be_found(self) -> None:
        told = self.system.run("usageline", "doctor")
        self.assertIn("✓ demo: /usr/libexec/usageline/usageline-provider-demo", told)
        self.assertNotIn("✗", told)


if __name__ == "__main__":
    harness.main()
