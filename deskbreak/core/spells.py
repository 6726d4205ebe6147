"""The end of a spell, and of what belongs to it: its prompt, its exercise, what is learned from it."""

from dataclasses import replace
from datetime import timedelta

from deskbreak.core import naming
from deskbreak.core.commands import (
    ExerciseRow,
    Outcome,
    PromptKind,
    RecordExercise,
    RecordPrompt,
    Save,
    Withdraw,
)
from deskbreak.core.state import NOTHING, Exercise, Open, Spell
from deskbreak.core.turn import Turn

_ANSWERS = (Outcome.STARTED, Outcome.DONE, Outcome.SNOOZED, Outcome.SKIPPED, Outcome.ANSWERED)


def end_spell(turn: Turn, left_at: timedelta) -> int:
    """The count is 0 from here on; returns the number of the spell that ended."""
    state = turn.state
    number = state.spell.number
    opened = state.open
    if opened is not None:
        left = left_at - opened.shown_at <= turn.rules.left_within
        answer_reminder(turn, Outcome.LEFT if left else Outcome.IGNORED)
    _learn(turn)
    turn.set(count=NOTHING, spell=Spell(number=number + 1), pending=None)
    turn.do(Save())
    return number


def answer_reminder(turn: Turn, outcome: Outcome) -> None:
    """The reminder on offer has its outcome; the offer of a primer is about the run, and stays."""
    opened = turn.state.open
    if opened is not None and opened.prompt.kind is not PromptKind.PRIMER:
        close(turn, outcome)


def close(turn: Turn, outcome: Outcome) -> None:
    """The prompt on offer has its outcome: booked, taken off the screen, forgotten."""
    opened = turn.state.open
    if opened is None:
        return
    if opened.shown:
        turn.do(Withdraw(opened.prompt.number))
    turn.set(open=None)
    if opened.row.outcome is Outcome.UNDELIVERED and outcome not in _ANSWERS:
        # What was never on the screen cannot have been ignored.
        return
    row = replace(opened.row, outcome=outcome, outcome_at=turn.stamp.wall)
    turn.do(RecordPrompt(row))
    if outcome in (Outcome.STARTED, Outcome.DONE, Outcome.LEFT):
        turn.set_spell(accepted=True)


def drop_question(turn: Turn, outcome: Outcome = Outcome.IGNORED) -> None:
    """The return question, asked or about to be, is over: what was judged stays unless it was answered."""
    question = turn.state.question
    turn.set(question=None, doubt=None)
    if question is None:
        return
    turn.do(Withdraw(question.prompt.number))
    if question.row.outcome is None or outcome in _ANSWERS:
        row = replace(question.row, outcome=outcome, outcome_at=turn.stamp.wall)
        turn.do(RecordPrompt(row))


def withdraw(turn: Turn) -> None:
    """Take the prompt off the screen; what became of it is not known yet."""
    opened: Open | None = turn.state.open
    if opened is not None and opened.shown:
        turn.do(Withdraw(opened.prompt.number))
        turn.set(open=replace(opened, shown=False))


def end_exercise(turn: Turn) -> None:
    """What was started is over, and nothing of it is booked."""
    if turn.state.exercise is not None:
        turn.do(Withdraw(turn.state.exercise.number))
        turn.set(exercise=None)


def book_exercise(turn: Turn, exercise: Exercise, at: timedelta) -> ExerciseRow:
    """It was done until `at`: that is booked, with its reminder's outcome."""
    end_exercise(turn)
    namings, number = turn.state.namings, turn.state.next_number
    turn.set(next_number=number + 1)
    row = ExerciseRow(
        number,
        exercise.id,
        naming.wall(namings, exercise.began),
        naming.in_force(namings, exercise.began).offset(exercise.began),
        max(at - exercise.began, NOTHING),
        exercise.dose,
        exercise.seated,
        None,
    )
    turn.do(RecordExercise(row))
    if exercise.row is not None:
        turn.do(RecordPrompt(replace(exercise.row, outcome=Outcome.DONE, outcome_at=turn.stamp.wall)))
    return row


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
