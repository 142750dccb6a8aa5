"""Reads and writes PNG pictures with the standard library, for looking at screenshots.

Only what screenshots need: 8 bits per channel, grey, RGB or RGBA (alpha is dropped), not
interlaced. A box is (left, top, width, height) in pixels.
"""

import struct
import zlib
from pathlib import Path
from typing import Iterator, Optional, Tuple

Colour = Tuple[int, int, int]
Box = Tuple[int, int, int, int]

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CHANNELS = {0: 1, 2: 3, 4: 2, 6: 4}


class PngError(ValueError):
    """The bytes are not a PNG that this module can read."""


def colour(text: str) -> Colour:
    """'#e0af68' as (224, 175, 104)."""
    red, green, blue = bytes.fromhex(text.lstrip("#"))
    return red, green, blue


class Png:
    """A picture: width, height, and rows of RGB bytes, three per pixel."""

    def __init__(self, width: int, height: int, rgb: bytes) -> None:
        if len(rgb) != width * height * 3:
            raise PngError(f"{len(rgb)} bytes for {width} x {height} pixels")
        self.width = width
        self.height = height
        self.rgb = rgb

    @classmethod
    def read(cls, path: Path) -> "Png":
        """The picture in a file."""
        return cls.parse(path.read_bytes())

    @classmethod
    def parse(cls, data: bytes) -> "Png":
        """The picture in bytes."""
        header = b""
        packed = b""
        for kind, body in _chunks(data):
            if kind == b"IHDR":
                header = body
            elif kind == b"IDAT":
                packed += body
        if len(header) != 13:
            raise PngError("no header")
        width, height, depth, kind, _, _, interlace = struct.unpack(">IIBBBBB", header)
        if depth != 8 or kind not in CHANNELS or interlace:
            raise PngError(f"depth {depth}, colour type {kind}, interlace {interlace}")
        channels = CHANNELS[kind]
        plain = _unfilter(zlib.decompress(packed), width, height, channels)
        return cls(width, height, _to_rgb(plain, channels))

    def write(self, path: Path) -> None:
        """Writes the picture as RGB."""
        stride = self.width * 3
        rows = (self.rgb[at : at + stride] for at in range(0, len(self.rgb), stride))
        header = struct.pack(">IIBBBBB", self.width, self.height, 8, 2, 0, 0, 0)
        packed = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
        path.write_bytes(
            SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")
        )

    def pixel(self, x: int, y: int) -> Colour:
        """The colour at a place."""
        if not (0 <= x < self.width and 0 <= y < self.height):
            raise IndexError(f"({x}, {y}) is outside {self.width} x {self.height}")
        at = (y * self.width + x) * 3
        return self.rgb[at], self.rgb[at + 1], self.rgb[at + 2]

    def crop(self, box: Box) -> "Png":
        """The part inside a box; what lies outside the picture is left out."""
        left, top, width, height = self._clip(box)
        rows = []
        for y in range(top, top + height):
            at = (y * self.width + left) * 3
            rows.append(self.rgb[at : at + width * 3])
        return Png(width, height, b"".join(rows))

    def matches(
        self, rgb: Colour, tolerance: int = 0, box: Optional[Box] = None
    ) -> Iterator[Tuple[int, int]]:
        """The places (x, y) whose colour is rgb, each channel within tolerance."""
        left, top, width, height = self._clip(box)
        low = [max(0, channel - tolerance) for channel in rgb]
        high = [min(255, channel + tolerance) for channel in rgb]
        for y in range(top, top + height):
            at = (y * self.width + left) * 3
            row = self.rgb[at : at + width * 3]
            for x, (red, green, blue) in enumerate(zip(row[0::3], row[1::3], row[2::3]), left):
                if (
                    low[0] <= red <= high[0]
                    and low[1] <= green <= high[1]
                    and low[2] <= blue <= high[2]
                ):
                    yield x, y

    def has_colour(self, rgb: Colour, tolerance: int = 0, box: Optional[Box] = None) -> bool:
        """Whether any pixel has that colour."""
        return next(self.matches(rgb, tolerance, box), None) is not None

    def count_colour(self, rgb: Colour, tolerance: int = 0, box: Optional[Box] = None) -> int:
        """How many pixels have that colour."""
        return sum(1 for _ in self.matches(rgb, tolerance, box))

    def longest_run(self, rgb: Colour, tolerance: int = 0, box: Optional[Box] = None) -> int:
        """The most pixels of that colour side by side, as in a line."""
        longest = length = 0
        last: Optional[Tuple[int, int]] = None
        for x, y in sorted(self.matches(rgb, tolerance, box), key=lambda place: place[::-1]):
            length = length + 1 if (x - 1, y) == last else 1
            longest, last = max(longest, length), (x, y)
        return longest

    def where(self, rgb: Colour, tolerance: int = 0, box: Optional[Box] = None) -> Optional[Box]:
        """The smallest box around all pixels of that colour, or None."""
        places = list(self.matches(rgb, tolerance, box))
        if not places:
            return None
        columns = [x for x, _ in places]
        rows = [y for _, y in places]
        left, top = min(columns), min(rows)
        return left, top, max(columns) - left + 1, max(rows) - top + 1

    def differs(self, other: "Png", box: Optional[Box] = None) -> bool:
        """Whether two pictures differ, in size or in any pixel inside the box."""
        if (self.width, self.height) != (other.width, other.height):
            return True
        if box is None:
            return self.rgb != other.rgb
        return self.crop(box).rgb != other.crop(box).rgb

    def changed(self, other: "Png") -> Optional[Box]:
        """The smallest box outside which two pictures of one size are the same, or None."""
        if (self.width, self.height) != (other.width, other.height):
            raise ValueError("the pictures differ in size")
        stride = self.width * 3
        left, right, rows = self.width, -1, []
        for y in range(self.height):
            mine = self.rgb[y * stride : (y + 1) * stride]
            theirs = other.rgb[y * stride : (y + 1) * stride]
            if mine != theirs:
                columns = [at // 3 for at in range(stride) if mine[at] != theirs[at]]
                left, right = min(left, columns[0]), max(right, columns[-1])
                rows.append(y)
        if not rows:
            return None
        return left, rows[0], right - left + 1, rows[-1] - rows[0] + 1

    def _clip(self, box: Optional[Box]) -> Box:
        if box is None:
            return 0, 0, self.width, self.height
        left, top, width, height = box
        right, bottom = min(self.width, left + width), min(self.height, top + height)
        left, top = max(0, left), max(0, top)
        return left, top, max(0, right - left), max(0, bottom - top)


def _chunks(data: bytes) -> Iterator[Tuple[bytes, bytes]]:
    if not data.startswith(SIGNATURE):
        raise PngError("not a PNG")
    at = len(SIGNATURE)
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        yield data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        at += 12 + length


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _unfilter(data: bytes, width: int, height: int, channels: int) -> bytes:
    """Undoes the filter of each row (https://www.w3.org/TR/png/#9Filters)."""
    stride = width * channels
    if len(data) < (stride + 1) * height:
        raise PngError("the picture is cut off")
    above = bytearray(stride)
    rows = []
    for y in range(height):
        at = y * (stride + 1)
        row = bytearray(data[at + 1 : at + 1 + stride])
        _unfilter_row(data[at], row, above, channels)
        rows.append(row)
        above = row
    return b"".join(rows)


def _unfilter_row(kind: int, row: bytearray, above: bytearray, channels: int) -> None:
    size = len(row)
    if kind == 1:
        for i in range(channels, size):
            row[i] = (row[i] + row[i - channels]) & 255
    elif kind == 2:
        row[:] = bytes([(value + up) & 255 for value, up in zip(row, above)])
    elif kind == 3:
        for i in range(size):
            left = row[i - channels] if i >= channels else 0
            row[i] = (row[i] + (left + above[i]) // 2) & 255
    elif kind == 4:
        for i in range(size):
            left = row[i - channels] if i >= channels else 0
            corner = above[i - channels] if i >= channels else 0
            row[i] = (row[i] + _paeth(left, above[i], corner)) & 255
    elif kind != 0:
        raise PngError(f"unknown filter {kind}")


def _paeth(left: int, up: int, corner: int) -> int:
    guess = left + up - corner
    nearest = (abs(guess - left), abs(guess - up), abs(guess - corner))
    return (left, up, corner)[nearest.index(min(nearest))]


def _to_rgb(plain: bytes, channels: int) -> bytes:
    if channels == 3:
        return plain
    count = len(plain) // channels
    rgb = bytearray(count * 3)
    for channel in range(3):
        source = channel if channels == 4 else 0
        rgb[channel::3] = plain[source::channels]
    return bytes(rgb)
