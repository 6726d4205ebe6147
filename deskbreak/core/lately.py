"""The last runs of one posture in the log, without what was too short to be spoken of."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from deskbreak.core.postures import Stretch


def lately(known: tuple[Stretch, ...], more: Iterable[Stretch], at_least: timedelta) -> tuple[Stretch, ...]:
    """`known` with `more` booked after it, or in its place from there on.

    What is over and was shorter than `at_least` is part of what was around it.
    """
    for stretch in more:
        known = tuple(replace(k, ended=min(k.ended, stretch.began)) for k in known if k.began < stretch.began)
        last = known[-1] if known else None
        if last is not None and last.posture is not stretch.posture and last.length < at_least:
            known = known[:-1]
        if known and known[-1].posture is stretch.posture:
            known = (*known[:-1], replace(known[-1], ended=stretch.ended))
        else:
            known = (*known[-2:], stretch)
    return known
