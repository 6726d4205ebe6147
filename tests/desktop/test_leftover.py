"""The card that a killed launch left on the screen: taken away by the next one, and nobody else's card is."""

import os
import queue
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from deskbreak.core.commands import Urgency
from deskbreak.core.events import Delivered, Skipped
from deskbreak.desktop.freedesktop.leftover import Leftover
from deskbreak.desktop.freedesktop.notifications import Notices
from deskbreak.links.bus import Bus
from deskbreak.ports import Card, CardButton
from tests.desktop.noticeboards import BY_CALL, DISMISSED, FakeBoard
from tests.e2e.desk import Desk, until
from tests.e2e.parts import Part

BUS_ID = "0123456789abcdef0123456789abcdef"
SERVER = f"{BUS_ID} :1.2"


def card(number: int) -> Card:
    return Card(number, "31 min of sitting", "Glute bridge", (CardButton("Skip", Skipped()),), Urgency.NORMAL)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with Desk(tmp_path / "desk", {Part.BUS}) as bus_only:
        yield bus_only


@pytest.fixture
def board(desk: Desk) -> Iterator[FakeBoard]:
    fake = FakeBoard(desk.env["DBUS_SESSION_BUS_ADDRESS"], numbers=(41, 42))
    yield fake
    fake.close()


class Launch:
    """One launch of the program; it ends as one that is killed does, without a word to anybody."""

    def __init__(self, desk: Desk, bus: Bus) -> None:
        self.inbox: queue.SimpleQueue[object] = queue.SimpleQueue()
        self.notices = Notices(self.inbox.put, Leftover(desk.runtime / "deskbreak" / "card"))
        self.notices.joined(bus)

    def shows(self, number: int) -> None:
        self.notices.show(card(number))
        assert self.inbox.get(timeout=5) == Delivered(number)


@contextmanager
def launch(desk: Desk) -> Iterator[Launch]:
    bus = Bus(desk.env["DBUS_SESSION_BUS_ADDRESS"])
    yield Launch(desk, bus)
    bus.close()


def note(desk: Desk) -> Path:
    return desk.runtime / "deskbreak" / "card"


def test_the_next_launch_takes_the_card_away_before_it_shows_its_own(desk: Desk, board: FakeBoard) -> None:
    with launch(desk) as killed:
        killed.shows(1)
        noted = note(desk).read_text()
        mode = stat.S_IMODE(note(desk).stat().st_mode)

    with launch(desk) as again:
        again.shows(2)

        assert re.fullmatch(r"[0-9a-f]{32} :[0-9.]+ 41\n", noted)
        assert mode == 0o600
        assert board.gone == [(41, BY_CALL)]
        assert [each.replaces for each in board.notes] == [0, 0]
        assert note(desk).read_text().endswith(" 42\n")


@pytest.mark.parametrize("how", ["withdrawn", "dismissed", "pressed", "closed", "the server is gone"])
def test_a_card_that_is_gone_leaves_no_note(desk: Desk, board: FakeBoard, how: str) -> None:
    with launch(desk) as one:
        one.shows(1)
        assert note(desk).exists()

        match how:
            case "withdrawn":
                one.notices.withdraw(1)
            case "dismissed":
                board.say_closed(41, DISMISSED)
            case "pressed":
                board.press("Skip")
            case "closed":
                one.notices.close()
            case _:
                board.restart()

        until(lambda: not note(desk).exists(), "the note is gone")


def test_the_numbers_of_a_server_that_came_since_are_left_alone(desk: Desk, board: FakeBoard) -> None:
    with launch(desk) as killed:
        killed.shows(1)
    board.restart()

    with launch(desk) as again:
        again.shows(2)

        assert board.gone == []


def test_a_server_of_the_same_name_on_another_bus_is_another(desk: Desk, board: FakeBoard) -> None:
    with launch(desk) as killed:
        killed.shows(1)
    _bus, owner, number = note(desk).read_text().split()
    note(desk).write_text(f"{BUS_ID} {owner} {number}\n")

    with launch(desk) as again:
        again.shows(2)

        assert board.gone == []


@pytest.mark.parametrize(
    "garbled",
    [
        b"",
        b"41",
        f"{BUS_ID} :1.2 -1\n".encode(),
        f"{BUS_ID} :1.2 4294967296\n".encode(),
        f"{BUS_ID} org.example.Server 41\n".encode(),
        f"{BUS_ID} :1.2 41\n".encode() + b"x" * 10_000,
        b"\xff\x00" * 500,
        f"{BUS_ID} :1.2 \u0664\u0661\n".encode(),
    ],
)
def test_a_garbled_note_is_ignored_and_removed(tmp_path: Path, garbled: bytes) -> None:
    path = tmp_path / "card"
    path.write_bytes(garbled)

    assert Leftover(path).take(SERVER) is None
    assert not path.exists()


def test_a_link_a_pipe_or_a_folder_in_its_place_harms_nobody(tmp_path: Path) -> None:
    path, treasure = tmp_path / "card", tmp_path / "treasure"
    treasure.write_text("kept")
    path.symlink_to(treasure)

    assert Leftover(path).take(SERVER) is None
    assert not path.is_symlink()
    assert treasure.read_text() == "kept"
    os.mkfifo(path)
    assert Leftover(path).take(SERVER) is None
    assert not path.exists()
    path.mkdir()
    leftover = Leftover(path)
    assert leftover.take(SERVER) is None
    leftover.note(SERVER, 41)
    leftover.forget()
    assert path.is_dir()


def test_what_was_noted_is_taken_once(tmp_path: Path) -> None:
    Leftover(tmp_path / "run" / "card").note(SERVER, 41)

    later = Leftover(tmp_path / "run" / "card")

    assert later.take(SERVER) == 41
    assert later.take(SERVER) is None
