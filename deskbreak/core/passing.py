"""What the passing of time brings, whatever else happened: ends, heartbeats, absences, down time."""

from dataclasses import replace

from deskbreak.core import answers, doing, quieting, said
from deskbreak.core.commands import (
    Save,
)
from deskbreak.core.due import holding
from deskbreak.core.evening import mind_evening
from deskbreak.core.look import scene
from deskbreak.core.naming import noticed
from deskbreak.core.presence import Judgement
from deskbreak.core.reminders import remind
from deskbreak.core.runs import mind_run
from deskbreak.core.settling import note_absence
from deskbreak.core.spells import drop_question, withdraw
from deskbreak.core.state import Claim, ClaimKind
from deskbreak.core.turn import Turn, book


def timed_ends(turn: Turn) -> None:
    """What the clock alone brings to an end."""
    if turn.state.off is not None:
        _end_of_off(turn)
    if turn.state.quiet is not None:
        _end_of_pause(turn)
    tentative = turn.state.tentative_at
    if tentative is not None and turn.now - tentative >= turn.rules.away_after:
        turn.set(tentative_at=None)


def go_on(turn: Turn) -> None:
    """What follows from the moment itself, whatever the events were."""
    if turn.state.off is not None:
        return
    if turn.state.desk is not None:
        said.believe_desk(turn)
    away = True
    if turn.state.tentative_at is None and turn.state.proof_at is not None:
        judgement = turn.judge()
        away = judgement.absent_since is not None
        if away:
            withdraw(turn)
            drop_question(turn)
            note_absence(turn, judgement, turn.now)
        _beat(turn, judgement)
    opened = turn.state.open
    if opened is not None and any(
        h.since >= opened.shown_at for h in holding(turn.state, turn.now, turn.rules)
    ):
        withdraw(turn)
    if turn.state.exercise is not None:
        doing.mind_exercise(turn, not away and scene(turn.state, turn.stamp, turn.rules).settled)
    seen = scene(turn.state, turn.stamp, turn.rules)
    mind_run(turn, seen)
    remind(turn, seen)
    if not away:
        answers.ask(turn, seen)
        answers.offer_up(turn)
        mind_evening(turn, seen)


def _end_of_off(turn: Turn) -> None:
    off = turn.state.off
    if off is not None and off.until is not None and off.until <= turn.now:
        quieting.track_again(turn, off.until)
        turn.do(Save())


def _end_of_pause(turn: Turn) -> None:
    quiet = turn.state.quiet
    if quiet is not None and quiet.until is not None and quiet.until <= turn.now:
        turn.set(quiet=None, free_since=quiet.until)
        turn.do(Save())


def _beat(turn: Turn, judgement: Judgement) -> None:
    """The heartbeat: what is sure by now is booked; quiet time waits."""
    state = turn.state
    if turn.now - state.saved_at < turn.rules.heartbeat:
        return
    if state.exercise is None and state.desk is None and judgement.sign > state.settled_at:
        book(turn, judgement.present_until(judgement.sign))
    elif judgement.absent_since is not None and state.break_logged:
        return
    turn.set(saved_at=turn.now)
    turn.do(Save())


def launched(turn: Turn, rebooted: bool) -> None:
    seen = turn.state.seen
    turn.set(
        locked=None,
        asleep=False,
        blind=False,
        pending=None,
        undoable=None,
        holds=(),
        lapsed=(),
        # The desktop tells of its holds a moment after the start.
        free_since=turn.now,
        input_floor=turn.now,
        namings=noticed(turn.state.namings, turn.stamp),
        saved_at=turn.now,
    )
    if rebooted:
        turn.set(input_awake=None)
    if turn.state.off is not None:
        return
    since = seen.elapsed
    ended = tuple(
        replace(c, until=since)
        if c.until is None and c.kind in (ClaimKind.CALL, ClaimKind.MEDIA, ClaimKind.BLIND)
        else c
        for c in turn.state.claims
    )
    kind = ClaimKind.OFF_POWER if rebooted else ClaimKind.DOWN
    turn.set(claims=(*ended, Claim(kind, since, turn.now)))
