"""Shows cards by the desktop's notification server, and puts what becomes of them into the inbox.

Desktop Notifications Specification 1.2, https://specifications.freedesktop.org/notification-spec/
"""

import logging
import threading
from dataclasses import dataclass

from deskbreak.core.events import Delivered, Dismissed, NotifierAppeared, Undelivered
from deskbreak.desktop.freedesktop.leftover import Leftover
from deskbreak.desktop.freedesktop.server import (
    NAME,
    NOTIFY_SIGNATURE,
    PATH,
    Server,
    action_key,
    faulty_server,
    learn,
    no_server,
    take_away,
)
from deskbreak.desktop.safe_text import one_line
from deskbreak.links.bus import Bus, BusError, Signal
from deskbreak.ports import Card, Put
from deskbreak.words import _

_log = logging.getLogger(__name__)

_DAEMON = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
_DISMISSED = 2
_NOBODY = ("org.freedesktop.DBus.Error.ServiceUnknown", "org.freedesktop.DBus.Error.Spawn.")

Answered = tuple[object, ...] | BusError


@dataclass(frozen=True, slots=True)
class _Shown:
    """The card that is on the screen, under the number that the server gave it."""

    card: Card
    number: int


class Notices:
    """One card at a time on the notification server of the session bus, whichever that is.

    Nothing here waits for the server: one that does not answer within 3 s has not shown the card. The
    bus and the server may come and go; `joined` is called with each new bus. What a launch that was killed
    left on the screen, by the note in `leftover`, is taken away before anything is shown.
    """

    def __init__(self, put: Put, leftover: Leftover) -> None:
        self._put = put
        self._leftover = leftover
        # The loop shows and withdraws, the bus thread answers: both for moments only.
        self._guard = threading.RLock()
        self._bus: Bus | None = None
        self._bus_id = ""
        self._owner: str | None = None
        self._activatable = False
        self._server: Server | None = None
        self._fault: str | None = None
        # Whether a server that appears now would be news: not the one that is there from the start.
        self._news = False
        self._sending: Card | None = None
        self._unwanted = False
        self._next: Card | None = None
        self._shown: _Shown | None = None

    def joined(self, bus: Bus) -> None:
        """Use this bus from now on; blocks for two answers of the bus itself. Raises BusError."""
        (bus_id,) = bus.call(*_DAEMON, "GetId")
        with self._guard:
            self._bus, self._bus_id, self._fault = bus, str(bus_id), None
        bus.on_lost(lambda: self._lost(bus))
        bus.hear(interface=NAME, member="ActionInvoked", path=PATH, to=self._pressed)
        bus.hear(interface=NAME, member="NotificationClosed", path=PATH, to=self._closed)
        bus.follow(NAME, self._owned)
        (names,) = bus.call(*_DAEMON, "ListActivatableNames")
        with self._guard:
            self._activatable = isinstance(names, list) and NAME in names

    def show(self, card: Card) -> None:
        """Show the card in place of the one before; `Delivered` or `Undelivered` follows."""
        with self._guard:
            if self._bus is None:
                self._undelivered(card, None)
            elif self._sending is not None:
                if self._next is not None:
                    self._put(Undelivered(self._next.number, _("a newer one came before it was shown")))
                self._next = card
            else:
                self._sending, self._unwanted = card, False
                if self._server is None:
                    learn(self._bus, self._learned_to_send)
                else:
                    self._send(self._bus, card, self._server)

    def withdraw(self, number: int) -> None:
        """Take the card off the screen if it is the one there, or on its way there."""
        with self._guard:
            if self._next is not None and self._next.number == number:
                self._next = None
            elif self._sending is not None and self._sending.number == number:
                self._unwanted = True
            elif self._shown is not None and self._shown.card.number == number:
                self._close()

    def close(self) -> None:
        """Take the card off the screen: nobody will hear its buttons any more."""
        with self._guard:
            self._next = None
            self._close()

    def missing(self) -> str | None:
        """One line: what is missing, what that means, what would mend it; None when all is there."""
        with self._guard:
            if self._bus is None:
                return _(
                    "No session bus: reminders appear in the menu and the terminal only; "
                    "start deskbreak inside a desktop session."
                )
            if self._owner is None and not self._activatable:
                return no_server()
            return self._fault

    def _owned(self, owner: str | None) -> None:
        with self._guard:
            self._owner, self._server = owner, None
            self._now_shown(None)
            left = self._leftover.take(f"{self._bus_id} {owner}")
            news, self._news = self._news, True
            if owner is None or self._bus is None:
                return
            if left is not None:
                # Before any card: a server gets its messages in their order.
                take_away(self._bus, left)
            self._fault = None
            if news:
                self._put(NotifierAppeared())
            learn(self._bus, self._learned)

    def _lost(self, bus: Bus) -> None:
        with self._guard:
            if self._bus is bus:
                self._bus = self._owner = self._server = None
                self._now_shown(None)
                self._news = True

    def _learned(self, server: Server | BusError) -> None:
        with self._guard:
            if isinstance(server, Server) and self._owner is not None:
                self._server = server

    def _learned_to_send(self, server: Server | BusError) -> None:
        with self._guard:
            self._learned(server)
            if self._sending is None or self._bus is None:
                return
            if isinstance(server, BusError):
                self._undelivered(self._sending, server)
                self._go_on()
            elif self._unwanted:
                self._go_on()
            else:
                self._send(self._bus, self._sending, server)

    def _send(self, bus: Bus, card: Card, server: Server) -> None:
        body = server.notify_body(card, self._shown.number if self._shown is not None else 0)
        owner = self._owner
        bus.ask(
            NAME,
            PATH,
            NAME,
            "Notify",
            NOTIFY_SIGNATURE,
            body,
            reply=lambda answer: self._notified(card, owner, answer),
        )

    def _notified(self, card: Card, owner: str | None, answer: Answered) -> None:
        with self._guard:
            match answer:
                case (int(number),):
                    # A server that went in the meantime took its numbers with it.
                    self._now_shown(_Shown(card, number) if self._owner == owner else None)
                    self._fault = None
                    self._put(Delivered(card.number))
                    if self._unwanted:
                        self._close()
                case BusError():
                    # It may hang: it is asked what it can do before it is trusted with a card again.
                    self._server = None
                    self._undelivered(card, answer)
                case _:
                    self._undelivered(card, BusError(_("its answer makes no sense")))
            self._go_on()

    def _go_on(self) -> None:
        self._sending = None
        waiting, self._next = self._next, None
        if waiting is not None:
            self.show(waiting)

    def _undelivered(self, card: Card, fault: BusError | None) -> None:
        self._news = True
        if fault is not None:
            nobody = fault.name.startswith(_NOBODY)
            self._fault = no_server() if nobody else faulty_server(one_line(str(fault)))
        why = self.missing() or ""
        _log.info("card %d was not shown: %s", card.number, why)
        self._put(Undelivered(card.number, why))

    def _pressed(self, signal: Signal) -> None:
        with self._guard:
            shown = self._shown
            if shown is None or not self._ours(signal, shown):
                return
            for place, button in enumerate(shown.card.buttons):
                if signal.body[1:] == (action_key(shown.card, place),):
                    self._put(button.choice)
                    # Not every server takes a card away when a button of it was pressed.
                    self._close()
                    return

    def _closed(self, signal: Signal) -> None:
        with self._guard:
            shown = self._shown
            if shown is None or not self._ours(signal, shown):
                return
            self._now_shown(None)
            if signal.body[1:] == (_DISMISSED,):
                self._put(Dismissed(shown.card.number))

    def _ours(self, signal: Signal, shown: _Shown) -> bool:
        return signal.sender == self._owner and signal.body[:1] == (shown.number,)

    def _close(self) -> None:
        shown = self._shown
        self._now_shown(None)
        if shown is not None and self._bus is not None:
            take_away(self._bus, shown.number)

    def _now_shown(self, shown: _Shown | None) -> None:
        self._shown = shown
        if shown is None or self._owner is None:
            self._leftover.forget()
        else:
            self._leftover.note(f"{self._bus_id} {self._owner}", shown.number)
