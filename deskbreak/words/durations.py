"""Durations and moments in words, and a person's words for a duration; it alone writes either."""

import math
import re
from datetime import date, datetime, timedelta, tzinfo

from deskbreak.words import _

_MINUTE = timedelta(minutes=1)
_HOUR = timedelta(hours=1)
_UNITS = {"h": _HOUR, "m": _MINUTE, "s": timedelta(seconds=1)}
_PARTS = re.compile(r"(?:(\d+(?:\.\d+)?)h)?(?:(\d+(?:\.\d+)?)m(?:in)?)?(?:(\d+(?:\.\d+)?)s)?", re.ASCII)
_NUMBER = re.compile(r"\d+(?:\.\d+)?", re.ASCII)
_LONGEST_TEXT = 32
_LONGEST = timedelta(days=3650)
_WEEK = timedelta(days=6)


def duration(length: timedelta) -> str:
    """`45 s`, `41 min`, `5 h`, `5 h 12 min`: whole units, cut and not rounded, never negative."""
    seconds = max(0, math.floor(length.total_seconds()))
    if seconds < 60:
        return _("{seconds} s").format(seconds=seconds)
    hours, minutes = divmod(seconds // 60, 60)
    if hours == 0:
        return _("{minutes} min").format(minutes=minutes)
    if minutes == 0:
        return _("{hours} h").format(hours=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=minutes)


def parse(text: str) -> timedelta:
    """The duration that a person wrote: `10` and `10m` (minutes), `90s`, `1h20m`, `1.5h`.

    Raises ValueError, whose message says what is understood, for anything else.
    """
    wanted = text.strip().lower().replace(" ", "")
    length = None
    if len(wanted) <= _LONGEST_TEXT:
        if _NUMBER.fullmatch(wanted):
            length = _sum({"m": wanted})
        elif wanted and (parts := _PARTS.fullmatch(wanted)):
            length = _sum({unit: part for unit, part in zip("hms", parts.groups(), strict=True) if part})
    if length is None:
        raise ValueError(
            _("{text} is not a duration: write 10 (minutes), 90s, 20m or 1h20m").format(text=ascii(text[:40]))
        )
    return length


def _sum(parts: dict[str, str]) -> timedelta | None:
    try:
        length = sum((float(part) * _UNITS[unit] for unit, part in parts.items()), timedelta())
    except OverflowError:
        return None
    return length if length <= _LONGEST else None


def moment(at: datetime, now: datetime, zone: tzinfo, clock_form: str = "%H:%M") -> str:
    """The local name of `at`, said at `now`: `14:10`, `tomorrow 09:00`, `Thu 09:00`, `3 Feb 09:00`."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    clock = local.strftime(clock_form)
    days = local.date() - today
    if not days:
        return clock
    if days == timedelta(days=1):
        return _("tomorrow {clock}").format(clock=clock)
    if days == timedelta(days=-1):
        return _("yesterday {clock}").format(clock=clock)
    if timedelta() < days <= _WEEK:
        return f"{weekday(local)} {clock}"
    return f"{local.day} {_month(local)} {clock}"


def weekday(at: date) -> str:
    """`Mon` to `Sun`, whatever the locale of the process."""
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))[at.weekday()]


def _month(at: datetime) -> str:
    return (
        _("Jan"), _("Feb"), _("Mar"), _("Apr"), _("May"), _("Jun"),
        _("Jul"), _("Aug"), _("Sep"), _("Oct"), _("Nov"), _("Dec"),
    )[at.month - 1]  # fmt: skip
