"""The lid is closed on the running program: sleep waits for the log, and an empty battery loses nothing."""

import re
from pathlib import Path

from tests.e2e.desk import Desk, until
from tests.e2e.parts import LOGIN, LOGIND, Part
from tests.e2e.program import Program, types_until


def held_up_by_us(desk: Desk) -> int:
    """How many of our delay inhibitors the login service knows."""
    said = desk.logind(LOGIND[1], "org.freedesktop.login1.Manager.ListInhibitors")
    return len(re.findall('"sleep"\\s+string "deskbreak"', said))


def test_sleep_waits_until_the_log_is_written_and_the_next_one_does_too(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", LOGIN | {Part.SCREEN, Part.BUS}) as desk:
        program = Program(desk, sit_limit="1h", break_min="2m", away_after="5m").start()
        until(lambda: held_up_by_us(desk) == 1, "sleep is held up")
        types_until(desk, lambda: program.status()["count_s"] >= 4, "sitting is counted")
        sat = program.status()["count_s"]

        desk.prepare_for_sleep(True)
        until(lambda: held_up_by_us(desk) == 0, "the machine may sleep")
        desk.prepare_for_sleep(False)
        until(lambda: held_up_by_us(desk) == 1, "the next sleep is held up")
        desk.prepare_for_sleep(True)
        until(lambda: held_up_by_us(desk) == 0, "the machine may sleep again")
        program.run.kill()
        program.run.wait()
        program.start()

        kept = program.status()["count_s"]
        print(f"sat before the sleep: {sat} s; after the battery has died: {kept} s")
        assert kept >= sat
        assert program.tell("quit").returncode == 0
        assert program.ended() == 0
