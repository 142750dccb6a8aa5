"""The themes: all are listed, legible on their own background, and tell good from bad."""

import json
import re
import sys
from itertools import combinations
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import harness  # noqa: E402
import project  # noqa: E402
from json_schema import accepts  # noqa: E402
from project import ROOT  # noqa: E402

FOLDER = ROOT / "data" / "themes"
ROLES = ("ok", "warning", "critical", "exhausted", "stale", "error", "dim", "accent")
SEVERITIES = ROLES[:4]
MIN_CONTRAST = 3.0  # WCAG 2.2, 1.4.11: what is needed to make out what is shown
MIN_DISTANCE = 15.0  # in CIELAB; 2.3 is the smallest visible difference
CHANGES: tuple[Any, ...] = (
    {"appearance": "grey"},
    {"appearance": None},
    {"background": "white"},
    {"text": "#12345"},
    {"text": 7},
    {"colors": []},
    {"colors": {}},
)


def themes() -> dict[str, Any]:
    """All of them by name."""
    return {path.stem: json.loads(path.read_text("utf-8")) for path in sorted(FOLDER.iterdir())}


def linear(color: str) -> list[float]:
    """Red, green and blue as light, 0 to 1."""
    parts = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def luminance(color: str) -> float:
    red, green, blue = linear(color)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    """As WCAG 2.2 defines it, 1 to 21."""
    darker, lighter = sorted((luminance(a), luminance(b)))
    return (lighter + 0.05) / (darker + 0.05)


def lab(color: str) -> tuple[float, float, float]:
    """CIELAB for D65."""
    red, green, blue = linear(color)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.0888

    def curve(value: float) -> float:
        return value ** (1 / 3) if value > 0.008856 else 7.787 * value + 16 / 116

    middle = curve(luminance(color))
    return 116 * middle - 16, 500 * (curve(x) - middle), 200 * (middle - curve(z))


def distance(a: str, b: str) -> float:
    return sum((one - other) ** 2 for one, other in zip(lab(a), lab(b))) ** 0.5


class Themes(harness.TestCase):
    def setUp(self) -> None:
        self.themes = themes()
        self.schema = json.loads(project.text("data/theme.schema.json"))

    def test_there_are_some_and_their_names_are_in_kebab_case(self) -> None:
        self.assertGreater(len(self.themes), 20)
        for path in FOLDER.iterdir():
            self.assertRegex(path.name, r"\A[a-z]+(-[a-z]+)*\.json\Z")

    def test_they_are_as_the_schema_wants_them(self) -> None:
        for name, theme in self.themes.items():
            with self.subTest(name):
                self.assertTrue(accepts(self.schema, theme))
                self.assertEqual(tuple(theme["colors"]), ROLES)
                self.assertRegex(theme["source"], r"\Ahttps://")
                self.assertEqual(re.findall(r"#[0-9A-F]*[A-F]", json.dumps(theme)), [])

    def test_all_colors_can_be_read(self) -> None:
        for name, theme in self.themes.items():
            for role, color in {"text": theme["text"], **theme["colors"]}.items():
                ratio = contrast(color, theme["background"])
                self.assertGreaterEqual(ratio, MIN_CONTRAST, f"{name}: {role}")

    def test_severities_can_be_told_apart(self) -> None:
        for name, theme in self.themes.items():
            for a, b in combinations(SEVERITIES, 2):
                apart = distance(theme["colors"][a], theme["colors"][b])
                self.assertGreaterEqual(apart, MIN_DISTANCE, f"{name}: {a} and {b}")

    def test_light_ones_are_light(self) -> None:
        for name, theme in self.themes.items():
            is_dark = luminance(theme["background"]) < luminance(theme["text"])
            self.assertEqual(theme["appearance"], "dark" if is_dark else "light", name)

    def test_all_are_in_the_page(self) -> None:
        rows = re.findall(
            r"^\| `([a-z-]+)` \| (dark|light) \| (.*) \|", project.text("docs/themes.md"), re.M
        )
        self.assertEqual([name for name, _, _ in rows], list(self.themes))
        for name, appearance, cells in rows:
            theme = self.themes[name]
            self.assertEqual(theme["appearance"], appearance, name)
            shown = [theme["background"], *(theme["colors"][role] for role in SEVERITIES)]
            self.assertEqual(re.findall(r"`(#\w{6})`", cells), shown, name)


class Schema(harness.TestCase):
    def setUp(self) -> None:
        self.home = self.enter(harness.Home())
        self.schema = json.loads(project.text("data/theme.schema.json"))

    def program_accepts(self, theme: Any) -> bool:
        path = self.home.home / "theme.json"
        path.write_text(json.dumps(theme), "utf-8")
        return self.home.run("theme", "show", str(path)).status == 0

    def test_the_schema_and_the_program_agree(self) -> None:
        theme = themes()["nord"]
        colors = theme["colors"]
        without = [{"colors": {key: colors[key] for key in ROLES if key != role}} for role in ROLES]
        wrong = [{"colors": {**colors, role: "red"}} for role in ROLES]
        for change in (*CHANGES, *without, *wrong):
            with self.subTest(change):
                self.assertFalse(self.program_accepts({**theme, **change}))
                self.assertFalse(accepts(self.schema, {**theme, **change}))
        for key in ("appearance", "background", "text", "colors"):
            less = {name: value for name, value in theme.items() if name != key}
            self.assertFalse(self.program_accepts(less))
            self.assertFalse(accepts(self.schema, less))
        for change in ({}, {"more": 7}, {"colors": {**colors, "more": 7, "ok": "#ABCDEF"}}):
            self.assertTrue(self.program_accepts({**theme, **change}))
            self.assertTrue(accepts(self.schema, {**theme, **change}))


if __name__ == "__main__":
    harness.main()
