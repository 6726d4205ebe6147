"""What a simulated day looked like: the screen and the log as short lines, and what differs from expected."""

import difflib
from datetime import timedelta
from typing import Self

from deskbreak.core.commands import Prompt, PromptKind, RecordBreak, RecordExercise, RecordPrompt
from deskbreak.core.postures import BreakKind
from deskbreak.ports import Recorded
from tests.fakes import FakeLog


def clock(at: timedelta) -> str:
    whole = round(at.total_seconds())
    return f"{whole // 60}:{whole % 60:02d}"


class Diary:
    """Moments are `elapsed` of the day, written as `minutes:seconds`."""

    def __init__(self) -> None:
        self.elapsed = timedelta(0)
        self.log = FakeLog()
        self._entries: list[tuple[timedelta, str]] = []
        self._seen_breaks: set[tuple[int, BreakKind]] = set()

    def note(self, what: str) -> None:
        self._entries.append((self.elapsed, what))

    def note_booked(self, command: Recorded) -> None:
        match command:
            case RecordBreak(pause) if (pause.spell, pause.kind) not in self._seen_breaks:
                self._seen_breaks.add((pause.spell, pause.kind))
                self.note(f"break {pause.kind.value}")
            case RecordPrompt(row) if row.outcome is not None:
                self.note(row.outcome.value)
            case RecordExercise(row) if row.rating is not None:
                self.note(f"rated {row.rating.value}")
            case RecordExercise(row):
                self.note("activation" if row.activation else "exercise")
            case _:
                pass

    def note_shown(self, prompt: Prompt) -> None:
        self.note(_named(prompt))

    def diary(self) -> list[str]:
        return [f"{clock(at)} {what}" for at, what in self._entries]

    def saw(self, *expected: str) -> None:
        """Compare the diary, entries written as `33:00 reminder 1`."""
        _compare(expected, self.diary())

    def forgets(self) -> Self:
        """Begin the diary afresh."""
        self._entries.clear()
        return self

    def booked(self, *expected: str) -> None:
        """Compare the stretches of the log, written as `0:00 - 30:00 sitting input`."""
        rows = self.log.rows
        _compare(
            expected,
            [f"{clock(r.began)} - {clock(r.began + r.length)} {r.posture.value} {r.how.value}" for r in rows],
        )

    def breaks(self, *expected: str) -> None:
        """Compare the breaks of the log, written as `30:00 away 5:00` (when, kind, length)."""
        _compare(
            expected,
            [f"{clock(b.began)} {b.kind.value} {clock(b.length)}" for b in self.log.breaks.values()],
        )


def _named(prompt: Prompt) -> str:
    if prompt.kind in (PromptKind.REMINDER, PromptKind.STANDING):
        return f"{prompt.kind.value} {prompt.level}"
    return str(prompt.kind.value)


def _compare(expected: tuple[str, ...], got: list[str]) -> None:
    if list(expected) != got:
        raise AssertionError("the day went otherwise:\n" + "\n".join(difflib.ndiff(list(expected), got)))
