"""The core takes any event in any order at any moment: it never fails, and says the same thing twice."""

from datetime import UTC, datetime, timedelta, tzinfo
from typing import get_args
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from deskbreak.core.commands import Suggest
from deskbreak.core.events import (
    Corrected,
    Course,
    Delivered,
    Dismissed,
    EveningCame,
    Event,
    Offered,
    Paused,
    PrimerDue,
    Reading,
    RunNears,
    RunPlanned,
    SaidHere,
    Sensed,
    Snoozed,
    Started,
    Summed,
    TrackingStopped,
    Undelivered,
    Until,
)
from deskbreak.core.look import view, wants
from deskbreak.core.machine import step
from deskbreak.core.postures import Correction, Posture, Stamp
from deskbreak.core.rules import Rules
from deskbreak.core.state import State, fresh
from deskbreak.store.snapshot import dump, load

NINE = datetime(2025, 3, 30, 0, 30, tzinfo=UTC)
GAPS = st.sampled_from([0.0, 0.001, 1.0, 10.0, 61.0, 150.0, 301.0, 1900.0, 6000.0]).map(
    lambda s: timedelta(seconds=s)
)
LENGTHS = st.sampled_from([5.0, 60.0, 600.0, 5000.0]).map(lambda s: timedelta(seconds=s))
IDLES = st.none() | st.sampled_from([0.0, 3.0, 200.0, 400.0, 4000.0]).map(lambda s: timedelta(seconds=s))
READINGS = st.builds(Reading, idle=IDLES)
_NUMBERS = st.integers(1, 6)
RUNS = st.sampled_from([0, 10, 40, 200]).map(lambda m: NINE + timedelta(minutes=m))
_ENDS = LENGTHS | st.sampled_from(Until)
_PAST = st.sampled_from([0.0, 600.0, 3600.0, 5400.0]).map(lambda s: timedelta(seconds=s))
_WORDS = st.builds(
    Correction, _PAST, LENGTHS, st.just(NINE), st.just(timedelta(0)), st.sampled_from(Posture), st.just(NINE)
)
_COURSES = st.builds(
    Course, LENGTHS.filter(lambda s: s < timedelta(hours=1)), st.none() | _PAST, st.none() | _PAST
)
_KINDS: dict[object, st.SearchStrategy[Event]] = {
    Sensed: st.builds(Sensed, READINGS),
    SaidHere: st.builds(SaidHere, st.none() | LENGTHS),
    Snoozed: st.builds(Snoozed, st.none() | LENGTHS),
    Paused: st.builds(Paused, _ENDS),
    TrackingStopped: st.builds(TrackingStopped, _ENDS),
    Started: st.builds(Started, st.none() | st.just("walk-break"), primer=st.booleans()),
    Corrected: st.builds(
        Corrected, st.tuples(_WORDS) | st.just(()), st.tuples(_WORDS) | st.just(()), st.none() | _COURSES
    ),
    EveningCame: st.builds(EveningCame, st.just(NINE.date()), LENGTHS),
    Summed: st.builds(Summed, st.just(NINE.date()), LENGTHS, LENGTHS, st.integers(0, 9), LENGTHS),
    RunPlanned: st.builds(RunPlanned, LENGTHS),
    RunNears: st.builds(RunNears, RUNS),
    PrimerDue: st.builds(PrimerDue, RUNS),
    Offered: st.builds(Offered, _NUMBERS, st.just("walk-break"), st.just(1), LENGTHS),
    Delivered: st.builds(Delivered, _NUMBERS),
    Undelivered: st.builds(Undelivered, _NUMBERS),
    Dismissed: st.builds(Dismissed, _NUMBERS),
}
EVENTS: st.SearchStrategy[Event] = st.one_of([_KINDS.get(kind, st.builds(kind)) for kind in get_args(Event)])
ZONES: st.SearchStrategy[tzinfo] = st.just(UTC) | st.sampled_from(
    ["Europe/Berlin", "Pacific/Apia", "Asia/Kathmandu"]
).map(ZoneInfo)
MOMENTS = st.tuples(
    GAPS,
    st.booleans(),
    st.sampled_from([0, 0, 0, -3600, 7200]).map(lambda s: timedelta(seconds=s)),
    ZONES,
    READINGS,
    EVENTS,
)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(MOMENTS, min_size=1, max_size=30))
def test_no_order_of_events_is_too_much(
    story: list[tuple[timedelta, bool, timedelta, tzinfo, Reading, Event]],
) -> None:
    now = Stamp(timedelta(hours=1), timedelta(hours=1), NINE, UTC)
    state = fresh(now)
    rules = Rules()
    for gap, slept, by, zone, reading, event in story:
        awake = now.awake + (timedelta(0) if slept else gap)
        now = Stamp(now.elapsed + gap, awake, now.wall + gap + by, zone)
        after, commands = step(state, (Sensed(reading), event), now, rules)

        assert (after, commands) == step(state, (Sensed(reading), event), now, rules)
        assert load(State, dump(after)) == after
        state = after
        seen = view(state, now, rules)
        want = wants(state, now, rules)
        assert timedelta(0) <= seen.count <= now.elapsed
        assert want.by is None or want.by > now.elapsed
        for command in commands:
            if isinstance(command, Suggest):
                offered = Offered(command.number, "walk-break", 1, timedelta(seconds=90), False, False)
                state, _ = step(state, (offered,), now, rules)
