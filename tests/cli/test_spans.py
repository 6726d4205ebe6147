"""The days that a person names, and those that they cannot mean."""

from datetime import date

import pytest

from deskbreak.cli.spans import day, span

THURSDAY = date(2026, 11, 19)
MONDAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("today", "2026-11-19", "2026-11-19"),
        ("yesterday", "2026-11-18", "2026-11-18"),
        ("Yesterday", "2026-11-18", "2026-11-18"),
        ("2026-11-02", "2026-11-02", "2026-11-02"),
        ("week", "2026-11-16", "2026-11-19"),
        ("last-week", "2026-11-09", "2026-11-15"),
        ("month", "2026-11-01", "2026-11-19"),
        ("last-month", "2026-10-01", "2026-10-31"),
        ("2026-11-01..2026-11-05", "2026-11-01", "2026-11-05"),
        ("2026-11-01 .. 2026-11-05", "2026-11-01", "2026-11-05"),
        ("2026-11-05..2026-11-05", "2026-11-05", "2026-11-05"),
        ("2026-11-01..2026-12-31", "2026-11-01", "2026-11-19"),
        ("0001-01-01..9999-12-31", "0001-01-01", "2026-11-19"),
    ],
)
def test_a_span_has_a_first_and_a_last_day_and_ends_today_at_the_latest(
    text: str, first: str, last: str
) -> None:
    found = span(text, THURSDAY)

    assert (found.first, found.last) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "today", "first", "last"),
    [
        ("last-month", "2026-01-31", "2025-12-01", "2025-12-31"),
        ("last-month", "2026-03-31", "2026-02-01", "2026-02-28"),
        ("month", "2026-11-01", "2026-11-01", "2026-11-01"),
        ("week", "2026-11-16", "2026-11-16", "2026-11-16"),
        ("last-week", "2026-01-01", "2025-12-22", "2025-12-28"),
    ],
)
def test_weeks_and_months_know_the_calendar(text: str, today: str, first: str, last: str) -> None:
    found = span(text, date.fromisoformat(today))

    assert (found.first, found.last) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("text", ["today", "yesterday", "2026-11-16"])
def test_a_day_is_named_as_a_day(text: str) -> None:
    assert span(text, MONDAY).single


@pytest.mark.parametrize("text", ["week", "last-week", "month", "last-month", "2026-11-16..2026-11-16"])
def test_a_span_of_one_day_is_a_span(text: str) -> None:
    assert not span(text, MONDAY).single


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("someday", "'someday' is no span of days: write one of today, yesterday, week"),
        ("", "'' is no span of days"),
        ("..", "'..' is no span of days"),
        ("2026-11-01..", "'2026-11-01..' is no span of days"),
        ("2026-02-30", "'2026-02-30' is no span of days"),
        ("2026-11-01...2026-11-05", "is no span of days"),
        ("2026-11-01..today", "is no span of days"),
        ("x" * 90, "'" + "x" * 40 + "'... is no span of days"),
        ("m\u00f6rgen\x1b[31m", r"'m\xf6rgen\x1b[31m' is no span of days"),
        ("2026-11-20", "2026-11-20 has not come yet: today is 2026-11-19"),
        ("2026-11-20..2026-11-21", "2026-11-20 has not come yet: today is 2026-11-19"),
        (
            "2026-11-05..2026-11-01",
            "'2026-11-05..2026-11-01' ends before it begins: did you mean 2026-11-01..2026-11-05?",
        ),
    ],
)
def test_what_is_no_span_is_said_in_one_sentence(text: str, said: str) -> None:
    with pytest.raises(ValueError) as refused:  # noqa: PT011  # the message is what matters
        span(text, THURSDAY)

    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_single_day_is_named_in_the_same_words() -> None:
    assert day("today", THURSDAY) == THURSDAY
    assert day("yesterday", THURSDAY) == date(2026, 11, 18)
    assert day("2026-11-02", THURSDAY) == date(2026, 11, 2)
    for wrong in ("week", "2026-11-01..2026-11-02", "2026-11-20", ""):
        with pytest.raises(ValueError, match=r"is no day|has not come yet"):
            day(wrong, THURSDAY)
