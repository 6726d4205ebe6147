"""What a proof of presence settles: the time before it, and the absence that it ends."""

from datetime import timedelta

from deskbreak.core import naming
from deskbreak.core.commands import (
    RecordBreak,
)
from deskbreak.core.postures import Break, BreakKind, How, Posture
from deskbreak.core.presence import Judgement, judge
from deskbreak.core.rules import AfterAbsence
from deskbreak.core.spells import end_spell
from deskbreak.core.state import NOTHING, Absence, Before, ClaimKind, Doubt, State
from deskbreak.core.turn import BOUT_GAP, Turn, book

_LASTING = (ClaimKind.CALL, ClaimKind.MEDIA, ClaimKind.HERE)
_ENDS_STANDING = (How.LOCK, How.SUSPEND, How.ACCEPTED)


def prove(turn: Turn, at: timedelta) -> None:
    """The person was there at `at`: everything before it is settled."""
    state = turn.state
    tentative = state.tentative_at
    if tentative is not None:
        turn.set(tentative_at=None)
        if at - tentative < turn.rules.away_after:
            _settle(turn, tentative)
    _settle(turn, at)


def _settle(turn: Turn, at: timedelta) -> None:
    state = turn.state
    # What began at the proof or after it speaks of what comes next.
    earlier = tuple(c for c in state.claims if c.since < at)
    lasting = tuple(c for c in earlier if c.kind in _LASTING and (c.until is None or c.until > at))
    kept = (*lasting, *(c for c in state.claims if c.since >= at))
    if state.proof_at is None:
        turn.set(settled_at=at, proof_at=at, upright_since=at, claims=kept)
        return
    judgement = judge(state.but(claims=earlier), at, turn.rules)
    if (
        judgement.absent_since is None
        and at - state.proof_at < turn.rules.away_after
        and all(c.kind in _LASTING and c.until is None for c in earlier)
    ):
        turn.set(proof_at=max(at, state.proof_at))
        return
    book(turn, judgement.present)
    if judgement.absent_since is not None:
        _end_absence(turn, judgement, judgement.absent_since, at)
    turn.set(settled_at=at, proof_at=at, claims=kept)


def _end_absence(turn: Turn, judgement: Judgement, began: timedelta, at: timedelta) -> None:
    length = at - began
    spell = turn.state.broke
    logged = turn.state.break_logged or judgement.observed() >= turn.rules.break_min
    if spell is None and length >= turn.rules.break_min:
        turn.set(before=_before(turn.state, turn.state.count))
        spell = end_spell(turn, began)
    namings = turn.state.namings
    bout_began = turn.state.bout_began
    if spell is not None:
        if logged:
            turn.do(_break(turn, spell, BreakKind.AWAY, began, length, namings))
        turn.set(count=NOTHING)
        _after_absence(turn, judgement)
    book(turn, judgement.absent)
    if spell is not None:
        turn.set(last_absence=Absence(judgement.absent, spell, logged))
    if length >= BOUT_GAP:
        turn.set(bout_began=None)
    doubt = None
    if length <= turn.rules.asked_up_to and all(s.how is How.IDLE for s in judgement.absent):
        doubt = Doubt(began, at, bout_began, turn.state.before)
    turn.set(broke=None, break_logged=False, upright_since=at, confirm_from=at, accepted_at=None)
    turn.set(before=None, doubt=doubt)


def _before(state: State, count: timedelta) -> Before:
    return Before(count, state.spell, state.stretched, state.ignored_run, state.accepted_run)


def _after_absence(turn: Turn, judgement: Judgement) -> None:
    if turn.state.upright is not Posture.STANDING:
        return
    sits = turn.rules.after_absence is AfterAbsence.SIT
    if sits or any(s.how in _ENDS_STANDING for s in judgement.absent):
        stop_standing(turn, judgement.absent[0].began)
        turn.set(upright=Posture.SITTING, upright_by=How.INPUT)


def stop_standing(turn: Turn, at: timedelta) -> None:
    """Book the break that standing was, now that its length is known."""
    state = turn.state
    if state.stood_break is not None:
        began, spell = state.stood_break
        turn.do(_break(turn, spell, BreakKind.STOOD, began, max(at - began, NOTHING), state.namings))
    turn.set(stood_break=None, stood=NOTHING, stand_rung=0, doubt_from=None)


def note_absence(turn: Turn, judgement: Judgement, at: timedelta) -> None:
    """The person has been away until `at`: once that is `break_min` the spell ends, and a break if seen."""
    since = judgement.absent_since
    if since is None or at - since < turn.rules.break_min:
        return
    broke = turn.state.broke
    if broke is None:
        sat = sum((s.length for s in judgement.present if s.posture is Posture.SITTING), NOTHING)
        turn.set(before=_before(turn.state, turn.state.count + sat))
        broke = end_spell(turn, since)
        turn.set(broke=broke)
    if not turn.state.break_logged and judgement.observed() >= turn.rules.break_min:
        log_break(turn, broke, BreakKind.AWAY, since, at - since)
        turn.set(break_logged=True)


def log_break(turn: Turn, spell: int, kind: BreakKind, began: timedelta, length: timedelta) -> None:
    turn.do(_break(turn, spell, kind, began, length, turn.state.namings))


def _break(
    turn: Turn,
    spell: int,
    kind: BreakKind,
    began: timedelta,
    length: timedelta,
    namings: tuple[naming.Naming, ...],
) -> RecordBreak:
    name = naming.in_force(namings, began)
    return RecordBreak(
        Break(
            spell,
            kind,
            began,
            length,
            naming.wall(namings, began),
            name.offset(began),
            name.day(began, turn.rules.day_start),
        )
    )
