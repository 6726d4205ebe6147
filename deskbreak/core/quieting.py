"""What the person does to have fewer reminders: snooze, skip, pause, track off (rules.md section 5)."""

from datetime import timedelta

from deskbreak.core import runs
from deskbreak.core.commands import (
    Outcome,
    Told,
)
from deskbreak.core.due import limit
from deskbreak.core.events import Until
from deskbreak.core.postures import How, Posture, Stretch
from deskbreak.core.said import prove_now
from deskbreak.core.spells import close, drop_question, end_exercise
from deskbreak.core.state import (
    Claim,
    ClaimKind,
    Off,
    Quiet,
)
from deskbreak.core.turn import Turn, book


def snooze(turn: Turn, lasts: timedelta | None) -> None:
    prove_now(turn)
    lasts = turn.rules.snooze if lasts is None else lasts
    if runs.offered(turn.state) is not None:
        runs.put_off(turn, lasts)
        return
    spell = turn.state.spell
    if not _given(turn):
        turn.set(quiet=Quiet(turn.now, turn.now + lasts, None))
        turn.tell(Told.PAUSED_NOT_SNOOZED)
        return
    close(turn, Outcome.SNOOZED)
    turn.set_spell(
        snoozed_until=turn.now + lasts,
        snoozes=spell.snoozes + 1,
        snoozed_ever=True,
        next_count=None,
        due_since=None,
        held=False,
        undelivered=False,
    )
    turn.tell(Told.SNOOZED)


def _given(turn: Turn) -> bool:
    """Whether there is a reminder to answer: one given in this spell, or one that nobody could show."""
    return turn.state.spell.given > 0 or turn.state.spell.undelivered


def skip(turn: Turn) -> None:
    prove_now(turn)
    if runs.offered(turn.state) is not None:
        runs.refuse(turn)
        return
    if not _given(turn):
        # What the person asked to see puts off no reminder.
        turn.tell(Told.NOTHING_TO_SKIP if turn.state.open is None else Told.SKIPPED)
        close(turn, Outcome.SKIPPED)
        return
    close(turn, Outcome.SKIPPED)
    turn.set_spell(
        next_count=turn.state.count + limit(turn.state, turn.rules),
        snoozed_until=None,
        snoozes=0,
        due_since=None,
        skipped=True,
        held=False,
        undelivered=False,
    )
    turn.tell(Told.SKIPPED)


def pause(turn: Turn, lasts: timedelta | Until) -> None:
    prove_now(turn)
    until, named = _until(turn, lasts)
    turn.set(quiet=Quiet(turn.now, until, named))
    turn.tell(Told.PAUSED)


def stop_tracking(turn: Turn, lasts: timedelta | Until) -> None:
    since = turn.state.off.since if turn.state.off else turn.now
    prove_now(turn)
    close(turn, Outcome.HELD)
    drop_question(turn)
    end_exercise(turn)
    until, named = _until(turn, lasts)
    turn.set(off=Off(since, until, named), claims=(), desk=None)
    turn.tell(Told.TRACKING_OFF)


def _until(turn: Turn, lasts: timedelta | Until) -> tuple[timedelta | None, Until | None]:
    return (None, lasts) if isinstance(lasts, Until) else (turn.now + lasts, None)


def resume(turn: Turn) -> None:
    if turn.state.off is None and turn.state.quiet is None:
        turn.tell(Told.NOTHING_TO_RESUME)
        return
    if turn.state.off is not None:
        track_again(turn, turn.now)
        turn.set(proof_at=turn.now)
    if turn.state.quiet is not None:
        prove_now(turn)
        turn.set(quiet=None, free_since=turn.now)
    turn.tell(Told.RESUMED)


def track_again(turn: Turn, at: timedelta) -> None:
    """Tracking goes on from `at`; the count is what it was."""
    state = turn.state
    assert state.off is not None
    book(turn, (Stretch(state.off.since, at, Posture.UNKNOWN, How.USER),))
    standing = []
    if state.locked:
        standing.append(Claim(ClaimKind.LOCKED, at))
    if state.blind:
        standing.append(Claim(ClaimKind.BLIND, at))
    turn.set(off=None, settled_at=at, input_floor=at, upright_since=at, claims=tuple(standing))
