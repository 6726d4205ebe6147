"""The day in one sentence, once, when the work is over: when that is, and when it can be shown.

Specification: issue "review", section 7. With working hours it comes at the end of the day's last span.
Without them it comes from 18:00 on, as soon as so much was worked that it was a working day. It is held as
reminders are, waits for somebody to be there, and is dropped when a new day begins.
"""

from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo

from deskbreak.core import naming
from deskbreak.core.commands import (
    Decision,
    Outcome,
    Prompt,
    PromptKind,
    PromptRow,
    RecordPrompt,
    Rule,
    Save,
    Show,
    SumUp,
    Urgency,
)
from deskbreak.core.due import Scene, holding, idle_now, just_free, limit
from deskbreak.core.events import EveningCame, Hold, Summed
from deskbreak.core.hours import Week, moment, spans
from deskbreak.core.state import NOTHING, Evening, State
from deskbreak.core.turn import Turn

_WITHOUT_HOURS = time(18)
_A_WORKING_DAY = timedelta(hours=4)
# Who only looked in on a working day gets no summary of it.
_SOME_WORK = timedelta(minutes=30)
_DAY = timedelta(days=1)
_BEFORE_THE_NEXT_DAY = timedelta(minutes=1)
# A card is read by then, or will not be.
_READ_WITHIN = timedelta(minutes=1)


def end_of(week: Week, day: date, day_start: time, zone: tzinfo) -> tuple[datetime, EveningCame] | None:
    """When (UTC) this local day's work is over, and what the calendar says then; None: nobody works on it."""
    if day in week.days_off:
        return None
    next_day = moment(day + _DAY, day_start, zone)
    if not any(week.spans):
        on = day if day_start <= _WITHOUT_HOURS else day + _DAY
        return moment(on, _WITHOUT_HOURS, zone), EveningCame(day, _A_WORKING_DAY)
    ends = [ended for _began, ended in spans(week, day, zone)]
    if not ends:
        return None
    return min(max(ends), next_day - _BEFORE_THE_NEXT_DAY), EveningCame(day, _SOME_WORK)


def came(turn: Turn, event: EveningCame) -> None:
    """The calendar's word that the day's work is over."""
    known = turn.state.evening
    if event.day == _today(turn) and (known is None or known.day != event.day):
        turn.set(evening=Evening(event.day, event.least))
        turn.do(Save())


def mind_evening(turn: Turn, seen: Scene) -> None:
    """Have the day summed up once nothing is against it."""
    state, evening = turn.state, turn.state.evening
    if evening is None or evening.shown is not None or not turn.rules.sums_up:
        return
    if evening.day != _today(turn):
        turn.set(evening=None)
        return
    if turn.now < evening.again_at or not seen.there:
        return
    held = any(h.hold is not Hold.HOURS for h in holding(state, turn.now, turn.rules))
    if not held and not just_free(state, turn.now, turn.rules) and not _something_is_read(turn, state):
        turn.do(SumUp(evening.day))


def _something_is_read(turn: Turn, state: State) -> bool:
    """Whether the one card that there can be is another one."""
    if state.pending is not None or state.exercise is not None:
        return True
    opened, question = state.open, state.question
    if opened is not None and opened.shown:
        lasting = opened.prompt.urgency is Urgency.CRITICAL
        return lasting or turn.now - opened.shown_at < _READ_WITHIN
    return question is not None and turn.stamp.wall - question.row.at < _READ_WITHIN


def show(turn: Turn, summed: Summed) -> None:
    """How the day was, as it was asked for."""
    evening = turn.state.evening
    if evening is None or evening.shown is not None or evening.day != summed.day:
        return
    if summed.worked < evening.least:
        turn.set(evening=replace(evening, again_at=turn.now + (evening.least - summed.worked)))
        return
    number = turn.state.next_number
    prompt = Prompt(number, PromptKind.EVENING, 0, None, 0, summed.sitting, (), Urgency.LOW, summed=summed)
    idle = idle_now(turn.state, turn.stamp.awake)
    decision = Decision(Rule.EVENING, turn.state.count, limit(turn.state, turn.rules), idle, NOTHING, ())
    offset = naming.in_force(turn.state.namings, turn.now).offset(turn.now)
    row = PromptRow(number, PromptKind.EVENING, 0, None, turn.stamp.wall, offset, decision, None, None)
    turn.set(evening=replace(evening, shown=row), next_number=number + 1)
    turn.do(Show(prompt))
    turn.do(RecordPrompt(row))


def undelivered(turn: Turn, number: int) -> None:
    """No desktop service took it."""
    evening = turn.state.evening
    if evening is not None and evening.shown is not None and evening.shown.number == number:
        row = replace(evening.shown, outcome=Outcome.UNDELIVERED, outcome_at=turn.stamp.wall)
        turn.do(RecordPrompt(row))
        turn.set(evening=replace(evening, shown=row))


def notifier_appeared(turn: Turn) -> None:
    """What no service took is shown by the one that is there now."""
    evening = turn.state.evening
    shown = None if evening is None else evening.shown
    if evening is not None and shown is not None and shown.outcome is Outcome.UNDELIVERED:
        turn.set(evening=replace(evening, shown=None))


def _today(turn: Turn) -> date:
    return naming.in_force(turn.state.namings, turn.now).day(turn.now, turn.rules.day_start)
