"""Exercises and walks: begun, done, forgotten, and another suggestion (rules.md sections 4 and 5)."""

from dataclasses import replace
from datetime import timedelta

from deskbreak.core import runs
from deskbreak.core.commands import (
    Button,
    ExerciseRow,
    Outcome,
    Prompt,
    PromptKind,
    RecordExercise,
    Rule,
    Show,
    ShowGuide,
    Told,
    Urgency,
)
from deskbreak.core.due import limit
from deskbreak.core.events import Offered, Rating, Started
from deskbreak.core.postures import How, Posture, Stretch
from deskbreak.core.questions import ask_how_it_was, ask_whether_done
from deskbreak.core.said import change, prove_now
from deskbreak.core.spells import book_exercise, close, drop_question, end_exercise
from deskbreak.core.state import (
    NOTHING,
    Exercise,
    Open,
    Pending,
    State,
)
from deskbreak.core.suggesting import suggest, suggest_for, suggest_primer
from deskbreak.core.turn import Turn, book, booked_since
from deskbreak.core.walks import finish_walk, keep_for_undo, moved, went_since


def start(turn: Turn, started: Started) -> None:
    prove_now(turn)
    opened = turn.state.open
    if opened is not None and opened.prompt.exercise is not None and _accepts(started, opened):
        begin(
            turn,
            Offered(0, opened.prompt.exercise, 0, opened.dose, opened.seated, opened.switch),
            opened.prompt.kind,
        )
        return
    state = turn.state
    number = state.next_number
    if started.primer:
        _await(turn, number, PromptKind.PRIMER, 0, NOTHING, start=True)
        turn.do(suggest_primer(state, turn.stamp, turn.rules, number, state.count))
    else:
        _await(turn, number, PromptKind.REMINDER, 1, state.count, start=True)
        turn.do(suggest_for(started, state, turn.stamp, turn.rules, number, state.count))


def _accepts(started: Started, opened: Open) -> bool:
    """Whether what is on offer is what the person wants now."""
    if started.primer:
        return opened.prompt.kind is PromptKind.PRIMER
    if started.exercise is not None:
        return started.exercise == opened.prompt.exercise and started.available is None
    fits = started.available is None or opened.switch or opened.dose <= started.available
    # Whether it makes a noise is for the coach to know.
    return fits and not started.quiet


def another(turn: Turn) -> None:
    prove_now(turn)
    state = turn.state
    if runs.offered(state) is not None:
        turn.tell(Told.NOTHING_INSTEAD)
        return
    opened = state.open
    number, kind, level = state.next_number, PromptKind.REMINDER, 1
    if opened is not None:
        number, kind, level = opened.prompt.number, opened.prompt.kind, opened.prompt.level
    sat_for = state.stood if kind is PromptKind.STANDING else state.count
    _await(turn, number, kind, level, sat_for, start=False)
    turn.do(suggest(state, turn.stamp, turn.rules, number, state.count, easier=level >= 2))
    turn.tell(Told.ANOTHER)


def nothing_suits(turn: Turn) -> None:
    """The coach has nothing for what the person asked for: what was on offer stays."""
    turn.set(pending=None, undoable=None)
    turn.tell(Told.NOTHING_SUITS)


def _await(turn: Turn, number: int, kind: PromptKind, level: int, sat_for: timedelta, start: bool) -> None:
    state = turn.state
    holds = tuple(h.hold for h in state.holds)
    pending = Pending(
        number, kind, level, Rule.ASKED, sat_for, limit(state, turn.rules), NOTHING, holds, start
    )
    turn.set(pending=pending, next_number=max(state.next_number, number + 1))


def begin(turn: Turn, chosen: Offered, kind: PromptKind) -> None:
    """The exercise starts: from here on, quiet is taken for going away sooner.

    `kind` is that of the prompt that named it, or would have.
    """
    opened: Open | None = turn.state.open
    primer = kind is PromptKind.PRIMER
    if runs.offered(turn.state) is not None and not primer:
        # Another movement than the one on offer: the primer is offered again after it.
        close(turn, Outcome.IGNORED)
        opened = None
    close(turn, Outcome.STARTED)
    if primer:
        runs.begun(turn)
    drop_question(turn)
    turn.set(pending=None)
    if chosen.switch:
        if turn.state.upright is Posture.STANDING:
            turn.tell(Told.ALREADY)
            return
        change(turn, Posture.STANDING, How.USER, turn.now)
        turn.tell(Told.STANDING)
        return
    count, spell = turn.state.count, turn.state.spell
    # What answers no reminder puts none off: a chair exercise now and then does not end the sitting.
    answers = opened is not None or (spell.given > 0 and spell.next_count is None)
    turn.set_spell(
        accepted=True,
        next_count=count + limit(turn.state, turn.rules) if answers else spell.next_count,
        snoozed_until=None,
        due_since=None,
        undelivered=False,
    )
    number = turn.state.next_number
    turn.set(
        exercise=Exercise(
            chosen.exercise,
            turn.now,
            chosen.dose,
            chosen.seated,
            None if opened is None else replace(opened.row, outcome=Outcome.STARTED),
            number,
        ),
        accepted_at=None if chosen.seated else turn.now,
        next_number=number + 1,
    )
    turn.do(
        Show(
            Prompt(
                number,
                PromptKind.EXERCISE_END,
                0,
                chosen.exercise,
                chosen.wording,
                count,
                (Button.DONE, Button.HOW),
                Urgency.NORMAL,
                chosen.dose,
            )
        )
    )
    if primer:
        turn.do(ShowGuide(chosen.exercise))
    turn.tell(Told.STARTED)


def finish(turn: Turn) -> None:
    exercise = turn.state.exercise
    question = turn.state.question
    if exercise is None and question is not None and question.exercise is not None:
        prove_now(turn)
        turn.tell(Told.DONE)
        return
    if exercise is None:
        finish_walk(turn)
        return
    ask_how_it_was(turn, _did(turn, exercise, turn.now))
    turn.tell(Told.DONE)


def _did(turn: Turn, exercise: Exercise, until: timedelta) -> ExerciseRow:
    """The person says that it was done until then."""
    if exercise.seated or turn.state.off is not None:
        prove_now(turn)
    else:
        went = went_since(turn.state, exercise.began)
        if went is not None:
            keep_for_undo(turn, exercise.began, went)
        spell = turn.state.broke if went is None else went.spell
        moved(turn, exercise.began, until, How.EXERCISE, spell)
    return book_exercise(turn, exercise, until)


def _was_seen_to(turn: Turn, exercise: Exercise, left: timedelta) -> ExerciseRow:
    """Who was quiet for it has done it, for as long as it took; a long absence was more than that."""
    if exercise.seated:
        return book_exercise(turn, exercise, left)
    until = left if left - exercise.ends <= turn.rules.accepted_for else exercise.ends
    proof, went = turn.state.proof_at, went_since(turn.state, exercise.began)
    moved(turn, exercise.began, until, How.EXERCISE, None if went is None else went.spell, left)
    after = () if went is None else went.after
    book(turn, (Stretch(until, left, Posture.AWAY, How.ACCEPTED), *after))
    turn.set(proof_at=proof)
    return book_exercise(turn, exercise, until)


def _did_in_time(turn: Turn, exercise: Exercise) -> ExerciseRow:
    """The person says afterwards that it was done."""
    went = went_since(turn.state, exercise.began)
    if went is None or exercise.seated:
        return _did(turn, exercise, exercise.ends)
    prove_now(turn)
    keep_for_undo(turn, exercise.began, went)
    return _was_seen_to(turn, exercise, went.ended)


def rate(turn: Turn, number: int, rating: Rating | None) -> None:
    """How prompt `number`'s exercise was, or (None) that it was not done."""
    exercise, question = turn.state.exercise, turn.state.question
    if exercise is not None and exercise.asked and exercise.number == number:
        if rating is None:
            prove_now(turn)
            end_exercise(turn)
            turn.tell(Told.NOT_DONE)
        else:
            row = _did_in_time(turn, exercise)
            turn.do(RecordExercise(replace(row, rating=rating)))
            turn.tell(Told.RATED)
    elif question is not None and question.exercise is not None and question.prompt.number == number:
        before = turn.state
        prove_now(turn)
        drop_question(turn, Outcome.ANSWERED)
        turn.do(RecordExercise(replace(question.exercise, rating=rating)))
        turn.rebook = (RecordExercise(question.exercise), booked_since(before))
        turn.tell(Told.RATED)
    else:
        turn.tell(Told.NOTHING_TO_ANSWER)


def mind_exercise(turn: Turn, settled: bool) -> None:
    """What was started ends by itself: done by who was quiet for it, asked about, or forgotten.

    `settled`: the person is there, beyond doubt.
    """
    exercise = turn.state.exercise
    if exercise is None or turn.state.broke is not None or turn.now < exercise.ends:
        return
    proof = turn.state.proof_at
    if exercise.seated and proof is not None and _is_most(turn, exercise, proof, turn.now):
        exercise = replace(exercise, left=exercise.ends)
    left = exercise.left
    if left is not None and (settled or exercise.seated):
        ask_how_it_was(turn, _was_seen_to(turn, exercise, left))
    elif turn.now >= max(exercise.ends, left or NOTHING) + turn.rules.accepted_for:
        end_exercise(turn)
    elif settled and left is None and not exercise.asked and _typed_since(turn.state, exercise):
        turn.set(exercise=replace(exercise, asked=True))
        ask_whether_done(turn, exercise)


def note_return(turn: Turn, at: timedelta) -> None:
    """Input comes at `at`: who was quiet for most of the exercise until then has done it."""
    exercise, since, first = turn.state.exercise, turn.state.proof_at, turn.state.tentative_at
    if exercise is not None and since is not None and _is_most(turn, exercise, since, at):
        turn.set(exercise=replace(exercise, left=at if first is None else first))


def _is_most(turn: Turn, exercise: Exercise, since: timedelta, until: timedelta) -> bool:
    """Whether `[since, until)` is most of the time that the exercise takes."""
    during = min(until, exercise.ends) - max(since, exercise.began)
    return during >= exercise.dose * turn.rules.most_of_a_dose


def _typed_since(state: State, exercise: Exercise) -> bool:
    return state.proof_at is not None and state.proof_at > exercise.began
