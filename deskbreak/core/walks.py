"""Time on one's feet, booked as moving in place of what it was taken for (rules.md section 4)."""

from datetime import timedelta

from deskbreak.core.commands import Told, Unrecord
from deskbreak.core.postures import BreakKind, How, Posture, Stretch
from deskbreak.core.presence import HARD
from deskbreak.core.said import prove_now
from deskbreak.core.settling import log_break, stop_standing
from deskbreak.core.spells import drop_question, end_spell
from deskbreak.core.state import NOTHING, Absence, State
from deskbreak.core.turn import JUST_BACK, Turn, book


def finish_walk(turn: Turn) -> None:
    """The absence that is just over was a walk."""
    before = turn.state
    prove_now(turn)
    last = turn.state.last_absence
    if last is None or turn.now - last.ended > JUST_BACK:
        turn.tell(Told.NOTHING_TO_END)
        return
    if before.last_absence is not None and before.last_absence.ended == last.ended:
        keep_for_undo(turn, last.began, before.last_absence)
    moved(turn, last.began, last.ended, How.USER, last.spell)
    book(turn, last.after)
    turn.tell(Told.WALKED)


def moved(
    turn: Turn,
    began: timedelta,
    ended: timedelta,
    how: How,
    spell: int | None = None,
    back: timedelta | None = None,
) -> None:
    """Book `[began, ended)` as moving, whatever it was booked as, and begin a spell.

    `spell` is the one that the absence has ended by then; `back` is when the person was at the desk again,
    if that was later.
    """
    drop_question(turn)
    ended_first = turn.state.spell.number if spell is None else spell
    turn.do(Unrecord(began, ended_first, turn.state.next_number))
    if spell is None:
        spell = end_spell(turn, began)
    stop_standing(turn, began)
    # Reading mode, a call or a lost sensor outlasts the exercise; a lock or a sleep is over by the proof.
    going = (c for c in turn.state.claims if c.until is None or c.until > turn.now)
    there = tuple(c for c in going if c.kind not in HARD)
    turn.set(settled_at=began, claims=there, tentative_at=None, broke=None, break_logged=False)
    turn.set(last_absence=None)
    book(turn, (Stretch(began, ended, Posture.MOVING, how),))
    log_break(turn, spell, BreakKind.MOVED, began, (ended if back is None else back) - began)
    turn.set(
        upright=Posture.SITTING,
        upright_by=How.INPUT,
        upright_since=ended,
        count=NOTHING,
        bout_began=None,
        accepted_at=None,
        confirm_from=None,
        proof_at=turn.now,
    )


def keep_for_undo(turn: Turn, since: timedelta, absence: Absence) -> None:
    """The walk was booked as an absence, and what is around it too: undo books all of it again."""
    again = Turn(turn.state.but(settled_at=since, last_absence=None), turn.stamp, turn.rules)
    book(again, (Stretch(since, absence.began, Posture.SITTING, How.INPUT),))
    book(again, (*absence.stretches, *absence.after))
    if absence.logged:
        log_break(again, absence.spell, BreakKind.AWAY, absence.began, absence.ended - absence.began)
    turn.rebook = (Unrecord(since, absence.spell, turn.state.next_number), *again.commands)


def went_since(state: State, began: timedelta) -> Absence | None:
    """The absence that is over by now and began no earlier than this."""
    absence = state.last_absence
    return absence if absence is not None and absence.began >= began and state.broke is None else None
