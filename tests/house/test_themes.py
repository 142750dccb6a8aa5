"""The themes: all are listed, can be read on their own background, and look as bad as it is."""

import json
import math
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
MIN_CONTRAST = 4.5  # WCAG 2.2, 1.4.3: what is needed to read text
MIN_CONTRAST_DIM = 3.0  # what is needed to make out what is shown
MIN_DISTANCE = 0.06  # in Oklab; 0.02 is the smallest difference that one sees
MIN_TURN = 10  # degrees of hue between neighbours
NEUTRAL = 0.06  # chroma in Oklch: a grey that has a tinge
MIN_ALARM = 0.07  # chroma: yellow, and no brown
HUES = {  # in Oklch, degrees from pink over red (29), orange (55), yellow (100) to green (142)
    "ok": (100, 200),
    "warning": (72, 115),
    "critical": (30, 70),
    "exhausted": (-10, 32),
    "error": (-10, 32),
}
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


def oklab(color: str) -> tuple[float, float, float]:
    """Lightness, from green to red, and from blue to yellow: bottosson.github.io/posts/oklab."""
    red, green, blue = linear(color)
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short,
    )


def distance(a: str, b: str) -> float:
    return math.dist(oklab(a), oklab(b))


def chroma(color: str) -> float:
    """How far from grey it is."""
    return math.hypot(*oklab(color)[1:])


def hue(color: str) -> float:
    """In degrees, from -110 to 250: the reds are around 0, and blue is where it begins and ends."""
    _, red, yellow = oklab(color)
    return (math.degrees(math.atan2(yellow, red)) + 110) % 360 - 110


def mixed(color: str, other: str, part: float) -> str:
    """The colour that is drawn over the other one with this opacity."""
    pairs = [(int(color[at : at + 2], 16), int(other[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(part * top + (1 - part) * under):02x}" for top, under in pairs)


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
                wanted = MIN_CONTRAST_DIM if role == "dim" else MIN_CONTRAST
                self.assertGreaterEqual(ratio, wanted, f"{name}: {role}")

    def test_hues_mean_what_they_mean_everywhere(self) -> None:
        """From green or a neutral colour over yellow and orange to red."""
        for name, theme in self.themes.items():
            for role, (first, last) in HUES.items():
                color = theme["colors"][role]
                if role == "ok" and chroma(color) <= NEUTRAL:
                    continue
                self.assertGreaterEqual(hue(color), first, f"{name}: {role} {color}")
                self.assertLessEqual(hue(color), last, f"{name}: {role} {color}")

    def test_each_severity_is_more_alarming_than_the_one_before(self) -> None:
        for name, theme in self.themes.items():
            warning, critical, exhausted = (theme["colors"][role] for role in SEVERITIES[1:])
            self.assertGreaterEqual(hue(warning) - hue(critical), MIN_TURN, name)
            self.assertGreaterEqual(hue(critical) - hue(exhausted), MIN_TURN, name)
            self.assertGreaterEqual(chroma(warning), MIN_ALARM, name)
            self.assertGreaterEqual(chroma(critical), 0.9 * chroma(warning), name)
            self.assertGreater(chroma(exhausted), chroma(critical), name)

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


class StyleSheet(harness.TestCase):
    def setUp(self) -> None:
        self.home = self.enter(harness.Home())

    def rules(self, name: str) -> dict[str, str]:
        """By selector, with the names of colours resolved."""
        css = self.home.run("theme", "css", name).stdout
        colors = dict(re.findall(r"@define-color (usageline_\w+) +(#\w+);", css))
        found = re.findall(r"^([#a-z][^{}\n]*?) +\{([^}]*)\}", css, re.M)
        return {
            selector: re.sub(r"@(\w+)", lambda match: colors[match[1]], body)
            for selector, body in found
        }

    def test_only_what_is_exhausted_is_a_pill_and_it_can_be_read(self) -> None:
        for name in ("default", *themes()):
            rules = self.rules(name)
            pill = rules.pop("#custom-usageline.exhausted")
            color, background = re.findall(r"(?:color|background): (#\w+);", pill)
            self.assertGreaterEqual(contrast(color, background), MIN_CONTRAST, name)
            self.assertIn("border-radius", pill)
            for selector, body in rules.items():
                if selector != "tooltip":
                    self.assertNotIn("background", body, f"{name}: {selector}")
            self.assertNotIn(f"color: {color};", rules["#custom-usageline.error"], name)

    def test_tooltips_have_the_theme_s_background_and_text(self) -> None:
        for name, theme in themes().items():
            rules = self.rules(name)
            self.assertIn(f"background: {theme['background']};", rules["tooltip"], name)
            self.assertIn(f" color: {theme['text']};", rules["tooltip"], name)
            self.assertIn("color: inherit;", rules["tooltip *"], name)
            self.assertIn("text-shadow: none;", rules["tooltip *"], name)

    def test_without_a_theme_tooltips_stay_as_they_are(self) -> None:
        self.assertNotIn("tooltip", self.rules("default"))

    def test_what_is_old_can_be_made_out(self) -> None:
        for name, theme in themes().items():
            faded = re.search(r"opacity: ([\d.]+);", self.rules(name)["#custom-usageline.stale"])
            assert faded is not None
            for role in ("stale", *SEVERITIES[1:]):
                color = mixed(theme["colors"][role], theme["background"], float(faded[1]))
                ratio = contrast(color, theme["background"])
                self.assertGreaterEqual(ratio, MIN_CONTRAST_DIM, f"{name}: {role}")


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
