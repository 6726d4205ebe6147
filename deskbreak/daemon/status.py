"""What `status` answers, in words and as the JSON that scripts read."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from deskbreak.core.events import Until
from deskbreak.core.postures import Posture, Stamp
from deskbreak.core.view import View
from deskbreak.ports import DayTotals
from deskbreak.words import menu
from deskbreak.words.sentences import paragraph


def says(view: View, totals: DayTotals, faults: Sequence[str], now: Stamp) -> str:
    """The paragraph of `deskbreak status`."""
    sitting = dict(totals.by_posture).get(Posture.SITTING, timedelta())
    today = menu.today_line(sitting, breaks(totals), totals.longest)
    return paragraph(view, f"{today}.", faults, now)


def status(view: View, totals: DayTotals, faults: Sequence[str]) -> dict[str, object]:
    """The keys of rules.md section 6; moments are ISO 8601 in UTC, durations whole seconds."""
    return {
        "state": view.posture.value,
        "since": _moment(view.since_at),
        "count_s": _seconds(view.count),
        "next_at": _moment(view.next_at),
        "held": None
        if view.hold is None
        else {"hold": view.hold.value, "since": _moment(view.held_since_at)},
        "snoozed_until": _moment(view.snoozed_until_at),
        "paused_until": _end(view.paused_until),
        "tracking": view.tracking,
        "today": today(totals),
        "faults": list(faults),
    }


def today(totals: DayTotals) -> Mapping[str, object]:
    """Seconds by posture, the number of breaks and the longest sitting bout."""
    spent = dict(totals.by_posture)
    seconds = {f"{posture.value}_s": _seconds(spent.get(posture, timedelta())) for posture in Posture}
    return {**seconds, "breaks": breaks(totals), "longest_s": _seconds(totals.longest)}


def breaks(totals: DayTotals) -> int:
    return sum(number for _kind, number in totals.breaks)


def _seconds(length: timedelta) -> int:
    return int(length.total_seconds())


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.astimezone(UTC).isoformat(timespec="seconds")


def _end(end: datetime | Until | None) -> str | None:
    return end.value if isinstance(end, Until) else _moment(end)
