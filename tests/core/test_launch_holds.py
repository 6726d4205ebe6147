"""A launch: the desktop tells of its holds a moment later, and nothing is shown before it has."""

import pytest

from deskbreak.core.events import Hold, StoodUp
from tests.workday import Workday, minutes

A_MOMENT = 1 / 60


def restarted(day: Workday, at: float) -> Workday:
    """The program ends, runs again a minute later, and does not know of any hold yet."""
    day.quits().rests(at)
    return day.senses(holds=frozenset()).starts_again()


def test_a_reminder_that_was_held_before_the_launch_is_held_after_it() -> None:
    day = restarted(Workday().works(20).is_shown(Hold.DND).works(40), 41)
    day.rests(41 + A_MOMENT).is_shown(Hold.DND).works(50)

    day.is_shown().works(51).saw("30:00 held", "50:05 reminder 1")


def test_a_reminder_that_is_due_at_the_launch_waits_for_the_desktop_to_tell() -> None:
    day = restarted(Workday().works(29.5), 31).rests(31 + A_MOMENT).is_shown(Hold.DND).works(40)

    day.is_shown().works(41).saw("31:01 held", "40:05 reminder 1")


@pytest.mark.parametrize("hold", [Hold.CALL, Hold.SHARING, Hold.FULLSCREEN, Hold.DND])
def test_a_second_reminder_that_is_due_at_the_launch_waits_for_any_hold(hold: Hold) -> None:
    day = restarted(Workday().works(47.5), 48.5).rests(48.5 + A_MOMENT).is_shown(hold).works(55).forgets()

    day.is_shown().works(56).saw("55:05 ignored", "55:05 reminder 1")


def test_a_standing_reminder_waits_as_well() -> None:
    day = Workday().works(10).says(StoodUp()).works(39.5)
    restarted(day, 41).rests(41 + A_MOMENT).is_shown(Hold.DND).works(45)

    assert day.prompts == []


def test_without_a_hold_it_comes_five_seconds_after_the_launch() -> None:
    day = restarted(Workday().works(20).is_shown(Hold.DND).works(40), 41).works(42)

    day.saw("30:00 held", "41:05 reminder 1")
    assert day.count == minutes(42)
