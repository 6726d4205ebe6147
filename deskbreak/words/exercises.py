"""Names and doses of exercises in words; it promises nothing about what they do."""

from datetime import timedelta

from deskbreak.coach.library import Exercise, Family, Place, by_id
from deskbreak.coach.primer import kind_of
from deskbreak.coach.slots import Kind
from deskbreak.words import _
from deskbreak.words.durations import duration

_NOTHING = timedelta()
_IN_SECONDS = timedelta(seconds=90)
_MINUTE = timedelta(minutes=1)
_SECOND = timedelta(seconds=1)


def name(exercise: str) -> str:
    """The name of the exercise with this id, as a heading; the id itself where the library has none."""
    known = by_id().get(exercise)
    if known is not None:
        return _(known.name)
    which = kind_of(exercise)
    return exercise if which is None else primer(which)


def primer(which: Kind) -> str:
    """The primer before a run, as a heading."""
    match which:
        case Kind.FULL:
            return _("Full primer")
        case Kind.SHORT:
            return _("Short primer")
        case Kind.THREE_MINUTES:
            return _("Quick primer")


def name_within(exercise: str) -> str:
    """The same in the middle of a sentence."""
    heading = name(exercise)
    return heading[:1].lower() + heading[1:]


def dose(exercise: str, lasts: timedelta = _NOTHING) -> str:
    """How much of it and how long that takes: `2 sets of 10, about 2 min`; empty for an unknown id.

    With less time (`lasts`) than all of it takes, that time alone: `20 s`.
    """
    known = by_id().get(exercise)
    if known is None or _NOTHING < lasts < known.dose.total:
        return _roundly(lasts) if lasts else ""
    return ", ".join(filter(None, (_amount(known), _about(known))))


def dose_in_full(exercise: Exercise) -> str:
    """With holds, rests and rhythm: `2 sets of 10, each held 2 s, 15 s rest in between, about 2 min`."""
    return ", ".join(filter(None, (amount_in_full(exercise), _about(exercise))))


def amount_in_full(exercise: Exercise) -> str:
    """The same without how long it takes; empty where it just goes on for its time."""
    given, parts = exercise.dose, [_amount(exercise)]
    if given.reps > 1 and given.hold >= _SECOND:
        parts.append(_("each held {length}").format(length=duration(given.hold)))
    if given.rest:
        parts.append(_("{length} rest in between").format(length=duration(given.rest)))
    if given.tempo:
        parts.append(_(given.tempo))
    return ", ".join(filter(None, parts))


def each_side(beats: int) -> str:
    """How many of so many alternating beats are on one side: `45`; of 45 it is `22 or 23`."""
    half, odd = divmod(beats, 2)
    return _("{less} or {more}").format(less=half, more=half + 1) if odd else str(half)


def length(exercise: Exercise) -> str:
    """How long all of it takes: `80 s`, `2 min`."""
    return _roundly(exercise.dose.total)


def named_with_dose(exercise: str, lasts: timedelta = _NOTHING) -> str:
    """`Glute bridge, 2 sets of 10, about 2 min`; `lasts` as in `dose`."""
    return ", ".join(filter(None, (name(exercise), dose(exercise, lasts))))


def family(kind: Family) -> str:
    """The family as a heading."""
    match kind:
        case Family.SQUEEZE:
            return _("Glute squeezes")
        case Family.BRIDGE:
            return _("Bridges")
        case Family.FLEXOR:
            return _("Hip-flexor stretches")
        case Family.HIP:
            return _("Hip strength")
        case Family.SQUAT:
            return _("Squats")
        case Family.PUMP:
            return _("Calf and leg pumps")
        case Family.MOBILITY:
            return _("Hip mobility")
        case Family.WALK:
            return _("Walks")
        case Family.STAND:
            return _("Standing")


def place(kind: Place) -> str:
    """Where the body is: `in the chair`."""
    match kind:
        case Place.CHAIR:
            return _("in the chair")
        case Place.STANDING:
            return _("standing")
        case Place.FLOOR:
            return _("on the floor")


def _about(exercise: Exercise) -> str:
    return _("about {length}").format(length=length(exercise))


def _amount(exercise: Exercise) -> str:
    given = exercise.dose
    if given.beats is not None:
        # Runners who say 90 mean one leg: the number is never said alone.
        return _("{beats} beats, {each} each side").format(beats=given.beats, each=each_side(given.beats))
    if given.reps > 1:
        amount = (
            _("{sets} sets of {reps}").format(sets=given.sets, reps=given.reps)
            if given.sets > 1
            else _("{reps} times").format(reps=given.reps)
        )
    elif (
        given.hold and given.hold < given.total and not exercise.switch and exercise.family is not Family.WALK
    ):
        held = duration(given.hold)
        amount = _("{sets} times {held}").format(sets=given.sets, held=held) if given.sets > 1 else held
    else:
        return ""
    return _("{amount} on each side").format(amount=amount) if given.per_side else amount


def _roundly(length: timedelta) -> str:
    if length <= _IN_SECONDS:
        return _("{seconds} s").format(seconds=5 * round(length / timedelta(seconds=5)))
    return duration(round(length / _MINUTE) * _MINUTE)
