"""Makes the source archive and the Debian package of the build under test."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Mapping, Optional, Union

ROOT = Path(__file__).resolve().parents[2]
for place in ("support", "house"):
    sys.path.insert(0, str(ROOT / "tests" / place))

import harness  # noqa: E402
import project  # noqa: E402

BUILD = Path(os.environ["PROJECT_BINARY_DIR"])
CMAKE = os.environ.get("CMAKE_COMMAND", "cmake")
NAME = f"usageline-{project.version()}"
DATE = 1_000_000_000  # of what is packed here: in 2001, so not by chance
MANUAL = ("man1/usageline.1", "man5/usageline-config.5", "man7/usageline-template.7")


def run(
    *command: Union[str, Path],
    env: Optional[Mapping[str, str]] = None,
    cwd: Optional[Path] = None,
    umask: int = 0o022,
) -> str:
    """Runs a command and returns its output; it must succeed. `env` is added to the environment."""
    done = subprocess.run(
        command,
        env={**os.environ, **(env or {})},
        cwd=cwd,
        umask=umask,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        shown = " ".join(map(str, command))
        raise AssertionError(f"{shown}: {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


def need(*programs: str) -> None:
    """Skips the test unless these programs are installed."""
    for program in programs:
        if not shutil.which(program):
            harness.skip(f"{program} is not installed")


def source_archive(folder: Path, date: int = DATE) -> Path:
    """The sources, packed into a folder."""
    need("tar", "gzip")
    path = folder / f"{NAME}.tar.gz"
    script = ROOT / "cmake" / "Dist.cmake"
    define = ("-D", f"NAME={NAME}", "-D", f"OUTPUT={path}")
    run(CMAKE, *define, "-P", script, env={"SOURCE_DATE_EPOCH": str(date)})
    return path


def debian_package(folder: Path, date: int = DATE, umask: int = 0o022) -> Path:
    """The Debian package, made in a folder."""
    need("dpkg-deb", "dpkg-shlibdeps", "gzip")
    cpack = os.environ.get("CPACK_COMMAND", "cpack")
    config = BUILD / "CPackConfig.cmake"
    run(cpack, "--config", config, "-B", folder, env={"SOURCE_DATE_EPOCH": str(date)}, umask=umask)
    (package,) = folder.glob("*.deb")
    return package


def fields(control: str) -> dict[str, str]:
    """The fields of a control file, each with all its lines."""
    return dict(re.findall(r"^([\w-]+): (.*(?:\n .*)*)", control, re.MULTILINE))
