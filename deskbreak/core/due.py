"""When a reminder is due, and what holds it or has it wait (rules.md section 5): questions only."""

from dataclasses import dataclass
from datetime import timedelta

from deskbreak.core.commands import PromptKind, Rule
from deskbreak.core.events import Hold
from deskbreak.core.postures import Posture
from deskbreak.core.rules import Rules
from deskbreak.core.state import NOTHING, Held, State

LONG_HOLDS = (Hold.CALL, Hold.FULLSCREEN)


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

    @property
    def there(self) -> bool:
        """Whether somebody is at the desk, beyond doubt."""
        return self.settled and self.posture not in (Posture.AWAY, Posture.UNKNOWN)


def limit(state: State, rules: Rules) -> timedelta:
    return rules.sit_limit + state.stretched


def holding(state: State, now: timedelta, rules: Rules) -> tuple[Held, ...]:
    """The holds in force, the oldest first; calls and full-screen windows only up to `hold_max`."""
    held = [h for h in state.holds if not outlasted(h, now, rules)]
    if state.quiet is not None:
        held.insert(0, Held(Hold.PAUSE, state.quiet.since))
    if state.off_hours_since is not None:
        held.append(Held(Hold.HOURS, state.off_hours_since))
    return tuple(held)


def outlasted(held: Held, now: timedelta, rules: Rules) -> bool:
    return held.hold in LONG_HOLDS and not held.spent and now - held.since >= rules.hold_max


def due(state: State, count: timedelta, now: timedelta, rules: Rules) -> Rule | None:
    """The rule by which a sitting reminder is due, if it is."""
    at, rule = _next(state, count, now, rules)
    return rule if at is not None and at <= now else None


def next_at(state: State, count: timedelta, now: timedelta, rules: Rules) -> timedelta | None:
    """When the next reminder comes if the person sits on and nothing holds it."""
    at, rule = _next(state, count, now, rules)
    if at is None:
        return None
    free = budget_frees(state, rules)
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


def budget_frees(state: State, rules: Rules) -> timedelta | None:
    """When the prompt budget allows the next reminder; None: it does already."""
    if not state.shown_at:
        return None
    free = state.shown_at[-1] + rules.prompts_apart
    if rules.budget is not None and len(state.shown_at) >= rules.budget:
        free = max(free, state.shown_at[-rules.budget] + rules.budget_span)
    return free


def just_free(state: State, now: timedelta, rules: Rules) -> bool:
    """Whether a hold has ended just now, or the program has not yet heard what holds there are."""
    return state.free_since is not None and now < state.free_since + rules.hold_delay


def waits(state: State, scene: Scene, now: timedelta, rules: Rules, rule: Rule) -> bool:
    spell = state.spell
    if spell.at_once:
        return False
    if just_free(state, now, rules):
        return True
    if spell.held or rule not in (Rule.LIMIT, Rule.AFTER_SKIP) or spell.due_since is None:
        return False
    waited_enough = now - spell.due_since >= rules.lull_wait
    return not waited_enough and scene.idle is not None and scene.idle < rules.lull


def waits_until(state: State, scene: Scene, now: timedelta, rules: Rules) -> timedelta | None:
    """With a reminder due but not given: when to look again, unless an event comes first."""
    spell = state.spell
    if spell.due_since is None or holding(state, now, rules) or spell.undelivered:
        return _hold_runs_out(state, now, rules)
    free = budget_frees(state, rules)
    if free is not None and free > now and spell.snoozed_until is None:
        return free
    if state.free_since is not None and (spell.held or just_free(state, now, rules)):
        return state.free_since + rules.hold_delay
    still = rules.lull - (scene.idle or NOTHING)
    return min(spell.due_since + rules.lull_wait, now + max(still, NOTHING))


def _hold_runs_out(state: State, now: timedelta, rules: Rules) -> timedelta | None:
    ends = [h.since + rules.hold_max for h in state.holds if h.hold in LONG_HOLDS and not h.spent]
    return min((e for e in ends if e > now), default=None)


def standing_next_at(state: State, stood: timedelta, now: timedelta, rules: Rules) -> timedelta | None:
    """When the next standing reminder, or the question "still standing?", comes if nothing holds it."""
    rungs = rules.standing_ladder.rungs
    if state.stand_rung < len(rungs):
        base = rules.stand_limit if state.stand_rung == 0 else state.stand_shown
        at = now + (base + rungs[state.stand_rung].after - stood)
    elif rules.still_standing_after is not None:
        at = state.confirmed_at + rules.still_standing_after
    else:
        return None
    free = budget_frees(state, rules)
    return at if free is None else max(at, free)


def may_have_been_up(state: State) -> bool:
    """Whether `break_min` without input would make the reminder on the screen offer "I was up"."""
    opened = state.open
    return (
        opened is not None
        and opened.shown
        and opened.prompt.kind is PromptKind.REMINDER
        and state.upright is Posture.SITTING
    )


def idle_now(state: State, awake: timedelta) -> timedelta | None:
    return None if state.input_awake is None else max(awake - state.input_awake, NOTHING)
