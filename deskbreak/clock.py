"""Tells the moment on every clock there is; the only module that asks for the time, and it never waits."""

import io
import os
import re
import stat
import struct
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache, partial
from pathlib import Path
from zoneinfo import ZoneInfo

from deskbreak.core.postures import Stamp
from deskbreak.words import _

# Longer than that between two starts is a clock that was set wrong, not time that passed.
LONGEST_ABSENCE = timedelta(days=400)
_NOTHING = timedelta(0)
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")
_LOCALTIME = Path("/etc/localtime")


@dataclass(frozen=True, slots=True)
class Axis:
    """How the elapsed axis hangs on the clock of this boot that counts sleep: elapsed = it + `offset`.

    `rebooted`: the axis was begun under another boot of the machine.
    """

    boot_id: str
    offset: timedelta
    rebooted: bool


@dataclass(frozen=True, slots=True)
class Mark:
    """One moment as it outlives the program; what the axis goes on from at the next launch."""

    boot_id: str
    offset: timedelta
    elapsed: timedelta
    wall: datetime


def boot_id(path: Path = _BOOT_ID) -> str:
    """The name of this boot (Linux, proc(5) "random/boot_id"), or "" where the system gives none."""
    try:
        return path.read_text("ascii").strip()
    except (OSError, ValueError):
        return ""


def axis_after(saved: Mark | None, boot: str, boottime: timedelta, wall: datetime) -> Axis:
    """The axis for a launch at `boottime` and `wall` of boot `boot`, going on from `saved`.

    In the same boot the axis is the same to the microsecond. After a reboot, or where boots have no
    name, only the wall clock knows how long the machine was off: its difference, between nothing and
    `LONGEST_ABSENCE`, is what passed.
    """
    if saved is None:
        return Axis(boot, _NOTHING, rebooted=False)
    if boot and saved.boot_id == boot and boottime + saved.offset >= saved.elapsed:
        return Axis(boot, saved.offset, rebooted=False)
    passed = min(max(wall - saved.wall, _NOTHING), LONGEST_ABSENCE)
    return Axis(boot, saved.elapsed + passed - boottime, rebooted=True)


def axis_at_launch(saved: Mark | None) -> Axis:
    """The axis of this launch; see `axis_after`."""
    return axis_after(saved, boot_id(), _boottime(), wall())


class SystemClock:
    """`ports.Clock` on the machine's own clocks."""

    def __init__(self, axis: Axis) -> None:
        self._axis = axis
        self._zone = LocalZone(os.environ, _LOCALTIME)

    def now(self) -> Stamp:
        return Stamp(_boottime() + self._axis.offset, awake(), wall(), self._zone.now())

    def mark(self) -> Mark:
        """This moment, to be saved for the next launch."""
        return Mark(self._axis.boot_id, self._axis.offset, _boottime() + self._axis.offset, wall())


Ticks = Callable[[], int]


def tickers(platform: str, named: Mapping[str, object], unbiased: Ticks) -> tuple[Ticks, Ticks]:
    """The clocks of `platform` (`sys.platform`) that count sleep and that do not, in nanoseconds.

    `named` are its clocks' numbers, `unbiased` is Windows' `QueryUnbiasedInterruptTime` in units of 100 ns,
    where time.monotonic goes on in sleep. Sources: clock_gettime(2) of Linux, clock_gettime(3) of macOS.
    """

    def clock(name: str) -> Ticks:
        number = named.get(name)
        # Where nothing tells sleep from waking, both are the same clock.
        return partial(time.clock_gettime_ns, number) if isinstance(number, int) else time.monotonic_ns

    if platform == "win32":
        return time.monotonic_ns, lambda: unbiased() * 100
    if platform == "darwin":
        return clock("CLOCK_MONOTONIC_RAW"), clock("CLOCK_UPTIME_RAW")
    return clock("CLOCK_BOOTTIME"), time.monotonic_ns


def _unbiased() -> int:
    import ctypes

    counted = ctypes.c_ulonglong()
    if sys.platform == "win32":
        ctypes.WinDLL("kernel32").QueryUnbiasedInterruptTime(ctypes.byref(counted))
    return counted.value


_boottime_ns, _awake_ns = tickers(sys.platform, vars(time), _unbiased)


def _boottime() -> timedelta:
    return _span(_boottime_ns())


def awake() -> timedelta:
    """How long the machine has been up without sleeping: `Stamp.awake` at this moment."""
    return _span(_awake_ns())


def wall() -> datetime:
    """What the wall clock says: `Stamp.wall` at this moment; it may be set."""
    return datetime.now(UTC)


def _span(nanoseconds: int) -> timedelta:
    return timedelta(microseconds=nanoseconds // 1000)


class LocalZone:
    """The zone in force: `TZ` where it is set, else `/etc/localtime` (tzset(3)), else UTC.

    Looked up again whenever either has changed since the last question, which costs one stat. Whatever
    cannot be understood is UTC, and is said once.
    """

    def __init__(self, environ: Mapping[str, str], localtime: Path) -> None:
        self._environ = environ
        self._localtime = localtime
        self._seen: object = None
        self._zone: tzinfo = UTC

    def now(self) -> tzinfo:
        named = self._environ.get("TZ")
        seen = named if named is not None else _signature(self._localtime)
        if seen != self._seen:
            self._zone = self._looked_up(named)
            self._seen = seen
        return self._zone

    def _looked_up(self, named: str | None) -> tzinfo:
        if self._seen is not None:
            zone_named.cache_clear()
            ZoneInfo.clear_cache()
        if named is None:
            return self._of_file()
        if named.removeprefix(":") == "":
            # TZ set to nothing is UTC (tzset(3)).
            return UTC
        zone = zone_named(named.removeprefix(":"))
        if zone is None:
            _warn(
                _("TZ=%s names no time zone known here, so times are in UTC (is tzdata installed?)"),
                ascii(named[:80]),
            )
        return zone or UTC

    def _of_file(self) -> tzinfo:
        if not os.path.lexists(self._localtime):
            # A machine without /etc/localtime is in UTC (localtime(5)).
            return _system_offset()
        target = os.path.realpath(self._localtime)
        _before, inside, key = target.partition("/zoneinfo/")
        zone = (zone_named(key) if inside else None) or zone_named(str(self._localtime))
        if zone is None:
            _warn(
                _("%s cannot be read as a time zone, so times are in UTC (is tzdata installed?)"),
                self._localtime,
            )
        return zone or UTC


def _system_offset() -> tzinfo:
    if os.name == "posix":
        return UTC
    return datetime.now().astimezone().tzinfo or UTC


def _warn(message: str, about: object) -> None:
    # Every command tells the time, and hardly any has to warn: logging takes a while to load.
    import logging

    logging.getLogger(__name__).warning(message, about)


def _signature(path: Path) -> tuple[int, ...]:
    try:
        found = path.stat()
    except OSError:
        return ()
    return (found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size)


@lru_cache(maxsize=32)
def zone_named(name: str) -> tzinfo | None:
    """The zone that `TZ=name` means (POSIX.1-2017, 8.3; tzset(3)): a name, a file or a rule.

    Its `key` is `name` again, and the same name gives the same object until a zone file changed. None:
    nothing here is called that.
    """
    if name.startswith("/"):
        return _of_path(Path(name))
    try:
        return ZoneInfo(name)
    except (OSError, LookupError, ValueError):
        return _of_rule(name)


def _of_path(path: Path) -> tzinfo | None:
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            return None
        with path.open("rb") as file:
            return ZoneInfo.from_file(file, key=str(path))
    except (OSError, ValueError, struct.error):
        return None


_NAME = r"(?:[A-Za-z]{3,}|<[A-Za-z0-9+-]+>)"
_OFFSET = r"[+-]?\d{1,2}(?::\d{2}){0,2}"
_RULE = re.compile(rf"{_NAME}{_OFFSET}(?P<summer>{_NAME}(?:{_OFFSET})?)?(?P<dates>,.+)?")


def _of_rule(rule: str) -> tzinfo | None:
    understood = _RULE.fullmatch(rule) if rule.isascii() else None
    if understood is None:
        return None
    whole = rule
    if understood["summer"] and not understood["dates"]:
        # What the C library takes where a rule names no dates (tzset(3)).
        whole = rule + ",M3.2.0,M11.1.0"
    # The rule is read by the standard library as the footer of a file without any transition
    # (RFC 8536, section 3.3).
    header = b"TZif2" + bytes(15) + struct.pack(">6l", 0, 0, 0, 0, 1, 4) + bytes(6) + b"UTC\0"
    file = io.BytesIO(header + header + b"\n" + whole.encode("ascii") + b"\n")
    try:
        return ZoneInfo.from_file(file, key=rule)
    except (ValueError, struct.error):
        return None
