"""What became of a reminder, and the day that it belongs to."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from deskbreak.core.outcomes import Fate, Outcome, Reminded, fate


@pytest.mark.parametrize(
    ("outcome", "kind"),
    [
        (Outcome.STARTED, Fate.MOVED),
        (Outcome.DONE, Fate.MOVED),
        (Outcome.LEFT, Fate.MOVED),
        (Outcome.ANSWERED, Fate.MOVED),
        (Outcome.SNOOZED, Fate.SNOOZED),
        (Outcome.SKIPPED, Fate.SKIPPED),
        (Outcome.IGNORED, Fate.IGNORED),
        (Outcome.HELD, Fate.KEPT_BACK),
        (Outcome.UNDELIVERED, Fate.KEPT_BACK),
        (None, None),
    ],
)
def test_outcomes_are_told_apart_in_five_kinds(outcome: Outcome | None, kind: Fate | None) -> None:
    assert fate(outcome) is kind


@pytest.mark.parametrize(("hour", "minute", "day"), [(2, 59, 19), (3, 0, 20), (22, 59, 20)])
def test_a_reminder_at_night_belongs_to_the_day_before(hour: int, minute: int, day: int) -> None:
    at = datetime(2026, 11, 20, hour, minute, tzinfo=UTC)
    reminder = Reminded(at, timedelta(hours=1), 1, None)

    assert reminder.day(time(4)) == date(2026, 11, day)
