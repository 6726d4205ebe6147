"""A run that is near: its primer is offered, put off, refused, or in vain (selection.md section 3.5)."""

from dataclasses import replace
from datetime import datetime, timedelta

from deskbreak.core.commands import Outcome, PromptKind, Rule, Save, Told
from deskbreak.core.due import Scene, holding, just_free, limit
from deskbreak.core.said import prove_now
from deskbreak.core.spells import close
from deskbreak.core.state import NOTHING, Open, Pending, Run, State
from deskbreak.core.suggesting import suggest_primer
from deskbreak.core.turn import Turn

AGAIN = timedelta(minutes=10)
"""What the offer's own button puts it off by; it is not there when the run begins first."""


def plan(turn: Turn, starts_in: timedelta) -> None:
    """The person runs in so long; what they said of a run before holds no more."""
    prove_now(turn)
    run, said, at = turn.state.run, turn.state.planned, turn.stamp.wall + starts_in
    if run is not None and (run.at == said or at < run.at):
        if offered(turn.state) is not None:
            close(turn, Outcome.IGNORED)
        # It is quiet before one that is sooner; one of the calendar that is behind it nears again after it.
        turn.set(run=Run(at) if at < run.at else None)
    turn.set(planned=at)
    turn.tell(Told.RUN_PLANNED)


def near(turn: Turn, at: datetime, due: bool) -> None:
    """The run at this moment is near; `due`: its primer is to be offered now."""
    state = turn.state
    if at <= turn.stamp.wall or at == state.run_over:
        return
    known = state.run if state.run is not None and state.run.at == at else Run(at)
    turn.set(run=Run(at, known.due or due, known.again_at))
    turn.do(Save())


def mind_run(turn: Turn, seen: Scene) -> None:
    """Offer the primer of the run that is near once nothing is against it; forget a run that has begun."""
    state, wall = turn.state, turn.stamp.wall
    run = state.run
    if run is None:
        return
    if wall >= run.at:
        let_be(turn, Outcome.IGNORED)
        turn.set(run=None)
        turn.do(Save())
        return
    put_off = run.again_at is not None and wall < run.again_at
    if not run.due or run.over or put_off or state.pending is not None or state.exercise is not None:
        return
    opened = offered(state)
    if opened is not None and (opened.shown or opened.row.outcome is Outcome.UNDELIVERED):
        return
    if not seen.there:
        return
    if holding(state, turn.now, turn.rules) or just_free(state, turn.now, turn.rules):
        return
    number, at_limit = state.next_number, limit(state, turn.rules)
    turn.set(
        pending=Pending(number, PromptKind.PRIMER, 0, Rule.RUN, run.at - wall, at_limit, NOTHING, (), False),
        next_number=number + 1,
    )
    turn.do(suggest_primer(state, turn.stamp, turn.rules, number, seen.count))


def put_off(turn: Turn, lasts: timedelta) -> None:
    """Offer it once more after so long; by then the run may have begun."""
    run = turn.state.run
    again_at = turn.stamp.wall + lasts
    if run is None or again_at >= run.at:
        let_be(turn, Outcome.SNOOZED)
        turn.tell(Told.NOT_AGAIN)
        return
    close(turn, Outcome.SNOOZED)
    turn.set(run=Run(run.at, True, again_at))
    turn.tell(Told.LATER)


def refuse(turn: Turn) -> None:
    let_be(turn, Outcome.SKIPPED)
    turn.tell(Told.NOT_TODAY)


def begun(turn: Turn) -> None:
    """The primer is being done: for the run that is near, or else for the one that the person told of."""
    state = turn.state
    let_be(turn, Outcome.STARTED)
    if state.run is None and state.planned is not None:
        turn.set(run_over=state.planned, planned=None)


def let_be(turn: Turn, outcome: Outcome) -> None:
    """Nothing more is said of this run or its primer, and nothing else is suggested before it."""
    state = turn.state
    if offered(state) is not None:
        close(turn, outcome)
    if state.run is not None:
        planned = None if state.planned is not None and state.planned <= state.run.at else state.planned
        turn.set(run=replace(state.run, over=True), run_over=state.run.at, planned=planned)


def offered(state: State) -> Open | None:
    """The primer that is on offer, on the screen or not."""
    opened = state.open
    return opened if opened is not None and opened.prompt.kind is PromptKind.PRIMER else None
