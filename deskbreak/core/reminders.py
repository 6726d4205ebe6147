"""Reminders on their way: chosen, shown, held, undelivered (rules.md section 5)."""

from dataclasses import replace
from datetime import datetime

from deskbreak.core import naming, runs
from deskbreak.core.commands import (
    Button,
    Decision,
    Outcome,
    Prompt,
    PromptKind,
    PromptRow,
    RecordPrompt,
    Rule,
    Show,
    Urgency,
)
from deskbreak.core.due import (
    LONG_HOLDS,
    Scene,
    budget_frees,
    due,
    holding,
    idle_now,
    just_free,
    limit,
    outlasted,
    standing_next_at,
    waits,
)
from deskbreak.core.events import Offered, Unoffered
from deskbreak.core.postures import Posture
from deskbreak.core.rules import Rules
from deskbreak.core.spells import close, drop_question
from deskbreak.core.state import NOTHING, Held, Open, Pending, State
from deskbreak.core.suggesting import suggest
from deskbreak.core.turn import Turn

# From the third snooze in a row the notification offers Skip instead.
SNOOZES_OFFERED = 2
_URGENCY = {0: Urgency.NORMAL, 1: Urgency.NORMAL, 2: Urgency.NORMAL, 3: Urgency.CRITICAL}


def remind(turn: Turn, scene: Scene) -> None:
    """Have the next reminder chosen if its moment has come; book it as held if something holds it."""
    state = turn.state
    if state.off is not None or state.pending is not None or state.exercise is not None:
        return
    if state.run is not None:
        # Nothing but the primer is suggested before a run.
        return
    if scene.posture is Posture.SITTING:
        _remind_sitting(turn, scene)
    elif scene.posture is Posture.STANDING:
        _remind_standing(turn, scene)


def _remind_sitting(turn: Turn, scene: Scene) -> None:
    now, rules = turn.now, turn.rules
    rule = due(turn.state, scene.count, now, rules)
    if rule is None:
        return
    if turn.state.spell.due_since is None:
        turn.set_spell(due_since=now)
    spell = turn.state.spell
    held = holding(turn.state, now, rules)
    if held:
        if not spell.held:
            turn.set_spell(held=True)
            _book_held(turn, scene, rule, held)
        return
    if spell.undelivered or not scene.settled or waits(turn.state, scene, now, rules, rule):
        return
    if any(outlasted(h, now, rules) for h in turn.state.holds):
        rule = Rule.HOLD_TOO_LONG
    elif spell.held:
        rule = Rule.AFTER_HOLD
    free = budget_frees(turn.state, rules)
    if rule is Rule.SNOOZE_ENDED or free is None or free <= now:
        _choose(turn, scene, PromptKind.REMINDER, _level(turn.state, rules, rule), rule)


def _level(state: State, rules: Rules, rule: Rule) -> int:
    rungs = rules.ladder.rungs
    if rule is Rule.LADDER:
        return rungs[min(state.spell.rung, len(rungs) - 1)].level
    if rule is Rule.SNOOZE_ENDED:
        return rungs[min(1, len(rungs) - 1)].level
    return rungs[0].level


def _remind_standing(turn: Turn, scene: Scene) -> None:
    state, rules, now = turn.state, turn.rules, turn.now
    at = standing_next_at(state, scene.stood, now, rules)
    if at is None or at > now or holding(state, now, rules) or not scene.settled:
        return
    if just_free(state, now, rules):
        return
    rungs = rules.standing_ladder.rungs
    if state.stand_rung < len(rungs):
        _choose(turn, scene, PromptKind.STANDING, rungs[state.stand_rung].level, Rule.STANDING)
    else:
        turn.set(doubt_from=now)
        _choose(turn, scene, PromptKind.STANDING, rungs[-1].level, Rule.STILL_STANDING)


def _choose(turn: Turn, scene: Scene, kind: PromptKind, level: int, rule: Rule) -> None:
    state = turn.state
    due_since = state.spell.due_since
    turn.set(
        pending=Pending(
            state.next_number,
            kind,
            level,
            rule,
            scene.count if kind is PromptKind.REMINDER else scene.stood,
            limit(state, turn.rules) if kind is PromptKind.REMINDER else turn.rules.stand_limit,
            NOTHING if due_since is None else turn.now - due_since,
            tuple(h.hold for h in state.holds),
            start=False,
        ),
        next_number=state.next_number + 1,
    )
    turn.do(suggest(state, turn.stamp, turn.rules, state.next_number, scene.count, easier=level >= 2))


def _decision(turn: Turn, pending: Pending) -> Decision:
    idle = idle_now(turn.state, turn.stamp.awake)
    since = _first_since(turn, turn.state.holds)
    count = turn.state.count if pending.kind is PromptKind.PRIMER else pending.sat_for
    return Decision(pending.rule, count, pending.limit, idle, pending.waited, pending.holds, since)


def _first_since(turn: Turn, held: tuple[Held, ...]) -> datetime | None:
    since = min((h.since for h in held), default=None)
    return None if since is None else naming.wall(turn.state.namings, since)


def _book_held(turn: Turn, scene: Scene, rule: Rule, held: tuple[Held, ...]) -> None:
    number = turn.state.next_number
    idle = idle_now(turn.state, turn.stamp.awake)
    holds, since = tuple(h.hold for h in held), _first_since(turn, held)
    decision = Decision(rule, scene.count, limit(turn.state, turn.rules), idle, NOTHING, holds, since)
    turn.set(next_number=number + 1)
    row = _row(turn, number, PromptKind.REMINDER, _level(turn.state, turn.rules, rule), None, decision)
    turn.do(RecordPrompt(replace(row, outcome=Outcome.HELD, outcome_at=turn.stamp.wall)))


def _row(
    turn: Turn, number: int, kind: PromptKind, level: int, exercise: str | None, decision: Decision
) -> PromptRow:
    offset = naming.in_force(turn.state.namings, turn.now).offset(turn.now)
    return PromptRow(number, kind, level, exercise, turn.stamp.wall, offset, decision, None, None)


def show(turn: Turn, pending: Pending, answer: Offered | Unoffered) -> None:
    """The coach has chosen for the pending prompt: it goes to the screen and into the log.

    A reminder that is due comes even where the coach has nothing for it.
    """
    offered = answer if isinstance(answer, Offered) else None
    exercise = None if offered is None else offered.exercise
    if turn.state.open is not None and turn.state.open.prompt.number != pending.number:
        close(turn, Outcome.IGNORED)
    drop_question(turn)
    prompt = Prompt(
        pending.number,
        pending.kind,
        pending.level,
        exercise,
        answer.wording,
        pending.sat_for,
        _buttons(turn.state, pending, exercise),
        _URGENCY[pending.level],
        NOTHING if offered is None else offered.dose,
    )
    row = _row(turn, pending.number, pending.kind, pending.level, exercise, _decision(turn, pending))
    turn.set(
        open=Open(
            prompt,
            row,
            turn.now,
            seated=offered is not None and offered.seated,
            switch=offered is not None and offered.switch,
            dose=NOTHING if offered is None else offered.dose,
        ),
        pending=None,
    )
    turn.do(Show(prompt))
    turn.do(RecordPrompt(row))
    _count_as_given(turn, pending)


def _buttons(state: State, pending: Pending, exercise: str | None) -> tuple[Button, ...]:
    buttons = _all_buttons(state, pending)
    return buttons if exercise is not None else tuple(b for b in buttons if b is not Button.START)


def _all_buttons(state: State, pending: Pending) -> tuple[Button, ...]:
    if pending.rule is Rule.STILL_STANDING:
        return (Button.STAND, Button.SIT)
    if pending.kind is PromptKind.STANDING:
        return (Button.SIT, Button.START)
    if pending.kind is PromptKind.PRIMER:
        later = (Button.LATER,) if pending.sat_for > runs.AGAIN else ()
        return (Button.START, *later, Button.NOT_TODAY)
    if state.spell.snoozes >= SNOOZES_OFFERED:
        return (Button.START, Button.SKIP)
    return (Button.START, Button.SNOOZE, Button.SKIP)


def _count_as_given(turn: Turn, pending: Pending) -> None:
    state, rules = turn.state, turn.rules
    if pending.rule in (Rule.ASKED, Rule.RUN):
        return
    recent = tuple(t for t in state.shown_at if turn.now - t < rules.budget_span)
    turn.set(shown_at=(*recent, turn.now))
    if pending.kind is PromptKind.STANDING:
        turn.set(stand_rung=state.stand_rung + 1, stand_shown=pending.sat_for)
        return
    rung = state.spell.rung + 1 if pending.rule is Rule.LADDER else 1
    if pending.rule is Rule.SNOOZE_ENDED:
        rung = 2
    turn.set_spell(
        given=state.spell.given + 1,
        rung=rung,
        shown_count=pending.sat_for,
        next_count=None,
        snoozed_until=None,
        due_since=None,
        held=False,
        at_once=False,
    )
    if pending.rule is Rule.HOLD_TOO_LONG:
        turn.set(holds=tuple(replace(h, spent=h.spent or h.hold in LONG_HOLDS) for h in state.holds))


def undeliver(turn: Turn, number: int) -> None:
    """No desktop service took it: it does not count as given, and is given once when one appears."""
    opened, question = turn.state.open, turn.state.question
    if question is not None and question.prompt.number == number:
        # The menu still asks.
        row = replace(question.row, outcome=Outcome.UNDELIVERED, outcome_at=turn.stamp.wall)
        turn.do(RecordPrompt(row))
        turn.set(question=replace(question, row=row))
    if opened is None or opened.prompt.number != number:
        return
    row = replace(opened.row, outcome=Outcome.UNDELIVERED, outcome_at=turn.stamp.wall)
    turn.do(RecordPrompt(row))
    turn.set(open=replace(opened, row=row, shown=False), shown_at=turn.state.shown_at[:-1])
    if opened.prompt.kind is PromptKind.REMINDER:
        spell = turn.state.spell
        turn.set_spell(
            given=max(spell.given - 1, 0),
            rung=max(spell.rung - 1, 0),
            undelivered=True,
            due_since=turn.now,
        )


def notifier_appeared(turn: Turn) -> None:
    if turn.state.spell.undelivered:
        turn.set_spell(undelivered=False, at_once=True)
    primer = runs.offered(turn.state)
    if primer is not None and primer.row.outcome is Outcome.UNDELIVERED:
        turn.set(open=None)
