"""What the coach is told of the moment that it chooses for; it decides nothing."""

from dataclasses import replace
from datetime import timedelta

from deskbreak.core import naming
from deskbreak.core.commands import Suggest
from deskbreak.core.events import Hold, Started
from deskbreak.core.postures import Posture, Stamp
from deskbreak.core.rules import Rules
from deskbreak.core.state import ClaimKind, State


def suggest(
    state: State, stamp: Stamp, rules: Rules, number: int, count: timedelta, easier: bool = False
) -> Suggest:
    """For a reminder; `count` is the sitting as it looks at this moment."""
    now = stamp.elapsed
    return Suggest(
        number,
        easier,
        wanted=None,
        own=False,
        count=count,
        standing=state.upright is Posture.STANDING,
        on_call=_on_call(state, now),
        at=naming.wall(state.namings, now),
        day=naming.in_force(state.namings, now).day(now, rules.day_start),
    )


def suggest_for(
    started: Started, state: State, stamp: Stamp, rules: Rules, number: int, count: timedelta
) -> Suggest:
    """For a break that the person begins."""
    asked = suggest(state, stamp, rules, number, count)
    return replace(asked, wanted=started.exercise, own=True, available=started.available, quiet=started.quiet)


def suggest_primer(state: State, stamp: Stamp, rules: Rules, number: int, count: timedelta) -> Suggest:
    """For the minutes before a run."""
    return replace(suggest(state, stamp, rules, number, count), own=True, primer=True)


def _on_call(state: State, now: timedelta) -> bool:
    going = (c for c in state.claims if c.until is None or c.until > now)
    return any(c.kind is ClaimKind.CALL for c in going) or any(h.hold is Hold.CALL for h in state.holds)
