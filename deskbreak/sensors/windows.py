"""Windows' word of the last input and of the lock. It was not run on Windows.

Sources: learn.microsoft.com, GetLastInputInfo, GetTickCount, WTSQuerySessionInformationW, WTSINFOEX_LEVEL1_W.
"""

import ctypes
import logging
import struct
import sys
from datetime import timedelta
from typing import Protocol

from deskbreak.clock import awake
from deskbreak.sensors.dating import dated
from deskbreak.sensors.native import Session
from deskbreak.words import _

_log = logging.getLogger(__name__)

_NOTHING = timedelta(0)
_WORD = 2**32
_HALF = 2**31
# The drivers stamp input by a clock that may be ahead of the one that is read afterwards.
_AHEAD_MS = 1000
_WTS_ACTIVE = 0
_LOCK, _UNLOCK = 0, 1
# There the two flags mean each other (WTSINFOEX_LEVEL1_W, "SessionFlags").
_SWAPPED = (6, 1)
_SESSION_INFO_EX = 25
_THIS_SESSION = 0xFFFFFFFF
# Level, padding to 8, SessionId, SessionState, SessionFlags: the beginning of WTSINFOEXW.
_INFO_EX = struct.Struct("=I4xIii")


class Calls(Protocol):
    """The foreign functions; each answers None where Windows says that it failed."""

    version: tuple[int, int]

    def last_input(self) -> int | None:
        """The tick count of the last input, 32 bits of milliseconds."""

    def ticks(self) -> int:
        """The tick count now, which wraps after 49.7 days."""

    def session(self) -> tuple[int, int] | None:
        """SessionState and SessionFlags of this session."""


class Windows:
    """`native.System` by these calls.

    A count of ticks is believed as a difference, and only when it is new: so an absence of 49.7 days is
    no input, and neither is a machine that has been on for as long.
    """

    name = "Windows"

    def __init__(self, calls: Calls) -> None:
        self._calls = calls
        self._stamp: int | None = None
        self._last = _NOTHING
        self._looked = _NOTHING
        self._said: set[str] = set()

    def absence(self) -> str:
        return ""

    def seconds(self) -> float | None:
        stamp, ticks, now = self._calls.last_input(), self._calls.ticks(), awake()
        if stamp is None:
            self._say_once("GetLastInputInfo", _("Windows does not say when the last input was"))
            return None
        if stamp != self._stamp:
            ago = (ticks - stamp) % _WORD
            if ago >= _WORD - _AHEAD_MS:
                ago = 0
            elif ago >= _HALF:
                # Nothing that can be: `idle.Sieve` says so.
                return ago / 1000
            self._last = dated(timedelta(milliseconds=ago), now, self._looked)
            self._stamp = stamp
        self._looked = now
        return (now - self._last).total_seconds()

    def last(self) -> timedelta | None:
        stamp = self._calls.last_input()
        return None if stamp is None else timedelta(milliseconds=stamp)

    def session(self) -> Session | None:
        told = self._calls.session()
        if told is None:
            self._say_once("WTS", _("Windows does not say whether the screen is locked"))
            return None
        state, flags = told
        locked = _UNLOCK if self._calls.version == _SWAPPED else _LOCK
        return Session(flags == locked, state == _WTS_ACTIVE)

    def _say_once(self, cause: str, warning: str) -> None:
        if cause not in self._said:
            self._said.add(cause)
            _log.warning("%s", warning)


class _LastInput(ctypes.Structure):
    _fields_ = (("size", ctypes.c_uint32), ("ticks", ctypes.c_uint32))


class User32:
    """`Calls` of the running Windows."""

    _user: ctypes.CDLL
    _kernel: ctypes.CDLL
    _sessions: ctypes.CDLL

    def __init__(self) -> None:
        if sys.platform != "win32":
            raise OSError("this is not Windows")
        version = sys.getwindowsversion()
        self.version = (version.major, version.minor)
        self._user = ctypes.WinDLL("user32")
        self._kernel = ctypes.WinDLL("kernel32")
        self._kernel.GetTickCount.restype = ctypes.c_uint32
        self._sessions = ctypes.WinDLL("wtsapi32")

    def last_input(self) -> int | None:
        told = _LastInput(size=ctypes.sizeof(_LastInput))
        return int(told.ticks) if self._user.GetLastInputInfo(ctypes.byref(told)) else None

    def ticks(self) -> int:
        return int(self._kernel.GetTickCount())

    def session(self) -> tuple[int, int] | None:
        told, length = ctypes.c_void_p(), ctypes.c_uint32()
        if not self._sessions.WTSQuerySessionInformationW(
            None,
            ctypes.c_uint32(_THIS_SESSION),
            _SESSION_INFO_EX,
            ctypes.byref(told),
            ctypes.byref(length),
        ):
            return None
        try:
            if length.value < _INFO_EX.size:
                return None
            return session_of(ctypes.string_at(told, _INFO_EX.size))
        finally:
            self._sessions.WTSFreeMemory(told)


def session_of(told: bytes) -> tuple[int, int] | None:
    """SessionState and SessionFlags of the beginning of a WTSINFOEXW; None: another level than 1."""
    level, _session, state, flags = _INFO_EX.unpack_from(told)
    return (state, flags) if level == 1 else None
