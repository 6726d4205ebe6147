"""Everything that changes the state: `step(state, event, stamp, rules)`, and nothing else does."""

from dataclasses import replace

from deskbreak.core import asked
from deskbreak.core.commands import (
    Command,
    Outcome,
    Record,
    RecordBreak,
    RecordExercise,
    RecordPrompt,
    Save,
    Show,
    Tell,
    Told,
    Unrecord,
    Withdraw,
)
from deskbreak.core.events import (
    AskedAnother,
    Delivered,
    Dismissed,
    Event,
    Finished,
    HoursBegan,
    HoursEnded,
    Launched,
    NotifierAppeared,
    Offered,
    Paused,
    Resumed,
    RulesChanged,
    SaidHere,
    SatDown,
    Sensed,
    Skipped,
    Snoozed,
    Started,
    StoodUp,
    TomorrowCame,
    TrackingStopped,
    Undelivered,
    Undid,
    Until,
)
from deskbreak.core.look import scene
from deskbreak.core.naming import noticed
from deskbreak.core.postures import BreakKind, How, Posture, Stamp
from deskbreak.core.presence import Judgement
from deskbreak.core.reminders import holding, limit, notifier_appeared, remind, show, undeliver
from deskbreak.core.rules import Rules
from deskbreak.core.sensed import sense
from deskbreak.core.state import NOTHING, Claim, ClaimKind, State, Undoable
from deskbreak.core.turn import Turn, book, close, log_break, note_absence, withdraw

_PERSONS = (
    StoodUp,
    SatDown,
    SaidHere,
    Started,
    Finished,
    Snoozed,
    Skipped,
    AskedAnother,
    Paused,
    TrackingStopped,
    Resumed,
)
_REPLAYED = (Record, RecordBreak, RecordExercise, RecordPrompt, Unrecord, Save)


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
            _undo(turn)
            continue
        if not isinstance(event, Sensed):
            _timed_ends(turn)
        _apply(turn, event)
        _remember(turn, before, event)
        turn.set(seen=stamp)
    if not isinstance(events[-1], Offered):
        _timed_ends(turn)
        _go_on(turn)
    turn.set(seen=stamp, limit_seen=rules.sit_limit)
    return turn.state, tuple(turn.commands)


def _apply(turn: Turn, event: Event) -> None:
    match event:
        case Sensed(reading):
            sense(turn, reading)
        case Launched(rebooted):
            _launched(turn, rebooted)
        case StoodUp(How.DESK):
            asked.desk_says(turn, Posture.STANDING)
        case SatDown(How.DESK):
            asked.desk_says(turn, Posture.SITTING)
        case StoodUp(by):
            asked.stand(turn, by)
        case SatDown(by):
            asked.sit(turn, by)
        case SaidHere(lasts):
            asked.here(turn, lasts)
        case Started(exercise):
            asked.start(turn, exercise)
        case Finished():
            asked.finish(turn)
        case Snoozed(lasts):
            asked.snooze(turn, lasts)
        case Skipped():
            asked.skip(turn)
        case AskedAnother():
            asked.another(turn)
        case Paused(lasts=lasts):
            asked.pause(turn, lasts)
        case TrackingStopped(lasts=lasts):
            asked.stop_tracking(turn, lasts)
        case Resumed():
            asked.resume(turn)
        case TomorrowCame():
            _tomorrow(turn)
        case HoursBegan():
            turn.set(off_hours_since=None, free_since=turn.now)
        case HoursEnded():
            if turn.state.off_hours_since is None:
                turn.set(off_hours_since=turn.now)
        case Offered():
            _offered(turn, event)
        case Delivered() | Undid():
            pass
        case Undelivered(number=number):
            undeliver(turn, number)
        case Dismissed(number):
            _dismissed(turn, number)
        case NotifierAppeared():
            notifier_appeared(turn)
        case RulesChanged():  # pragma: no branch
            _rules_changed(turn)


def _timed_ends(turn: Turn) -> None:
    """What the clock alone brings to an end."""
    if turn.state.off is not None:
        _end_of_off(turn)
    if turn.state.quiet is not None:
        _end_of_pause(turn)
    tentative = turn.state.tentative_at
    if tentative is not None and turn.now - tentative >= turn.rules.away_after:
        turn.set(tentative_at=None)


def _go_on(turn: Turn) -> None:
    """What follows from the moment itself, whatever the events were."""
    if turn.state.off is not None:
        return
    if turn.state.desk is not None:
        asked.believe_desk(turn)
    if turn.state.exercise is not None:
        asked.forget_exercise(turn)
    if turn.state.tentative_at is None and turn.state.proof_at is not None:
        judgement = turn.judge()
        if judgement.absent_since is not None:
            withdraw(turn)
            note_absence(turn, judgement, turn.now)
        _beat(turn, judgement)
    opened = turn.state.open
    if opened is not None and any(
        h.since >= opened.shown_at for h in holding(turn.state, turn.now, turn.rules)
    ):
        withdraw(turn)
    remind(turn, scene(turn.state, turn.stamp, turn.rules))


def _end_of_off(turn: Turn) -> None:
    off = turn.state.off
    if off is not None and off.until is not None and off.until <= turn.now:
        asked.track_again(turn, off.until)
        turn.do(Save())


def _end_of_pause(turn: Turn) -> None:
    quiet = turn.state.quiet
    if quiet is not None and quiet.until is not None and quiet.until <= turn.now:
        turn.set(quiet=None, free_since=quiet.until)
        turn.do(Save())


def _beat(turn: Turn, judgement: Judgement) -> None:
    """The heartbeat: what is sure by now is booked; quiet time waits."""
    state = turn.state
    if turn.now - state.saved_at < turn.rules.heartbeat:
        return
    if state.exercise is None and state.desk is None and judgement.sign > state.settled_at:
        sure = (replace(s, ended=min(s.ended, judgement.sign)) for s in judgement.present)
        book(turn, [s for s in sure if s.began < s.ended])
    elif judgement.absent_since is not None and state.break_logged:
        return
    turn.set(saved_at=turn.now)
    turn.do(Save())


def _launched(turn: Turn, rebooted: bool) -> None:
    seen = turn.state.seen
    turn.set(
        locked=None,
        asleep=False,
        asleep_at=None,
        blind=False,
        pending=None,
        undoable=None,
        holds=(),
        free_since=None,
        input_floor=turn.now,
        namings=noticed(turn.state.namings, turn.stamp),
        saved_at=turn.now,
    )
    if rebooted:
        turn.set(input_awake=None)
    if turn.state.off is not None:
        return
    since = seen.elapsed
    ended = tuple(
        replace(c, until=since)
        if c.until is None and c.kind in (ClaimKind.CALL, ClaimKind.MEDIA, ClaimKind.BLIND)
        else c
        for c in turn.state.claims
    )
    kind = ClaimKind.OFF_POWER if rebooted else ClaimKind.DOWN
    turn.set(claims=(*ended, Claim(kind, since, turn.now)))


def _tomorrow(turn: Turn) -> None:
    off, quiet = turn.state.off, turn.state.quiet
    if off is not None and off.named is Until.TOMORROW:
        asked.track_again(turn, turn.now)
    if quiet is not None and quiet.named is Until.TOMORROW:
        turn.set(quiet=None, free_since=turn.now)
    turn.do(Save())


def _offered(turn: Turn, offered: Offered) -> None:
    pending = turn.state.pending
    if pending is None or pending.number != offered.number:
        return
    if pending.start:
        asked.begin(turn, offered)
    else:
        show(turn, pending, offered)


def _dismissed(turn: Turn, number: int) -> None:
    opened = turn.state.open
    if opened is not None and opened.prompt.number == number:
        turn.set(open=replace(opened, shown=False))


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


def _remember(turn: Turn, before: State, event: Event) -> None:
    """Keep what it takes to undo the last command for a minute."""
    told = next((c.told for c in turn.commands if isinstance(c, Tell)), None)
    if isinstance(event, Started) and told is None:
        # The coach is still choosing; what it offers begins at once.
        told = Told.STARTED
    undoable = before.undoable
    if isinstance(event, _PERSONS) and told is not None and not told.refused and told is not Told.ALREADY:
        turn.set(undoable=Undoable(before.but(undoable=None), told, turn.now, (), turn.rebook))
    elif undoable is not None:
        if turn.now - undoable.at > turn.rules.undo_within:
            turn.set(undoable=None)
        else:
            turn.set(undoable=replace(undoable, since=(*undoable.since, (event, turn.stamp))))


def _undo(turn: Turn) -> None:
    """As if the last command had not been given; what else took place since still did."""
    undoable = turn.state.undoable
    if undoable is None or turn.now - undoable.at > turn.rules.undo_within:
        turn.tell(Told.NOTHING_TO_UNDO)
        return
    after = turn.state
    state = undoable.before
    if after.open is not None and after.open.shown:
        withdraw(turn)
    if after.exercise is not None and after.exercise != state.exercise:
        turn.do(Withdraw(after.exercise.number))
    for command in undoable.rebook or (Unrecord(state.settled_at),):
        turn.do(command)
    for event, stamp in undoable.since:
        state, commands = step(state, (event,), stamp, turn.rules)
        for command in commands:
            if isinstance(command, _REPLAYED):
                turn.do(command)
    turn.state = state.but(undoable=None, pending=None, next_number=after.next_number)
    asked.prove_now(turn)
    if state.stood_break is not None:
        began, spell = state.stood_break
        log_break(turn, spell, BreakKind.STOOD, began, NOTHING)
    if state.open is not None:
        turn.do(RecordPrompt(state.open.row))
        if state.open.shown:
            turn.do(Show(state.open.prompt))
    turn.tell(Told.UNDONE)
