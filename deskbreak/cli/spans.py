"""The days that a person asks about: words and dates to a first and a last day; it reads nothing."""

from datetime import date, timedelta
from typing import NamedTuple

from deskbreak.words import _

KNOWN = "today, yesterday, week, last-week, month, last-month, 2026-11-20, 2026-11-01..2026-11-20"

_DAY = timedelta(days=1)
_SHOWN = 40


class Span(NamedTuple):
    """From the `first` to the `last` day; `single`: it was named as a day, not as a span of one."""

    first: date
    last: date
    single: bool


def day(text: str, today: date) -> date:
    """The day that this names: `today`, `yesterday` or a date.

    Raises ValueError, whose message says what is wrong, also for a day that has not come yet.
    """
    match text.strip().lower():
        case "today":
            return today
        case "yesterday":
            return today - _DAY
        case written:
            found = _date(written)
    if found is None:
        raise ValueError(
            _("{text} is no day: write today, yesterday or a date like 2026-11-23").format(text=_shown(text))
        )
    return _not_later(found, today)


def span(text: str, today: date) -> Span:
    """The days that this names; see `KNOWN`. None is later than today.

    Weeks begin on Monday. Raises ValueError, whose message says what is wrong.
    """
    monday, first = today - timedelta(days=today.weekday()), today.replace(day=1)
    match text.strip().lower():
        case "today":
            return Span(today, today, single=True)
        case "yesterday":
            return Span(today - _DAY, today - _DAY, single=True)
        case "week":
            return Span(monday, today, single=False)
        case "last-week":
            return Span(monday - 7 * _DAY, monday - _DAY, single=False)
        case "month":
            return Span(first, today, single=False)
        case "last-month":
            return Span((first - _DAY).replace(day=1), first - _DAY, single=False)
        case written:
            from_, dots, to = written.partition("..")
            began = _date(from_.strip())
            ended = _date(to.strip()) if dots else began
    if began is None or ended is None:
        raise ValueError(
            _("{text} is no span of days: write one of {known}").format(text=_shown(text), known=KNOWN)
        )
    if ended < began:
        raise ValueError(
            _("{text} ends before it begins: did you mean {ended}..{began}?").format(
                text=_shown(text), began=began, ended=ended
            )
        )
    return Span(_not_later(began, today), min(ended, today), single=not dots)


def _date(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _not_later(found: date, today: date) -> date:
    if found > today:
        raise ValueError(
            _("{day} has not come yet: today is {today}").format(
                day=found.isoformat(), today=today.isoformat()
            )
        )
    return found


def _shown(text: str) -> str:
    return ascii(text[:_SHOWN]) if len(text) <= _SHOWN else ascii(text[:_SHOWN]) + "..."
