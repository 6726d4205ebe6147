"""A day and a span as they stand in a terminal, in a pipe, in a narrow window, with and without colours."""

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from deskbreak.core.goals import progress
from deskbreak.core.outcomes import Outcome
from deskbreak.core.postures import How
from deskbreak.core.totals import Day
from deskbreak.core.usual import usual
from deskbreak.report.day import DayTold, day_lines
from deskbreak.report.pieces import Line, Piece, Room, Tone, plain
from deskbreak.report.span import SpanTold, span_lines
from deskbreak.report.table import room, show
from tests.report.days import FRIDAY, again, at, counted, lived, reminded

GOAL = timedelta(hours=6)
TOMORROW = FRIDAY + timedelta(days=1)
WIDTHS = (80, 72, 60, 50, 40)

ROWS = lived(
    "08:50", "sitting 45", "away 5 idle", "sitting 70", "standing 25 user", "sitting 35", "moving 3 exercise",
    "sitting 20", "away 45 lock", "sitting 64", "away 2 idle", "sitting 28", "unknown 10 gap", "sitting 90",
)  # fmt: skip
REMINDERS = (
    reminded("10:20", Outcome.SNOOZED),
    reminded("10:45", Outcome.DONE, level=2),
    reminded("14:04", Outcome.IGNORED),
    reminded("14:30", Outcome.HELD),
    reminded("15:52", Outcome.SKIPPED),
)


def weeks() -> tuple[Day, ...]:
    """The days of two weeks before, with a short one among them."""
    day = counted(
        lived("09:00", "sitting 100", "away 60 lock", "sitting 200", "standing 50 user", "sitting 20")
    )
    short = counted(lived("09:00", "sitting 50"))
    back = (14, 11, 10, 9, 8, 7, 4, 3, 2)
    return (
        *(again(day, FRIDAY - timedelta(days=days)) for days in back),
        again(short, FRIDAY - timedelta(days=1)),
    )


def a_day(now: datetime | None = None) -> DayTold:
    day = counted(ROWS, self_started=3, exercises=3, activations=1)
    today = FRIDAY if now else TOMORROW
    return DayTold(day, ROWS, REMINDERS, usual(weeks(), FRIDAY), progress(day, GOAL, today), now)


def a_span(first: date, last: date = FRIDAY) -> SpanTold:
    days = (*weeks(), counted(ROWS, self_started=3, exercises=3, activations=1))
    inside = tuple(day for day in days if first <= day.day <= last)
    return SpanTold(first, last, inside, REMINDERS, usual(days, first), GOAL, frozenset(), TOMORROW)


def text(lines: Iterable[Line]) -> str:
    return "".join(f"{plain(line)}\n" for line in lines)


GOLDEN_DAY = """\
Friday, 20 November 2026

                    z   ✓                         ○   h         »
        ▐█████▌▐████████▛▀▀▀████▙██▌·····▐████████▐███▌░████████████
  08      09      10      11      12      13      14      15      16      17
  █ sitting   ▀ standing   ▄ moving   · away   ░ unknown
  ✓ got up or moved   z snoozed   » skipped   ○ not answered   h held back

                            that day     usually
  sitting                 5 h 52 min  5 h 20 min  ████████████████████████
  standing                    25 min      50 min  ▀▀
  moving                       3 min           -  ▄
  away                        52 min         1 h  ···▒
    inferred                   7 min
  unknown                     10 min           -  ░

  breaks                           5         2.0  3 away, 1 stood, 1 moved
    before any reminder            3         0.0
  sitting bouts                    7         3.0
    longest               1 h 30 min  3 h 20 min  14:42-16:12
    of 30 min and more             5         2.0  5 h 4 min in all
    share of sitting            86 %        94 %
    interrupted per hour         1.0         0.4
  reminders                        4              1 held back
    got up or moved                1
    snoozed                        1
    skipped                        1
    not answered                   1
  exercises                        3         0.0  1 in the chair

                                      aim: under
  sitting                 5 h 52 min  5 h 24 min  ━━━━━━━━━━━━━━━━━━━━┃━
  longest bout            1 h 30 min         1 h  ━━━━━━━━━━━━━━━━━━━━┃━━━━━━━━━
  in long bouts            5 h 4 min  2 h 56 min  ━━━━━━━━━━━━━━━━━━━━┃━━━━━━━━━

  Half of your sitting was in stretches of 1 h 4 min or longer; usually 3 h 20
  min.
  Usually: the means of the 9 days of 4 h or more in the 4 weeks before.
  The aim for sitting is scaled from a day of 8 h to the 7 h 12 min tracked.
"""


def test_a_day_at_eighty_columns() -> None:
    assert text(day_lines(a_day(), Room())) == GOLDEN_DAY


NOW = at("16:30") + timedelta(hours=1)

GOLDEN_LETTERS = """\
Today  Friday, 20 November 2026, until 16:30

                    z   +                         o   h         >
        ######.##########===####~###......########.###??############
  08      09      10      11      12      13      14      15      16      17
  # sitting   = standing   ~ moving   . away   ? unknown
  + got up or moved   z snoozed   > skipped   o not answered   h held back

                              so far     usually
  sitting                 5 h 52 min  5 h 20 min  ########################
  standing                    25 min      50 min  ==
  moving                       3 min           -  ~
  away                        52 min         1 h  ...:
    inferred                   7 min
  unknown                     10 min           -  ?

  breaks                           5         2.0  3 away, 1 stood, 1 moved
    before any reminder            3         0.0
  sitting bouts                    7         3.0
    longest               1 h 30 min  3 h 20 min  14:42-16:12
    of 30 min and more             5         2.0  5 h 4 min in all
    share of sitting            86 %        94 %
    interrupted per hour         1.0         0.4
  reminders                        4              1 held back
    got up or moved                1
    snoozed                        1
    skipped                        1
    not answered                   1
  exercises                        3         0.0  1 in the chair

                                      aim: under
  sitting                 5 h 52 min  5 h 24 min  --------------------|-
  longest bout            1 h 30 min         1 h  --------------------|---------
  in long bouts            5 h 4 min  2 h 56 min  --------------------|---------

  Half of your sitting was in stretches of 1 h 4 min or longer; usually 3 h 20
  min.
  Usually: the means of the 9 days of 4 h or more in the 4 weeks before.
  The aim for sitting is scaled from a day of 8 h to the 7 h 12 min tracked.
"""


def test_today_where_there_is_ascii_alone() -> None:
    told = text(day_lines(a_day(NOW), Room(ascii=True)))

    assert told == GOLDEN_LETTERS
    assert told.isascii()


GOLDEN_SPAN = """\
Monday, 9 November 2026 to Friday, 20 November 2026

                   sitting  breaks     longest  30 min +
  Mon  9 Nov    5 h 20 min       2  3 h 20 min      94 %  ███████████████████▀▀
  Tue 10 Nov    5 h 20 min       2  3 h 20 min      94 %  ███████████████████▀▀
  Wed 11 Nov    5 h 20 min       2  3 h 20 min      94 %  ███████████████████▀▀
  Thu 12 Nov    5 h 20 min       2  3 h 20 min      94 %  ███████████████████▀▀
  Fri 13 Nov    5 h 20 min       2  3 h 20 min      94 %  ███████████████████▀▀
  Sat 14 Nov             -
  Sun 15 Nov             -
  Mon 16 Nov    5 h 20 min       2  3 h 20 min      94 %  ███████████████████▀▀
  Tue 17 Nov    5 h 20 min       2  3 h 20 min      94 %  ███████████████████▀▀
  Wed 18 Nov    5 h 20 min       2  3 h 20 min      94 %  ███████████████████▀▀
  Thu 19 Nov *      50 min       0      50 min     100 %  ███
  Fri 20 Nov    5 h 52 min       5  1 h 30 min      86 %  ████████████████████▀▀
  █ sitting   ▀ standing   ▄ moving

                               in all       a day
  sitting                 49 h 22 min  5 h 23 min  ██████████████████████
  standing                  7 h 5 min      47 min  ▀▀▀
  moving                        3 min        20 s  ▄
  away                     8 h 52 min      59 min  ····
  unknown                      10 min       1 min  ░

  breaks                           21         2.3  11 away, 9 stood, 1 moved
    before any reminder             3         0.3
  sitting bouts                    32         3.4
    longest                3 h 20 min   3 h 7 min  on 2026-11-09
    of 30 min and more             22         2.3  45 h 54 min in all
    share of sitting             93 %        93 %
    interrupted per hour          0.4         0.5
  reminders                         4              1 held back
    got up or moved                 1
    snoozed                         1
    skipped                         1
    not answered                    1
  exercises                         3         0.3  1 in the chair

                              aim met
  sitting                 8 of 9 days

  Half of your sitting was in stretches of 3 h 20 min or longer.
  A day: the means of the 9 days of 4 h or more.
  * One day of less than 4 h is shown, and counts in no mean.
"""


def test_a_span_at_eighty_columns() -> None:
    assert text(span_lines(a_span(date(2026, 11, 9)), Room())) == GOLDEN_SPAN


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("ascii_", [False, True])
def test_nothing_is_wider_than_the_room(width: int, ascii_: bool) -> None:
    space = Room(width, ascii_)
    span, year = a_span(date(2026, 11, 1)), a_span(date(2026, 1, 1))

    for told in (day_lines(a_day(), space), span_lines(span, space), span_lines(year, space)):
        for line in told:
            assert len(plain(line)) <= width, plain(line)


def test_in_a_small_room_the_day_keeps_its_numbers_and_what_is_aimed_at() -> None:
    told = text(day_lines(a_day(), Room(40)))

    assert "usually" not in told.split("Half of")[0]
    assert re.search(r"^  longest bout +1 h 30 min +1 h\n  in long bouts", told, re.M)
    assert re.search(r"^  breaks +5\n      3 away, 1 stood, 1 moved$", told, re.M)


def test_without_enough_days_there_is_nothing_usual_and_that_is_said() -> None:
    told = text(day_lines(a_day()._replace(usual=None), Room()))

    assert "usually" not in told
    assert "that takes 3 days of 4 h or more." in told


def test_a_day_of_less_than_four_hours_is_shown_and_said_to_be_in_no_mean() -> None:
    rows = lived("09:00", "sitting 50", "away 5", "sitting 10")
    day = counted(rows)
    told = DayTold(day, rows, (), None, progress(day, GOAL, TOMORROW), None)

    assert "Less than 4 h of this day were tracked, so that no mean counts it." in text(
        day_lines(told, Room())
    )
    assert "Less than" not in text(day_lines(told._replace(now=at("11:00")), Room()))


def test_no_line_of_a_day_of_mere_unknown_claims_anything() -> None:
    rows = lived("09:00", "unknown 300 gap")
    told = DayTold(counted(rows), rows, (), None, (), None)

    assert text(day_lines(told, Room())) == "Friday, 20 November 2026\n\n  Nobody was seen at the desk.\n"


def test_a_day_that_the_log_holds_nothing_of_says_so() -> None:
    day = replace(counted(lived("09:00", "away 1")), spent=counted(lived("09:00", "away 0")).spent)
    told = DayTold(day, (), (), None, (), None)

    assert text(day_lines(told, Room())).endswith("  The log holds nothing of this day.\n")


def test_what_the_person_said_it_was_is_sure() -> None:
    judged = lived("09:00", "sitting 60", "away 20 idle", "sitting 60")
    said = tuple(replace(row, how=How.USER) for row in judged)

    before, after = (
        text(day_lines(DayTold(counted(rows), rows, (), None, (), None), Room())) for rows in (judged, said)
    )

    assert re.search(r"^    inferred +20 min$", before, re.M)
    assert "inferred" not in after
    assert "▒" in before
    assert "▒" not in after


def test_quiet_in_the_evening_is_no_part_of_the_day() -> None:
    rows = lived("09:00", "sitting 60", "away 20 lock", "sitting 60", "away 600 idle")
    told = text(day_lines(DayTold(counted(rows), rows, (), None, (), None), Room()))

    assert re.search(r"^  away +20 min  ", told, re.M)
    assert "inferred" not in told


def test_what_is_aimed_at_as_a_share_is_told_from_four_hours_on() -> None:
    morning, whole = (
        lived("09:00", "sitting 200"),
        lived("09:00", "sitting 200", "away 20 lock", "sitting 30"),
    )
    early, late = (
        text(
            day_lines(
                DayTold(counted(rows), rows, (), None, progress(counted(rows), GOAL, FRIDAY), NOW), Room()
            )
        )
        for rows in (morning, whole)
    )

    assert early[early.index("aim: under") :].split()[2:8] == ["longest", "bout", "3", "h", "20", "min"]
    assert "scaled" not in early
    assert "in long bouts" in late
    assert "The aim for sitting is scaled from a day of 8 h to the 4 h 10 min tracked." in late


def test_an_aim_that_was_met_has_a_tick_and_one_that_was_missed_has_no_word() -> None:
    rows = lived("09:00", *("sitting 45", "standing 60 user") * 3)
    day = counted(rows)
    told = text(day_lines(DayTold(day, rows, (), None, progress(day, GOAL, TOMORROW), None), Room()))
    aims = told[told.index("aim: under") :]

    assert re.search(r"^  longest bout +45 min +1 h  ✓  ━+ +┃$", aims, re.M)
    assert re.search(r"^  in long bouts +2 h 15 min +1 h 7 min +━+┃━+$", aims, re.M)


def test_days_without_a_record_have_a_row_and_those_before_the_first_have_none() -> None:
    told = text(span_lines(a_span(date(2026, 11, 1)), Room()))

    assert "Sun  1 Nov" not in told
    assert re.search(r"^  Fri  6 Nov", told, re.M)
    assert re.search(r"^  Sat  7 Nov +-$", told, re.M)


def test_a_long_span_is_told_month_by_month() -> None:
    told = text(span_lines(a_span(date(2026, 8, 1)), Room()))

    assert "Fri  6 Nov" not in told
    assert re.search(r"^  Nov 2026 +5 h 23 min +2\.3 ", told, re.M)


def test_a_month_without_a_complete_day_has_no_mean() -> None:
    span = a_span(date(2026, 8, 1))
    short = again(counted(lived("09:00", "sitting 50")), date(2026, 9, 1))

    told = text(span_lines(replace_days(span, (short, *span.days)), Room()))

    assert re.search(r"^  Sep 2026 +-$", told, re.M)


def replace_days(span: SpanTold, days: tuple[Day, ...]) -> SpanTold:
    return replace(span, days=days)


def test_a_span_without_a_complete_day_has_sums_and_no_means() -> None:
    short = counted(lived("09:00", "sitting 50", "standing 5 user", "sitting 10"))
    told = text(span_lines(replace_days(a_span(date(2026, 11, 16)), (short,)), Room()))

    assert "a day" not in told.split("Half of")[0]
    assert "No day of these has 4 h or more, so that there are no means." in told
    assert "* One day of less than 4 h is shown, and counts in no mean." in told


def test_a_span_that_the_log_holds_nothing_of_says_so() -> None:
    told = text(span_lines(replace_days(a_span(date(2026, 11, 16)), ()), Room()))

    assert told == (
        "Monday, 16 November 2026 to Friday, 20 November 2026\n\n  The log holds nothing of these days.\n"
    )


def test_an_aim_that_was_never_met_is_not_spoken_of() -> None:
    told = text(span_lines(a_span(date(2026, 11, 9)), Room()))

    assert "of 9 days" in told
    assert "0 of" not in told


class Paper(io.StringIO):
    """A file as the standard output is one."""

    def __init__(self, encoding: str = "utf-8", columns: int | None = None) -> None:
        super().__init__()
        self._encoding = encoding
        self.columns = columns

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._encoding

    def isatty(self) -> bool:
        return self.columns is not None


UTF_8 = {"LANG": "de_DE.UTF-8"}


def test_a_pipe_is_eighty_columns_wide() -> None:
    assert room(Paper(), UTF_8) == Room(80, ascii=False)
    assert room(Paper(), {**UTF_8, "COLUMNS": "nonsense"}) == Room(80, ascii=False)


@pytest.mark.parametrize(("columns", "width"), [("132", 80), ("60", 60), ("3", 20), ("0", 80), ("99999", 80)])
def test_columns_say_how_wide_it_is_but_never_more_than_eighty(columns: str, width: int) -> None:
    assert room(Paper(), {**UTF_8, "COLUMNS": columns}).width == width


@pytest.mark.parametrize(
    ("encoding", "environ", "letters"),
    [
        ("utf-8", {"LANG": "de_DE.UTF-8"}, False),
        ("utf-8", {"LANG": "C.utf8"}, False),
        ("utf-8", {"LC_ALL": "C", "LANG": "de_DE.UTF-8"}, True),
        ("utf-8", {"LC_ALL": "", "LC_CTYPE": "de_DE.UTF-8", "LANG": "C"}, False),
        # What the interpreter says of itself in the C locale (PEP 538).
        ("utf-8", {"LC_CTYPE": "C.UTF-8", "LANG": "C"}, True),
        ("utf-8", {"LC_CTYPE": "C.UTF-8"}, True),
        ("utf-8", {}, True),
        ("iso8859-1", {"LANG": "de_DE.ISO-8859-1"}, True),
        ("ascii", {"LANG": "de_DE.UTF-8"}, True),
    ],
)
def test_without_utf_8_there_are_letters(encoding: str, environ: Mapping[str, str], letters: bool) -> None:
    assert room(Paper(encoding), environ).ascii is letters


def shown(lines: Iterable[Line], environ: Mapping[str, str], colours: bool, encoding: str = "utf-8") -> str:
    paper = Paper(encoding)
    show(lines, paper, environ, colours)
    return paper.getvalue()


def test_without_colours_it_is_plain_text() -> None:
    assert shown(day_lines(a_day(), Room()), {}, colours=False) == GOLDEN_DAY


@pytest.mark.parametrize(
    ("environ", "code"),
    [
        ({"TERM": "xterm-256color", "COLORTERM": "truecolor"}, "38;2;61;127;209"),
        ({"TERM": "xterm-256color"}, "38;5;68"),
        ({"TERM": "xterm"}, "34"),
    ],
)
def test_colours_come_down_to_those_that_the_terminal_has(environ: Mapping[str, str], code: str) -> None:
    painted = shown(day_lines(a_day(), Room()), environ, colours=True)

    assert f"\x1b[{code}m█" in painted
    bare = re.sub(r"\x1b\[[0-9;]*m", "", painted)
    assert [line.rstrip() for line in bare.splitlines()] == GOLDEN_DAY.splitlines()


def test_no_tone_is_red() -> None:
    everything = [tuple(Piece("x", tone) for tone in Tone)]

    few = shown(everything, {"TERM": "xterm"}, colours=True)
    many = shown(everything, {"COLORTERM": "truecolor"}, colours=True)

    assert not re.search(r"\x1b\[(?:\d+;)*(?:31|91)m", few)
    for red, green, _blue in re.findall(r"38;2;(\d+);(\d+);(\d+)m", many):
        assert int(red) < 2 * int(green)


def test_what_an_encoding_lacks_is_replaced_and_ends_nothing() -> None:
    assert shown([(Piece("Dehnung für 髖"),)], {}, colours=False, encoding="latin-1") == "Dehnung für ?\n"
