"""A machine that sleeps without taking time: it alone moves the clocks of the program under test."""

import mmap
import struct
import subprocess
import time
from datetime import timedelta
from pathlib import Path

from tests.e2e.parts import needs

_SOURCE = Path(__file__).with_name("slept.c")
_NANOSECONDS = struct.Struct("=q")


class Nap:
    """Sleep as the clocks tell it to programs that run with `env`, see slept.c."""

    def __init__(self, folder: Path) -> None:
        needs(("gcc", "gcc"), ("/usr/include/stdlib.h", "libc6-dev"))
        shim, slept = folder / "slept.so", folder / "slept"
        subprocess.run(
            ["gcc", "-shared", "-fPIC", "-Wall", "-Wextra", "-Werror", "-o", str(shim), str(_SOURCE)],
            check=True,
        )
        slept.write_bytes(_NANOSECONDS.pack(0))
        with slept.open("r+b") as file:
            self._slept = mmap.mmap(file.fileno(), _NANOSECONDS.size)
        self.env = {"LD_PRELOAD": str(shim), "SLEPT": str(slept)}

    def sleeps(self, length: timedelta) -> None:
        """From now on the clocks say that the machine slept so long, at this moment."""
        nanoseconds = self._so_far() + length // timedelta(microseconds=1) * 1000
        self._slept[:] = _NANOSECONDS.pack(nanoseconds)

    def boottime(self) -> float:
        """CLOCK_BOOTTIME as those programs read it, in seconds."""
        return time.clock_gettime(time.CLOCK_BOOTTIME) + self._so_far() / 1e9

    def wall(self) -> float:
        """The wall clock as those programs read it, in seconds since 1970."""
        return time.time() + self._so_far() / 1e9

    def _so_far(self) -> int:
        (nanoseconds,) = _NANOSECONDS.unpack(self._slept[:])
        return int(nanoseconds)
