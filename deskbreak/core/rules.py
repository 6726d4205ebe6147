"""The person's limits and the product's constants, as the core wants them."""

from dataclasses import dataclass
from datetime import time, timedelta
from enum import Enum


class AfterAbsence(Enum):
    """What becomes of standing when an absence of `break_min`, known only by quiet, ends."""

    KEEP = "keep"
    SIT = "sit"


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of a ladder: its level, and how long after the one before it was shown."""

    level: int
    after: timedelta


@dataclass(frozen=True, slots=True)
class Ladder:
    """Reminders of one spell. The first rung comes `after` the limit; `repeat`: again and again."""

    rungs: tuple[Rung, ...]
    repeat: timedelta | None = None


SITTING_LADDER = Ladder(
    (Rung(1, timedelta(0)), Rung(2, timedelta(minutes=15)), Rung(3, timedelta(minutes=15)))
)
STANDING_LADDER = Ladder((Rung(1, timedelta(0)), Rung(2, timedelta(minutes=15))))


@dataclass(frozen=True, slots=True)
class Rules:
    """The first block is set by the person, the second are the constants of rules.md sections 3 to 5."""

    sit_limit: timedelta = timedelta(minutes=30)
    break_min: timedelta = timedelta(minutes=2)
    away_after: timedelta = timedelta(minutes=5)
    snooze: timedelta = timedelta(minutes=10)
    prompts_apart: timedelta = timedelta(minutes=15)
    stand_limit: timedelta = timedelta(minutes=30)
    after_absence: AfterAbsence = AfterAbsence.KEEP
    day_start: time = time(4)
    sums_up: bool = True

    evidence_max: timedelta = timedelta(hours=2)
    accepted_for: timedelta = timedelta(minutes=10)
    lull: timedelta = timedelta(seconds=8)
    lull_wait: timedelta = timedelta(minutes=3)
    hold_delay: timedelta = timedelta(seconds=5)
    hold_max: timedelta = timedelta(minutes=90)
    return_proofs_apart: timedelta = timedelta(seconds=10)
    asked_up_to: timedelta = timedelta(minutes=60)
    questions_a_day: int = 6
    sat_in_a_week: int = 3
    longer_away_after: timedelta = timedelta(minutes=10)
    reads_for: timedelta = timedelta(hours=1)
    most_of_a_dose: float = 0.5
    budget: int | None = 16
    budget_span: timedelta = timedelta(hours=8)
    stretch_step: timedelta = timedelta(minutes=10)
    stretch_to: timedelta = timedelta(hours=1)
    stretches: bool = True
    undo_within: timedelta = timedelta(seconds=60)
    desk_holds_for: timedelta = timedelta(seconds=60)
    left_within: timedelta = timedelta(minutes=5)
    still_standing_after: timedelta | None = timedelta(minutes=60)
    heartbeat: timedelta = timedelta(seconds=60)
    silence: timedelta = timedelta(seconds=125)
    ladder: Ladder = SITTING_LADDER
    standing_ladder: Ladder = STANDING_LADDER
