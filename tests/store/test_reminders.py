"""Looking back on the reminders of some days."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from deskbreak.clock import Mark
from deskbreak.core.commands import PromptRow, RecordPrompt
from deskbreak.core.outcomes import Outcome, PromptKind, Reminded
from deskbreak.store.database import IN_MEMORY, in_memory
from deskbreak.store.log import SqliteLog
from deskbreak.store.reminders import reminders

MONDAY = date(2025, 6, 2)
DAY = timedelta(days=1)
BERLIN = timedelta(hours=2)


def given(
    number: int, at: datetime, outcome: Outcome | None = None, kind: PromptKind = PromptKind.REMINDER
) -> RecordPrompt:
    return RecordPrompt(PromptRow(number, kind, 1, None, at, BERLIN, None, outcome, None))


def found(*prompts: RecordPrompt, spoiled: str = "") -> tuple[Reminded, ...]:
    """What there is to see of Monday, with this done to the log before."""
    connection = in_memory()
    mark = Mark("", timedelta(), timedelta(), datetime(2025, 6, 2, tzinfo=UTC))
    SqliteLog(connection, IN_MEMORY, lambda: mark).write(prompts, "{}")
    if spoiled:
        connection.execute(spoiled)
    return tuple(reminders(connection, MONDAY, MONDAY, time(4)))


def test_reminders_come_with_what_became_of_them_in_order() -> None:
    ten, eleven = datetime(2025, 6, 2, 8, tzinfo=UTC), datetime(2025, 6, 2, 9, tzinfo=UTC)

    assert found(given(1, eleven), given(2, ten, Outcome.DONE, PromptKind.STANDING)) == (
        Reminded(ten, BERLIN, 1, Outcome.DONE),
        Reminded(eleven, BERLIN, 1, None),
    )


def test_questions_and_summaries_are_no_reminders() -> None:
    noon = datetime(2025, 6, 2, 10, tzinfo=UTC)
    others = [kind for kind in PromptKind if kind not in (PromptKind.REMINDER, PromptKind.STANDING)]

    assert found(*(given(number, noon, kind=kind) for number, kind in enumerate(others))) == ()


def test_a_day_begins_at_its_start_and_not_at_midnight() -> None:
    before, after = datetime(2025, 6, 2, 1, 59, tzinfo=UTC), datetime(2025, 6, 3, 1, 59, tzinfo=UTC)

    assert [each.at for each in found(given(1, before), given(2, after))] == [after]


@pytest.mark.parametrize(
    "spoiled", ["UPDATE prompts SET outcome = 'vanished'", "UPDATE prompts SET utc_offset = 86401000000"]
)
def test_what_cannot_be_believed_is_left_out(spoiled: str, caplog: pytest.LogCaptureFixture) -> None:
    assert found(given(1, datetime(2025, 6, 2, 10, tzinfo=UTC)), spoiled=spoiled) == ()
    assert "1 damaged row of the log is left out" in caplog.text
