"""What one notification server can do, and a card put in the way that this server shows best.

Desktop Notifications Specification 1.2, https://specifications.freedesktop.org/notification-spec/
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from deskbreak.coach.library import by_id
from deskbreak.core.commands import Urgency
from deskbreak.desktop.pictures import image_hint
from deskbreak.desktop.safe_text import body_text, one_line
from deskbreak.links.bus import Bus, BusError
from deskbreak.ports import Card
from deskbreak.words import _

_log = logging.getLogger(__name__)

NAME = "org.freedesktop.Notifications"
PATH = "/org/freedesktop/Notifications"
NOTIFY_SIGNATURE = "susssasa{sv}i"

# They know of buttons, but bring them to light only by a key, a command or a second menu.
_HIDE_BUTTONS = ("dunst", "mako")
_LONGEST = timedelta(milliseconds=2**31 - 1)


@dataclass(frozen=True, slots=True)
class Server:
    """The server's own name for itself, and its capabilities (section "Basic Design")."""

    program: str
    capabilities: frozenset[str]

    def notify_body(self, card: Card, replaces: object) -> tuple[object, ...]:
        """The arguments of Notify (section "Protocol"); `replaces`: the number of the card before, or 0."""
        pressable = "actions" in self.capabilities
        actions: list[str] = []
        for place, button in enumerate(card.buttons if pressable else ()):
            actions += [action_key(card, place), one_line(button.label)]
        urgency = card.urgency
        if self.program == "gnome-shell" and card.buttons:
            # GNOME shows the buttons of anything less for 4 s, and only under the pointer.
            urgency = Urgency.CRITICAL
        return (
            "deskbreak",
            replaces,
            "",
            one_line(card.title),
            body_text(
                card,
                buttons=pressable and self.program not in _HIDE_BUTTONS,
                markup="body-markup" in self.capabilities,
            ),
            actions,
            {
                "urgency": ("y", urgency.value),
                "desktop-entry": ("s", "deskbreak"),
                "suppress-sound": ("b", not card.sound),
                **_picture(card),
            },
            _milliseconds(card.lasts),
        )


def action_key(card: Card, place: int) -> str:
    """The name of a button; the card's number keeps a late press off the card that came instead."""
    return f"{card.number}-{place}"


def learn(bus: Bus, then: Callable[[Server | BusError], None]) -> None:
    """Ask the server what it is and can do; a desktop that starts one when asked will start it.

    `then` is called once, at the latest after twice the patience of `Bus.ask`.
    """

    def capable(answer: tuple[object, ...] | BusError) -> None:
        match answer:
            case BusError():
                then(answer)
            case (list(names),):
                able = frozenset(map(str, names))
                bus.ask(NAME, PATH, NAME, "GetServerInformation", reply=lambda told: named(able, told))
            case _:
                then(BusError(_("its answer makes no sense")))

    def named(able: frozenset[str], answer: tuple[object, ...] | BusError) -> None:
        program = "" if isinstance(answer, BusError) or not answer else str(answer[0])
        then(Server(program, able))

    bus.ask(NAME, PATH, NAME, "GetCapabilities", reply=capable)


def take_away(bus: Bus, number: int) -> None:
    """Have the server close the card that it gave this number (section "Protocol"); nothing is waited for."""

    def closed(answer: tuple[object, ...] | BusError) -> None:
        if isinstance(answer, BusError):
            _log.debug("a card was not taken away: %s", answer)

    bus.ask(NAME, PATH, NAME, "CloseNotification", "u", (number,), reply=closed)


def no_server() -> str:
    """What is missing where nobody shows cards, and what would mend it."""
    return _(
        "No notification server on this desktop: reminders appear in the menu and the terminal only; "
        "install dunst or xfce4-notifyd."
    )


def faulty_server(why: str) -> str:
    """What is wrong with one that does not do as it should, on one line, and what would mend it."""
    return _(
        "The notification server does not work ({why}): reminders appear in the menu and the terminal only; "
        "restart it."
    ).format(why=why)


def _picture(card: Card) -> dict[str, tuple[str, object]]:
    """Drawn when it is shown and not kept: in the message there is no file to tidy up or to find gone."""
    exercise = by_id().get(card.picture) if card.picture is not None else None
    image = image_hint(exercise) if exercise is not None else None
    return {} if image is None else {"image-data": ("(iiibiiay)", image)}


def _milliseconds(lasts: timedelta | None) -> int:
    if lasts is None:
        return -1
    # 0 would mean for ever.
    return max(1, min(lasts, _LONGEST) // timedelta(milliseconds=1))
