"""When a reminder is due, what holds it, and what becomes of it (rules.md section 5)."""

from dataclasses import dataclass, replace
from datetime import timedelta

from deskbreak.core import naming
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
    Suggest,
    Urgency,
)
from deskbreak.core.events import Hold, Offered
from deskbreak.core.postures import Posture
from deskbreak.core.rules import Rules
from deskbreak.core.state import NOTHING, Held, Open, Pending, State
from deskbreak.core.turn import Turn, close

# From the third snooze in a row the notification offers Skip instead.
SNOOZES_OFFERED = 2
_LONG_HOLDS = (Hold.CALL, Hold.FULLSCREEN)
_URGENCY = {1: Urgency.NORMAL, 2: Urgency.NORMAL, 3: Urgency.CRITICAL}


@dataclass(frozen=True, slots=True)
class Scene:
    """How things look at this moment, quiet time that is not yet sure included.

    `settled`: a return, if there was one, is beyond doubt.
    """

    posture: Posture
    count: timedelta
    stood: timedelta
    idle: timedelta | None
    settled: bool


def limit(state: State, rules: Rules) -> timedelta:
    return rules.sit_limit + state.stretched


def holding(state: State, now: timedelta, rules: Rules) -> tuple[Held, ...]:
    """The holds in force, the oldest first; calls and full-screen windows only up to `hold_max`."""
    held = [h for h in state.holds if not _outlasted(h, now, rules)]
    if state.quiet is not None:
        held.insert(0, Held(Hold.PAUSE, state.quiet.since))
    if state.off_hours_since is not None:
        held.append(Held(Hold.HOURS, state.off_hours_since))
    return tuple(held)


def _outlasted(held: Held, now: timedelta, rules: Rules) -> bool:
    return held.hold in _LONG_HOLDS and not held.spent and now - held.since >= rules.hold_max


def due(state: State, count: timedelta, now: timedelta, rules: Rules) -> Rule | None:
    """The rule by which a sitting reminder is due, if it is."""
    at, rule = _next(state, count, now, rules)
    return rule if at is not None and at <= now else None


def next_at(state: State, count: timedelta, now: timedelta, rules: Rules) -> timedelta | None:
    """When the next reminder comes if the person sits on and nothing holds it."""
    at, rule = _next(state, count, now, rules)
    if at is None:
        return None
    free = _budget_frees(state, rules)
    return at if rule is Rule.SNOOZE_ENDED or free is None else max(at, free)


def _next(
    state: State, count: timedelta, now: timedelta, rules: Rules
) -> tuple[timedelta | None, Rule | None]:
    spell, ladder = state.spell, rules.ladder
    if spell.snoozed_until is not None:
        return spell.snoozed_until, Rule.SNOOZE_ENDED
    if spell.next_count is not None:
        return now + (spell.next_count - count), Rule.AFTER_SKIP
    if spell.given == 0:
        return now + (limit(state, rules) - count), Rule.LIMIT
    if spell.rung < len(ladder.rungs):
        return now + (spell.shown_count + ladder.rungs[spell.rung].after - count), Rule.LADDER
    if ladder.repeat is not None:
        return now + (spell.shown_count + ladder.repeat - count), Rule.LADDER
    return None, None


def _budget_frees(state: State, rules: Rules) -> timedelta | None:
    """When the prompt budget allows the next reminder; None: it does already."""
    if not state.shown_at:
        return None
    free = state.shown_at[-1] + rules.prompts_apart
    if rules.budget is not None and len(state.shown_at) >= rules.budget:
        free = max(free, state.shown_at[-rules.budget] + rules.budget_span)
    return free


def remind(turn: Turn, scene: Scene) -> None:
    """Have the next reminder chosen if its moment has come; book it as held if something holds it."""
    state = turn.state
    if state.off is not None or state.pending is not None or state.exercise is not None:
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
            _book_held(turn, scene, rule, tuple(h.hold for h in held))
        return
    if spell.undelivered or not scene.settled or _waits(turn.state, scene, now, rules, rule):
        return
    if any(_outlasted(h, now, rules) for h in turn.state.holds):
        rule = Rule.HOLD_TOO_LONG
    elif spell.held:
        rule = Rule.AFTER_HOLD
    free = _budget_frees(turn.state, rules)
    if rule is Rule.SNOOZE_ENDED or free is None or free <= now:
        _choose(turn, scene, PromptKind.REMINDER, _level(turn.state, rules, rule), rule)


def _waits(state: State, scene: Scene, now: timedelta, rules: Rules, rule: Rule) -> bool:
    spell = state.spell
    if spell.at_once:
        return False
    if spell.held:
        return state.free_since is not None and now < state.free_since + rules.hold_delay
    if rule not in (Rule.LIMIT, Rule.AFTER_SKIP) or spell.due_since is None:
        return False
    waited_enough = now - spell.due_since >= rules.lull_wait
    return not waited_enough and scene.idle is not None and scene.idle < rules.lull


def waits_until(state: State, scene: Scene, now: timedelta, rules: Rules) -> timedelta | None:
    """With a reminder due but not given: when to look again, unless an event comes first."""
    spell = state.spell
    if spell.due_since is None or holding(state, now, rules) or spell.undelivered:
        return _hold_runs_out(state, now, rules)
    free = _budget_frees(state, rules)
    if free is not None and free > now and spell.snoozed_until is None:
        return free
    if spell.held:
        return None if state.free_since is None else state.free_since + rules.hold_delay
    still = rules.lull - (scene.idle or NOTHING)
    return min(spell.due_since + rules.lull_wait, now + max(still, NOTHING))


def _hold_runs_out(state: State, now: timedelta, rules: Rules) -> timedelta | None:
    ends = [h.since + rules.hold_max for h in state.holds if h.hold in _LONG_HOLDS and not h.spent]
    return min((e for e in ends if e > now), default=None)


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
    free = _budget_frees(state, rules)
    if free is not None and free > now:
        return
    rungs = rules.standing_ladder.rungs
    if state.stand_rung < len(rungs):
        _choose(turn, scene, PromptKind.STANDING, rungs[state.stand_rung].level, Rule.STANDING)
    else:
        turn.set(doubt_from=now)
        _choose(turn, scene, PromptKind.STANDING, rungs[-1].level, Rule.STILL_STANDING)


def standing_next_at(state: State, stood: timedelta, now: timedelta, rules: Rules) -> timedelta | None:
    """When the next standing reminder, or the question "still standing?", comes if nothing holds it."""
    rungs = rules.standing_ladder.rungs
    if state.stand_rung >= len(rungs):
        if rules.still_standing_after is None:
            return None
        return state.confirmed_at + rules.still_standing_after
    base = rules.stand_limit if state.stand_rung == 0 else state.stand_shown
    return now + (base + rungs[state.stand_rung].after - stood)


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
    turn.do(Suggest(state.next_number, easier=level >= 2, wanted=None))


def _decision(turn: Turn, pending: Pending) -> Decision:
    idle = idle_now(turn.state, turn.stamp.awake)
    return Decision(pending.rule, pending.sat_for, pending.limit, idle, pending.waited, pending.holds)


def idle_now(state: State, awake: timedelta) -> timedelta | None:
    return None if state.input_awake is None else max(awake - state.input_awake, NOTHING)


def _book_held(turn: Turn, scene: Scene, rule: Rule, holds: tuple[Hold, ...]) -> None:
    number = turn.state.next_number
    idle = idle_now(turn.state, turn.stamp.awake)
    decision = Decision(rule, scene.count, limit(turn.state, turn.rules), idle, NOTHING, holds)
    turn.set(next_number=number + 1)
    row = _row(turn, number, PromptKind.REMINDER, _level(turn.state, turn.rules, rule), None, decision)
    turn.do(RecordPrompt(replace(row, outcome=Outcome.HELD, outcome_at=turn.stamp.wall)))


def _row(
    turn: Turn, number: int, kind: PromptKind, level: int, exercise: str | None, decision: Decision
) -> PromptRow:
    offset = naming.in_force(turn.state.namings, turn.now).offset(turn.now)
    return PromptRow(number, kind, level, exercise, turn.stamp.wall, offset, decision, None, None)


def show(turn: Turn, pending: Pending, offered: Offered) -> None:
    """The coach has chosen for the pending prompt: it goes to the screen and into the log."""
    if turn.state.open is not None and turn.state.open.prompt.number != pending.number:
        close(turn, Outcome.IGNORED)
    prompt = Prompt(
        pending.number,
        pending.kind,
        pending.level,
        offered.exercise,
        offered.wording,
        pending.sat_for,
        _buttons(turn.state, pending),
        _URGENCY[pending.level],
    )
    row = _row(turn, pending.number, pending.kind, pending.level, offered.exercise, _decision(turn, pending))
    turn.set(
        open=Open(prompt, row, turn.now, offered.seated, offered.switch, offered.dose),
        pending=None,
    )
    turn.do(Show(prompt))
    turn.do(RecordPrompt(row))
    _count_as_given(turn, pending)


def _buttons(state: State, pending: Pending) -> tuple[Button, ...]:
    if pending.rule is Rule.STILL_STANDING:
        return (Button.STAND, Button.SIT)
    if pending.kind is PromptKind.STANDING:
        return (Button.SIT, Button.START)
    if state.spell.snoozes >= SNOOZES_OFFERED:
        return (Button.START, Button.SKIP)
    return (Button.START, Button.SNOOZE, Button.SKIP)


def _count_as_given(turn: Turn, pending: Pending) -> None:
    state, rules = turn.state, turn.rules
    if pending.rule is Rule.ASKED:
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
        turn.set(holds=tuple(replace(h, spent=h.spent or h.hold in _LONG_HOLDS) for h in state.holds))


def undeliver(turn: Turn, number: int) -> None:
    """No desktop service took it: it does not count as given, and is given once when one appears."""
    opened = turn.state.open
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
