"""usageline reads of a configuration just what Waybar reads of it: both are given the same texts.

    test_jsoncpp.py JSONC_DUMP [JSONCPP_DUMP]
"""

import itertools
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Iterator

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))

import harness  # noqa: E402

DATA = Path(__file__).resolve().parents[2] / "data" / "setup" / "waybar"
OURS, THEIRS = (*sys.argv[1:3], "", "")[:2]
del sys.argv[1:]
REFUSED = b"refused"

PIECES = [b"{", b"}", b"[", b"]", b",", b":", b'"a"', b"1", b"null", b"/**/", b"//\n", b"\r", b"'"]
STRINGS = [
    b"a", b'\\"', b"\\\\", b"\\", b"\t", b"\n", b"\\u0041", b"\\ud83d", b"\\ude00", b"\\u00",
    b"\\0", b"\\x4", b"\xc3\xa9", b"\xff", b"//", b'"', b"\x01", b"\\n",
]  # fmt: skip
NUMBERS = [b"0", b"3", b"-", b"+", b".", b"e", b"E", b"I", b"x", b" "]
SHAPES = [
    b"", b" ", b"\n\n", b"\xef\xbb\xbf{}", b" \xef\xbb\xbf{}", b"\xef\xbb\xbf\xef\xbb\xbf{}",
    b"\xef\xbb", b"{} trailing", b"[{}],\n", b'{"a": 1}\n"b": 2}', b"[-9223372036854775809]",
    b"{} /* open", b'{} "open', b"{}\f", b"\f{}", b"# remark\n{}", b"/* a *//* b */{}",
    b"/*/{}", b"/**/{}", b"/*", b"//", b"/", b"// a\r{}", b"// a\r\n{}", b"{'a': 1}", b"{a: 1}",
    b"{1: 1}", b"{null: 1}", b"[18446744073709551616]", b'{"": 1, }',
    b'{"a": 1, "a": {"b": 2}}', b'{"a": {}, "a": 1}', b'{"a": 030, "b": 1., "c": -.5}',
    b'{"a": "x\ty"}', b'{"a": "x\ny"}', b'{"a": "x\r\ny"}', b"\xff", b"[\xff]",
    b'{"a": "\\u0000"}', b'{"\\u0000": 1}', b'{"a": "\\u12"}', b'{"a": "\\u 123"}',
    b'{"a": "\\uD83D\\uDE00"}', b'{"a": 1 /* b */ "c": 2}', b'{"a": 1 /* b */ "x" "c": 2}',
    b'{"a": 1 /* b */ tru "c": 2}', b"NaN", b"-Infinity", b'{"a": 1 /* b */ -I "c": 2}',
    b'{"a": 1 /* b */ /x "c": 2}', b"truefalse", b"true", b'"text', b"[1]]",
    b"[" * 1000 + b"]" * 1000, b"[" * 1001 + b"]" * 1001, b"[" * 999 + b"1" + b"]" * 999,
    b"[" * 1000 + b"1" + b"]" * 1000, b'{"a":' * 1000 + b"{}" + b"}" * 1000, b"[" * 100000,
]  # fmt: skip


def sequences(pieces: list[bytes], length: int) -> Iterator[bytes]:
    """All texts of up to so many of the pieces."""
    for count in range(length + 1):
        for chosen in itertools.product(pieces, repeat=count):
            yield b"".join(chosen)


def damaged(text: bytes) -> Iterator[bytes]:
    """The text without one of its bytes, and with each of some bytes in front of it."""
    for i in range(len(text)):
        yield text[:i] + text[i + 1 :]
    for i in range(0, len(text), 3):
        for byte in b",]}/\"\t\\":
            yield text[:i] + bytes([byte]) + text[i:]


def dump(program: str, texts: list[bytes]) -> list[bytes]:
    """What the program reads of each text, as JSON."""
    given = b"".join(b"%d\n%s" % (len(text), text) for text in texts)
    done = subprocess.run([program], input=given, stdout=subprocess.PIPE, check=True, timeout=120)
    return done.stdout.splitlines()


def is_of_some_version(text: bytes, version: tuple[int, ...], is_accepted: bool) -> bool:
    """Whether jsoncpp of this version may take this text otherwise than its other versions and us.

    Before 1.9.6 it takes anything for the comma behind a comment. From 1.9.7 on it refuses control
    characters in strings, and 1,000 arrays within each other.
    """
    if is_accepted:
        return version < (1, 9, 6) and re.search(rb"\*/|//", text) is not None
    later = re.compile(rb'"[^"]*[\0-\x1f]|\[{900}|(\{"a":){900}')
    return version >= (1, 9, 7) and later.search(text) is not None


def is_same(ours: bytes, theirs: bytes) -> bool:
    """An object's members may come in another order, and one of them twice: the last one counts."""
    if ours == theirs or REFUSED in (ours, theirs):
        return ours == theirs
    return bool(json.loads(ours) == json.loads(theirs))


class Jsoncpp(harness.TestCase):
    def assert_same(self, texts: list[bytes], accepted: int) -> None:
        """Asserts that both read the same, and that it is not about refusals alone."""
        if not THEIRS:
            harness.skip("needs jsoncpp's headers and a C++ compiler when it is built")
        shown = subprocess.run([THEIRS, "--version"], stdout=subprocess.PIPE, check=True).stdout
        version = tuple(int(number) for number in shown.split(b"."))
        ours, theirs = dump(OURS, texts), dump(THEIRS, texts)
        self.assertEqual((len(ours), len(theirs)), (len(texts), len(texts)))
        for text, our, their in zip(texts, ours, theirs):
            if (our == REFUSED) != (their == REFUSED):
                if is_of_some_version(text, version, their != REFUSED):
                    continue
            difference = f"{text[:200]!r}\nours:    {our!r}\njsoncpp: {their!r}"
            self.assertTrue(is_same(our, their), difference)
        self.assertGreater(sum(their != REFUSED for their in theirs), accepted)

    def test_shapes(self) -> None:
        self.assert_same(SHAPES, 20)

    def test_tokens_in_any_order(self) -> None:
        self.assert_same(list(sequences(PIECES, 4)), 3000)

    def test_tokens_in_an_object(self) -> None:
        self.assert_same([b'{"k":1' + text + b"}" for text in sequences(PIECES, 4)], 1000)

    def test_strings(self) -> None:
        texts = [b'["' + text + b'"]' for text in sequences(STRINGS, 3)]
        # Waybar takes "\\x" for "\\u00" even behind another backslash.
        self.assert_same([text for text in texts if b"\\\\x" not in text], 1000)

    def test_numbers(self) -> None:
        self.assert_same([b"[" + text + b"]" for text in sequences(NUMBERS, 4)], 300)

    def test_whole_configurations_and_damaged_ones(self) -> None:
        texts = [path.read_bytes() for path in sorted(DATA.rglob("*.jsonc"))]
        self.assertGreater(len(texts), 10)
        self.assert_same(texts, len(texts) // 2)
        small = [text for text in texts if len(text) < 1000]
        self.assert_same([one for text in small for one in damaged(text)], 1000)


if __name__ == "__main__":
    harness.main()
