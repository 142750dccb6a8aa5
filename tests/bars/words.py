"""Words in a picture of a bar, found by comparing with the same words drawn by the same bar.

    words = Words.drawn_by("polybar", ["79%", "left"], folder)
    box = words.find("79%", picture, SEVERITIES["warning"])

A word is what has a space on either side; it may have single spaces in it. Letters are compared by
how much of their colour covers the background, so one drawing serves for every colour.
"""

import json
import os
import re
import shlex
from collections import Counter
from pathlib import Path
from typing import Dict, List, Optional, Sequence

import bars
from bars import NEAR, ROOT, SEVERITIES, Bar, I3WithI3blocks, Polybar, WaybarInSway
from png import Box, Colour, Png

BAR_HEIGHT = 40  # more than any of the bars is high
# Of the display on which words are drawn: room for many, and as high as all displays, for i3 takes
# the size of its letters from the height.
SIZE = (2000, bars.SIZE[1])
SEPARATOR = " " * 8
WORDS_APART = 15  # empty columns: more than one space is wide, less than a separator
EDGE = 16  # pixels: the first and last letters may have none in their full colour
MARGIN = 3  # empty columns that make a word of it: more than between two letters of one
INK = SEVERITIES["ok"]
FULL, FOREIGN = 255, 1000  # coverage: all of it is the colour; it is no mixture of the two
TOLERANCE = 32  # in coverage; rounding and blending differ by colour

Coverage = List[List[int]]  # rows of how much of each pixel is the colour, 0 to FULL


class Words:
    """Drawings of some words by one bar."""

    def __init__(self, drawings: Dict[str, Coverage]) -> None:
        self._drawings = drawings

    @classmethod
    def drawn_by(cls, bar: str, words: Sequence[str], folder: Path) -> "Words":
        """Starts the bar, with nothing of usageline, to draw the words; folder is a new one."""
        folder.mkdir(mode=0o755)
        with _bar_with_text(bar, SEPARATOR.join(words), folder) as running:
            picture = running.wait_for(lambda seen: seen.has_colour(INK, NEAR), "some words")
        left, top, width, height = picture.where(INK, NEAR, _top(picture)) or _top(picture)
        blended = (left - EDGE, top - EDGE, width + 2 * EDGE, height + 2 * EDGE)
        rows = _coverage(picture, INK, _background(picture), blended)
        drawn = _cut([[share if share <= FULL else 0 for share in row] for row in rows])
        if len(drawn) != len(words):
            raise AssertionError(f"{len(words)} words make {len(drawn)} drawings")
        return cls(dict(zip(words, drawn)))

    def find(
        self, word: str, picture: Png, rgb: Colour, box: Optional[Box] = None
    ) -> Optional[Box]:
        """Where a word stands in that colour, in the bar or in a box; None if nowhere."""
        left, top, width, height = box or _top(picture)
        part = (left, top, width, height)
        rows = _coverage(picture, rgb, _background(picture, part), part)
        drawing = self._drawings[word]
        high, wide = len(drawing), len(drawing[0])
        for y in range(len(rows) - high + 1):
            for x in range(len(rows[0]) - wide + 1):
                if _same(drawing, rows, x, y):
                    return left + x + MARGIN, top + y, wide - 2 * MARGIN, high
        return None


def _bar_with_text(bar: str, text: str, folder: Path) -> Bar:
    """The bar, with the fonts of our example, drawing a text in INK."""
    environment = {"PATH": os.environ.get("PATH", os.defpath)}
    colour = "#%02x%02x%02x" % INK
    config = folder / "config"
    if bar == "waybar":
        line = json.dumps({"text": text, "class": "ok"})
        module = {"exec": f"echo {shlex.quote(line)}", "return-type": "json", "interval": 3600}
        content = {"height": 30, "modules-right": ["custom/usageline"], "custom/usageline": module}
        config.write_text(json.dumps(content))
        style = ROOT / bar / "example" / "style.css"
        return WaybarInSway(config, environment, folder, style, SIZE)
    if bar == "i3blocks":
        command = f"echo {shlex.quote(text)}"
        config.write_text(f"[words]\ncommand={command}\ninterval=3600\ncolor={colour}\n")
        return I3WithI3blocks(config, environment, folder, SIZE)
    line = f"%{{F{colour}}}{text}%{{F-}}"
    example = (ROOT / bar / "example" / "config.ini").read_text()
    # Polybar 3.6 now and then loses the line of a script that ends at once.
    execute = f"exec = echo {shlex.quote(line)}; sleep 1"
    config.write_text(re.sub(r"(?m)^exec = .*usageline.*", lambda _: execute, example))
    return Polybar(config, environment, folder, SIZE)


def _top(picture: Png) -> Box:
    return 0, 0, picture.width, BAR_HEIGHT


def _background(picture: Png, box: Optional[Box] = None) -> Colour:
    """The colour that most pixels have, of the bar unless a box is given."""
    rgb = picture.crop(box or (0, 4, picture.width, 16)).rgb
    return Counter(zip(rgb[0::3], rgb[1::3], rgb[2::3])).most_common(1)[0][0]


def _coverage(picture: Png, rgb: Colour, under: Colour, box: Box) -> Coverage:
    part = picture.crop(box)
    known: Dict[Colour, int] = {}
    rows = []
    for y in range(part.height):
        line = part.rgb[y * part.width * 3 : (y + 1) * part.width * 3]
        row = []
        for pixel in zip(line[0::3], line[1::3], line[2::3]):
            if pixel not in known:
                known[pixel] = _covered(pixel, rgb, under)
            row.append(known[pixel])
        rows.append(row)
    return rows


def _covered(pixel: Colour, rgb: Colour, under: Colour) -> int:
    """How much of rgb lies over the other colour in a pixel that was mixed from the two."""
    span = [a - b for a, b in zip(rgb, under)]
    offset = [a - b for a, b in zip(pixel, under)]
    share = sum(a * b for a, b in zip(span, offset)) / (sum(a * a for a in span) or 1)
    share = min(1.0, max(0.0, share))
    if any(abs(a * share - b) > NEAR * 2 for a, b in zip(span, offset)):
        return FOREIGN
    return round(share * FULL)


def _cut(rows: Coverage) -> List[Coverage]:
    """The words of a line, each with its margin."""
    rows = [row for row in rows if max(row) > TOLERANCE]
    inked = [x for x in range(len(rows[0])) if max(row[x] for row in rows) > TOLERANCE]
    ends = [a for a, b in zip(inked, inked[1:]) if b - a > WORDS_APART] + inked[-1:]
    starts = inked[:1] + [b for a, b in zip(inked, inked[1:]) if b - a > WORDS_APART]
    edge = [0] * MARGIN
    return [
        [edge + row[start : end + 1] + edge for row in rows] for start, end in zip(starts, ends)
    ]


def _same(drawing: Coverage, rows: Coverage, x: int, y: int) -> bool:
    return all(
        abs(mine - theirs) <= TOLERANCE
        for wanted, row in zip(drawing, rows[y:])
        for mine, theirs in zip(wanted, row[x : x + len(wanted)])
    )
