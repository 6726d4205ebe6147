"""The person's word about posture, the surest there is, and the desk's (rules.md sections 3 and 4)."""

from datetime import timedelta

from deskbreak.core.commands import (
    Outcome,
    Told,
)
from deskbreak.core.postures import BreakKind, How, Posture
from deskbreak.core.presence import HARD
from deskbreak.core.settling import log_break, prove, stop_standing
from deskbreak.core.spells import answer_reminder, drop_question, end_exercise, end_spell
from deskbreak.core.state import (
    NOTHING,
    Claim,
    ClaimKind,
    DeskSays,
    State,
)
from deskbreak.core.turn import Turn, book, correct


def prove_now(turn: Turn) -> None:
    """A command is a proof, and settles everything before it."""
    if turn.state.off is None:
        prove(turn, turn.now)
        there = tuple(c for c in turn.state.claims if c.kind not in HARD)
        turn.set(claims=there, confirm_from=None)
        book(turn, turn.judge().present)


def stand(turn: Turn, by: How) -> None:
    if turn.state.upright is Posture.STANDING:
        before = turn.state
        prove_now(turn)
        _stood_since(turn, before)
        turn.set(confirmed_at=turn.now, doubt_from=None, desk=None)
        answer_reminder(turn, Outcome.STARTED)
        turn.tell(Told.ALREADY)
        return
    prove_now(turn)
    change(turn, Posture.STANDING, by, turn.now)
    turn.tell(Told.STANDING)


def _stood_since(turn: Turn, before: State) -> None:
    """Who still stands has stood since that was asked, which was taken for unknown."""
    asked = before.doubt_from
    if asked is not None and turn.state.off is None:
        correct(turn, before, asked, turn.now, Posture.STANDING)
        turn.set(stood=turn.state.stood + (turn.now - asked))


def sit(turn: Turn, by: How) -> None:
    already = turn.state.upright is Posture.SITTING
    prove_now(turn)
    if already:
        turn.set(desk=None)
        turn.tell(Told.ALREADY)
        return
    change(turn, Posture.SITTING, by, turn.now)
    turn.tell(Told.SITTING)


def desk_says(turn: Turn, posture: Posture) -> None:
    """A desk sensor's word: believed once it has held; a repeat changes nothing."""
    state = turn.state
    if state.upright is posture:
        turn.set(desk=None)
    elif state.desk is None:
        turn.set(desk=DeskSays(posture, turn.now))
    turn.tell(Told.STANDING if posture is Posture.STANDING else Told.SITTING)


def believe_desk(turn: Turn) -> None:
    """Back-date the desk's posture to when it was first reported, now that it has held."""
    desk = turn.state.desk
    if desk is None or turn.now - desk.since < turn.rules.desk_holds_for:
        return
    turn.set(desk=None)
    judgement = turn.judge()
    if turn.state.off is None and judgement.absent_since is None:
        book(turn, judgement.present_until(desk.since))
    change(turn, desk.posture, How.DESK, desk.since)


def change(turn: Turn, posture: Posture, by: How, at: timedelta) -> None:
    drop_question(turn)
    if posture is Posture.STANDING:
        end_exercise(turn)
        answer_reminder(turn, Outcome.STARTED)
        spell = end_spell(turn, at)
        log_break(turn, spell, BreakKind.STOOD, at, NOTHING)
        turn.set(stood_break=(at, spell), stood=NOTHING, stand_rung=0, doubt_from=None, bout_began=None)
    else:
        stop_standing(turn, at)
        answer_reminder(turn, Outcome.STARTED)
        by = How.DESK if by is How.DESK else How.INPUT
    turn.set(upright=posture, upright_by=by, upright_since=at, confirmed_at=at, desk=None, last_absence=None)


def here(turn: Turn, lasts: timedelta | None) -> None:
    prove_now(turn)
    others = tuple(c for c in turn.state.claims if c.kind is not ClaimKind.HERE)
    until = None if lasts is None else turn.now + lasts
    turn.set(claims=(*others, Claim(ClaimKind.HERE, turn.now, until)))
    turn.tell(Told.HERE)
