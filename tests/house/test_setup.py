"""`usageline setup` adds what the examples show, apart from their comments."""

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import harness  # noqa: E402
import project  # noqa: E402

WAYBAR = b'{"modules-right": ["clock"]}\n'
I3BLOCKS = b"[clock]\ncommand=date\n"
POLYBAR = b"[bar/main]\nmodules-right = clock\n"


def section(ini: str, name: str) -> list[str]:
    """The lines of a section, without comments and empty ones."""
    lines = [line for line in ini.splitlines() if line and line[0] not in "#;"]
    begin = lines.index(f"[{name}]")
    end = (i for i, line in enumerate(lines) if i > begin and line.startswith("["))
    return lines[begin : next(end, None)]


class Definitions(harness.TestCase):
    def set_up(self, bar: str, config: bytes) -> str:
        """The configuration after `usageline setup`."""
        home = self.enter(harness.Home())
        path = home.home / "config"
        path.write_bytes(config)
        result = home.run("setup", bar, "--config", str(path), "--yes")
        self.assertEqual(result.status, 0, result.stderr)
        return path.read_text("utf-8")

    def test_waybar(self) -> None:
        name = "custom/usageline"
        ours = json.loads(self.set_up("waybar", WAYBAR))[name]
        example = project.without_comments(project.text("waybar/example/config.jsonc"))[name]
        self.assertEqual(list(ours.items()), list(example.items()))

    def test_i3blocks(self) -> None:
        example = section(project.text("i3blocks/example/config"), "usageline")
        self.assertEqual(section(self.set_up("i3blocks", I3BLOCKS), "usageline"), example)
        self.assertGreater(len(example), 1)

    def test_polybar(self) -> None:
        example = section(project.text("polybar/example/config.ini"), "module/usageline")
        self.assertEqual(section(self.set_up("polybar", POLYBAR), "module/usageline"), example)
        self.assertGreater(len(example), 1)


if __name__ == "__main__":
    harness.main()
