"""What the seven questions before the first exercise keep from being suggested (evidence.md 5.2); pure.

`words.screening` asks them in words. What is left out is left out by the field that matters, so that a
person's own exercises are judged too, and where no field tells, by the names in `BY_NAME`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from deskbreak.coach.exercise import Exercise, Family

HELD_AT_MOST = timedelta(seconds=10)
STAND_AT_MOST = timedelta(minutes=15)
# What is held in these is a stretch or a posture, not an effort.
_NO_EFFORT = frozenset({Family.FLEXOR, Family.MOBILITY, Family.WALK, Family.STAND})


class Question(Enum):
    """By its number."""

    SUPERVISED = 1
    """Active only under supervision, because of the heart or the blood pressure."""
    CHEST_PAIN = 2
    FAINTED = 3
    JOINTS = 4
    """A problem that movement could make worse; the only one that asks on: where."""
    PREGNANT = 5
    OPERATED = 6
    MEDICINE = 7


class Region(Enum):
    BACK = "back"
    KNEE = "knee"
    HIP = "hip"


class Ground(Enum):
    """Why an exercise is left out."""

    HELD = "held"
    STAIRS = "stairs"
    BALANCE = "balance"
    BACK = "back"
    KNEE = "knee"
    HIP = "hip"
    LYING = "lying"
    OPERATED = "operated"


HEART = frozenset({Question.SUPERVISED, Question.CHEST_PAIN, Question.MEDICINE})
_OF_QUESTION = {
    Question.FAINTED: Ground.BALANCE,
    Question.PREGNANT: Ground.LYING,
    Question.OPERATED: Ground.OPERATED,
}
_OF_REGION = {Region.BACK: Ground.BACK, Region.KNEE: Ground.KNEE, Region.HIP: Ground.HIP}

BY_NAME: Mapping[Ground, frozenset[str]] = {
    Ground.STAIRS: frozenset({"stairs"}),
    # "Skip with poor balance" stands among their cautions.
    Ground.BALANCE: frozenset({"single-leg-sit-down", "single-leg-hinge"}),
    Ground.BACK: frozenset(
        {
            "hip-hinge",  # skip with acute back pain
            "single-leg-hinge",  # the same
            "standing-hip-extension",  # the same
            "glute-bridge",  # the same
            "marching-bridge",  # a bridge that asks more of the back than the one before
            "single-leg-bridge",  # skip with back or sacro-iliac pain
            "standing-alternating-squeeze",  # stop if the lower back hurts: at 180 beats that is too late
        }
    ),
    Ground.KNEE: frozenset(
        {
            "sit-to-stand",  # all the weight on bending knees
            "single-leg-sit-down",  # skip with knee pain
            "wall-sit",  # skip with pain at the front of the knee
            "seated-figure-four",  # skip if the knee hurts
            "half-kneeling-flexor-stretch",  # the weight on one knee
            "couch-stretch",  # skip with knee pain: the weight on it, bent as far as it goes
            "bird-dog",  # on the knees
            "quadruped-hip-extension",  # on the knees
            "ninety-ninety",  # skip with knee pain
            "stairs",  # skip with knee pain on stairs
        }
    ),
    Ground.HIP: frozenset(
        {
            "single-leg-sit-down",  # named together with hip replacement
            "standing-alternating-squeeze",  # stop if the hip hurts: at 180 beats that is too late
            "standing-hip-abduction",  # skip with pain on the outer side of the hip
            "standing-flexor-stretch",  # skip with a pinching pain in the groin
            "half-kneeling-flexor-stretch",  # the same
            "couch-stretch",  # the same
            "seated-figure-four",  # skip after hip replacement
            "ninety-ninety",  # the same
            "clamshell",  # skip if lying on that hip hurts
            "side-lying-abduction",  # the same
        }
    ),
    Ground.OPERATED: frozenset(
        {
            "seated-figure-four",  # evidence.md 5.2
            "ninety-ninety",  # the same
            "couch-stretch",  # the same
            "hip-hinge",  # the deep hinge of 5.2
            "single-leg-hinge",  # the same
            "single-leg-sit-down",  # "skip with hip replacement precautions" among its cautions
        }
    ),
}
"""The exercises of the library that a ground names, each for what its own cautions say.

Not among them: both seated squeezes, whose cautions speak of the tailbone and of pain down the leg; and
the switch to standing, which a bad back shortens.
"""


@dataclass(frozen=True, slots=True)
class Answers:
    """`yes`: the questions answered with yes, all others with no; `regions` belongs to `JOINTS`.

    A yes to that without a region means all of them. Raises ValueError for regions without that yes.
    """

    yes: frozenset[Question] = frozenset()
    regions: frozenset[Region] = frozenset()

    def __post_init__(self) -> None:
        if self.regions and Question.JOINTS not in self.yes:
            raise ValueError("regions belong to question 4")

    @property
    def where(self) -> frozenset[Region]:
        """What is to be spared; empty where question 4 is answered with no."""
        return self.regions or frozenset(Region if Question.JOINTS in self.yes else ())


WORST = Answers(frozenset(Question))
"""Yes to everything: what counts while the answers that were given cannot be read."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the answers come to: `left_out` has every ground, in the order of the library.

    `stand_at_most`: how long to stand in one go, None where the settings alone decide. `ask_first`: a doctor
    or physiotherapist should be asked before.
    """

    left_out: Mapping[str, tuple[Ground, ...]]
    stand_at_most: timedelta | None
    ask_first: bool

    @property
    def excluded(self) -> frozenset[str]:
        """The ids that `situation.Person` takes."""
        return frozenset(self.left_out)


def outcome(answers: Answers, known: Mapping[str, Exercise]) -> Outcome:
    """What these answers keep from being suggested, of the exercises that are `known` by their ids."""
    judged = {id_: tuple(_grounds(each, answers)) for id_, each in known.items()}
    left_out = {id_: grounds for id_, grounds in judged.items() if grounds}
    # Evidence, 5.2 on question 5; 5.5 on fainting and on the back.
    short = not answers.yes.isdisjoint({Question.FAINTED, Question.PREGNANT}) or Region.BACK in answers.where
    return Outcome(left_out, STAND_AT_MOST if short else None, bool(answers.yes))


def _grounds(exercise: Exercise, answers: Answers) -> Iterator[Ground]:
    """In the order of `Ground`."""
    wanted = {_OF_REGION[region] for region in answers.where}
    if not answers.yes.isdisjoint(HEART):
        wanted |= {Ground.HELD, Ground.STAIRS}
    for question, ground in _OF_QUESTION.items():
        if question in answers.yes:
            wanted.add(ground)
    return (ground for ground in Ground if ground in wanted and _meets(exercise, ground))


def _meets(exercise: Exercise, ground: Ground) -> bool:
    match ground:
        case Ground.HELD:
            return exercise.dose.hold > HELD_AT_MOST and exercise.family not in _NO_EFFORT
        case Ground.LYING:
            return exercise.family is Family.BRIDGE
        case _:
            return exercise.id in BY_NAME[ground]
