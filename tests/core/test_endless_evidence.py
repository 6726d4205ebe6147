"""Programs that claim for a whole day what is true for an hour: rules.md sections 3 and 5, told as days."""

import pytest

from deskbreak.core.events import Hold
from deskbreak.core.postures import Posture
from deskbreak.links.pulse import Recording
from deskbreak.sensors.calls import at_microphone
from deskbreak.sensors.programs import any_but
from tests.workday import Workday, minutes

VOICE = Recording({"application.process.binary": "dictation"}, corked=False, meter=False, monitor=False)
TEN_HOURS = 600


def with_a_voice_program(*ignored: str) -> Workday:
    """A day on which a program has the microphone from the first minute to the last."""
    talks = any_but(ignored, at_microphone((VOICE,)))
    return Workday().senses(call=talks, holds=frozenset({Hold.CALL}) if talks else frozenset())


def test_a_microphone_held_all_day_holds_for_90_minutes_and_then_gives_one_soft_prompt() -> None:
    day = with_a_voice_program().works(TEN_HOURS)

    day.saw("30:00 held", "90:00 reminder 1", "105:00 held")
    assert day.view().hold is Hold.CALL


def test_a_microphone_held_all_day_is_nobody_two_hours_after_the_last_proof() -> None:
    day = with_a_voice_program().works(20).rests(TEN_HOURS)

    assert day.posture() is Posture.AWAY
    assert day.spent(Posture.SITTING) == minutes(20 + 120)
    assert day.spent(Posture.AWAY) == minutes(TEN_HOURS - 140)
    day.breaks("140:00 away 5:00")


def test_the_day_after_the_return_begins_anew_although_the_microphone_is_still_held() -> None:
    day = with_a_voice_program().works(20).rests(200).works(260)

    assert day.count == minutes(60)
    assert day.spent(Posture.AWAY) == minutes(60)


def test_who_names_the_program_is_reminded_and_missed_as_on_any_other_day() -> None:
    day = with_a_voice_program("Dictation").works(40)

    day.saw("33:00 reminder 1")
    assert day.view().hold is None
    day.forgets().rests(60).works(70)

    day.breaks("40:00 away 20:00")
    assert day.spent(Posture.SITTING) == minutes(50)


@pytest.mark.parametrize("works_until", [10, 300])
def test_a_player_that_plays_for_ten_hours_is_nobody_after_two(works_until: float) -> None:
    day = Workday().senses(media=True).works(works_until).rests(works_until + TEN_HOURS)

    assert day.posture() is Posture.AWAY
    assert day.spent(Posture.SITTING) == minutes(works_until + 120)


def test_a_player_that_plays_for_ten_hours_silences_nothing() -> None:
    Workday().senses(media=True).works(65).saw(
        "33:00 reminder 1", "48:00 ignored", "48:00 reminder 2", "63:00 ignored", "63:00 reminder 3"
    )


def test_two_programs_that_claim_in_turn_are_no_more_than_one() -> None:
    day = Workday().works(10).senses(call=True).rests(70).senses(call=False, media=True).rests(TEN_HOURS)

    assert day.spent(Posture.SITTING) == minutes(10 + 120)
    assert day.posture() is Posture.AWAY


def test_a_bumped_mouse_in_the_ninth_hour_gives_the_player_no_new_life() -> None:
    day = Workday().works(10).senses(media=True).rests(540).bumps_the_mouse().rests(TEN_HOURS)

    assert day.posture() is Posture.AWAY
    assert day.spent(Posture.SITTING) == minutes(10 + 120)
