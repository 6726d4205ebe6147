"""What the kernel has counted for a running program: memory, wake-ups of each thread, CPU, bytes written."""

import os
import time
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
_TICKS = os.sysconf("SC_CLK_TCK")

NAMED = """
import threading
from contextlib import suppress
start = threading.Thread.start
def named(thread):
    start(thread)
    with suppress(OSError), open(f"/proc/self/task/{thread.native_id}/comm", "w") as comm:
        comm.write(thread.name[:15])
threading.Thread.start = named
"""
"""A `sitecustomize` by which the kernel knows Python's threads by their names."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """All processes of one program until now; memory in KiB, `switches` voluntary ones by thread."""

    at: float
    pss: int
    uss: int
    rss: int
    threads: int
    switches: Counter[str]
    cpu: timedelta
    written: int


@dataclass(frozen=True, slots=True)
class Phase:
    """The same program at two moments."""

    before: Snapshot
    after: Snapshot

    def wakeups(self) -> Counter[str]:
        """Of each thread that woke in between."""
        return self.after.switches - self.before.switches

    def wakeups_a_minute(self) -> float:
        return self._per(MINUTE, self.wakeups().total())

    def cpu_s_an_hour(self) -> float:
        return self._per(HOUR, (self.after.cpu - self.before.cpu).total_seconds())

    def written_kib_an_hour(self) -> float:
        return self._per(HOUR, self.after.written - self.before.written) / 1024

    def _per(self, unit: timedelta, amount: float) -> float:
        return amount * unit.total_seconds() / (self.after.at - self.before.at)


def snapshot(leader: int) -> Snapshot:
    """Of all processes in the session that `leader` began."""
    found = [one for pid in _members(leader) if (one := _one(pid)) is not None]
    return Snapshot(
        time.monotonic(),
        sum(one.pss for one in found),
        sum(one.uss for one in found),
        sum(one.rss for one in found),
        sum(one.threads for one in found),
        sum((one.switches for one in found), Counter[str]()),
        sum((one.cpu for one in found), timedelta(0)),
        sum(one.written for one in found),
    )


def over(span: timedelta, leader: int) -> Phase:
    before = snapshot(leader)
    time.sleep(span.total_seconds())
    return Phase(before, snapshot(leader))


def _members(leader: int) -> list[int]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            session = int((process / "stat").read_text().rpartition(")")[2].split()[3])
        except OSError:
            continue
        if session == leader:
            found.append(int(process.name))
    return found


def _one(pid: int) -> Snapshot | None:
    """Proc(5): smaps_rollup, task/*/status, stat (14 and 15), io. None: it ended in between."""
    process = Path("/proc") / str(pid)
    try:
        memory = _numbers(process / "smaps_rollup")
        switches = Counter[str]()
        for task in (process / "task").iterdir():
            name = (task / "comm").read_text().strip()
            switches[name] += _numbers(task / "status")["voluntary_ctxt_switches"]
        threads = _numbers(process / "status")["Threads"]
        fields = (process / "stat").read_text().rpartition(")")[2].split()
        written = _numbers(process / "io")["write_bytes"]
    except (OSError, KeyError):
        return None
    uss = memory["Private_Clean"] + memory["Private_Dirty"]
    cpu = timedelta(seconds=(int(fields[11]) + int(fields[12])) / _TICKS)
    return Snapshot(time.monotonic(), memory["Pss"], uss, memory["Rss"], threads, switches, cpu, written)


def _numbers(file: Path) -> dict[str, int]:
    found = {}
    for line in file.read_text().splitlines():
        key, colon, rest = line.partition(":")
        first = rest.split()[:1]
        if colon and first and first[0].isdigit():
            found[key] = int(first[0])
    return found
