"""A day and a span as values for JSON: every figure, under the keys of `deskbreak report --help`."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta, timezone
from typing import Any

from deskbreak.core import goals
from deskbreak.core.goals import Aim, Progress, complete
from deskbreak.core.measures import Value, measured
from deskbreak.core.outcomes import Fate, Outcome, Reminded, fate
from deskbreak.core.postures import Posture
from deskbreak.core.totals import Bout, Day
from deskbreak.core.usual import Usual, means
from deskbreak.report.day import DayTold
from deskbreak.report.span import SpanTold
from deskbreak.report.sums import Sums, sums

Object = dict[str, Any]

_SECOND = timedelta(seconds=1)
_MINUTES = "_min"
# The one name that ends so and is no length but a rate.
_PER_MINUTE = "satp_per_min"


def day_object(told: DayTold) -> Object:
    """One day."""
    usual = None if told.usual is None else _means(told.usual)
    return {**_day(told.day, told.aims), "reminders": _reminders(told.reminders), "usual": usual}


def span_object(told: SpanTold) -> Object:
    """Several days."""
    mean = means(told.days)
    return {
        "first": told.first.isoformat(),
        "last": told.last.isoformat(),
        "days": [_day(day, goals.progress(day, told.daily_goal, told.today)) for day in told.days],
        "total": _sums(sums(told.days)),
        "mean": None if mean is None else _means(mean),
        "usual": None if told.before is None else _means(told.before),
        "reminders": _reminders(told.reminders),
        "aims_met": {aim.value: _kept(told, aim) for aim in Aim},
    }


def _day(day: Day, aims: Iterable[Progress]) -> Object:
    return {
        "day": day.day.isoformat(),
        **_sums(sums((day,))),
        "complete": complete(day),
        "bouts": [_bout(bout) for bout in day.bouts],
        "aims": {each.aim.value: _aim(each) for each in aims},
    }


def _sums(found: Sums) -> Object:
    return {
        **_spent(dict(found.spent)),
        "inferred": _spent(dict(found.inferred)),
        "tracked_s": _seconds(found.tracked),
        "breaks": found.breaks,
        "breaks_by_kind": {kind.value: number for kind, number in found.kinds},
        "self_started": found.self_started,
        "longest_s": _seconds(found.longest),
        "exercises": found.exercises,
        "activations": found.activations,
        "figures": dict(_figure(name.value, value) for name, value in measured(found.all_bouts).items()),
    }


def _means(found: Usual) -> Object:
    return {
        "days": found.days,
        **_spent(dict(found.spent)),
        "tracked_s": _seconds(found.tracked),
        "breaks": found.breaks,
        "self_started": found.self_started,
        "bouts": found.bouts,
        "longest_s": _seconds(found.longest),
        "long_bouts": found.long_bouts,
        "in_long_s": _seconds(found.in_long),
        "long_share": found.long_share,
        "half_in_s": None if found.half_in is None else _seconds(found.half_in),
        "interruptions_per_hour": found.interruptions_per_hour,
        "exercises": found.exercises,
        "activations": found.activations,
    }


def _figure(name: str, value: Value) -> tuple[str, float | int | None]:
    if name.endswith(_MINUTES) and name != _PER_MINUTE:
        name = name.removesuffix(_MINUTES) + "_s"
    return name, _seconds(value) if isinstance(value, timedelta) else value


def _spent(lengths: Mapping[Posture, timedelta]) -> Object:
    return {f"{posture.value}_s": _seconds(length) for posture, length in lengths.items()}


def _bout(bout: Bout) -> Object:
    start = bout.start_at.astimezone(timezone(bout.offset))
    then = None if bout.then is None else bout.then.value
    return {"start": _moment(start), "seconds": _seconds(bout.length), "then": then}


def _reminders(found: Iterable[Reminded]) -> Object:
    told = tuple(found)
    outcomes = Counter(each.outcome for each in told)
    given = sum(fate(each.outcome) is not Fate.KEPT_BACK for each in told)
    return {"given": given, "by_outcome": {kind.value: outcomes[kind] for kind in Outcome}}


def _aim(progress: Progress) -> Object:
    return {
        "reached_s": _seconds(progress.reached),
        "limit_s": _seconds(progress.limit),
        "met": progress.met,
    }


def _kept(told: SpanTold, aim: Aim) -> Object:
    kept = goals.kept(told.days, aim, told.daily_goal, told.today, told.days_off)
    return {"met": kept.met, "days": kept.days, "run": kept.run}


def _seconds(length: timedelta) -> float:
    seconds = length / _SECOND
    return int(seconds) if seconds.is_integer() else round(seconds, 3)


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
