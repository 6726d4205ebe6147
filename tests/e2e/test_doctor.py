"""Doctor on a real desktop: it sees what the daemon sees, and tells of each change while it happens."""

import json
import os
import re
import signal
from pathlib import Path
from typing import Any

from tests.e2e.desk import Desk, until
from tests.e2e.parts import DESKTOP, LOGIN, SESSION, Part
from tests.e2e.program import CALM, SCRIPT, Program


def doctor(program: Program) -> tuple[int, dict[str, Any]]:
    run = program.tell("doctor", "--json")
    return run.returncode, json.loads(run.stdout)


def of(answer: dict[str, Any], purpose: str) -> list[tuple[str, str]]:
    return [(each["source"], each["state"]) for each in answer["findings"] if each["purpose"] == purpose]


def test_on_a_whole_desktop_the_job_can_be_done_with_and_without_the_daemon(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", DESKTOP | LOGIN) as desk:
        program = Program(desk, sit_limit="1h", **CALM)
        alone, here = doctor(program)
        program.start()
        until(lambda: program.status()["faults"] == [], "tray and notifications are there")
        together, daemon = doctor(program)
        page = program.tell("doctor").stdout

        assert (alone, here["view"], of(here, "daemon")) == (0, "here", [("", "missing")])
        assert (together, daemon["view"], of(daemon, "daemon")) == (0, "daemon", [("", "ok")])
        for answer in (here, daemon):
            assert ("X11", "ok") in of(answer, "input")
            assert ("logind", "ok") in of(answer, "lock")
            assert ("logind", "ok") in of(answer, "sleep")
            assert ("dunst", "ok") in of(answer, "dnd")
            assert of(answer, "tray") == of(answer, "notifications") == [("", "ok")]
        assert re.search(r"ok +notifications +dunst \d+\.\d+.*, with buttons", page)
        assert all(len(line) <= 80 for line in page.splitlines() if str(tmp_path) not in line)
        assert "deskbreak can do its job here" in page


def test_each_change_is_a_line_and_a_lost_screen_a_fault(tmp_path: Path) -> None:
    with Desk(tmp_path / "desk", DESKTOP | LOGIN) as desk:
        program = Program(desk, sit_limit="1h", **CALM).start()
        watch = desk.launch("watch", str(SCRIPT), "doctor", "--watch")
        until(lambda: "watching" in program.said("watch"), "it watches")

        def told(line: str) -> None:
            seen = re.compile(rf"^\d\d:\d\d:\d\d  {line}", re.MULTILINE)
            until(lambda: seen.search(program.said("watch")), f"{line}\n{program.said('watch')}")

        told(r"input \(X11\): active -> idle$")
        desk.type_text("a")
        told(r"input \(X11\): idle -> active$")
        desk.dunstctl("set-paused", "true")
        told(r"dnd \(dunst\): do-not-disturb off -> do-not-disturb on$")
        told(r"holds: none -> dnd$")
        desk.logind(SESSION, "org.freedesktop.login1.Session.Lock")
        told(r"lock \(logind\): not locked, .* -> locked, ")
        desk.stop(Part.SCREEN, kill=True)
        told(r"input \(X11\): (active|idle) -> the X server is gone")
        told(r"dnd \(dunst\): do-not-disturb on -> not there$")
        lost, answer = doctor(program)
        desk.start(Part.SCREEN)
        told(r"input \(X11\): .* -> (active|idle)$")

        os.killpg(watch.pid, signal.SIGINT)
        until(lambda: watch.poll() is not None, "Ctrl-C ends it")

        assert watch.returncode == 0
        assert "Traceback" not in program.said("watch")
        assert lost == 1
        assert answer["view"] == "daemon"
        assert ("X11", "fault") in of(answer, "input")
        (x11,) = (
            each for each in answer["findings"] if (each["purpose"], each["source"]) == ("input", "X11")
        )
        assert "X server" in x11["says"]
        assert x11["mend"]
        assert "input goes unnoticed" in answer["says"]


def test_changes_are_json_for_whoever_reads_them_by_program(desk: Desk) -> None:
    program = Program(desk, **CALM)
    watch = desk.launch("watch", str(SCRIPT), "doctor", "--watch", "--json")
    until(lambda: "watching" in program.said("watch"), "it watches")

    desk.dunstctl("set-paused", "true")
    until(lambda: '"holds"' in program.said("watch"), "the change is told")
    os.killpg(watch.pid, signal.SIGINT)
    until(lambda: watch.poll() is not None, "Ctrl-C ends it")

    told = [json.loads(line) for line in program.said("watch").splitlines() if line.startswith("{")]
    (dunst,) = (each for each in told if each["source"] == "dunst")
    assert set(dunst) == {"at", "purpose", "source", "was", "now"}
    assert (dunst["was"], dunst["now"]) == ("do-not-disturb off", "do-not-disturb on")
    assert watch.returncode == 0
