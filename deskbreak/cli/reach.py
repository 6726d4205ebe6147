"""What can show a reminder on this desktop, for `doctor`: it asks bus and X server, and shows nothing."""

import os
import struct
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from deskbreak.cli.findings import NOTIFICATIONS, SESSION_BUS, SYSTEM_BUS, TRAY, Finding, State
from deskbreak.links.bus import DAEMON, Bus, BusError, session_address, system_address
from deskbreak.links.wire import NO_REPLY
from deskbreak.links.x11 import X11, X11Error
from deskbreak.words import _

_DAEMON = (DAEMON, "/org/freedesktop/DBus", DAEMON)
_NOTICES = "org.freedesktop.Notifications"
_NOTICES_PATH = "/org/freedesktop/Notifications"
_WATCHER = "org.kde.StatusNotifierWatcher"
_WATCHER_PATH = "/StatusNotifierWatcher"
_PATIENCE = timedelta(milliseconds=300)
_INTERN_ATOM, _GET_SELECTION_OWNER = 16, 23


class Buses:
    """The bus of the session and that of the system, or why there is none; left at the end of `with`."""

    def __init__(self) -> None:
        self.session = _joined(session_address)
        self.system = _joined(system_address, fds=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        for bus in (self.session, self.system):
            if isinstance(bus, Bus):
                bus.close()

    def findings(self) -> Iterator[Finding]:
        """Both buses, the notifications and the tray."""
        yield _bus(SESSION_BUS, self.session, session_address)
        yield _bus(SYSTEM_BUS, self.system, system_address)
        if isinstance(self.session, Bus):
            yield _notifications(self.session)
            yield _tray(self.session)
        else:
            yield Finding(NOTIFICATIONS, State.MISSING, _("no session bus to reach a server by"))
            yield _tray(None)


def _joined(find: Callable[[], str], fds: bool = False) -> Bus | str:
    try:
        return Bus(find(), fds)
    except BusError as fault:
        return str(fault)


def _bus(purpose: str, joined: Bus | str, find: Callable[[], str]) -> Finding:
    if isinstance(joined, Bus):
        return Finding(purpose, State.OK, find())
    if purpose == SESSION_BUS:
        mend = _("install dbus-user-session and log in again")
    else:
        mend = _("start dbus; until then lock and sleep are noticed less surely")
    return Finding(purpose, State.MISSING, joined, mend)


def _notifications(bus: Bus) -> Finding:
    if _NOTICES not in _names(bus, "ListNames"):
        if _NOTICES in _names(bus, "ListActivatableNames"):
            return Finding(NOTIFICATIONS, State.OK, _("a server is started as soon as there is something"))
        says = _("no server, so reminders show in the icon's menu and in the terminal only")
        return Finding(NOTIFICATIONS, State.MISSING, says, _("install dunst or xfce4-notifyd"))
    try:
        who = bus.call(_NOTICES, _NOTICES_PATH, _NOTICES, "GetServerInformation", timeout=_PATIENCE)
        (able,) = bus.call(_NOTICES, _NOTICES_PATH, _NOTICES, "GetCapabilities", timeout=_PATIENCE)
    except (BusError, ValueError) as fault:
        says = _("the server does not work: {why}").format(why=fault)
        return Finding(NOTIFICATIONS, State.FAULT, says, _("restart it"))
    buttons = isinstance(able, list) and "actions" in able
    says = _("with buttons") if buttons else _("without buttons: answer in the icon's menu or by command")
    name, version = (str(who[0]), str(who[2])) if len(who) > 2 else ("?", "")
    return Finding(NOTIFICATIONS, State.OK, f"{name} {version}, {says}".replace(" ,", ","))


def _tray(bus: Bus | None) -> Finding:
    if bus is not None and _WATCHER in _names(bus, "ListNames"):
        hosted = _has_host(bus)
        if hosted is None:
            return Finding(TRAY, State.FAULT, _("the panel does not answer"), _("restart it"))
        if hosted:
            return Finding(TRAY, State.OK, _("a panel shows icons and menus"))
    if _older_tray():
        return Finding(TRAY, State.OK, _("a tray of the older kind (XEmbed) shows icons and menus"))
    says = _("no panel shows icons, so only notifications and commands are left")
    if "GNOME" in os.environ.get("XDG_CURRENT_DESKTOP", "").split(":"):
        mend = _("install gnome-shell-extension-appindicator and log in again")
    else:
        mend = _("add a system tray to the panel, or start one (xfce4-panel, lxqt-panel, waybar)")
    return Finding(TRAY, State.MISSING, says, mend)


def _has_host(bus: Bus) -> bool | None:
    """StatusNotifierWatcher, property IsStatusNotifierHostRegistered; None: the watcher hangs.

    Who has no such property is believed.
    """
    question = (_WATCHER, "IsStatusNotifierHostRegistered")
    try:
        (answer,) = bus.call(
            _WATCHER, _WATCHER_PATH, "org.freedesktop.DBus.Properties", "Get", "ss", question, _PATIENCE
        )
    except BusError as fault:
        return None if fault.name == NO_REPLY else True
    except ValueError:
        return True
    return not isinstance(answer, tuple) or bool(answer[1])


def _older_tray() -> bool:
    """Whether somebody owns the first screen's tray (System Tray Protocol 0.3, "Locating the tray")."""
    display = os.environ.get("DISPLAY", "")
    authority = Path(os.environ.get("XAUTHORITY") or Path(os.environ.get("HOME") or "/") / ".Xauthority")
    if not display:
        return False
    name = b"_NET_SYSTEM_TRAY_S0\0"
    try:
        with closing(X11(display, authority)) as screen:
            request = struct.pack("<BBHHxx", _INTERN_ATOM, 0, 2 + len(name) // 4, len(name) - 1) + name
            atom = screen.ask(request, _PATIENCE)
            if atom is None:
                return False
            asked = struct.pack("<BxH", _GET_SELECTION_OWNER, 2) + atom[8:12]
            owner = screen.ask(asked, _PATIENCE)
    except X11Error:
        return False
    return owner is not None and owner[8:12] != bytes(4)


def _names(bus: Bus, member: str) -> frozenset[str]:
    try:
        (names,) = bus.call(*_DAEMON, member, timeout=_PATIENCE)
    except (BusError, ValueError):
        return frozenset()
    return frozenset(map(str, names)) if isinstance(names, list) else frozenset()
