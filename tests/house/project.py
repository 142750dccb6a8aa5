"""The project as its documents must tell of it: sources, tables, options, providers."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Iterator, Optional

from harness import Home, provider

ROOT = Path(__file__).resolve().parents[2]
PROVIDERS = ("kimi", "demo")
PROGRAM_FOLDERS = ("common", "waybar", "i3blocks", "polybar", "cli", "plugins")


def text(path: str) -> str:
    """A file of the project."""
    return (ROOT / path).read_text(encoding="utf-8")


def sources(*folders: str, suffixes: tuple[str, ...] = (".c", ".h")) -> Iterator[Path]:
    """The sources below these folders, all of the program if none is named."""
    for folder in folders or PROGRAM_FOLDERS:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in suffixes:
                yield path


def version() -> str:
    """What CMakeLists.txt says."""
    found = re.search(r"project\(usageline VERSION ([\d.]+)", text("CMakeLists.txt"))
    assert found
    return found[1]


def defines(path: str) -> dict[str, str]:
    """The values of a source's macros, without their comments."""
    pattern = re.compile(r"^#define (\w+)[ \t]+([^/\n]+?)[ \t]*(?:/\*.*)?$", re.MULTILINE)
    return dict(pattern.findall(text(path)))


@dataclass(frozen=True)
class Setting:
    """A row of a table in common/config/config_settings.c."""

    holder: Optional[str]  # the object that it is in; None: the top
    key: str
    bounds: Optional[tuple[float, float]]


def settings(table: str) -> list[Setting]:
    """The rows of one of its tables: "settings" or "bar_settings"."""
    source = text("common/config/config_settings.c")
    body = re.search(rf"setting {table}\[\] = {{(.*?)^}};", source, re.DOTALL | re.MULTILINE)
    assert body
    found = []
    row = re.compile(r'{(NULL|"\w+"), "(\w+)", SETTING_\w+, \w+\([^()]+\), ([\d.]+), ([\d.]+)}')
    for holder, key, low, high in row.findall(body[1]):
        bounds = (float(low), float(high)) if float(high) > 0 else None
        found.append(Setting(None if holder == "NULL" else holder.strip('"'), key, bounds))
    found += [
        Setting("colors", key, None) for key in re.findall(r'COLOR\(\w+, "(\w+)"\)', body[1])
    ]
    lines = [line for line in body[1].splitlines() if line.strip()]
    assert len(found) == len(lines), "a row has a form that this test can't read"
    return found


@dataclass(frozen=True)
class Option:
    """An option as --help lists it."""

    long: str
    short: Optional[str]


def commands(home: Home) -> dict[str, list[Option]]:
    """All commands of usageline, such as "config unset", with their options."""
    names = _names(home.run("--help").stdout)
    for group in ("config", "theme"):
        names += [f"{group} {name}" for name in _names(home.run(group, "--help").stdout)]
    return {name: _options(home.run(*name.split(), "--help").stdout) for name in names}


def _names(help_text: str) -> list[str]:
    names = re.findall(r"^  ([a-z][a-z0-9-]+)\b", help_text, re.MULTILINE)
    assert names, help_text
    return names


def _options(help_text: str) -> list[Option]:
    found = re.findall(r"^  (?:-(\w), )?--([a-z-]+)", help_text, re.MULTILINE)
    return [Option(long, short or None) for short, long in found]


def placeholders(home: Home) -> list[str]:
    """All of them, such as "{icon}"."""
    return re.findall(r"{\w+}", home.run("waybar", "--help").stdout)


def description(home: Home, name: str) -> Any:
    """What a provider says of itself."""
    return home.run("--describe", program=provider(name)).json()


def without_comments(jsonc: str) -> Any:
    """The value of JSON whose comments have lines of their own."""
    lines = (line for line in jsonc.splitlines() if not line.lstrip().startswith("//"))
    return json.loads("\n".join(lines))
