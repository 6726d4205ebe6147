"""The last command taken back with all it did: rules.md section 4."""

import pytest

from deskbreak.core.commands import Told
from deskbreak.core.events import (
    Event,
    Finished,
    Hold,
    Paused,
    SaidHere,
    SatDown,
    Skipped,
    Snoozed,
    Started,
    StoodUp,
    TrackingStopped,
    Undid,
)
from deskbreak.core.postures import How, Posture
from tests.workday import IN_THE_CHAIR, Workday, minutes

COMMANDS: tuple[Event, ...] = (
    StoodUp(),
    SaidHere(),
    Started(),
    Started("walk-break"),
    Started(IN_THE_CHAIR),
    Snoozed(),
    Skipped(),
    Paused(minutes(60)),
    TrackingStopped(),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_undo_takes_the_last_command_back_with_all_it_did(command: Event) -> None:
    day = Workday().works(34)
    twin = Workday().works(34)
    day.says(command).works(34.5)

    assert day.view().undoable is not None
    day.says(Undid())

    assert day.told() is Told.UNDONE
    for one in (day, twin):
        one.works(60)
    assert (day.count, day.posture()) == (twin.count, twin.posture())
    assert [day.spent(posture) for posture in Posture] == [twin.spent(posture) for posture in Posture]
    assert day.log.breaks == twin.log.breaks
    assert [(p.level, p.outcome) for p in day.log.prompts.values()] == [
        (p.level, p.outcome) for p in twin.log.prompts.values()
    ]
    assert len(day.on_screen) == len(twin.on_screen) == 1


def test_undo_of_a_walk_makes_it_the_absence_it_was() -> None:
    day = Workday().works(20).locks().rests(30).unlocks().works(31).says(Finished()).says(Undid()).works(40)

    day.breaks("20:00 away 10:00")
    assert day.spent(Posture.AWAY) == minutes(10)
    assert day.count == minutes(10)


def test_undo_of_an_exercise_that_was_said_to_be_done_has_it_go_on() -> None:
    day = Workday().works(20).says(Started("walk-break")).works(21).says(Finished())
    day.says(Undid())

    day.breaks()
    assert day.count == minutes(21)
    assert day.log.exercises == []
    assert day.view().exercise == "walk-break"


def test_undo_leaves_what_was_done_at_the_very_moment_before() -> None:
    day = Workday().works(10).says(Started(IN_THE_CHAIR)).says(Finished()).says(StoodUp()).says(Undid())

    assert [row.exercise for row in day.log.exercises] == [IN_THE_CHAIR]


def test_undo_is_for_a_minute_and_for_once() -> None:
    day = Workday().works(10).says(StoodUp()).works(11.1).says(Undid())

    assert day.told() is Told.NOTHING_TO_UNDO
    assert day.posture() is Posture.STANDING
    day.says(Snoozed()).says(Undid()).says(Undid())

    assert day.told() is Told.NOTHING_TO_UNDO


def test_a_reminder_that_fell_due_under_a_pause_undone_comes_after_all() -> None:
    day = Workday().works(29.5).says(Paused(minutes(60))).rests(30.2).says(Undid()).rests(31)

    assert [p.kind.value for p in day.prompts] == ["reminder"]
    assert day.view().open is not None


def test_a_reminder_withdrawn_by_the_command_is_shown_again() -> None:
    day = Workday().works(34).says(Snoozed()).works(34.2).says(Undid()).works(35)

    assert day.on_screen == {1}
    assert day.log.prompts[1].outcome is None


def test_undo_shows_nothing_that_had_been_withdrawn_before() -> None:
    day = Workday().works(34).is_shown(Hold.DND).says(Snoozed()).says(Undid()).works(35)

    assert day.on_screen == set()
    assert day.log.prompts[1].outcome is None


def test_a_desk_that_repeats_itself_does_not_stand_in_the_way_of_undo() -> None:
    day = Workday().works(10).says(StoodUp()).works(20).says(SatDown()).works(20.3)
    day.look(StoodUp(How.DESK)).works(20.5)

    day.says(Undid())

    assert day.told() is Told.UNDONE
    assert day.posture() is Posture.STANDING
    assert day.works(30).view().stood == minutes(20)


def test_what_a_desk_says_is_no_command_that_could_be_taken_back() -> None:
    day = Workday().works(10).look(StoodUp(How.DESK)).works(10.5)

    assert day.view().undoable is None
    assert day.says(Undid()).told() is Told.NOTHING_TO_UNDO
    assert day.works(12).posture() is Posture.STANDING
