"""Random histories: what may happen to a person at a machine, in any order and at any distance."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from deskbreak.core.events import (
    Answer,
    Answered,
    AskedAnother,
    EveningCame,
    Event,
    Finished,
    Hold,
    HoursBegan,
    HoursEnded,
    Paused,
    PrimerDue,
    Resumed,
    RunNears,
    RunPlanned,
    SaidHere,
    SatDown,
    Skipped,
    Snoozed,
    Started,
    StoodUp,
    TomorrowCame,
    TrackingStopped,
    Undid,
    Until,
)
from deskbreak.core.postures import How
from deskbreak.core.rules import AfterAbsence, Rules
from tests.workday import IN_THE_CHAIR, TO_STANDING, Workday, minutes

COMMANDS: tuple[Event, ...] = (
    StoodUp(),
    SatDown(),
    SaidHere(),
    SaidHere(minutes(20)),
    Started(),
    Started(IN_THE_CHAIR),
    Started(TO_STANDING),
    Finished(),
    Snoozed(),
    Snoozed(minutes(3)),
    Skipped(),
    AskedAnother(),
    Started(primer=True),
    RunPlanned(minutes(30)),
    Paused(minutes(30)),
    Paused(Until.TOMORROW),
    TrackingStopped(minutes(30)),
    TrackingStopped(),
    Resumed(),
)
_NEWS: tuple[Event, ...] = (
    *COMMANDS,
    Undid(),
    StoodUp(How.DESK),
    SatDown(How.DESK),
    TomorrowCame(),
    HoursEnded(),
    HoursBegan(),
    EveningCame(date(2025, 6, 2), minutes(10)),
)
# Looked up when drawn: the same name gives the same zone until somebody changes the machine's.
_RUNS = st.builds(
    lambda news, soon: Deed(
        f"{news.__name__} {soon}", lambda day: day.look(news(day.now().wall + minutes(soon)))
    ),
    st.sampled_from([RunNears, PrimerDue]),
    st.sampled_from([0, 3, 12, 40]),
)
_ZONES = st.sampled_from(["Europe/Berlin", "Asia/Kathmandu", "Pacific/Apia", "America/Havana"]).map(ZoneInfo)
_LIMITS = (
    replace(Rules(), sit_limit=minutes(5)),
    replace(Rules(), sit_limit=minutes(50), break_min=minutes(8)),
    replace(Rules(), after_absence=AfterAbsence.SIT, stand_limit=minutes(5)),
    Rules(),
)


@dataclass(frozen=True)
class Deed:
    """One thing that happens; `does` reads like what it is when a law fails."""

    told: str
    does: Callable[[Workday], object]

    def __repr__(self) -> str:
        return self.told


def _lets_pass(kind: str) -> st.SearchStrategy[Deed]:
    def deed(gap: float) -> Deed:
        return Deed(f"{kind} {gap} min", lambda day: getattr(day, kind)(day.elapsed / minutes(1) + gap))

    return st.sampled_from([0.05, 0.2, 0.9, 1.0, 1.9, 3.0, 4.9, 5.1, 14.0, 33.0, 70.0, 200.0]).map(deed)


def _says(event: Event) -> Deed:
    return Deed(f"says {event}", lambda day: day.says(event))


def _set(word: str, values: Sequence[object]) -> st.SearchStrategy[Deed]:
    return st.sampled_from(
        [Deed(f"senses {word}={v}", lambda day, v=v: day.senses(**{word: v})) for v in values]  # type: ignore[misc]
    )


def _lid(day: Workday, signal: bool, gap: float) -> None:
    day.closes_the_lid(signal).rests(day.elapsed / minutes(1) + gap).opens_the_lid(signal)


SLEEPS = st.builds(
    lambda signal, gap: Deed(f"sleeps {gap} {signal}", lambda day: _lid(day, signal, gap)),
    st.booleans(),
    st.sampled_from([0.01, 0.5, 3.0, 100.0]),
)


def _dies(day: Workday, orderly: bool, gap: float, rebooted: bool) -> None:
    (day.quits() if orderly else day.is_killed()).rests(day.elapsed / minutes(1) + gap)
    day.starts_again(rebooted)


DEATHS = st.builds(
    lambda orderly, gap, rebooted: Deed(
        f"dies {orderly} {gap} {rebooted}", lambda day: _dies(day, orderly, gap, rebooted)
    ),
    st.booleans(),
    st.sampled_from([0.1, 3.0, 40.0]),
    st.booleans(),
)

ANSWERS = st.sampled_from(Answer).map(
    lambda answer: Deed(f"answers {answer.value}", lambda day: day.says(Answered(asked(day), answer)))
)


def asked(day: Workday) -> int:
    """The prompt that may be answered with what a quiet time was; 0: none."""
    view = day.view()
    prompt = view.question or view.open
    return 0 if prompt is None else prompt.number


DEEDS = st.one_of(
    _lets_pass("works"),
    _lets_pass("works"),
    _lets_pass("rests"),
    _lets_pass("rests"),
    st.sampled_from(_NEWS).map(_says),
    st.sampled_from(_NEWS).map(_says),
    st.sampled_from(COMMANDS).map(_says),
    _set("locked", (True, False)),
    _set("call", (True, False)),
    _set("media", (True, False)),
    _set("blind", (True, False)),
    _set("holds", (frozenset(), frozenset({Hold.DND}), frozenset({Hold.CALL, Hold.SHARING}))),
    ANSWERS,
    ANSWERS,
    _RUNS,
    SLEEPS,
    DEATHS,
    st.just(Deed("bump", lambda day: day.bumps_the_mouse())),
    st.just(Deed("loses server", lambda day: day.loses_its_server())),
    st.just(Deed("finds server", lambda day: day.finds_a_server())),
    st.sampled_from(_LIMITS).map(lambda rules: Deed(f"sets {rules.sit_limit}", lambda day: day.sets(rules))),
    _ZONES.map(lambda zone: Deed(f"travels to {zone}", lambda day: day.travels(zone))),
    st.sampled_from([-60.0, -0.01, 0.5, 60.0, 1500.0]).map(
        lambda by: Deed(f"clock {by}", lambda day: day.sets_the_clock(minutes(by)))
    ),
)
# Somebody who is surely there, then quiet, then surely there again.
QUIETS = st.sampled_from([2.5, 4.0, 6.0, 12.0, 50.0]).map(
    lambda gap: [
        Deed("is there", lambda day: day.senses(locked=False, asleep=False, blind=False, holds=frozenset())),
        Deed("works 35", lambda day: day.works(day.elapsed / minutes(1) + 35)),
        Deed(f"rests {gap}", lambda day: day.rests(day.elapsed / minutes(1) + gap)),
        Deed("works 0.5", lambda day: day.works(day.elapsed / minutes(1) + 0.5)),
    ]
)
HISTORIES = st.lists(DEEDS, min_size=1, max_size=25)
_STARTS = (
    datetime(2025, 6, 2, 9, tzinfo=UTC),
    datetime(2025, 10, 26, 0, 10, tzinfo=UTC),
    datetime(2011, 12, 30, 9, 30, tzinfo=UTC),
)
DAYS = st.builds(
    lambda rules, wall, zone: Workday(rules, wall, zone),
    st.sampled_from(_LIMITS),
    st.sampled_from(_STARTS),
    _ZONES,
)


def sitting_since(length: timedelta) -> Deed:
    return Deed("sits", lambda day: day.works((day.elapsed + length) / minutes(1)))
