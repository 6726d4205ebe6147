"""What the running program costs, beside its peers: `python -m tests.bench.footprint [--seconds 120]`.

It measures the installed `deskbreak run` on a real desktop of its own, and workrave and safeeyes from Debian
where they are installed; rates are taken over that many seconds of typing and as many of quiet.
"""

import argparse
import os
import queue
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from deskbreak.links.bus import Bus
from tests.e2e.desk import Desk
from tests.e2e.parts import DESKTOP, LOGIN

WATCHER = "org.kde.StatusNotifierWatcher"
ICON_WITHIN = timedelta(seconds=20)
SETTLES = timedelta(seconds=10)
PROGRAMS = ("deskbreak", "workrave", "safeeyes")
STARTS = 3
TICKS = os.sysconf("SC_CLK_TCK")
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
OURS = str(Path(sys.executable).with_name("deskbreak"))
IMPORTS = (
    "argparse, json, logging, selectors, tomllib",
    "sqlite3",
    "platformdirs",
    "jeepney",
    "PIL.Image, PIL.ImageDraw",
    "pystray",
    "plyer",
    "apscheduler.schedulers.base, apscheduler.executors.debug",
    "apscheduler.triggers.cron",
    "deskbreak.app",
)
"""In the order in which they are loaded: each is charged with what those before it have not brought."""

WEIGH = """
import importlib, os, sys
os.environ.setdefault("PYSTRAY_BACKEND", "dummy")
def private():
    with open("/proc/self/smaps_rollup") as rollup:
        return sum(int(line.split()[1]) for line in rollup if line.startswith("Private_"))
before = private()
print(before, "the interpreter", sep="\\t")
for names in sys.argv[1:]:
    try:
        for name in names.split(", "):
            importlib.import_module(name)
    except ImportError as fault:
        print(0, f"{names}: {fault}", sep="\\t")
        continue
    now = private()
    print(now - before, names, sep="\\t")
    before = now
"""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What the kernel has counted for all processes of one program until now; memory in KiB."""

    at: float
    pss: int
    uss: int
    rss: int
    threads: int
    switches: int
    cpu: timedelta
    written: int


@dataclass(frozen=True, slots=True)
class Cost:
    """One program: milliseconds to its icon (None: it registered none), and its costs in two phases."""

    name: str
    icon: float | None
    settled: Snapshot
    typing: tuple[Snapshot, Snapshot]
    quiet: tuple[Snapshot, Snapshot]


def snapshot(leader: int) -> Snapshot:
    """Of all processes in the session that `leader` began."""
    rows = [row for pid in members(leader) if (row := one(pid)) is not None]
    pss, uss, rss, threads, switches, ticks, written = (sum(column) for column in zip(*rows, strict=True))
    cpu = timedelta(seconds=ticks / TICKS)
    return Snapshot(time.monotonic(), pss, uss, rss, threads, switches, cpu, written)


def members(leader: int) -> list[int]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            session = int((process / "stat").read_text().rpartition(")")[2].split()[3])
        except OSError:
            continue
        if session == leader:
            found.append(int(process.name))
    return found


def one(pid: int) -> tuple[int, ...] | None:
    """Proc(5): smaps_rollup, task/*/status, stat (14 and 15), io. None: it ended in between."""
    process = Path("/proc") / str(pid)
    try:
        memory = numbers(process / "smaps_rollup")
        switches = sum(
            numbers(task / "status")["voluntary_ctxt_switches"] for task in (process / "task").iterdir()
        )
        threads = numbers(process / "status")["Threads"]
        fields = (process / "stat").read_text().rpartition(")")[2].split()
        written = numbers(process / "io")["write_bytes"]
    except (OSError, KeyError):
        return None
    uss = memory["Private_Clean"] + memory["Private_Dirty"]
    return memory["Pss"], uss, memory["Rss"], threads, switches, int(fields[11]) + int(fields[12]), written


def numbers(file: Path) -> dict[str, int]:
    found = {}
    for line in file.read_text().splitlines():
        key, colon, rest = line.partition(":")
        first = rest.split()[:1]
        if colon and first and first[0].isdigit():
            found[key] = int(first[0])
    return found


@contextmanager
def icons(desk: Desk) -> Iterator["queue.SimpleQueue[float]"]:
    """The moments at which an icon is registered with the tray's watcher."""
    moments: queue.SimpleQueue[float] = queue.SimpleQueue()
    bus = Bus(desk.env["DBUS_SESSION_BUS_ADDRESS"])
    bus.hear(
        interface=WATCHER,
        member="StatusNotifierItemRegistered",
        to=lambda _signal: moments.put(time.monotonic()),
    )
    # Answered after the match rule is in force: nothing that comes later is missed.
    bus.call(WATCHER, "/StatusNotifierWatcher", "org.freedesktop.DBus.Peer", "Ping")
    try:
        yield moments
    finally:
        bus.close()


def started(
    desk: Desk, name: str, command: str, *arguments: str
) -> tuple["subprocess.Popen[bytes]", float | None]:
    with icons(desk) as moments:
        began = time.monotonic()
        program = desk.launch(name, command, *arguments)
        try:
            return program, (moments.get(timeout=ICON_WITHIN.total_seconds()) - began) * 1000
        except queue.Empty:
            return program, None


def ended(program: "subprocess.Popen[bytes]") -> None:
    if program.poll() is not None:
        return
    os.killpg(program.pid, signal.SIGTERM)
    try:
        program.wait(5)
    except subprocess.TimeoutExpired:
        os.killpg(program.pid, signal.SIGKILL)
        program.wait()


def measured(desk: Desk, name: str, command: str, arguments: Sequence[str], span: timedelta) -> Cost | None:
    """None: the program ended by itself; its last words are printed."""
    times: list[float] = []
    for start in range(STARTS):
        program, icon = started(desk, name, command, *arguments)
        if icon is None:
            break
        times.append(icon)
        if start < STARTS - 1:
            ended(program)
    time.sleep(SETTLES.total_seconds())
    if program.poll() is not None:
        print(f"{name} ended at once:\n{(desk.folder / f'{name}.log').read_text()[-1000:]}")
        return None
    settled = snapshot(program.pid)
    typist = desk.launch("typist", "xdotool", "type", "--delay", "120", "a" * 20_000)
    typing = over(span, program.pid)
    ended(typist)
    time.sleep(1)
    quiet = over(span, program.pid)
    ended(program)
    return Cost(name, statistics.median(times) if times else None, settled, typing, quiet)


def over(span: timedelta, leader: int) -> tuple[Snapshot, Snapshot]:
    before = snapshot(leader)
    time.sleep(span.total_seconds())
    return before, snapshot(leader)


def per(unit: timedelta, phase: tuple[Snapshot, Snapshot], amount: Callable[[Snapshot], float]) -> float:
    before, after = phase
    return (amount(after) - amount(before)) * unit.total_seconds() / (after.at - before.at)


ROWS: tuple[tuple[str, Callable[[Cost], str]], ...] = (
    ("PSS, MiB", lambda cost: f"{cost.quiet[1].pss / 1024:.1f}"),
    ("USS, MiB", lambda cost: f"{cost.quiet[1].uss / 1024:.1f}"),
    ("RSS, MiB", lambda cost: f"{cost.quiet[1].rss / 1024:.1f}"),
    ("threads", lambda cost: str(cost.quiet[1].threads)),
    ("voluntary switches a minute, typing", lambda cost: f"{per(MINUTE, cost.typing, switches):.1f}"),
    ("voluntary switches a minute, quiet", lambda cost: f"{per(MINUTE, cost.quiet, switches):.1f}"),
    ("CPU s an hour, typing", lambda cost: f"{per(HOUR, cost.typing, cpu):.1f}"),
    ("CPU s an hour, quiet", lambda cost: f"{per(HOUR, cost.quiet, cpu):.1f}"),
    ("KiB written an hour, typing", lambda cost: f"{per(HOUR, cost.typing, written) / 1024:.0f}"),
    ("KiB written an hour, quiet", lambda cost: f"{per(HOUR, cost.quiet, written) / 1024:.0f}"),
    ("ms from exec to icon, median", lambda cost: "none" if cost.icon is None else f"{cost.icon:.0f}"),
)


def switches(snap: Snapshot) -> float:
    return snap.switches


def cpu(snap: Snapshot) -> float:
    return snap.cpu.total_seconds()


def written(snap: Snapshot) -> float:
    return snap.written


def print_costs(costs: Sequence[Cost]) -> None:
    width = max(len(title) for title, _value in ROWS)
    print(" " * width, *(f"{cost.name:>12}" for cost in costs))
    for title, value in ROWS:
        print(f"{title:<{width}}", *(f"{value(cost):>12}" for cost in costs))


def print_imports() -> None:
    print("\nprivate memory that each import adds, in the order of loading, MiB")
    weighed = subprocess.run(
        [sys.executable, "-c", WEIGH, *IMPORTS], capture_output=True, text=True, check=True
    ).stdout
    for line in weighed.splitlines():
        kib, _tab, names = line.partition("\t")
        print(f"{int(kib) / 1024:6.1f}  {names}")


def print_status(desk: Desk) -> None:
    """Time of `deskbreak status` against the least that such a command could cost."""
    bare = quickest(desk, sys.executable, "-c", "import json, socket, argparse")
    asked = quickest(desk, OURS, "status")
    print(f"\ndeskbreak status {asked:.0f} ms, bare python {bare:.0f} ms: {asked / bare:.1f} times")


def quickest(desk: Desk, *command: str) -> float:
    best = float("inf")
    for _each in range(10):
        began = time.monotonic()
        desk.run(*command)
        best = min(best, time.monotonic() - began)
    return best * 1000


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120, help="how long to type, and to keep quiet")
    asked = parser.parse_args()
    span = timedelta(seconds=asked.seconds)
    costs: list[Cost] = []
    for name in PROGRAMS:
        command, arguments = (OURS, ("run",)) if name == "deskbreak" else (name, ())
        if shutil.which(command) is None:
            print(f"{name} is not installed")
            continue
        with tempfile.TemporaryDirectory(prefix="footprint-") as folder:
            try:
                with Desk(Path(folder) / "desk", DESKTOP | LOGIN) as desk:
                    if name == "safeeyes":
                        # Version 2.1.5 copies its settings into folders that it does not make.
                        (desk.folder / "config" / name / "style").mkdir(parents=True)
                    cost = measured(desk, name, command, arguments, span)
                    if name == "deskbreak" and cost is not None:
                        program, _icon = started(desk, name, command, *arguments)
                        print_status(desk)
                        ended(program)
            except pytest.skip.Exception as missing:
                print(missing)
                return 1
        if cost is not None:
            costs.append(cost)
    if costs:
        print_costs(costs)
    print_imports()
    return 0


if __name__ == "__main__":
    sys.exit(main())
