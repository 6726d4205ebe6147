"""Any settings file will do: what is wrong in it is named everywhere, and the rest is in force."""

from pathlib import Path

from tests.e2e.desk import Desk, until
from tests.e2e.eyes import Eyes
from tests.e2e.program import Program

FAULTY = """snooze = "7m"
sit_limit = "soon"
break_mni = "1m"
away_after = 99999
"""


def test_a_faulty_file_is_named_in_every_place_and_left_as_it_is(desk: Desk, tmp_path: Path) -> None:
    program = Program(desk)
    program.write_settings(FAULTY)

    program.start()
    until(lambda: desk.cards(), "a card names the faults")
    Eyes(desk, tmp_path).picture("faults")

    faults = program.status()["faults"]
    places = [f"{program.settings}:{line}: {key}: " for line, key in
              ((2, "sit_limit"), (3, "break_mni"), (4, "away_after"))]  # fmt: skip
    for place in places:
        assert any(fault.startswith(place) for fault in faults)
        assert program.said().count(place) == 1
        assert program.diary.read_text().count(place) == 1
        assert place in program.tell("status").stdout
    assert len(faults) == 3
    assert "the nearest is break_min" in "\n".join(faults)
    (card,) = desk.cards()
    assert card.title == "deskbreak needs a look"
    assert "settings.toml:3: break_mni: " in card.body
    assert str(program.settings) not in card.body
    assert program.tell("config", "get", "snooze").stdout.strip() == '"7m"'
    assert program.tell("config", "get", "sit_limit").stdout.strip() == '"30m"'
    assert program.tell("config", "check").returncode == 1
    assert program.settings.read_text() == FAULTY


def test_a_reload_of_a_faulty_file_keeps_what_is_in_force_and_says_so(desk: Desk, tmp_path: Path) -> None:
    program = Program(desk, sit_limit="20m", snooze="6m").start()

    program.write_settings('sit_limit = "10m"\nsnooze = "never"\n')
    refused = program.tell("reload")
    kept = program.status()
    program.write_settings('sit_limit = "10m"\nsnooze = "8m"\n')
    taken = program.tell("reload")
    Eyes(desk, tmp_path).picture("reloaded")

    assert refused.returncode == 1
    assert refused.stderr.startswith("The settings stay as they were:\n")
    assert f"{program.settings}:2: snooze: " in refused.stderr
    assert kept["faults"] == []
    assert taken.returncode == 0
    assert taken.stdout == "The settings are in force.\n"
