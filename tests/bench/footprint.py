"""What the running program costs on each desktop: `python -m tests.bench.footprint [--desktop x11]`.

It measures the installed `deskbreak run` on real desktops of its own, and with `--peers` workrave and
safeeyes from Debian, too; rates are taken over `--seconds` each of typing, of quiet and of absence.
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
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from deskbreak.links.bus import Bus
from tests.bench.counted import NAMED, Phase, Snapshot, over, snapshot
from tests.bench.grounds import GROUNDS, WATCHER, Ground, typing
from tests.e2e.desk import Desk
from tests.e2e.parts import DESKTOP, LOGIN
from tests.sensors.sound import PulseAudio

ICON_WITHIN = timedelta(seconds=20)
SETTLES = timedelta(seconds=5)
GONE_AFTER = timedelta(seconds=5)
PEERS = ("workrave", "safeeyes")
STARTS = 3
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
class Cost:
    """One program: milliseconds to its icon (None: it registered none), and its costs phase by phase."""

    name: str
    icon: float | None
    settled: Snapshot
    phases: Mapping[str, Phase]


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
    if not desk.owned(WATCHER):
        return desk.launch(name, command, *arguments), None
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


def measured(desk: Desk, ground: Ground, name: str, command: Sequence[str], span: timedelta) -> Cost | None:
    """None: the program ended by itself; its last words are printed."""
    times: list[float] = []
    for start in range(STARTS):
        program, icon = started(desk, name, *command)
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
    hands = ground.hands(desk)
    with typing(hands):
        # The first keys are a return, which is not what typing costs.
        time.sleep(1)
        phases = {"typing": over(span, program.pid)}
    time.sleep(1)
    phases["quiet"] = over(span, program.pid)
    if name == "deskbreak":
        phases["away"] = gone(desk, span, program.pid)
    hands.leave()
    ended(program)
    return Cost(name, statistics.median(times) if times else None, settled, phases)


def gone(desk: Desk, span: timedelta, leader: int) -> Phase:
    """The person has left without a word, and the break is booked."""
    settings = desk.folder / "config" / "deskbreak" / "settings.toml"
    settings.parent.mkdir(parents=True, exist_ok=True)
    length = f'"{GONE_AFTER.seconds}s"\n'
    settings.write_text(f"away_after = {length}break_min = {length}")
    desk.run(OURS, "reload")
    time.sleep(GONE_AFTER.total_seconds())
    assert '"state": "away"' in desk.run(OURS, "status", "--json"), "nobody typed, and it is not noticed"
    time.sleep(1)
    return over(span, leader)


def print_costs(costs: Sequence[Cost]) -> None:
    rows: list[tuple[str, Callable[[Cost], str]]] = [
        ("PSS, MiB", lambda cost: f"{cost.phases['quiet'].after.pss / 1024:.1f}"),
        ("USS, MiB", lambda cost: f"{cost.phases['quiet'].after.uss / 1024:.1f}"),
        ("RSS, MiB", lambda cost: f"{cost.phases['quiet'].after.rss / 1024:.1f}"),
        ("threads", lambda cost: str(cost.settled.threads)),
        ("start to icon, ms", lambda cost: "-" if cost.icon is None else f"{cost.icon:.0f}"),
    ]
    rates: tuple[tuple[str, Callable[[Phase], float]], ...] = (
        ("wake-ups a minute", Phase.wakeups_a_minute),
        ("CPU s an hour", Phase.cpu_s_an_hour),
        ("KiB written an hour", Phase.written_kib_an_hour),
    )
    for title, rate in rates:
        rows += [(f"{title}, {phase}", rated(phase, rate)) for phase in ("typing", "quiet", "away")]
    width = max(len(title) for title, _value in rows)
    print(" " * width, *(f"{cost.name:>12}" for cost in costs))
    for title, value in rows:
        print(f"{title:<{width}}", *(f"{value(cost):>12}" for cost in costs))


def rated(phase: str, rate: Callable[[Phase], float]) -> Callable[[Cost], str]:
    return lambda cost: f"{rate(cost.phases[phase]):.1f}" if phase in cost.phases else "-"


def print_wakers(costs: Sequence[Cost]) -> None:
    print("\nwho woke, how often")
    for cost in costs:
        for name, phase in cost.phases.items():
            wakers = ", ".join(f"{thread} {often}" for thread, often in phase.wakeups().most_common())
            print(f"{cost.name:>12} {name:<7} {wakers or '-'}")


def print_imports() -> None:
    print("\nprivate memory that each import adds, in the order of loading, MiB")
    weighed = subprocess.run(
        [sys.executable, "-c", WEIGH, *IMPORTS], capture_output=True, text=True, check=True
    ).stdout
    for line in weighed.splitlines():
        kib, _tab, names = line.partition("\t")
        print(f"{int(kib) / 1024:6.1f}  {names}")


def print_status() -> None:
    """Time of `deskbreak status` against the least that such a command could cost."""
    with (
        tempfile.TemporaryDirectory(prefix="footprint-") as folder,
        Desk(Path(folder) / "desk", DESKTOP | LOGIN) as desk,
    ):
        program, _icon = started(desk, "deskbreak", OURS, "run")
        bare = quickest(desk, sys.executable, "-c", "import json, socket, argparse")
        asked = quickest(desk, OURS, "status")
        ended(program)
    print(f"\ndeskbreak status {asked:.0f} ms, bare python {bare:.0f} ms: {asked / bare:.1f} times")


def quickest(desk: Desk, *command: str) -> float:
    best = float("inf")
    for _each in range(10):
        began = time.monotonic()
        desk.run(*command)
        best = min(best, time.monotonic() - began)
    return best * 1000


def on(where: str, names: Sequence[str], span: timedelta) -> Iterator[Cost]:
    """The programs on one desktop, one after the other; pytest's `Skipped` says what is not installed."""
    for name in names:
        command = [OURS, "run"] if name == "deskbreak" else [name]
        ground = GROUNDS[where]
        with (
            tempfile.TemporaryDirectory(prefix="footprint-") as folder,
            Desk(Path(folder) / "desk", ground.parts) as desk,
        ):
            PulseAudio(desk)
            (desk.folder / "sitecustomize.py").write_text(NAMED)
            desk.env["PYTHONPATH"] = str(desk.folder)
            if name == "safeeyes":
                # Version 2.1.5 copies its settings into folders that it does not make.
                (desk.folder / "config" / name / "style").mkdir(parents=True)
            cost = measured(desk, ground, name, command, span)
            if cost is not None:
                yield replace(cost, name=where if name == "deskbreak" else name)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--desktop", choices=(*GROUNDS, "all"), default="all")
    parser.add_argument("--seconds", type=float, default=15, help="how long to type, to be quiet, to be away")
    parser.add_argument("--peers", action="store_true", help=f"on X11 beside {' and '.join(PEERS)}")
    parser.add_argument("--imports", action="store_true", help="weigh the imports and `status`, too")
    asked = parser.parse_args()
    costs: list[Cost] = []
    for where in GROUNDS if asked.desktop == "all" else (asked.desktop,):
        peers = [name for name in PEERS if asked.peers and where == "x11" and shutil.which(name)]
        try:
            costs.extend(on(where, ["deskbreak", *peers], timedelta(seconds=asked.seconds)))
        except pytest.skip.Exception as missing:
            print(f"{where}: {missing}")
    if costs:
        print_costs(costs)
        print_wakers(costs)
    if asked.imports:
        print_imports()
        print_status()
    return 0 if costs else 1


if __name__ == "__main__":
    sys.exit(main())
