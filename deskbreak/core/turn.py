"""One step in the making: the state as far as it has come, and the commands so far.

What the steps of every kind have in common: booking what is settled, ending spells, closing prompts.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from deskbreak.core import naming
from deskbreak.core.commands import (
    Command,
    ExerciseRow,
    Outcome,
    Record,
    RecordBreak,
    RecordExercise,
    RecordPrompt,
    Save,
    Tell,
    Told,
    Withdraw,
)
from deskbreak.core.postures import Break, BreakKind, How, Posture, Stamp, Stretch
from deskbreak.core.presence import Judgement, judge
from deskbreak.core.rules import AfterAbsence, Rules
from deskbreak.core.state import NOTHING, Absence, ClaimKind, Open, Spell, State

# SBRN terminology consensus (Tremblay 2017) with deskbreak's floor: a shorter gap ends no bout.
BOUT_GAP = timedelta(seconds=60)
_LASTING = (ClaimKind.CALL, ClaimKind.MEDIA, ClaimKind.HERE)
_ENDS_STANDING = (How.LOCK, How.SUSPEND, How.ACCEPTED)


class Turn:
    """Mutable for the length of one step and never seen outside it."""

    __slots__ = ("commands", "now", "rebook", "rules", "stamp", "state")

    def __init__(self, state: State, stamp: Stamp, rules: Rules) -> None:
        self.state = state
        self.stamp = stamp
        self.now = stamp.elapsed
        self.rules = rules
        self.commands: list[Command] = []
        self.rebook: tuple[Command, ...] = ()

    def set(self, **changes: Any) -> None:
        self.state = self.state.but(**changes)

    def set_spell(self, **changes: Any) -> None:
        self.set(spell=replace(self.state.spell, **changes))

    def do(self, command: Command) -> None:
        self.commands.append(command)

    def tell(self, told: Told) -> None:
        self.do(Tell(told))
        self.do(Save())

    def judge(self) -> Judgement:
        return judge(self.state, self.now, self.rules)


def book(turn: Turn, stretches: Iterable[Stretch]) -> None:
    """Record the stretches, which begin at `settled_at`, and count what was sat and stood."""
    state = turn.state
    count, stood, bout_began = state.count, state.stood, state.bout_began
    settled = state.settled_at
    for stretch in stretches:
        for row in naming.rows(stretch, state.namings, turn.rules.day_start):
            turn.do(Record(row))
        settled = stretch.ended
        if stretch.posture is Posture.SITTING:
            count += stretch.length
            bout_began = stretch.began if bout_began is None else bout_began
        elif stretch.posture is Posture.STANDING:
            stood += stretch.length
        if stretch.posture is not Posture.SITTING and stretch.length >= BOUT_GAP:
            bout_began = None
    if state.broke is not None:
        count = NOTHING
    turn.set(
        count=count,
        stood=stood,
        bout_began=bout_began,
        settled_at=settled,
        namings=naming.since(state.namings, settled),
        saved_at=turn.now,
    )


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
    asleep = any(c.kind is ClaimKind.SLEPT for c in kept)
    turn.set(settled_at=at, proof_at=at, claims=kept, asleep_at=state.asleep_at if asleep else None)


def _end_absence(turn: Turn, judgement: Judgement, began: timedelta, at: timedelta) -> None:
    length = at - began
    spell = turn.state.broke
    logged = turn.state.break_logged or judgement.observed() >= turn.rules.break_min
    if spell is None and length >= turn.rules.break_min:
        spell = end_spell(turn, began)
    namings = turn.state.namings
    if spell is not None:
        if logged:
            turn.do(_break(turn, spell, BreakKind.AWAY, began, length, namings))
        turn.set(count=NOTHING, last_absence=Absence(judgement.absent, spell, logged))
        _after_absence(turn, judgement)
    book(turn, judgement.absent)
    if length >= BOUT_GAP:
        turn.set(bout_began=None)
    turn.set(broke=None, break_logged=False, upright_since=at, confirm_from=at, accepted_at=None)


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


def note_absence(turn: Turn, judgement: Judgement, at: timedelta) -> None:
    """The person has been away until `at`: once that is `break_min` the spell ends, and a break if seen."""
    since = judgement.absent_since
    if since is None or at - since < turn.rules.break_min:
        return
    broke = turn.state.broke
    if broke is None:
        broke = end_spell(turn, since)
        turn.set(broke=broke)
    if not turn.state.break_logged and judgement.observed() >= turn.rules.break_min:
        log_break(turn, broke, BreakKind.AWAY, since, at - since)
        turn.set(break_logged=True)


def end_spell(turn: Turn, left_at: timedelta) -> int:
    """The count is 0 from here on; returns the number of the spell that ended."""
    state = turn.state
    number = state.spell.number
    opened = state.open
    if opened is not None:
        left = left_at - opened.shown_at <= turn.rules.left_within
        close(turn, Outcome.LEFT if left else Outcome.IGNORED)
    _learn(turn)
    turn.set(count=NOTHING, spell=Spell(number=number + 1), pending=None)
    turn.do(Save())
    return number


def close(turn: Turn, outcome: Outcome) -> None:
    """The prompt on offer has its outcome: booked, taken off the screen, forgotten."""
    opened = turn.state.open
    if opened is None:
        return
    if opened.shown:
        turn.do(Withdraw(opened.prompt.number))
    row = replace(opened.row, outcome=outcome, outcome_at=turn.stamp.wall)
    turn.do(RecordPrompt(row))
    turn.set(open=None)
    if outcome in (Outcome.STARTED, Outcome.DONE, Outcome.LEFT):
        turn.set_spell(accepted=True)


def withdraw(turn: Turn) -> None:
    """Take the prompt off the screen; what became of it is not known yet."""
    opened: Open | None = turn.state.open
    if opened is not None and opened.shown:
        turn.do(Withdraw(opened.prompt.number))
        turn.set(open=replace(opened, shown=False))


def end_exercise(turn: Turn, at: timedelta, done: bool) -> None:
    """What was started is over; `done` books it, and its reminder's outcome with it."""
    exercise = turn.state.exercise
    if exercise is None:
        return
    turn.do(Withdraw(exercise.number))
    turn.set(exercise=None)
    if not done:
        return
    namings = turn.state.namings
    row = ExerciseRow(
        exercise.id,
        naming.wall(namings, exercise.began),
        naming.in_force(namings, exercise.began).offset(exercise.began),
        max(at - exercise.began, NOTHING),
        exercise.seated,
    )
    turn.do(RecordExercise(row))
    if exercise.row is not None:
        turn.do(RecordPrompt(replace(exercise.row, outcome=Outcome.DONE, outcome_at=turn.stamp.wall)))


def _learn(turn: Turn) -> None:
    """rules.md section 5, against habituation: three ignored spells stretch, five accepted take back."""
    state, rules = turn.state, turn.rules
    spell = state.spell
    if not rules.stretches or spell.given == 0:
        return
    ignored, accepted, stretched = state.ignored_run, state.accepted_run, state.stretched
    if spell.accepted:
        ignored, accepted = 0, accepted + 1
    elif spell.snoozed_ever or spell.skipped:
        ignored, accepted = 0, 0
    else:
        ignored, accepted = ignored + 1, 0
    if ignored == 3:
        ignored = 0
        most = max(rules.stretch_to - rules.sit_limit, NOTHING)
        stretched = min(stretched + rules.stretch_step, most)
    if accepted == 5:
        accepted = 0
        stretched = max(stretched - rules.stretch_step, NOTHING)
    turn.set(ignored_run=ignored, accepted_run=accepted, stretched=stretched)
