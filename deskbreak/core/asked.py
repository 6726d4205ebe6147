"""What the person's own commands change: the surest word there is (rules.md sections 4 to 6)."""

from dataclasses import replace
from datetime import timedelta

from deskbreak.core.commands import (
    Button,
    Outcome,
    Prompt,
    PromptKind,
    Rule,
    Show,
    Suggest,
    Told,
    Unrecord,
    Urgency,
)
from deskbreak.core.events import Offered, Until
from deskbreak.core.postures import BreakKind, How, Posture, Stretch
from deskbreak.core.presence import HARD
from deskbreak.core.reminders import limit
from deskbreak.core.state import (
    NOTHING,
    Absence,
    Claim,
    ClaimKind,
    DeskSays,
    Exercise,
    Off,
    Open,
    Pending,
    Quiet,
    State,
)
from deskbreak.core.turn import (
    Turn,
    book,
    close,
    end_exercise,
    end_spell,
    log_break,
    prove,
    stop_standing,
)

# "done" with nothing started speaks of the absence that the person has just come back from.
JUST_BACK = timedelta(minutes=2)


def prove_now(turn: Turn) -> None:
    """A command is a proof, and settles everything before it."""
    if turn.state.off is None:
        prove(turn, turn.now)
        there = tuple(c for c in turn.state.claims if c.kind not in HARD)
        turn.set(claims=there, confirm_from=None)
        book(turn, turn.judge().present)


def stand(turn: Turn, by: How) -> None:
    if turn.state.upright is Posture.STANDING:
        prove_now(turn)
        turn.set(confirmed_at=turn.now, doubt_from=None, desk=None)
        close(turn, Outcome.STARTED)
        turn.tell(Told.ALREADY)
        return
    prove_now(turn)
    _change(turn, Posture.STANDING, by, turn.now)
    turn.tell(Told.STANDING)


def sit(turn: Turn, by: How) -> None:
    already = turn.state.upright is Posture.SITTING
    prove_now(turn)
    if already:
        turn.set(desk=None)
        turn.tell(Told.ALREADY)
        return
    _change(turn, Posture.SITTING, by, turn.now)
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
        before = (replace(s, ended=min(s.ended, desk.since)) for s in judgement.present)
        book(turn, [s for s in before if s.began < s.ended])
    _change(turn, desk.posture, How.DESK, desk.since)


def _change(turn: Turn, posture: Posture, by: How, at: timedelta) -> None:
    if posture is Posture.STANDING:
        end_exercise(turn, turn.now, done=False)
        close(turn, Outcome.STARTED)
        spell = end_spell(turn, at)
        log_break(turn, spell, BreakKind.STOOD, at, NOTHING)
        turn.set(stood_break=(at, spell), stood=NOTHING, stand_rung=0, doubt_from=None, bout_began=None)
    else:
        stop_standing(turn, at)
        close(turn, Outcome.STARTED)
        by = How.DESK if by is How.DESK else How.INPUT
    turn.set(upright=posture, upright_by=by, upright_since=at, confirmed_at=at, desk=None, last_absence=None)


def here(turn: Turn, lasts: timedelta | None) -> None:
    prove_now(turn)
    others = tuple(c for c in turn.state.claims if c.kind is not ClaimKind.HERE)
    until = None if lasts is None else turn.now + lasts
    turn.set(claims=(*others, Claim(ClaimKind.HERE, turn.now, until)))
    turn.tell(Told.HERE)


def start(turn: Turn, wanted: str | None) -> None:
    prove_now(turn)
    opened = turn.state.open
    if opened is not None and wanted in (None, opened.prompt.exercise):
        assert opened.prompt.exercise is not None
        begin(turn, Offered(0, opened.prompt.exercise, 0, opened.dose, opened.seated, opened.switch))
        return
    _suggest(turn, wanted, start=True)


def another(turn: Turn) -> None:
    prove_now(turn)
    _suggest(turn, None, start=False)
    turn.tell(Told.ANOTHER)


def _suggest(turn: Turn, wanted: str | None, start: bool) -> None:
    state = turn.state
    opened = state.open
    number = state.next_number
    kind, level = PromptKind.REMINDER, 1
    if opened is not None and not start:
        number, kind, level = opened.prompt.number, opened.prompt.kind, opened.prompt.level
    holds = tuple(h.hold for h in state.holds)
    sat_for = state.stood if kind is PromptKind.STANDING else state.count
    pending = Pending(
        number, kind, level, Rule.ASKED, sat_for, limit(state, turn.rules), NOTHING, holds, start
    )
    turn.set(pending=pending, next_number=max(state.next_number, number + 1))
    turn.do(Suggest(number, easier=level >= 2, wanted=wanted))


def begin(turn: Turn, chosen: Offered) -> None:
    """The exercise starts: from here on, quiet is taken for going away sooner."""
    opened: Open | None = turn.state.open
    close(turn, Outcome.STARTED)
    turn.set(pending=None)
    if chosen.switch:
        if turn.state.upright is Posture.STANDING:
            turn.tell(Told.ALREADY)
            return
        _change(turn, Posture.STANDING, How.USER, turn.now)
        turn.tell(Told.STANDING)
        return
    count = turn.state.count
    turn.set_spell(
        accepted=True,
        next_count=count + limit(turn.state, turn.rules),
        snoozed_until=None,
        due_since=None,
        undelivered=False,
    )
    number = turn.state.next_number
    turn.set(
        exercise=Exercise(
            chosen.exercise,
            turn.now,
            chosen.dose,
            chosen.seated,
            None if opened is None else replace(opened.row, outcome=Outcome.STARTED),
            number,
        ),
        accepted_at=None if chosen.seated else turn.now,
        next_number=number + 1,
    )
    turn.do(
        Show(
            Prompt(
                number,
                PromptKind.EXERCISE_END,
                0,
                chosen.exercise,
                chosen.wording,
                count,
                (Button.DONE,),
                Urgency.NORMAL,
            )
        )
    )
    turn.tell(Told.STARTED)


def finish(turn: Turn) -> None:
    exercise = turn.state.exercise
    if exercise is None:
        _finish_walk(turn)
        return
    if exercise.seated or turn.state.off is not None:
        prove_now(turn)
    else:
        went = _went_since(turn.state, exercise.began)
        if went is not None:
            _keep_for_undo(turn, exercise.began, went)
        spell = turn.state.broke if went is None else went.spell
        _moved(turn, exercise.began, turn.now, How.EXERCISE, spell)
    end_exercise(turn, turn.now, done=True)
    turn.tell(Told.DONE)


def _went_since(state: State, began: timedelta) -> Absence | None:
    """The absence that is over by now and began no earlier than this."""
    absence = state.last_absence
    return absence if absence is not None and absence.began >= began and state.broke is None else None


def _finish_walk(turn: Turn) -> None:
    state = turn.state
    since = turn.judge().absent_since if state.off is None and state.proof_at is not None else None
    back = state.tentative_at if state.tentative_at is not None else turn.now
    just_now = since is not None and back - since >= turn.rules.break_min
    if just_now:
        prove_now(turn)
    last = turn.state.last_absence
    if last is None or turn.now - last.ended > JUST_BACK:
        turn.tell(Told.NOTHING_TO_END)
        return
    if not just_now:
        _keep_for_undo(turn, last.began, last)
    _moved(turn, last.began, last.ended, How.USER, last.spell)
    prove_now(turn)
    turn.set(last_absence=None)
    turn.tell(Told.WALKED)


def _keep_for_undo(turn: Turn, since: timedelta, absence: Absence) -> None:
    """The walk was booked as an absence, and what is around it too: undo books all of it again."""
    state = turn.state
    again = Turn(state.but(settled_at=since), turn.stamp, turn.rules)
    book(again, (Stretch(since, absence.began, Posture.SITTING, How.INPUT),))
    book(again, absence.stretches)
    book(again, (Stretch(absence.ended, state.settled_at, state.upright, state.upright_by),))
    if absence.logged:
        log_break(again, absence.spell, BreakKind.AWAY, absence.began, absence.ended - absence.began)
    turn.rebook = (Unrecord(since), *again.commands)


def _moved(turn: Turn, began: timedelta, ended: timedelta, how: How, spell: int | None = None) -> None:
    turn.do(Unrecord(began))
    if spell is None:
        spell = end_spell(turn, began)
    stop_standing(turn, began)
    turn.set(settled_at=began, claims=(), tentative_at=None, broke=None, break_logged=False)
    book(turn, (Stretch(began, ended, Posture.MOVING, how),))
    log_break(turn, spell, BreakKind.MOVED, began, ended - began)
    turn.set(
        upright=Posture.SITTING,
        upright_by=How.INPUT,
        upright_since=ended,
        count=NOTHING,
        bout_began=None,
        accepted_at=None,
        confirm_from=None,
        asleep_at=None,
        proof_at=ended,
    )


def snooze(turn: Turn, lasts: timedelta | None) -> None:
    prove_now(turn)
    lasts = turn.rules.snooze if lasts is None else lasts
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
    if not _given(turn):
        turn.tell(Told.NOTHING_TO_SKIP)
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
    end_exercise(turn, turn.now, done=False)
    until, named = _until(turn, lasts)
    turn.set(off=Off(since, until, named), claims=(), desk=None)
    turn.tell(Told.TRACKING_OFF)


def _until(turn: Turn, lasts: timedelta | Until) -> tuple[timedelta | None, Until | None]:
    return (None, lasts) if isinstance(lasts, Until) else (turn.now + lasts, None)


def resume(turn: Turn) -> None:
    if turn.state.off is not None:
        track_again(turn, turn.now)
        turn.set(proof_at=turn.now)
    elif turn.state.quiet is not None:
        prove_now(turn)
        turn.set(quiet=None, free_since=turn.now)
    else:
        turn.tell(Told.NOTHING_TO_RESUME)
        return
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


def forget_exercise(turn: Turn) -> None:
    """Something started long ago and never ended: take it off the screen."""
    exercise = turn.state.exercise
    if exercise is None or turn.state.broke is not None:
        return
    forgotten_at = exercise.began + exercise.dose + turn.rules.accepted_for
    went = _went_since(turn.state, exercise.began)
    if went is not None:
        forgotten_at = max(forgotten_at, went.ended + JUST_BACK)
    if turn.now >= forgotten_at:
        # Who went away for it is believed to have done it.
        done = went is not None and not exercise.seated
        end_exercise(turn, exercise.began + exercise.dose, done=done)
