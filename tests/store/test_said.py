"""Corrections in the log itself: whatever is said and taken back, every second of it is the last word's."""

from datetime import timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from deskbreak.core.commands import RecordBreak, RecordCorrection, Uncorrect
from deskbreak.core.postures import Posture
from deskbreak.store.database import IN_MEMORY, in_memory
from deskbreak.store.log import SqliteLog
from tests.fakes import FakeClock
from tests.store.diary import MONDAY, minutes, said, sat, stood, took_a_break, was_away

MORNING = (
    sat(0, 30),
    was_away(30, 42),
    RecordBreak(took_a_break(1, 30, 12)),
    sat(42, 90),
    stood(90, 100),
    sat(100, 180),
)
_TIMES = st.integers(0, 360).map(lambda n: n / 2)
WORDS = st.lists(
    st.tuples(_TIMES, _TIMES, st.sampled_from([p for p in Posture if p is not Posture.UNKNOWN])).map(
        lambda w: (min(w[:2]), max(w[:2]) + 0.5, w[2])
    ),
    min_size=1,
    max_size=6,
)


def a_log() -> SqliteLog:
    log = SqliteLog(in_memory(), IN_MEMORY, FakeClock().mark)
    log.add(*MORNING)
    return log


@settings(max_examples=40, deadline=None)
@given(WORDS, st.randoms(use_true_random=False))
def test_all_that_is_taken_back_in_any_order_was_never_said(
    words: list[tuple[float, float, Posture]], random: Random
) -> None:
    log, untouched = a_log(), a_log()
    before = tuple(untouched.lived(MONDAY, MONDAY)), untouched.days(MONDAY, MONDAY), untouched.day(MONDAY)

    log.add(*(RecordCorrection(said(*word)) for word in words))
    order = [each.correction for each in log.said()]
    random.shuffle(order)
    log.add(*map(Uncorrect, order))

    assert (tuple(log.lived(MONDAY, MONDAY)), log.days(MONDAY, MONDAY), log.day(MONDAY)) == before
    assert len(log.said()) == len(words)


@settings(max_examples=40, deadline=None)
@given(WORDS)
def test_every_moment_of_the_day_is_what_was_said_last_about_it(
    words: list[tuple[float, float, Posture]],
) -> None:
    log = a_log()
    judged = {row.began: row for row in log.lived(MONDAY, MONDAY)}

    log.add(*(RecordCorrection(said(*word)) for word in words))

    lived = tuple(log.lived(MONDAY, MONDAY))
    assert sum((row.length for row in lived), timedelta(0)) == minutes(180)
    for row in lived:
        told = [
            posture
            for start, end, posture in words
            if minutes(start) <= row.began and row.began < minutes(end)
        ]
        first = next(one for began, one in reversed(judged.items()) if began <= row.began)
        assert row.posture is (told[-1] if told else first.posture)
