"""Notices that some program keeps the screen awake, by the word of the desktop's power management.

Most wlroots desktops have none; there a compositor that shows it is believed.
Sources: gnome-session, org.gnome.SessionManager (inhibit flag 8, idle); powerdevil, PolicyAgent (policy 4,
screen settings); freedesktop.org power management, org.freedesktop.PowerManagement.Inhibit.
"""

from collections.abc import Callable
from dataclasses import dataclass

from deskbreak.links.asked import Body
from deskbreak.links.bus import Bus, BusError, Signal
from deskbreak.ports import Put, Stirred
from deskbreak.sensors.account import Account, Serves
from deskbreak.words import _


@dataclass(frozen=True, slots=True)
class _Power:
    """Who is asked what, and the signals that tell that the answer may be another now."""

    name: str
    path: str
    interface: str
    question: str
    signature: str
    body: tuple[int, ...]
    signals: tuple[str, ...]


_GNOME = "org.gnome.SessionManager"
_PLASMA = "org.kde.Solid.PowerManagement.PolicyAgent"
_FREE = "org.freedesktop.PowerManagement"

# The first that answers is believed: the last one does not tell a screen kept awake from a machine.
_POWERS = (
    _Power(
        _GNOME,
        "/org/gnome/SessionManager",
        _GNOME,
        "IsInhibited",
        "u",
        (8,),
        ("InhibitorAdded", "InhibitorRemoved"),
    ),
    _Power(
        _PLASMA,
        "/org/kde/Solid/PowerManagement/PolicyAgent",
        _PLASMA,
        "HasInhibition",
        "u",
        (4,),
        ("InhibitionsChanged",),
    ),
    _Power(
        _FREE,
        "/org/freedesktop/PowerManagement/Inhibit",
        f"{_FREE}.Inhibit",
        "HasInhibit",
        "",
        (),
        ("HasInhibitChanged",),
    ),
)


class Inhibitors:
    """Who is there to tell, and what they tell; `compositor` tells the same, or None: it does not."""

    def __init__(self, put: Put, compositor: Callable[[], bool | None] = lambda: None) -> None:
        self._compositor = compositor
        self._awake = False
        self._said: dict[_Power, bool] = {}
        self._put = put

    @property
    def awake(self) -> bool:
        """Whether the screen is kept awake, as far as anybody tells."""
        return self._awake or bool(self._compositor())

    def joined(self, bus: Bus) -> None:
        """For `Rejoin.join` of the session bus."""
        bus.on_lost(lambda: self._learn({}))
        for power in _POWERS:
            for member in power.signals:
                bus.hear(
                    interface=power.interface,
                    member=member,
                    path=power.path,
                    sender=power.name,
                    to=self._changed(bus, power),
                )
            bus.follow(power.name, self._owned(bus, power))

    def accounts(self) -> tuple[Account, ...]:
        used = next((power.name for power in _POWERS if power in self._said), None)
        if used is None and self._compositor() is not None:
            used = _("the compositor")
        if used is None:
            tried = ", ".join(power.name for power in _POWERS)
            says = _("nobody tells whether the screen is kept awake (tried {names})").format(names=tried)
            mend = _("start a power manager (xfce4-power-manager); until then no film counts")
            return (Account("screen awake", Serves.MEDIA, False, says, mend),)
        says = _("something keeps it awake") if self.awake else _("nothing keeps it awake")
        return (Account("screen awake", Serves.MEDIA, True, f"{says} ({used})"),)

    def _owned(self, bus: Bus, power: _Power) -> Callable[[str | None], None]:
        def owned(owner: str | None) -> None:
            self._learn({each: said for each, said in self._said.items() if each != power})
            if owner is not None:
                self._ask(bus, power, owner)

        return owned

    def _changed(self, bus: Bus, power: _Power) -> Callable[[Signal], None]:
        return lambda signal: self._ask(bus, power, signal.sender)

    def _ask(self, bus: Bus, power: _Power, owner: str) -> None:
        def answered(reply: Body | BusError) -> None:
            if not isinstance(reply, BusError):
                self._learn(self._said | {power: bool(reply[0])})

        bus.ask(
            owner, power.path, power.interface, power.question, power.signature, power.body, reply=answered
        )

    def _learn(self, said: dict[_Power, bool]) -> None:
        changed = said != self._said
        self._said = said
        self._awake = next((said[power] for power in _POWERS if power in said), False)
        if changed:
            self._put(Stirred())
