"""How things look at this moment: for reminders, for the person, and for when to look again."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import chain

from deskbreak.core import naming
from deskbreak.core.commands import Outcome, Prompt, Record, Told
from deskbreak.core.due import (
    Scene,
    due,
    holding,
    idle_now,
    limit,
    may_have_been_up,
    next_at,
    standing_next_at,
    waits_until,
)
from deskbreak.core.events import Until
from deskbreak.core.postures import Posture, Row, Stamp, Stretch
from deskbreak.core.presence import Judgement, judge, quiet_at
from deskbreak.core.questions import whether_done
from deskbreak.core.rules import Rules
from deskbreak.core.settling import prove
from deskbreak.core.state import NOTHING, Claim, ClaimKind, State
from deskbreak.core.turn import Turn
from deskbreak.core.view import View

# Quiet longer than this is said to be not yet sure.
_SURE_FOR = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Wants:
    """When to look again at the latest (elapsed clock), and whether the very next input matters."""

    by: timedelta | None
    next_input: bool


@dataclass(frozen=True, slots=True)
class _Looks:
    state: State
    judgement: Judgement
    posture: Posture
    count: timedelta
    stood: timedelta
    returned: tuple[Row, ...]


def _looks(state: State, stamp: Stamp, rules: Rules) -> _Looks:
    returned: tuple[Row, ...] = ()
    if state.tentative_at is not None:
        as_if = Turn(state, stamp, rules)
        prove(as_if, state.tentative_at)
        state = as_if.state
        returned = tuple(c.row for c in as_if.commands if isinstance(c, Record))
    judgement = judge(state, stamp.elapsed, rules)
    if state.off is not None:
        return _Looks(state, judgement, Posture.UNKNOWN, state.count, NOTHING, returned)
    sat = _sum(judgement.present, Posture.SITTING)
    stood = _sum(judgement.present, Posture.STANDING)
    since = judgement.absent_since
    if since is None:
        posture = state.upright if state.doubt_from is None else Posture.UNKNOWN
        return _Looks(state, judgement, posture, state.count + sat, state.stood + stood, returned)
    gone = state.broke is not None or stamp.elapsed - since >= rules.break_min
    posture = judgement.absent[-1].posture if judgement.absent else Posture.AWAY
    count = NOTHING if gone else state.count + sat
    return _Looks(state, judgement, posture, count, state.stood + stood, returned)


def _sum(stretches: tuple[Stretch, ...], posture: Posture) -> timedelta:
    return sum((s.length for s in stretches if s.posture is posture), NOTHING)


def scene(state: State, stamp: Stamp, rules: Rules) -> Scene:
    looks = _looks(state, stamp, rules)
    settled = rules.return_proofs_apart == NOTHING or (
        state.tentative_at is None and state.confirm_from is None
    )
    return Scene(looks.posture, looks.count, looks.stood, idle_now(state, stamp.awake), settled)


def wants(state: State, stamp: Stamp, rules: Rules) -> Wants:
    """When the core wants `Sensed` again."""
    now = stamp.elapsed
    looks = _looks(state, stamp, rules)
    moments: list[timedelta | None] = [
        state.off.until if state.off else None,
        state.quiet.until if state.quiet else None,
        state.desk.since + rules.desk_holds_for if state.desk else None,
        state.exercise.ends if state.exercise else None,
    ]
    if state.run is not None:
        moments.append(_elapsed(state.run.at, stamp))
        moments.append(_elapsed(state.run.again_at, stamp) if state.run.again_at else None)
        moments.append(None if state.free_since is None else state.free_since + rules.hold_delay)
    next_input = False
    if state.off is None:
        moments += _presence_moments(state, looks, now, rules)
        moments += _reminder_moments(state, looks, stamp, rules)
        unsure = _unsure_since(state)
        if unsure is not None:
            moments.append(unsure + rules.return_proofs_apart)
            next_input = now >= unsure + rules.return_proofs_apart
        else:
            next_input = now >= _hushed_at(looks, rules)
    due_later = [m for m in moments if m is not None and m > now]
    return Wants(min(due_later, default=None), next_input)


def _unsure_since(state: State) -> timedelta | None:
    """The return that one more proof would put beyond doubt."""
    if state.tentative_at is not None:
        return state.tentative_at
    if state.confirm_from is not None:
        return state.confirm_from
    quiet = state.open.quiet if state.open is not None and may_have_been_up(state) else None
    return None if quiet is None or quiet.offered else quiet.ended


def _presence_moments(state: State, looks: _Looks, now: timedelta, rules: Rules) -> list[timedelta | None]:
    judgement = looks.judgement
    moments: list[timedelta | None] = []
    if state.tentative_at is not None:
        moments.append(state.tentative_at + rules.away_after)
    if looks.state.proof_at is None:
        return moments
    if judgement.absent_since is None:
        moments.append(_hushed_at(looks, rules))
        moments.append(quiet_at(looks.state, judgement, rules))
        moments.append(looks.state.proof_at + rules.evidence_max)
        moments.append(state.saved_at + rules.heartbeat)
    else:
        moments.append(quiet_at(looks.state, judgement, rules))
        if not state.break_logged:
            unseen = (now - judgement.absent_since) - judgement.observed()
            moments.append(judgement.absent_since + rules.break_min)
            moments.append(judgement.absent_since + unseen + rules.break_min)
            moments.append(state.saved_at + rules.heartbeat)
    moments += [c.until for c in state.claims if c.kind is ClaimKind.HERE]
    return moments


def _hushed_at(looks: _Looks, rules: Rules) -> timedelta:
    """From when on the very next input matters.

    A reading tells the last input only: one that comes just before quiet turns into absence would be
    hidden by those after it, so that the quiet seemed to last until the next look.
    """
    judgement = looks.judgement
    if judgement.absent_since is not None:
        return judgement.absent_since
    quiet = quiet_at(looks.state, judgement, rules)
    if may_have_been_up(looks.state):
        quiet = min(quiet, judgement.sign + rules.break_min)
    exercise = looks.state.exercise
    if exercise is not None and judgement.sign < exercise.ends:
        quiet = min(quiet, judgement.sign + exercise.dose * rules.most_of_a_dose)
    return max(judgement.sign + (quiet - judgement.sign) / 2, quiet - rules.heartbeat)


def _reminder_moments(state: State, looks: _Looks, stamp: Stamp, rules: Rules) -> list[timedelta | None]:
    now = stamp.elapsed
    if looks.posture is Posture.STANDING:
        freed = None if state.free_since is None else state.free_since + rules.hold_delay
        return [standing_next_at(state, looks.stood, now, rules), freed]
    if looks.posture is not Posture.SITTING:
        return []
    if due(state, looks.count, now, rules) is None:
        return [next_at(state, looks.count, now, rules)]
    seen = Scene(looks.posture, looks.count, looks.stood, idle_now(state, stamp.awake), True)
    return [waits_until(state, seen, now, rules)]


def view(state: State, stamp: Stamp, rules: Rules) -> View:
    """The moment as menu, icon, status and sentences show it."""
    now = stamp.elapsed
    looks = _looks(state, stamp, rules)
    held = holding(state, now, rules)
    here = _reading_mode(state, now)
    doubt = state.question.doubt if state.question else None
    today = naming.in_force(state.namings, now).day(now, rules.day_start)
    finished = _finished(looks, rules)

    def name(at: timedelta | None) -> datetime | None:
        return None if at is None else naming.wall(state.namings, at)

    def end(until: timedelta | None, named: Until | None) -> datetime | Until | None:
        return named if until is None else naming.wall(state.namings, until)

    return View(
        posture=looks.posture,
        sure=looks.judgement.absent_since is not None or now - looks.judgement.sign < _SURE_FOR,
        since_at=naming.wall(state.namings, _since(looks)),
        count=looks.count,
        limit=rules.stand_limit if looks.posture is Posture.STANDING else limit(state, rules),
        stood=looks.stood,
        next_at=name(_upcoming(state, looks, stamp, rules) if not held else None),
        hold=held[0].hold if held else None,
        held_since_at=name(held[0].since) if held else None,
        snoozed_until_at=name(state.spell.snoozed_until),
        paused_until=end(state.quiet.until, state.quiet.named) if state.quiet else None,
        tracking=state.off is None,
        tracking_until=end(state.off.until, state.off.named) if state.off else None,
        reading_until=end(here.until, Until.INDEFINITELY) if here else None,
        open=_on_offer(state),
        question=_question(state),
        quiet_since_at=name(doubt.began) if doubt else None,
        quiet_until_at=name(doubt.ended) if doubt else None,
        exercise=state.exercise.id if state.exercise else None,
        exercise_lasts=state.exercise.dose if state.exercise else NOTHING,
        run_at=state.run.at if state.run and not state.run.over else state.planned,
        exercise_since_at=name(state.exercise.began) if state.exercise else None,
        undoable=_undoable(state, now, rules),
        stretched=state.stretched,
        blind=state.blind,
        day=today,
        pending=_pending(looks, rules),
        pending_bout=_bout(looks, now),
        finished=finished,
        finished_since_at=name(finished.began) if finished else None,
        finished_until_at=name(finished.ended) if finished else None,
    )


def _since(looks: _Looks) -> timedelta:
    state = looks.state
    if state.off is not None:
        return state.off.since
    if looks.judgement.absent_since is not None:
        return looks.judgement.absent_since
    return state.upright_since


def _reading_mode(state: State, now: timedelta) -> Claim | None:
    going = (c for c in state.claims if c.kind is ClaimKind.HERE and (c.until is None or c.until > now))
    return next(going, None)


def _upcoming(state: State, looks: _Looks, stamp: Stamp, rules: Rules) -> timedelta | None:
    now = stamp.elapsed
    if looks.posture is Posture.STANDING:
        at = standing_next_at(state, looks.stood, now, rules)
    elif looks.posture is Posture.SITTING:
        at = next_at(state, looks.count, now, rules)
    else:
        at = None
    if at is None:
        return None
    return max(at, now if state.run is None else _elapsed(state.run.at, stamp))


def _elapsed(at: datetime, stamp: Stamp) -> timedelta:
    """When the elapsed clock stands at this moment, if nobody sets the wall clock until then."""
    return stamp.elapsed + (at - stamp.wall)


def _question(state: State) -> Prompt | None:
    if state.question is None and state.exercise is not None and state.exercise.asked:
        return whether_done(state.exercise)
    return state.question.prompt if state.question else None


def _on_offer(state: State) -> Prompt | None:
    """The reminder that Start, Snooze and Skip are about: on the screen, or never delivered."""
    opened = state.open
    if opened is None or not (opened.shown or opened.row.outcome is Outcome.UNDELIVERED):
        return None
    return opened.prompt


def _undoable(state: State, now: timedelta, rules: Rules) -> Told | None:
    undoable = state.undoable
    if undoable is None or now - undoable.at > rules.undo_within:
        return None
    return undoable.told


def _pending(looks: _Looks, rules: Rules) -> tuple[tuple[date, Posture, timedelta], ...]:
    state = looks.state
    if state.off is not None:
        return ()
    total: dict[tuple[date, Posture], timedelta] = {}
    stretches = (*looks.judgement.present, *looks.judgement.absent)
    since = chain.from_iterable(naming.rows(s, state.namings, rules.day_start) for s in stretches)
    for row in chain(looks.returned, since):
        key = row.day, row.posture
        total[key] = total.get(key, NOTHING) + row.length
    return tuple((day, posture, length) for (day, posture), length in total.items())


def _finished(looks: _Looks, rules: Rules) -> Stretch | None:
    """The last run of one posture that is over and long enough to be spoken of."""
    runs = looks.state.lately
    here = looks.judgement.absent_since is None and looks.state.off is None
    if runs and here and runs[-1].posture is looks.state.upright:
        runs = runs[:-1]
    return next((run for run in reversed(runs) if run.length >= rules.break_min), None)


def _bout(looks: _Looks, now: timedelta) -> timedelta:
    """The length so far of the sitting bout in progress."""
    state, judgement = looks.state, looks.judgement
    if state.off is not None or state.upright is not Posture.SITTING or state.proof_at is None:
        return NOTHING
    began = state.settled_at if state.bout_began is None else state.bout_began
    ended = now if judgement.absent_since is None else judgement.absent_since
    return max(ended - began, NOTHING)
