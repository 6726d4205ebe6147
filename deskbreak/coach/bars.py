"""What keeps an exercise from being suggested: the hard filters of selection.md 3.3."""

from collections.abc import Iterator, Mapping
from datetime import timedelta
from enum import Enum

from deskbreak.coach.exercise import Exercise, Family, Level, Place
from deskbreak.coach.load import spent
from deskbreak.coach.situation import Came, Situation

LONG_BOUT = timedelta(minutes=60)
# A block of standing has "just ended" for as long as two reminders are kept apart.
JUST_ENDED = timedelta(minutes=15)
STOOD_ENOUGH = timedelta(hours=4)
# rules.md section 5, levels 2 and 3: about a minute. The headline moves on the feet take 70 and 80 s.
EASIER_UP_TO = timedelta(seconds=80)
# Less than this part of a dose is no exercise any more.
_LEAST_PART = 0.5
APART = 2


class Bar(Enum):
    """One rule that an exercise breaks now."""

    EXCLUDED = "excluded"
    HIDDEN = "hidden"
    LEVEL = "level"
    RESTING = "resting"
    LOAD = "load"
    FLOOR = "floor"
    DISCREET = "discreet"
    QUIET = "quiet"
    NO_DESK = "no-desk"
    TOO_LONG = "too-long"
    STOOD = "stood"
    CHAIR = "chair"
    # Those from here on are the coach's own wishes, and give way in this order: see `choose`.
    LONGER = "longer"
    EASIER = "easier"
    UPRIGHT = "upright"
    ASKED = "asked"
    LAST_BUT_ONE = "last-but-one"
    LAST = "last"


def bars(exercise: Exercise, known: Mapping[str, Exercise], situation: Situation) -> Iterator[Bar]:
    """Everything that speaks against suggesting it now, in the order of `Bar`; nothing if it may be."""
    yield from personal(exercise, known, situation)
    yield from _surroundings(exercise, situation)
    yield from _posture(exercise, situation)
    yield from _wishes(exercise, known, situation)


def cut(exercise: Exercise, available: timedelta) -> bool:
    """Whether so little time is enough for less of it: half its dose, or any walk in one piece."""
    dose = exercise.dose
    walk = exercise.family is Family.WALK and dose.reps == 1
    return walk or dose.total * _LEAST_PART <= available


def personal(exercise: Exercise, known: Mapping[str, Exercise], situation: Situation) -> Iterator[Bar]:
    """What the person said of themselves, and did of late, that speaks against it."""
    person = situation.person
    if exercise.id in person.excluded:
        yield Bar.EXCLUDED
    if exercise.id in person.hidden:
        yield Bar.HIDDEN
    if exercise.level > person.level(exercise.family):
        yield Bar.LEVEL
    if exercise.family in person.resting:
        yield Bar.RESTING
    if spent(exercise, situation.history.done, known):
        yield Bar.LOAD


def _surroundings(exercise: Exercise, situation: Situation) -> Iterator[Bar]:
    room = situation.room
    if exercise.needs_floor and not room.lying:
        yield Bar.FLOOR
    if room.discreet and not exercise.discreet:
        yield Bar.DISCREET
    if (room.quiet or situation.moment.on_call) and not exercise.quiet:
        yield Bar.QUIET
    if exercise.switch and not room.standing_desk:
        yield Bar.NO_DESK
    if _too_long(exercise, room.available) and not cut(exercise, room.available):
        yield Bar.TOO_LONG


def _posture(exercise: Exercise, situation: Situation) -> Iterator[Bar]:
    moment = situation.moment
    just_ended = moment.stood_ago is not None and moment.stood_ago < JUST_ENDED
    if exercise.switch and (moment.standing or just_ended or moment.stood > STOOD_ENOUGH):
        yield Bar.STOOD
    # One who stands is not sent back to the chair either.
    if exercise.seated and (moment.bout >= LONG_BOUT or moment.standing):
        yield Bar.CHAIR


def _wishes(exercise: Exercise, known: Mapping[str, Exercise], situation: Situation) -> Iterator[Bar]:
    offers = situation.history.offers
    if _too_long(exercise, situation.room.available) and cut(exercise, situation.room.available):
        yield Bar.LONGER
    if situation.easier and not _easy(exercise):
        yield Bar.EASIER
    if exercise.seated and offers and offers[-1].came is Came.DONE:
        previous = known.get(offers[-1].exercise)
        if previous is not None and previous.seated:
            yield Bar.UPRIGHT
    # What the person asked for in between does not bring a suggestion round sooner.
    suggested = [offer.exercise for offer in offers if not offer.named][-APART:]
    if exercise.id in suggested:
        yield Bar.LAST if exercise.id == suggested[-1] else Bar.LAST_BUT_ONE
    elif any(offer.exercise == exercise.id for offer in offers[-APART:]):
        yield Bar.ASKED


def _too_long(exercise: Exercise, available: timedelta) -> bool:
    return not exercise.switch and exercise.dose.total > available


def _easy(exercise: Exercise) -> bool:
    """A posture, or a minute on one's feet; nobody needs to have worked up to it."""
    if exercise.switch:
        return True
    first = exercise.level is Level.L101 and exercise.place is Place.STANDING
    return first and exercise.dose.total <= EASIER_UP_TO
