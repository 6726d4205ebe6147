"""Doctor names each channel, says what would mend it, and fails when the main job cannot be done."""

import json
import socket
import sqlite3
from contextlib import closing
from datetime import timedelta

import pytest

from deskbreak.cli import main
from deskbreak.cli.findings import Finding, State, hindrances, of_senses
from deskbreak.cli.watch_senses import Change, changes, channels
from deskbreak.core.events import Hold, Reading
from deskbreak.daemon.wire import Query, Request
from deskbreak.paths import Places
from deskbreak.sensors.account import Account, Serves, account_in, in_plain
from deskbreak.settings import load
from tests.cli.conftest import Runs

SENSES = (
    Account("dunst", Serves.DND, True, "do-not-disturb off"),
    Account("Mutter", Serves.INPUT, False, "it is not on the session bus", "nothing"),
    Account("X11", Serves.INPUT, True, "last input 0.4 s ago"),
)


@pytest.fixture
def bare(home: Places, monkeypatch: pytest.MonkeyPatch) -> Places:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "PULSE_SERVER"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={home.data}/no-bus")
    return home


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    answer: dict[str, object] = json.loads(capsys.readouterr().out)
    return answer


def findings(answer: dict[str, object], purpose: str) -> list[dict[str, str]]:
    listed = answer["findings"]
    assert isinstance(listed, list)
    return [each for each in listed if each["purpose"] == purpose]


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_without_a_desktop_it_names_what_is_missing_and_what_would_mend_it(
    bare: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["doctor"]) == 1

    said = capsys.readouterr()
    page = said.out.splitlines()
    assert said.err == ""
    assert any(line.startswith("  ok     log ") for line in page)
    assert str(bare.log.relative_to(bare.data.parents[1])) in said.out
    assert any(line.startswith("  FAULT  X11 ") and "DISPLAY" in line for line in page)
    assert any(line.startswith("  no     session bus ") for line in page)
    assert any(line.startswith("  no     tray ") for line in page)
    assert any(line.startswith("  no     daemon ") for line in page)
    assert "mend it: deskbreak run" in said.out
    assert page[-2].startswith("deskbreak cannot do its job here: input goes unnoticed; ")


@pytest.mark.usefixtures("bare")
def test_the_page_is_80_columns_wide_and_has_no_colour_where_it_is_piped(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["doctor"])

    page = lines(capsys)
    assert all(len(line) <= 80 for line in page if " /" not in line)
    assert "\x1b" not in "".join(page)


@pytest.mark.usefixtures("bare")
def test_on_a_terminal_the_marks_are_coloured_unless_nobody_wants_that(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    main(["doctor"])
    coloured = capsys.readouterr().out

    monkeypatch.setenv("NO_COLOR", "1")
    main(["doctor"])

    assert "\x1b[31mFAULT\x1b[0m" in coloured
    assert "\x1b" not in capsys.readouterr().out


@pytest.mark.usefixtures("bare")
def test_the_json_says_whether_the_job_can_be_done_and_why_not(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--json"]) == 1

    answer = told(capsys)
    assert set(answer) == {"ok", "says", "view", "findings"}
    assert answer["ok"] is False
    assert answer["view"] == "here"
    assert ("X11", "fault") in {(each["source"], each["state"]) for each in findings(answer, "input")}
    assert set(findings(answer, "log")[0]) == {"purpose", "source", "state", "says", "mend"}


def test_a_fault_in_the_settings_is_named_once(
    bare: Places, daemon: Runs, capsys: pytest.CaptureFixture[str]
) -> None:
    bare.settings.write_text("sit_limit = nan\n")
    _settings, (fault,) = load(bare.settings)
    daemon(lambda _request: answer_with(faults=[str(fault), "commands cannot be received"]))

    main(["doctor", "--json"])

    answer = told(capsys)
    (named,) = findings(answer, "settings")
    assert (named["state"], named["says"]) == ("fault", str(fault))
    assert [each["says"] for each in findings(answer, "daemon")][1:] == ["commands cannot be received"]


def test_a_log_that_cannot_be_read_is_named(bare: Places, capsys: pytest.CaptureFixture[str]) -> None:
    bare.log.write_text("not a database, and long enough not to be taken for an empty one" * 10)

    assert main(["doctor", "--json"]) == 1

    answer = told(capsys)
    assert findings(answer, "log")[0]["state"] == "fault"
    assert "the log cannot be used" in str(answer["says"])


def test_a_log_that_the_next_start_renews_is_no_fault(
    bare: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(sqlite3.connect(bare.log)) as old:
        old.execute("CREATE TABLE stretches (start_at INTEGER)")

    main(["doctor", "--json"])

    (log,) = findings(told(capsys), "log")
    assert log["state"] == "ok"
    assert "deskbreak run" in log["says"]


def answer_with(
    faults: list[str] | None = None,
    tray: str | None = None,
    notifications: str | None = None,
    unwritten: str | None = None,
) -> dict[str, object]:
    return {
        "ok": True,
        "says": "You have been sitting for 41 min.",
        "status": {"faults": faults or []},
        "senses": [in_plain(account) for account in SENSES],
        "tray": tray,
        "notifications": notifications,
        "unwritten": unwritten,
    }


@pytest.mark.usefixtures("bare")
def test_a_running_daemon_is_asked_what_it_sees(daemon: Runs, capsys: pytest.CaptureFixture[str]) -> None:
    asked = daemon(lambda _request: answer_with())

    main(["doctor", "--json"])

    answer = told(capsys)
    assert asked == [Query.DOCTOR]
    assert answer["view"] == "daemon"
    assert findings(answer, "daemon")[0]["says"].startswith("running since 2026-11-23 ")
    assert [(each["source"], each["state"]) for each in findings(answer, "input")] == [
        ("Mutter", "spare"),
        ("X11", "ok"),
    ]


@pytest.mark.usefixtures("bare")
def test_what_the_daemon_lacks_is_said_in_its_words_and_only_there(
    daemon: Runs, capsys: pytest.CaptureFixture[str]
) -> None:
    no_tray, unwritten = "no tray icon: start a panel", "history is not being saved: the disk is full"
    daemon(lambda _request: answer_with([unwritten, no_tray], tray=no_tray, unwritten=unwritten))

    assert main(["doctor", "--json"]) == 1

    answer = told(capsys)
    assert findings(answer, "tray")[0]["says"] == no_tray
    assert findings(answer, "log")[0]["says"] == unwritten
    assert len(findings(answer, "daemon")) == 1


@pytest.mark.usefixtures("bare")
def test_a_daemon_that_does_not_know_the_question_is_looked_past(
    daemon: Runs, capsys: pytest.CaptureFixture[str]
) -> None:
    def answers(request: Request) -> dict[str, object]:
        return {"ok": request is Query.STATUS, "says": "", "status": {"faults": ["the tray is gone"]}}

    daemon(answers)

    main(["doctor", "--json"])

    answer = told(capsys)
    assert answer["view"] == "here"
    assert findings(answer, "daemon")[1]["says"] == "the tray is gone"


def test_one_source_of_input_will_do_and_the_others_are_not_missing() -> None:
    assert of_senses(SENSES) == (
        Finding("input", State.SPARE, "it is not on the session bus", "", "Mutter"),
        Finding("input", State.OK, "last input 0.4 s ago", "", "X11"),
        Finding("dnd", State.OK, "do-not-disturb off", "", "dunst"),
    )


def test_a_camera_does_not_stand_in_for_a_microphone() -> None:
    microphone = Account("microphone", Serves.CALL, False, "no sound server", "start PipeWire")
    camera = Account("camera", Serves.CALL, True, "not in use")
    other = Account("other camera", Serves.CALL, False, "there is none")

    found = of_senses((microphone, camera, other))

    assert [each.state for each in found] == [State.MISSING, State.OK, State.SPARE]
    assert found[0].mend == "start PipeWire"


LOG = Finding("log", State.OK, "")
INPUT = Finding("input", State.OK, "", source="X11")
CARDS = Finding("notifications", State.OK, "")
ICON = Finding("tray", State.OK, "")
RUNS = Finding("daemon", State.OK, "")
HUNG = Finding("daemon", State.FAULT, "")


@pytest.mark.parametrize(
    ("found", "why"),
    [
        ((LOG, INPUT, CARDS, ICON), ()),
        ((LOG, INPUT, CARDS), ()),
        ((LOG, INPUT, ICON), ()),
        ((LOG, INPUT), ("neither a tray nor",)),
        ((INPUT, CARDS), ("the log cannot be used",)),
        ((LOG, ICON), ("input goes unnoticed",)),
        ((LOG, INPUT, CARDS, HUNG), ("does not answer",)),
        ((LOG, INPUT, CARDS, RUNS, HUNG), ()),
        ((), ("input goes unnoticed", "the log cannot be used", "neither a tray nor")),
    ],
)
def test_the_main_job_needs_input_the_log_and_one_way_to_the_person(
    found: tuple[Finding, ...], why: tuple[str, ...]
) -> None:
    reasons = hindrances(found)

    assert len(reasons) == len(why)
    assert all(part in reason for part, reason in zip(why, reasons, strict=True))


@pytest.mark.parametrize("account", SENSES)
def test_an_account_is_the_same_on_the_other_side_of_the_socket(account: Account) -> None:
    assert account_in(json.loads(json.dumps(in_plain(account)))) == account


@pytest.mark.parametrize("plain", [{}, {"source": "X11", "serves": "tea", "used": True}])
def test_what_is_no_account_is_refused(plain: dict[str, object]) -> None:
    with pytest.raises((KeyError, ValueError)):
        account_in(plain)


def test_seconds_that_pass_are_no_change_but_becoming_idle_is() -> None:
    def at(idle: timedelta) -> dict[tuple[str, str], str]:
        x11 = Account("X11", Serves.INPUT, True, f"last input {idle.total_seconds()} s ago")
        return dict(channels(Reading(idle=idle), (x11,)))

    one, two, ten = (at(timedelta(seconds=seconds)) for seconds in (1, 2, 10))

    assert list(changes(one, two)) == []
    assert list(changes(two, ten)) == [Change("input", "X11", "active", "idle")]
    assert list(changes(ten, one)) == [Change("input", "X11", "idle", "active")]


def test_what_the_sources_say_together_is_a_channel_of_its_own() -> None:
    quiet = channels(Reading(), ())
    busy = channels(Reading(call=True, holds=frozenset({Hold.DND, Hold.CALL})), ())

    assert list(changes(quiet, busy)) == [
        Change("evidence", "", "none", "call"),
        Change("holds", "", "none", "call, dnd"),
    ]


def test_a_source_that_comes_or_goes_is_a_change() -> None:
    dunst = channels(Reading(), (Account("dunst", Serves.DND, True, "do-not-disturb off"),))
    nobody = channels(Reading(), ())

    assert list(changes(dunst, nobody)) == [Change("dnd", "dunst", "do-not-disturb off", "not there")]
    assert list(changes(nobody, dunst)) == [Change("dnd", "dunst", "not there", "do-not-disturb off")]


def test_a_bus_that_hangs_does_not_keep_the_doctor_waiting_for_long(
    bare: Places, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket(socket.AF_UNIX) as deaf:
        deaf.bind(str(bare.data / "deaf"))
        deaf.listen()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={bare.data}/deaf")

        assert main(["doctor", "--json"]) == 1

    assert findings(told(capsys), "session-bus")[0]["state"] == "missing"
