"""Which exercise a reminder names: rules.md section 5, "against habituation"."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deskbreak.coach.choose import EASIER_UP_TO, HEADLINE, Place, choose
from deskbreak.coach.library import by_id, library

PLACES = [
    Place(floor, discreet, desk)
    for floor in (True, False)
    for discreet in (True, False)
    for desk in (True, False)
]


def test_the_headline_moves_come_first() -> None:
    recent: list[str] = []
    for _ in HEADLINE:
        recent.append(choose(library(), Place(), recent, easier=False, standing=False).id)

    assert tuple(recent) == HEADLINE


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), st.booleans(), st.booleans()), min_size=3, max_size=60))
def test_any_three_consecutive_reminders_name_three_different_exercises(
    asked: list[tuple[Place, bool, bool]],
) -> None:
    recent: list[str] = []
    for place, easier, standing in asked:
        recent.append(choose(library(), place, recent, easier, standing).id)

        assert len(set(recent[-3:])) == len(recent[-3:])


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("standing", [True, False])
def test_only_what_suits_the_place_and_ends_the_sitting_is_suggested(place: Place, standing: bool) -> None:
    recent: list[str] = []
    for _ in range(2 * len(library())):
        exercise = choose(library(), place, recent, easier=False, standing=standing)
        recent.append(exercise.id)

        assert not exercise.seated
        assert place.floor or not exercise.needs_floor
        assert exercise.discreet or not place.discreet
        assert not exercise.switch or (place.standing_desk and not standing)


def test_an_easier_one_is_short_and_off_the_floor() -> None:
    recent: list[str] = []
    for _ in range(20):
        exercise = choose(library(), Place(), recent, easier=True, standing=False)
        recent.append(exercise.id)

        assert exercise.dose.total <= EASIER_UP_TO
        assert not exercise.needs_floor


def test_every_exercise_of_the_headline_is_in_the_library() -> None:
    assert set(HEADLINE) <= by_id().keys()
    assert len(by_id()) == len(library())
    assert all(exercise.dose.total.total_seconds() > 0 for exercise in library())
