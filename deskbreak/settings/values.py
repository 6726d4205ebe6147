"""What the person can set, as values; the defaults are those of rules.md section 9."""

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import Enum

from deskbreak.core.events import Hold
from deskbreak.core.rules import AfterAbsence, Rules

Span = tuple[time, time]
"""From and to a local time: past midnight where it ends no later than it begins."""


class Evidence(Enum):
    """What a present person usually causes without touching anything."""

    CALL = "call"
    MEDIA = "media"


class Place(Enum):
    HOME = "home"
    OFFICE = "office"


class Evening(Enum):
    """Whether the day is summed up in the evening."""

    AUTO = "auto"
    ON = "on"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Run:
    """A planned run, every week; `weekday` counts from Monday = 0."""

    weekday: int
    at: time


@dataclass(frozen=True, slots=True)
class Settings:
    """Every setting there is. Local times of day are naive.

    `hours` is empty (always), or holds for each weekday, Monday first, the spans that begin on it.
    `hooks` are pairs of an event and the program with its arguments.
    """

    sit_limit: timedelta = timedelta(minutes=30)
    break_min: timedelta = timedelta(minutes=2)
    away_after: timedelta = timedelta(minutes=5)
    snooze: timedelta = timedelta(minutes=10)
    prompts_apart: timedelta = timedelta(minutes=15)
    stand_limit: timedelta = timedelta(minutes=30)
    standing_after_absence: AfterAbsence = AfterAbsence.KEEP
    evidence: frozenset[Evidence] = frozenset(Evidence)
    holds: frozenset[Hold] = frozenset({Hold.CALL, Hold.FULLSCREEN, Hold.SHARING, Hold.DND})
    ignore_calls_by: tuple[str, ...] = ()
    day_start: time = time(4)
    hours: tuple[tuple[Span, ...], ...] = ()
    days_off: tuple[date, ...] = ()
    daily_goal: timedelta = timedelta(hours=6)
    place: Place = Place.HOME
    floor: bool = True
    discreet: bool = False
    standing_desk: bool = True
    runs: tuple[Run, ...] = ()
    sound: bool = False
    evening_summary: Evening = Evening.AUTO
    language: str = "auto"
    hooks: tuple[tuple[str, tuple[str, ...]], ...] = ()

    def rules(self) -> Rules:
        """The part that decides, with the constants of the rules."""
        return Rules(
            sit_limit=self.sit_limit,
            break_min=self.break_min,
            away_after=self.away_after,
            snooze=self.snooze,
            prompts_apart=self.prompts_apart,
            stand_limit=self.stand_limit,
            after_absence=self.standing_after_absence,
            day_start=self.day_start,
            sums_up=self.evening_summary is not Evening.OFF,
        )
