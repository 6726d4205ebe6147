"""Primers as they are made for persons of all kinds."""

from datetime import timedelta

from deskbreak.coach.exercise import Family, Level
from deskbreak.coach.library import packaged
from deskbreak.coach.primer import Primer, primer
from deskbreak.coach.situation import Done, Person
from deskbreak.coach.slots import Kind

KNOWN = packaged().known
LONG_AGO = timedelta(hours=100)
BEGINNER = Person()
AT_303 = Person(levels=dict.fromkeys(Family, Level.L303))
FOUR = ((Kind.FULL, True), (Kind.FULL, False), (Kind.SHORT, True), (Kind.THREE_MINUTES, True))
"""The four of selection.md 3.5: each with whether the person may lie down."""


def made(
    which: Kind,
    lying: bool = True,
    person: Person = AT_303,
    tried: frozenset[str] = frozenset(KNOWN),
    tempo: int = 180,
) -> Primer:
    """The primer for who has done these, long ago."""
    found = primer(which, lying, KNOWN, person, [Done(id_, LONG_AGO, 4) for id_ in sorted(tried)], tempo)
    assert found is not None
    return found
