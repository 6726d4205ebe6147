"""What the person says of their levels, as the log keeps it."""

from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from deskbreak.coach.exercise import Family, Level
from deskbreak.coach.sessions import LevelSet, Mastered
from deskbreak.store.database import IN_MEMORY, in_memory
from deskbreak.store.log import SqliteLog
from tests.fakes import FakeClock

CHRISTMAS_ISLAND = timezone(timedelta(hours=14))
EVENING = datetime(2026, 3, 1, 23, 30, tzinfo=CHRISTMAS_ISLAND)


def test_a_level_and_a_test_that_was_passed_come_back_as_they_were_said() -> None:
    with closing(in_memory()) as connection:
        log = SqliteLog(connection, IN_MEMORY, FakeClock().mark)
        taken = LevelSet(Family.BRIDGE, Level.L202, EVENING, date(2026, 3, 1))
        passed = Mastered(Family.BRIDGE, EVENING + timedelta(days=40), date(2026, 4, 10))

        log.write((taken,), "{}")
        log.write((passed,), "{}")

        found = list(log.levels())
        assert found == [taken, passed]
        assert [each.at.utcoffset() for each in found] == [timedelta(hours=14)] * 2


def test_a_level_that_cannot_be_believed_is_left_out(tmp_path: Path) -> None:
    with closing(in_memory()) as connection:
        connection.execute("INSERT INTO levels VALUES (1, 'juggling', 202, 0, 0, 20260301)")
        connection.execute("INSERT INTO levels VALUES (2, 'hip', 202, 0, 0, 20260301)")

        found = list(SqliteLog(connection, IN_MEMORY, FakeClock().mark).levels())

        epoch = datetime(1970, 1, 1, tzinfo=UTC)
        assert found == [LevelSet(Family.HIP, Level.L202, epoch, date(2026, 3, 1))]
