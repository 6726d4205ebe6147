"""The calendar, and the contract with the one underscore method of APScheduler that it rests on."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.schedulers import base
from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.date import DateTrigger

from deskbreak.core.events import Event, HoursBegan, HoursEnded, TomorrowCame
from deskbreak.daemon.agenda import Agenda
from deskbreak.ports import Stirred

NINE = datetime(2025, 6, 2, 9, tzinfo=UTC)
HOUR = timedelta(hours=1)


class Wall(datetime):
    """What the library takes for the wall clock."""

    reads = NINE

    @classmethod
    def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
        return cls.reads


class Inbox:
    def __init__(self) -> None:
        self.got: list[object] = []

    def put(self, something: object) -> None:
        self.got.append(something)

    def events(self) -> list[object]:
        return [one for one in self.got if not isinstance(one, Stirred)]


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> type[Wall]:
    monkeypatch.setattr(base, "datetime", Wall)
    Wall.reads = NINE
    return Wall


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def agenda(inbox: Inbox, wall: type[Wall]) -> Iterator[Agenda]:
    calendar = Agenda(inbox.put)
    calendar.start()
    yield calendar
    calendar.shutdown()


def appointment(at: datetime, event: Event) -> dict[str, tuple[datetime, Event]]:
    return {"hours": (at, event)}


def test_the_library_still_tells_how_long_to_wait(wall: type[Wall], inbox: Inbox, agenda: Agenda) -> None:
    # The contract with APScheduler 3.11: it runs what is due, and returns seconds or None.
    assert agenda._process_jobs() is None
    agenda.add_job(inbox.put, DateTrigger(NINE + HOUR, UTC), ("due",), id="one")

    assert agenda._process_jobs() == pytest.approx(3600, abs=1)
    wall.reads = NINE + HOUR

    assert agenda._process_jobs() is None
    assert inbox.events() == ["due"]
    assert BaseScheduler._process_jobs is Agenda._process_jobs


def test_an_appointment_is_put_when_it_is_due_and_once(
    wall: type[Wall], inbox: Inbox, agenda: Agenda
) -> None:
    agenda.arm(appointment(NINE + HOUR, HoursEnded()))

    assert agenda.due() == HOUR
    assert inbox.events() == []
    wall.reads = NINE + HOUR

    assert agenda.due() is None
    assert inbox.events() == [HoursEnded()]
    agenda.due()

    assert inbox.events() == [HoursEnded()]


def test_an_appointment_that_was_slept_through_is_kept_late_and_once(
    wall: type[Wall], inbox: Inbox, agenda: Agenda
) -> None:
    agenda.arm(appointment(NINE + HOUR, TomorrowCame()))
    wall.reads = NINE + 50 * HOUR
    agenda.due()
    agenda.due()

    assert inbox.events() == [TomorrowCame()]


def test_a_clock_set_back_keeps_no_appointment_twice(wall: type[Wall], inbox: Inbox, agenda: Agenda) -> None:
    appointments = appointment(NINE + HOUR, HoursEnded())
    agenda.arm(appointments)
    wall.reads = NINE + HOUR
    agenda.due()
    wall.reads = NINE
    agenda.arm(appointments)
    agenda.due()
    wall.reads = NINE + 2 * HOUR
    agenda.due()

    assert inbox.events() == [HoursEnded()]


def test_a_clock_set_back_before_the_appointment_puts_it_off(
    wall: type[Wall], inbox: Inbox, agenda: Agenda
) -> None:
    agenda.arm(appointment(NINE + HOUR, HoursEnded()))
    wall.reads = NINE - HOUR

    assert agenda.due() == 2 * HOUR
    assert inbox.events() == []


def test_arming_anew_replaces_and_removes(wall: type[Wall], inbox: Inbox, agenda: Agenda) -> None:
    agenda.arm(appointment(NINE + HOUR, HoursEnded()) | {"tomorrow": (NINE + HOUR, TomorrowCame())})
    agenda.arm(appointment(NINE + 2 * HOUR, HoursBegan()))
    wall.reads = NINE + HOUR
    agenda.due()

    assert inbox.events() == []
    wall.reads = NINE + 2 * HOUR
    agenda.due()

    assert inbox.events() == [HoursBegan()]
    agenda.arm({})

    assert agenda.due() is None


def test_what_changes_the_calendar_stirs_the_loop(inbox: Inbox, agenda: Agenda) -> None:
    inbox.got.clear()
    agenda.arm(appointment(NINE + HOUR, HoursEnded()))

    assert any(isinstance(one, Stirred) for one in inbox.got)
    inbox.got.clear()
    agenda.arm(appointment(NINE + HOUR, HoursEnded()))

    assert inbox.got == []
