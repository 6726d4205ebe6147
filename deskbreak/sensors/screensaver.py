"""Notices the lock by the desktop's own screen saver on the session bus.

Sources: org.freedesktop.ScreenSaver (KDE), org.gnome.ScreenSaver and those that are made like it:
GetActive, ActiveChanged.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from deskbreak.links.asked import Body
from deskbreak.links.bus import Bus, BusError, Signal
from deskbreak.ports import Put, Stirred
from deskbreak.sensors.account import Account, Serves
from deskbreak.words import _


@dataclass(frozen=True, slots=True)
class Saver:
    """Name and interface are the same."""

    name: str
    path: str


SAVERS = (
    Saver("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    Saver("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
    Saver("org.cinnamon.ScreenSaver", "/org/cinnamon/ScreenSaver"),
    Saver("org.mate.ScreenSaver", "/org/mate/ScreenSaver"),
    Saver("org.xfce.ScreenSaver", "/org/xfce/ScreenSaver"),
)
# A desktop that is just starting answers late; nobody waits for it.
_PATIENCE = timedelta(seconds=60)


class ScreenSavers:
    """`there` are those that answer, `active` those that cover the screen; published by the bus thread.

    `left`: one that covered the screen is gone, which unlocked nothing; a new object each time.
    """

    def __init__(self, put: Put) -> None:
        self.there: frozenset[str] = frozenset()
        self.active: frozenset[str] = frozenset()
        self.left: object | None = None
        self._joined = False
        self._put = put

    def joined(self, bus: Bus) -> None:
        """For `Rejoin.join` of the session bus."""
        self._joined = True
        bus.on_lost(self._lost)
        for saver in SAVERS:
            bus.hear(
                interface=saver.name, member="ActiveChanged", sender=saver.name, to=self._changed(saver.name)
            )
            bus.follow(saver.name, self._owned(bus, saver))

    def accounts(self) -> tuple[Account, ...]:
        if not self._joined:
            return (Account("screen saver", Serves.LOCK, False, _("there is no session bus")),)
        if not self.there:
            tried = ", ".join(saver.name for saver in SAVERS)
            says = _("none on the session bus (tried {names})").format(names=tried)
            return (Account("screen saver", Serves.LOCK, False, says),)
        says = _("locked") if self.active else _("not locked")
        return (Account("screen saver", Serves.LOCK, True, f"{says} ({', '.join(sorted(self.there))})"),)

    def _lost(self) -> None:
        self._joined = False
        self._forget(self.there)

    def _changed(self, name: str) -> Callable[[Signal], None]:
        def changed(signal: Signal) -> None:
            self.left = None
            self._set(name, bool(signal.body[0]))

        return changed

    def _owned(self, bus: Bus, saver: Saver) -> Callable[[str | None], None]:
        def answered(reply: Body | BusError) -> None:
            # GNOME gives the freedesktop name to a service that only takes inhibitors and has no GetActive.
            if not isinstance(reply, BusError):
                self._set(saver.name, bool(reply[0]))

        def owned(owner: str | None) -> None:
            if owner is None:
                self._forget(frozenset({saver.name}))
            else:
                bus.ask(owner, saver.path, saver.name, "GetActive", reply=answered, timeout=_PATIENCE)

        return owned

    def _set(self, name: str, active: bool) -> None:
        self._publish(self.there | {name}, self.active | {name} if active else self.active - {name})

    def _forget(self, names: frozenset[str]) -> None:
        if self.active & names:
            self.left = object()
        self._publish(self.there - names, self.active - names)

    def _publish(self, there: frozenset[str], active: frozenset[str]) -> None:
        changed = (there, active) != (self.there, self.active)
        self.there, self.active = there, active
        if changed:
            self._put(Stirred())
