"""What `usageline setup` makes of the distribution's own configurations, in the real bars:
usageline is drawn there, in the colours of its state. (i3blocks 1.4 does not tell a block which
markup it uses, so there are no colours; tests/cli/setup/test_setup_ini.py reads what it prints.)
"""

import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import harness  # noqa: E402
from bars import BARS, NEAR, ROOT, SEVERITIES, Bar, WaybarInSway, demo_environment  # noqa: E402
from bars import missing  # noqa: E402

DATA = ROOT / "tests" / "data" / "setup"
ENOUGH = 10  # pixels of a colour, for it to be there
STATE = "critical"


class SetupTest(harness.TestCase):
    def assert_drawn(self, bar: str, *files: tuple[str, bytes]) -> None:
        """Sets up a bar that has these files, the configuration first, and looks at it."""
        lacking = missing(bar)
        if lacking:
            harness.skip(f"{bar} needs {', '.join(lacking)}")
        with tempfile.TemporaryDirectory(prefix="usageline-") as temporary:
            folder = Path(temporary)
            folder.chmod(0o755)
            environment = demo_environment(harness.PROGRAM, folder, STATE, harness.PLUGIN_DIR)
            own = folder / "config" / bar
            own.mkdir()
            for name, content in files:
                (own / name).write_bytes(content)
            home = self.enter(harness.Home())
            result = home.run("setup", bar, "--yes", env=environment)
            self.assertEqual(result.status, 0, result.stdout + result.stderr)
            with self.start(bar, own / files[0][0], environment, folder) as started:
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

    def test_waybar(self) -> None:
        files = (("config", "debian.jsonc"), ("style.css", "debian.css"))
        self.assert_drawn(
            "waybar", *((name, (DATA / "waybar" / data).read_bytes()) for name, data in files)
        )

    def test_polybar(self) -> None:
        text = (DATA / "polybar" / "debian.ini").read_bytes()
        # The tests start the one of this name.
        text = text.replace(b"[bar/example]", b"[bar/main]")
        self.assert_drawn("polybar", ("config.ini", text))


if __name__ == "__main__":
    harness.main()
