"""Names and doses of exercises in words; it promises nothing about what they do."""

from datetime import timedelta

from deskbreak.coach.library import Exercise, by_id
from deskbreak.words import _
from deskbreak.words.durations import duration

_IN_SECONDS = timedelta(seconds=90)
_MINUTE = timedelta(minutes=1)


def name(exercise: str) -> str:
    """The name of the exercise with this id, as a heading; the id itself where the library has none."""
    known = by_id().get(exercise)
    return exercise if known is None else _(known.name)


def name_within(exercise: str) -> str:
    """The same in the middle of a sentence."""
    heading = name(exercise)
    return heading[:1].lower() + heading[1:]


def dose(exercise: str) -> str:
    """How much of it and how long that takes: `2 sets of 10, about 2 min`; empty for an unknown id."""
    known = by_id().get(exercise)
    if known is None:
        return ""
    about = _("about {length}").format(length=_roundly(known.dose.total))
    amount = _amount(known)
    return f"{amount}, {about}" if amount else about


def named_with_dose(exercise: str) -> str:
    """`Glute bridge, 2 sets of 10, about 2 min`."""
    return ", ".join(filter(None, (name(exercise), dose(exercise))))


def _amount(exercise: Exercise) -> str:
    given = exercise.dose
    if given.reps > 1:
        amount = (
            _("{sets} sets of {reps}").format(sets=given.sets, reps=given.reps)
            if given.sets > 1
            else _("{reps} times").format(reps=given.reps)
        )
    elif given.hold and given.hold < given.total and not exercise.switch and exercise.family != "walk":
        held = duration(given.hold)
        amount = _("{sets} times {held}").format(sets=given.sets, held=held) if given.sets > 1 else held
    else:
        return ""
    return _("{amount} on each side").format(amount=amount) if given.per_side else amount


def _roundly(length: timedelta) -> str:
    if length <= _IN_SECONDS:
        return _("{seconds} s").format(seconds=5 * round(length / timedelta(seconds=5)))
    return duration(round(length / _MINUTE) * _MINUTE)
