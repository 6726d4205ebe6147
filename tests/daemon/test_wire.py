"""What is understood over the control socket, and that nothing else does anything."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deskbreak.coach.exercise import Family, Level
from deskbreak.core.events import (
    AskedAnother,
    Finished,
    Paused,
    Resumed,
    RunPlanned,
    SaidHere,
    SatDown,
    Skipped,
    Snoozed,
    Started,
    StoodUp,
    TrackingStopped,
    Undid,
    Until,
)
from deskbreak.core.postures import How, Posture, Word
from deskbreak.daemon.wire import (
    COMMANDS,
    LONGEST_LINE,
    Correct,
    PassedTest,
    Query,
    Request,
    TakeBack,
    WhyThis,
    WireError,
    decode,
    encode,
    refusal,
)
from deskbreak.ports import TakeLevel

TWO = datetime(2026, 11, 23, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "request_"),
    [
        ('{"command": "status"}', Query.STATUS),
        ('{"command": "reload"}', Query.RELOAD),
        ('{"command": "quit"}', Query.QUIT),
        ('{"command": "sit"}', SatDown()),
        ('{"command": "sit", "by": "desk"}', SatDown(How.DESK)),
        ('{"command": "stand"}', StoodUp()),
        ('{"command": "stand", "by": "desk"}', StoodUp(How.DESK)),
        ('{"command": "here"}', SaidHere()),
        ('{"command": "here", "lasts_s": 3600}', SaidHere(timedelta(hours=1))),
        ('{"command": "undo"}', Undid()),
        ('{"command": "break"}', Started()),
        ('{"command": "break", "exercise": "glute-bridge"}', Started("glute-bridge")),
        ('{"command": "break", "for_s": 60, "quiet": true}', Started(None, timedelta(minutes=1), quiet=True)),
        ('{"command": "break", "quiet": false, "why": false}', Started()),
        ('{"command": "break", "why": true}', WhyThis()),
        (
            '{"command": "break", "for_s": 90, "quiet": true, "why": true}',
            WhyThis(timedelta(seconds=90), True),
        ),
        ('{"command": "done"}', Finished()),
        ('{"command": "snooze"}', Snoozed()),
        ('{"command": "snooze", "lasts_s": 900.5}', Snoozed(timedelta(minutes=15, seconds=0.5))),
        ('{"command": "skip"}', Skipped()),
        ('{"command": "another"}', AskedAnother()),
        ('{"command": "pause"}', Paused(Until.INDEFINITELY)),
        ('{"command": "pause", "lasts_s": 3600}', Paused(timedelta(hours=1))),
        ('{"command": "pause", "until": "until-tomorrow"}', Paused(Until.TOMORROW)),
        ('{"command": "track", "on": false}', TrackingStopped()),
        ('{"command": "track", "on": false, "until": "until-tomorrow"}', TrackingStopped(Until.TOMORROW)),
        ('{"command": "track", "on": true}', Resumed()),
        ('{"command": "resume"}', Resumed()),
        ('{"command": "primer"}', Started(primer=True)),
        ('{"command": "primer", "in_s": 2400}', RunPlanned(timedelta(minutes=40))),
        ('{"command": "levels", "family": "bridge", "level": 202}', TakeLevel(Family.BRIDGE, Level.L202)),
        ('{"command": "levels", "family": "hip", "passed": true}', PassedTest(Family.HIP)),
        (
            '{"command": "correct", "from": "2026-11-23T14:00:00+01:00", "to": "2026-11-23T13:40:00Z",'
            ' "posture": "away", "note": "lunch", "sure": true}',
            Correct(Word(TWO, TWO + timedelta(minutes=40), Posture.AWAY, "lunch"), sure=True),
        ),
        (
            '{"command": "correct", "from": "2026-11-23T14:00:00+01:00", "posture": "moving"}',
            Correct(Word(TWO, None, Posture.MOVING)),
        ),
        ('{"command": "uncorrect", "number": 3}', TakeBack(3)),
    ],
)
def test_a_command_becomes_the_event_that_menu_and_buttons_make_too(line: str, request_: Request) -> None:
    assert decode(line.encode()) == request_


def test_every_command_over_the_socket_is_one_of_the_rules() -> None:
    words = "status doctor reload quit sit stand here undo break done snooze skip another pause track resume"

    assert {*words.split(), "levels", "primer", "correct", "uncorrect"} <= COMMANDS


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('{"command": "levels", "level": 202}', "family is one of squeeze, bridge"),
        ('{"command": "levels", "family": "bridge", "level": 404}', "level is one of 101, 202, 303"),
        ('{"command": "levels", "family": "bridge", "level": true}', "level is one of 101, 202, 303"),
        ('{"command": "levels", "family": "walk", "passed": true}', "there is no test in that family"),
        ('{"command": "correct", "posture": "away"}', "correct needs from"),
        ('{"command": "correct", "from": "2026-11-23T14:00:00", "posture": "away"}', "with its offset"),
        ('{"command": "correct", "from": "0001-01-01T00:00:00+14:00", "posture": "away"}', "with its offset"),
        ('{"command": "correct", "from": "9999-12-31T23:59:00-14:00", "posture": "away"}', "with its offset"),
        ('{"command": "correct", "from": 1700000000, "posture": "away"}', "with its offset"),
        ('{"command": "correct", "from": "two", "posture": "away"}', "with its offset"),
        ('{"command": "correct", "from": "2026-11-23T14:00Z", "posture": "unknown"}', "posture is one of"),
        (
            '{"command": "correct", "from": "2026-11-23T14:00Z", "posture": "away", "note": ""}',
            "note is a text",
        ),
        (
            '{"command": "correct", "from": "2026-11-23T14:00Z", "posture": "away", "note": "\\u001b[2J"}',
            "note is a text",
        ),
        ('{"command": "uncorrect"}', "number is that of a correction"),
        ('{"command": "uncorrect", "number": true}', "number is that of a correction"),
        ('{"command": "uncorrect", "number": -1}', "number is that of a correction"),
        ('{"command": "snooze", "lasts_s": -600}', "from 1 second to 31 days"),
        ('{"command": "snooze", "lasts_s": 0}', "from 1 second to 31 days"),
        ('{"command": "snooze", "lasts_s": 1000000000000000000}', "from 1 second to 31 days"),
        ('{"command": "snooze", "lasts_s": NaN}', "one line of JSON"),
        ('{"command": "snooze", "lasts_s": Infinity}', "one line of JSON"),
        ('{"command": "snooze", "lasts_s": 1e999}', "a number of seconds"),
        ('{"command": "snooze", "lasts_s": true}', "a number of seconds"),
        ('{"command": "snooze", "lasts_s": "600"}', "a number of seconds"),
        ('{"command": "snooze", "lasts_s": [600]}', "a number of seconds"),
        ('{"command": "snooze", "lasts": 600}', "snooze takes no 'lasts'"),
        ('{"command": "skip", "lasts_s": 600}', "skip takes no 'lasts_s'"),
        ('{"command": "pause", "until": "doomsday"}', "until is one of until-tomorrow, indefinitely"),
        ('{"command": "pause", "until": ["x"]}', "until is one of"),
        ('{"command": "pause", "until": "indefinitely", "lasts_s": 60}', "not both"),
        ('{"command": "track"}', "track needs on"),
        ('{"command": "track", "on": 1}', "track needs on"),
        ('{"command": "track", "on": true, "lasts_s": 60}', "track takes no 'lasts_s'"),
        ('{"command": "stand", "by": "lock"}', "by is user or desk"),
        ('{"command": "stand", "by": {}}', "by is user or desk"),
        ('{"command": "break", "exercise": "../../etc/passwd"}', "there is no exercise"),
        ('{"command": "break", "exercise": "glute-brige"}', "the nearest is glute-bridge"),
        ('{"command": "break", "exercise": "\\ud800"}', "there is no exercise '\\ud800'"),
        ('{"command": "break", "exercise": "' + "x" * 50_000 + '"}', "there is no exercise"),
        ('{"command": "break", "exercise": 5}', "an id like glute-bridge"),
        ('{"command": "break", "for_s": "60"}', "for_s is a number of seconds"),
        ('{"command": "break", "for_s": true}', "for_s is a number of seconds"),
        ('{"command": "break", "for_s": 1e999}', "for_s is a number of seconds"),
        ('{"command": "break", "for_s": -1}', "from 1 second to 31 days"),
        ('{"command": "break", "quiet": 1}', "quiet is true or false"),
        ('{"command": "break", "why": null}', "why is true or false"),
        ('{"command": "break", "why": true, "exercise": "glute-bridge"}', "takes no exercise"),
        ('{"command": "format-the-disk"}', "there is no command 'format-the-disk'"),
        ('{"command": "\\ud800"}', "there is no command '\\ud800'"),
        ('{"command": ["quit"]}', "an object with a command"),
        ('{"command": null}', "an object with a command"),
        ("{}", "an object with a command"),
        ("[]", "an object with a command"),
        ('"quit"', "an object with a command"),
        ('{"command": "quit", "command": "status"}', "one line of JSON"),
        ("", "one line of JSON"),
        ("quit", "one line of JSON"),
        ('{"command": "quit"', "one line of JSON"),
        ("[" * 60_000, "one line of JSON"),
        ('{"command": "snooze", "lasts_s": ' + "9" * 5000 + "}", "one line of JSON"),
    ],
)
def test_what_means_nothing_is_refused_in_one_line(line: str, says: str) -> None:
    with pytest.raises(WireError) as refused:
        decode(line.encode())

    assert says in str(refused.value)
    assert "\n" not in str(refused.value)
    assert len(str(refused.value)) < 200
    assert str(refused.value).isprintable()


@given(st.binary(max_size=300))
def test_no_bytes_do_anything_but_be_refused(line: bytes) -> None:
    with pytest.raises(WireError):
        decode(line)


_scalar = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9)
_json = _scalar | st.lists(_scalar, max_size=2)


@given(
    st.sampled_from(sorted(COMMANDS)),
    st.dictionaries(st.sampled_from(["lasts_s", "until", "on", "by", "exercise", "x"]), _json, max_size=3),
)
def test_any_arguments_are_either_understood_or_refused_and_answered(
    command: str, arguments: dict[str, object]
) -> None:
    understood: Request | None = None
    answer = b""
    try:
        understood = decode(json.dumps({**arguments, "command": command}).encode())
    except WireError as refused:
        answer = encode(refusal(str(refused)))

    match understood:
        case None:
            assert answer.endswith(b"\n")
        case SaidHere(lasts) | Snoozed(lasts) | Paused(lasts) | TrackingStopped(lasts):
            within = timedelta(seconds=1), timedelta(days=31)
            assert not isinstance(lasts, timedelta) or within[0] <= lasts <= within[1]
        case _:
            assert "x" not in arguments


def test_an_answer_is_one_line_whatever_is_in_it() -> None:
    line = encode({"ok": True, "says": "two\nlines \ud800 and 14:32", "status": {"count_s": 41 * 60}})

    assert line.count(b"\n") == 1
    assert json.loads(line)["says"] == "two\nlines \ud800 and 14:32"


def test_what_json_cannot_say_or_what_is_too_long_is_no_answer() -> None:
    with pytest.raises(ValueError, match="JSON"):
        encode({"ok": True, "count_s": float("nan")})
    with pytest.raises(ValueError, match="an answer of"):
        encode({"says": "x" * LONGEST_LINE})
