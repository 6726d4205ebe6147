"""One step in the making: the state as far as it has come, the commands so far, and booking."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from deskbreak.core import naming
from deskbreak.core.commands import (
    Command,
    Record,
    RecordCorrection,
    Save,
    Tell,
    Told,
    Uncorrect,
    Unrecord,
)
from deskbreak.core.lately import lately
from deskbreak.core.postures import Correction, Posture, Stamp, Stretch
from deskbreak.core.presence import Judgement, judge
from deskbreak.core.rules import Rules
from deskbreak.core.state import NOTHING, State

# SBRN terminology consensus (Tremblay 2017) with deskbreak's floor: a shorter gap ends no bout.
BOUT_GAP = timedelta(seconds=60)
# "done" with nothing started speaks of the absence that the person has just come back from.
JUST_BACK = timedelta(minutes=2)


class Turn:
    """Mutable for the length of one step and never seen outside it."""

    __slots__ = ("commands", "now", "rebook", "rules", "stamp", "state")

    def __init__(self, state: State, stamp: Stamp, rules: Rules) -> None:
        self.state = state
        self.stamp = stamp
        self.now = stamp.elapsed
        self.rules = rules
        self.commands: list[Command] = []
        self.rebook: tuple[Command, ...] = ()

    def set(self, **changes: Any) -> None:
        self.state = self.state.but(**changes)

    def set_spell(self, **changes: Any) -> None:
        self.set(spell=replace(self.state.spell, **changes))

    def do(self, command: Command) -> None:
        self.commands.append(command)

    def tell(self, told: Told) -> None:
        self.do(Tell(told))
        self.do(Save())

    def judge(self) -> Judgement:
        return judge(self.state, self.now, self.rules)


def book(turn: Turn, stretches: Iterable[Stretch]) -> None:
    """Record the stretches, which begin at `settled_at`, and count what was sat and stood."""
    state = turn.state
    count, stood, bout_began = state.count, state.stood, state.bout_began
    settled = state.settled_at
    stretches = tuple(stretches)
    for stretch in stretches:
        for row in naming.rows(stretch, state.namings, turn.rules.day_start):
            turn.do(Record(row))
        settled = stretch.ended
        if stretch.posture is Posture.SITTING:
            count += stretch.length
            bout_began = stretch.began if bout_began is None else bout_began
        elif stretch.posture is Posture.STANDING:
            stood += stretch.length
        if stretch.posture is not Posture.SITTING and stretch.length >= BOUT_GAP:
            bout_began = None
    if state.broke is not None:
        count = NOTHING
    turn.set(
        count=count,
        stood=stood,
        bout_began=bout_began,
        settled_at=settled,
        namings=naming.since(state.namings, settled),
        saved_at=turn.now,
        lately=lately(state.lately, stretches, turn.rules.break_min),
    )
    absence = state.last_absence
    if absence is not None and absence.ended <= state.settled_at and turn.now - absence.ended <= JUST_BACK:
        turn.set(last_absence=replace(absence, after=(*absence.after, *stretches)))


def booked_since(before: State) -> Unrecord:
    """Takes back all that was booked since the state was `before`."""
    return Unrecord(before.settled_at, before.spell.number, before.next_number)


def correct(turn: Turn, before: State, began: timedelta, ended: timedelta, posture: Posture) -> None:
    """The person's word about `[began, ended)`; `before` is the state that an undo goes back to."""
    name = naming.in_force(before.namings, began)
    correction = Correction(
        began,
        ended - began,
        naming.wall(before.namings, began),
        name.offset(began),
        posture,
        turn.stamp.wall,
    )
    turn.do(RecordCorrection(correction))
    turn.rebook = (Uncorrect(correction), booked_since(before))
