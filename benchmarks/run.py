#!/usr/bin/env python3
"""Speed and memory of usageline, as ratios measured in one run.

    benchmarks/run.py [--build build] [--rounds 400] [--json FILE]

Drawing from a fresh store is compared with an empty C program, a refresh with `curl` making the
same request to the same (fake) service. The two sides of a ratio take turns, so that other work of
the machine slows both; the median of each counts. System calls need strace, instructions and
allocations need valgrind.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Callable, Sequence

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT / "tests" / "fake_kimi"))

from fake_kimi import KEY, FakeKimi  # noqa: E402

Environment = dict[str, str]
USAGE_URL = "https://api.kimi.com/coding/v1/usages"


def run_once(argv: Sequence[str], environment: Environment) -> float:
    """Milliseconds from start to end."""
    null = [(os.POSIX_SPAWN_OPEN, fd, "/dev/null", os.O_RDWR, 0) for fd in (0, 1, 2)]
    began = time.perf_counter()
    pid = os.posix_spawn(argv[0], argv, environment, file_actions=null)
    _, status = os.waitpid(pid, 0)
    took = (time.perf_counter() - began) * 1000
    if status != 0:
        raise RuntimeError(f"{' '.join(argv)} ended with status {status}")
    return took


def compare(
    ours: Sequence[str],
    other: Sequence[str],
    environment: Environment,
    rounds: int,
    prepare: Callable[[], None] = lambda: None,
) -> dict:
    """Runs both in turn, `rounds` times, after a few to warm up; calls `prepare` before each."""
    times: dict[str, list[float]] = {"ours": [], "other": []}
    for number in range(rounds + rounds // 10):
        for name, argv in (("ours", ours), ("other", other)):
            prepare()
            took = run_once(argv, environment)
            if number >= rounds // 10:
                times[name].append(took)
    ours_median, other_median = (statistics.median(times[name]) for name in ("ours", "other"))
    return {
        "ratio": round(ours_median / other_median, 2),
        "ms": round(ours_median, 3),
        "other_ms": round(other_median, 3),
    }


def measure_memory(argv: Sequence[str], environment: Environment) -> dict[str, int]:
    """KiB when the program writes its line: the peak of what was resident, and what belongs to it
    alone. The line goes to a full pipe, so that the program waits there."""
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    try:
        while True:
            os.write(writer, bytes(4096))
    except BlockingIOError:
        os.set_blocking(writer, True)
    process = subprocess.Popen(argv, env=environment, stdout=writer)
    folder = Path("/proc", str(process.pid))
    while "pipe_write" not in (folder / "wchan").read_text() and process.poll() is None:
        time.sleep(0.001)
    status = (folder / "status").read_text() + (folder / "smaps_rollup").read_text()
    process.kill()
    process.wait()
    os.close(reader)
    os.close(writer)

    def kib(name: str) -> int:
        return sum(int(n) for n in re.findall(rf"^{name}:\s+(\d+) kB", status, re.MULTILINE))

    return {"peak_kib": kib("VmHWM"), "private_kib": kib("Private_Dirty") + kib("Private_Clean")}


def count_system_calls(argv: Sequence[str], environment: Environment) -> int | None:
    """All from exec to exit; None where strace is not installed."""
    if not shutil.which("strace"):
        return None
    trace = subprocess.run(
        ["strace", "-f", "-qq", *argv], env=environment, capture_output=True, text=True, check=True
    )
    return len(re.findall(r"^(?:\[pid +\d+\] )?\w+\(", trace.stderr, re.MULTILINE))


def read_valgrind(
    pattern: str, options: Sequence[str], argv: Sequence[str], environment: Environment
) -> int | None:
    """The number that the pattern finds in its report; None where valgrind is not installed."""
    if not shutil.which("valgrind"):
        return None
    command = ["valgrind", *options, *argv]
    report = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found = re.search(pattern, report.stderr)
    return int(found.group(1).replace(",", "")) if found else None


def count_allocations(argv: Sequence[str], environment: Environment) -> int | None:
    return read_valgrind(r"total heap usage: ([\d,]+) allocs", (), argv, environment)


def count_instructions(argv: Sequence[str], environment: Environment) -> int | None:
    """All in user space, the dynamic linker's too."""
    options = ("--tool=callgrind", "--callgrind-out-file=/dev/null")
    return read_valgrind(r"Collected : ([\d,]+)", options, argv, environment)


def list_libraries(program: str) -> list[str]:
    listing = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
    return re.findall(r"^\s*(lib\S+) =>", listing, re.MULTILINE)


def build_empty(folder: Path) -> str:
    program = folder / "empty"
    source = PROJECT / "benchmarks" / "empty.c"
    subprocess.run(["cc", "-O2", "-o", program, source], check=True)
    return str(program)


def measure_drawing(usageline: str, folder: Path, environment: Environment, rounds: int) -> dict:
    draw = [usageline, "waybar", "--provider", "demo"]
    subprocess.run([usageline, "refresh", "--provider", "demo"], env=environment, check=True)
    empty = [build_empty(folder)]
    result = compare(draw, empty, environment, rounds)
    result["memory"] = measure_memory(draw, environment)
    result["empty_memory"] = measure_memory([*empty, "write"], environment)
    result["system_calls"] = count_system_calls(draw, environment)
    result["empty_system_calls"] = count_system_calls(empty, environment)
    result["instructions"] = count_instructions(draw, environment)
    result["empty_instructions"] = count_instructions(empty, environment)
    result["allocations"] = count_allocations(draw, environment)
    result["libraries"] = list_libraries(usageline)
    return result


def measure_refresh(usageline: str, kimi: FakeKimi, environment: Environment, rounds: int) -> dict:
    """curl is given the system's CAs and the test CA, as usageline reads both."""
    curl = shutil.which("curl")
    if not curl:
        raise RuntimeError("curl is not installed")
    system = next(
        (path for path in ("/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt")
         if os.path.exists(path)),
        None,
    )
    bundle = Path(environment["HOME"]) / "bundle.pem"
    parts = [Path(path).read_text() for path in (system, kimi.ca_file) if path]
    bundle.write_text("\n".join(parts))
    request = [curl, "-sS", "--fail", "--compressed", "--cacert", str(bundle), "--proto", "=https",
               "-H", f"Authorization: Bearer {KEY}", "-H", "Accept: application/json", USAGE_URL]
    refresh = [usageline, "refresh", "--provider", "kimi"]
    store = Path(environment["XDG_CACHE_HOME"]) / "usageline"

    def forget(*names: str) -> None:
        for name in names:
            (store / name).unlink(missing_ok=True)

    # Without its state it does not know how often it was refreshed.
    return {
        **compare(refresh, request, environment, rounds, lambda: forget("kimi.state.json")),
        # The plan is requested as well, as happens once a day.
        "plan_due": compare(refresh, request, environment, rounds,
                            lambda: forget("kimi.state.json", "kimi.memory.json")),
    }


def measure_many_bars(usageline: str, kimi: FakeKimi, environment: Environment, bars: int) -> dict:
    """Starts so many bars at once, with nothing stored."""
    shutil.rmtree(environment["XDG_CACHE_HOME"], ignore_errors=True)
    before = len(kimi.requests)
    began = time.perf_counter()
    started = [
        subprocess.Popen([usageline, "waybar"], env=environment, stdout=subprocess.PIPE)
        for _ in range(bars)
    ]
    lines = {process.communicate()[0] for process in started}
    took = (time.perf_counter() - began) * 1000
    return {"bars": bars, "ms": round(took, 1), "requests": sum(one.path.endswith("/usages") for one in kimi.requests[before:]),
            "different_lines": len(lines)}


def make_environment(home: Path, extra: Environment) -> Environment:
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8", "TZ": "UTC"}
    for variable in ("XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"):
        environment[variable] = str(home / variable)
    return {**environment, **extra}


def measure(build: Path, rounds: int) -> dict:
    usageline = str(build / "bin" / "usageline")
    with tempfile.TemporaryDirectory() as name, FakeKimi() as kimi:
        folder = Path(name)
        environment = make_environment(
            folder, {**kimi.environment, "KIMI_CODE_API_KEY": KEY})
        kimi.me = {"user_level_name": "Pro"}
        return {
            "drawing": measure_drawing(usageline, folder, environment, rounds),
            "refresh": measure_refresh(usageline, kimi, environment, max(20, rounds // 8)),
            "many_bars": measure_many_bars(usageline, kimi, environment, 50),
        }


def compare_counts(drawing: dict, what: str) -> tuple[str, str, str]:
    """A row for what a drawing and an empty program do, or that it could not be counted."""
    ours, empty = drawing[what], drawing[f"empty_{what}"]
    name = f"{what.replace('_', ' ')} / empty program"
    if ours is None or empty is None:
        return name, "–", "not counted: the tool is not installed"
    return name, f"{ours / empty:.2f}", f"{ours:,} / {empty:,}"


def print_table(result: dict) -> None:
    drawing, refresh, many = result["drawing"], result["refresh"], result["many_bars"]
    memory, empty = drawing["memory"], drawing["empty_memory"]
    rows = [
        ("drawing / empty program", f"{drawing['ratio']:.2f}",
         f"{drawing['ms']:.2f} ms / {drawing['other_ms']:.2f} ms (goal: 2.0)"),
        ("refresh / curl", f"{refresh['ratio']:.2f}",
         f"{refresh['ms']:.1f} ms / {refresh['other_ms']:.1f} ms (goal: 1.5)"),
        ("the same, plan due / curl", f"{refresh['plan_due']['ratio']:.2f}",
         f"{refresh['plan_due']['ms']:.1f} ms / {refresh['plan_due']['other_ms']:.1f} ms"),
        ("peak memory / empty program", f"{memory['peak_kib'] / empty['peak_kib']:.2f}",
         f"{memory['peak_kib']} KiB / {empty['peak_kib']} KiB; its own: {memory['private_kib']} KiB"
         f" / {empty['private_kib']} KiB"),
        compare_counts(drawing, "system_calls"),
        compare_counts(drawing, "instructions"),
        ("allocations of a drawing", str(drawing["allocations"]), ""),
        ("libraries of a drawing", str(len(drawing["libraries"])), " ".join(drawing["libraries"])),
        (f"{many['bars']} bars at once", f"{many['ms']:.0f} ms",
         f"{many['requests']} requests, {many['different_lines']} different lines"),
    ]
    for what, value, detail in rows:
        print(f"{what:<30} {value:>8}   {detail}")


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build", type=Path, default=PROJECT / "build")
    parser.add_argument("--rounds", type=int, default=400)
    parser.add_argument("--json", type=Path, help="write the results here too")
    return parser.parse_args()


def main(measure_with: Callable[[Path, int], dict] = measure) -> int:
    arguments = parse_arguments()
    result = measure_with(arguments.build, arguments.rounds)
    print_table(result)
    text = json.dumps(result, indent=2)
    print(text)
    if arguments.json:
        arguments.json.write_text(text + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
