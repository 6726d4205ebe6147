"""macOS' word of the last input and of the lock. It was not run on macOS.

Sources: developer.apple.com, CGEventSourceSecondsSinceLastEventType, CGSessionCopyCurrentDictionary. The key
of the lock, CGSSessionScreenIsLocked, is not documented; it is there while the screen is locked.
"""

import ctypes
from collections.abc import Mapping
from datetime import timedelta
from typing import Protocol

from deskbreak.clock import awake
from deskbreak.sensors.native import Session
from deskbreak.words import _

_FRAMEWORKS = "/System/Library/Frameworks"
# What the person's own keyboard and mouse did, not what programs make up.
_HARDWARE = 1
_ANY_INPUT = 0xFFFFFFFF
_UTF8 = 0x08000100
_LOCKED, _ON_CONSOLE = "CGSSessionScreenIsLocked", "kCGSSessionOnConsoleKey"
_LONGEST = 2.0**32


class Calls(Protocol):
    """The foreign functions."""

    def since_input(self) -> float:
        """Seconds since the last input of any kind, as the system says, however impossible."""

    def session(self) -> Mapping[str, bool] | None:
        """What is true of the session; None: the program is in none that has a screen."""


class Mac:
    """`native.System` by these calls."""

    name = "macOS"

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def absence(self) -> str:
        return "" if self._calls.session() is not None else _("deskbreak runs in no desktop session")

    def seconds(self) -> float | None:
        return self._calls.since_input()

    def last(self) -> timedelta | None:
        seconds = self._calls.since_input()
        return awake() - timedelta(seconds=seconds) if 0 <= seconds < _LONGEST else None

    def session(self) -> Session | None:
        told = self._calls.session()
        if told is None:
            return None
        return Session(told.get(_LOCKED, False), told.get(_ON_CONSOLE, True))


class Quartz:
    """`Calls` of the running macOS."""

    def __init__(self) -> None:
        self._graphics = ctypes.CDLL(f"{_FRAMEWORKS}/ApplicationServices.framework/ApplicationServices")
        self._since = self._graphics.CGEventSourceSecondsSinceLastEventType
        self._since.restype = ctypes.c_double
        self._since.argtypes = (ctypes.c_int32, ctypes.c_uint32)
        self._graphics.CGSessionCopyCurrentDictionary.restype = ctypes.c_void_p
        found = ctypes.CDLL(f"{_FRAMEWORKS}/CoreFoundation.framework/CoreFoundation")
        found.CFStringCreateWithCString.restype = ctypes.c_void_p
        found.CFStringCreateWithCString.argtypes = (ctypes.c_void_p, ctypes.c_char_p, ctypes.c_uint32)
        found.CFDictionaryGetValue.restype = ctypes.c_void_p
        found.CFDictionaryGetValue.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
        found.CFGetTypeID.restype = found.CFBooleanGetTypeID.restype = ctypes.c_ulong
        found.CFGetTypeID.argtypes = found.CFBooleanGetValue.argtypes = (ctypes.c_void_p,)
        found.CFBooleanGetValue.restype = ctypes.c_ubyte
        found.CFRelease.argtypes = (ctypes.c_void_p,)
        found.CFRelease.restype = None
        self._foundation = found
        self._keys = {
            key: found.CFStringCreateWithCString(None, key.encode(), _UTF8) for key in (_LOCKED, _ON_CONSOLE)
        }

    def since_input(self) -> float:
        return float(self._since(_HARDWARE, _ANY_INPUT))

    def session(self) -> Mapping[str, bool] | None:
        told = self._graphics.CGSessionCopyCurrentDictionary()
        if not told:
            return None
        try:
            values = {key: self._foundation.CFDictionaryGetValue(told, at) for key, at in self._keys.items()}
            return {key: self._true(value) for key, value in values.items() if value}
        finally:
            self._foundation.CFRelease(told)

    def _true(self, value: int) -> bool:
        """What is there and is no boolean is taken for yes."""
        found = self._foundation
        if found.CFGetTypeID(value) != found.CFBooleanGetTypeID():
            return True
        return bool(found.CFBooleanGetValue(value))
