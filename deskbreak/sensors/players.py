"""Notices which media players are playing, by their own word on the session bus.

Source: MPRIS D-Bus Interface Specification 2.2, org.mpris.MediaPlayer2.Player, PlaybackStatus.
"""

from collections.abc import Callable, Mapping

from deskbreak.links.asked import Body
from deskbreak.links.bus import DAEMON, Bus, BusError, Signal
from deskbreak.ports import Put, Stirred
from deskbreak.sensors.account import Account, Serves
from deskbreak.words import _

_DAEMON_PATH = "/org/freedesktop/DBus"
_PROPERTIES = "org.freedesktop.DBus.Properties"
_PLAYERS = "org.mpris.MediaPlayer2"
_PATH = "/org/mpris/MediaPlayer2"
_PLAYER = "org.mpris.MediaPlayer2.Player"
_STATUS = "PlaybackStatus"


class Players:
    """`playing` are the unique names of those that play; published by the bus thread."""

    def __init__(self, put: Put) -> None:
        self.playing: frozenset[str] = frozenset()
        self._put = put
        self._bus: Bus | None = None

    def joined(self, bus: Bus) -> None:
        """For `Rejoin.join` of the session bus."""
        self._bus = bus
        bus.on_lost(self._lost)
        bus.hear(
            interface=_PROPERTIES, member="PropertiesChanged", path=_PATH, argument=_PLAYER, to=self._changed
        )
        bus.hear(
            interface=DAEMON,
            member="NameOwnerChanged",
            sender=DAEMON,
            namespace=_PLAYERS,
            to=lambda signal: self._owned(bus, str(signal.body[1]), str(signal.body[2])),
        )
        bus.ask(DAEMON, _DAEMON_PATH, DAEMON, "ListNames", reply=self._listed(bus))

    def accounts(self) -> tuple[Account, ...]:
        if self._bus is None:
            return (Account("players", Serves.MEDIA, False, _("there is no session bus")),)
        says = _("one plays") if self.playing else _("none plays")
        return (Account("players", Serves.MEDIA, True, says),)

    def _lost(self) -> None:
        self._bus = None
        self._publish(frozenset())

    def _listed(self, bus: Bus) -> Callable[[Body | BusError], None]:
        def owner_found(reply: Body | BusError) -> None:
            if not isinstance(reply, BusError):
                self._owned(bus, "", str(reply[0]))

        def listed(reply: Body | BusError) -> None:
            names = [] if isinstance(reply, BusError) else reply[0]
            assert isinstance(names, list)
            for name in names:
                if str(name).startswith(f"{_PLAYERS}."):
                    bus.ask(DAEMON, _DAEMON_PATH, DAEMON, "GetNameOwner", "s", (name,), reply=owner_found)

        return listed

    def _owned(self, bus: Bus, before: str, now: str) -> None:
        def answered(reply: Body | BusError) -> None:
            if not isinstance(reply, BusError):
                self._set(now, reply[0])

        self._publish(self.playing - {before})
        if now:
            # Who begins to play as it appears may say nothing of it.
            bus.ask(now, _PATH, _PROPERTIES, "Get", "ss", (_PLAYER, _STATUS), reply=answered)

    def _changed(self, signal: Signal) -> None:
        values = signal.body[1]
        assert isinstance(values, Mapping)
        if _STATUS in values:
            self._set(signal.sender, values[_STATUS])

    def _set(self, player: str, status: object) -> None:
        assert isinstance(status, tuple)
        playing = status[1] == "Playing"
        self._publish(self.playing | {player} if playing else self.playing - {player})

    def _publish(self, playing: frozenset[str]) -> None:
        changed = bool(playing) != bool(self.playing)
        self.playing = playing
        if changed:
            self._put(Stirred())
