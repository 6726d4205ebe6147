"""Replays days told in seconds on the program's own core, loop and log: `python -m tests.replay FILE...`.

The form of a file is told in the project's notes on scenarios; nothing about any one of them is known here.
"""

import argparse
import json
import math
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from deskbreak.clock import Mark
from deskbreak.core.commands import Prompt, PromptKind, Record, RecordBreak, Suggest, Urgency
from deskbreak.core.events import (
    Event,
    Hold,
    Offered,
    Reading,
    Resumed,
    RulesChanged,
    SatDown,
    Skipped,
    Snoozed,
    StoodUp,
    TrackingStopped,
    Until,
)
from deskbreak.core.look import view
from deskbreak.core.postures import Break, BreakKind, Posture, Stamp
from deskbreak.core.rules import AfterAbsence, Ladder, Rules, Rung
from deskbreak.core.state import State, fresh
from deskbreak.daemon.loop import Loop, World
from deskbreak.ports import Card, DayTotals, Recorded, Stirred
from deskbreak.sensors.idle import Sieve
from deskbreak.store.database import IN_MEMORY, in_memory
from deskbreak.store.log import SqliteLog
from deskbreak.store.snapshot import dump, load

_FALLBACK = {
    "sit_limit_min": 30,
    "away_after_s": 180,
    "break_min_s": 300,
    "snooze_s": 300,
    "repeat_s": 0,
    "tolerance_s": 2,
    "start": {"local": "2025-06-02T09:00:00", "tz": "UTC"},
}
_SETTINGS = ("sit_limit_min", "away_after_s", "break_min_s", "snooze_s", "repeat_s")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FOREVER = datetime(9999, 1, 1, tzinfo=UTC)
_NOTHING = timedelta(0)
# Nothing in here happens without a ring, so that nobody need look every minute for months on end.
_LONGEST_WAIT = timedelta(hours=1)


def rules(settings: dict[str, Any]) -> Rules:
    """The person's limits of a scenario, and the constants that every replay runs with."""
    repeat = timedelta(seconds=settings["repeat_s"])
    return Rules(
        sit_limit=timedelta(minutes=settings["sit_limit_min"]),
        away_after=timedelta(seconds=settings["away_after_s"]),
        break_min=timedelta(seconds=settings["break_min_s"]),
        snooze=timedelta(seconds=settings["snooze_s"]),
        prompts_apart=_NOTHING,
        after_absence=AfterAbsence.SIT,
        day_start=time(0),
        lull=_NOTHING,
        lull_wait=_NOTHING,
        hold_delay=_NOTHING,
        return_proofs_apart=_NOTHING,
        questions_a_day=0,
        budget=None,
        stretches=False,
        still_standing_after=None,
        heartbeat=timedelta(seconds=10),
        silence=2 * _LONGEST_WAIT,
        ladder=Ladder((Rung(1, _NOTHING),), repeat or None),
        standing_ladder=Ladder(()),
    )


@dataclass(frozen=True, slots=True)
class Failure:
    at_s: float
    key: str
    expected: object
    got: object

    def __str__(self) -> str:
        return f"at {self.at_s:g} {self.key}: expected {self.expected}, got {self.got}"


class _KilledError(Exception):
    """The program is gone without a word."""


@dataclass(frozen=True, slots=True)
class _Quit:
    pass


@dataclass(frozen=True, slots=True)
class _Set:
    rules: Rules


class Day:
    """A simulated person, desktop and machine: every port of the program in one."""

    def __init__(self, scenario: dict[str, Any], defaults: dict[str, Any]) -> None:
        said = {**_FALLBACK, **defaults}
        self._settings = {key: said[key] for key in _SETTINGS} | dict(scenario.get("settings", {}))
        self._tolerance = said["tolerance_s"]
        start = scenario.get("start", said["start"])
        self._zone: tzinfo = ZoneInfo(start["tz"])
        local = datetime.fromisoformat(start["local"]).replace(tzinfo=self._zone)
        self._zero_at = local.astimezone(UTC)
        self._timeline = list(scenario["timeline"])
        self._next = 0
        self._expected = sorted(scenario["expect"], key=lambda e: float(e["at_s"]))
        self._asked = 0

        self._now = 0.0
        self._slept = 0.0
        self._last_input: float | None = None
        self._seen_input: float | None = None
        self._until: list[float] = []
        self._locked = self._asleep = self._suspended = self._blind = self._dnd = False
        self._odd: float | None = None
        self._sieve = Sieve()
        self._listening = False

        self.failures: list[Failure] = []
        self.shown_s: list[float] = []
        self._last = 0
        connection = in_memory()
        self._log = SqliteLog(connection, IN_MEMORY, self._mark)
        self._loop: Loop | None = None

    def replay(self) -> list[Failure]:
        """Live through it; returns what was not as expected."""
        self._launch(fresh(self.now()), launched=False)
        while True:
            loop = self._loop
            try:
                if loop is None:
                    self._move(math.inf)
                else:
                    loop.run()
                    self._loop = None
            except _KilledError:
                self._loop = None
            except _OverError:
                return self.failures

    def _launch(self, state: State, launched: bool) -> None:
        world = World(self, self, self, self, self._log, self)
        self._loop = Loop(world, self, state, rules(self._settings), _LONGEST_WAIT)
        if launched:
            self._loop.launch(rebooted=False)

    # What the program sees of the world.

    def now(self) -> Stamp:
        elapsed = timedelta(seconds=self._now)
        return Stamp(elapsed, timedelta(seconds=self._now - self._slept), self._zero_at + elapsed, self._zone)

    def _mark(self) -> Mark:
        now = self.now()
        return Mark("", _NOTHING, now.elapsed, now.wall)

    def read(self) -> Reading:
        odd, self._odd = self._odd, None
        awake = timedelta(seconds=self._now - self._slept)
        idle = None
        if odd is not None:
            idle = self._sieve.plausible(odd, awake)
        elif self._seen_input is not None:
            idle = awake - timedelta(seconds=self._seen_input)
        return Reading(
            idle=idle,
            blind=self._blind,
            locked=self._locked,
            asleep=self._asleep,
            holds=frozenset({Hold.DND}) if self._dnd else frozenset(),
        )

    def listen(self, next_input: bool) -> None:
        self._listening = next_input

    def offer(self, suggest: Suggest, today: DayTotals) -> Offered:
        return Offered(suggest.number, "glute-bridge", 0, timedelta(seconds=105), False, False)

    def heed(self, booked: tuple[Recorded, ...]) -> None:
        pass

    def card(self, prompt: Prompt) -> Card:
        # A reminder that is shown again with another button is still one.
        if prompt.kind is PromptKind.REMINDER and prompt.number != self._last:
            self._last = prompt.number
            self.shown_s.append(self._now)
        return Card(prompt.number, "", "", (), Urgency.NORMAL)

    def show(self, card: Card) -> None:
        pass

    def withdraw(self, number: int) -> None:
        pass

    def saved(self, state: State) -> str:
        return dump(state)

    def show_how(self, exercise: str) -> None:
        pass

    def lengthen_away_after(self, to: timedelta, loop: Loop) -> None:
        raise AssertionError("a replay asks nothing")

    def asked(self, item: object, loop: Loop) -> None:
        match item:
            case _Quit():
                loop.stop()
            case _Set(changed):
                loop.rules = changed
                loop.tell(self.now(), RulesChanged())
            case unknown:
                raise TypeError(f"nobody deals with {unknown!r}")

    def passed(self, loop: Loop) -> timedelta | None:
        return None

    def get(self, patience: timedelta) -> object | None:
        """The inbox: the world goes on until something is put there or patience ends."""
        return self._move(self._now - self._slept + patience.total_seconds())

    # How the world goes on.

    def _move(self, awake_until: float) -> object | None:
        while True:
            until = math.inf if self._suspended else awake_until + self._slept
            stop = min(until, self._next_event_s(), self._next_ring_s())
            self._answer_until(stop)
            if self._next >= len(self._timeline) and self._asked >= len(self._expected):
                raise _OverError
            self._pass(stop)
            if self._next_event_s() == stop:
                event = self._timeline[self._next]
                self._next += 1
                item = self._happen(event)
                if item is not None or event["event"] == "restart":
                    return item
            elif until == stop:
                return None
            else:
                self._listening = False
                return Stirred()

    def _typed_at(self, awake_s: float) -> None:
        self._last_input = awake_s
        if not self._blind:
            # A lost source still knows what it last saw.
            self._seen_input = awake_s

    def _next_event_s(self) -> float:
        if self._next >= len(self._timeline):
            return math.inf
        return float(self._timeline[self._next]["at_s"])

    def _next_ring_s(self) -> float:
        if not self._listening or self._suspended or self._loop is None:
            return math.inf
        following = math.floor(self._now) + 1.0
        return following if any(until >= following for until in self._until) else math.inf

    def _pass(self, to: float) -> None:
        if self._suspended:
            self._slept += to - self._now
        else:
            typed = max((min(until, to) for until in self._until), default=None)
            if typed is not None and typed >= self._now:
                self._typed_at(typed - self._slept)
        self._until = [until for until in self._until if until >= to]
        self._now = to

    def _happen(self, event: dict[str, Any]) -> object | None:
        """Let it happen; returns what it puts into the inbox."""
        ring = None if self._loop is None or self._suspended else Stirred()
        match event["event"]:
            case "idle_until":
                return None
            case "input":
                return self._type(event)
            case "lock" | "unlock" as kind:
                self._locked = kind == "lock"
            case "dnd_on" | "dnd_off" as kind:
                self._dnd = kind == "dnd_on"
            case "sensor_lost" | "sensor_back" as kind:
                self._blind = kind == "sensor_lost"
                self._seen_input = self._seen_input if self._blind else self._last_input
            case "bad_reading":
                self._odd = float(event["value"])
            case "clock_step":
                self._zero_at += timedelta(seconds=event["by_s"])
            case "tz_change":
                self._zone = ZoneInfo(event["tz"])
            case "suspend":
                self._suspended = True
                if event.get("signalled", True) and ring:
                    self._asleep = True
                    # The program hears of it before the machine sleeps.
                    return ring
                return None
            case "resume":
                self._suspended = False
                if self._asleep or event.get("signalled", True):
                    self._asleep = self._asleep and not event.get("signalled", True)
                    return None if self._loop is None else Stirred()
                return None
            case "kill" | "quit" as kind:
                if self._loop is None:
                    return None
                if kind == "kill":
                    raise _KilledError
                return _Quit()
            case "restart":
                if self._loop is None:
                    self._restart()
                return None
            case "set":
                self._settings |= event["settings"]
                return None if self._loop is None else _Set(rules(self._settings))
            case "snooze" | "skip" | "stand" | "sit" | "pause" | "resume_app":
                return None if ring is None else self._command(event)
            case other:
                raise ValueError(f"no such event: {other}")
        return ring

    def _type(self, event: dict[str, Any]) -> object | None:
        until = float(event.get("until_s", event["at_s"]))
        self._until.append(until)
        if self._suspended:
            return None
        self._typed_at(self._now - self._slept)
        if self._listening and self._loop is not None:
            self._listening = False
            return Stirred()
        return None

    def _command(self, event: dict[str, Any]) -> Event | None:
        assert self._loop is not None
        match event["event"]:
            case "stand":
                return StoodUp()
            case "sit":
                return SatDown()
            case "pause":
                return TrackingStopped(self._off_for())
            case "resume_app":
                return None if event.get("by") == "timer" else Resumed()
            case button:
                # The button is on a reminder: without one there is nothing to press.
                if self._loop.state.spell.given == 0:
                    return None
                return Snoozed() if button == "snooze" else Skipped()

    def _off_for(self) -> timedelta | Until:
        """How long tracking is to stay off: until its timer, if that is what ends it."""
        for event in self._timeline[self._next :]:
            if event["event"] == "resume_app":
                if event.get("by") == "timer":
                    return timedelta(seconds=event["at_s"] - self._now)
                break
        return Until.INDEFINITELY

    def _restart(self) -> None:
        saved = self._log.state()
        if saved is None:
            self._launch(fresh(self.now()), launched=False)
        else:
            self._launch(load(State, saved), launched=True)

    # What is asked of the program.

    def _answer_until(self, before: float) -> None:
        while self._asked < len(self._expected) and self._expected[self._asked]["at_s"] < before:
            wanted = self._expected[self._asked]
            self._asked += 1
            self._pass(float(wanted["at_s"]))
            self._check(wanted)

    def _check(self, wanted: dict[str, Any]) -> None:
        at_s = wanted["at_s"]
        tolerance = wanted.get("tolerance_s", self._tolerance)
        got = self._answers()
        for key, expected in wanted.items():
            if key in got and not _agree(expected, got[key], key, tolerance):
                self.failures.append(Failure(at_s, key, expected, got[key]))

    def _answers(self) -> dict[str, Any]:
        now = self.now()
        by_date: dict[date, timedelta] = {}
        for row in self._log.stretches(_EPOCH, _FOREVER):
            if row.posture is Posture.SITTING:
                by_date[row.day] = by_date.get(row.day, _NOTHING) + row.length
        breaks = {b.spell: b for b in self._log.breaks(_EPOCH, _FOREVER)}
        answers: dict[str, Any] = {
            "state": "off",
            "reminders_fired": len(self.shown_s),
            "reminder_times_s": self.shown_s,
            "continuous_sitting_s": 0.0,
        }
        today = now.wall.astimezone(self._zone).date()
        if self._loop is not None:
            state, commands = self._loop.peek(now, self.read())
            breaks |= {c.pause.spell: c.pause for c in commands if isinstance(c, RecordBreak)}
            for row in (c.row for c in commands if isinstance(c, Record)):
                if row.posture is Posture.SITTING:
                    by_date[row.day] = by_date.get(row.day, _NOTHING) + row.length
            breaks = _in_progress(breaks, state, now)
            seen = view(state, now, self._loop.rules)
            answers["state"] = _state(seen.posture, seen.tracking)
            answers["continuous_sitting_s"] = seen.count.total_seconds()
            for day, posture, length in seen.pending:
                if posture is Posture.SITTING:
                    by_date[day] = by_date.get(day, _NOTHING) + length
        answers["total_sitting_today_s"] = by_date.get(today, _NOTHING).total_seconds()
        away = [b for b in breaks.values() if b.kind is BreakKind.AWAY]
        answers["breaks_logged"] = len(away)
        answers["last_break_s"] = away[-1].length.total_seconds() if away else None
        answers["totals_by_date"] = {d.isoformat(): s.total_seconds() for d, s in by_date.items()}
        return answers


def _in_progress(breaks: dict[int, Break], state: State, now: Stamp) -> dict[int, Break]:
    """The break that is going on has its length so far: to a lone input, if one looks like its end."""
    going = breaks.get(state.broke) if state.broke is not None else None
    if going is None:
        return breaks
    ended = now.elapsed if state.tentative_at is None else state.tentative_at
    return breaks | {going.spell: replace(going, length=ended - going.began)}


class _OverError(Exception):
    """Nothing more happens and nothing more is asked."""


def _state(posture: Posture, tracking: bool) -> str:
    if not tracking:
        return "paused"
    return posture.value if posture in (Posture.SITTING, Posture.STANDING) else "away"


def _agree(expected: Any, got: Any, key: str, tolerance: float) -> bool:
    match expected:
        case dict():
            days = expected.keys() | got.keys()
            return all(abs(expected.get(d, 0) - got.get(d, 0)) <= tolerance for d in days)
        case list():
            return len(expected) == len(got) and all(
                abs(e - g) <= tolerance for e, g in zip(expected, got, strict=True)
            )
        case int() | float() if key not in ("reminders_fired", "breaks_logged"):
            return got is not None and abs(expected - got) <= tolerance
    return bool(expected == got)


def scenarios(text: str) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Every scenario of a file, each with the file's defaults."""
    told = json.loads(text)
    defaults: dict[str, Any] = {}
    if isinstance(told, dict) and "scenarios" in told:
        defaults, told = told.get("defaults", {}), told["scenarios"]
    for scenario in told if isinstance(told, list) else [told]:
        yield scenario, defaults


def main(arguments: Iterable[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.replay", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    said = parser.parse_args(None if arguments is None else list(arguments))
    results = []
    for file in said.files:
        for number, (scenario, defaults) in enumerate(scenarios(file.read_text("utf-8"))):
            name = str(scenario.get("id", f"{file.name}#{number}"))
            results.append((name, Day(scenario, defaults).replay()))
    failed = sum(1 for _, failures in results if failures)
    if said.json:
        shown = [
            {"id": name, "ok": not failures, "failures": [str(f) for f in failures]}
            for name, failures in results
        ]
        print(json.dumps({"passed": len(results) - failed, "failed": failed, "scenarios": shown}))
    else:
        for name, failures in results:
            print(f"FAIL {name}: {'; '.join(map(str, failures))}" if failures else f"ok {name}")
        print(f"{len(results) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
