"""What a reading of the sensors changes: clocks, sleep, lock, input, evidence, a lost sensor, holds."""

from dataclasses import replace
from datetime import timedelta

from deskbreak.core import naming
from deskbreak.core.answers import note_quiet
from deskbreak.core.commands import Save
from deskbreak.core.doing import note_return
from deskbreak.core.events import Hold, Reading
from deskbreak.core.presence import judge
from deskbreak.core.settling import note_absence, prove
from deskbreak.core.state import Claim, ClaimKind, Held
from deskbreak.core.turn import Turn

# Clock reads are not simultaneous; anything the machine slept through is longer.
_SLEPT_AT_LEAST = timedelta(seconds=1)
# Idle counters are read in milliseconds: a later "last input" by less than this is the same one.
_SAME_READING = timedelta(milliseconds=50)
# A bumped mouse sends many events; all of them within this are one input.
ONE_INPUT = timedelta(seconds=1)
_EVIDENCE = (ClaimKind.CALL, ClaimKind.MEDIA)


def sense(turn: Turn, reading: Reading) -> None:
    namings = naming.noticed(turn.state.namings, turn.stamp)
    if namings is not turn.state.namings:
        turn.set(namings=namings)
    if _slept(turn):
        _slept_through(turn, reading)
    elif turn.state.blind and not reading.blind:
        _forget_input(turn, reading)
    else:
        _input(turn, reading)
    _asleep(turn, reading.asleep)
    _lock(turn, reading.locked)
    _blind(turn, reading.blind)
    _evidence(turn, reading)
    _holds(turn, reading.holds)


def _awake_since_seen(turn: Turn) -> timedelta:
    return turn.stamp.awake - turn.state.seen.awake


def _slept(turn: Turn) -> bool:
    """Whether the machine slept, or the program was stopped, since the last look."""
    gone = turn.now - turn.state.seen.elapsed
    return gone - _awake_since_seen(turn) > _SLEPT_AT_LEAST or gone > turn.rules.silence


def _slept_through(turn: Turn, reading: Reading) -> None:
    state = turn.state
    awake = _awake_since_seen(turn)
    # A key pressed between the word and the sleep has taken the word back.
    told = state.asleep and any(c.kind is ClaimKind.SLEPT for c in state.claims)
    if not told and state.off is None:
        since = state.seen.elapsed
        away = judge(state, since, turn.rules).absent_since is not None
        typed = reading.idle is not None and reading.idle < awake and not state.locked
        # No signal told when: what was typed since the last look is taken to have come before the
        # sleep, for waking up is not coming back. Who was away already would have been heard at once.
        if reading.idle is not None and typed and not away:
            since += awake - reading.idle
            _proof_by_input(turn, since)
        # A lone input may yet prove to be the return from an earlier sleep, and not from this one.
        after = turn.state.tentative_at
        if not any(
            c.kind is ClaimKind.SLEPT and (after is None or c.since >= after) for c in turn.state.claims
        ):
            turn.set(claims=(*turn.state.claims, Claim(ClaimKind.SLEPT, since)))
            turn.do(Save())
        if away:
            _input(turn, reading)
    _forget_input(turn, reading)


def _forget_input(turn: Turn, reading: Reading) -> None:
    """Whatever was typed until now proves nothing."""
    if reading.idle is not None:
        turn.set(input_awake=turn.stamp.awake - reading.idle)
    turn.set(input_floor=turn.now)


def _asleep(turn: Turn, asleep: bool) -> None:
    if asleep == turn.state.asleep:
        return
    turn.set(asleep=asleep)
    if asleep:
        _open(turn, ClaimKind.SLEPT)
        turn.do(Save())


def _open(turn: Turn, kind: ClaimKind) -> None:
    if turn.state.off is None:
        turn.set(claims=(*turn.state.claims, Claim(kind, turn.now)))


def _close(turn: Turn, kind: ClaimKind) -> None:
    claims = tuple(
        replace(c, until=turn.now) if c.kind is kind and (c.until is None or c.until > turn.now) else c
        for c in turn.state.claims
    )
    turn.set(claims=claims)


def _lock(turn: Turn, locked: bool) -> None:
    was = turn.state.locked
    if locked == was:
        return
    turn.set(locked=locked)
    if locked:
        if not any(c.kind is ClaimKind.LOCKED and c.until is None for c in turn.state.claims):
            _open(turn, ClaimKind.LOCKED)
        _close(turn, ClaimKind.HERE)
    elif was and turn.state.off is None:
        note_return(turn, turn.now)
        prove(turn, turn.now)
        unlocked = tuple(c for c in turn.state.claims if c.kind is not ClaimKind.LOCKED)
        turn.set(claims=unlocked, confirm_from=None, input_floor=turn.now)
    turn.do(Save())


def _blind(turn: Turn, blind: bool) -> None:
    if blind == turn.state.blind:
        return
    turn.set(blind=blind)
    if blind:
        _open(turn, ClaimKind.BLIND)
    else:
        _close(turn, ClaimKind.BLIND)


def _evidence(turn: Turn, reading: Reading) -> None:
    for kind, shown in zip(_EVIDENCE, (reading.call, reading.media), strict=True):
        going = any(c.kind is kind and c.until is None for c in turn.state.claims)
        if shown and not going:
            _open(turn, kind)
        elif going and not shown:
            _close(turn, kind)


def _input(turn: Turn, reading: Reading) -> None:
    state = turn.state
    if reading.idle is None or state.blind:
        return
    awake = turn.stamp.awake - reading.idle
    if state.input_awake is not None and awake <= state.input_awake + _SAME_READING:
        return
    turn.set(input_awake=awake)
    at = turn.now - reading.idle
    # What counts is how things were before this reading: the keys that locked the screen are a proof.
    behind = state.locked or state.off is not None
    if not behind and at >= state.input_floor:
        _proof_by_input(turn, at)


def _proof_by_input(turn: Turn, at: timedelta) -> None:
    state = turn.state
    tentative = state.tentative_at
    if tentative is not None:
        if at - tentative < ONE_INPUT:
            return
        if at - tentative >= turn.rules.away_after:
            turn.set(tentative_at=at)
            return
    elif _is_lone(turn, at):
        turn.set(tentative_at=at)
        return
    note_quiet(turn, at)
    note_return(turn, at)
    prove(turn, at)
    confirm_from = turn.state.confirm_from
    if confirm_from is not None and at - confirm_from >= turn.rules.return_proofs_apart:
        turn.set(confirm_from=None)


def _is_lone(turn: Turn, at: timedelta) -> bool:
    """Whether nothing else so far says that somebody is there; the absence until then is noted."""
    state = turn.state
    judgement = judge(state, at, turn.rules)
    if judgement.absent_since is None:
        return False
    if state.proof_at is None:
        return True
    if at - state.proof_at < turn.rules.away_after:
        return False
    note_absence(turn, judgement, at)
    return True


def _holds(turn: Turn, shown: frozenset[Hold]) -> None:
    held = turn.state.holds
    if {h.hold for h in held} == shown:
        return
    kept = tuple(h for h in held if h.hold in shown)
    known = {h.hold for h in kept}
    # What is back so soon has not ended: a call that is muted for a moment, a stream that is made anew.
    lapsed = {h.hold: h for h, ended in turn.state.lapsed if turn.now - ended <= turn.rules.hold_delay}
    begun = tuple(lapsed.get(h, Held(h, turn.now)) for h in sorted(shown - known, key=lambda h: h.value))
    gone = tuple((h, turn.now) for h in held if h.hold not in shown)
    still = tuple((h, ended) for h, ended in turn.state.lapsed if lapsed.get(h.hold) is h)
    turn.set(holds=(*kept, *begun), lapsed=(*(e for e in still if e[0].hold not in shown), *gone))
    if not turn.state.holds:
        turn.set(free_since=turn.now)
