"""What may be said over the control socket: a closed vocabulary, one JSON object a line, strictly read."""

import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from enum import Enum
from typing import TypeVar

from deskbreak.coach.exercise import Family, Level
from deskbreak.coach.levels import TESTED
from deskbreak.coach.library import by_id
from deskbreak.core.events import (
    AskedAnother,
    Event,
    Finished,
    Paused,
    Resumed,
    RunPlanned,
    SaidHere,
    SatDown,
    Skipped,
    Snoozed,
    Started,
    StoodUp,
    TrackingStopped,
    Undid,
    Until,
)
from deskbreak.core.postures import How, Posture, Word
from deskbreak.errors import DeskbreakError
from deskbreak.ports import TakeLevel
from deskbreak.words import _

T = TypeVar("T")

LONGEST_LINE = 64 * 1024
"""Bytes of one request or answer, with its end of line."""

SHORTEST = timedelta(seconds=1)
LONGEST = timedelta(days=31)

LONGEST_NOTE = 200
"""Characters of the person's own words about a correction."""

_LONGEST_NEAR = 40
_MOST = 2**53
_FIRST, _LAST = datetime(1970, 1, 2, tzinfo=UTC), datetime(9998, 1, 1, tzinfo=UTC)


class Query(Enum):
    """What is asked of the program itself rather than of the state."""

    STATUS = "status"
    DOCTOR = "doctor"
    RELOAD = "reload"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class WhyThis:
    """How the pick was made: that on offer, or the one for so much time, if the person began a break now."""

    available: timedelta | None = None
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class PassedTest:
    """The person says that the family's test for 303 went well."""

    family: Family


@dataclass(frozen=True, slots=True)
class Correct:
    """The person says what a past time was; `sure`: also if something speaks against it."""

    word: Word
    sure: bool = False


@dataclass(frozen=True, slots=True)
class TakeBack:
    """The person takes the correction of this number back."""

    number: int


Request = Event | Query | WhyThis | TakeLevel | PassedTest | Correct | TakeBack


class Reply:
    """The one slot for the answer to a request."""

    def __init__(self, deliver: Callable[[Mapping[str, object]], None]) -> None:
        self._deliver = deliver

    def put(self, answer: Mapping[str, object]) -> None:
        """Answer, from any thread, without waiting: {"ok": bool, "says": str, "status": {...}}.

        Whatever comes after the first answer, or after 5 s, is dropped.
        """
        self._deliver(answer)


@dataclass(frozen=True, slots=True)
class Asked:
    """A request on its way to the loop, which puts the answer into `reply`."""

    request: Request
    reply: Reply


class WireError(DeskbreakError):
    """A request that means nothing; the message is the answer to it."""


def decode(line: bytes) -> Request:
    """The request that `line` (without its end) stands for; raises WireError for anything else."""
    said = _object(line)
    command = said.pop("command", None)
    if not isinstance(command, str):
        raise WireError(_("a request is an object with a command"))
    read = _VOCABULARY.get(command)
    if read is None:
        raise WireError(_("there is no command {command}").format(command=_shown(command)))
    request = read(said)
    if said:
        raise WireError(
            _("{command} takes no {key}").format(
                command=command, key=", ".join(map(_shown, sorted(said)[:3]))
            )
        )
    return request


def encode(reply: Mapping[str, object]) -> bytes:
    """One line for `reply`; raises ValueError for what JSON cannot say (NaN, or longer than the limit)."""
    line = json.dumps(reply, allow_nan=False, separators=(",", ":")).encode("ascii") + b"\n"
    if len(line) > LONGEST_LINE:
        raise ValueError(f"an answer of {len(line)} bytes")
    return line


def refusal(says: str) -> dict[str, object]:
    """The answer to what was not understood or could not be answered."""
    return {"ok": False, "says": says, "status": {}}


_Said = dict[str, object]


def _object(line: bytes) -> _Said:
    try:
        said = json.loads(line, object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise WireError(_("a request is one line of JSON")) from None
    if not isinstance(said, dict):
        raise WireError(_("a request is an object with a command"))
    return said


def _once(pairs: list[tuple[str, object]]) -> _Said:
    said = dict(pairs)
    if len(said) != len(pairs):
        raise ValueError("a key is there twice")
    return said


def _no_number(text: str) -> object:
    raise ValueError(text)


def _shown(text: str) -> str:
    return ascii(text if len(text) <= 40 else text[:40] + "…")


def _length(said: _Said, key: str = "lasts_s") -> timedelta | None:
    seconds = said.pop(key, None)
    if seconds is None:
        return None
    # A bool is an int to Python, and 1e999 is read as infinity.
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not math.isfinite(seconds):
        raise WireError(_("{key} is a number of seconds").format(key=key))
    if not SHORTEST.total_seconds() <= seconds <= LONGEST.total_seconds():
        raise WireError(_("a duration here is from 1 second to 31 days"))
    return timedelta(seconds=seconds)


def _end(said: _Said) -> timedelta | Until | None:
    until = said.pop("until", None)
    length = _length(said)
    if until is None:
        return length
    if length is not None:
        raise WireError(_("either lasts_s or until, not both"))
    try:
        return Until(until)
    except ValueError:
        raise WireError(
            _("until is one of {ends}").format(ends=", ".join(end.value for end in Until))
        ) from None


def _pause(said: _Said) -> Paused:
    return Paused(_end(said) or Until.INDEFINITELY)


def _tracking(said: _Said) -> Request:
    on = said.pop("on", None)
    if not isinstance(on, bool):
        raise WireError(_("track needs on, true or false"))
    return Resumed() if on else TrackingStopped(_end(said) or Until.INDEFINITELY)


def _by(said: _Said) -> How:
    by = said.pop("by", How.USER.value)
    if by not in (How.USER.value, How.DESK.value):
        raise WireError(_("by is user or desk"))
    return How(by)


def _flag(said: _Said, key: str) -> bool:
    on = said.pop(key, False)
    if not isinstance(on, bool):
        raise WireError(_("{key} is true or false").format(key=key))
    return on


def _break(said: _Said) -> Request:
    exercise, available = _exercise(said), _length(said, "for_s")
    quiet, why = _flag(said, "quiet"), _flag(said, "why")
    if not why:
        return Started(exercise, available, quiet)
    if exercise is not None:
        raise WireError(_("why is about what is picked: it takes no exercise"))
    return WhyThis(available, quiet)


def _exercise(said: _Said) -> str | None:
    exercise = said.pop("exercise", None)
    if exercise is None:
        return None
    if not isinstance(exercise, str):
        raise WireError(_("exercise is an id like glute-bridge"))
    if exercise not in by_id():
        near = get_close_matches(exercise[:_LONGEST_NEAR].lower(), by_id(), n=1)
        hint = _("; the nearest is {id}").format(id=near[0]) if near else ""
        raise WireError(_("there is no exercise {id}").format(id=_shown(exercise)) + hint)
    return exercise


def _primer(said: _Said) -> Request:
    starts_in = _length(said, "in_s")
    return Started(primer=True) if starts_in is None else RunPlanned(starts_in)


def _levels(said: _Said) -> Request:
    family = _one_of(said, "family", {each.value: each for each in Family})
    if _flag(said, "passed"):
        if family not in TESTED:
            raise WireError(_("there is no test in that family"))
        return PassedTest(family)
    return TakeLevel(family, _one_of(said, "level", {each.value: each for each in Level}))


def _correct(said: _Said) -> Request:
    known: dict[object, Posture] = {each.value: each for each in Posture if each is not Posture.UNKNOWN}
    posture = _one_of(said, "posture", known)
    start, end, note = _moment(said, "from"), _moment(said, "to"), said.pop("note", None)
    if start is None:
        raise WireError(_("correct needs from, a time with its offset"))
    if note is not None and not (
        isinstance(note, str) and 0 < len(note) <= LONGEST_NOTE and note.isprintable()
    ):
        raise WireError(_("note is a text of at most {length} characters").format(length=LONGEST_NOTE))
    return Correct(Word(start, end, posture, note), _flag(said, "sure"))


def _take_back(said: _Said) -> Request:
    number = said.pop("number", None)
    if isinstance(number, bool) or not isinstance(number, int) or not 0 < number < _MOST:
        raise WireError(_("number is that of a correction"))
    return TakeBack(number)


def _moment(said: _Said, key: str) -> datetime | None:
    found = said.pop(key, None)
    if found is None:
        return None
    try:
        at = datetime.fromisoformat(found) if isinstance(found, str) else None
        if at is not None and at.tzinfo is not None and _FIRST <= at < _LAST:
            return at.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise WireError(_("{key} is a time with its offset, as 2026-11-23T14:00:00+01:00").format(key=key))


def _one_of(said: _Said, key: str, known: Mapping[object, T]) -> T:
    found = said.pop(key, None)
    if not isinstance(found, str | int) or isinstance(found, bool) or found not in known:
        raise WireError(_("{key} is one of {known}").format(key=key, known=", ".join(map(str, known))))
    return known[found]


_VOCABULARY: Mapping[str, Callable[[_Said], Request]] = {
    "sit": lambda said: SatDown(_by(said)),
    "stand": lambda said: StoodUp(_by(said)),
    "here": lambda said: SaidHere(_length(said)),
    "undo": lambda said: Undid(),
    "break": _break,
    "done": lambda said: Finished(),
    "primer": _primer,
    "levels": _levels,
    "correct": _correct,
    "uncorrect": _take_back,
    "snooze": lambda said: Snoozed(_length(said)),
    "skip": lambda said: Skipped(),
    "another": lambda said: AskedAnother(),
    "pause": _pause,
    "track": _tracking,
    "resume": lambda said: Resumed(),
    "status": lambda said: Query.STATUS,
    "doctor": lambda said: Query.DOCTOR,
    "reload": lambda said: Query.RELOAD,
    "quit": lambda said: Query.QUIT,
}

COMMANDS = frozenset(_VOCABULARY)
