"""The log of a running program, copied, put back, moved to another machine and forgotten."""

import json
from datetime import timedelta
from pathlib import Path

from tests.e2e.desk import Desk, until
from tests.e2e.parts import Part
from tests.e2e.program import Program, private, types_until

BARE = {Part.SCREEN, Part.BUS}
SECOND = timedelta(seconds=1)


def test_a_log_is_backed_up_while_it_is_written_put_back_and_gone_on_with(tmp_path: Path) -> None:
    backup = tmp_path / "backup.sqlite3"
    with Desk(tmp_path / "desk", BARE) as desk:
        program = Program(desk, away_after="6s").start()
        types_until(desk, lambda: program.status()["count_s"] >= 3, "sitting is counted")
        program.tell("stand")
        until(lambda: program.spent("sitting") >= 3 * SECOND, "the sitting is booked")

        made = program.tell("backup", str(backup))
        sound = program.tell("check")
        sat = program.spent("sitting")
        refused = program.tell("restore", str(backup), "--yes")
        program.tell("sit")
        types_until(desk, lambda: program.status()["count_s"] >= 3, "sitting is counted again")
        # On one line, as the help has it: the program may still be ending when it is put back.
        program.tell("quit")
        restored = program.tell("restore", str(backup), "--yes", "--json")
        kept = Path(json.loads(restored.stdout)["kept"])
        back = program.spent("sitting")
        program.ended()
        program.start()
        after = program.today()

    assert made.returncode == sound.returncode == restored.returncode == 0, (made, sound, restored)
    assert refused.returncode == 1
    assert refused.stderr.endswith("end it first: deskbreak quit\n")
    assert [private(path) for path in (backup, kept, program.log)] == [True] * 3
    assert back == sat
    assert abs(after["sitting_s"] - sat.total_seconds()) <= 1
    assert program.said().count("Traceback") == 0


def test_a_log_goes_to_another_machine_and_is_forgotten_here(tmp_path: Path) -> None:
    file = tmp_path / "mine.json"
    with Desk(tmp_path / "desk", BARE) as desk:
        program = Program(desk, away_after="6s").start()
        types_until(desk, lambda: program.status()["count_s"] >= 3, "sitting is counted")
        program.tell("quit")
        program.ended()
        sat = program.today()["sitting_s"]

        exported = program.tell("export", "-o", str(file))
        with Desk(tmp_path / "laptop", BARE) as other:
            laptop = Program(other, away_after="6s").start()
            types_until(other, lambda: laptop.status()["count_s"] >= 2, "sitting is counted there")
            laptop.tell("quit")
            laptop.ended()
            taken = [laptop.tell("import", str(file)) for _turn in range(2)]
            there = laptop.today()
            own = laptop.spent("sitting")
            laptop.start()
            shown = laptop.status()["today"]
        forgotten = program.tell("forget", "--all", "--yes")
        left = [path.name for path in program.log.parent.iterdir()]
        begun = program.start().status()

    assert exported.returncode == forgotten.returncode == 0
    assert taken[0].stdout.startswith("Another machine's log: ")
    assert taken[1].stdout == "Another machine's log: all of it was here already.\n"
    # The one sat after the other, so that the union is the sum, but for what the whole seconds cut.
    assert abs(there["sitting_s"] - sat - own.total_seconds()) <= 2
    assert shown["sitting_s"] >= there["sitting_s"] - 1
    assert left == ["deskbreak.lock"]
    assert not [fault for fault in begun["faults"] if "is gone" in fault]
