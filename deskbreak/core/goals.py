"""What a person may aim at, and how far they are: values for a quiet line, never a reproach.

Specification: rules.md section 8, evidence.md sections 1.6 and 1.7.
"""

from collections.abc import Iterable
from datetime import timedelta

from deskbreak.core.postures import Posture, Row

_PRESENT = frozenset({Posture.SITTING, Posture.STANDING, Posture.MOVING})


def tracked(rows: Iterable[Row]) -> timedelta:
    """The time from the first to the last sign of the person in these rows, without what is unknown.

    `rows` are the corrected ones of one day, in the order they were lived. Breaks and lunch are part of a
    day at work, the night before and after it is not.
    """
    seen = waiting = timedelta(0)
    begun = False
    for row in rows:
        if row.posture in _PRESENT:
            seen += waiting + row.length
            waiting = timedelta(0)
            begun = True
        elif begun and row.posture is Posture.AWAY:
            waiting += row.length
    return seen
