"""What `usageline setup` makes of the distribution's own configurations, in the real bars:
usageline is drawn there, in the colours of its state. (i3blocks 1.4 does not tell a block which
markup it uses, so there are no colours; tests/cli/setup/test_setup_ini.py reads what it prints.)
"""

import contextlib
import json
import sys
import tempfile
from pathlib import Path
from typing import Iterator, Optional, Sequence

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import harness  # noqa: E402
from bars import BARS, NEAR, ROOT, SEVERITIES, Bar, WaybarInSway, demo_environment  # noqa: E402
from bars import missing  # noqa: E402
from png import colour  # noqa: E402
from words import BAR_HEIGHT  # noqa: E402

DATA = ROOT / "tests" / "data" / "setup"
THEMES = ROOT / "data" / "themes"
ENOUGH = 10  # pixels of a colour, for it to be there
STATE = "critical"
CLOCK = """[bar/main]
width = 100%
height = 30
foreground = #ffffff
font-0 = DejaVu Sans:size=14:bold;3
modules-right = date

[module/date]
type = internal/date
date = %H:%M
"""
WHITE = (255, 255, 255)
Files = Sequence[tuple[str, bytes]]

WAYBAR_FILES: Files = [
    (name, (DATA / "waybar" / data).read_bytes())
    for name, data in (("config", "debian.jsonc"), ("style.css", "debian.css"))
]


class SetupTest(harness.TestCase):
    @contextlib.contextmanager
    def set_up(self, bar: str, files: Files, theme: Optional[str] = None) -> Iterator[Bar]:
        """The bar, which had these files, the configuration first, before it was set up."""
        lacking = missing(bar)
        if lacking:
            harness.skip(f"{bar} needs {', '.join(lacking)}")
        with tempfile.TemporaryDirectory(prefix="usageline-") as temporary:
            folder = Path(temporary)
            folder.chmod(0o755)
            environment = demo_environment(harness.PROGRAM, folder, STATE, harness.PLUGIN_DIR)
            if theme:
                self.choose(theme, folder / "config" / "usageline")
            own = folder / "config" / bar
            own.mkdir()
            for name, content in files:
                (own / name).write_bytes(content)
            home = self.enter(harness.Home())
            result = home.run("setup", bar, "--yes", env=environment)
            self.assertEqual(result.status, 0, result.stdout + result.stderr)
            with self.start(bar, own / files[0][0], environment, folder) as started:
                yield started

    def choose(self, theme: str, settings: Path) -> None:
        """Sets the theme, and copies it to where the bar's user can read it."""
        config = settings / "config.json"
        config.write_text(json.dumps({**json.loads(config.read_text()), "theme": theme}))
        (settings / "themes").mkdir()
        (settings / "themes" / f"{theme}.json").write_bytes((THEMES / f"{theme}.json").read_bytes())

    def assert_drawn(self, bar: str, *files: tuple[str, bytes]) -> None:
        with self.set_up(bar, files) as started:
            rgb = SEVERITIES[STATE]
            started.wait_for(lambda seen: seen.count_colour(rgb, NEAR) >= ENOUGH, STATE)

    def start(self, bar: str, config: Path, environment: dict[str, str], folder: Path) -> Bar:
        if bar != "waybar":
            return BARS[bar](config, environment, folder)
        session = folder / "session"
        session.mkdir(mode=0o700)
        rules = config.with_name("usageline.css")
        (session / rules.name).write_bytes(rules.read_bytes())
        style = config.with_name("style.css")
        return WaybarInSway(config, environment, folder, style)

    def test_polybar_that_runs_and_does_not_find_usageline(self) -> None:
        """(Waybar reads a changed configuration without a restart only from 0.10.1 on.)"""
        lacking = missing("polybar")
        if lacking:
            harness.skip(f"polybar needs {', '.join(lacking)}")
        with tempfile.TemporaryDirectory(prefix="usageline-") as temporary:
            folder = Path(temporary)
            folder.chmod(0o755)
            environment = demo_environment(harness.PROGRAM, folder, STATE, harness.PLUGIN_DIR)
            environment["PATH"] = environment["PATH"].partition(":")[2]
            path = folder / "config" / "bar.ini"
            path.write_text(CLOCK)
            with BARS["polybar"](path, environment, folder) as bar:
                bar.wait_for(lambda seen: seen.count_colour(WHITE, NEAR) >= ENOUGH, "a clock")
                program = folder / "bin" / "usageline"
                self.assertEqual(bar.run(str(program), "setup", "polybar", "--yes"), 0, bar.log)
                self.assertIn(f"full path is written: {program}", bar.log)
                bar.reload()
                rgb = SEVERITIES[STATE]
                bar.wait_for(lambda seen: seen.count_colour(rgb, NEAR) >= ENOUGH, STATE)

    def test_waybar(self) -> None:
        self.assert_drawn("waybar", *WAYBAR_FILES)

    def test_the_tooltip_of_waybar_has_the_colours_of_the_theme(self) -> None:
        """A light one: GTK's own tooltip is dark, with white text."""
        theme = json.loads((THEMES / "catppuccin-latte.json").read_text("utf-8"))
        background, ink = colour(theme["background"]), colour(theme["text"])
        state = colour(theme["colors"][STATE])
        with self.set_up("waybar", WAYBAR_FILES, "catppuccin-latte") as bar:
            line = bar.wait_for(lambda seen: seen.count_colour(state, NEAR) >= ENOUGH, STATE)
            left, top, width, height = line.where(state, NEAR) or (0, 0, 0, 0)
            bar.hover(left + width // 2, top + height // 2)
            below = (0, BAR_HEIGHT, line.width, line.height - BAR_HEIGHT)
            tooltip = bar.wait_for(lambda seen: seen.differs(line, below), "its tooltip")
        for rgb in (background, ink, state):
            self.assertGreater(tooltip.count_colour(rgb, NEAR, below), ENOUGH)
        self.assertLess(tooltip.count_colour(WHITE, 0, below), ENOUGH)

    def test_waybar_that_includes_its_list_and_its_modules(self) -> None:
        """The first file that matches the pattern is read by all versions."""
        here = "$XDG_CONFIG_HOME/waybar"
        config = f'{{"include": ["{here}/list.jsonc", "{here}/part-?.jsonc"]}} // the rest\n'
        self.assert_drawn(
            "waybar",
            ("config", config.encode()),
            ("list.jsonc", b'{"modules-right": ["cpu", "memory", "clock",]}\n}\n'),
            ("part-1.jsonc", b'{"clock": {"format": "{:%H:%M}", "tooltip-format": "a b"}}'),
            ("part-2.jsonc", b'{"cpu": {"format": "{usage}%", "interval": 030}, "memory": {}}'),
            ("style.css", (DATA / "waybar" / "debian.css").read_bytes()),
        )

    def test_polybar(self) -> None:
        text = (DATA / "polybar" / "debian.ini").read_bytes()
        # The tests start the one of this name.
        text = text.replace(b"[bar/example]", b"[bar/main]")
        self.assert_drawn("polybar", ("config.ini", text))


if __name__ == "__main__":
    harness.main()
