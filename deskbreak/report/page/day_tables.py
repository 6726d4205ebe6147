"""Days as tables, for readers without a script: one in full, and several of them one a row."""

from collections.abc import Iterable, Iterator, Mapping

from deskbreak.core.commands import ExerciseRow, PromptKind, PromptRow
from deskbreak.core.postures import Posture
from deskbreak.report.page.columns import Figures
from deskbreak.report.page.lived import Lived, Segment
from deskbreak.report.page.ribbon import INFERRED
from deskbreak.report.page.tables import Cells, Table
from deskbreak.words import review
from deskbreak.words.durations import duration
from deskbreak.words.exercises import name
from deskbreak.words.prompts import rating

Phrases = Mapping[str, str]


def by_posture(figures: Figures, phrases: Phrases) -> Table:
    """What was observed of each posture, and the inferred part of it."""
    rows: tuple[Cells, ...] = tuple(
        (review.posture(posture), spent, inferred)
        for posture, spent, inferred in zip(Posture, figures.spent, figures.inferred, strict=True)
        if spent
    )
    return Table(
        phrases["by_posture"], "tdd", (phrases["posture"], phrases["length"], phrases["inferred"]), rows
    )


def stretches(life: Lived, phrases: Phrases) -> Table:
    """The day in the order it was lived."""
    head = (phrases["clock"], phrases["until"], phrases["length"], phrases["posture"], phrases["how"])
    rows = tuple(_stretch(life, each, phrases) for each in life.segments)
    return Table(phrases["stretches"], "ttttt", head, rows)


def _stretch(life: Lived, each: Segment, phrases: Phrases) -> Cells:
    how = review.how(each.how) + (f" ({phrases['inferred']})" if each.how in INFERRED else "")
    times = life.clock(each.at), life.clock(each.ended), duration(each.length)
    return *times, review.posture(each.posture), how


def events(life: Lived, phrases: Phrases) -> Table:
    """Reminders with what became of them, and what was done, as they came."""
    both: tuple[PromptRow | ExerciseRow, ...] = (*life.reminders, *life.exercises)
    found = sorted(both, key=lambda each: each.at if isinstance(each, PromptRow) else each.start_at)
    head = (phrases["time"], phrases["what"], phrases["outcome"])
    return Table(phrases["events"], "ttt", head, tuple(_event(life, each, phrases) for each in found))


def _event(life: Lived, each: PromptRow | ExerciseRow, phrases: Phrases) -> Cells:
    match each:
        case PromptRow():
            kind = "reminder" if each.kind is PromptKind.REMINDER else "standing_reminder"
            text = phrases[kind].format(level=each.level)
            named = text if each.exercise is None else f"{text}: {name(each.exercise)}"
            became = phrases["no_answer_yet"] if each.outcome is None else review.outcome(each.outcome)
            return life.clock(life.on_axis(each.at)), named, became
        case ExerciseRow():
            named = name(each.exercise) + (f" ({phrases['in_the_chair']})" if each.activation else "")
            felt = "" if each.rating is None else f", {rating(each.rating).lower()}"
            return life.clock(life.on_axis(each.start_at)), named, duration(each.length) + felt


def day_by_day(days: Iterable[tuple[str, Figures]], phrases: Phrases) -> Table:
    """One row for each day, by what it is called, with its figures."""
    head = (
        phrases["day"], phrases["sitting"], phrases["goal"], phrases["breaks"], phrases["longest_short"],
        phrases["long_short"], phrases["exercises"],
    )  # fmt: skip
    return Table(phrases["days_table"], "tddnddn", head, tuple(_days(days)))


def _days(days: Iterable[tuple[str, Figures]]) -> Iterator[Cells]:
    for called, figures in days:
        breaks = sum(figures.breaks)
        yield (
            called,
            figures.sitting,
            figures.goal,
            breaks,
            figures.longest,
            figures.long_time,
            figures.exercises,
        )
