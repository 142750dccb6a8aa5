"""Takes the README's pictures of the three bars, from the example configurations that we ship.

    python3 tests/bars/screenshots.py --bindir build/bin [--out DIR]

Needs the programs that `missing` in bars.py names (on Debian: waybar sway swaybg i3-wm i3blocks
polybar xvfb xdotool scrot dbus fonts-dejavu-core).
"""

import argparse
import sys
import tempfile
from pathlib import Path

from bars import BACKGROUND, BARS, NEAR, ROOT, SEVERITIES, Bar
from bars import demo_environment, example, missing
from plan import Plan
from png import Box, Png, colour

MARGIN = 12
STATE = "warning"  # of plan.py's plan
SIZE = (800, 320)  # README pages are about that wide


def main() -> int:
    """Writes a picture of each bar, and of Waybar's tooltip, of what is left and of one window."""
    options = _options()
    options.out.mkdir(parents=True, exist_ok=True)
    failures = 0
    for name in BARS:
        lacking = missing(name)
        if lacking:
            print(f"{name}: needs {', '.join(lacking)}", file=sys.stderr)
            failures += 1
            continue
        with tempfile.TemporaryDirectory(prefix="usageline-") as temporary:
            folder = Path(temporary)
            folder.chmod(0o755)
            environment = demo_environment(options.bindir / "usageline", folder, STATE)
            Plan(environment)
            (folder / "config" / "usageline" / "config.json").unlink()  # of the demo
            with example(name, environment, folder, size=SIZE) as bar:
                _take(bar, options.out)
    return 1 if failures else 0


def _take(bar: Bar, out: Path) -> None:
    rgb = SEVERITIES[STATE]
    picture = bar.wait_for(lambda seen: seen.has_colour(rgb, NEAR), "Kimi's line")
    strip = (0, 0, picture.width, _strip_height(picture))
    picture.crop(strip).write(out / f"{bar.NAME}.png")
    if bar.NAME == "waybar":
        left, top, width, height = picture.where(rgb, NEAR, strip) or strip
        place = left + width // 2, top + height // 2
        bar.hover(*place)
        _tooltip(bar, picture, strip[3]).write(out / f"{bar.NAME}-tooltip.png")
        bar.display.move(picture.width // 2, picture.height - 1)
        bar.click(2, *place)
        _change(bar, picture, strip).write(out / f"{bar.NAME}-left.png")
        bar.click(2, *place)
        bar.wait_for(lambda seen: not seen.differs(picture, strip), "what is used")
        bar.scroll("down", *place)
        _change(bar, picture, strip).write(out / f"{bar.NAME}-window.png")


def _change(bar: Bar, before: Png, strip: Box) -> Png:
    return bar.wait_for(lambda seen: seen.differs(before, strip), "something else").crop(strip)


def _tooltip(bar: Bar, before: Png, height: int) -> Png:
    """The part of the bar that is over its tooltip, and the tooltip."""
    below = (0, height, before.width, before.height - height)
    after = bar.wait_for(lambda seen: seen.differs(before, below), "its tooltip")
    tooltip = after.crop(below).changed(before.crop(below))
    assert tooltip is not None  # differs said so
    left = max(0, tooltip[0] - MARGIN)
    return after.crop((left, 0, after.width - left, height + tooltip[1] + tooltip[3] + MARGIN))


def _strip_height(picture: Png) -> int:
    """How many rows at the top are the bar's: the first row of nothing but background ends it."""
    empty = {colour(BACKGROUND), (0, 0, 0)}
    for y in range(picture.height):
        if all(picture.pixel(x, y) in empty for x in range(picture.width)):
            return y
    raise ValueError("the picture is all bar")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Takes the README's pictures of the three bars.")
    parser.add_argument(
        "--bindir", type=Path, required=True, metavar="DIR", help="where usageline is"
    )
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "images", metavar="DIR")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
