"""What is saved of the state must come back as it was, or be refused."""

import json
from dataclasses import dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from enum import Enum
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.core.commands import Decision, Rule
from deskbreak.core.events import Hold, Until
from deskbreak.core.postures import Stamp
from deskbreak.store import snapshot
from deskbreak.store.errors import StoreError


class Mood(Enum):
    GOOD = "good"
    BAD = 2


@dataclass(frozen=True, slots=True)
class Walked:
    far: float


@dataclass(frozen=True, slots=True)
class Called:
    who: str | None
    loud: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    count: int
    sure: bool
    name: str
    mood: Mood
    lasted: timedelta
    at: datetime
    on: date
    starts: time
    zone: tzinfo
    until: datetime | Until | None
    happened: tuple[Walked | Called, ...]
    pair: tuple[timedelta, int] | None
    holds: frozenset[Hold]
    notes: tuple[str, ...] = ()
    before: "Day | None" = None


ZONES = st.sampled_from([UTC, timezone(timedelta(hours=-3, minutes=-30))]) | st.sampled_from(
    ["Europe/Berlin", "Asia/Kathmandu"]
).map(ZoneInfo)
MOMENTS = st.datetimes(timezones=st.just(UTC))
HAPPENINGS: st.SearchStrategy[Walked | Called] = st.one_of(
    st.builds(Walked, st.floats(allow_nan=False, allow_infinity=False)),
    st.builds(Called, st.one_of(st.none(), st.text()), st.booleans()),
)


def days(before: st.SearchStrategy[Day | None]) -> st.SearchStrategy[Day]:
    return st.builds(
        Day,
        count=st.integers(-(2**63), 2**63),
        sure=st.booleans(),
        name=st.text(),
        mood=st.sampled_from(Mood),
        lasted=st.timedeltas(),
        at=MOMENTS,
        on=st.dates(),
        starts=st.times(),
        zone=ZONES,
        until=st.one_of(st.none(), MOMENTS, st.sampled_from(Until)),
        happened=st.lists(HAPPENINGS, max_size=4).map(tuple),
        pair=st.one_of(st.none(), st.tuples(st.timedeltas(), st.integers())),
        holds=st.frozensets(st.sampled_from(Hold)),
        notes=st.lists(st.text(), max_size=3).map(tuple),
        before=before,
    )


DAYS = days(st.one_of(st.none(), days(st.none())))


@given(DAYS)
def test_whatever_is_saved_comes_back_the_same(day: Day) -> None:
    assert snapshot.load(Day, snapshot.dump(day)) == day


@given(DAYS)
def test_a_snapshot_is_one_line_of_plain_json(day: Day) -> None:
    text = snapshot.dump(day)

    assert text.isascii()
    assert "\n" not in text
    assert set(json.loads(text)) == {field.name for field in fields(Day)}


def test_the_decision_behind_a_prompt_is_readable_in_the_log() -> None:
    decision = Decision(
        Rule.LIMIT, timedelta(minutes=30), timedelta(minutes=30), None, timedelta(seconds=3), (Hold.DND,)
    )

    assert json.loads(snapshot.dump(decision)) == {
        "rule": "limit",
        "count": 1_800_000_000,
        "limit": 1_800_000_000,
        "idle": None,
        "waited": 3_000_000,
        "holds": ["dnd"],
        "held_since": None,
    }


def test_the_moment_keeps_the_very_zone_it_was_named_in() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    stamp = Stamp(timedelta(1), timedelta(1), datetime(2025, 6, 2, 9, tzinfo=UTC), berlin)

    again = snapshot.load(Stamp, snapshot.dump(stamp))

    assert again.zone.utcoffset(again.wall) == timedelta(hours=2)
    assert isinstance(again.zone, ZoneInfo)
    assert again.zone.key == "Europe/Berlin"


def test_a_zone_that_is_known_here_no_longer_does_not_cost_the_state() -> None:
    stamp = Stamp(timedelta(1), timedelta(1), datetime(2025, 6, 2, 9, tzinfo=UTC), ZoneInfo("Europe/Berlin"))

    again = snapshot.load(Stamp, snapshot.dump(stamp).replace("Europe/Berlin", "Atlantis/Capital"))

    assert again == replace(stamp, zone=UTC)


def test_a_field_that_an_older_program_did_not_know_has_its_default() -> None:
    assert snapshot.load(Called, '{"who":"Ann"}') == Called("Ann", loud=False)


def test_a_field_that_only_an_older_program_knew_is_left_out() -> None:
    assert snapshot.load(Called, '{"who":"Ann","shouted":[1]}') == Called("Ann", loud=False)


def test_a_moment_without_its_offset_is_never_saved() -> None:
    with pytest.raises(TypeError, match="offset"):
        snapshot.dump(replace(SOUND, at=datetime(2025, 6, 2)))  # noqa: DTZ001  that is the point


SOUND = Day(
    1,
    True,
    "Monday",
    Mood.GOOD,
    timedelta(1),
    datetime(2025, 6, 2, tzinfo=UTC),
    date(2025, 6, 2),
    time(4),
    UTC,
    Until.TOMORROW,
    (Walked(1.5),),
    (timedelta(1), 2),
    frozenset({Hold.DND}),
)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("count", True),
        ("count", 1.0),
        ("count", "1"),
        ("sure", 1),
        ("name", None),
        ("mood", "fine"),
        ("mood", 2.0),
        ("mood", []),
        ("lasted", 1.5),
        ("lasted", 10**30),
        ("at", "2025-06-02T09:00:00"),
        ("at", "yesterday"),
        ("on", "2025-06-31"),
        ("starts", "25:00"),
        ("zone", True),
        ("zone", 10**15),
        ("until", "until-tomorrow"),
        ("until", {"Until": "until-tomorrow", "datetime": "2025-06-02T09:00:00+00:00"}),
        ("happened", {"Walked": {"far": 1.0}}),
        ("happened", [{"Flew": {"far": 1.0}}]),
        ("happened", [{"Walked": {}}]),
        ("happened", [None]),
        ("pair", [1]),
        ("pair", [1, 2, 3]),
        ("holds", ["dnd", "dnd"]),
        ("notes", "ab"),
        ("before", []),
    ],
)
def test_a_value_that_does_not_fit_is_refused(field: str, wrong: Any) -> None:
    entries = json.loads(snapshot.dump(SOUND))
    entries[field] = wrong

    with pytest.raises(StoreError, match="the saved state cannot be understood"):
        snapshot.load(Day, json.dumps(entries))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "\0\0\0\0",
        '{"far":NaN}',
        '{"far":Infinity}',
        '{"far":1e999}',
        '{"far":1}',
        '{"far":1.0,"far":2.0}',
        '{"far":' + "9" * 5000 + "}",
        "[" * 100_000,
        '{"far":1.0',
    ],
    ids=lambda text: ascii(text[:20]),
)
def test_text_that_is_no_snapshot_is_refused(text: str) -> None:
    with pytest.raises(StoreError):
        snapshot.load(Walked, text)


@given(st.text())
def test_text_of_any_kind_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(StoreError) as refusal:
        snapshot.load(Day, text)

    assert "\n" not in str(refusal.value)
