"""Notices that a program has a camera open, by the kernel's word that one was opened; it opens none itself.

Sources: inotify(7); proc(5), /proc/[pid]/fd; systemd, v4l_id.c, for what udev knows of a video device.
"""

import logging
import os
import re
import sys
from collections.abc import Collection, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

from deskbreak.clock import awake
from deskbreak.errors import DeskbreakError
from deskbreak.links import inotify
from deskbreak.links.inotify import Inotify, InotifyError
from deskbreak.ports import Put, Stirred
from deskbreak.sensors.account import Account, Serves
from deskbreak.sensors.programs import Program, any_but, program, told
from deskbreak.sensors.watching import Watch
from deskbreak.words import _

_log = logging.getLogger(__name__)

_CAMERA = re.compile(r"video\d+")
_CAPABILITIES = "E:ID_V4L_CAPABILITIES="
# Who only asks what cameras there are has closed them again by then; a call lasts longer.
_SETTLE = timedelta(seconds=2)
_LONGEST_SETTLING = timedelta(seconds=10)
# How often at most it looks where nobody tells when to.
_PACE = timedelta(seconds=30)
_PAUSES = (timedelta(minutes=1), timedelta(minutes=10))
# They open a camera for another program, whose name PipeWire tells.
_CARRIERS = frozenset({"pipewire", "wireplumber", "pipewire-media-session"})


class Cameras:
    """The programs of this user that have a camera open.

    `devices` and `processes` are where the system shows its devices and processes, `udev` what is known of
    the devices. A program counts once it has had the camera for as long as `settle`.
    """

    def __init__(
        self,
        put: Put,
        devices: Path = Path("/dev"),
        processes: Path = Path("/proc"),
        udev: Path = Path("/run/udev/data"),
        settle: timedelta = _SETTLE,
    ) -> None:
        self._view = _View(devices.absolute(), processes, udev)
        self._looked: timedelta | None = None
        self._users: tuple[Program, ...] = ()
        self._devices = _Devices(self._view, settle, put)
        self._watch = Watch("cameras", self._devices, _PAUSES)
        self._watch.open()
        if sys.platform == "linux":
            self._watch.start()

    def going(self, ignored: Collection[str]) -> bool:
        """Whether anybody but the `ignored` programs has a camera."""
        return any_but(ignored, self._now())

    def accounts(self) -> tuple[Account, ...]:
        cameras, users = self._view.cameras(), self._now()
        if not cameras:
            return (Account("camera", Serves.CALL, False, _("there is none")),)
        if self._devices.closed:
            mend = _("have yourself put into the group 'video'")
            return (Account("camera", Serves.CALL, False, self._devices.closed, mend),)
        if not users:
            return (Account("camera", Serves.CALL, True, _("not in use")),)
        return (Account("camera", Serves.CALL, True, _("in use by {names}").format(names=told(users))),)

    def close(self) -> None:
        self._watch.end()

    def _now(self) -> tuple[Program, ...]:
        if self._devices.told:
            return self._devices.users
        now = awake()
        if self._looked is None or now >= self._looked + _PACE:
            self._looked = now
            self._users = self._view.users()
        return self._users


class _View:
    """What can be seen without opening anything."""

    def __init__(self, devices: Path, processes: Path, udev: Path) -> None:
        self.devices = devices
        self._processes = processes
        self._udev = udev

    def cameras(self) -> tuple[Path, ...]:
        return tuple(
            path for path in _listed(self.devices) if _CAMERA.fullmatch(path.name) and self._films(path)
        )

    def users(self) -> tuple[Program, ...]:
        """Who has a camera open at this moment."""
        cameras = {str(camera) for camera in self.cameras()}
        if not cameras:
            return ()
        mine = (path for path in _listed(self._processes) if path.name.isdigit() and _mine(path))
        found = (_names(path) for path in mine if any(target in cameras for target in _open_files(path)))
        return tuple(names for names in found if _CARRIERS.isdisjoint(names))

    def _films(self, device: Path) -> bool:
        """False for a decoder or a camera's second device, of which udev knows that it gives no picture."""
        try:
            number = device.stat().st_rdev
            known = (self._udev / f"c{os.major(number)}:{os.minor(number)}").read_text(errors="replace")
        except OSError:
            return True
        said = [line for line in known.splitlines() if line.startswith(_CAPABILITIES)]
        return not said or ":capture:" in said[0]


class _Devices:
    """`Watched`: the kernel's word of the cameras; what has no underscore the thread publishes.

    `told`: there is such a word, so `users` is what is the case; `closed`: why a camera cannot be watched.
    """

    def __init__(self, view: _View, settle: timedelta, put: Put) -> None:
        self.told = False
        self.users: tuple[Program, ...] = ()
        self.closed = ""
        self._notices: Inotify | None = None
        self._view = view
        self._settle = settle
        self._put = put
        self._first: timedelta | None = None
        self._last = timedelta(0)

    def open(self, again: bool) -> None:
        notices = Inotify()
        try:
            notices.watch(self._view.devices, inotify.CREATE | inotify.DELETE | inotify.ATTRIB)
        except InotifyError:
            notices.close()
            raise
        self._notices = notices
        self._follow(notices)
        self._look()
        self.told = True

    def fileno(self) -> int:
        return self._open_notices().fileno()

    def prepare(self) -> timedelta | None:
        if self._first is None:
            return None
        left = min(self._last + self._settle, self._first + _LONGEST_SETTLING) - awake()
        if left > timedelta(0):
            return left
        self._first = None
        self._look()
        return None

    def hear(self) -> None:
        notices = self._open_notices()
        changes = notices.changes()
        if any(change.lost or _CAMERA.fullmatch(change.name) for change in changes):
            self._follow(notices)
        elif all(change.name for change in changes):
            # Some other device came or went.
            return
        self._last = awake()
        if self._first is None:
            self._first = self._last

    def waited(self) -> None:
        """`prepare` looks."""

    def missed(self, fault: DeskbreakError, first: bool) -> None:
        if first:
            _log.info(_("%s; whether a camera is in use is looked up now and then"), fault)

    def lost(self, fault: DeskbreakError) -> None:
        self.close()
        self.missed(fault, first=True)

    def close(self) -> None:
        self.told = False
        self._open_notices().close()
        self._notices = None

    def _open_notices(self) -> Inotify:
        assert self._notices is not None
        return self._notices

    def _follow(self, notices: Inotify) -> None:
        closed = ""
        for camera in self._view.cameras():
            try:
                notices.watch(camera, inotify.OPEN | inotify.CLOSE)
            except InotifyError as fault:
                # A new device is nobody's yet: the change of its rights is told.
                closed = str(fault)
        self.closed = closed

    def _look(self) -> None:
        users = self._view.users()
        changed = users != self.users
        self.users = users
        if changed:
            self._put(Stirred())


def _listed(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        for name in os.listdir(folder):
            yield folder / name


def _mine(process: Path) -> bool:
    try:
        return process.stat().st_uid == os.getuid()
    except OSError:
        return False


def _open_files(process: Path) -> Iterator[str]:
    for file in _listed(process / "fd"):
        with suppress(OSError):
            yield os.readlink(file)


def _names(process: Path) -> Program:
    names = []
    with suppress(OSError):
        names.append((process / "comm").read_text(errors="replace").strip())
    with suppress(OSError):
        names.append(Path(os.readlink(process / "exe").removesuffix(" (deleted)")).name)
    return program(names)
