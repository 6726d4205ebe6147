"""Questions on their way to the screen: what is asked, by which buttons, and why it was."""

from datetime import timedelta

from deskbreak.core import naming
from deskbreak.core.commands import (
    Button,
    Decision,
    ExerciseRow,
    Prompt,
    PromptKind,
    PromptRow,
    RecordPrompt,
    Rule,
    Show,
    Urgency,
)
from deskbreak.core.due import idle_now, limit
from deskbreak.core.spells import drop_question
from deskbreak.core.state import NOTHING, Doubt, Exercise, Question
from deskbreak.core.turn import Turn

_RETURNED = (Button.WAS_AWAY, Button.WAS_SITTING, Button.WAS_STANDING, Button.WAS_READING)
_LONGER = (Button.LONGER, Button.AS_IS)
_HOW_IT_WAS = (Button.EASY, Button.RIGHT, Button.HARD, Button.PAIN)
_WHETHER_DONE = (Button.EASY, Button.RIGHT, Button.HARD, Button.PAIN, Button.NOT_DONE)


def ask_what_it_was(turn: Turn, doubt: Doubt, count: timedelta) -> None:
    """Ask what the absence was that was known only by quiet; `count` is how long was sat since."""
    _put(turn, PromptKind.RETURN, _RETURNED, doubt.ended - doubt.began, count, doubt=doubt)


def offer_longer(turn: Turn) -> None:
    """Offer to take longer quiet for sitting."""
    _put(turn, PromptKind.RETURN, _LONGER, turn.rules.longer_away_after, turn.state.count)


def ask_how_it_was(turn: Turn, done: ExerciseRow) -> None:
    """Ask how the exercise was that is over."""
    _put(turn, PromptKind.EXERCISE_END, _HOW_IT_WAS, done.length, turn.state.count, exercise=done)


def ask_whether_done(turn: Turn, exercise: Exercise) -> None:
    """The time of an exercise is over: its card asks how it was, or whether it was done at all."""
    turn.do(Show(whether_done(exercise)))


def whether_done(exercise: Exercise) -> Prompt:
    """The question that the card of an exercise asks once its time is over."""
    lasts = exercise.dose
    return Prompt(
        exercise.number, PromptKind.EXERCISE_END, 0, exercise.id, 0, lasts, _WHETHER_DONE, Urgency.LOW, lasts
    )


def _put(
    turn: Turn,
    kind: PromptKind,
    buttons: tuple[Button, ...],
    states: timedelta,
    count: timedelta,
    doubt: Doubt | None = None,
    exercise: ExerciseRow | None = None,
) -> None:
    drop_question(turn)
    number = turn.state.next_number
    named = None if exercise is None else exercise.exercise
    prompt = Prompt(number, kind, 0, named, 0, states, buttons, Urgency.LOW)
    waited = NOTHING if doubt is None else doubt.ended - doubt.began
    rule = Rule.RETURNED if kind is PromptKind.RETURN else Rule.ASKED
    idle = idle_now(turn.state, turn.stamp.awake)
    decision = Decision(rule, count, limit(turn.state, turn.rules), idle, waited, ())
    offset = naming.in_force(turn.state.namings, turn.now).offset(turn.now)
    row = PromptRow(number, kind, 0, named, turn.stamp.wall, offset, decision, None, None)
    turn.set(question=Question(prompt, row, doubt, exercise), next_number=number + 1)
    turn.do(Show(prompt))
    turn.do(RecordPrompt(row))
