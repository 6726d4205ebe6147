"""Levels: what the next step asks for, and what brings a family back (selection.md 3.1)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from deskbreak.coach.exercise import Family, Level
from deskbreak.coach.levels import Condition, Standing, Step, What, levels_of, standings
from deskbreak.coach.library import packaged
from deskbreak.coach.sessions import Entry, LevelSet, Mastered, Now, Session, done
from deskbreak.core.events import Rating

KNOWN = packaged().known
FIRST = date(2026, 3, 2)
NOON = time(12, tzinfo=UTC)
HOUR = timedelta(hours=1)
BRIDGES = {Level.L101: "glute-bridge", Level.L202: "marching-bridge", Level.L303: "single-leg-bridge"}


def on(day: int) -> date:
    return FIRST + timedelta(days=day)


def noon(day: int) -> datetime:
    return datetime.combine(on(day), NOON)


def now(day: int) -> Now:
    return Now(noon(day), on(day))


def bridge(
    day: int, rating: Rating | None = Rating.EASY, level: Level = Level.L101, full: bool = True
) -> Session:
    return Session(BRIDGES[level], noon(day), on(day), full, rating)


def hurt(day: int) -> Session:
    return bridge(day, Rating.PAIN)


def accepted(day: int, level: Level, family: Family = Family.BRIDGE) -> LevelSet:
    return LevelSet(family, level, noon(day), on(day))


def passed(day: int) -> Mastered:
    return Mastered(Family.BRIDGE, noon(day), on(day))


def stands(entries: Iterable[Entry], day: int, family: Family = Family.BRIDGE) -> Standing:
    [found] = [each for each in standings(entries, KNOWN, now(day)) if each.family is family]
    return found


def asked(standing: Standing) -> dict[What, tuple[int, int]]:
    assert standing.next is not None
    return {each.what: (each.have, each.need) for each in standing.next.conditions}


SIX: tuple[Entry, ...] = tuple(bridge(day) for day in (0, 2, 4, 6, 8, 10))
NINE: tuple[Entry, ...] = tuple(bridge(day, level=Level.L202) for day in (11, 13, 15, 17, 19, 22, 25, 28, 32))
AT_202: tuple[Entry, ...] = (*SIX, accepted(10, Level.L202), *NINE, passed(32))


def test_everyone_starts_at_101_in_every_family() -> None:
    found = standings((), KNOWN, now(0))

    assert [each.family for each in found] == list(Family)
    assert {each.level for each in found} == {Level.L101}
    assert not any(each.offered for each in found)


def test_a_family_without_anything_harder_has_no_next_step() -> None:
    assert stands((), 0, Family.PUMP).next is None
    assert stands((), 0, Family.STAND).next is None
    assert not stands((), 0, Family.PUMP).offered
    assert stands((accepted(0, Level.L202, Family.WALK),), 0, Family.WALK).next is None


def test_six_easy_sessions_over_ten_days_make_202_an_offer_and_no_more() -> None:
    standing = stands(SIX, 10)

    assert asked(standing) == {
        What.SESSIONS: (6, 6),
        What.DAYS: (10, 10),
        What.EASY: (3, 3),
        What.PAIN_FREE: (7, 7),
    }
    assert standing.offered
    assert standing.level is Level.L101
    assert standing.next is not None
    assert standing.next.to is Level.L202


@pytest.mark.parametrize(
    ("entries", "short"),
    [
        (SIX[:-1], Condition(What.SESSIONS, 5, 6)),
        ((*SIX[1:], bridge(10)), Condition(What.DAYS, 8, 10)),
        ((*SIX[:-1], bridge(10, Rating.RIGHT)), Condition(What.EASY, 0, 3)),
        ((*SIX[:3], bridge(6, Rating.RIGHT), *SIX[4:]), Condition(What.EASY, 2, 3)),
        ((*SIX[:-1], bridge(10, None)), Condition(What.EASY, 0, 3)),
        ((*SIX, bridge(10, full=False)), Condition(What.EASY, 0, 3)),
        ((*SIX[:-1], replace(bridge(10), dose=timedelta(seconds=20))), Condition(What.SESSIONS, 5, 6)),
        ((*SIX[:-1], bridge(10, full=False), bridge(10, full=False)), Condition(What.SESSIONS, 5, 6)),
        ((*SIX, hurt(4)), Condition(What.PAIN_FREE, 6, 7)),
    ],
)
def test_with_one_condition_open_nothing_is_offered(entries: tuple[Entry, ...], short: Condition) -> None:
    standing = stands(entries, 10)
    assert standing.next is not None

    assert short in standing.next.conditions
    assert not short.met
    assert not standing.offered


def test_hard_doses_at_the_first_level_count_as_doses() -> None:
    entries = (*SIX[:3], *(bridge(day, Rating.HARD) for day in (6, 8, 10)))

    assert asked(stands(entries, 10))[What.SESSIONS] == (6, 6)
    assert asked(stands(entries, 10))[What.EASY] == (0, 3)


def test_the_next_level_begins_when_the_person_accepts_it() -> None:
    standing = stands((*SIX, accepted(10, Level.L202)), 10)

    assert standing.level is Level.L202
    assert asked(standing) == {
        What.SESSIONS: (0, 9),
        What.DAYS: (0, 21),
        What.EASY: (0, 3),
        What.PAIN_FREE: (14, 14),
        What.TEST: (0, 1),
    }


def test_nine_sessions_over_three_weeks_and_the_test_make_303_an_offer() -> None:
    assert stands(AT_202, 32).offered
    assert not stands(AT_202[:-1], 32).offered
    assert not stands([each for each in AT_202 if each is not NINE[4]], 32).offered
    assert asked(stands(AT_202, 32))[What.DAYS] == (21, 21)


def test_a_test_passed_at_an_earlier_level_does_not_count() -> None:
    entries = (*SIX, passed(9), accepted(10, Level.L202), *NINE)

    assert asked(stands(entries, 32))[What.TEST] == (0, 1)


def test_easier_sessions_do_not_count_for_the_level() -> None:
    entries = (*SIX, accepted(10, Level.L202), bridge(11), bridge(12))

    assert asked(stands(entries, 12))[What.SESSIONS] == (0, 9)


def test_at_303_there_is_nothing_further() -> None:
    standing = stands((*AT_202, accepted(32, Level.L303)), 33)

    assert standing.level is Level.L303
    assert standing.next is None


def test_a_family_without_a_test_needs_none() -> None:
    harder = replace(KNOWN["stairs"], id="stairs-by-two", level=Level.L303)
    entries = (accepted(0, Level.L202, Family.WALK),)
    [walk] = [
        each for each in standings(entries, KNOWN | {harder.id: harder}, now(1)) if each.family is Family.WALK
    ]

    assert What.TEST not in asked(walk)
    assert What.PAIN_FREE in asked(walk)


def test_pain_takes_the_family_back_a_level_at_once_and_rests_it_for_three_days() -> None:
    entries = (*AT_202, hurt(33))

    assert stands(entries, 33).level is Level.L101
    assert stands(entries, 33).rests_until == noon(36)
    assert stands(entries, 35).rests_until == noon(36)
    assert stands(entries, 36).rests_until is None
    assert stands(entries, 33, Family.HIP).rests_until is None


def test_pain_at_101_rests_the_family_and_what_was_done_still_counts() -> None:
    standing = stands((*SIX, hurt(10)), 12)

    assert standing.level is Level.L101
    assert asked(standing)[What.SESSIONS] == (6, 6)
    assert not standing.offered


def test_a_session_that_hurt_does_not_count() -> None:
    hurting = [*SIX[:-1], hurt(3)]

    assert asked(stands(hurting, 9))[What.SESSIONS] == (5, 6)
    assert asked(stands([*SIX, hurt(10)], 10))[What.EASY] == (0, 3)


def test_two_sessions_in_a_row_too_hard_take_it_back_a_level() -> None:
    hard: list[Entry] = [bridge(day, Rating.HARD, Level.L202) for day in (12, 13, 14)]
    start: tuple[Entry, ...] = (accepted(11, Level.L202),)

    assert stands((*start, *hard[:1]), 14).level is Level.L202
    assert stands((*start, hard[0], bridge(13, Rating.RIGHT), hard[2]), 14).level is Level.L202
    assert stands((*start, *hard[:2]), 14).level is Level.L101
    assert stands(hard, 14).level is Level.L101


def test_the_session_that_was_too_hard_does_not_count_for_the_level_below() -> None:
    hard = (bridge(day, Rating.HARD, Level.L303) for day in (1, 2))
    entries: tuple[Entry, ...] = (accepted(0, Level.L303), *hard)

    assert stands(entries, 2).level is Level.L202
    assert asked(stands(entries, 2))[What.SESSIONS] == (0, 9)


@pytest.mark.parametrize(
    ("day", "level"), [(13, Level.L303), (14, Level.L202), (27, Level.L202), (28, Level.L101)]
)
def test_weeks_without_the_family_bring_it_back(day: int, level: Level) -> None:
    entries = (accepted(0, Level.L303), bridge(0, level=Level.L303))

    assert stands(entries, day).level is level


def test_a_fortnight_costs_one_level_however_often_one_looks() -> None:
    entries = (accepted(0, Level.L303), bridge(20, level=Level.L202), bridge(21, level=Level.L202))

    assert stands(entries, 21).level is Level.L202
    assert stands(entries, 34).level is Level.L202
    assert asked(stands(entries, 21))[What.SESSIONS] == (2, 9)


def test_after_a_gap_the_count_for_the_next_step_begins_anew() -> None:
    entries = (*SIX, accepted(10, Level.L202), *NINE[:3])

    assert asked(stands(entries, 30))[What.SESSIONS] == (0, 6)
    assert stands(entries, 30).level is Level.L101


def test_after_a_month_without_it_what_was_done_at_101_does_not_count_either() -> None:
    assert stands(SIX, 37).offered
    assert asked(stands(SIX, 38))[What.SESSIONS] == (0, 6)


def test_a_level_may_be_set_by_hand_and_starts_the_fortnight_anew() -> None:
    entries = (bridge(0), accepted(20, Level.L303))

    assert stands(entries, 21).level is Level.L303


def test_a_level_set_again_after_it_was_lost_begins_anew() -> None:
    entries = (*SIX, accepted(10, Level.L202), *NINE[:3], accepted(30, Level.L202))

    assert stands(entries, 30).level is Level.L202
    assert asked(stands(entries, 30))[What.SESSIONS] == (0, 9)


def test_entries_count_in_the_order_of_their_moments_and_strange_ones_not_at_all() -> None:
    gone = Session("gone", noon(10), on(10), True, Rating.HARD)

    assert stands((*reversed(AT_202), gone), 32) == stands(AT_202, 32)


def test_the_choice_gets_the_sessions_as_times_ago() -> None:
    late = Session("glute-bridge", noon(3) - 9 * HOUR, on(2))
    ahead = Session("walk-break", noon(3) + HOUR, on(4))

    assert [(each.ago, each.days) for each in done((late, ahead), now(3))] == [
        (9 * HOUR, 1),
        (timedelta(), 0),
    ]


def test_a_person_can_be_at_the_first_level_and_at_those_that_the_family_has() -> None:
    known = packaged().known

    assert levels_of(Family.PUMP, known) == {Level.L101}
    assert levels_of(Family.BRIDGE, known) == set(Level)


def test_the_test_is_asked_for_on_the_step_to_303() -> None:
    first = Standing(Family.BRIDGE, Level.L101, Step(Level.L202, ()), None)
    second = Standing(Family.BRIDGE, Level.L202, Step(Level.L303, (Condition(What.TEST, 0, 1),)), None)
    top = Standing(Family.BRIDGE, Level.L303, None, None)

    assert [each.tested for each in (first, second, top)] == [False, True, False]
