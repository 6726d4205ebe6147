"""Rows of prompts, exercises and levels to and from the values of SQLite.

Apart from the other rows, because with them comes the vocabulary of the whole machine, which takes longer to
load than a look at a day may take.
"""

from datetime import timedelta, timezone

from deskbreak.coach.exercise import Family, Level
from deskbreak.coach.sessions import LevelSet, Mastered
from deskbreak.core.commands import Decision, ExerciseRow, PromptKind, PromptRow
from deskbreak.core.events import Rating
from deskbreak.core.outcomes import Outcome
from deskbreak.store import snapshot
from deskbreak.store.rows import Cells, day_of, length, moment, ms, ms_at, number_of, whole_seconds


def of_prompt(row: PromptRow) -> Cells:
    return (
        row.number,
        row.kind.value,
        row.level,
        row.exercise,
        ms_at(row.at),
        whole_seconds(row.offset),
        None if row.decision is None else snapshot.dump(row.decision),
        None if row.outcome is None else row.outcome.value,
        None if row.outcome_at is None else ms_at(row.outcome_at),
    )


def prompt(cells: Cells) -> PromptRow:
    number, kind, level, exercise, at, offset, decision, outcome, outcome_at = cells
    return PromptRow(
        number,
        PromptKind(kind),
        level,
        exercise,
        moment(at),
        timedelta(seconds=offset),
        None if decision is None else snapshot.load(Decision, decision),
        None if outcome is None else Outcome(outcome),
        None if outcome_at is None else moment(outcome_at),
    )


def of_exercise(row: ExerciseRow) -> Cells:
    return (
        row.number,
        row.exercise,
        ms_at(row.start_at),
        whole_seconds(row.offset),
        ms(row.length),
        ms(row.dose),
        int(row.activation),
        None if row.rating is None else row.rating.value,
    )


def exercise(cells: Cells) -> ExerciseRow:
    number, name, start_at, offset, lasted, dose, activation, rating = cells
    return ExerciseRow(
        number,
        name,
        moment(start_at),
        timedelta(seconds=offset),
        length(lasted),
        length(dose),
        bool(activation),
        None if rating is None else Rating(rating),
    )


def of_level(said: LevelSet | Mastered) -> Cells:
    return (
        said.family.value,
        int(said.level) if isinstance(said, LevelSet) else None,
        ms_at(said.at),
        whole_seconds(said.at.utcoffset() or timedelta()),
        number_of(said.day),
    )


def level(cells: Cells) -> LevelSet | Mastered:
    family, reached, said_at, offset, day = cells
    at = moment(said_at).astimezone(timezone(timedelta(seconds=offset)))
    if reached is None:
        return Mastered(Family(family), at, day_of(day))
    return LevelSet(Family(family), Level(reached), at, day_of(day))
