"""A bad, absent or hung notification server, or a lost bus, costs a reminder and nothing else."""

import queue
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from deskbreak.core.commands import Urgency
from deskbreak.core.events import Delivered, NotifierAppeared, Skipped, Snoozed, Started, Undelivered
from deskbreak.desktop.freedesktop.leftover import Leftover
from deskbreak.desktop.freedesktop.notifications import Notices
from deskbreak.links.bus import Bus, BusError
from deskbreak.links.rejoin import Rejoin
from deskbreak.ports import Card, CardButton
from tests.desktop.noticeboards import FakeBoard
from tests.e2e.desk import Desk, until
from tests.e2e.parts import Part

DAEMON = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")
BUTTONS = (CardButton("Start", Started()), CardButton("Skip", Skipped()))


def card(number: int) -> Card:
    return Card(number, "31 min of sitting", "Glute bridge", BUTTONS, Urgency.NORMAL)


class Caller:
    """Notices with an inbox, on a bus of their own."""

    def __init__(self, desk: Desk) -> None:
        self.inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
        self.notices = Notices(self.inbox.put, Leftover(desk.runtime / "card"))
        self.bus = Bus(desk.env["DBUS_SESSION_BUS_ADDRESS"])
        self.notices.joined(self.bus)

    def next(self) -> object:
        return self.inbox.get(timeout=6)

    def refused(self) -> Undelivered:
        outcome = self.next()
        assert isinstance(outcome, Undelivered)
        return outcome


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path / "desk", {Part.BUS}) as bus_only:
        yield bus_only


@pytest.fixture
def caller(desk: Desk) -> Iterator[Caller]:
    one = Caller(desk)
    yield one
    one.bus.close()


@pytest.fixture
def board(desk: Desk) -> Iterator[FakeBoard]:
    fake = FakeBoard(desk.env["DBUS_SESSION_BUS_ADDRESS"])
    yield fake
    fake.close()


def test_without_a_bus_it_is_said_what_is_missing_and_what_mends_it(tmp_path: Path) -> None:
    inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
    notices = Notices(inbox.put, Leftover(tmp_path / "card"))

    notices.show(card(1))
    notices.withdraw(1)

    outcome = inbox.get(timeout=1)
    assert isinstance(outcome, Undelivered)
    assert outcome.why == notices.missing()
    assert "No session bus" in outcome.why
    assert "start deskbreak inside a desktop session" in outcome.why


def test_without_a_server_it_is_said_what_is_missing_and_what_mends_it(caller: Caller) -> None:
    missing = caller.notices.missing()
    caller.notices.show(card(1))

    refused = caller.refused()
    assert missing is not None
    assert "install dunst or xfce4-notifyd" in missing
    assert (refused.number, refused.why) == (1, missing)


def test_a_server_that_appears_is_news_and_is_missing_no_more(caller: Caller, desk: Desk) -> None:
    caller.notices.show(card(1))
    caller.refused()

    board = FakeBoard(desk.env["DBUS_SESSION_BUS_ADDRESS"])

    assert caller.next() == NotifierAppeared()
    assert caller.notices.missing() is None
    caller.notices.show(card(2))
    assert caller.next() == Delivered(2)
    board.close()


def test_the_server_of_the_start_is_no_news(board: FakeBoard, desk: Desk) -> None:
    caller = Caller(desk)

    caller.notices.show(card(1))

    assert caller.next() == Delivered(1)
    caller.bus.close()


def test_a_server_that_is_started_by_the_bus_is_not_missing(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", ()) as desk:
        services = desk.folder / "services"
        services.mkdir()
        (services / "notices.service").write_text(
            "[D-BUS Service]\nName=org.freedesktop.Notifications\nExec=/bin/false\n"
        )
        config = desk.folder / "bus.conf"
        config.write_text(
            '<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"\n'
            ' "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">\n'
            f"<busconfig><type>session</type><listen>unix:path={desk.folder}/own</listen>"
            f"<servicedir>{services}</servicedir>"
            '<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/>'
            '<allow own="*"/></policy></busconfig>'
        )
        desk.launch("own", "dbus-daemon", f"--config-file={config}", "--nofork")
        until((desk.folder / "own").is_socket, "the bus listens")
        desk.env["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={desk.folder}/own"
        caller = Caller(desk)

        before = caller.notices.missing()
        caller.notices.show(card(1))

        assert before is None
        assert "install dunst" in caller.refused().why
        caller.bus.close()


def test_a_hundred_cards_for_a_hung_server_block_nobody_and_leave_nothing_behind(
    caller: Caller, board: FakeBoard
) -> None:
    assert caller.next() == NotifierAppeared()
    caller.notices.show(card(0))
    assert caller.next() == Delivered(0)
    board.hang(caller.bus)
    caller.bus.call(*DAEMON, "GetId")

    all_handed_over = threading.Event()

    def hand_over() -> None:
        for number in range(1, 101):
            caller.notices.show(card(number))
        all_handed_over.set()

    threading.Thread(target=hand_over).start()

    assert all_handed_over.wait(1)
    numbers = {caller.refused().number for _ in range(100)}
    assert numbers == set(range(1, 101))
    assert "does not work" in (caller.notices.missing() or "")
    board.wake()
    caller.notices.show(card(101))
    assert caller.next() == Delivered(101)
    assert caller.notices.missing() is None
    # The one that was under way when the server hung, and the newest: not a hundred at once.
    assert len(board.notes) <= 3


def test_a_refusing_server_is_named_with_its_reason(caller: Caller, board: FakeBoard) -> None:
    assert caller.next() == NotifierAppeared()
    board.refusal = BusError("too many\nnotifications", "org.freedesktop.Notifications.MaxReached")

    caller.notices.show(card(1))

    assert "too many notifications" in caller.refused().why
    board.refusal = None
    caller.notices.show(card(2))
    assert caller.next() == Delivered(2)


@pytest.mark.parametrize("number", [0, 2**32 - 1])
def test_odd_numbers_of_a_server_are_taken_as_they_are(desk: Desk, number: int) -> None:
    board = FakeBoard(desk.env["DBUS_SESSION_BUS_ADDRESS"], numbers=(number, number))
    caller = Caller(desk)
    caller.notices.show(card(1))
    assert caller.next() == Delivered(1)

    board.press("Start")

    assert caller.next() == Started()
    caller.notices.show(card(2))
    assert caller.next() == Delivered(2)
    assert board.notes[-1].replaces == 0
    caller.bus.close()
    board.close()


def test_fifty_restarts_leave_one_listener_and_no_old_number(caller: Caller, board: FakeBoard) -> None:
    assert caller.next() == NotifierAppeared()
    threads = threading.active_count()
    for number in range(50):
        caller.notices.show(card(number))
        assert caller.next() == Delivered(number)
        assert board.notes[-1].replaces == 0
        board.restart()
        assert caller.next() == NotifierAppeared()

    caller.notices.show(card(50))

    assert caller.next() == Delivered(50)
    assert threading.active_count() == threads


def test_presses_that_are_not_for_the_card_on_the_screen_do_nothing(
    caller: Caller, board: FakeBoard, desk: Desk
) -> None:
    assert caller.next() == NotifierAppeared()
    caller.notices.show(card(1))
    caller.notices.show(card(2))
    assert [caller.next(), caller.next()] == [Delivered(1), Delivered(2)]
    old, new = board.notes
    stranger = Bus(desk.env["DBUS_SESSION_BUS_ADDRESS"])

    board.say_pressed(new.number, old.keys["Start"])
    board.say_pressed(new.number + 1, new.keys["Start"])
    board.say_pressed(new.number, "default")
    board.say_closed(new.number + 1, 2)
    stranger.emit(
        "/org/freedesktop/Notifications",
        "org.freedesktop.Notifications",
        "ActionInvoked",
        "us",
        (new.number, new.keys["Start"]),
    )
    stranger.call(*DAEMON, "GetId")
    board.press("Skip")

    assert caller.next() == Skipped()
    assert caller.inbox.empty()
    stranger.close()


def test_a_card_withdrawn_on_its_way_is_taken_off_again(caller: Caller, board: FakeBoard) -> None:
    assert caller.next() == NotifierAppeared()
    caller.notices.show(card(1))
    assert caller.next() == Delivered(1)
    board.hang(caller.bus)
    caller.notices.show(card(2))
    caller.notices.withdraw(2)

    board.wake()

    assert caller.next() == Delivered(2)
    until(lambda: not board.showing(), "the card is off the screen")
    assert board.notes[-1].keys["Start"].startswith("2-")


def test_a_card_withdrawn_before_its_turn_is_never_sent(caller: Caller, board: FakeBoard) -> None:
    assert caller.next() == NotifierAppeared()
    caller.notices.show(card(1))
    assert caller.next() == Delivered(1)
    board.hang(caller.bus)
    for number in (2, 3):
        caller.notices.show(card(number))
    caller.notices.withdraw(3)

    board.wake()

    assert caller.next() == Delivered(2)
    caller.notices.show(card(4))
    assert caller.next() == Delivered(4)
    assert len(board.notes) == 3


def test_a_lost_bus_is_said_and_the_next_one_is_used(board: FakeBoard, desk: Desk) -> None:
    inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
    notices = Notices(inbox.put, Leftover(desk.runtime / "card"))
    owner = Rejoin(lambda: desk.env["DBUS_SESSION_BUS_ADDRESS"])
    owner.join(notices.joined)
    desk.stop(Part.BUS)
    until(lambda: "No session bus" in (notices.missing() or ""), "the loss is noticed")
    notices.show(card(1))
    refused = inbox.get(timeout=1)

    desk.start(Part.BUS)
    board.restart()

    assert isinstance(refused, Undelivered)
    assert "No session bus" in refused.why
    assert inbox.get(timeout=5) == NotifierAppeared()
    assert notices.missing() is None
    notices.show(card(2))
    assert inbox.get(timeout=5) == Delivered(2)
    owner.close()


def test_a_server_that_dies_of_a_card_costs_that_card(caller: Caller, board: FakeBoard) -> None:
    assert caller.next() == NotifierAppeared()
    caller.notices.show(card(1))
    assert caller.next() == Delivered(1)
    board.dies = True

    caller.notices.show(card(2))

    assert caller.refused().number == 2
    board.dies = False
    board.restart()
    assert caller.next() == NotifierAppeared()
    caller.notices.show(card(3))
    assert caller.next() == Delivered(3)


def test_a_server_that_can_do_nothing_at_all_still_shows_words(desk: Desk) -> None:
    board = FakeBoard(desk.env["DBUS_SESSION_BUS_ADDRESS"], capabilities=())
    caller = Caller(desk)

    caller.notices.show(replace(card(1), body=""))

    assert caller.next() == Delivered(1)
    assert board.notes[-1].title == "31 min of sitting"
    assert board.notes[-1].body == "In the tray menu: Start, Skip"
    caller.bus.close()
    board.close()


@pytest.mark.parametrize("answer", [("s", ("number one",)), ("", ()), ("uu", (1, 2))])
def test_an_answer_without_sense_is_no_delivery(
    caller: Caller, board: FakeBoard, answer: tuple[str, tuple[object, ...]]
) -> None:
    assert caller.next() == NotifierAppeared()
    board.answer = answer

    caller.notices.show(card(1))

    assert "makes no sense" in caller.refused().why
    board.answer = None
    caller.notices.show(card(2))
    assert caller.next() == Delivered(2)


def test_without_buttons_the_card_says_where_they_are(desk: Desk) -> None:
    board = FakeBoard(desk.env["DBUS_SESSION_BUS_ADDRESS"], capabilities=("body",))
    caller = Caller(desk)

    caller.notices.show(card(1))

    assert caller.next() == Delivered(1)
    assert board.notes[-1].keys == {}
    assert board.notes[-1].body == "Glute bridge\nIn the tray menu: Start, Skip"
    caller.bus.close()
    board.close()


@pytest.mark.parametrize(
    ("program", "buttons", "urgency"),
    [("gnome-shell", BUTTONS, 2), ("gnome-shell", (), 1), ("Plasma", BUTTONS, 1)],
)
def test_what_needs_an_answer_is_critical_where_it_would_fold_up_otherwise(
    desk: Desk, program: str, buttons: tuple[CardButton, ...], urgency: int
) -> None:
    board = FakeBoard(desk.env["DBUS_SESSION_BUS_ADDRESS"], program=program)
    caller = Caller(desk)

    caller.notices.show(replace(card(1), buttons=buttons))

    assert caller.next() == Delivered(1)
    assert (board.notes[-1].urgency, board.notes[-1].entry) == (urgency, "deskbreak")
    caller.bus.close()
    board.close()


@pytest.mark.parametrize(
    ("lasts", "timeout"),
    [(None, -1), (timedelta(0), 1), (timedelta(seconds=20), 20000), (timedelta(days=99999), 2**31 - 1)],
)
def test_how_long_a_card_lasts_is_told_in_milliseconds(
    desk: Desk, lasts: timedelta | None, timeout: int
) -> None:
    board = FakeBoard(desk.env["DBUS_SESSION_BUS_ADDRESS"])
    caller = Caller(desk)

    caller.notices.show(replace(card(1), lasts=lasts, buttons=(CardButton("Snooze", Snoozed()),)))

    assert caller.next() == Delivered(1)
    assert board.notes[-1].timeout == timeout
    caller.bus.close()
    board.close()
