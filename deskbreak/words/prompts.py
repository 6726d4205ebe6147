"""The texts of reminders: each states a fact and names one movement with its dose; no guilt, no promise.

Wording rules: specification of the texts, evidence.md sections 1.5, 1.7 and 5.6.
"""

from datetime import timedelta

from deskbreak.coach.exercise import Family
from deskbreak.coach.library import by_id
from deskbreak.core.commands import Button, Prompt, PromptKind
from deskbreak.core.events import Rating
from deskbreak.words import _, evening
from deskbreak.words.durations import duration
from deskbreak.words.exercises import dose, name, named_with_dose

# Who asks for a suggestion just after a break has not sat for a time worth naming.
_SHORTEST = timedelta(minutes=1)
_A_MOMENT = timedelta(seconds=30)
Text = tuple[str, str]
"""Title and body, each one line."""

_SOFT: tuple[Text, ...] = (
    (_("{length} in the chair"), _("{movement}.")),
    (_("You have been sitting for {length}"), _("Next on the list: {movement}.")),
    (_("{length} of sitting in one go"), _("One movement for a change: {movement}.")),
    (_("Sitting: {length}"), _("How about this one? {movement}.")),
    (_("{length} since your last break"), _("Here is one for now: {movement}.")),
    (_("The chair has had you for {length}"), _("Up for this? {movement}.")),
)
_FIRM: tuple[Text, ...] = (
    (_("Still sitting: {length}"), _("Something short: {movement}.")),
    (_("{length} in the chair by now"), _("A small one will do: {movement}.")),
    (_("{length} of sitting, and counting"), _("Easy and quick: {movement}.")),
    (_("Seated for {length}"), _("Here is an easy one: {movement}.")),
    (_("Sitting for {length} so far"), _("Short enough for now: {movement}.")),
)
_LAST: tuple[Text, ...] = (
    (_("{length} in one go"), _("{movement}. This stays until you answer.")),
    (_("You have been sitting for {length} now"), _("{movement}. This waits for your answer.")),
    (_("{length} of sitting without a break"), _("{movement}. This one stays until you answer.")),
    (_("{length} in the chair in one go"), _("{movement}. This one waits for your answer.")),
    (_("Sitting, {length} by now"), _("{movement}. It stays here until you answer.")),
)
_STANDING: tuple[Text, ...] = (
    (_("Standing for {length}"), _("Sit for a while, or move: {movement}.")),
    (_("{length} on your feet"), _("Time to change position. Sit down, or try this: {movement}.")),
    (_("You have been standing for {length}"), _("A good moment to sit, or for this: {movement}.")),
    (_("On your feet for {length}"), _("A seat for a while, or a movement: {movement}.")),
    (_("{length} of standing"), _("Sit down for a bit, or do this one: {movement}.")),
)
_STANDING_LONG: tuple[Text, ...] = (
    (_("{length} of standing in one go"), _("Sit down for a while, or move a little: {movement}.")),
    (_("Still standing: {length}"), _("Changing position is the point. Sit, or move: {movement}.")),
    (_("{length} on your feet by now"), _("The chair is free. Or try this: {movement}.")),
    (_("Standing, {length} by now"), _("Sitting and moving are both a change: {movement}.")),
    (_("You have been standing for {length} now"), _("Have a seat, or do this one: {movement}.")),
)


def text(prompt: Prompt) -> Text:
    """Title and body of this prompt; the same `wording` of a pool gives the same text.

    Raises ValueError for the kinds that carry words of their own.
    """
    match prompt.kind:
        case PromptKind.REMINDER:
            return _filled(_of_level(prompt.level), prompt)
        case PromptKind.STANDING if Button.STAND in prompt.buttons:
            return _("Still standing?"), _(
                "You said so {length} ago. Without an answer, the time from now on counts as unknown."
            ).format(length=duration(prompt.sat_for))
        case PromptKind.STANDING:
            return _filled(_STANDING if prompt.level < 2 else _STANDING_LONG, prompt)
        case PromptKind.EXERCISE_END if prompt.exercise is not None and Button.EASY in prompt.buttons:
            return _("{movement}: how was it?").format(movement=name(prompt.exercise)), _(
                "Easy, right or too hard?"
            )
        case PromptKind.EXERCISE_END if prompt.exercise is not None:
            said = [_("{dose}.").format(dose=_opening(dose(prompt.exercise, prompt.lasts)))]
            if prompt.exercise in by_id():
                said.append(_(by_id()[prompt.exercise].cue))
            if _there_is_time_to_walk(prompt.exercise, prompt.lasts):
                said.append(_("Walk there, and back the long way."))
            return name(prompt.exercise), " ".join([*said, _("Press Done when you are done.")])
        case PromptKind.PRIMER if prompt.exercise is not None:
            # The calendar speaks up a moment late: 7 min 59 s is 8 min.
            return _("A run in {length}").format(length=duration(prompt.sat_for + _A_MOMENT)), _(
                "{primer}: a walk or a march, then the moves for hips and glutes that you know."
                " Skip it if anything hurts."
            ).format(primer=named_with_dose(prompt.exercise, prompt.lasts))
        case PromptKind.EVENING if prompt.summed is not None:
            return evening.text(prompt.summed)
        case PromptKind.RETURN if Button.LONGER in prompt.buttons:
            return _("Quiet, but sitting: three times this week"), _(
                "Shall quiet of up to {length} count as sitting from now on?"
            ).format(length=duration(prompt.sat_for))
        case PromptKind.RETURN:
            return _("Quiet for {length}").format(length=duration(prompt.sat_for)), _(
                "Were you away, sitting or standing?"
            )
        case _:
            raise ValueError(f"a {prompt.kind.value} prompt has no text here")


def rating(said: Rating) -> str:
    """What the person says of an exercise: the button, and the entry of the log."""
    match said:
        case Rating.EASY:
            return _("Easy")
        case Rating.RIGHT:
            return _("Right")
        case Rating.HARD:
            return _("Too hard")
        case Rating.PAIN:
            return _("It hurt")


def pool_size(kind: PromptKind, level: int) -> int:
    """How many wordings there are; at least two, so that none need come twice running."""
    if kind is PromptKind.STANDING:
        return len(_STANDING if level < 2 else _STANDING_LONG)
    return len(_of_level(level))


def _of_level(level: int) -> tuple[Text, ...]:
    return {2: _FIRM, 3: _LAST}.get(level, _SOFT)


def _filled(pool: tuple[Text, ...], prompt: Prompt) -> Text:
    title, body = pool[prompt.wording % len(pool)]
    if prompt.sat_for < _SHORTEST:
        title = _("Another suggestion")
    length = duration(prompt.sat_for)
    movement = (
        _("a short walk") if prompt.exercise is None else named_with_dose(prompt.exercise, prompt.lasts)
    )
    return title.format(length=length), _opening(body.format(movement=movement))


def _there_is_time_to_walk(exercise: str, lasts: timedelta) -> bool:
    """A break is more than its exercise, unless the time was short (selection.md section 3.4)."""
    known = by_id().get(exercise)
    if known is None or known.seated or known.family is Family.WALK:
        return False
    return lasts >= known.dose.total


def _opening(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
