"""Notices input on the person's own terminals, for a machine without a display: ssh, the console.

A terminal has been read when what was typed there was taken; output touches another time of it. The kernel
sets the time of reading to the second, and only once in each 8 s by the wall clock (Linux,
drivers/tty/tty_io.c, tty_update_time: nobody shall guess a password from the rhythm of its keys). So an
idle time by terminals is up to 8 s too long, and never too short, except while the loop listens: then
inotify(7) tells of each read at once. A terminal that answers a question of a program looks like a key.

The times are by the wall clock. A clock that is set changes none of them, so it neither makes input nor
hides it; what is new at a look lies between that look and the one before.

Terminals prove no absence where there is, or was, a desktop: whoever types in its windows touches none.
"""

import logging
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from pathlib import Path

from deskbreak.clock import awake, wall
from deskbreak.ports import Put
from deskbreak.sensors.account import Account
from deskbreak.sensors.dating import dated
from deskbreak.sensors.idle import Refusal, account
from deskbreak.sensors.logind import GRAPHICAL
from deskbreak.sensors.pauses import Ear
from deskbreak.sensors.ttys import Reads, moment, own, stat_of
from deskbreak.sensors.watching import Watch
from deskbreak.words import _

_log = logging.getLogger(__name__)

NAME = "terminals"
DEVICES = Path("/dev")
X_SOCKETS = Path("/tmp/.X11-unix")
_NOTHING = timedelta(0)


def find(
    env: Mapping[str, str],
    put: Put,
    graphical: Callable[[], bool],
    devices: Path = DEVICES,
    sockets: Path = X_SOCKETS,
) -> "Terminals | Refusal":
    """The source for this session, or why there is none.

    `graphical`: whether the login service says that the session is one; `sockets` is where X servers are.
    """
    desktop = env.get("DISPLAY") or env.get("WAYLAND_DISPLAY") or env.get("XDG_SESSION_TYPE") in GRAPHICAL
    if desktop:
        return Refusal(NAME, _("in a desktop session they would miss what is typed in other windows"))
    places = (sockets, *(Path(place) for place in (env.get("XDG_RUNTIME_DIR"),) if place))

    def has_desktop() -> bool:
        return graphical() or any(_screens(places))

    return Terminals(put, has_desktop, devices)


def _screens(places: tuple[Path, ...]) -> Iterator[Path]:
    """The sockets of the person's own X servers and Wayland compositors."""
    for place in places:
        for each in (*place.glob("X[0-9]*"), *place.glob("wayland-*[0-9]")):
            found = stat_of(each)
            if found is not None and stat.S_ISSOCK(found.st_mode) and found.st_uid == os.getuid():
                yield each


class Terminals:
    """`Idle` by the newest time at which one of the terminals was read, those included that are closed."""

    name = NAME

    def __init__(self, put: Put, has_desktop: Callable[[], bool], devices: Path) -> None:
        self._has_desktop = has_desktop
        self._devices = devices
        self._desktop = False
        self._looked: timedelta | None = None
        self._last: timedelta | None = None
        self._read_at: dict[tuple[Path, int], int] = {}
        self._said_future = False
        self._ear = Ear(put)
        self._reads = Reads(put, self._ear, devices)
        self._watch = Watch("terminals", self._reads)
        self._watch.open()
        self._watch.start()
        self._look()

    @property
    def blind(self) -> bool:
        self._look()
        return self._desktop or self._last is None

    @property
    def hopeless(self) -> bool:
        return self.blind

    @property
    def absence(self) -> str:
        if self._desktop:
            return _("there is, or was, a desktop of yours, and what is typed in its windows they miss")
        return _("you have typed in none yet")

    def seconds(self) -> float | None:
        return None if self.blind or self._last is None else (awake() - self._last).total_seconds()

    def listen(self, next_input: bool) -> None:
        if self._ear.listen(next_input):
            self._watch.wake()

    def accounts(self) -> tuple[Account, ...]:
        return (account(self),)

    def close(self) -> None:
        self._watch.end()

    def _look(self) -> None:
        self._desktop = self._desktop or self._has_desktop()
        now, since = awake(), self._looked
        read_at = {(path, found.st_ctime_ns): found.st_atime_ns for path, found in own(self._devices)}
        for key, read in read_at.items():
            # A name is given again, and then to another terminal, with another time of change.
            path, changed = key
            age = wall() - moment(read)
            if since is None:
                # What is as old as its node was never read.
                if age < _NOTHING:
                    self._say_future(path)
                elif read != changed:
                    self._learn(dated(age, now, _NOTHING))
            elif self._read_at.get(key, read) != read:
                # A terminal that is new was opened by whatever program: only its next key tells of a person.
                self._learn(dated(age, now, since))
        if self._reads.heard_at is not None:
            self._learn(self._reads.heard_at)
        self._read_at, self._looked = read_at, now
        seeking = self._last is None and not self._desktop
        if seeking != self._reads.seeking:
            self._reads.seeking = seeking
            self._watch.wake()

    def _learn(self, last: timedelta) -> None:
        self._last = last if self._last is None else max(last, self._last)

    def _say_future(self, path: Path) -> None:
        if not self._said_future:
            self._said_future = True
            _log.warning(_("%s was read in the future by the clock; it counts from its next key on"), path)
