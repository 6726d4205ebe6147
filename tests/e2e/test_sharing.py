"""A reminder that is due while somebody looks at the shared screen: the audience does not see it."""

from tests.e2e.desk import Desk, until
from tests.e2e.program import CALM, Program, types_until
from tests.sensors.pipewire import PipeWireServer


def test_a_reminder_waits_until_the_screen_is_no_longer_shared(desk: Desk) -> None:
    server = PipeWireServer(desk)
    server.shows("portal-screen")
    program = Program(desk, sit_limit="5s", **CALM).start()
    audience = server.takes("portal-screen")
    until(lambda: program.status()["held"], "the audience is noticed")
    types_until(desk, lambda: program.status()["count_s"] >= 6, "the limit is passed")
    until(lambda: program.prompts(), "the held reminder is in the log")
    said = program.tell("status").stdout
    assert desk.cards() == []

    audience.kill()
    until(lambda: desk.cards(), "the reminder comes")

    assert "screen sharing since" in said
    assert len(desk.cards()) == 1
    until(lambda: len(program.prompts()) == 2, "both are in the log")
    waited, given = program.prompts()
    assert (waited["outcome"], waited["decision"]["holds"]) == ("held", ["sharing"])
    assert given["level"] == 1
