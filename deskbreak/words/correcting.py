"""What is said about a correction: what is noted, what speaks against it, and why it cannot be."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from deskbreak.core.correcting import About, Part
from deskbreak.core.postures import Correction, Stamp, Word
from deskbreak.words import _
from deskbreak.words.durations import duration, moment
from deskbreak.words.review import posture

_A_DAY = timedelta(days=1)
# Of less than that the minutes alone say too little.
_FEW_MINUTES = timedelta(minutes=5)


def noted(said: Sequence[Correction], now: Stamp) -> str:
    """`Noted: away from 14:00 to 14:40.`; a span with a hole in it is told as one."""
    first, last = said[0], said[-1]
    return _("Noted: {posture} {span}.").format(
        posture=posture(first.posture), span=span(first.start_at, last.start_at + last.length, now)
    )


def taken_back(said: Correction, now: Stamp) -> str:
    """`Taken back: away from 14:00 to 14:40.`"""
    return _("Taken back: {posture} {span}.").format(
        posture=posture(said.posture), span=span(said.start_at, said.start_at + said.length, now)
    )


def span(start: datetime, end: datetime, now: Stamp) -> str:
    """`from 14:00 to 14:40`, `from yesterday 23:50 to 00:20`, `from 14:00:10 to 14:00:50`."""
    short = end - start < _FEW_MINUTES
    # Who names a second names it whole; what the log cut somewhere has milliseconds, too.
    exact = any(at.second and (short or not at.microsecond) for at in (start, end))
    form = "%H:%M:%S" if exact else "%H:%M"
    since, until = moment(start, now.wall, now.zone, form), moment(end, now.wall, now.zone, form)
    same_day = start.astimezone(now.zone).date() == end.astimezone(now.zone).date()
    return _("from {since} to {until}").format(
        since=since, until=end.astimezone(now.zone).strftime(form) if same_day else until
    )


def doubts(word: Word, about: About, now: Stamp) -> tuple[str, ...]:
    """What the person is to know before it is noted, each a sentence; empty: nothing speaks against it."""
    lasts = (word.end or now.wall) - word.start
    long = (_("That is {length}, more than a day.").format(length=duration(lasts)),) if lasts > _A_DAY else ()
    return (
        *long,
        *(_("Nothing was observed {span}.").format(span=_part(part, now)) for part in about.unseen),
        *(_("The log holds nothing {span}.").format(span=_part(part, now)) for part in about.unlogged),
    )


def _part(part: Part, now: Stamp) -> str:
    return span(part.start, part.end, now)


def to_come(end: datetime, now: Stamp) -> str:
    """Why a time that is not over yet cannot be corrected."""
    return _("{end} is still to come: it is {now}.").format(
        end=moment(end, now.wall, now.zone), now=f"{now.wall.astimezone(now.zone):%H:%M}"
    )


def reversed_span(start: datetime, end: datetime, now: Stamp) -> str:
    return _("A time ends after it begins: {span} it does not.").format(span=span(start, end, now))


def no_record(word: Word, now: Stamp) -> str:
    return _("The log holds nothing {span}, so there is nothing to correct.").format(
        span=span(word.start, word.end or now.wall, now)
    )


def no_such_number(number: int) -> str:
    return _("There is no correction {number}; all of them: deskbreak corrections").format(number=number)


def already_taken_back(number: int) -> str:
    return _("Correction {number} was taken back already.").format(number=number)


def twice(local: datetime, second: bool) -> str:
    """A time that the clock showed twice, and which of both is meant."""
    which = _("the second one is meant") if second else _("the first one is meant (else: --second)")
    return _("{clock} came twice on {day}: {which}.").format(
        clock=f"{local:%H:%M}", day=local.date().isoformat(), which=which
    )
