"""What the page's script goes by: every day's figures, and the latest days as they were lived, packed."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from deskbreak.core.commands import PromptKind
from deskbreak.core.events import Rating
from deskbreak.core.outcomes import Outcome
from deskbreak.core.postures import How, Posture
from deskbreak.report.page import ribbon
from deskbreak.report.page.columns import Figures, columns
from deskbreak.report.page.lived import Lived
from deskbreak.report.page.periods import Period
from deskbreak.report.page.sayings import names, phrases
from deskbreak.words.exercises import name

ROOM = 600_000
"""In bytes, for the days as they were lived: with the totals of ten years the page stays under 1 MB."""
_POSTURES, _HOWS, _OUTCOMES, _RATINGS = list(Posture), list(How), list(Outcome), list(Rating)


@dataclass(frozen=True, slots=True)
class Drawn:
    """The days that fit, and the first of them; None: no day is drawn."""

    days: dict[str, object]
    exercises: tuple[str, ...]
    since: date | None


def drawn(lives: Mapping[date, Lived], room: int = ROOM) -> Drawn:
    """The latest of these days, as many as there is room for, by the number of the day since the year 1."""
    known: dict[str, int] = {}
    days: dict[str, object] = {}
    since: date | None = None
    for day, life in sorted(lives.items(), reverse=True):
        said = _lived(life, known)
        room -= len(json.dumps(said, separators=(",", ":")))
        if room < 0:
            break
        days[str(day.toordinal())] = said
        since = day
    return Drawn(days, tuple(map(name, known)), since)


def plan(
    days: Iterable[date],
    figures: Iterable[Figures],
    lately: Drawn,
    periods: Iterable[Period],
) -> dict[str, object]:
    """Days are numbers since the year 1, times of the ribbons seconds, all others minutes."""
    return {
        "days": [day.toordinal() for day in days],
        "figures": columns(figures),
        "lived": lately.days,
        "since": None if lately.since is None else lately.since.toordinal(),
        "exercises": lately.exercises,
        "periods": [_period(each) for each in periods],
        "names": names(),
        "phrases": phrases(),
        "ribbon": {
            "height": ribbon.HEIGHT,
            "base": ribbon.BASE,
            "top": ribbon.TOP,
            "heights": [ribbon.HEIGHTS[posture] for posture in Posture],
            "levels": ribbon.LEVELS,
            "exercise": ribbon.EXERCISE_AT,
            "long": ribbon.LONG_AT,
            "longSaid": ribbon.LONG_SAID_AT,
            "hour": ribbon.HOUR_AT,
            "room": ribbon.ROOM,
            "inferred": sorted(_HOWS.index(how) for how in ribbon.INFERRED),
            "fates": ribbon.GLYPHS,
        },
    }


def _lived(life: Lived, known: dict[str, int]) -> dict[str, object]:
    """`known` numbers the exercises by id; new ones are added to it."""
    first, last = ribbon.axis(life)
    return {
        "axis": [_seconds(first), _seconds(last)],
        "shifts": [[_seconds(at), shift // timedelta(minutes=1)] for at, shift in life.shifts],
        "segments": [
            cell
            for each in life.segments
            for cell in (
                _seconds(each.at),
                _seconds(each.ended) - _seconds(each.at),
                _POSTURES.index(each.posture) * len(_HOWS) + _HOWS.index(each.how),
            )
        ],
        "long": [[_seconds(life.on_axis(each.start_at)), _seconds(each.length)] for each in life.long_bouts],
        "reminders": [
            [
                _seconds(life.on_axis(each.at)),
                each.level if each.kind is PromptKind.REMINDER else 0,
                -1 if each.outcome is None else _OUTCOMES.index(each.outcome),
                -1 if each.exercise is None else known.setdefault(each.exercise, len(known)),
            ]
            for each in life.reminders
        ],
        "done": [
            [
                _seconds(life.on_axis(each.start_at)),
                _seconds(each.length),
                known.setdefault(each.exercise, len(known)),
                int(each.activation),
                -1 if each.rating is None else _RATINGS.index(each.rating),
            ]
            for each in life.exercises
        ],
    }


def _seconds(at: timedelta) -> int:
    return at // timedelta(seconds=1)


def _period(period: Period) -> dict[str, object]:
    return {
        "label": period.label,
        "first": period.first.toordinal(),
        "last": period.last.toordinal(),
        "days": period.days,
        "tables": [
            table.plan() for table in (period.long_bouts, period.by_hour, period.by_level, period.exercises)
        ],
    }
