"""What the last weeks have in common: when bouts are long, how reminders fared, what was done."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from deskbreak.core.commands import ExerciseRow, PromptKind, PromptRow
from deskbreak.core.figures import LONG
from deskbreak.core.outcomes import Fate, fate
from deskbreak.core.totals import Bout, Day
from deskbreak.report.page.lived import Lived
from deskbreak.report.page.tables import Cells, Table
from deskbreak.report.ribbon import fate_name
from deskbreak.words import _
from deskbreak.words.exercises import name
from deskbreak.words.review import weekdays

_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)
_LEVELS = 3
_LENGTHS = (timedelta(days=28), timedelta(days=91), timedelta(days=365))


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, and four tables of them."""

    label: str
    first: date
    last: date
    days: int
    long_bouts: Table
    by_hour: Table
    by_level: Table
    exercises: Table


def periods(days: tuple[Day, ...], lives: dict[date, Lived], day_start: time) -> Iterator[Period]:
    """Four weeks, a quarter and a year up to the last day; the longer ones only where the log is longer.

    `day_start`: in this order the hours of a table follow each other.
    """
    if not days:
        return
    last = days[-1].day
    for number, length in enumerate(_LENGTHS):
        first = last - length + timedelta(days=1)
        if number and days[0].day > last - _LENGTHS[number - 1]:
            return
        within = tuple(day for day in days if day.day >= first)
        seen = [life for day, life in lives.items() if day >= first]
        reminders = [each for life in seen for each in life.reminders if each.kind is PromptKind.REMINDER]
        yield Period(
            _label(length),
            first,
            last,
            len(within),
            _long_bouts(within, day_start),
            _by_hour(reminders, day_start),
            _by_level(reminders),
            _exercises(each for life in seen for each in life.exercises),
        )


def _label(length: timedelta) -> str:
    return {_LENGTHS[0]: _("4 weeks"), _LENGTHS[1]: _("13 weeks"), _LENGTHS[2]: _("a year")}[length]


def _long_bouts(days: tuple[Day, ...], day_start: time) -> Table:
    """Minutes in long bouts on a usual day, hour by hour, from the first hour that has any to the last."""
    spent = [[timedelta()] * 24 for _weekday in range(7)]
    known = [sum(day.day.weekday() == weekday for day in days) for weekday in range(7)]
    for day in days:
        for bout in day.bouts:
            if bout.length >= LONG:
                for hour, length in _hours(bout):
                    spent[day.day.weekday()][hour] += length
    used = [hour for hour in range(24) if any(spent[weekday][hour] for weekday in range(7))]
    rows: tuple[Cells, ...] = tuple(
        (
            _named(hour),
            *(round(spent[weekday][hour % 24] / (known[weekday] or 1) / _MINUTE) for weekday in range(7)),
        )
        for hour in _used(used, day_start)
    )
    caption = _("Minutes in bouts of 30 min and more, on a usual day")
    return Table(caption, "t" + "n" * 7, (_("hour"), *weekdays()), rows)


def _used(hours: Iterable[int], day_start: time) -> range:
    """From the first of these hours to the last as the day goes; those after midnight are 24 and on."""
    later = sorted(hour if hour >= day_start.hour else hour + 24 for hour in hours)
    return range(later[0], later[-1] + 1) if later else range(0)


def _named(hour: int) -> str:
    return f"{hour % 24:02}:00"


def _hours(bout: Bout) -> Iterator[tuple[int, timedelta]]:
    """How much of the bout lies in which hour of the clock."""
    at, left = bout.start_at + bout.offset, bout.length
    while left > timedelta(0):
        within = timedelta(minutes=at.minute, seconds=at.second, microseconds=at.microsecond)
        length = min(left, _HOUR - within)
        yield at.hour, length
        at, left = at + length, left - length


def _by_hour(reminders: list[PromptRow], day_start: time) -> Table:
    counted = [[0] * len(Fate) for _hour in range(24)]
    for each in reminders:
        _count(counted[_local(each).hour], each)
    used = [hour for hour in range(24) if any(counted[hour])]
    rows: tuple[Cells, ...] = tuple((_named(hour), *counted[hour % 24]) for hour in _used(used, day_start))
    return Table(_("Reminders by hour"), "t" + "n" * len(Fate), (_("hour"), *map(fate_name, Fate)), rows)


def _by_level(reminders: list[PromptRow]) -> Table:
    counted = [[0] * len(Fate) for _level in range(_LEVELS)]
    for each in reminders:
        _count(counted[min(max(each.level, 1), _LEVELS) - 1], each)
    names = (_("1 soft"), _("2 firm"), _("3 last"))
    rows: tuple[Cells, ...] = tuple(
        (level, *row) for level, row in zip(names, counted, strict=True) if any(row)
    )
    return Table(_("Reminders by level"), "t" + "n" * len(Fate), (_("level"), *map(fate_name, Fate)), rows)


def _count(row: list[int], reminder: PromptRow) -> None:
    kind = fate(reminder.outcome)
    if kind is not None:
        row[list(Fate).index(kind)] += 1


def _local(reminder: PromptRow) -> datetime:
    return reminder.at + reminder.offset


def _exercises(done: Iterable[ExerciseRow]) -> Table:
    """Those done most often first."""
    found: dict[str, list[ExerciseRow]] = {}
    for each in done:
        found.setdefault(each.exercise, []).append(each)
    often = sorted(found.items(), key=lambda each: (-len(each[1]), name(each[0])))
    rows: tuple[Cells, ...] = tuple(
        (name(exercise), len(each), sum((one.length for one in each), timedelta()) // _MINUTE)
        for exercise, each in often
    )
    return Table(_("Exercises done"), "tnd", (_("exercise"), _("times"), _("time")), rows)
