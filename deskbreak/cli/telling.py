"""The log, read for `today` and `report`: one day or several, for the terminal or as JSON."""

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, timedelta

from deskbreak.cli.colours import colours
from deskbreak.cli.reading import Glance, looked_back
from deskbreak.cli.unbooked import with_unbooked
from deskbreak.core.goals import progress
from deskbreak.core.postures import BreakKind, Posture
from deskbreak.core.totals import Day
from deskbreak.core.usual import LATELY, usual
from deskbreak.daemon.lock import NAME, holder
from deskbreak.errors import DeskbreakError
from deskbreak.paths import Places
from deskbreak.report.day import DayTold, day_lines
from deskbreak.report.pieces import Line
from deskbreak.report.table import room, show

_NOTHING = timedelta(0)


def tell_day(day: date, here: Glance, as_json: bool) -> None:
    """Prints this day; raises StoreError where there is no log, or none that can be read."""
    told = _day(day, here)
    if as_json:
        import json

        from deskbreak.report.keys import day_object

        print(json.dumps(day_object(told)))
    else:
        _shown(day_lines(told, room(sys.stdout, os.environ)))


def tell_span(first: date, last: date, here: Glance, as_json: bool) -> None:
    """Prints these days; raises StoreError where there is no log, or none that can be read."""
    from deskbreak.report.span import SpanTold, span_lines

    with looked_back(here.places) as log:
        around, reminders = log.days(_before(first), last), log.reminders(first, last)
    days = tuple(day for day in around if day.day >= first)
    if days and days[-1].day == here.today:
        whole, _rows = with_unbooked(days[-1], (), status(here.places), here.at)
        days = (*days[:-1], whole)
    before = usual(around, first)
    told = SpanTold(first, last, days, reminders, before, here.daily_goal, here.days_off, here.today)
    if as_json:
        import json

        from deskbreak.report.keys import span_object

        print(json.dumps(span_object(told)))
    else:
        _shown(span_lines(told, room(sys.stdout, os.environ)))


def _day(day: date, here: Glance) -> DayTold:
    with looked_back(here.places) as log:
        around = log.days(_before(day), day)
        rows, reminders = tuple(log.lived(day, day)), log.reminders(day, day)
    found = around[-1] if around and around[-1].day == day else empty(day)
    today = day == here.today
    if today:
        found, rows = with_unbooked(found, rows, status(here.places), here.at)
    aims = progress(found, here.daily_goal, here.today)
    return DayTold(found, rows, reminders, usual(around, day), aims, here.at if today else None)


def status(places: Places) -> object:
    """What the daemon says is the case; None without one, or where it does not answer."""
    if holder(places.data / NAME) is None:
        return None
    from deskbreak.cli.ask import ask

    with suppress(DeskbreakError):
        return ask("status").get("status")
    return None


def _before(day: date) -> date:
    return date.fromordinal(max(day.toordinal() - LATELY.days, date.min.toordinal()))


def empty(day: date) -> Day:
    """A day of which the log holds nothing."""
    nothing = tuple((posture, _NOTHING) for posture in Posture)
    return Day(day, nothing, nothing, tuple((kind, 0) for kind in BreakKind), 0, (), 0, 0)


def _shown(lines: Iterable[Line]) -> None:
    show(lines, sys.stdout, os.environ, colours())
