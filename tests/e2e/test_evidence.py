"""Quiet but there: a film carries the sitting along, and when it ends the absence begins."""

import time

from tests.e2e.desk import Desk, until
from tests.e2e.program import Program, types_until
from tests.sensors.desktops import Player, gnome

AWAY_AFTER_S = 6
SLACK_S = 2.0


def test_who_watches_a_film_sits_until_it_ends(desk: Desk) -> None:
    program = Program(desk, sit_limit="1h", break_min="5s", away_after=f"{AWAY_AFTER_S}s").start()
    power, player = gnome(desk, True), Player(desk, "Playing")
    typed = types_until(desk, lambda: program.status()["count_s"] >= 2, "sitting is counted")

    until(lambda: program.status()["count_s"] >= 2 + AWAY_AFTER_S + 4, "the film is taken for sitting")
    ended = time.time()
    player.turns("Stopped")
    until(lambda: program.status()["state"] == "away", "its end is the end of the sitting")
    until(lambda: program.rows("breaks"), "the break is in the log")
    assert program.tell("quit").returncode == 0
    assert program.ended() == 0

    sitting = [s for s in program.rows("stretches") if s["posture"] == "sitting"]
    (pause,) = program.rows("breaks")
    assert [s["how"] for s in sitting] == ["input", "media"]
    assert abs(sitting[1]["start_at"] / 1000 - typed) <= SLACK_S
    assert abs(sitting[1]["end_at"] / 1000 - ended) <= SLACK_S
    assert pause["kind"] == "away"
    assert abs(pause["start_at"] / 1000 - ended) <= SLACK_S
    assert program.tables_agree()
    player.quit()
    power.quit()
