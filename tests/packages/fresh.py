"""A fresh system of the same release as this one, in a folder, with packages from apt."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Optional

import packages
from packages import harness, run

_TARGET = "$(RELEASE) $(COMPONENT) $(ORIGIN) $(REPO_URI)"
_PROXIES = ("http", "https")
# Mounts /proc for one command, in a namespace of its own: nothing is left mounted whatever happens.
_MOUNTED = ("unshare", "--mount", "sh", "-c", 'mount -t proc proc "$0/proc" && exec chroot "$0" "$@"')


def _as_root() -> list[str]:
    """The prefix that runs a command as root; skips the test if there is none."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and not subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode:
        return [sudo, "-n"]
    harness.skip("needs root, or sudo without a password")


def _release() -> tuple[str, str]:
    """The id and the code name of this system, such as ("debian", "bookworm")."""
    text = Path("/etc/os-release").read_text("utf-8")
    values = dict(re.findall(r'^(\w+)="?([^"\n]*)"?$', text, re.MULTILINE))
    return values.get("ID", ""), values.get("VERSION_CODENAME", "")


def _proxies() -> dict[str, str]:
    """The proxies of apt, as variables."""
    found = {}
    for scheme in _PROXIES:
        set_by = run("apt-config", "shell", "proxy", f"Acquire::{scheme}::Proxy")
        value = re.search(r"^proxy='([^']*)'", set_by)
        if value and value[1] and value[1] != "DIRECT":
            found[f"{scheme}_proxy"] = value[1]
    return found


class FreshSystem:
    """The system's folder, removed at the end of the context; its base is kept for the next one."""

    def __init__(self) -> None:
        packages.need("apt-get", "debootstrap", "tar", "unshare")
        self._sudo = _as_root()
        mount = [*self._sudo, "unshare", "--mount", "true"]
        self._may_mount = subprocess.run(mount, capture_output=True, check=False).returncode == 0
        self._env = _proxies()
        identity, codename = _release()
        listed = run("apt-get", "indextargets", "--format", _TARGET, "Identifier: Packages")
        offered = [
            (release, component, uri)
            for release, component, origin, uri in map(str.split, listed.splitlines())
            if origin.lower() == identity
        ]
        releases = [release for release, _, _ in offered]
        # Debian's sid has the code name of the next release, which its sources do not have.
        self._suite = codename if codename in releases else next(iter(releases), codename)
        self._sources = [source for source in offered if source[0].startswith(self._suite)]
        if not self._sources or not Path("/usr/share/debootstrap/scripts", self._suite).exists():
            harness.skip(f"{identity or 'this system'} {self._suite} can't be had by debootstrap")
        self._mirror = next(uri for release, _, uri in self._sources if release == self._suite)
        folder = Path(os.environ["USAGELINE_FRESH_SYSTEMS"])
        folder.mkdir(parents=True, exist_ok=True)
        self._base = folder / f"{self._suite}.tar"
        self.root = Path(tempfile.mkdtemp(prefix="system-", dir=folder))
        self.root.chmod(0o755)

    def __enter__(self) -> FreshSystem:
        try:
            self._need_network()
            if not self._base.exists():
                self._make_base()
            self._root("tar", "--extract", "--file", self._base, "--directory", self.root)
            self._connect()
        except BaseException:
            self.__exit__(None, None, None)
            raise
        return self

    def __exit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        self._root("rm", "-rf", "--one-file-system", self.root)

    def _root(self, *command: object) -> str:
        variables = [f"{name}={value}" for name, value in self._env.items()]
        return run(*self._sudo, "env", *variables, *map(str, command))

    def _need_network(self) -> None:
        url = f"{self._mirror.rstrip('/')}/dists/{self._suite}/Release"
        target = self.root / "Release"
        with contextlib.suppress(AssertionError):
            self._root("/usr/lib/apt/apt-helper", "download-file", url, target)
            self._root("rm", "-f", target)
            return
        harness.skip(f"needs the network: {url} can't be read")

    def _make_base(self) -> None:
        made, packed = self.root / "base", self.root / "base.tar"
        try:
            self._root("debootstrap", "--variant=minbase", self._suite, made, self._mirror)
        except AssertionError as error:
            harness.skip(f"no fresh system can be made here: {error}")
        self._root("tar", "--create", "--one-file-system", "--file", packed, "--directory", made, ".")
        self._root("rm", "-rf", "--one-file-system", made)
        packed.rename(self._base)

    def _connect(self) -> None:
        """Gives it this system's package sources and host names."""
        if not self._may_mount:  # all of /proc that usageline asks for
            self._root("mkdir", "-p", self.root / "proc/self")
            self._root("ln", "-sf", "/usr/bin/usageline", self.root / "proc/self/exe")
        lines = [f"deb {uri} {release} {component}\n" for release, component, uri in self._sources]
        sources = self.root / "etc/apt/sources.list"
        done = self._sudo + ["tee", str(sources)]
        subprocess.run(done, input="".join(lines), text=True, check=True, stdout=subprocess.DEVNULL)
        for name in ("etc/resolv.conf", "etc/hosts"):
            self._root("cp", "--dereference", f"/{name}", self.root / name)
        # A mirror's copy may be old.
        self.run("apt-get", "-o", "Acquire::Check-Valid-Until=false", "update", "-q")

    def run(self, *command: str) -> str:
        """Runs a command as root in that system and returns its output; it must succeed."""
        variables = (
            *("PATH=/usr/sbin:/usr/bin:/sbin:/bin", "HOME=/root", "LANG=C.UTF-8"),
            "DEBIAN_FRONTEND=noninteractive",
            *(f"{name}={value}" for name, value in self._env.items()),
        )
        enter = _MOUNTED if self._may_mount else ("chroot",)
        return run(*self._sudo, *enter, self.root, "env", "-i", *variables, *command)

    def put(self, path: Path, place: str) -> None:
        """Copies a file into that system."""
        target = self.root / place.lstrip("/")
        self._root("install", "-D", "-m", "644", path, target)
