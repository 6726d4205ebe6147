"""The evening's summary on a real desktop: one quiet card after the hours, and none after a restart."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from deskbreak.clock import SystemClock, axis_at_launch
from deskbreak.core.commands import Record, RecordBreak
from deskbreak.core.postures import Break, BreakKind, How, Posture, Row
from deskbreak.store.database import open_log
from deskbreak.store.log import SqliteLog
from tests.e2e.desk import Desk, until
from tests.e2e.eyes import Eyes
from tests.e2e.program import CALM, Program, types_until

MINUTE = timedelta(minutes=1)
_DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def test_after_the_hours_the_day_is_summed_up_once(desk: Desk, tmp_path: Path) -> None:
    eyes = Eyes(desk, tmp_path / "eyes")
    now = about_noon(desk)
    program = Program(desk)
    settings = "".join(f'{key} = "{length}"\n' for key, length in CALM.items())
    over = f"{now - 2 * MINUTE:%H:%M}"
    program.write_settings(
        f'evening_summary = "on"\nhours = {{ {_DAYS[now.weekday()]} = ["09:00-{over}"] }}\n' + settings
    )
    work_of_the_morning(program, now)
    program.start()

    types_until(desk, lambda: desk.cards(), "the day is summed up")
    eyes.picture("summary")
    program.tell("quit")
    program.ended()
    program.start()
    types_until(desk, lambda: program.status()["count_s"] >= 3, "sitting is counted again")

    (card,) = desk.cards()
    assert (card.title, card.urgency) == ("Your day at the desk", "LOW")
    assert card.body == "45 min of sitting, 1 break, and 30 min in the longest stretch."
    (row,) = program.rows("prompts")
    assert (row["kind"], row["outcome"]) == ("evening", None)
    until(lambda: program.tell("log").stdout.count("evening") == 1, "the log tells of it")


def about_noon(desk: Desk) -> datetime:
    """The local time, in a zone where it is past twelve now: no day starts or ends meanwhile."""
    utc = datetime.now(UTC)
    ahead = 12 - utc.hour
    desk.env["TZ"] = f"NOON{-ahead:+d}"
    return utc + timedelta(hours=ahead)


def work_of_the_morning(program: Program, local_now: datetime) -> None:
    """Half an hour at the desk, ten minutes away, a quarter of an hour at the desk, and then the lunch."""
    utc = datetime.now(UTC).replace(microsecond=0)
    offset = timedelta(hours=round((local_now - utc) / timedelta(hours=1)))
    day = local_now.date()
    program.log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    marker = program.diary.with_name("log-begun")
    opened = open_log(program.log, marker, day)
    log = SqliteLog(opened.connection, program.log, SystemClock(axis_at_launch(None)).mark)
    start = utc - 120 * MINUTE

    def row(began: int, ended: int, posture: Posture, how: How) -> Record:
        at = start + began * MINUTE
        length = (ended - began) * MINUTE
        return Record(Row(began * MINUTE, length, at, at + length, offset, day, posture, how))

    with closing(log):
        log.add(
            row(0, 30, Posture.SITTING, How.INPUT),
            row(30, 40, Posture.AWAY, How.LOCK),
            row(40, 55, Posture.SITTING, How.INPUT),
            RecordBreak(Break(1, BreakKind.AWAY, 30 * MINUTE, 10 * MINUTE, start + 30 * MINUTE, offset, day)),
        )
