"""Looks whether the active window covers its screen, by the list of windows of a Wayland compositor.

What the compositor says of a window's title and program is passed over unread.
Source: wlr-foreign-toplevel-management-unstable-v1; state `fullscreen` since version 2.
"""

import struct
from contextlib import closing
from pathlib import Path

from deskbreak.links.wayland import Message, Wayland, WaylandError
from deskbreak.words import _

_LIST = "zwlr_foreign_toplevel_manager_v1"
_VERSION = 2
_TOPLEVEL, _STATE, _CLOSED = 0, 4, 6
_ACTIVATED, _FULLSCREEN = 2, 3


def covered(path: Path) -> bool:
    """Whether one window has the whole screen now.

    Raises WaylandError where that cannot be known: no compositor, or one that keeps it to itself (as
    GNOME's does) or to its own programs (as KWin does).
    """
    with closing(Wayland(path)) as screen:
        offer = screen.offers.get(_LIST)
        if offer is None or offer.version < _VERSION:
            raise WaylandError(_("this compositor does not tell which window covers the screen"))
        windows = screen.bind(_LIST, _VERSION)
        # Each window is named and then described, all of it before what it waits for.
        try:
            return _any_full(screen.settle(), windows)
        except struct.error as fault:
            raise WaylandError(_("the Wayland compositor sends what cannot be read")) from fault


def _any_full(told: tuple[Message, ...], windows: int) -> bool:
    states: dict[int, set[int]] = {}
    for message in told:
        if message.sender == windows and message.opcode == _TOPLEVEL:
            states[struct.unpack("=I", message.body)[0]] = set()
        elif message.sender in states and message.opcode == _STATE:
            states[message.sender] = _states(message.body)
        elif message.sender in states and message.opcode == _CLOSED:
            del states[message.sender]
    return any({_ACTIVATED, _FULLSCREEN} <= each for each in states.values())


def _states(body: bytes) -> set[int]:
    (length,) = struct.unpack_from("=I", body)
    return set(struct.unpack_from(f"={length // 4}I", body, 4))
