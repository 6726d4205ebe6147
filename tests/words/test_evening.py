"""The day in one sentence: a fact that neither scolds nor promises."""

from deskbreak.words.prompts import text
from tests.words.moments import summary
from tests.words.test_prompts import SCOLDING


def test_the_day_is_told_by_its_sitting_its_breaks_and_its_longest_stretch() -> None:
    assert text(summary()) == (
        "Your day at the desk",
        "5 h 12 min of sitting, 7 breaks, and 52 min in the longest stretch.",
    )
    assert text(summary(breaks=1))[1] == "5 h 12 min of sitting, 1 break, and 52 min in the longest stretch."


def test_a_day_without_breaks_is_told_without_a_word_about_them() -> None:
    assert text(summary(breaks=0))[1] == "5 h 12 min of sitting, 52 min of it in the longest stretch."


def test_it_scolds_on_no_day() -> None:
    for breaks in (0, 1, 7):
        assert SCOLDING.search(" ".join(text(summary(breaks)))) is None
