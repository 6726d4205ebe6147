"""Claims about intervals, each as sure as its source, and the one judgement they come to.

rules.md section 3. The surest claim wins: the person's own word (which settles everything before it and
so needs no claim) > nothing observed > the machine slept > locked > input > evidence > quiet.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise

from deskbreak.core.postures import How, Posture, Stretch
from deskbreak.core.rules import Rules
from deskbreak.core.state import NOTHING, Claim, ClaimKind, State

# What ends a presence at once, and lasts until the next proof: waking up is not coming back.
HARD = (ClaimKind.SLEPT, ClaimKind.LOCKED)
_UNSEEN = (ClaimKind.DOWN, ClaimKind.OFF_POWER, ClaimKind.BLIND)
_CARRIES = {ClaimKind.CALL: How.CALL, ClaimKind.MEDIA: How.MEDIA, ClaimKind.HERE: How.USER}


@dataclass(frozen=True, slots=True)
class Judgement:
    """`[settled_at, now)` judged: `present` then `absent` stretches, together without gap or overlap.

    `sign` is the last sign of presence; up to there the judgement is sure. `absent_since` is None while
    the person is taken to be there.
    """

    present: tuple[Stretch, ...]
    absent: tuple[Stretch, ...]
    sign: timedelta
    absent_since: timedelta | None

    def present_until(self, at: timedelta) -> tuple[Stretch, ...]:
        """The part of `present` before `at`."""
        cut = (replace(s, ended=min(s.ended, at)) for s in self.present)
        return tuple(s for s in cut if s.began < s.ended)

    def observed(self) -> timedelta:
        """How much of the absence was seen to be one."""
        return sum((s.length for s in self.absent if s.posture is Posture.AWAY), NOTHING)


def judge(state: State, now: timedelta, rules: Rules) -> Judgement:
    """What was the case from `settled_at` until `now`, as it looks at `now`."""
    settled = state.settled_at
    if state.proof_at is None:
        return Judgement((), (), settled, settled)
    hard = min((c.since for c in state.claims if c.kind in HARD), default=None)
    sign, carried = _carry(state, state.proof_at, now if hard is None else min(now, hard), rules)
    threshold, how = _threshold(state, sign, rules)
    if now - sign >= threshold:
        absent_since: timedelta | None = max(sign, settled)
    elif hard is not None:
        absent_since = max(hard, settled)
    else:
        absent_since = None
    present = _present(state, now if absent_since is None else absent_since, carried)
    absent = () if absent_since is None else _absent(state.claims, absent_since, now, how)
    return Judgement(present, absent, sign, absent_since)


def quiet_at(state: State, judgement: Judgement, rules: Rules) -> timedelta:
    """When quiet turns into absence unless something is heard before."""
    return judgement.sign + _threshold(state, judgement.sign, rules)[0]


def _threshold(state: State, sign: timedelta, rules: Rules) -> tuple[timedelta, How]:
    accepted = state.accepted_at
    if (
        accepted is not None
        and rules.break_min < rules.away_after
        and sign + rules.break_min <= accepted + rules.accepted_for
    ):
        return rules.break_min, How.ACCEPTED
    return rules.away_after, How.IDLE


def _carry(
    state: State, proof: timedelta, end: timedelta, rules: Rules
) -> tuple[timedelta, tuple[Stretch, ...]]:
    """The last sign of presence at `end`, and the stretches that evidence carried it over."""
    sign = proof
    carried = []
    for claim in state.claims:
        if claim.kind not in _CARRIES or claim.since >= sign + _threshold(state, sign, rules)[0]:
            continue
        until = end if claim.until is None else min(claim.until, end)
        if claim.kind is not ClaimKind.HERE:
            until = min(until, proof + rules.evidence_max)
        if until > sign:
            began = max(sign, claim.since)
            carried.append(Stretch(began, until, state.upright, _CARRIES[claim.kind]))
            sign = until
    return sign, tuple(carried)


def _present(state: State, end: timedelta, carried: tuple[Stretch, ...]) -> tuple[Stretch, ...]:
    bridged = tuple(
        Stretch(c.since, end if c.until is None else min(c.until, end), state.upright, How.GAP)
        for c in state.claims
        if c.kind in _UNSEEN
    )
    standing = state.upright is Posture.STANDING
    pieces = []
    at = state.settled_at
    for over in sorted((*carried, *bridged), key=lambda s: s.began):
        began, ended = max(over.began, at), min(over.ended, end)
        if began >= ended:
            continue
        pieces.append(Stretch(at, began, state.upright, state.upright_by))
        pieces.append(Stretch(began, ended, state.upright, state.upright_by if standing else over.how))
        at = ended
    pieces.append(Stretch(at, end, state.upright, state.upright_by))
    if state.doubt_from is not None:
        pieces = _doubted(pieces, state.doubt_from)
    return tuple(p for p in pieces if p.began < p.ended)


def _doubted(pieces: list[Stretch], since: timedelta) -> list[Stretch]:
    """rules.md section 4: asked and not answered, standing is unknown from the question on."""
    sure = [Stretch(p.began, min(p.ended, since), p.posture, p.how) for p in pieces]
    doubted = [Stretch(max(p.began, since), p.ended, Posture.UNKNOWN, How.GAP) for p in pieces]
    return sure + doubted


def _absent(claims: tuple[Claim, ...], began: timedelta, now: timedelta, how: How) -> tuple[Stretch, ...]:
    cuts = {began, now}
    for claim in claims:
        cuts.update(t for t in (claim.since, claim.until) if t is not None and began < t < now)
    edges = sorted(cuts)
    pieces: list[Stretch] = []
    for low, high in pairwise(edges):
        posture, known = _absent_at(claims, low, how)
        last = pieces[-1] if pieces else None
        if last and (last.posture, last.how) == (posture, known):
            pieces[-1] = Stretch(last.began, high, posture, known)
        else:
            pieces.append(Stretch(low, high, posture, known))
    return tuple(pieces)


def _absent_at(claims: tuple[Claim, ...], at: timedelta, quiet: How) -> tuple[Posture, How]:
    def held(kind: ClaimKind) -> bool:
        sticky = kind in HARD
        return any(
            c.kind is kind and c.since <= at and (sticky or c.until is None or at < c.until) for c in claims
        )

    if held(ClaimKind.OFF_POWER):
        return Posture.AWAY, How.GAP
    if held(ClaimKind.DOWN):
        return Posture.UNKNOWN, How.GAP
    if held(ClaimKind.SLEPT):
        return Posture.AWAY, How.SUSPEND
    if held(ClaimKind.LOCKED):
        return Posture.AWAY, How.LOCK
    if held(ClaimKind.BLIND):
        return Posture.UNKNOWN, How.GAP
    return Posture.AWAY, quiet
