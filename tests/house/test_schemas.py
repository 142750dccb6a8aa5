"""The JSON schemas: they accept what the program accepts, and refuse what it refuses."""

import copy
import json
import shutil
import sys
from pathlib import Path
from typing import Any, Iterator

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "support"))

import harness  # noqa: E402
import project  # noqa: E402
from json_schema import accepts  # noqa: E402

ABSENT = object()

SNAPSHOT: dict[str, Any] = {
    "schema": 1,
    "provider": "shell",
    "name": "Shell",
    "source": "api-key",
    "sourceLabel": "API key",
    "plan": "Large",
    "planVersion": "2",
    "fetchedAt": "2026-01-06T10:00:00Z",
    "windows": [
        {
            "id": "weekly",
            "label": "Weekly",
            "usedPercent": 10.449,
            "used": 214,
            "limit": 2048,
            "unit": "requests",
            "resetsAt": "2026-01-09T15:23:13.716839300Z",
            "minutes": 10080,
            "shares": [{"id": "code", "label": "Code", "percent": 7.5}],
        },
        {"id": "session"},
    ],
    "balances": [
        {
            "id": "extra",
            "label": "Extra usage",
            "amount": 100.0,
            "spent": 50.0,
            "cap": 200.0,
            "currency": "USD",
        }
    ],
    "dashboard": "https://example.com/usage",
}
ERROR: dict[str, Any] = {
    "schema": 1,
    "provider": "shell",
    "error": {"kind": "rate-limited", "message": "wait", "retryAfter": 120, "expiredAt": "2026-01-06T10:00:00Z"},
}

WINDOW, BALANCE = ("windows", 0), ("balances", 0)
SHARE = (*WINDOW, "shares", 0)
SHARES = [{"id": f"share_{number}", "percent": 1} for number in range(9)]
TEXTS = (None, "", "x" * 64, "é" * 64, "x" * 65, "a\nb", "a\u009fb", "a\u202eb", "a\u2067b", 7)
COUNTS = (None, 0, 0.5, 1e12, 1e12 + 1, 1e308, -1, "7", True)
TIMES = (
    *(None, "", 1767694993, "tomorrow", "2026-01-09", "2026-13-09T15:23:13Z"),
    *("2026-01-09T15:23:13+08:00", "2026-01-09t15:23:13.5z", "2026-01-09T15:23:13"),
    *("1999-12-31T23:59:59Z", "9999-01-01T00:00:00Z", "2099-12-31T23:59:59Z"),
)
WINDOWS = [{"id": f"window_{number}d"} for number in range(1, 34)]

# The member that is changed, and what it becomes.
SNAPSHOT_CHANGES: tuple[tuple[tuple[Any, ...], tuple[Any, ...]], ...] = (
    (("schema",), (ABSENT, None, 0, 2, 1.0, "1", True)),
    (("provider",), (ABSENT, None, "Shell", "", 7)),
    (("name",), (ABSENT, *TEXTS)),
    (("source",), (ABSENT, *TEXTS)),
    (("sourceLabel",), (ABSENT, *TEXTS)),
    (("plan",), (ABSENT, *TEXTS)),
    (("planVersion",), (ABSENT, *TEXTS)),
    (("fetchedAt",), (ABSENT, *TIMES)),
    (("windows",), (ABSENT, None, [], {}, [7], [[]], WINDOWS[:32], WINDOWS)),
    (("balances",), (ABSENT, None, [], {}, [7], [{"id": "a", "amount": 1}] * 33)),
    (
        ("dashboard",),
        (
            *(ABSENT, None, "", "http://example.com", "example.com", 7),
            *("https://e.com/" + "x" * 498, "https://e.com/" + "x" * 499, "https://e.com/\n"),
        ),
    ),
    ((*WINDOW, "id"), (ABSENT, *TEXTS)),
    ((*WINDOW, "label"), (ABSENT, *TEXTS)),
    ((*WINDOW, "usedPercent"), (ABSENT, None, 0, 100.25, 100000, 100001, -0.1, "7", True)),
    ((*WINDOW, "used"), (ABSENT, *COUNTS)),
    ((*WINDOW, "limit"), (ABSENT, *COUNTS)),
    ((*WINDOW, "unit"), (ABSENT, *TEXTS)),
    ((*WINDOW, "resetsAt"), (ABSENT, *TIMES)),
    ((*WINDOW, "minutes"), (ABSENT, None, 0, 1, 1.5, 576000, 576001, "7")),
    ((*WINDOW, "other"), ("a\nb",)),
    ((*WINDOW, "shares"), (ABSENT, None, [], {}, [7], SHARES[:8], SHARES)),
    ((*SHARE, "id"), (ABSENT, *TEXTS)),
    ((*SHARE, "label"), (ABSENT, *TEXTS)),
    ((*SHARE, "percent"), (ABSENT, None, 0, 28.54, 100000, 100001, -0.1, "7", True)),
    ((*BALANCE, "id"), (ABSENT, *TEXTS)),
    ((*BALANCE, "label"), (ABSENT, *TEXTS)),
    ((*BALANCE, "spent"), (ABSENT, *COUNTS)),
    ((*BALANCE, "cap"), (ABSENT, *COUNTS)),
    ((*BALANCE, "amount"), (ABSENT, None, -1e12, 1e12, 1e13, -1e13, "7")),
    (
        BALANCE,
        (
            *({"id": "a", "spent": 1}, {"id": "a", "cap": 1}, {"id": "a", "amount": None, "cap": 1}),
            *({"id": "a", "amount": None, "spent": 0}, {"id": "a", "amount": 0, "spent": None}),
        ),
    ),
    ((*BALANCE, "currency"), (ABSENT, None, "", "EUR", "EURO", "E\n", 7)),
    (("other",), ({"a": []},)),
    (("error",), (None, {}, [], "x", {"kind": "auth"})),
)
ERROR_CHANGES: tuple[tuple[tuple[Any, ...], tuple[Any, ...]], ...] = (
    (("schema",), (2,)),
    (
        ("error", "kind"),
        (
            *(ABSENT, None, "", "other", 7, "auth", "config", "plan", "network", "server"),
            *("payload", "internal"),
        ),
    ),
    (("error", "message"), (ABSENT, None, "", "a\nb", "x" * 2000)),
    (("error", "expiredAt"), (ABSENT, *TIMES)),
    (("error", "retryAfter"), (ABSENT, None, 0, 1.5, 1e308, -1, "120")),
    (
        ("error", "watch"),
        (None, [], ["/a"], ["a", 7], [f"/{n}" for n in range(16)], ["/a"] * 17, {}, "/a"),
    ),
    (("windows",), ([], 7)),
)

GOOD_CONFIGS: tuple[Any, ...] = (
    {},
    {"$schema": "config.schema.json", "version": 1, "hooks": {}},
    {"refreshInterval": 30, "maxWait": 0, "icon": "", "thresholds": {"warning": 0}},
    {"refreshInterval": 86400.0, "maxWait": 60, "thresholds": {"warning": 1, "critical": 100}},
    {"refreshInterval": None, "icon": None, "format": None, "colors": None, "bars": None},
    {"format": "{{{icon}}} {session_pct}% {monthly_code_pct}\n", "tooltipFormat": ""},
    {"shortFormat": "{session_reset:s} {window_2h_bar:40}", "windowFormat": "{top_label}"},
    {"format": "{?weekly {{{weekly_pct}}}|{?stale {age}|||{?window_1d_critical !}}} | }}"},
    {"remaining": True, "bars": {"polybar": {"remaining": False, "shortFormat": "{top_pct}"}}},
    {"remaining": None, "bars": {"polybar": {"remaining": None, "windowFormat": None}}},
    {"theme": "nord", "icons": "emoji", "bars": {"waybar": {"theme": "default", "icons": "nerd"}}},
    {"theme": None, "icons": None, "bars": {"waybar": {"theme": None, "inlineColors": True}}},
    {"colors": {"ok": "#A0b1C2", "dim": None}, "network": {"caFile": None}},
    {"bars": {"i3blocks": {"urgent": False, "format": "{top_reset}"}, "waybar": None}},
    {"providers": None},
    {"providers": []},
    {"providers": [{"id": "kimi", "source": "api", "region": "global", "apiKey": "sk"}]},
    {"providers": [{"id": "kimi", "cookieSource": "off", "cookieHeader": "c"}]},
    {"providers": [{"id": "kimi", "cookieSource": "manual", "browsers": "firefox, chromium"}]},
    {"providers": [{"id": "kimi", "browsers": None}, {"id": "demo"}]},
    {"providers": [{"id": "kimi", "browsers": ["firefox", "chromium"]}]},
    {"providers": [{"id": "demo", "state": "rate-limited"}, {"id": "mine", "enabled": False, "more": {}}]},
)
BAD_CONFIGS: tuple[Any, ...] = (
    [],
    {"refreshInterval": 29},
    {"refreshInterval": 86401},
    {"refreshInterval": 30.5},
    {"refreshInterval": "300"},
    {"maxWait": 61},
    {"maxWait": -1},
    {"icon": 7},
    {"format": "{other}"},
    {"format": "{icon"},
    {"format": "{?weekly"},
    {"format": "{?weekly {other}}"},
    {"format": "{?wekly x}"},
    {"format": "{? x}"},
    {"shortFormat": "{session_bar:41}"},
    {"windowFormat": "{session_reset:m}"},
    {"windowFormat": "{session_pct:s}"},
    {"remaining": "yes"},
    {"bars": {"polybar": {"remaining": 1}}},
    {"theme": 7},
    {"theme": ""},
    {"icons": "fancy"},
    {"icons": True},
    {"inlineColors": True},
    {"bars": {"waybar": {"inlineColors": "yes"}}},
    {"bars": {"polybar": {"theme": ["nord"]}}},
    {"bars": {"polybar": {"icons": 7}}},
    {"tooltipFormat": "icon}"},
    {"tooltipFormat": "{session_}"},
    {"thresholds": {"warning": 101}},
    {"thresholds": {"waring": 70}},
    {"thresholds": 70},
    {"colors": {"ok": "green"}},
    {"colors": {"ok": "#fff"}},
    {"colors": {"pink": "#ff88ff"}},
    {"network": {"caFile": 7}},
    {"network": {"proxy": "x"}},
    {"bars": {"sway": {}}},
    {"bars": {"waybar": {"urgent": 1}}},
    {"bars": {"waybar": {"colors": {}}}},
    {"bars": []},
    {"providers": {}},
    {"providers": [{}]},
    {"providers": ["kimi"]},
    {"providers": [{"id": "Kimi"}]},
    {"providers": [{"id": "kimi", "enabled": "yes"}]},
    {"providers": [{"id": "kimi", "apiKey": 7}]},
    {"providers": [{"id": "kimi", "source": "all"}]},
    {"providers": [{"id": "kimi", "region": "eu"}]},
    {"providers": [{"id": "kimi", "cookieSource": "never"}]},
    {"providers": [{"id": "kimi", "cookieHeader": 7}]},
    {"providers": [{"id": "demo", "state": "good"}]},
    {"interval": 300},
)


def schema(name: str) -> Any:
    return json.loads(project.text(f"data/{name}.schema.json"))


def changed(document: Any, place: tuple[Any, ...], value: Any) -> Any:
    """A copy in which the member at this place has the value, or is absent."""
    result = copy.deepcopy(document)
    holder = result
    for step in place[:-1]:
        holder = holder[step]
    if value is ABSENT:
        del holder[place[-1]]
    else:
        holder[place[-1]] = value
    return result


def variants() -> Iterator[tuple[str, Any]]:
    """Answers of a provider, each with a name for messages."""
    for document, changes in ((SNAPSHOT, SNAPSHOT_CHANGES), (ERROR, ERROR_CHANGES)):
        yield "as it is", document
        for place, values in changes:
            for value in values:
                shown = "absent" if value is ABSENT else repr(value)[:40]
                name = f"{'.'.join(map(str, place))} = {shown}"
                yield name, changed(document, place, value)
    yield "an array", [SNAPSHOT]
    yield "a string", "snapshot"


class Snapshots(harness.TestCase):
    def setUp(self) -> None:
        self.home = self.enter(harness.Home())
        self.home.plugin("shell", 'cat "$HOME/answer"')
        self.schema = schema("snapshot")

    def program_accepts(self, document: Any) -> bool:
        (self.home.home / "answer").write_text(json.dumps(document), "utf-8")
        shutil.rmtree(self.home.cache, ignore_errors=True)  # a wait that an answer has requested
        result = self.home.run(
            *("usage", "--provider", "shell", "--source", "api", "--format", "json")
        )
        message = result.json()[0].get("error", {}).get("message", "")
        return "is not understood" not in message

    def test_the_schema_and_the_program_agree(self) -> None:
        verdicts = set()
        for name, document in variants():
            with self.subTest(name):
                verdict = self.program_accepts(document)
                self.assertEqual(accepts(self.schema, document), verdict)
                verdicts.add(verdict)
        self.assertEqual(verdicts, {True, False})

    def test_what_our_providers_print_is_accepted(self) -> None:
        demo = harness.provider("demo")
        states = project.description(self.home, "demo")["settings"][0]["values"]
        for state in states:
            document = self.home.run("--state", state, program=demo).json()
            self.assertTrue(accepts(self.schema, document), state)
        document = self.home.run(program=harness.provider("kimi")).json()
        self.assertEqual(document["error"]["kind"], "auth")
        self.assertTrue(accepts(self.schema, document))


class Configurations(harness.TestCase):
    def setUp(self) -> None:
        self.home = self.enter(harness.Home())
        self.schema = schema("config")

    def problems(self, document: Any) -> list[str]:
        self.home.config(document if isinstance(document, dict) else json.dumps(document))
        output = self.home.run("config", "validate").stdout
        return [line for line in output.splitlines() if line.startswith(("error", "warning"))]

    def test_good_configurations_are_accepted(self) -> None:
        for document in GOOD_CONFIGS:
            with self.subTest(json.dumps(document)):
                self.assertEqual(self.problems(document), [])
                self.assertTrue(accepts(self.schema, document))

    def test_bad_configurations_are_refused(self) -> None:
        for document in BAD_CONFIGS:
            with self.subTest(json.dumps(document)):
                self.assertNotEqual(self.problems(document), [])
                self.assertFalse(accepts(self.schema, document))

    def test_all_placeholders_are_in_the_schema(self) -> None:
        placeholders = project.placeholders(self.home)
        self.assertGreater(len(placeholders), 15)
        for placeholder in placeholders:
            self.assertTrue(accepts(self.schema, {"format": placeholder}), placeholder)

    def test_all_settings_are_in_the_schema_with_their_bounds(self) -> None:
        top = self.schema["properties"]
        tables = {
            "settings": lambda holder: top[holder]["properties"] if holder else top,
            "bar_settings": lambda holder: self.schema["$defs"]["bar"]["properties"],
        }
        for table, find in tables.items():
            for setting in project.settings(table):
                entry = find(setting.holder)[setting.key]
                if setting.bounds:
                    self.assertEqual((entry["minimum"], entry["maximum"]), setting.bounds)

    def test_the_defaults_are_those_of_the_program(self) -> None:
        defaults = self.home.run("config", "dump").json()
        for setting in project.settings("settings"):
            holder = self.schema["properties"]
            value = defaults
            if setting.holder:
                holder, value = holder[setting.holder]["properties"], value[setting.holder]
            entry = holder[setting.key]
            if "$ref" in entry:
                entry = {**self.schema["$defs"][entry["$ref"].rsplit("/", 1)[1]], **entry}
            if "default" in entry or value[setting.key] is not None:
                self.assertEqual(entry["default"], value[setting.key], setting.key)

    def test_the_values_are_those_of_the_providers(self) -> None:
        for branch in self.schema["$defs"]["provider"]["allOf"]:
            provider = branch["if"]["properties"]["id"]["const"]
            known = {**self.schema["$defs"]["provider"]["properties"]}
            known.update(branch["then"]["properties"])
            for setting in project.description(self.home, provider)["settings"]:
                entry = known[setting["name"]]
                if "values" in setting:
                    # true and false come as words
                    allowed = [v if v is None else str(v).lower() for v in entry["enum"]]
                    self.assertEqual(allowed, [*setting["values"], None])
                    self.assertEqual(str(entry["default"]).lower(), setting["default"])


if __name__ == "__main__":
    harness.main()
