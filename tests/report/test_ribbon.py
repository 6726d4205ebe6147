"""A day as one line of characters: what is to be seen of it, also without colours."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.core.outcomes import Outcome, Reminded
from deskbreak.core.postures import Posture, Row
from deskbreak.report.pieces import Line, Room, Tone, plain
from deskbreak.report.ribbon import PRESENT, SIGNS, ribbon
from deskbreak.report.ribbon import lived as seen
from tests.report.days import FRIDAY, at, lived, reminded

MORNING = lived(
    "09:00", "sitting 60", "standing 30", "sitting 30", "moving 30", "sitting 30", "away 30", "unknown 30",
    "sitting 60",
)  # fmt: skip


def drawn(rows: tuple[Row, ...], *reminders: object, room: Room = Room()) -> list[str]:  # noqa: B008
    return [plain(line) for line in ribbon(rows, reminders, room)]  # type: ignore[arg-type]


def strip(rows: tuple[Row, ...], room: Room = Room()) -> str:  # noqa: B008
    """The line of the day itself, without its indent."""
    return drawn(rows, room=room)[0].strip()


def hours(rows: tuple[Row, ...], room: Room = Room()) -> list[str]:  # noqa: B008
    return drawn(rows, room=room)[1].split()


def test_each_posture_has_a_shape_of_its_own() -> None:
    assert drawn(MORNING) == [
        "  ████████████▀▀▀▀▀▀██████▄▄▄▄▄▄██████······░░░░░░████████████",
        "  09          10          11          12          13          14",
        "  █ sitting   ▀ standing   ▄ moving   · away   ░ unknown",
    ]


def test_where_there_is_ascii_alone_each_has_a_letter() -> None:
    assert drawn(MORNING, room=Room(ascii=True)) == [
        "  ############======######~~~~~~######......??????############",
        "  09          10          11          12          13          14",
        "  # sitting   = standing   ~ moving   . away   ? unknown",
    ]


def test_a_cell_shows_two_times_side_by_side() -> None:
    rows = lived(
        "09:00", "sitting 2.5", "standing 2.5", "moving 2.5", "sitting 2.5", "away 2.5", "sitting 2.5"
    )

    assert strip(rows) == "▛▟▐"


def test_every_break_of_a_minute_is_to_be_seen_however_long_the_day_and_narrow_the_room() -> None:
    rows = lived("06:00", "sitting 400", "away 1", "sitting 400", "standing 1", "sitting 98")

    for room in (Room(), Room(30), Room(ascii=True), Room(20, ascii=True)):
        shown = strip(rows, room)
        assert len(shown) <= room.width
        unlike = [sign for sign in shown if sign != SIGNS[Posture.SITTING][room.ascii]]
        assert len(unlike) == 2


def test_less_than_a_minute_may_get_lost() -> None:
    assert strip(lived("09:00", "sitting 30", "away 0.9", "sitting 29.1")) == "█" * 12


def test_of_two_that_are_too_short_the_break_is_seen_and_not_the_sitting() -> None:
    rows = lived("06:00", "standing 300", "sitting 1.2", "moving 1.1", "standing 297.7", "sitting 120")

    assert set(strip(rows, Room(20, ascii=True))) == {"=", "~", "#"}


def test_a_day_begins_and_ends_with_the_person() -> None:
    rows = lived("04:00", "away 300", "sitting 30", "away 30", "sitting 60", "unknown 60", "away 600")

    assert strip(rows) == "██████······████████████"
    assert hours(rows) == ["09", "10", "11"]


def test_nothing_is_drawn_of_a_day_without_a_sign_of_the_person() -> None:
    assert drawn(lived("04:00", "away 600", "unknown 600")) == []
    assert drawn(()) == []


@pytest.mark.parametrize(
    ("outcome", "sign", "letter", "name"),
    [
        (Outcome.DONE, "✓", "+", "got up or moved"),
        (Outcome.LEFT, "✓", "+", "got up or moved"),
        (Outcome.SNOOZED, "z", "z", "snoozed"),
        (Outcome.SKIPPED, "»", ">", "skipped"),
        (Outcome.IGNORED, "○", "o", "not answered"),
        (Outcome.HELD, "h", "h", "held back"),
        (Outcome.UNDELIVERED, "h", "h", "held back"),
        (None, "·", "-", "still open"),
    ],
)
def test_a_reminder_stands_above_its_time_with_what_became_of_it(
    outcome: Outcome | None, sign: str, letter: str, name: str
) -> None:
    rows, one = lived("09:00", "sitting 120"), reminded("10:00", outcome)

    assert drawn(rows, one)[0] == " " * 14 + sign
    assert drawn(rows, one)[-1] == f"  {sign} {name}"
    assert drawn(rows, one, room=Room(ascii=True))[0] == " " * 14 + letter


def test_two_reminders_of_one_cell_stand_side_by_side() -> None:
    rows = lived("09:00", "sitting 120")

    marks = drawn(rows, reminded("10:00", Outcome.SNOOZED), reminded("10:02", Outcome.DONE))[0]

    assert marks == " " * 14 + "z✓"


def test_a_reminder_after_the_last_sign_of_the_person_stands_at_the_end() -> None:
    rows = lived("09:00", "sitting 60")

    assert drawn(rows, reminded("15:00", Outcome.IGNORED))[0] == " " * 13 + "○"


def test_only_what_the_day_has_is_explained() -> None:
    assert drawn(lived("09:00", "sitting 60"))[-1] == "  █ sitting"


def test_hours_that_would_touch_are_left_out() -> None:
    rows = lived("05:00", "sitting 900")

    assert hours(rows, Room(24)) == ["05", "08", "11", "14", "17", "20"]
    assert all(len(line) <= 24 for line in drawn(rows, room=Room(24)))


def test_the_hour_that_is_left_out_in_spring_has_no_place() -> None:
    # The clocks of Berlin went from 2 to 3 in the night to 29 March 2026.
    day = date(2026, 3, 28)
    before = lived("23:00", "sitting 60", day=day)
    night = lived("00:00", "sitting 120", day=date(2026, 3, 29))
    after = lived("03:00", "sitting 60", day=date(2026, 3, 29), offset=timedelta(hours=2))
    rows = tuple(replace(row, day=day) for row in (*before, *night, *after))

    assert strip(rows) == "█" * 48
    assert hours(rows) == ["23", "00", "01", "03", "04"]


def test_the_hour_that_comes_twice_in_autumn_is_twice_as_wide() -> None:
    day = date(2026, 10, 24)
    before = lived("00:00", "sitting 180", day=date(2026, 10, 25), offset=timedelta(hours=2))
    after = lived("02:00", "sitting 120", day=date(2026, 10, 25))
    rows = tuple(replace(row, day=day) for row in (*before, *after))

    assert strip(rows) == "█" * 60
    assert hours(rows) == ["00", "01", "02", "03", "04"]


def test_a_clock_that_was_set_back_draws_nothing_over_what_there_is() -> None:
    first, second = lived("09:00", "sitting 60"), lived("09:30", "away 30", "sitting 30")
    shifted = tuple(replace(row, began=row.began + timedelta(minutes=30)) for row in second)

    assert strip((*first, *shifted)) == "████████████······██████"


def test_a_zone_of_half_an_hour_has_its_own_full_hours() -> None:
    rows = lived("09:30", "sitting 60", offset=timedelta(hours=5, minutes=30))

    assert hours(rows) == ["09", "10", "11"]
    assert drawn(rows)[0].rstrip() == "        ████████████"


def test_a_flight_makes_a_day_of_more_than_a_day() -> None:
    west = lived("08:00", "sitting 60", day=FRIDAY, offset=timedelta(hours=13))
    hours_later = at("08:00", offset=timedelta(hours=13)) + timedelta(hours=40)
    late = replace(
        west[0], began=west[0].began + timedelta(hours=40), start_at=hours_later,
        end_at=hours_later + timedelta(hours=1), offset=timedelta(hours=-10),
    )  # fmt: skip

    for room in (Room(), Room(20)):
        assert all(len(line) <= room.width for line in drawn((*west, late), room=room))


def test_a_tone_says_what_the_shape_says() -> None:
    line: Line = ribbon(MORNING, (), Room())[0]

    tones = [piece.tone for piece in line if piece.text.strip()]
    assert tones == [
        Tone.SITTING, Tone.STANDING, Tone.SITTING, Tone.MOVING, Tone.SITTING, Tone.AWAY, Tone.UNKNOWN,
        Tone.SITTING,
    ]  # fmt: skip


DAYS = st.lists(
    st.tuples(st.sampled_from(Posture), st.floats(0, 300, allow_nan=False)), min_size=1, max_size=30
).map(lambda told: lived("04:00", *(f"{posture.value} {minutes}" for posture, minutes in told)))


@given(rows=DAYS, width=st.integers(20, 80), letters=st.booleans())
def test_any_day_finds_room_in_any_room(rows: tuple[Row, ...], width: int, letters: bool) -> None:
    space = Room(width, letters)
    marks = [Reminded(row.start_at, row.offset, 1, Outcome.DONE) for row in rows[::3]]

    lines = [plain(line) for line in ribbon(rows, marks, space)]

    present = [row for row in rows if row.posture in PRESENT and row.length]
    assert bool(lines) == bool(present)
    assert all(len(line) <= width for line in lines)


@given(rows=DAYS, width=st.integers(40, 80))
def test_what_lasted_is_to_be_seen(rows: tuple[Row, ...], width: int) -> None:
    between = seen(rows)
    lines = [plain(line) for line in ribbon(rows, (), Room(width, ascii=True))]

    whole = sum((row.length for row in between), timedelta())
    for row in between:
        # No cell is longer than twice what the narrowest room needs, and what covers a cell is seen.
        if row.length >= max(timedelta(minutes=30), whole * 5 / 36):
            assert SIGNS[row.posture][True] in lines[0]
