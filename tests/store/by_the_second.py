"""The days of a log counted one second after the other, from rules.md and metrics.md alone.

It reads the tables itself and knows none of the program's code: what it comes to must be what the program
says. A second of the elapsed clock is one letter: what the person did in it.
"""

import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

# In lower case where it is known by `idle` or `gap` alone.
LETTERS = {"sitting": b"S", "standing": b"T", "moving": b"M", "away": b"A", "unknown": b"U"}
KINDS = ("away", "stood", "moved")
NOTHING = b"-"
# Sitting goes on over up to 59 s of anything else, if there is sitting again after it.
BOUT = re.compile(b"[Ss]+(?:[^Ss]{1,59}[Ss]+)*")
SEEN = re.compile(b"[STMstm](?:.*[STMstm])?", re.DOTALL)
BREAK_MIN = 120


@dataclass(frozen=True, slots=True)
class Sat:
    """A bout: when it began, for how many seconds, and what ended it (None: nothing is known after it)."""

    start_at: datetime
    seconds: int
    then: str | None


@dataclass(frozen=True, slots=True)
class Counted:
    """One day. All is in seconds; `breaks` only of a log that nobody corrected."""

    spent: Mapping[str, int]
    inferred: Mapping[str, int]
    tracked: int
    bouts: tuple[Sat, ...]
    breaks: Mapping[str, int]
    self_started: int
    exercises: int
    activations: int


class BySecond:
    """The whole log, with the zone that its person lives in; their days start at four."""

    def __init__(self, connection: sqlite3.Connection, zone: ZoneInfo) -> None:
        self._connection = connection
        self._zone = zone
        first, self._zero, self._seconds = connection.execute(
            "SELECT MIN(began), MIN(start_at) / 1000, (MAX(began + length) - MIN(began)) / 1000"
            " FROM stretches"
        ).fetchone()
        life = bytearray(NOTHING * self._seconds)
        self._gaps: list[int] = []
        for began, length, posture, how in connection.execute(
            "SELECT (began - ?) / 1000, length / 1000, posture, how FROM stretches", (first,)
        ):
            letter = LETTERS[posture].lower() if how in ("idle", "gap") else LETTERS[posture]
            life[began : began + length] = (LETTERS[posture] if posture == "unknown" else letter) * length
            if (posture, how) == ("unknown", "gap"):
                self._gaps.append(began + length)
        self._correct(life, first)
        self._life = bytes(life)

    def _correct(self, life: bytearray, first: int) -> None:
        words = self._connection.execute(
            "SELECT id, (began - ?) / 1000, length / 1000, posture, undoes FROM corrections ORDER BY id",
            (first,),
        ).fetchall()
        taken_back = {undoes for *_word, undoes in words}
        for number, began, length, posture, undoes in words:
            if undoes is None and number not in taken_back:
                for second in range(max(began, 0), min(began + length, self._seconds)):
                    if life[second : second + 1] != NOTHING:
                        life[second : second + 1] = LETTERS[posture]

    def _second(self, moment: datetime) -> int:
        return round(moment.timestamp()) - int(self._zero)

    def _day(self, second: int) -> date:
        local = datetime.fromtimestamp(self._zero + second, self._zone).replace(tzinfo=None)
        return (local - timedelta(hours=4)).date()

    def days(self) -> dict[date, Counted]:
        """Every day that has a second which anything is known of."""
        bouts, breaks, exercises = self._bouts(), self._breaks(), self._exercises()
        found = {}
        for day, low, high in self._slices():
            lived = self._life[low:high]
            if not lived.strip(NOTHING):
                continue
            seen = SEEN.search(lived)
            known = b"" if seen is None else seen.group()
            inferred = {posture: lived.count(letter.lower()) for posture, letter in LETTERS.items()}
            spent = {posture: lived.count(letter) + inferred[posture] for posture, letter in LETTERS.items()}
            found[day] = Counted(
                spent | {"unknown": known.count(b"U")},
                inferred,
                len(known) - known.count(b"U") - known.count(NOTHING),
                tuple(bouts.get(day, ())),
                {kind: sum(one == kind for one, _by_self in breaks.get(day, ())) for kind in KINDS},
                sum(by_self for _kind, by_self in breaks.get(day, ())),
                len(exercises.get(day, ())),
                sum(exercises.get(day, ())),
            )
        return found

    def _slices(self) -> Iterator[tuple[date, int, int]]:
        """Each day with its first second and the first of the next."""
        day, low = self._day(0), 0
        while low < self._seconds:
            following = day + timedelta(days=1)
            starts = datetime(following.year, following.month, following.day, 4, tzinfo=self._zone)
            high = min(self._second(starts), self._seconds)
            yield day, low, high
            day, low = following, high

    def _bouts(self) -> dict[date, list[Sat]]:
        found: dict[date, list[Sat]] = {}
        for bout in BOUT.finditer(self._life):
            after = self._life[bout.end() : bout.end() + 60]
            known = re.search(b"[TMA]", after.upper())
            then: str | None = None
            if known is not None:
                then = next(posture for posture, letter in LETTERS.items() if letter == known.group())
            elif after:
                then = "unknown"
            began = datetime.fromtimestamp(self._zero + bout.start(), UTC)
            sat = Sat(began, bout.end() - bout.start(), then)
            found.setdefault(self._day(bout.start()), []).append(sat)
        return found

    def _breaks(self) -> dict[date, list[tuple[str, bool]]]:
        """Each break of a day: its kind, and whether no reminder was seen since the reset before it."""
        found: dict[date, list[tuple[str, bool]]] = {}
        unseen = [at for at in self._gaps if not self._life[at - BREAK_MIN : at].strip(b"AaU")]
        reminders = self._connection.execute(
            "SELECT at / 1000 - ? FROM prompts WHERE kind = 'reminder'"
            " AND COALESCE(outcome, '') NOT IN ('held', 'undelivered')",
            (self._zero,),
        ).fetchall()
        since = 0
        for kind, began, length in self._connection.execute(
            "SELECT kind, start_at / 1000 - ?, length / 1000 FROM breaks ORDER BY began", (self._zero,)
        ):
            last = max([since, *(at for at in unseen if at <= began)])
            by_self = not any(last <= at < began for (at,) in reminders)
            found.setdefault(self._day(began), []).append((kind, by_self))
            since = began + length
        return found

    def _exercises(self) -> dict[date, list[int]]:
        """For each of a day's exercises 1 where it was done in the chair, else 0."""
        found: dict[date, list[int]] = {}
        for began, seated in self._connection.execute(
            "SELECT start_at / 1000 - ?, activation FROM exercises", (self._zero,)
        ):
            found.setdefault(self._day(began), []).append(seated)
        return found
