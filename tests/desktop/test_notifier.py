"""Cards on real notification servers and on a fake one: the same stories on each of them."""

import queue
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest

from deskbreak.core.commands import Urgency
from deskbreak.core.events import Delivered, Dismissed, NotifierAppeared, Skipped, Snoozed, Started
from deskbreak.desktop.freedesktop.leftover import Leftover
from deskbreak.desktop.freedesktop.notifications import Notices
from deskbreak.desktop.notifier import PlyerNotifier
from deskbreak.links.bus import Bus
from deskbreak.ports import Card, CardButton
from tests.desktop.noticeboards import Board, DunstBoard, FakeBoard, XfceBoard, desk_for
from tests.e2e.desk import Desk, until

BUTTONS = (
    CardButton("Start", Started()),
    CardButton("Snooze 10 min", Snoozed()),
    CardButton("Skip", Skipped()),
)


def card(number: int, title: str = "31 min of sitting", lasts: timedelta | None = None) -> Card:
    return Card(number, title, "Glute bridge, 12 times, 2 min", BUTTONS, Urgency.NORMAL, lasts)


class Room:
    """A board on the wall, the notifier that pins cards to it, and the inbox for what becomes of them."""

    def __init__(self, desk: Desk, board: Board, bus: Bus) -> None:
        self.desk = desk
        self.board = board
        self.bus = bus
        self.inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
        self.notices = Notices(self.inbox.put, Leftover(desk.runtime / "card"))
        self.notices.joined(bus)
        self.notifier = PlyerNotifier(self.inbox.put, self.notices)

    def next(self) -> object:
        return self.inbox.get(timeout=6)

    def settled(self) -> bool:
        """Whether nothing more has come, once all that the server had said has been heard."""
        until(lambda: not self.board.showing(), "the card is off the screen")
        self.bus.call("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "GetId")
        return self.inbox.empty()


@contextmanager
def board_on(kind: str, desk: Desk) -> Iterator[Board]:
    match kind:
        case "dunst":
            yield DunstBoard(desk)
        case "xfce4-notifyd":
            yield XfceBoard(desk)
        case _:
            fake = FakeBoard(desk.env["DBUS_SESSION_BUS_ADDRESS"])
            yield fake
            fake.close()


@pytest.fixture(params=["fake", "dunst", "xfce4-notifyd"])
def room(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Room]:
    with desk_for(request.param, tmp_path / "desk") as desk, board_on(request.param, desk) as board:
        bus = Bus(board.address)
        yield Room(desk, board, bus)
        bus.close()


def test_a_card_is_delivered(room: Room) -> None:
    room.notifier.show(card(7))

    assert room.next() == Delivered(7)
    assert room.notifier.missing() is None
    until(room.board.showing, "the card is on the screen")


@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.label)
def test_a_pressed_button_reaches_the_inbox_and_takes_the_card_away(room: Room, button: CardButton) -> None:
    room.notifier.show(card(7))
    assert room.next() == Delivered(7)
    until(room.board.showing, "the card is on the screen")

    room.board.press(button.label)

    assert room.next() == button.choice
    assert room.settled()


def test_a_card_that_the_person_closes_is_dismissed(room: Room) -> None:
    room.notifier.show(card(7))
    assert room.next() == Delivered(7)
    until(room.board.showing, "the card is on the screen")

    room.board.dismiss()

    assert room.next() == Dismissed(7)
    assert room.settled()


def test_a_withdrawn_card_goes_without_a_word(room: Room) -> None:
    room.notifier.show(card(7))
    assert room.next() == Delivered(7)
    until(room.board.showing, "the card is on the screen")

    room.notifier.withdraw(6)
    room.notifier.withdraw(7)

    assert room.settled()


def test_no_card_is_left_behind_when_the_program_ends(room: Room) -> None:
    room.notifier.show(card(7))
    assert room.next() == Delivered(7)
    until(room.board.showing, "the card is on the screen")

    room.notifier.close()
    room.bus.close()

    until(lambda: not room.board.showing(), "the card is off the screen")
    assert room.inbox.empty()


def test_a_card_whose_time_is_over_goes_without_a_word(room: Room) -> None:
    room.notifier.show(card(7, lasts=timedelta(seconds=1)))
    assert room.next() == Delivered(7)

    if isinstance(room.board, FakeBoard):
        assert room.board.notes[-1].timeout == 1000
        room.board.expire()

    assert room.settled()


def test_a_new_card_takes_the_place_of_the_old_one(room: Room) -> None:
    room.notifier.show(card(7))
    room.notifier.show(card(8))
    assert [room.next(), room.next()] == [Delivered(7), Delivered(8)]
    until(room.board.showing, "the card is on the screen")

    room.board.press("Skip")

    assert room.next() == Skipped()
    assert room.settled()


def test_a_server_that_comes_back_is_news_and_shows_the_next_card(room: Room) -> None:
    room.notifier.show(card(7))
    assert room.next() == Delivered(7)

    room.board.restart()
    back = room.next()
    room.notifier.show(card(8))

    assert back == NotifierAppeared()
    assert room.next() == Delivered(8)
    until(room.board.showing, "the card is on the screen")
    room.board.press("Start")
    assert room.next() == Started()
