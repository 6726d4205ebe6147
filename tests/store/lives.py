"""Logs of any content, for the laws: drawn by Hypothesis, written the way that the program writes."""

from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import strategies as st

from deskbreak.coach.exercise import Family, Level
from deskbreak.coach.sessions import LevelSet, Mastered
from deskbreak.core.commands import (
    Decision,
    ExerciseRow,
    Outcome,
    PromptKind,
    PromptRow,
    Record,
    RecordBreak,
    RecordCorrection,
    RecordExercise,
    RecordPrompt,
    Rule,
    Uncorrect,
)
from deskbreak.core.events import Hold, Rating
from deskbreak.core.postures import Break, BreakKind, Correction, How, Posture, Row
from deskbreak.ports import Recorded

MONDAY = date(2025, 6, 2)
NINE = datetime(2025, 6, 2, 9, tzinfo=UTC)

offsets = st.sampled_from([timedelta(hours=2), timedelta(), -timedelta(hours=9, minutes=30)])
milliseconds = st.integers(0, 7_200_000).map(lambda count: timedelta(milliseconds=count))
moments = milliseconds.map(lambda after: NINE + after)
days = st.integers(-2, 2).map(lambda by: MONDAY + timedelta(days=by))
ids = st.sampled_from(["glute-bridge", "hip-hinge", "my-own-stretch"])


@st.composite
def stretches(draw: st.DrawFn) -> list[Recorded]:
    """Without overlap on the elapsed clock; with gaps, and a wall clock that is set now and then."""
    found: list[Recorded] = []
    elapsed, wall = draw(milliseconds), NINE
    for length, gap, step in draw(
        st.lists(
            st.tuples(milliseconds, st.sampled_from([0, 0, 7]), st.sampled_from([0, 0, -60])), max_size=6
        )
    ):
        elapsed, wall = elapsed + timedelta(minutes=gap), wall + timedelta(minutes=gap + step)
        end = wall + length
        posture, how = draw(st.sampled_from(Posture)), draw(st.sampled_from(How))
        found.append(Record(Row(elapsed, length, wall, end, draw(offsets), draw(days), posture, how)))
        elapsed, wall = elapsed + length, end
    return found


breaks = st.builds(
    Break, st.integers(1, 5), st.sampled_from(BreakKind), milliseconds, milliseconds, moments, offsets, days
)
decisions = st.builds(
    Decision,
    st.sampled_from(Rule),
    milliseconds,
    milliseconds,
    st.none() | milliseconds,
    milliseconds,
    st.lists(st.sampled_from(Hold), max_size=2, unique=True).map(tuple),
)
prompts = st.builds(
    PromptRow,
    st.integers(1, 5),
    st.sampled_from(PromptKind),
    st.integers(0, 3),
    st.none() | ids,
    moments,
    offsets,
    st.none() | decisions,
    st.none() | st.sampled_from(Outcome),
    st.none() | moments,
)
exercises = st.builds(
    ExerciseRow,
    st.integers(1, 5),
    ids,
    moments,
    offsets,
    milliseconds,
    milliseconds,
    st.booleans(),
    st.none() | st.sampled_from(Rating),
)
corrections = st.builds(
    Correction,
    milliseconds,
    milliseconds,
    moments,
    offsets,
    st.sampled_from(Posture),
    moments,
    st.none() | st.just("am Telefon, zum Fenster hinaus: ☕"),
)
local = st.tuples(moments, offsets).map(lambda pair: pair[0].astimezone(timezone(pair[1])))
levels = st.builds(LevelSet, st.sampled_from(Family), st.sampled_from(Level), local, days) | st.builds(
    Mastered, st.sampled_from(Family), local, days
)


@st.composite
def lives(draw: st.DrawFn) -> tuple[Recorded, ...]:
    """What a log is written from, in an order that the program may write it in."""
    said = draw(st.lists(corrections, max_size=3, unique_by=lambda c: (c.began, c.length, c.said_at)))
    undone: list[Recorded] = []
    with suppress(IndexError):
        undone = [Uncorrect(said[draw(st.integers(0, 3))])]
    return (
        *draw(stretches()),
        *(RecordBreak(each) for each in draw(st.lists(breaks, max_size=3, unique_by=lambda b: b.began))),
        *(RecordPrompt(each) for each in draw(st.lists(prompts, max_size=3, unique_by=lambda p: p.at))),
        *(
            RecordExercise(each)
            for each in draw(st.lists(exercises, max_size=3, unique_by=lambda e: e.start_at))
        ),
        *(RecordCorrection(each) for each in sorted(said, key=lambda c: c.said_at)),
        *undone,
        *draw(st.lists(levels, max_size=3, unique_by=lambda each: each.at)),
    )
