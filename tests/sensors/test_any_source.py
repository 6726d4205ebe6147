"""One contract for every idle source, on the real desktops, and for their fake."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path

import pytest

from deskbreak.ports import Stirred
from deskbreak.sensors.account import Serves
from tests.e2e.desk import Desk, until
from tests.e2e.hands import KwinHands, SwayHands
from tests.e2e.parts import GNOME, KDE, LOGIN, Part
from tests.links.servers import server_without
from tests.sensors.seats import (
    FakeSeat,
    IdleHintSeat,
    MutterSeat,
    Seat,
    WaylandSeat,
    X11Seat,
    heard,
    typing_rings,
)

SOON = timedelta(milliseconds=300)


@pytest.fixture(params=["SYNC", "MIT-SCREEN-SAVER", "Mutter", "sway", "KWin", "IdleHint", "fake"])
def seat(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Seat]:
    with ExitStack() as standing:

        def desk(*parts: Part) -> Desk:
            return standing.enter_context(Desk(tmp_path / "desk", parts))

        taken: Seat
        match request.param:
            case "SYNC":
                screen = desk(Part.SCREEN)
                taken = X11Seat(screen)
            case "MIT-SCREEN-SAVER":
                screen = desk(Part.SCREEN)
                taken = X11Seat(screen, standing.enter_context(server_without(b"SYNC", screen.display)))
            case "Mutter":
                taken = MutterSeat(desk(*GNOME))
            case "sway":
                taken = WaylandSeat(desk(Part.SWAY), Part.SWAY, SwayHands)
            case "KWin":
                taken = WaylandSeat(desk(*KDE), Part.KWIN, KwinHands)
            case "IdleHint":
                taken = IdleHintSeat(desk(*LOGIN))
            case _:
                taken = FakeSeat()
        standing.callback(taken.leaves)
        yield taken


def test_quiet_grows_and_a_key_ends_it(seat: Seat) -> None:
    length = seat.knows + timedelta(seconds=1)
    seat.stays_quiet(length)
    before = seat.source.seconds()

    seat.types()

    assert before is not None
    assert before >= length.total_seconds()
    until(lambda: (seat.source.seconds() or 0) < 0.5, "the key is known", SOON)


def test_it_rings_at_the_next_input_when_asked(seat: Seat) -> None:
    seat.stays_quiet(timedelta(milliseconds=300))
    seat.source.listen(True)

    until(typing_rings(seat), "it rings once")


def test_typing_goes_unremarked_when_nobody_asked(seat: Seat) -> None:
    seat.source.listen(True)
    seat.source.listen(False)

    for _key in range(5):
        seat.types()
    seat.source.seconds()

    assert heard(seat.inbox) == []


def test_it_rings_once_and_again_only_when_asked_again(seat: Seat) -> None:
    seat.stays_quiet(timedelta(milliseconds=300))
    seat.source.listen(True)
    until(typing_rings(seat), "it rings once")
    seat.types()
    seat.types()
    assert heard(seat.inbox) == []

    seat.stays_quiet(timedelta(milliseconds=300))
    seat.source.listen(True)
    until(typing_rings(seat), "it rings again")


def test_its_account_is_of_the_last_input_and_once_it_is_lost_of_why(seat: Seat) -> None:
    seat.types()
    until(lambda: seat.source.seconds() is not None, "it says something")
    (there,) = seat.source.accounts()

    seat.loses_it()

    (gone,) = seat.source.accounts()
    assert (there.source, there.serves, there.used) == (seat.source.name, Serves.INPUT, True)
    assert there.says.startswith("last input ")
    assert not gone.used
    assert gone.says != ""


def test_a_lost_source_is_blind_and_says_nothing(seat: Seat) -> None:
    seat.loses_it()

    assert seat.source.blind
    assert seat.source.seconds() is None
    assert heard(seat.inbox) == [Stirred()]


def test_it_sees_and_rings_again_when_it_is_back(seat: Seat) -> None:
    seat.source.listen(True)
    seat.loses_it()

    seat.gets_it_back()
    assert seat.source.seconds() is not None
    until(lambda: heard(seat.inbox), "the return is told")
    seat.stays_quiet(timedelta(milliseconds=300))
    until(typing_rings(seat), "it rings as it was asked to before")
