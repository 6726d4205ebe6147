"""Notices the lock by the desktop's own screen saver on the session bus.

Sources: org.freedesktop.ScreenSaver (KDE), org.gnome.ScreenSaver: GetActive, ActiveChanged.
"""

from collections.abc import Callable
from dataclasses import dataclass

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
)


class ScreenSavers:
    """`there` are those that answer, `active` those that cover the screen; published by the bus thread."""

    def __init__(self, put: Put) -> None:
        self.there: frozenset[str] = frozenset()
        self.active: frozenset[str] = frozenset()
        self._put = put

    def joined(self, bus: Bus) -> None:
        """For `Rejoin.join` of the session bus."""
        bus.on_lost(lambda: self._publish(frozenset(), frozenset()))
        for saver in SAVERS:
            bus.hear(
                interface=saver.name, member="ActiveChanged", sender=saver.name, to=self._changed(saver.name)
            )
            bus.follow(saver.name, self._owned(bus, saver))

    def accounts(self) -> tuple[Account, ...]:
        if not self.there:
            tried = ", ".join(saver.name for saver in SAVERS)
            says = _("none on the session bus (tried {names})").format(names=tried)
            return (Account("screen saver", Serves.LOCK, False, says),)
        says = _("locked") if self.active else _("not locked")
        return (Account("screen saver", Serves.LOCK, True, f"{says} ({', '.join(sorted(self.there))})"),)

    def _changed(self, name: str) -> Callable[[Signal], None]:
        return lambda signal: self._set(name, bool(signal.body[0]))

    def _owned(self, bus: Bus, saver: Saver) -> Callable[[str | None], None]:
        def answered(reply: Body | BusError) -> None:
            # GNOME gives the freedesktop name to a service that only takes inhibitors and has no GetActive.
            if not isinstance(reply, BusError):
                self._set(saver.name, bool(reply[0]))

        def owned(owner: str | None) -> None:
            if owner is None:
                self._publish(self.there - {saver.name}, self.active - {saver.name})
            else:
                bus.ask(owner, saver.path, saver.name, "GetActive", reply=answered)

        return owned

    def _set(self, name: str, active: bool) -> None:
        self._publish(self.there | {name}, self.active | {name} if active else self.active - {name})

    def _publish(self, there: frozenset[str], active: frozenset[str]) -> None:
        changed = active != self.active
        self.there, self.active = there, active
        if changed:
            self._put(Stirred())
