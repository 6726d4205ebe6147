"""The suspend matrix: one table of nights, naps and lost signals, and what each of them comes to.

Every figure is worked out by hand from rules.md, sections 2 to 5, to the second.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest

from deskbreak.core.events import Paused, SaidHere, SatDown, Snoozed, StoodUp, TrackingStopped
from deskbreak.core.postures import Posture
from tests.core.diary import clock
from tests.fakes import MONDAY
from tests.workday import Workday, minutes

BERLIN = ZoneInfo("Europe/Berlin")
SPRING = datetime(2025, 3, 29, 23, 30, tzinfo=UTC)
AUTUMN = datetime(2025, 10, 25, 22, 30, tzinfo=UTC)
THREE_DAYS = 3 * 24 * 60


@dataclass(frozen=True)
class Case:
    """One line of the table; lengths are `minutes:seconds`, breaks and the screen as the diary has them.

    `days` is the sitting by date, where there is more than one of them.
    """

    name: str
    story: Callable[[Workday], object]
    sat: str
    away: str
    count: str
    breaks: tuple[str, ...] = ()
    screen: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    start: datetime = MONDAY
    zone: tzinfo = UTC


def naps(day: Workday, nap: float, between: float, types: bool) -> Workday:
    """Ten of them, each begun with the lid closed, from minute 10 on."""
    day.works(10)
    at = 10.0
    for _ in range(10):
        day.closes_the_lid().rests(at + nap).opens_the_lid()
        at += nap + between
        if types:
            day.rests(at - between + 0.1).works(at)
        day.rests(at)
    return day


def silent_night(day: Workday) -> Workday:
    return day.closes_the_lid(signal=False).rests(60).opens_the_lid(signal=False)


CASES = (
    # --- The lid is closed, and every signal comes.
    Case(
        "while typing",
        lambda day: day.works(20.5).closes_the_lid().rests(60).opens_the_lid().rests(61.2).works(70),
        sat="29:18",
        away="40:42",
        count="8:48",
        breaks=("20:30 away 40:42",),
    ),
    Case(
        "after idling for less than away_after: quiet from the last proof on turns out as absence",
        lambda day: day.works(10).rests(13).closes_the_lid().rests(60).opens_the_lid().rests(61).works(70),
        sat="19:00",
        away="51:00",
        count="9:00",
        breaks=("10:00 away 51:00",),
    ),
    Case(
        "after idling for more than away_after",
        lambda day: day.works(10).rests(17).closes_the_lid().rests(60).opens_the_lid().rests(61).works(70),
        sat="19:00",
        away="51:00",
        count="9:00",
        breaks=("10:00 away 51:00",),
    ),
    Case(
        "after idling, a nap that ends before away_after has passed",
        lambda day: day.works(10).rests(12).closes_the_lid().rests(13).opens_the_lid().rests(13.5).works(20),
        sat="18:30",
        away="1:30",
        count="18:30",
    ),
    Case(
        "a nap one second shorter than break_min keeps the count",
        lambda day: day.works(20).closes_the_lid().rests(21).opens_the_lid().rests(21 + 59 / 60).works(30),
        sat="28:01",
        away="1:59",
        count="28:01",
    ),
    Case(
        "a nap of break_min is a break",
        lambda day: day.works(20).closes_the_lid().rests(21).opens_the_lid().rests(22).works(30),
        sat="28:00",
        away="2:00",
        count="8:00",
        breaks=("20:00 away 2:00",),
    ),
    # --- The calendar.
    Case(
        "across midnight, awake again before the day starts: all is of the first day",
        lambda day: day.works(20).closes_the_lid().rests(60).opens_the_lid().rests(61).works(70),
        sat="29:00",
        away="41:00",
        count="9:00",
        breaks=("20:00 away 41:00",),
        days=("2025-06-02 29:00",),
        start=MONDAY.replace(hour=23, minute=30),
    ),
    Case(
        "across midnight and the start of the day",
        lambda day: day.works(20).closes_the_lid().rests(450).opens_the_lid().rests(451).works(460),
        sat="29:00",
        away="431:00",
        count="9:00",
        breaks=("20:00 away 431:00",),
        days=("2025-06-02 20:00", "2025-06-03 9:00"),
        start=MONDAY.replace(hour=23, minute=30),
    ),
    Case(
        "across the start of summer time: the night is as long as it was",
        lambda day: day.works(20).closes_the_lid().rests(450).opens_the_lid().rests(451).works(460),
        sat="29:00",
        away="431:00",
        count="9:00",
        breaks=("20:00 away 431:00",),
        days=("2025-03-29 20:00", "2025-03-30 9:00"),
        start=SPRING,
        zone=BERLIN,
    ),
    Case(
        "a nap across the start of summer time, with typing on both sides of it",
        lambda day: day.works(89).closes_the_lid().rests(90.5).opens_the_lid().rests(90.6).works(100),
        sat="98:24",
        away="1:36",
        count="98:24",
        screen=(
            "33:00 reminder 1",
            "48:00 ignored",
            "48:00 reminder 2",
            "63:00 ignored",
            "63:00 reminder 3",
            "89:00 withdrawn",
        ),
        days=("2025-03-29 98:24",),
        start=SPRING,
        zone=BERLIN,
    ),
    Case(
        "across the end of summer time",
        lambda day: day.works(20).closes_the_lid().rests(450).opens_the_lid().rests(451).works(460),
        sat="29:00",
        away="431:00",
        count="9:00",
        breaks=("20:00 away 431:00",),
        days=("2025-10-25 20:00", "2025-10-26 9:00"),
        start=AUTUMN,
        zone=BERLIN,
    ),
    # --- Signals get lost.
    Case(
        "the resume signal lost",
        lambda day: day.works(20).closes_the_lid().rests(60).opens_the_lid(signal=False).rests(61).works(70),
        sat="29:00",
        away="41:00",
        count="9:00",
        breaks=("20:00 away 41:00",),
    ),
    Case(
        "the suspend signal lost",
        lambda day: day.works(20).closes_the_lid(signal=False).rests(60).opens_the_lid().rests(61).works(70),
        sat="29:00",
        away="41:00",
        count="9:00",
        breaks=("20:00 away 41:00",),
    ),
    Case(
        "both signals lost",
        lambda day: silent_night(day.works(20)).rests(61.2).works(70),
        sat="28:48",
        away="41:12",
        count="8:48",
        breaks=("20:00 away 41:12",),
    ),
    Case(
        "both signals lost, after idling",
        lambda day: silent_night(day.works(10).rests(13.3)).rests(61).works(70),
        sat="19:00",
        away="51:00",
        count="9:00",
        breaks=("10:00 away 51:00",),
    ),
    Case(
        "both signals lost, after having gone",
        lambda day: silent_night(day.works(10).rests(17)).rests(60.2).works(70),
        sat="19:48",
        away="50:12",
        count="9:48",
        breaks=("10:00 away 50:12",),
    ),
    Case(
        "both signals lost, a key within the last minute before: it is the last proof",
        lambda day: silent_night(day.works(20.4).rests(20.9)).rests(61.2).works(70),
        sat="29:12",
        away="40:48",
        count="8:48",
        breaks=("20:24 away 40:48",),
    ),
    Case(
        "the resume signal lost, and a key pressed between the word and the sleep",
        lambda day: (
            day.works(20)
            .tells_of_sleep()
            .works(20.05)
            .closes_the_lid(signal=False)
            .rests(24)
            .opens_the_lid(signal=False)
            .rests(24.5)
            .works(30)
        ),
        sat="25:32",
        away="4:28",
        count="5:30",
        breaks=("20:03 away 4:27",),
    ),
    Case(
        "a key pressed between the word and the sleep",
        lambda day: (
            day.works(20)
            .tells_of_sleep()
            .works(20.05)
            .closes_the_lid(signal=False)
            .rests(24)
            .opens_the_lid()
            .rests(24.5)
            .works(30)
        ),
        sat="25:32",
        away="4:28",
        count="5:30",
        breaks=("20:03 away 4:27",),
    ),
    Case(
        "announced and cancelled while typing: away until the next key, a second later",
        lambda day: day.works(20).tells_of_sleep().works(20.2).opens_the_lid().works(30),
        sat="29:59",
        away="0:01",
        count="29:59",
    ),
    Case(
        "the resume signal lost, and back at once: the key that told of the waking is not believed yet",
        lambda day: (
            day.works(20).closes_the_lid().rests(60).opens_the_lid(signal=False).rests(60.1).works(70)
        ),
        sat="29:53",
        away="40:07",
        count="9:53",
        breaks=("20:00 away 40:07",),
    ),
    Case(
        "announced and cancelled: presence goes on with the first input",
        lambda day: day.works(20).tells_of_sleep().rests(20.5).opens_the_lid().rests(21).works(30),
        sat="29:00",
        away="1:00",
        count="29:00",
    ),
    Case(
        "announced and never taken back",
        lambda day: day.works(20).tells_of_sleep().rests(21).works(30),
        sat="29:00",
        away="1:00",
        count="29:00",
    ),
    # --- The clock is wrong after waking, and set right again.
    *(
        Case(
            f"the clock is {how} after waking and put right later",
            lambda day, by=by: (  # type: ignore[misc]
                day.works(20)
                .closes_the_lid()
                .sets_the_clock(by)
                .rests(60)
                .opens_the_lid()
                .rests(61)
                .works(65)
                .sets_the_clock(-by)
                .works(70)
            ),
            sat="29:00",
            away="41:00",
            count="9:00",
            breaks=("20:00 away 41:00",),
            days=days,
        )
        for how, by, days in (
            ("two hours back", timedelta(hours=-2), ("2025-06-02 29:00",)),
            ("three days on", timedelta(days=3), ("2025-06-02 25:00", "2025-06-05 4:00")),
            (
                "in 1970",
                datetime(1970, 1, 1, 9, tzinfo=UTC) - MONDAY,
                ("1970-01-01 4:00", "2025-06-02 25:00"),
            ),
        )
    ),
    Case(
        "the clock is a day back after a silent sleep and stays so",
        lambda day: silent_night(day.works(20).sets_the_clock(timedelta(days=-1))).rests(61.2).works(70),
        sat="28:48",
        away="41:12",
        count="8:48",
        breaks=("20:00 away 41:12",),
        days=("2025-06-01 8:48", "2025-06-02 20:00"),
    ),
    # --- Three days.
    Case(
        "hibernated for three days",
        lambda day: (
            day.works(20)
            .closes_the_lid()
            .rests(THREE_DAYS)
            .opens_the_lid()
            .rests(THREE_DAYS + 1)
            .works(THREE_DAYS + 10)
        ),
        sat="29:00",
        away="4301:00",
        count="9:00",
        breaks=("20:00 away 4301:00",),
        days=("2025-06-02 20:00", "2025-06-05 9:00"),
    ),
    Case(
        "hibernated for three days and booted anew",
        lambda day: (
            day.works(20)
            .closes_the_lid()
            .is_killed()
            .rests(THREE_DAYS)
            .opens_the_lid()
            .starts_again(rebooted=True)
            .rests(THREE_DAYS + 1)
            .works(THREE_DAYS + 10)
        ),
        sat="29:00",
        away="4301:00",
        count="9:00",
        breaks=("20:00 away 4301:00",),
        days=("2025-06-02 20:00", "2025-06-05 9:00"),
    ),
    # --- Ten times in an hour.
    Case(
        "ten times, with typing between: each is a break",
        lambda day: naps(day, nap=3, between=2, types=True),
        sat="29:00",
        away="31:00",
        count="1:54",
        breaks=tuple(f"{10 + 5 * nap}:00 away 3:06" for nap in range(10)),
    ),
    Case(
        "ten times too short for a break, with typing between: the count goes on",
        lambda day: naps(day, nap=1.5, between=2, types=True),
        sat="29:00",
        away="16:00",
        count="29:00",
    ),
    Case(
        "ten times, with nobody there: one absence",
        lambda day: naps(day, nap=4, between=1, types=False).works(65),
        sat="15:00",
        away="50:00",
        count="5:00",
        breaks=("10:00 away 50:00",),
    ),
    # --- What else was going on.
    Case(
        "during a call: the sleep is surer, and waking with the microphone still in use proves nothing",
        lambda day: (
            day.works(10)
            .senses(call=True)
            .rests(20)
            .closes_the_lid()
            .rests(60)
            .opens_the_lid()
            .rests(61)
            .works(70)
        ),
        sat="29:00",
        away="41:00",
        count="9:00",
        breaks=("20:00 away 41:00",),
    ),
    Case(
        "during a film",
        lambda day: (
            day.works(10)
            .senses(media=True)
            .rests(20)
            .closes_the_lid()
            .rests(60)
            .opens_the_lid()
            .rests(61)
            .works(70)
        ),
        sat="29:00",
        away="41:00",
        count="9:00",
        breaks=("20:00 away 41:00",),
    ),
    Case(
        "in reading mode",
        lambda day: (
            day.works(10)
            .says(SaidHere(minutes(180)))
            .rests(20)
            .closes_the_lid()
            .rests(60)
            .opens_the_lid()
            .rests(61)
            .works(62)
            .rests(70)
        ),
        sat="29:00",
        away="41:00",
        count="9:00",
        breaks=("20:00 away 41:00",),
    ),
    Case(
        "while standing: a sleep of break_min ends it",
        lambda day: (
            day.works(10)
            .says(StoodUp())
            .works(20)
            .closes_the_lid()
            .rests(60)
            .opens_the_lid()
            .rests(61)
            .works(70)
        ),
        sat="19:00",
        away="41:00",
        count="9:00",
        breaks=("10:00 stood 10:00", "20:00 away 41:00"),
    ),
    Case(
        "while standing: a nap keeps it",
        lambda day: (
            day.works(10)
            .says(StoodUp())
            .works(20)
            .closes_the_lid()
            .rests(21)
            .opens_the_lid()
            .rests(21.5)
            .works(30)
            .says(SatDown())
        ),
        sat="10:00",
        away="1:30",
        count="0:00",
        breaks=("10:00 stood 20:00",),
    ),
    Case(
        "with a reminder open: withdrawn, and taken for answered by leaving",
        lambda day: day.works(34).closes_the_lid().rests(60).opens_the_lid().rests(61).works(70),
        sat="43:00",
        away="27:00",
        count="9:00",
        breaks=("34:00 away 27:00",),
        screen=("33:00 reminder 1", "34:00 withdrawn", "60:00 left"),
    ),
    Case(
        "with a reminder open for long: it was ignored",
        lambda day: day.works(39).closes_the_lid().rests(60).opens_the_lid().rests(61).works(70),
        sat="48:00",
        away="22:00",
        count="9:00",
        breaks=("39:00 away 22:00",),
        screen=("33:00 reminder 1", "39:00 withdrawn", "60:00 ignored"),
    ),
    Case(
        "with a reminder due: nothing on waking, nothing on the return",
        lambda day: day.works(32).closes_the_lid().rests(60).opens_the_lid().rests(61).works(95),
        sat="66:00",
        away="29:00",
        count="34:00",
        breaks=("32:00 away 29:00",),
        screen=("94:00 reminder 1",),
    ),
    Case(
        "with a snooze: the reset cancels it",
        lambda day: (
            day.works(34)
            .says(Snoozed())
            .works(36)
            .closes_the_lid()
            .rests(60)
            .opens_the_lid()
            .rests(61)
            .works(90)
        ),
        sat="65:00",
        away="25:00",
        count="29:00",
        breaks=("36:00 away 25:00",),
        screen=("33:00 reminder 1", "34:00 snoozed"),
    ),
    Case(
        "with a snooze: a nap lengthens it by nothing",
        lambda day: (
            day.works(34)
            .says(Snoozed())
            .works(36)
            .closes_the_lid()
            .rests(37)
            .opens_the_lid()
            .rests(37.5)
            .works(45)
        ),
        sat="43:30",
        away="1:30",
        count="43:30",
        screen=("33:00 reminder 1", "34:00 snoozed", "44:00 reminder 2"),
    ),
    Case(
        "in a pause that ends while asleep",
        lambda day: (
            day.works(10)
            .says(Paused(minutes(30)))
            .works(20)
            .closes_the_lid()
            .rests(60)
            .opens_the_lid()
            .rests(61)
            .works(95)
        ),
        sat="54:00",
        away="41:00",
        count="34:00",
        breaks=("20:00 away 41:00",),
        screen=("94:00 reminder 1",),
    ),
    Case(
        "in a pause that lasts longer",
        lambda day: (
            day.works(10)
            .says(Paused(minutes(90)))
            .works(20)
            .closes_the_lid()
            .rests(60)
            .opens_the_lid()
            .rests(61)
            .works(101)
        ),
        sat="60:00",
        away="41:00",
        count="40:00",
        breaks=("20:00 away 41:00",),
        screen=("91:00 held", "100:05 reminder 1"),
    ),
    Case(
        "with tracking off: nothing is known of it, and nothing is lost",
        lambda day: (
            day.works(20)
            .says(TrackingStopped(minutes(50)))
            .closes_the_lid()
            .rests(60)
            .opens_the_lid()
            .rests(75)
            .works(80)
        ),
        sat="25:00",
        away="5:00",
        count="5:00",
        breaks=("70:00 away 5:00",),
        screen=("75:10 return",),
    ),
    Case(
        "locked first",
        lambda day: (
            day.works(20)
            .locks()
            .rests(20.1)
            .closes_the_lid()
            .rests(60)
            .opens_the_lid()
            .rests(60.5)
            .unlocks()
            .works(70)
        ),
        sat="29:30",
        away="40:30",
        count="9:30",
        breaks=("20:00 away 40:30",),
    ),
    Case(
        "locked on waking: the password is no proof, the unlock is",
        lambda day: (
            day.works(20).closes_the_lid().rests(60).opens_the_lid().locks().works(60.5).unlocks().works(70)
        ),
        sat="29:30",
        away="40:30",
        count="9:30",
        breaks=("20:00 away 40:30",),
    ),
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_sleep_comes_to(case: Case) -> None:
    day = Workday(wall=case.start, zone=case.zone)

    case.story(day)

    day.look()
    said = [entry for entry in day.diary() if " break " not in entry]
    assert {
        "sat": clock(day.spent(Posture.SITTING)),
        "away": clock(day.spent(Posture.AWAY)),
        "count": clock(day.count),
        "screen": said,
    } == {"sat": case.sat, "away": case.away, "count": case.count, "screen": [*case.screen]}
    day.breaks(*case.breaks)
    if case.days:
        assert [f"{on} {clock(length)}" for on, length in sorted(day.sitting_by_day().items())] == [
            *case.days
        ]
