"""The last command taken back, with all it did."""

from collections.abc import Callable
from dataclasses import replace

from deskbreak.core import said
from deskbreak.core.commands import (
    Command,
    Record,
    RecordBreak,
    RecordExercise,
    RecordPrompt,
    Save,
    Show,
    Tell,
    Told,
    Unrecord,
    Withdraw,
)
from deskbreak.core.events import (
    Answered,
    AskedAnother,
    Corrected,
    Event,
    Finished,
    Paused,
    Rated,
    Resumed,
    RunPlanned,
    SaidHere,
    SatDown,
    Skipped,
    Snoozed,
    Started,
    StoodUp,
    TrackingStopped,
)
from deskbreak.core.postures import BreakKind, How, Stamp
from deskbreak.core.rules import Rules
from deskbreak.core.settling import log_break
from deskbreak.core.spells import withdraw
from deskbreak.core.state import NOTHING, State, Undoable
from deskbreak.core.turn import Turn, booked_since

_PERSONS = (
    StoodUp,
    SatDown,
    SaidHere,
    Started,
    Finished,
    Snoozed,
    Skipped,
    AskedAnother,
    Answered,
    Rated,
    Paused,
    TrackingStopped,
    Resumed,
    RunPlanned,
    Corrected,
)
# What changed nothing in the state, or more than the state.
_LASTING = (Told.ALREADY, Told.LONGER, Told.AS_IS)
_REPLAYED = (Record, RecordBreak, RecordExercise, RecordPrompt, Unrecord, Save)


def remember(turn: Turn, before: State, event: Event) -> None:
    """Keep what it takes to undo the last command for a minute."""
    told = next((c.told for c in turn.commands if isinstance(c, Tell)), None)
    if isinstance(event, Started) and told is None:
        # The coach is still choosing; what it offers begins at once.
        told = Told.STARTED
    undoable = before.undoable
    if _is_persons(event) and told is not None and not told.refused and told not in _LASTING:
        turn.set(undoable=Undoable(before.but(undoable=None), told, turn.now, (), turn.rebook))
    elif undoable is not None and not (told is not None and told.refused):
        if turn.now - undoable.at > turn.rules.undo_within:
            turn.set(undoable=None)
        else:
            turn.set(undoable=replace(undoable, since=(*undoable.since, (event, turn.stamp))))


def _is_persons(event: Event) -> bool:
    """Whether it is a command of the person's; what a desk says, again and again, is none."""
    match event:
        case StoodUp(How.DESK) | SatDown(How.DESK):
            return False
        case _:
            return isinstance(event, _PERSONS)


Step = Callable[[State, tuple[Event, ...], Stamp, Rules], tuple[State, tuple[Command, ...]]]


def undo(turn: Turn, step: Step) -> None:
    """As if the last command had not been given; what else took place since still did, step by step."""
    undoable = turn.state.undoable
    if undoable is None or turn.now - undoable.at > turn.rules.undo_within:
        turn.tell(Told.NOTHING_TO_UNDO)
        return
    after = turn.state
    state = undoable.before
    if after.open is not None and after.open.shown:
        withdraw(turn)
    if after.exercise is not None and after.exercise != state.exercise:
        turn.do(Withdraw(after.exercise.number))
    if after.question is not None and after.question != state.question:
        turn.do(Withdraw(after.question.prompt.number))
    for command in undoable.rebook or (booked_since(state),):
        turn.do(command)
    for event, stamp in undoable.since:
        state, commands = step(state, (event,), stamp, turn.rules)
        for command in commands:
            if isinstance(command, _REPLAYED):
                turn.do(command)
    turn.state = state.but(undoable=None, pending=None, next_number=after.next_number)
    said.prove_now(turn)
    if state.stood_break is not None:
        began, spell = state.stood_break
        log_break(turn, spell, BreakKind.STOOD, began, NOTHING)
    if state.open is not None:
        turn.do(RecordPrompt(state.open.row))
        if state.open.shown:
            turn.do(Show(state.open.prompt))
    if state.question is not None:
        turn.do(RecordPrompt(state.question.row))
        turn.do(Show(state.question.prompt))
    turn.tell(Told.UNDONE)
