"""The kinds of values that name times of day, weekdays and dates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from deskbreak.settings.kinds import Refused, entries, listed, quoted, tabled
from deskbreak.settings.values import Run, Span
from deskbreak.words import _

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_CLOCK = r"(\d{1,2}):(\d{2})"
_TIME = re.compile(_CLOCK, re.ASCII)
_SPAN = re.compile(rf"{_CLOCK}\s*-\s*{_CLOCK}", re.ASCII)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_MIDNIGHT = time(0)


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    @property
    def allowed(self) -> str:
        return _('a time from "00:00" to "23:59"')

    def read(self, found: object) -> time:
        understood = _TIME.fullmatch(found) if isinstance(found, str) else None
        if understood is None:
            raise Refused(found)
        return _time(found, *understood.groups())

    def written(self, value: time) -> str:
        return quoted(f"{value:%H:%M}")


@dataclass(frozen=True, slots=True)
class WorkingHours:
    @property
    def allowed(self) -> str:
        return _(
            "a table of weekdays with spans (past midnight is fine),"
            ' such as { mon = ["09:00-12:30", "13:30-18:00"], fri = ["22:00-02:00"] }'
        )

    def read(self, found: object) -> tuple[tuple[Span, ...], ...]:
        if not isinstance(found, dict):
            raise Refused(found)
        week: list[tuple[Span, ...]] = [()] * len(_WEEKDAYS)
        for name, spans in found.items():
            weekday = _weekday(name)
            if weekday is None:
                raise Refused(name, _("no weekday"), inner=name)
            try:
                week[weekday] += tuple(_span(one) for one in entries(spans))
            except Refused as refusal:
                raise Refused(refusal.found, refusal.why, inner=name) from refusal
        # No span on any day is no hours at all, which means always: reminders are never lost unasked.
        return tuple(week) if any(week) else ()

    def written(self, value: tuple[tuple[Span, ...], ...]) -> str:
        return tabled(self._days(value))

    def _days(self, value: tuple[tuple[Span, ...], ...]) -> Iterator[tuple[str, str]]:
        for name, spans in zip(_WEEKDAYS, value, strict=False):
            if spans:
                yield name[:3], listed(quoted(_named(span)) for span in spans)


@dataclass(frozen=True, slots=True)
class Dates:
    @property
    def allowed(self) -> str:
        return _("a list of dates, such as [2025-12-24, 2025-12-31]")

    def read(self, found: object) -> tuple[date, ...]:
        return tuple(sorted({_date(one) for one in entries(found)}))

    def written(self, value: tuple[date, ...]) -> str:
        return listed(one.isoformat() for one in value)


@dataclass(frozen=True, slots=True)
class Runs:
    @property
    def allowed(self) -> str:
        return _('a list of weekdays with a time each, such as ["Tue 18:00", "Sat 09:30"]')

    def read(self, found: object) -> tuple[Run, ...]:
        return tuple(_run(one) for one in entries(found))

    def written(self, value: tuple[Run, ...]) -> str:
        return listed(quoted(f"{_WEEKDAYS[run.weekday][:3].title()} {run.at:%H:%M}") for run in value)


def _weekday(name: str) -> int | None:
    wanted = name.strip().lower()
    for number, weekday in enumerate(_WEEKDAYS):
        if wanted in {weekday, weekday[:3]}:
            return number
    return None


def _time(found: object, hour: str, minute: str) -> time:
    try:
        return time(int(hour), int(minute))
    except ValueError as error:
        raise Refused(found, _("no time of day")) from error


def _span(found: object) -> Span:
    understood = _SPAN.fullmatch(found.strip()) if isinstance(found, str) else None
    if understood is None:
        raise Refused(found)
    start = _time(found, *understood.group(1, 2))
    until_midnight = understood.group(3, 4) == ("24", "00")
    end = _MIDNIGHT if until_midnight else _time(found, *understood.group(3, 4))
    if start == end and not until_midnight:
        raise Refused(found, _("it ends when it begins"))
    return start, end


def _named(span: Span) -> str:
    start, end = span
    return f"{start:%H:%M}-" + ("24:00" if end == _MIDNIGHT else f"{end:%H:%M}")


def _date(found: object) -> date:
    if isinstance(found, date) and not isinstance(found, datetime):
        return found
    if isinstance(found, str) and _DATE.fullmatch(found):
        try:
            return date.fromisoformat(found)
        except ValueError as error:
            raise Refused(found, _("no such date")) from error
    raise Refused(found)


def _run(found: object) -> Run:
    match found.split() if isinstance(found, str) else []:
        case [day, clock] if (weekday := _weekday(day)) is not None:
            if understood := _TIME.fullmatch(clock):
                return Run(weekday, _time(found, *understood.groups()))
    raise Refused(found)
