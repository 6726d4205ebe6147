"""Several days of the log as lines for a terminal: a row for each day or month, sums, means, aims."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from deskbreak.core import goals
from deskbreak.core.goals import Aim, complete
from deskbreak.core.outcomes import Reminded
from deskbreak.core.postures import Posture
from deskbreak.core.totals import Day
from deskbreak.core.usual import Usual, means
from deskbreak.report.day import aim_name
from deskbreak.report.grid import Entry, Stroke, amount, grid, noted, share, span, widest
from deskbreak.report.pieces import EMPTY, Line, Piece, Room, Tone, flowed
from deskbreak.report.ribbon import SIGNS, TONES
from deskbreak.report.sums import Summed, Sums, seen, sums
from deskbreak.report.telling import Details
from deskbreak.report.telling import told as rows
from deskbreak.words import _, ngettext
from deskbreak.words.durations import duration, weekday
from deskbreak.words.review import in_full, months

BY_DAY = timedelta(days=62)
"""Longer spans are told month by month."""

_DAY = timedelta(days=1)
_SHOWN = (Posture.SITTING, Posture.STANDING, Posture.MOVING)
_SHORT = 3
_INCOMPLETE = " *"


@dataclass(frozen=True, slots=True)
class SpanTold:
    """What there is to tell of the days from `first` to `last`.

    `days` are those of which the log has anything, in order. `before` is what was usual before the span,
    None where there is nothing to compare with. `today` is the local day it is now.
    """

    first: date
    last: date
    days: tuple[Day, ...]
    reminders: tuple[Reminded, ...]
    before: Usual | None
    daily_goal: timedelta
    days_off: frozenset[date]
    today: date


def span_lines(told: SpanTold, room: Room) -> Iterator[Line]:
    """All of it; no line is wider than the room where that has 40 columns or more."""
    yield (Piece(_title(told, room), Tone.STRONG),)
    yield EMPTY
    whole = sums(told.days)
    if not whole.tracked:
        yield from noted(_("The log holds nothing of these days."), room, tone=Tone.PLAIN)
        return
    yield from _each(told, room)
    yield EMPTY
    mean = means(told.days)
    heads = (_("in all"), _("a day") if mean else "", _("before") if told.before else "")
    entries = tuple(rows(whole, (mean, told.before), _details(whole, told), room))
    kept = tuple(_kept(told))
    labels = widest((*entries, *kept))
    yield from grid(entries, heads, labels, room)
    if kept:
        yield EMPTY
        yield from grid(kept, (_("aim met"),), labels, room)
    yield EMPTY
    for note in _notes(told, whole, mean):
        yield from noted(note, room)


def _title(told: SpanTold, room: Room) -> str:
    if told.first == told.last:
        return in_full(told.first)
    title = _("{first} to {last}").format(first=in_full(told.first), last=in_full(told.last))
    if len(title) <= room.width:
        return title
    return _("{first} to {last}").format(first=told.first.isoformat(), last=told.last.isoformat())


def _each(told: SpanTold, room: Room) -> Iterator[Line]:
    entries = tuple(_months(told, room) if told.last - told.first > BY_DAY else _days(told, room))
    heads = (_("sitting"), _("breaks"), _("longest"), _("30 min +"))
    yield from grid(entries, heads, widest(entries), room)
    signs = [
        (Piece(SIGNS[posture][room.ascii], TONES[posture]), Piece(f" {name}", Tone.QUIET))
        for posture, name in zip(_SHOWN, (_("sitting"), _("standing"), _("moving")), strict=True)
    ]
    yield from flowed(signs, room.width, indent=2)


def _days(told: SpanTold, room: Room) -> Iterator[Entry]:
    """From the first day with anything to the last one, also those without."""
    known = {day.day: day for day in told.days if day.tracked}
    longest = max(_present(sums((day,))) for day in known.values())
    at, last = min(known), max(known)
    while at <= last:
        label = f"{weekday(at)} {at.day:2} {months()[at.month - 1][:_SHORT]}"
        if at in known:
            here = sums((known[at],))
            label += "" if complete(known[at]) else _INCOMPLETE
            yield Entry(label, _values(here, amount(here.breaks)), _bar(here, longest, room))
        else:
            yield Entry(label, ("-",))
        at += _DAY


def _months(told: SpanTold, room: Room) -> Iterator[Entry]:
    """Each by the means of its complete days."""
    found = [
        (f"{months()[month - 1][:_SHORT]} {year}", means(days))
        for (year, month), days in groupby(told.days, lambda day: (day.day.year, day.day.month))
    ]
    longest = max((_present(mean) for _label, mean in found if mean), default=_DAY)
    for label, mean in found:
        if mean is None:
            yield Entry(label, ("-",))
        else:
            yield Entry(label, _values(mean, amount(mean.breaks)), _bar(mean, longest, room))


def _values(here: Summed, breaks: str) -> tuple[str, ...]:
    return (
        span(dict(here.spent)[Posture.SITTING]),
        breaks,
        span(here.longest),
        share(here.long_share),
    )


def _present(here: Summed) -> timedelta:
    spent = dict(here.spent)
    return sum((spent[posture] for posture in _SHOWN), timedelta()) or timedelta.resolution


def _bar(here: Summed, longest: timedelta, room: Room) -> tuple[Stroke, ...]:
    spent = seen(here)
    return tuple(
        Stroke(spent[posture] / longest, SIGNS[posture][room.ascii], TONES[posture]) for posture in _SHOWN
    )


def _details(whole: Sums, told: SpanTold) -> Details:
    # Of being away, days know what was inferred at night as well.
    inferred = dict(whole.inferred) | {Posture.AWAY: timedelta()}
    longest = max(whole.all_bouts, key=lambda bout: bout.length, default=None)
    when = "" if longest is None else _("on {day}").format(day=longest.day.isoformat())
    return Details(inferred, when, told.reminders)


def _kept(told: SpanTold) -> Iterator[Entry]:
    for aim in Aim:
        kept = goals.kept(told.days, aim, told.daily_goal, told.today, told.days_off)
        if kept.met:
            days = _("{met} of {days} days").format(met=kept.met, days=kept.days)
            yield Entry(aim_name(aim), (days,))


def _notes(told: SpanTold, whole: Sums, mean: Usual | None) -> Iterator[str]:
    if whole.half_in is not None:
        said = _("Half of your sitting was in stretches of {length} or longer.")
        yield said.format(length=duration(whole.half_in))
    short = sum(bool(day.tracked) and not complete(day) for day in told.days)
    if mean is None:
        yield _("No day of these has 4 h or more, so that there are no means.")
    else:
        yield ngettext(
            "A day: one day of 4 h or more.",
            "A day: the means of the {number} days of 4 h or more.",
            mean.days,
        ).format(number=mean.days)
    if short:
        yield ngettext(
            "* One day of less than 4 h is shown, and counts in no mean.",
            "* {number} days of less than 4 h are shown, and count in no mean.",
            short,
        ).format(number=short)
    if told.before is not None:
        said = _("Before: the means of the {number} such days in the 4 weeks before.")
        yield said.format(number=told.before.days)
