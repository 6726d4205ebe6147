"""How well an exercise fits now: the sum of selection.md 3.4, term by term."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from fractions import Fraction

from deskbreak.coach.bars import LONG_BOUT
from deskbreak.coach.exercise import Exercise, Family, Level
from deskbreak.coach.situation import Came, Situation

HEADLINE = frozenset({Family.SQUEEZE, Family.BRIDGE, Family.FLEXOR, Family.STAND, Family.WALK})
FAMILY_ORDER = (
    Family.WALK,
    Family.BRIDGE,
    Family.FLEXOR,
    Family.SQUEEZE,
    Family.STAND,
    Family.HIP,
    Family.SQUAT,
    Family.PUMP,
    Family.MOBILITY,
)
LONG_DAY = timedelta(minutes=360)
_HOUR = timedelta(hours=1)
_MICROSECOND = timedelta(microseconds=1)
_RESTED = Fraction(3)
_OFFERS_JUDGED = 3


class Term(Enum):
    """What a part of the score is for; the values in brackets are those of the rule."""

    RESTED = "rested"
    """Hours since the family was last done today, 3 at most and where it was not."""
    HEADLINE = "headline"
    UP = "up"
    """The bout is long: a walk or standing ends it (+2)."""
    OPEN_HIPS = "open-hips"
    """The bout is long: a hip-flexor stretch (+1)."""
    LONG_DAY = "long-day"
    """Six hours were sat today: glutes and hip flexors (+1.5)."""
    SAME_AGAIN = "same-again"
    """The last suggestion was of this family (-2)."""
    SKIPPED = "skipped"
    """For each time that it was skipped in its last three offers (-1)."""
    NEVER_TRIED = "never-tried"
    HARDER = "harder"
    """The hardest unlocked is preferred a little (+0.25 for each level above 101)."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """`terms` leaves out those that are 0; `days` since it was last done, None: never."""

    exercise: Exercise
    terms: tuple[tuple[Term, Fraction], ...]
    days: int | None

    @property
    def score(self) -> Fraction:
        return sum((value for _, value in self.terms), Fraction())

    @property
    def order(self) -> tuple[Fraction, bool, int, int, str]:
        """Sorts the best first: by score, then longest not done, then by family, then by id."""
        never = self.days is None
        family = FAMILY_ORDER.index(self.exercise.family)
        return (-self.score, not never, -(self.days or 0), family, self.exercise.id)


def candidate(exercise: Exercise, known: Mapping[str, Exercise], situation: Situation) -> Candidate:
    """The exercise with its score in this situation."""
    days = [done.days for done in situation.history.done if done.exercise == exercise.id]
    terms = tuple((term, value) for term, value in _terms(exercise, known, situation) if value)
    return Candidate(exercise, terms, min(days, default=None))


def _terms(
    exercise: Exercise, known: Mapping[str, Exercise], situation: Situation
) -> Iterator[tuple[Term, Fraction]]:
    family, moment, history = exercise.family, situation.moment, situation.history
    yield Term.RESTED, _rested(family, known, situation)
    yield Term.HEADLINE, Fraction(family in HEADLINE)
    if moment.bout >= LONG_BOUT:
        yield Term.UP, Fraction(2 * (family in (Family.WALK, Family.STAND)))
        yield Term.OPEN_HIPS, Fraction(family is Family.FLEXOR)
    if moment.sat >= LONG_DAY and family in (Family.BRIDGE, Family.FLEXOR, Family.SQUEEZE):
        yield Term.LONG_DAY, Fraction(3, 2)
    last = known.get(history.offers[-1].exercise) if history.offers else None
    if last is not None and last.family is family:
        yield Term.SAME_AGAIN, Fraction(-2)
    its_own = [offer for offer in history.offers if offer.exercise == exercise.id]
    yield Term.SKIPPED, Fraction(-sum(each.came is Came.SKIPPED for each in its_own[-_OFFERS_JUDGED:]))
    if not any(done.exercise == exercise.id for done in history.done):
        yield Term.NEVER_TRIED, Fraction(1, 2)
    yield Term.HARDER, Fraction(exercise.level - Level.L101, 4 * Level.L101)


def _rested(family: Family, known: Mapping[str, Exercise], situation: Situation) -> Fraction:
    """In hours."""
    moment = situation.moment
    agos = [
        done.ago
        for done in situation.history.done
        if done.days == 0 and done.exercise in known and known[done.exercise].family is family
    ]
    if family is Family.STAND and moment.stood_ago is not None:
        agos.append(moment.stood_ago)
    if not agos:
        return _RESTED
    hours = Fraction(min(agos) // _MICROSECOND, _HOUR // _MICROSECOND)
    return min(_RESTED, max(hours, Fraction()))
