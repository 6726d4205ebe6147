"""Rows of the log to and from the values of SQLite; what cannot be believed becomes None."""

import logging
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeVar

from deskbreak.core.commands import Decision, ExerciseRow, Outcome, PromptKind, PromptRow
from deskbreak.core.postures import Break, BreakKind, How, Posture, Row
from deskbreak.store import snapshot
from deskbreak.store.errors import StoreError
from deskbreak.words import _

T = TypeVar("T")
Cells = tuple[Any, ...]

_log = logging.getLogger(__name__)

# A stretch is cut at every start of a day; the longest day there is has 25 hours, and a flight over the
# date line 24 more. Longer than that is damage.
LONGEST = timedelta(hours=49)


def text(moment: datetime) -> str:
    """The moment as the log has it: UTC, one width, so that text order is time order."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def moment(cell: str) -> datetime:
    found = datetime.fromisoformat(cell)
    if found.tzinfo is None:
        raise ValueError(f"{cell} is not UTC")
    return found.astimezone(UTC)


def seconds(length: timedelta) -> float:
    return length.total_seconds()


def span(cell: float) -> timedelta:
    return timedelta(seconds=cell)


def length(cell: float) -> timedelta:
    """A duration that can be believed; raises ValueError for any other."""
    found = span(cell)
    if not timedelta(0) <= found <= LONGEST:
        raise ValueError(f"{cell} s is no length")
    return found


STRETCH = "began, seconds, start_at, end_at, utc_offset, day, posture, how"
BREAK = "spell, kind, began, seconds, start_at, utc_offset, day"
PROMPT = "number, kind, level, exercise, at, utc_offset, decision, outcome, outcome_at"
EXERCISE = "exercise, start_at, utc_offset, seconds, activation"


def of_stretch(row: Row) -> Cells:
    return (
        seconds(row.began),
        seconds(row.length),
        text(row.start_at),
        # A wall clock that is being slewed back may name the end of a short row before its start.
        text(max(row.start_at, row.end_at)),
        int(row.offset.total_seconds()),
        row.day.isoformat(),
        row.posture.value,
        row.how.value,
    )


def stretch(cells: Cells) -> Row:
    began, lasted, start_at, end_at, offset, day, posture, how = cells
    return Row(
        span(began),
        length(lasted),
        moment(start_at),
        moment(end_at),
        span(offset),
        date.fromisoformat(day),
        Posture(posture),
        How(how),
    )


def of_break(pause: Break) -> Cells:
    return (
        pause.spell,
        pause.kind.value,
        seconds(pause.began),
        seconds(pause.length),
        text(pause.start_at),
        int(pause.offset.total_seconds()),
        pause.day.isoformat(),
    )


def pause(cells: Cells) -> Break:
    spell, kind, began, lasted, start_at, offset, day = cells
    if lasted < 0:
        raise ValueError(f"{lasted} s is no length")
    return Break(
        spell,
        BreakKind(kind),
        span(began),
        span(lasted),
        moment(start_at),
        span(offset),
        date.fromisoformat(day),
    )


def of_prompt(row: PromptRow) -> Cells:
    return (
        row.number,
        row.kind.value,
        row.level,
        row.exercise,
        text(row.at),
        int(row.offset.total_seconds()),
        None if row.decision is None else snapshot.dump(row.decision),
        None if row.outcome is None else row.outcome.value,
        None if row.outcome_at is None else text(row.outcome_at),
    )


def prompt(cells: Cells) -> PromptRow:
    number, kind, level, exercise, at, offset, decision, outcome, outcome_at = cells
    return PromptRow(
        number,
        PromptKind(kind),
        level,
        exercise,
        moment(at),
        span(offset),
        None if decision is None else snapshot.load(Decision, decision),
        None if outcome is None else Outcome(outcome),
        None if outcome_at is None else moment(outcome_at),
    )


def of_exercise(row: ExerciseRow) -> Cells:
    return (
        row.exercise,
        text(row.start_at),
        int(row.offset.total_seconds()),
        seconds(row.length),
        int(row.activation),
    )


def exercise(cells: Cells) -> ExerciseRow:
    name, start_at, offset, lasted, activation = cells
    return ExerciseRow(name, moment(start_at), span(offset), length(lasted), bool(activation))


def believed(found: Iterable[Cells], read: Callable[[Cells], T]) -> Iterator[T]:
    """The rows that `read` understands. Damaged ones are left out, and that is said."""
    damaged = 0
    for cells in found:
        try:
            yield read(cells)
        except (ValueError, TypeError, OverflowError, StoreError):
            damaged += 1
    if damaged:
        _log.warning(_("%d damaged rows of the log are left out"), damaged)
