"""What the page is made from: the log's values, given by whoever may read the log."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from deskbreak.coach.levels import Standing
from deskbreak.core.commands import ExerciseRow, PromptRow
from deskbreak.core.postures import Row
from deskbreak.core.totals import Day

IN_DETAIL = timedelta(days=366)
"""How far back rows, prompts and exercises are worth reading: older days are shown by their totals."""


@dataclass(frozen=True, slots=True)
class Review:
    """The days to show, in order, and those of the last `IN_DETAIL` as they were lived.

    `rows` (corrected, in the order they were lived), `prompts` and `exercises` in any number may be given;
    those of days that are not among `days` are left out, and so are the oldest when the page would become
    too large. `at` is the moment of asking as an aware local time, `today` the local day it falls on;
    `day_start` says which day prompts and exercises belong to. `shown` is the day that is opened first, or
    the last one before it. `sample`: the log is made up, and the page says so. `days_off` are measured
    against no goal.
    """

    days: tuple[Day, ...]
    rows: Iterable[Row]
    prompts: Iterable[PromptRow]
    exercises: Iterable[ExerciseRow]
    standings: tuple[Standing, ...]
    daily_goal: timedelta
    day_start: time
    at: datetime
    today: date
    shown: date
    sample: bool = False
    days_off: frozenset[date] = frozenset()
