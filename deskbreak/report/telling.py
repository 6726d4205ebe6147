"""What days come to, as rows of a grid: sums in the first column, what they are compared with beside it."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import timedelta
from typing import NamedTuple

from deskbreak.core.outcomes import Fate, Reminded, fate
from deskbreak.core.postures import Posture
from deskbreak.report.grid import Entry, Stroke, amount, rate, share, span
from deskbreak.report.pieces import Room
from deskbreak.report.ribbon import INFERRED, SIGNS, TONES, fate_name
from deskbreak.report.sums import Summed, Sums, seen
from deskbreak.words import _
from deskbreak.words.durations import duration
from deskbreak.words.review import break_kind, posture

Columns = Sequence[Summed | None]

_NOTHING = timedelta(0)
_MINUTE = timedelta(minutes=1)


class Details(NamedTuple):
    """What sums do not hold: what of each posture is inferred, when the longest bout was, the reminders."""

    inferred: Mapping[Posture, timedelta]
    longest: str
    reminders: tuple[Reminded, ...]


def told(sums: Sums, others: Columns, details: Details, room: Room) -> Iterator[Entry | None]:
    """Postures, breaks, bouts, reminders, exercises; None is an empty line.

    `others` are the columns beside the sums, None where one is empty.
    """
    yield from _times(sums, others, details.inferred, room)
    yield None
    yield from _breaks(sums, others)
    yield from _bouts(sums, others, details.longest)
    yield from _reminders(details.reminders)
    yield from _exercises(sums, others)


def _times(sums: Sums, others: Columns, inferred: Mapping[Posture, timedelta], room: Room) -> Iterator[Entry]:
    columns = [None if each is None else seen(each) for each in (sums, *others)]
    spent = seen(sums)
    whole = sum(spent.values(), _NOTHING) or timedelta.resolution
    for kind, here in spent.items():
        lengths = [None if each is None else each[kind] for each in columns]
        if not any(lengths) and kind is not Posture.SITTING:
            continue
        unsure = min(inferred.get(kind, _NOTHING), here)
        strokes = (
            Stroke((here - unsure) / whole, SIGNS[kind][room.ascii], TONES[kind]),
            Stroke(unsure / whole, INFERRED[room.ascii], TONES[kind]),
        )
        yield Entry(posture(kind), tuple(map(span, lengths)), strokes)
        if unsure >= _MINUTE:
            yield Entry(_("inferred"), (duration(unsure),), part=True)


def _breaks(sums: Sums, others: Columns) -> Iterator[Entry]:
    kinds = ", ".join(f"{number} {break_kind(kind)}" for kind, number in sums.kinds if number)
    yield _row(_("breaks"), sums, others, lambda each: amount(each.breaks), kinds, part=False)
    if sums.breaks:
        yield _row(_("before any reminder"), sums, others, lambda each: amount(each.self_started))


def _bouts(sums: Sums, others: Columns, longest: str) -> Iterator[Entry]:
    if not sums.bouts:
        return
    yield _row(_("sitting bouts"), sums, others, lambda each: amount(each.bouts), part=False)
    yield _row(_("longest"), sums, others, lambda each: duration(each.longest), longest)
    long = _("{length} in all").format(length=duration(sums.in_long)) if sums.long_bouts else ""
    yield _row(_("of 30 min and more"), sums, others, lambda each: amount(each.long_bouts), long)
    yield _row(_("share of sitting"), sums, others, lambda each: share(each.long_share))
    yield _row(_("interrupted per hour"), sums, others, lambda each: rate(each.interruptions_per_hour))


def _reminders(reminders: Iterable[Reminded]) -> Iterator[Entry]:
    fates = Counter(fate(each.outcome) for each in reminders)
    if fates:
        held = _("{number} held back").format(number=fates[Fate.KEPT_BACK]) if fates[Fate.KEPT_BACK] else ""
        yield Entry(_("reminders"), (amount(fates.total() - fates[Fate.KEPT_BACK]),), remark=held)
    for kind in (*Fate, None):
        if fates[kind] and kind is not Fate.KEPT_BACK:
            yield Entry(fate_name(kind), (amount(fates[kind]),), part=True)


def _exercises(sums: Sums, others: Columns) -> Iterator[Entry]:
    if sums.exercises:
        seated = _("{number} in the chair").format(number=sums.activations) if sums.activations else ""
        yield _row(_("exercises"), sums, others, lambda each: amount(each.exercises), seated, part=False)


def _row(
    label: str,
    sums: Sums,
    others: Columns,
    text: Callable[[Summed], str],
    remark: str = "",
    part: bool = True,
) -> Entry:
    values = (text(sums), *("" if each is None else text(each) for each in others))
    return Entry(label, values, remark=remark, part=part)
