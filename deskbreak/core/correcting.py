"""The person's word about a past time: what of the log it is about, and what it changes now.

rules.md sections 3 and 7: it is the surest there is, it overwrites nothing, and the later word wins.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from deskbreak.core import naming
from deskbreak.core.commands import Command, Outcome, Record, RecordCorrection, Told, Uncorrect
from deskbreak.core.corrected import corrected
from deskbreak.core.events import Corrected, Course
from deskbreak.core.postures import Correction, How, Posture, Row, Stamp, Stretch, Word
from deskbreak.core.rules import Rules
from deskbreak.core.said import prove_now
from deskbreak.core.settling import stop_standing
from deskbreak.core.spells import drop_question, end_spell
from deskbreak.core.state import NOTHING, State
from deskbreak.core.turn import BOUT_GAP, Turn, booked_since

# The log keeps milliseconds, and the wall clock's names may be read a moment apart.
_SAME_MOMENT = timedelta(milliseconds=1)
_SAME_NAME = timedelta(seconds=1)
# The log takes longer ones for damage.
_A_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the wall clock's time, `offset` ahead of UTC."""

    start: datetime
    end: datetime
    offset: timedelta


@dataclass(frozen=True, slots=True)
class About:
    """What a word is about: `corrections` are it as the log takes it, several where it has a gap or is long.

    `unseen` is the time in it of which nothing is known, `unlogged` that of which there is no record.
    """

    corrections: tuple[Correction, ...]
    unseen: tuple[Part, ...]
    unlogged: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Unbooked:
    """What a word of the person's would settle now: the rows up to now, and the count that they lead to."""

    rows: tuple[Row, ...]
    count: timedelta


def unbooked(state: State, stamp: Stamp, rules: Rules) -> Unbooked:
    """What is not in the log yet; nothing changes by asking."""
    if state.off is not None:
        off = Stretch(state.off.since, stamp.elapsed, Posture.UNKNOWN, How.USER)
        return Unbooked(tuple(naming.rows(off, state.namings, rules.day_start)), state.count)
    as_if = Turn(state, stamp, rules)
    prove_now(as_if)
    rows = tuple(c.row for c in as_if.commands if isinstance(c, Record))
    return Unbooked(rows, as_if.state.count)


def about(word: Word, rows: Iterable[Row], said_at: datetime) -> About:
    """What the word comes to; `rows` are what was lived around that time, in order, as corrected so far."""
    found: list[Correction] = []
    unseen: list[Part] = []
    unlogged: list[Part] = []
    covered = word.start
    offset = NOTHING
    for row in rows:
        offset = row.offset
        low = max(word.start, row.start_at)
        high = row.end_at if word.end is None else min(word.end, row.end_at)
        if low >= high:
            continue
        if low - covered >= _SAME_NAME:
            unlogged.append(Part(covered, low, offset))
        covered = max(covered, high)
        began = row.began + (low - row.start_at)
        ended = row.began + (row.length if high == row.end_at else min(high - row.start_at, row.length))
        if row.posture is Posture.UNKNOWN:
            _extend(unseen, Part(low, high, offset))
        last = found[-1] if found else None
        if last is not None and began - last.ended <= _SAME_MOMENT and ended - last.began <= _A_DAY:
            found[-1] = _lasting(last, ended)
        else:
            found.append(Correction(began, ended - began, low, offset, word.posture, said_at, word.note))
    if word.end is not None and word.end - covered >= _SAME_NAME:
        unlogged.append(Part(covered, word.end, offset))
    return About(tuple(found), tuple(unseen), tuple(unlogged))


def _extend(parts: list[Part], more: Part) -> None:
    if parts and more.start - parts[-1].end < _SAME_NAME:
        parts[-1] = Part(parts[-1].start, more.end, parts[-1].offset)
    else:
        parts.append(more)


def _lasting(word: Correction, ended: timedelta) -> Correction:
    return Correction(
        word.began, ended - word.began, word.start_at, word.offset, word.posture, word.said_at, word.note
    )


@dataclass(frozen=True, slots=True)
class _Sat:
    """Sitting since the last reset in the log: how much, since when, when that reset began, and the bout."""

    count: timedelta
    since: timedelta
    left_at: timedelta
    bout_began: timedelta | None


def spoken(
    said: tuple[Correction, ...],
    unsaid: tuple[Correction, ...],
    rows: Sequence[Row],
    in_force: Sequence[Correction],
    now: Unbooked,
    rules: Rules,
) -> Corrected:
    """The event of saying this and taking that back.

    `rows` are the log from before the last reset on, `in_force` the corrections so far, as they were said.
    """
    lived = (*rows, *now.rows)
    left = list(in_force)
    for word in unsaid:
        # The same may have been said twice.
        left.remove(word)
    return Corrected(said, unsaid, _course(lived, in_force, (*left, *said), now.count, rules.break_min))


def _course(
    rows: Sequence[Row],
    before: Sequence[Correction],
    after: Sequence[Correction],
    count: timedelta,
    break_min: timedelta,
) -> Course | None:
    """What becomes of the `count` when the corrections `before` become those `after`; None: nothing."""
    old, new = (_sat(tuple(corrected(rows, said)), break_min) for said in (before, after))
    if old == new:
        return None
    count = max(count + new.count - old.count, NOTHING) if old.since == new.since else new.count
    return Course(count, new.left_at if new.since > old.since else None, new.bout_began)


def _sat(lived: tuple[Row, ...], break_min: timedelta) -> _Sat:
    count = gone = gap = NOTHING
    back: timedelta | None = None
    bout_began: timedelta | None = None
    bout_over = False
    for row in reversed(lived):
        if row.posture is Posture.SITTING:
            count += row.length
            gone = gap = NOTHING
            back = None
            bout_began = bout_began if bout_over else row.began
            continue
        gap += row.length
        bout_over = bout_over or gap >= BOUT_GAP
        if row.posture is Posture.UNKNOWN and row.how is How.USER:
            # While tracking was off the count stood still.
            continue
        gone += row.length
        back = row.began + row.length if back is None else back
        if row.posture in (Posture.STANDING, Posture.MOVING) or gone >= break_min:
            return _Sat(count, back, row.began, bout_began)
    first = lived[0].began if lived else NOTHING
    return _Sat(count, first, first, bout_began)


def correct(turn: Turn, event: Corrected) -> None:
    """Take the person's word, or take back an earlier one."""
    before = turn.state
    prove_now(turn)
    for word in event.unsaid:
        turn.do(Uncorrect(word))
    for word in event.said:
        turn.do(RecordCorrection(word))
    taken_back: tuple[Command, ...] = (*map(RecordCorrection, event.unsaid), *map(Uncorrect, event.said))
    turn.rebook = (*taken_back, booked_since(before))
    _settle_doubts(turn, event.said)
    if event.course is not None:
        if event.course.left_at is not None:
            end_spell(turn, event.course.left_at)
        turn.set(count=event.course.count, bout_began=event.course.bout_began)
    if event.said and event.said[-1].ended == turn.now and turn.state.off is None:
        _be(turn, event.said[-1])
    turn.tell(Told.CORRECTED if event.said else Told.UNCORRECTED)


def _settle_doubts(turn: Turn, words: tuple[Correction, ...]) -> None:
    """What the person was or would be asked about that time is answered by it."""

    def spoken_of(began: timedelta, ended: timedelta) -> bool:
        return any(c.began < ended and began < c.ended for c in words)

    question, doubt, absence = turn.state.question, turn.state.doubt, turn.state.last_absence
    if question is not None and question.doubt is not None:
        if spoken_of(question.doubt.began, question.doubt.ended):
            drop_question(turn, Outcome.ANSWERED)
    elif doubt is not None and spoken_of(doubt.began, doubt.ended):
        turn.set(doubt=None)
    if absence is not None and spoken_of(absence.began, absence.ended):
        turn.set(last_absence=None)


def _be(turn: Turn, word: Correction) -> None:
    """What was so until now is so now; who tells of an absence or a walk is back."""
    stood = turn.state.upright is Posture.STANDING
    if word.posture is Posture.STANDING:
        turn.set(confirmed_at=turn.now, doubt_from=None, desk=None)
        if not stood:
            turn.set(upright=Posture.STANDING, upright_by=How.USER, upright_since=word.began)
            turn.set(stood=word.length, stand_rung=0)
    elif stood:
        stop_standing(turn, word.began)
        since = word.began if word.posture is Posture.SITTING else turn.now
        turn.set(upright=Posture.SITTING, upright_by=How.INPUT, upright_since=since)
        turn.set(confirmed_at=turn.now, desk=None)
