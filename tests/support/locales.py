"""Languages for tests, without the locales that a system may have installed."""

from __future__ import annotations

import platform
import shutil
from pathlib import Path

import harness

IS_GNU = platform.libc_ver()[0] == "glibc"
_PLAIN = Path("/usr/lib/locale/C.utf8")


def speaking(folder: Path, language: str) -> dict[str, str]:
    """Variables that choose a language, such as "zh_CN".

    glibc chooses by LANGUAGE, from 2.38 on in C.UTF-8 no more, so this copies that locale, by
    another name, into folder. Other C libraries choose by the name of a locale.
    """
    if not IS_GNU:
        return {"LC_ALL": f"{language}.UTF-8"}
    if not _PLAIN.exists():
        harness.skip(f"needs {_PLAIN}")
    locales = folder / "locales"
    shutil.copytree(_PLAIN, locales / "en_US.UTF-8", dirs_exist_ok=True)
    return {"LC_ALL": "en_US.UTF-8", "LOCPATH": str(locales), "LANGUAGE": language}
