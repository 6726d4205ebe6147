"""Which exercise a reminder names, and why: the rules of selection.md 3.3 and 3.4, and nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from deskbreak.coach.bars import Bar, bars
from deskbreak.coach.exercise import Exercise
from deskbreak.coach.score import Candidate, candidate
from deskbreak.coach.situation import Situation

LOOSENED = (Bar.LONGER, Bar.EASIER, Bar.UPRIGHT, Bar.ASKED, Bar.LAST_BUT_ONE, Bar.LAST)
"""What gives way, one after the other, when nothing passes.

First less of an exercise than its whole dose is enough; then it need not be an easy one; then it may be in
the chair a second time running; then what the person just asked for by name may come; only then one of the
last two suggestions. What the person said of themselves and of the room, levels, rest, load limits and the
time there is never give way, and nor does the rule that an hour of sitting does not end in the chair.
"""


@dataclass(frozen=True, slots=True)
class Refusal:
    """An exercise that was out of the question, and every rule that said so."""

    exercise: Exercise
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """The pick and how it came about.

    `pick` is None only where the person has closed every way, that of the walk too. `length` is how long
    to do it, never more than there is time for, zero without a pick. `candidates` passed, the best first;
    `refused` did not, in the order of the library; `loosened` had to give way for that.
    """

    pick: Exercise | None
    length: timedelta
    candidates: tuple[Candidate, ...]
    refused: tuple[Refusal, ...]
    loosened: tuple[Bar, ...]


def choose(known: Mapping[str, Exercise], situation: Situation) -> Choice:
    """The exercise to suggest in this situation; the same situation always gives the same.

    `known` holds every exercise by its id, hidden ones too. A lunch is not known to the program, so that
    the bonus for a walk after meals is not given.
    """
    against = {id_: tuple(bars(each, known, situation)) for id_, each in known.items()}
    for giving_way in range(len(LOOSENED) + 1):
        loosened = LOOSENED[:giving_way]
        passed = [id_ for id_, rules in against.items() if set(rules) <= set(loosened)]
        if passed:
            break
    scored = (candidate(known[id_], known, situation) for id_ in passed)
    candidates = tuple(sorted(scored, key=lambda each: each.order))
    refused = tuple(Refusal(known[id_], rules) for id_, rules in against.items() if id_ not in passed)
    if not candidates:
        return Choice(None, timedelta(), (), refused, loosened)
    pick = candidates[0].exercise
    length = pick.dose.total if pick.switch else min(pick.dose.total, situation.room.available)
    return Choice(pick, length, candidates, refused, loosened)
