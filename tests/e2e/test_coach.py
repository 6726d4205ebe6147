"""The coach of a running program: why it picks what it picks, and that a restart forgets nothing of it."""

import json

from tests.e2e.desk import Desk
from tests.e2e.program import Program


def test_why_and_levels_tell_what_the_coach_knows_also_after_a_restart(desk: Desk) -> None:
    program = Program(desk)
    program.start()
    short = json.loads(program.tell("break", "--for", "60s", "--quiet", "--why", "--json").stdout)
    program.tell("break", "glute-bridge")
    program.tell("done")
    program.tell("quit")
    program.ended()
    program.start()
    why = program.tell("break", "--why")
    account = json.loads(program.tell("break", "--why", "--json").stdout)["choice"]
    levels = program.tell("levels")
    wrong = program.tell("break", "glute-bridge", "--why")

    assert short["ok"] is True
    assert short["choice"]["length_s"] <= 60 or short["choice"]["pick"] == "stand-up-desk"
    assert "quiet" not in short["choice"]["loosened"]
    assert why.returncode == 0
    assert "  you asked for it a moment ago: Glute bridge" in why.stdout
    assert account["refused"]["glute-bridge"] == ["asked"]
    assert "Bridges: 101\n" in levels.stdout
    assert wrong.returncode == 2
    assert program.status()["state"] == "sitting"
