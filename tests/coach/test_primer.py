"""The minutes before a run: selection.md 3.5."""

from datetime import UTC, datetime, timedelta

import pytest

from deskbreak.coach.exercise import Family, Level
from deskbreak.coach.library import packaged
from deskbreak.coach.primer import Primer, appointment, id_of, kind, kind_of, length, primer
from deskbreak.coach.situation import Done, Person
from deskbreak.coach.slots import WALK, Kind

KNOWN = packaged().known
ALL = frozenset(KNOWN)
SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
BEGINNER = Person()
AT_202 = Person(levels=dict.fromkeys(Family, Level.L202))
AT_303 = Person(levels=dict.fromkeys(Family, Level.L303))


def made(
    which: Kind,
    lying: bool = True,
    person: Person = BEGINNER,
    tried: frozenset[str] = ALL,
    tempo: int = 180,
    today: tuple[Done, ...] = (),
) -> Primer:
    done = (*(Done(id_, 100 * HOUR, 4) for id_ in tried), *today)
    found = primer(which, lying, KNOWN, person, done, tempo)
    assert found is not None
    return found


def told(plan: Primer) -> list[tuple[str, float]]:
    return [(step.exercise, step.length.total_seconds()) for step in plan.steps]


def lasts(plan: Primer) -> timedelta:
    return sum((step.length + step.then for step in plan.steps), timedelta())


@pytest.mark.parametrize(
    ("sat", "which"),
    [
        (timedelta(), Kind.THREE_MINUTES),
        (3 * HOUR - SECOND, Kind.THREE_MINUTES),
        (3 * HOUR, Kind.SHORT),
        (6 * HOUR - SECOND, Kind.SHORT),
        (6 * HOUR, Kind.FULL),
    ],
)
def test_the_longer_the_day_in_the_chair_the_longer_the_primer(sat: timedelta, which: Kind) -> None:
    assert kind(sat) is which


def test_the_full_one_on_the_floor_takes_seven_minutes() -> None:
    plan = made(Kind.FULL, person=AT_303)

    assert told(plan) == [
        ("standing-march", 60),
        ("half-kneeling-flexor-stretch", 60),
        ("glute-bridge", 60),
        ("single-leg-bridge", 50),
        ("side-lying-abduction", 70),
        ("hip-hinge", 40),
        ("standing-alternating-squeeze", 60),
    ]
    assert plan.length == lasts(plan) == 7 * MINUTE
    assert [step.then / SECOND for step in plan.steps] == [3, 3, 3, 3, 4, 4, 0]


def test_the_person_gets_their_own_level_in_each_slot() -> None:
    at_202 = dict(told(made(Kind.FULL, person=AT_202)))
    beginner = [id_ for id_, _ in told(made(Kind.FULL))]

    assert {"half-kneeling-flexor-stretch", "marching-bridge", "alternating-squeeze"} <= at_202.keys()
    assert beginner == [
        "standing-march",
        "standing-flexor-stretch",
        "glute-bridge",
        "glute-bridge",
        "clamshell",
        "hip-hinge",
        "standing-squeeze",
    ]


def test_the_full_one_without_the_floor_takes_six_minutes() -> None:
    plan = made(Kind.FULL, lying=False, person=AT_303)

    assert told(plan) == [
        ("standing-march", 60),
        ("standing-flexor-stretch", 60),
        ("standing-squeeze", 50),
        ("standing-hip-extension", 60),
        ("standing-hip-abduction", 60),
        ("standing-alternating-squeeze", 60),
    ]
    assert plan.length == lasts(plan) == 6 * MINUTE


@pytest.mark.parametrize(
    ("lying", "third", "fourth"),
    [(True, "glute-bridge", "standing-hip-abduction"), (False, "standing-squeeze", "standing-hip-abduction")],
)
def test_the_short_one_takes_five_minutes_on_the_floor_or_off_it(
    lying: bool, third: str, fourth: str
) -> None:
    plan = made(Kind.SHORT, lying)

    assert told(plan) == [
        ("standing-march", 45),
        ("standing-flexor-stretch", 45),
        (third, 50),
        (fourth, 60),
        ("hip-hinge", 30),
        ("standing-squeeze", 60),
    ]
    assert plan.length == lasts(plan) == 5 * MINUTE


def test_three_minutes_are_a_march_a_stretch_and_the_rhythm() -> None:
    plan = made(Kind.THREE_MINUTES)

    assert told(plan) == [("standing-march", 60), ("standing-flexor-stretch", 45), ("standing-squeeze", 60)]
    assert plan.length == lasts(plan) == 3 * MINUTE


def test_stretches_are_held_25_seconds_a_side_and_20_in_the_shorter_ones() -> None:
    stretches = {which: made(which).steps[1] for which in Kind}

    assert all(step.per_side and step.reps == 1 for step in stretches.values())
    assert [step.hold / SECOND for step in stretches.values()] == [25, 20, 20]


def test_the_running_rhythm_climbs_every_15_seconds_to_where_the_person_is() -> None:
    def beats(tempo: int) -> list[tuple[int, float]]:
        last = made(Kind.FULL, person=AT_303, tempo=tempo).steps[-1]
        return [(beat.beats, beat.length / SECOND) for beat in last.beats]

    assert beats(180) == [(90, 15), (120, 15), (150, 15), (180, 15)]
    assert beats(120) == [(90, 15), (120, 15), (120, 15), (120, 15)]


def test_at_202_the_squeeze_goes_by_the_persons_own_beat() -> None:
    last = made(Kind.FULL, person=AT_202, tempo=60).steps[-1]

    assert [(beat.beats, beat.length / SECOND) for beat in last.beats] == [(60, 60)]


def test_below_that_it_has_no_beat() -> None:
    assert made(Kind.FULL).steps[-1].beats == ()


def test_nothing_new_is_in_it_and_what_is_missing_is_walked() -> None:
    tried = frozenset({"glute-bridge", "hip-hinge"})
    plan = made(Kind.FULL, tried=tried)

    assert told(plan) == [
        (WALK, 120),
        ("glute-bridge", 60),
        ("glute-bridge", 50),
        (WALK, 70),
        ("hip-hinge", 40),
        (WALK, 60),
    ]
    assert lasts(plan) == 7 * MINUTE


def test_for_one_who_has_done_nothing_yet_it_is_a_walk() -> None:
    plan = made(Kind.SHORT, tried=frozenset())

    assert told(plan) == [(WALK, 300)]


def test_who_may_not_walk_marches() -> None:
    person = Person(excluded=frozenset({WALK}))
    plan = made(Kind.THREE_MINUTES, person=person, tried=frozenset({"standing-march"}))

    assert told(plan) == [("standing-march", 180)]


def test_the_excluded_the_hidden_and_the_resting_are_not_in_it() -> None:
    person = Person(
        levels=AT_303.levels,
        resting=frozenset({Family.BRIDGE}),
        excluded=frozenset({"hip-hinge"}),
        hidden=frozenset({"standing-march"}),
    )
    ids = [id_ for id_, _ in told(made(Kind.FULL, person=person))]

    assert ids == [
        WALK,
        "half-kneeling-flexor-stretch",
        "standing-squeeze",
        "standing-squeeze",
        "side-lying-abduction",
        WALK,
        "standing-alternating-squeeze",
    ]


def test_what_the_day_has_had_enough_of_is_left_out() -> None:
    thrice = (Done("glute-bridge", HOUR, 0),) * 3
    hard = (Done("single-leg-hinge", 20 * HOUR, 1),)

    assert "glute-bridge" not in dict(told(made(Kind.SHORT, today=thrice)))
    assert "marching-bridge" in dict(told(made(Kind.SHORT, person=AT_303, today=hard)))


def test_where_nothing_at_all_is_left_there_is_none() -> None:
    assert primer(Kind.FULL, True, KNOWN, Person(excluded=ALL), (), 90) is None


def test_who_may_neither_walk_nor_march_gets_what_is_left_and_its_length() -> None:
    person = Person(excluded=frozenset({WALK, "standing-march"}))
    plan = made(Kind.SHORT, person=person, tried=frozenset({"standing-squeeze", "hip-hinge"}))

    assert told(plan) == [("standing-squeeze", 50), ("hip-hinge", 30), ("standing-squeeze", 60)]
    assert plan.length == lasts(plan) == 150 * SECOND

    alone = made(Kind.SHORT, person=person, tried=frozenset({"hip-hinge"}))

    assert told(alone) == [("hip-hinge", 30)]
    assert alone.length == lasts(alone)


@pytest.mark.parametrize(
    ("which", "lying", "minutes"),
    [
        (Kind.FULL, True, 7),
        (Kind.FULL, False, 6),
        (Kind.SHORT, True, 5),
        (Kind.THREE_MINUTES, False, 3),
    ],
)
def test_it_is_offered_its_length_and_five_minutes_before_the_run(
    which: Kind, lying: bool, minutes: int
) -> None:
    run_at = datetime(2026, 3, 2, 18, tzinfo=UTC)
    found = appointment(run_at, length(which, lying))

    assert found.offer_at == run_at - (minutes + 5) * MINUTE
    assert found.hush_from == found.offer_at - 20 * MINUTE
    assert found.expires_at == run_at


def test_a_primer_has_an_id_as_an_exercise_has() -> None:
    assert [kind_of(id_of(which)) for which in Kind] == list(Kind)
    assert kind_of("glute-bridge") is None
