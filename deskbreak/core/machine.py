"""Everything that changes the state: `step(state, events, stamp, rules)`, and nothing else does."""

from dataclasses import replace

from deskbreak.core import answers, correcting, doing, evening, quieting, runs, said
from deskbreak.core.commands import (
    Command,
    Outcome,
    PromptKind,
    Rule,
    Save,
)
from deskbreak.core.due import limit
from deskbreak.core.events import (
    Answered,
    AskedAnother,
    Corrected,
    Delivered,
    Dismissed,
    EveningCame,
    Event,
    Finished,
    HoursBegan,
    HoursEnded,
    Launched,
    NotifierAppeared,
    Offered,
    Paused,
    PrimerDue,
    Rated,
    Resumed,
    RulesChanged,
    RunNears,
    RunPlanned,
    SaidHere,
    SatDown,
    Sensed,
    Skipped,
    Snoozed,
    Started,
    StoodUp,
    Summed,
    TomorrowCame,
    TrackingStopped,
    Undelivered,
    Undid,
    Unoffered,
    Until,
)
from deskbreak.core.look import scene
from deskbreak.core.passing import go_on, launched, timed_ends
from deskbreak.core.postures import How, Posture, Stamp
from deskbreak.core.reminders import notifier_appeared, show, undeliver
from deskbreak.core.rules import Rules
from deskbreak.core.sensed import sense
from deskbreak.core.spells import close
from deskbreak.core.state import State
from deskbreak.core.turn import Turn
from deskbreak.core.undoing import remember, undo


def step(
    state: State, events: tuple[Event, ...], stamp: Stamp, rules: Rules
) -> tuple[State, tuple[Command, ...]]:
    """The next state, and what is to be done; `stamp` is the moment of all `events`.

    A `Sensed` stands before anything else that happened at its moment, so that the state is up to date
    when that is applied; reminders are thought of once, after the last.
    """
    turn = Turn(state, stamp, rules)
    for event in events:
        before = turn.state
        if isinstance(event, Undid):
            undo(turn, step)
            continue
        if not isinstance(event, Sensed):
            timed_ends(turn)
        _apply(turn, event)
        remember(turn, before, event)
        turn.set(seen=stamp)
    if not isinstance(events[-1], Offered | Unoffered | Summed):
        timed_ends(turn)
        go_on(turn)
    turn.set(seen=stamp, limit_seen=rules.sit_limit)
    return turn.state, tuple(turn.commands)


def _apply(turn: Turn, event: Event) -> None:
    match event:
        case Sensed(reading):
            sense(turn, reading)
        case Launched(rebooted):
            launched(turn, rebooted)
        case StoodUp(How.DESK):
            said.desk_says(turn, Posture.STANDING)
        case SatDown(How.DESK):
            said.desk_says(turn, Posture.SITTING)
        case StoodUp(by):
            said.stand(turn, by)
        case SatDown(by):
            said.sit(turn, by)
        case SaidHere(lasts):
            said.here(turn, lasts)
        case Started():
            doing.start(turn, event)
        case Finished():
            doing.finish(turn)
        case Snoozed(lasts):
            quieting.snooze(turn, lasts)
        case Skipped():
            quieting.skip(turn)
        case AskedAnother():
            doing.another(turn)
        case Answered(number, answer):
            answers.answer(turn, number, answer)
        case Rated(number, rating):
            doing.rate(turn, number, rating)
        case Paused(lasts=lasts):
            quieting.pause(turn, lasts)
        case TrackingStopped(lasts=lasts):
            quieting.stop_tracking(turn, lasts)
        case Resumed():
            quieting.resume(turn)
        case TomorrowCame():
            _tomorrow(turn)
        case HoursBegan():
            turn.set(off_hours_since=None, free_since=turn.now)
        case HoursEnded():
            if turn.state.off_hours_since is None:
                turn.set(off_hours_since=turn.now)
        case Offered() | Unoffered():
            _offered(turn, event)
        case RunPlanned(starts_in):
            runs.plan(turn, starts_in)
        case RunNears(at):
            runs.near(turn, at, due=False)
        case PrimerDue(at):
            runs.near(turn, at, due=True)
        case Corrected():
            correcting.correct(turn, event)
        case EveningCame():
            evening.came(turn, event)
        case Summed():
            evening.show(turn, event)
        case Delivered() | Undid():
            pass
        case Undelivered(number=number):
            undeliver(turn, number)
            evening.undelivered(turn, number)
        case Dismissed(number):
            _dismissed(turn, number)
        case NotifierAppeared():
            notifier_appeared(turn)
            evening.notifier_appeared(turn)
        case RulesChanged():  # pragma: no branch
            _rules_changed(turn)


def _tomorrow(turn: Turn) -> None:
    off, quiet = turn.state.off, turn.state.quiet
    if off is not None and off.named is Until.TOMORROW:
        quieting.track_again(turn, turn.now)
    if quiet is not None and quiet.named is Until.TOMORROW:
        turn.set(quiet=None, free_since=turn.now)
    turn.do(Save())


def _offered(turn: Turn, answer: Offered | Unoffered) -> None:
    pending = turn.state.pending
    if pending is None or pending.number != answer.number:
        return
    if isinstance(answer, Unoffered) and pending.rule is Rule.ASKED:
        doing.nothing_suits(turn)
    elif isinstance(answer, Unoffered) and pending.rule is Rule.RUN:
        turn.set(pending=None)
        runs.let_be(turn, Outcome.IGNORED)
    elif isinstance(answer, Offered) and pending.start:
        doing.begin(turn, answer, pending.kind)
    else:
        show(turn, pending, answer)


def _dismissed(turn: Turn, number: int) -> None:
    opened = turn.state.open
    if opened is not None and opened.prompt.number == number:
        turn.set(open=replace(opened, shown=False))
        if opened.prompt.kind is PromptKind.PRIMER:
            # Whoever puts the card away has seen it.
            runs.let_be(turn, Outcome.IGNORED)


def _rules_changed(turn: Turn) -> None:
    state, rules = turn.state, turn.rules
    before = state.limit_seen
    if before is None or before == rules.sit_limit:
        return
    count = scene(state, turn.stamp, rules).count
    if rules.sit_limit > before:
        if count < limit(state, rules):
            close(turn, Outcome.IGNORED)
            turn.set_spell(given=0, rung=0, next_count=None, snoozed_until=None, due_since=None)
    elif state.spell.given == 0 and count >= limit(state, rules):
        turn.set_spell(at_once=True)
