"""A person's own exercises are done, hidden and named from the start or a reload on, and may go again."""

import json

from deskbreak.coach.library import packaged
from tests.e2e.desk import Desk
from tests.e2e.program import Program

TURN = {
    "id": "neck-turn",
    "name": "Neck turn",
    "family": "mobility",
    "level": 101,
    "place": "standing",
    "dose": {"reps": 6, "per_side": True, "total_s": 40},
    "cue": "Look over your shoulder.",
    "steps": ["Turn your head."],
}


def hidden_but(kept: str) -> list[dict[str, object]]:
    return [{"id": id_, "hidden": True} for id_ in packaged().known if id_ != kept]


def test_ones_own_exercises_are_in_force_from_start_or_reload_until_the_file_is_gone(desk: Desk) -> None:
    program = Program(desk)
    file = program.settings.with_name("exercises.json")
    file.write_text(json.dumps([*hidden_but("calf-raise"), {**TURN, "level": 100}]))

    program.start()
    only = program.tell("break")
    at_start = program.status()["faults"]
    unknown = program.tell("break", "neck-turn")
    refused = program.tell("reload")
    file.write_text(json.dumps([TURN]))
    taken = program.tell("reload")
    own = program.tell("break", "neck-turn")
    program.tell("done")
    logged = program.tell("log")
    program.tell("quit")
    program.ended()
    file.unlink()
    program.start()
    without = program.tell("break")

    assert only.stdout.startswith("Now: Calf raise, 15 times, about 50 s.")
    assert at_start == [f"{file}:1: neck-turn, level: must be one of 101, 202, 303, not 100"]
    assert "there is no exercise 'neck-turn'" in unknown.stderr
    assert refused.returncode == 1
    assert f"{file}:1: neck-turn, level: " in refused.stderr
    assert taken.returncode == 0
    assert own.stdout.startswith("Now: Neck turn, 6 times on each side, about 40 s.")
    assert "Neck turn" in logged.stdout
    assert without.returncode == 0
    assert program.status()["faults"] == []
