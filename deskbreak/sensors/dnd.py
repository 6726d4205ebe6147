"""Notices do-not-disturb by the notification server's own word on the session bus; it is told, never polls.

Sources: dunst(1) "paused" (org.dunstproject.cmd0); Inhibited of org.freedesktop.Notifications (Plasma);
Modes of fr.emersion.Mako, mako(5) "MODES"; xfce4-notifyd's channel in org.xfce.Xfconf. An older mako
(Debian 12 has 1.7) tells nobody of a change and has only ListModes: it is asked whenever the loop reads.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from deskbreak.links.asked import Body, Reply
from deskbreak.links.bus import Bus, BusError, Signal
from deskbreak.ports import Put, Stirred
from deskbreak.sensors.account import Account, Serves
from deskbreak.words import _

_PROPERTIES = "org.freedesktop.DBus.Properties"
_NOTICES = "org.freedesktop.Notifications"
_NOTICES_PATH = "/org/freedesktop/Notifications"
_XFCONF = "org.xfce.Xfconf"
_XFCONF_PATH = "/org/xfce/Xfconf"
_XFCE_KEY = ("xfce4-notifyd", "/do-not-disturb")
_MAKO = "mako"
_MAKO_PATH = "/fr/emersion/Mako"
_MAKO_INTERFACE = "fr.emersion.Mako"
# mako leaves the name of the mode to its owner; these are the manual's and the usual short one.
_SILENT_MODES = frozenset({"do-not-disturb", "dnd"})


def _silent_modes(modes: object) -> bool:
    return isinstance(modes, list) and not _SILENT_MODES.isdisjoint(modes)


@dataclass(frozen=True, slots=True)
class _Word:
    """A property of a notification server, and whether its value means do-not-disturb."""

    server: str
    path: str
    interface: str
    property: str
    silent: Callable[[object], bool]


_WORDS = (
    _Word("dunst", _NOTICES_PATH, "org.dunstproject.cmd0", "paused", bool),
    _Word("freedesktop", _NOTICES_PATH, _NOTICES, "Inhibited", bool),
    _Word(_MAKO, _MAKO_PATH, _MAKO_INTERFACE, "Modes", _silent_modes),
)
_XFCE = "xfce4-notifyd"

_SERVERS = (*(word.server for word in _WORDS), _XFCE)


class DoNotDisturb:
    """`there` are the servers that tell, `silent` those that are silenced; published by the bus thread."""

    def __init__(self, put: Put) -> None:
        self.there: frozenset[str] = frozenset()
        self.silent: frozenset[str] = frozenset()
        self._put = put
        self._older_mako: Callable[[Reply], None] | None = None
        self._unanswered = False

    def joined(self, bus: Bus) -> None:
        """For `Rejoin.join` of the session bus."""
        bus.on_lost(self._lost)
        for word in _WORDS:
            bus.hear(
                interface=_PROPERTIES,
                member="PropertiesChanged",
                path=word.path,
                sender=_NOTICES,
                argument=word.interface,
                to=self._changed(word),
            )
        bus.hear(
            interface=_XFCONF,
            member="PropertyChanged",
            path=_XFCONF_PATH,
            sender=_XFCONF,
            argument=_XFCE_KEY[0],
            to=self._xfconf_changed,
        )
        bus.follow(_NOTICES, self._server_owned(bus))
        bus.follow(_XFCONF, self._xfconf_owned(bus))

    def accounts(self) -> tuple[Account, ...]:
        if not self.there:
            says = _("no notification server here tells of it ({names} do)").format(names=", ".join(_SERVERS))
            mend = _("deskbreak pause 1h, when you want quiet")
            return (Account("notification server", Serves.DND, False, says, mend),)
        return tuple(self._account(server) for server in sorted(self.there))

    def look(self) -> None:
        """For the loop: have a server asked that does not tell by itself; what it answers rings."""
        if self._older_mako is not None and not self._unanswered:
            self._list(self._older_mako)

    def _lost(self) -> None:
        self._older_mako = None
        self._forget(_SERVERS)

    def _account(self, server: str) -> Account:
        says = _("do-not-disturb on") if server in self.silent else _("do-not-disturb off")
        if server == _MAKO and self._older_mako is not None:
            says = _("{says}; this old mako has to be asked, once a minute at least").format(says=says)
        return Account(server, Serves.DND, True, says)

    def _server_owned(self, bus: Bus) -> Callable[[str | None], None]:
        def owned(owner: str | None) -> None:
            self._older_mako = None
            self._forget(tuple(word.server for word in _WORDS))
            for word in _WORDS if owner is not None else ():
                assert owner is not None
                body = (word.interface, word.property)
                bus.ask(
                    owner, word.path, _PROPERTIES, "Get", "ss", body, reply=self._answered(bus, owner, word)
                )

        return owned

    def _answered(self, bus: Bus, owner: str, word: _Word) -> Reply:
        def modes(reply: Reply) -> None:
            bus.ask(owner, _MAKO_PATH, _MAKO_INTERFACE, "ListModes", reply=reply)

        def answered(reply: Body | BusError) -> None:
            # A server is asked for every word; it refuses those of the others.
            if not isinstance(reply, BusError):
                self._set(word.server, word.silent(_value(reply[0])))
            elif word.server == _MAKO:
                self._list(modes)

        return answered

    def _list(self, modes: Callable[[Reply], None]) -> None:
        def listed(reply: Body | BusError) -> None:
            self._unanswered = False
            if not isinstance(reply, BusError):
                self._older_mako = modes
                self._set(_MAKO, _silent_modes(reply[0]))

        self._unanswered = True
        modes(listed)

    def _changed(self, word: _Word) -> Callable[[Signal], None]:
        def changed(signal: Signal) -> None:
            values = signal.body[1]
            assert isinstance(values, Mapping)
            if word.property in values:
                self._set(word.server, word.silent(_value(values[word.property])))

        return changed

    def _xfconf_owned(self, bus: Bus) -> Callable[[str | None], None]:
        def answered(reply: Body | BusError) -> None:
            # It knows no such key until it was set once.
            if not isinstance(reply, BusError):
                self._set(_XFCE, bool(_value(reply[0])))

        def owned(owner: str | None) -> None:
            self._forget((_XFCE,))
            if owner is not None:
                bus.ask(owner, _XFCONF_PATH, _XFCONF, "GetProperty", "ss", _XFCE_KEY, reply=answered)

        return owned

    def _xfconf_changed(self, signal: Signal) -> None:
        if signal.body[:2] == _XFCE_KEY:
            self._set(_XFCE, bool(_value(signal.body[2])))

    def _set(self, server: str, silent: bool) -> None:
        self._publish(self.there | {server}, self.silent | {server} if silent else self.silent - {server})

    def _forget(self, servers: tuple[str, ...]) -> None:
        self._publish(self.there - set(servers), self.silent - set(servers))

    def _publish(self, there: frozenset[str], silent: frozenset[str]) -> None:
        changed = (there, silent) != (self.there, self.silent)
        self.there, self.silent = there, silent
        if changed:
            self._put(Stirred())


def _value(variant: object) -> object:
    assert isinstance(variant, tuple)
    return variant[1]
