"""The laws of the told days bite: days that break one, by settings or by a desktop that lies, are caught."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.days.office import Office
from tests.days.told import clock, read

NAGGED_IN_A_CALL = """
    holds = []

09:00:00  types
09:10:00  microphone on
09:40:00  quits
"""
NAGGED_WHILE_GONE = """
09:00:00  types
09:10:00  player on
09:10:00  screen kept awake on (and nobody watches)
09:10:00  leaves
09:40:00  quits
"""
NAGGED_TOO_SOON = """
    sit_limit = "5m"
    prompts_apart = "5m"

09:00:00  types
09:08:10  presses [Skip]
09:17:00  quits
"""
UNSAID = """
    sit_limit = "4h"

09:00:00  types
11:01:00  quits
"""


@pytest.mark.parametrize(
    ("told", "law"),
    [
        pytest.param(NAGGED_IN_A_CALL, "reminder prompt 1 during call", id="in-a-call"),
        pytest.param(
            NAGGED_WHILE_GONE, "reminder prompt 1 for a person who is gone since 09:10:00", id="while-gone"
        ),
        pytest.param(NAGGED_TOO_SOON, "reminder prompt 2 so soon after the one at 09:08:00", id="too-soon"),
        pytest.param(UNSAID, "two hours without a word, and none in the menu", id="unsaid"),
    ],
)
def test_a_day_that_breaks_a_law_is_caught(told: str, law: str, tmp_path: Path) -> None:
    office = Office(read(told), tmp_path)

    office.live()

    assert any(law in broken for broken in office.laws.broken), office.laws.broken


def test_the_seventeenth_reminder_in_eight_hours_is_caught(tmp_path: Path) -> None:
    first, apart = timedelta(hours=9, minutes=8, seconds=10), timedelta(minutes=8, seconds=10)
    skips = [f"{clock(first + number * apart)}  presses [Skip]" for number in range(17)]
    told = ['    sit_limit = "5m"', '    prompts_apart = "5m"', "09:00:00  types", *skips, "12:00:00  quits"]
    office = Office(read("\n".join(told)), tmp_path)
    office.loop.rules = replace(office.loop.rules, budget=None)

    office.live()

    assert "11:18:40 reminder prompt 17 is one too many in eight hours" in office.laws.broken
