#!/usr/bin/env python3
"""How long searching browsers takes: ten profiles of 5,000 cookies and 20 MB of localStorage each.

    benchmarks/browsers.py [BUILD-FOLDER]

Prints how many milliseconds (the best and the median of many runs) usageline-provider-kimi takes
to list browsers: when it may not search, when it knows none of the stores, when none has changed,
and when one has, as while a browser runs: its cookies, its localStorage. The tests'
make-local-storage makes the latter.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Callable

PROFILES, COOKIES, ITEMS, RUNS = 10, 5000, 20_000_000, 30
MAKER = Path("tests/plugins/browsers/make-local-storage")
TOKEN = "eyJhbGciOiJIUzUxMiJ9.e30.c2lnbmF0dXJl"
EPOCH = 11644473600
SCHEMA = """
CREATE TABLE meta (key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);
INSERT INTO meta VALUES ('version', '24');
CREATE TABLE cookies (creation_utc INTEGER NOT NULL, host_key TEXT NOT NULL,
  top_frame_site_key TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
  encrypted_value BLOB NOT NULL, path TEXT NOT NULL, expires_utc INTEGER NOT NULL,
  last_access_utc INTEGER NOT NULL, source_scheme INTEGER NOT NULL, source_port INTEGER NOT NULL,
  has_cross_site_ancestor INTEGER NOT NULL);
CREATE UNIQUE INDEX cookies_unique_index ON cookies (host_key, top_frame_site_key,
  has_cross_site_ancestor, name, path, source_scheme, source_port);
"""


def make_profile(path: Path, has_session: bool) -> None:
    """Makes a store like that of Chromium 156; values are as long as those of common sites."""
    path.parent.mkdir(parents=True)
    now = int((time.time() + EPOCH) * 1e6)
    rows = [(f"site{i % 700}.example.com", f"cookie{i}") for i in range(COOKIES)]
    if has_session:
        rows.append(("www.kimi.com", "kimi-auth"))
    store = sqlite3.connect(path)
    store.executescript(SCHEMA)
    store.executemany(
        "INSERT INTO cookies VALUES (?, ?, '', ?, ?, ?, '/', ?, ?, 2, 443, 0)",
        (
            (
                now,
                host,
                name,
                TOKEN if name == "kimi-auth" else "",
                b"" if name == "kimi-auth" else os.urandom(163),
                now + 86400 * 10**6,
                now,
            )
            for host, name in rows
        ),
    )
    store.commit()
    store.close()


def make_local_storage(program: Path, profile: Path, has_session: bool) -> None:
    """Makes items of other sites, and Kimi's token."""
    folder = profile / "Local Storage" / "leveldb"
    token = [TOKEN] if has_session else []
    subprocess.run([program, folder, str(ITEMS), *token], check=True)


class Measurement:
    """One user's home and the provider of a build."""

    def __init__(self, build: Path, home: Path) -> None:
        self.program = build / "libexec" / "usageline" / "usageline-provider-kimi"
        self.home = home
        self.environment = {"HOME": str(home), "XDG_RUNTIME_DIR": str(home)}
        self.profiles = home / ".config" / "chromium"
        self.memory = home / ".cache" / "usageline"

    def run(self) -> float:
        begin = time.perf_counter()
        answer = subprocess.run(
            [self.program, "--browsers"], env=self.environment, capture_output=True, check=True
        )
        elapsed = (time.perf_counter() - begin) * 1000
        json.loads(answer.stdout)
        return elapsed

    def measure(self, what: str, prepare: Callable[[], None]) -> None:
        times = []
        for _ in range(RUNS):
            prepare()
            times.append(self.run())
        times.sort()
        print(f"{what:<44} {times[0]:7.1f} {times[len(times) // 2]:7.1f}")

    def forget(self) -> None:
        for path in self.memory.glob("*.sessions.json"):
            path.unlink()

    def touch(self, path: Path) -> None:
        moment = time.time() - 60
        os.utime(path, (moment, moment))

    def touch_cookies(self) -> None:
        self.touch(self.profiles / "Profile 5" / "Cookies")

    def touch_local_storage(self) -> None:
        folder = self.profiles / "Profile 5" / "Local Storage" / "leveldb"
        self.touch(next(folder.glob("*.log")))

    def allow(self, policy: str) -> None:
        config = self.home / ".config" / "usageline" / "config.json"
        config.parent.mkdir(exist_ok=True)
        config.write_text(json.dumps({"providers": [{"id": "kimi", "cookieSource": policy}]}))


def main() -> None:
    build = Path(sys.argv[1] if len(sys.argv) > 1 else "build").resolve()
    with tempfile.TemporaryDirectory() as folder:
        measurement = Measurement(build, Path(folder))
        for i in range(PROFILES):
            profile = measurement.profiles / f"Profile {i}"
            make_profile(profile / "Cookies", i == 7)
            make_local_storage(build / MAKER, profile, i == 3)
        size = (measurement.profiles / "Profile 0" / "Cookies").stat().st_size
        time.sleep(0.1)
        print(f"{PROFILES} profiles of {COOKIES} cookies ({size / 1e6:.1f} MB)", end=" ")
        print(f"and {ITEMS / 1e6:.0f} MB of localStorage each; ms: best, median")
        measurement.allow("off")
        measurement.measure("may not look (cookieSource off)", lambda: None)
        measurement.allow("auto")
        measurement.measure("all stores are new", measurement.forget)
        measurement.measure("no store has changed", lambda: None)
        measurement.measure("the cookies of one have changed", measurement.touch_cookies)
        measurement.measure("the localStorage of one has changed", measurement.touch_local_storage)


if __name__ == "__main__":
    main()
